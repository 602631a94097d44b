"""The demo: real pipeline, clearly marked, and gone by one action."""

from __future__ import annotations

from typing import Any, Final

import asyncpg
import pytest
import requests

from hub.db.embedded import running_url
from tests.hub_process import HubProcess, until
from tests.peers.twilio.stage import AGENT, NUMBER

ANNA: Final = "+4915112345678"

KEPT = frozenset(
    {"agent", "agent_session", "audit", "event", "idempotency", "installation", "invite", "schema_version"}
)
"""What the demo's removal leaves: the agents, and what they did; idempotency keys end after a day."""

pytestmark = pytest.mark.slow


async def test_the_demo_is_marked_lives_and_is_removed_whole_by_one_action(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with HubProcess(tmp_path_factory.mktemp("demo"), "demo") as hub:
        session = hub.become_administrator()
        assert session["hub"]["demo"]
        until(lambda: len(hub.conversations()) >= 12, "the history is there")
        (maria, cafe) = [
            next(one for one in hub.conversations() if one["subject"] == subject)
            for subject in ("Missing crate in delivery 88213", "Cups for Café Aurora")
        ]
        assert all(one["channel"]["name"] == "Demo mailbox" for one in hub.conversations())
        until(lambda: hub.call("GET", f"/api/conversations/{maria['id']}")["label_ids"], "the desk is set up")
        views = {one["name"]: one for one in hub.call("GET", "/api/views")["items"]}
        urgent = hub.call("GET", f"/api/conversations?view={views['Urgent']['id']}")["items"]
        assert maria["id"] in {one["id"] for one in urgent}
        assert views["Orders"]["count"]
        hub.reply(maria, "Two new cups are on their way.")
        until(lambda: hub.timeline(maria["customer"]["id"])[0]["direction"] == "in", "she answers")
        hub.call("POST", f"/api/customers/{maria['customer']['id']}/merge", {"other_id": cafe["customer"]["id"]})
        hub.call("POST", f"/api/conversations/{maria['id']}/seen", {"entry_id": 1})
        hub.call("DELETE", "/api/demo")
        assert hub.conversations() == []
        assert not hub.call("GET", "/api/session")["hub"]["demo"]
        assert set(await _left(hub)) <= {"blob", "webhook_cursor", "search_progress"}


async def test_texts_and_calls_can_be_tried_without_an_account_and_go_with_the_demo(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with HubProcess(tmp_path_factory.mktemp("stage"), "demo", HUB_DEMO_STAGE="tests.peers.twilio.stage") as hub:
        session = hub.become_administrator()
        twilio = session["hub"]["demo_page"].removesuffix("/phone")

        def customer(path: str, body: Any = None) -> Any:
            answer = requests.request("GET" if body is None else "POST", f"{twilio}{path}", json=body, timeout=60)
            assert answer.ok, answer.text
            return answer.json() if answer.content else None

        until(lambda: customer("")["hints"], "the stage is connected")
        customer("/texts", {"from": ANNA, "to": NUMBER, "body": "Is it ready?"})
        text = until(lambda: _newest(hub, "Demo texts"), "the text is there")
        hub.reply(text, "Yes, come by.")
        until(
            lambda: [one["body"] for one in customer(f"/inbox/{ANNA}")["messages"]] == ["Yes, come by."], "she reads it"
        )
        hub.call("PUT", "/api/me/device", {"kind": "phone", "address": AGENT})
        hub.call("PUT", "/api/me/availability", {"availability": "available"})
        customer(f"/phones/{ANNA}/call", {"to": NUMBER})
        until(lambda: customer(f"/phones/{ANNA}")["partners"], "they talk")
        customer(f"/phones/{ANNA}/hang-up", {})
        timeline = until(lambda: _ended(hub, text["customer"]["id"]), "the call is on the timeline")
        assert [one["kind"] for one in timeline] == ["call", "message", "message"]
        asked = {"queue_id": hub.call("GET", "/api/callback-queues")["items"][0]["id"], "number": ANNA, "name": "Anna"}
        hub.call("POST", "/api/callbacks", {**asked, "reason": "The order"}, **{"Idempotency-Key": "a-callback-1"})
        hub.call("DELETE", "/api/demo")
        assert set(await _left(hub)) <= {"agent_device", "agent_state", "blob", "webhook_cursor", "search_progress"}


def _newest(hub: HubProcess, channel: str) -> dict[str, Any] | None:
    return next((one for one in hub.conversations() if one["channel"]["name"] == channel), None)


def _ended(hub: HubProcess, customer_id: int) -> list[dict[str, Any]] | None:
    entries = hub.timeline(customer_id)
    return entries if entries[0]["kind"] == "call" and entries[0]["data"]["state"] == "ended" else None


async def _left(hub: HubProcess) -> dict[str, int]:
    """How many rows the tables have that the demo's removal should have emptied."""
    url = running_url(hub.folder / "data")
    assert url is not None
    connection = await asyncpg.connect(url)
    tables = await connection.fetch("select tablename as name from pg_tables where schemaname = 'public'")
    left = {
        name: count
        for (name,) in tables
        if name not in KEPT and (count := await connection.fetchval(f'select count(*) from "{name}"'))
    }
    await connection.close()
    return left
