"""A stateful Twilio on loopback: texts, calls and what goes wrong with them. See README.md."""

from tests.peers.twilio.account import Account, Number
from tests.peers.twilio.content import Template
from tests.peers.twilio.faults import Fault, broken, closes, hangs, refuses, too_many
from tests.peers.twilio.ledger import Accepted
from tests.peers.twilio.messages import Media, Message
from tests.peers.twilio.server import Twilio
from tests.peers.twilio.texts import Delivery, failed, undelivered
from tests.peers.twilio.webhooks import Posted

__all__ = [
    "Accepted",
    "Account",
    "Delivery",
    "Fault",
    "Media",
    "Message",
    "Number",
    "Posted",
    "Template",
    "Twilio",
    "broken",
    "closes",
    "failed",
    "hangs",
    "refuses",
    "too_many",
    "undelivered",
]
