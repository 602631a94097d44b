"""The demo's stage: texts, WhatsApp and calls without an account.

`deploy/start demo` names it to the hub, which runs it beside itself (hub/demo.py)."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final

from hub.channels.model import NewChannel
from tests.peers.twilio.phones import answers
from tests.peers.twilio.server import Twilio

NUMBER: Final = "+493012345670"
AGENT: Final = "+493012345699"
"""The agents' own telephone: it is picked up and the key to accept is pressed by itself."""
_MINE: Final = (
    f"To take calls as an agent: in the hub, under your name, enter {AGENT} as your telephone, then choose “Takes "
    "calls”. It picks up by itself."
)
_SID: Final = "AC" + "5eed" * 8
_TOKEN: Final = "only-on-this-machine"  # of a server that listens on loopback alone
_VARIABLES: Final = {"1": "Anna", "2": "20418"}


class Exchange:
    """hub.demo.Stage."""

    def __init__(self, twilio: Twilio) -> None:
        self._twilio = twilio
        self.page = f"{twilio.url}/simulator/phone"
        settings = {"account_sid": _SID, "number": NUMBER, "country": "DE"}
        secrets = {"auth_token": _TOKEN}
        names = {"sms": "Demo texts", "whatsapp": "Demo WhatsApp", "phone": "Demo telephone"}
        self.channels = tuple(NewChannel(kind, name, settings, secrets, demo=True) for kind, name in names.items())

    def connect(self, hub: str, channel_ids: Mapping[str, int], queue_id: int | None) -> None:
        hook = {kind: f"{hub}/hooks/{channel_id}" for kind, channel_id in channel_ids.items()}
        self._twilio.number(
            NUMBER,
            sms_url=f"{hook['sms']}/incoming",
            voice_url=f"{hook['phone']}/voice",
            status_callback=f"{hook['phone']}/status",
        )
        self._twilio.number(f"whatsapp:{NUMBER}", sms_url=f"{hook['whatsapp']}/incoming")
        self._twilio.hints.append((_MINE, ""))
        if queue_id is not None:
            self._twilio.hints.append(("Ask to be called back", f"{hub}/callback/{queue_id}"))


@asynccontextmanager
async def stage() -> AsyncIterator[Exchange]:
    async with Twilio(account_sid=_SID, auth_token=_TOKEN, second=1.0) as twilio:
        twilio.phone(AGENT).default = answers(after=2, presses={"1": "1"}, hangs_up_after=120)
        twilio.contents.add(
            "order_ready",
            "Hello {{1}}, your order {{2}} is ready. May we send it?",
            variables=_VARIABLES,
            quick_replies={"yes": "Yes", "no": "Not yet"},
            status="approved",
        )
        os.environ["ALLWAYS_TWILIO_URL"] = twilio.url
        try:
            yield Exchange(twilio)
        finally:
            del os.environ["ALLWAYS_TWILIO_URL"]
