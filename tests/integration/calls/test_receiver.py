"""A call that has ended is told to other programs: once, with all that is known of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.integration.calls.exchange import NUMBER, Exchange
from tests.integration.calls.test_api import CALLER, channel_of, takes_calls, talking, tell
from tests.integration.web.hub import running_hub
from tests.integration.web.test_webhooks import Receiver, receiver, subscribed, telling, until

__all__ = ["receiver"]  # fixture


@pytest.mark.parametrize("taken", [True, False])
async def test_a_call_that_has_ended_is_told_once(
    fresh_database_url: str, tmp_path: Path, receiver: Receiver, taken: bool
) -> None:
    exchange: Any = Exchange()
    async with running_hub(fresh_database_url, tmp_path, exchange, webhook_private_networks="127.0.0.0/8") as hub:
        channel = await channel_of(hub, tmp_path)
        administrator, _ = await subscribed(hub, receiver, "call.ended", "message.received", "conversation.created")
        async with telling(hub):
            if taken:
                await takes_calls(administrator)
                call_id = await talking(hub, channel)
            else:
                await tell(hub, channel, event="incoming", provider_id="IN1", caller=CALLER, called=NUMBER)
            await until(hub, lambda: "conversation.created" in receiver.types)
            await tell(hub, channel, event="state", provider_id="IN1", state="completed")
            if taken:
                await administrator.patch(f"/api/calls/{call_id}", {"disposition": "Solved"})
            await until(hub, lambda: "call.ended" in receiver.types)
            await hub.written(await hub.channel())
            await until(hub, lambda: "message.received" in receiver.types)
    events = list({one["id"]: one for one in receiver.got}.values())  # each is delivered at least once
    told = events[1]
    types = [one["type"] for one in events]
    assert types == ["conversation.created", "call.ended", "conversation.created", "message.received"]
    assert told["signed"]
    data = told["data"]["entry"]["data"]
    assert (data["state"], told["data"]["entry"]["kind"]) == ("ended" if taken else "missed", "call")
    assert data["ended_at"]
    assert bool(data["agent_ids"]) == taken
