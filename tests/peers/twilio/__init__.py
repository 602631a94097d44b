"""A stateful Twilio on loopback: texts, calls and what goes wrong with them. See README.md."""

from tests.peers.twilio.account import Account, Number
from tests.peers.twilio.call import Call
from tests.peers.twilio.content import Template
from tests.peers.twilio.faults import Fault, broken, closes, hangs, refuses, too_many
from tests.peers.twilio.ledger import Accepted
from tests.peers.twilio.messages import Media, Message
from tests.peers.twilio.phones import Behaviour, Heard, Phone, answers, busy, machine, no_answer, rings, unreachable
from tests.peers.twilio.recordings import Recording
from tests.peers.twilio.rooms import Conference, Participant
from tests.peers.twilio.server import Twilio
from tests.peers.twilio.texts import Delivery, failed, undelivered
from tests.peers.twilio.webhooks import Posted

__all__ = [
    "Accepted",
    "Account",
    "Behaviour",
    "Call",
    "Conference",
    "Delivery",
    "Fault",
    "Heard",
    "Media",
    "Message",
    "Number",
    "Participant",
    "Phone",
    "Posted",
    "Recording",
    "Template",
    "Twilio",
    "answers",
    "broken",
    "busy",
    "closes",
    "failed",
    "hangs",
    "machine",
    "no_answer",
    "refuses",
    "rings",
    "too_many",
    "undelivered",
    "unreachable",
]
