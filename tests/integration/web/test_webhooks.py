"""Webhooks against a real receiver: signed, in order, again after failures, and never where they may not go."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pytest
import pytest_asyncio
from aiohttp import ThreadedResolver, web
from aiohttp.abc import AbstractResolver, ResolveResult
from sqlalchemy import text

from hub.desk import assignment
from hub.people.merging import merge, undo_merge
from tests.integration.web.hub import Browser, Hub, running_hub

EVERYTHING = [
    "message.received",
    "message.sent",
    "note.added",
    "delivery.changed",
    "conversation.created",
    "conversation.assigned",
    "conversation.resolved",
    "conversation.reopened",
    "conversation.changed",
    "customer.merged",
    "customer.unmerged",
]


@dataclass
class Receiver:
    """Somebody else's program. `answers` is asked for each request's status."""

    url: str = ""
    secret: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    answers: Callable[[dict[str, Any]], int] = lambda _event: 200
    location: str = ""

    async def receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        event = orjson.loads(body)
        stamp, mac = (part.split("=", 1)[1] for part in request.headers["Allways-Signature"].split(","))
        expected = hmac.new(self.secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        event["signed"] = hmac.compare_digest(mac, expected)
        assert request.headers["Allways-Event"] == event["type"]
        self.got.append(event)
        self.bodies.append(body)
        headers = {"Location": self.location} if self.location else {}
        return web.Response(status=self.answers(event), text="said", headers=headers)

    @property
    def types(self) -> list[str]:
        return [one["type"] for one in self.got]


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield receiver
    finally:
        await runner.cleanup()


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as one:
        yield one


@asynccontextmanager
async def telling(hub: Hub) -> AsyncIterator[None]:
    """Events are published and delivered meanwhile."""
    task = asyncio.create_task(hub.services.webhooks.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest_asyncio.fixture
async def hub(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[Hub]:
    async with running_hub(fresh_database_url, tmp_path, webhook_private_networks="127.0.0.0/8") as running:
        yield running


async def subscribed(hub: Hub, receiver: Receiver, *events: str) -> tuple[Browser, int]:
    administrator = await hub.browser(await hub.agent("administrator"))
    answer = await administrator.post(
        "/api/webhooks", {"name": "Orders", "url": receiver.url, "events": list(events or EVERYTHING)}
    )
    assert answer.status == 201, answer.content
    receiver.secret = answer.json["secret"]
    return administrator, answer.json["id"]


# Only what nobody holds just now: the test must not stand in the hub's way.
_HASTEN_WEBHOOKS = """update webhook set try_at = null where id in (
    select id from webhook where try_at is not null for update skip locked)"""
_HASTEN_JOBS = """update job set run_at = now() where id in (
    select id from job where state = 'ready' and run_at > now() for update skip locked)"""


async def until(hub: Hub, ready: Callable[[], bool]) -> None:
    """Hastens the waits between attempts: no test waits for the clock."""
    async with asyncio.timeout(60):
        while not ready():
            await hasten(hub)


async def hasten(hub: Hub) -> None:
    async with hub.services.write() as tx:
        await tx.connection.execute(text(_HASTEN_WEBHOOKS))
        await tx.connection.execute(text(_HASTEN_JOBS))
    hub.services.webhooks.wake()
    await asyncio.sleep(0.05)


async def test_what_happens_is_told_once_signed_and_in_order(hub: Hub, receiver: Receiver) -> None:
    await hub.written(channel := await hub.channel())
    administrator, _ = await subscribed(hub, receiver)
    agent = administrator.agent
    assert agent is not None
    async with telling(hub):
        entry = await hub.written(channel)
        conversation = entry.conversation_id
        noted = await administrator.post(f"/api/conversations/{conversation}/notes", {"text": "Look into it"})
        async with hub.services.write() as tx:
            await assignment.assign(tx, conversation, agent.id, agent.id)
        async with hub.services.write() as tx:
            await assignment.resolve(tx, conversation, agent.id)
        await hub.writes(conversation, "One more thing", channel_id=channel.id)
        await administrator.patch(f"/api/conversations/{conversation}", {"priority": "high"})
        await until(hub, lambda: len(receiver.got) >= 8)
    assert receiver.types == [
        "conversation.created",
        "message.received",
        "note.added",
        "conversation.assigned",
        "conversation.resolved",
        "conversation.reopened",
        "message.received",
        "conversation.changed",
    ]
    assert all(one["signed"] for one in receiver.got)
    assert receiver.got[1]["data"]["entry"]["text"] == "Where is my parcel?"
    assert receiver.got[2]["data"]["entry"]["id"] == noted.json["id"]
    assert {one["data"]["conversation"]["id"] for one in receiver.got} == {conversation}


async def test_what_happened_before_anybody_looked_is_told_once_too(hub: Hub, receiver: Receiver) -> None:
    channel = await hub.channel()
    await subscribed(hub, receiver)
    async with telling(hub):
        await hub.written(channel)
        await until(hub, lambda: len(receiver.got) >= 2)
    entry = await hub.written(channel)
    await hub.writes(entry.conversation_id, "One more thing", channel_id=channel.id)
    async with telling(hub):
        await until(hub, lambda: len(receiver.got) >= 5)
    assert receiver.types[2:] == ["conversation.created", "message.received", "message.received"]


async def test_merging_is_told_and_so_is_taking_it_back(hub: Hub, receiver: Receiver) -> None:
    channel = await hub.channel()
    one, other = [await hub.written(channel) for _ in range(2)]
    administrator, _ = await subscribed(hub, receiver, "customer.merged", "customer.unmerged")
    assert administrator.agent is not None
    ids = []
    for entry in (one, other):
        conversation = await administrator.get(f"/api/conversations/{entry.conversation_id}")
        ids.append(conversation.json["customer"]["id"])
    async with hub.services.write() as tx:
        merge_id = await merge(tx, ids[0], ids[1], administrator.agent.id)
    async with telling(hub):
        await until(hub, lambda: len(receiver.got) >= 1)
        async with hub.services.write() as tx:
            await undo_merge(tx, merge_id, administrator.agent.id)
        await until(hub, lambda: len(receiver.got) >= 2)
    assert receiver.types == ["customer.merged", "customer.unmerged"]
    assert receiver.got[0]["data"]["merge_id"] == merge_id


async def test_a_conversations_events_wait_for_their_elders_and_others_do_not(hub: Hub, receiver: Receiver) -> None:
    channel = await hub.channel()
    refused: list[str] = []

    def flaky(event: dict[str, Any]) -> int:
        said = event["data"]["entry"]["text"]
        if said == "first" and len(refused) < 4:
            refused.append(said)
            return 500
        return 200

    receiver.answers = flaky
    await subscribed(hub, receiver, "message.received")
    async with telling(hub):
        entry = await hub.written(channel, text="first")
        await hub.writes(entry.conversation_id, "second", channel_id=channel.id)
        await hub.written(channel, text="elsewhere")
        await until(hub, lambda: len(receiver.got) >= 7)
    told = [one["data"]["entry"]["text"] for one in receiver.got]
    assert told.count("first") == 5
    assert told.index("second") > max(place for place, said in enumerate(told) if said == "first")
    assert told.count("second") == told.count("elsewhere") == 1
    assert len({body for body in receiver.bodies if b'"first"' in body}) == 1


async def test_nothing_is_missed_while_nobody_publishes(hub: Hub, receiver: Receiver) -> None:
    channel = await hub.channel()
    await subscribed(hub, receiver, "message.received")
    async with telling(hub):
        await hub.written(channel, text="before")
        await until(hub, lambda: len(receiver.got) >= 1)
    for number in range(3):
        await hub.written(channel, text=f"meanwhile {number}")
    async with telling(hub):
        await until(hub, lambda: len(receiver.got) >= 4)
    told = sorted(one["data"]["entry"]["text"] for one in receiver.got)
    assert told == ["before", "meanwhile 0", "meanwhile 1", "meanwhile 2"]


async def test_hubs_that_publish_together_tell_everything_once(hub: Hub, receiver: Receiver) -> None:
    channel = await hub.channel()
    await subscribed(hub, receiver, "message.received")
    async with telling(hub), telling(hub), telling(hub):
        for number in range(10):
            await hub.written(channel, text=str(number))
        await until(hub, lambda: len(receiver.got) >= 10)
    async with hub.services.read() as connection:
        events = (await connection.execute(text("select count(*) from webhook_event"))).scalar_one()
    assert events == 10
    assert sorted(one["data"]["entry"]["text"] for one in receiver.got) == [str(number) for number in range(10)]


async def test_after_three_days_a_delivery_is_given_up_and_a_dead_receiver_is_paused_visibly(
    hub: Hub, receiver: Receiver
) -> None:
    receiver.answers = lambda _event: 503
    channel = await hub.channel()
    administrator, webhook_id = await subscribed(hub, receiver, "message.received")
    async with telling(hub):
        await hub.written(channel)
        async with asyncio.timeout(60):
            while not (await administrator.get(f"/api/webhooks/{webhook_id}")).json["failures"]:
                await hasten(hub)
        async with hub.services.write() as tx:
            # in the order in which an attempt that fails takes them
            await tx.connection.execute(text("update webhook set failing_since = now() - interval '73 hours'"))
            await tx.connection.execute(text("update webhook_delivery set queued_at = now() - interval '73 hours'"))
        async with asyncio.timeout(60):
            while (shown := await administrator.get(f"/api/webhooks/{webhook_id}")).json["state"] != "paused":
                await hasten(hub)
            while not (log := await administrator.get(f"/api/webhooks/{webhook_id}/deliveries?state=failed")).json[
                "items"
            ]:
                await hasten(hub)  # an attempt that had begun before is followed by one more
    tries = len(receiver.got)
    assert tries >= 2
    assert "took nothing for 3 days" in shown.json["reason"]
    assert "503" in shown.json["reason"]
    assert [(one["type"], one["status"]) for one in log.json["items"]] == [("message.received", 503)]
    receiver.answers = lambda _event: 200
    resumed = await administrator.patch(f"/api/webhooks/{webhook_id}", {"state": "active"})
    assert (resumed.json["state"], resumed.json["reason"], resumed.json["failures"]) == ("active", None, 0)
    resend = f"/api/webhooks/{webhook_id}/deliveries/{log.json['items'][0]['id']}/resend"
    assert (await administrator.post(resend)).status == 204
    async with telling(hub):
        await until(hub, lambda: len(receiver.got) > tries)
    assert receiver.bodies[0] == receiver.bodies[-1]


async def test_a_receiver_that_is_gone_is_paused_at_once(hub: Hub, receiver: Receiver) -> None:
    receiver.answers = lambda _event: 410
    administrator, webhook_id = await subscribed(hub, receiver, "message.received")
    async with telling(hub):
        await hub.written(await hub.channel())
        async with asyncio.timeout(20):
            while (shown := await administrator.get(f"/api/webhooks/{webhook_id}")).json["state"] != "paused":
                await asyncio.sleep(0.05)
    assert "410" in shown.json["reason"]


async def test_the_test_button_says_what_came_of_it(hub: Hub, receiver: Receiver) -> None:
    administrator, webhook_id = await subscribed(hub, receiver)
    fine = await administrator.post(f"/api/webhooks/{webhook_id}/test")
    assert (fine.json["ok"], fine.json["status"]) == (True, 200)
    assert receiver.got[0]["type"] == "webhook.test"
    assert receiver.got[0]["signed"]
    receiver.answers = lambda _event: 404
    wrong = await administrator.post(f"/api/webhooks/{webhook_id}/test")
    assert (wrong.json["ok"], wrong.json["status"]) == (False, 404)
    assert wrong.json["error"] == "The receiver answered 404. It said: said"
    log = await administrator.get(f"/api/webhooks/{webhook_id}/deliveries")
    assert [one["state"] for one in log.json["items"]] == ["failed", "delivered"]


async def test_a_new_secret_signs_from_now_on(hub: Hub, receiver: Receiver) -> None:
    administrator, webhook_id = await subscribed(hub, receiver)
    renewed = await administrator.post(f"/api/webhooks/{webhook_id}/secret")
    await administrator.post(f"/api/webhooks/{webhook_id}/test")
    assert not receiver.got[0]["signed"]
    receiver.secret = renewed.json["secret"]
    await administrator.post(f"/api/webhooks/{webhook_id}/test")
    assert receiver.got[1]["signed"]
    shown = await administrator.get(f"/api/webhooks/{webhook_id}")
    assert renewed.json["secret"] not in shown.content.decode()
    async with hub.services.read() as connection:
        stored = (await connection.execute(text("select w::text from webhook w"))).scalar_one()
    assert renewed.json["secret"] not in stored


async def test_redirects_are_not_followed(hub: Hub, receiver: Receiver) -> None:
    administrator, webhook_id = await subscribed(hub, receiver)
    receiver.answers, receiver.location = (lambda _event: 302), receiver.url
    answer = await administrator.post(f"/api/webhooks/{webhook_id}/test")
    assert (answer.json["ok"], len(receiver.got)) == (False, 1)
    assert "sends us elsewhere" in answer.json["error"]


async def test_a_removed_webhook_is_told_nothing_more(hub: Hub, receiver: Receiver) -> None:
    administrator, webhook_id = await subscribed(hub, receiver)
    async with receiving() as other:
        await subscribed(hub, other, "message.received")
        assert (await administrator.delete(f"/api/webhooks/{webhook_id}")).status == 204
        async with telling(hub):
            await hub.written(await hub.channel())
            await until(hub, lambda: len(other.got) >= 1)
    assert receiver.got == []
    assert (await administrator.get(f"/api/webhooks/{webhook_id}")).status == 404


class Rebinding(AbstractResolver):
    """A name server that answers as it is told, one after the other."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        addresses = self._answers[min(self.asked, len(self._answers)) - 1]
        return [
            ResolveResult(hostname=host, host=one, port=port, family=socket.AF_INET, proto=0, flags=0)
            for one in addresses
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize(
    "answers", [[["127.0.0.1"]], [["93.184.216.34", "127.0.0.1"]], [["169.254.169.254"]], [["10.0.0.1"]]]
)
async def test_a_name_that_leads_inside_is_not_called(
    database_url: str, tmp_path: Path, receiver: Receiver, answers: list[list[str]]
) -> None:
    """Even where only one of its addresses does: the connection may go to any of them."""
    resolver = Rebinding(*answers)
    async with running_hub(database_url, tmp_path, resolver=resolver) as hub:
        port = receiver.url.split(":")[2].split("/")[0]
        receiver.url = f"https://rebinding.example:{port}/hook"
        administrator, webhook_id = await subscribed(hub, receiver)
        answer = await administrator.post(f"/api/webhooks/{webhook_id}/test")
    assert not answer.json["ok"]
    assert "private or reserved network" in answer.json["error"]
    assert receiver.got == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "0"])
async def test_other_spellings_of_this_machine_are_not_called(
    database_url: str, tmp_path: Path, receiver: Receiver, host: str
) -> None:
    async with running_hub(database_url, tmp_path, resolver=ThreadedResolver()) as hub:
        port = receiver.url.split(":")[2].split("/")[0]
        administrator = await hub.browser(await hub.agent("administrator"))
        url = f"https://{host}:{port}/hook"
        made = await administrator.post("/api/webhooks", {"name": "X", "url": url, "events": ["message.sent"]})
        if made.status == 201:
            tried = await administrator.post(f"/api/webhooks/{made.json['id']}/test")
            assert "private or reserved network" in tried.json["error"]
        else:
            assert (made.status, made.json["code"]) == (422, "bad_receiver")
    assert receiver.got == []


async def test_the_name_is_resolved_once_and_the_connection_goes_there(
    database_url: str, tmp_path: Path, receiver: Receiver
) -> None:
    """A server that answers public first and private then finds nobody asking twice."""
    resolver = Rebinding(["127.0.0.1"], ["10.9.9.9"])
    async with running_hub(database_url, tmp_path, resolver=resolver, webhook_private_networks="127.0.0.1/32") as hub:
        port = receiver.url.split(":")[2].split("/")[0]
        receiver.url = f"http://rebinding.example:{port}/hook"
        administrator, webhook_id = await subscribed(hub, receiver)
        answer = await administrator.post(f"/api/webhooks/{webhook_id}/test")
    assert (answer.json["ok"], resolver.asked) == (True, 1)
