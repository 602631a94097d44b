"""STOP and START: in force with the message that says so, for everything that is sent from then on."""

from __future__ import annotations

import asyncio
import json
import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from hub import intake
from hub.failpoints import FailpointError
from hub.outbound import store as outbound
from hub.outbound.errors import Suppressed
from hub.outbound.model import Attempt
from hub.outbound.suppressions import NewSuppression, add_suppression, lift_suppression
from hub.people.consent import STOPPED
from hub.sdk import Raw
from tests.database import AT_ONCE, all_at_once
from tests.integration.texts.conftest import Texts
from tests.integration.texts.incoming import receive, said
from tests.outbound_world import World, eventually

IN_FORCE = "select channel_id, reason, agent_id from suppression where until is null order by id"
ADDRESS = "select address from identity where id = :id"
NOW = datetime.now(UTC)


async def one_waits(hub: World) -> bool:
    """Whether somebody waits for a lock in the database."""
    found = "select exists (select from pg_locks where not granted) as waits"
    return bool(await hub.value(found))


async def agent(hub: World) -> int:
    number: int = await hub.value(
        "insert into agent (email, name, role) values ('adam@hub.test', 'Adam', 'administrator') returning id"
    )
    return number


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_stop_raced_with_a_send(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of three STOPs come between the look at the suppressions and the commit of the attempt, which waits long
    enough for them to be stored first, if they can."""
    races = 1000
    start_attempt = outbound.start_attempt
    hub = texts.hub
    channel, elsewhere = await hub.channel(), await hub.channel()
    # Every other answer stands in another conversation than the one in which the STOP comes.
    where = [await hub.conversation((channel, elsewhere)[number % 2]) for number in range(races)]
    addresses = [await hub.value(ADDRESS, id=identity) for _, identity in where]
    entries = [await hub.queue_text(channel, one) for one in where]
    looked = {entry.id: asyncio.Event() for entry in entries}
    stored = {entry.id: asyncio.Event() for entry in entries}
    began: dict[int, bool] = {}
    few = asyncio.Semaphore(AT_ONCE)

    async def unhurried(connection: AsyncConnection, entry_id: int, *given: Any) -> Attempt:
        looked[entry_id].set()
        with suppress(TimeoutError):
            await asyncio.wait_for(stored[entry_id].wait(), 0.2)
        return await start_attempt(connection, entry_id, *given)

    async def stop(number: int, entry_id: int, address: str) -> None:
        if number % 3:
            await looked[entry_id].wait()
        else:
            await asyncio.sleep(random.uniform(0, races / 100))
        async with few:
            await receive(hub, channel, said("STOP", address, consent="stop"))
            attempts = await hub.value("select count(*) from delivery_attempt where entry_id = :id", id=entry_id)
            stored[entry_id].set()
        began[entry_id] = attempts > 0

    monkeypatch.setattr(outbound, "start_attempt", unhurried)
    async with hub.running():
        pairs = enumerate(zip(entries, addresses, strict=True))
        await asyncio.gather(*(stop(number, entry.id, one) for number, (entry, one) in pairs))
        states = await hub.settled(*entries, states=("sent", "failed"), seconds=200)

    for entry, state in zip(entries, states, strict=True):
        assert (state == "sent") == began[entry.id], "an attempt that began after the STOP was stored"
    assert len(hub.provider.accepted()) == states.count("sent")
    assert 0 < states.count("sent") < races, "the race was none"


async def test_a_stop_holds_on_its_channel_until_a_start(texts: Texts) -> None:
    hub = texts.hub
    channel, other = await hub.channel(), await hub.channel()
    where = await hub.conversation(channel, "maria@customers.test")
    await receive(hub, channel, said("Stop", "maria@customers.test", consent="stop"))
    assert [tuple(one) for one in await hub.rows(IN_FORCE)] == [(channel.id, STOPPED, None)]
    with pytest.raises(Suppressed, match="STOP"):
        await hub.queue_text(channel, where)
    await hub.queue_text(other, where)
    await receive(hub, channel, said("Start", "maria@customers.test", consent="start"))
    assert await hub.rows(IN_FORCE) == []
    await hub.queue_text(channel, where)
    assert await hub.value("select count(*) from entry where direction = 'in'") == 2, "the words are on the timeline"


async def test_an_older_word_that_comes_later_changes_nothing(texts: Texts) -> None:
    hub = texts.hub
    channel = await hub.channel()
    start = said("START", "maria@customers.test", at=NOW - timedelta(minutes=1), consent="start")
    stop = said("STOP", "maria@customers.test", at=NOW - timedelta(minutes=5), consent="stop")
    await receive(hub, channel, start)
    await receive(hub, channel, stop)
    assert await hub.rows(IN_FORCE) == []
    await receive(hub, channel, said("STOP", "maria@customers.test", at=NOW, consent="stop"))
    assert len(await hub.rows(IN_FORCE)) == 1


async def test_a_start_lifts_what_the_provider_said_and_not_what_an_agent_entered(texts: Texts) -> None:
    hub = texts.hub
    channel, other = await hub.channel(), await hub.channel()
    hub.provider.script("suppress")
    where = await hub.conversation(channel, "maria@customers.test")
    entry = await hub.queue_text(channel, where)
    async with hub.running():
        assert await hub.settled(entry) == ["failed"]
    async with hub.outbox.transaction() as tx:
        by_hand = NewSuppression("email", " Maria@customers.test", other.id, "A court said so.")
        adam = await agent(hub)
        await add_suppression(tx, hub.registry, by_hand, adam)
    assert len(await hub.rows(IN_FORCE)) == 2
    for one in (channel, other):
        await receive(hub, one, said("START", "maria@customers.test", consent="start"))
    assert [tuple(one) for one in await hub.rows(IN_FORCE)] == [(other.id, "A court said so.", adam)]


async def test_an_administrators_word_is_audited_and_kept_once(texts: Texts) -> None:
    hub = texts.hub
    adam = await agent(hub)
    new = NewSuppression("email", "maria@customers.test", None, "She asked on the telephone.")
    ids = []
    for _ in range(2):
        async with hub.outbox.transaction() as tx:
            ids.append(await add_suppression(tx, hub.registry, new, adam))
    assert ids[0] == ids[1]
    async with hub.outbox.transaction() as tx:
        await lift_suppression(tx, ids[0], adam)
    audited = await hub.rows("select agent_id, action, data from audit where action like 'suppression%' order by id")
    assert [(one.agent_id, one.action) for one in audited] == [(adam, "suppression.add"), (adam, "suppression.lift")]
    assert audited[0].data["reason"] == new.reason
    assert await hub.value("select lifted_by from suppression") == adam


async def test_a_stop_delivered_fifty_times_at_once_is_one_row(texts: Texts) -> None:
    hub = texts.hub
    channel = await hub.channel()
    raw = said(
        "STOP", "maria@customers.test", key="SM-stop", consent="stop", files=[{"key": "ME1", "type": "image/png"}]
    )
    accepted = await all_at_once(receive(hub, channel, raw) for _ in range(50))
    assert sorted(one.outcome for (one,) in accepted) == ["duplicate"] * 49 + ["stored"]
    for table in ("raw", "entry", "suppression", "consent", "remote_file", "conversation"):
        assert await hub.value(f"select count(*) from {table}") == 1, table


async def test_messages_that_come_at_the_same_moment_are_one_conversation(texts: Texts) -> None:
    hub = texts.hub
    channel = await hub.channel()
    await receive(hub, channel, said("Hello", "maria@customers.test"))
    await hub.rows("update conversation set state = 'resolved'")
    source = await hub.intake.source(channel.id)
    picture = said("", "maria@customers.test", files=[{"key": "ME1", "type": "image/png"}])
    async with hub.outbox.transaction() as tx:
        await hub.intake.store(tx, await hub.intake.prepare(source, picture))
        words = asyncio.create_task(receive(hub, channel, said("And this", "maria@customers.test")))
        assert await eventually(lambda: one_waits(hub)), "until it is known where the first one belongs"
    (first,), (second,) = await receive(hub, channel, picture), await words
    assert (first.outcome, second.outcome) == ("duplicate", "stored")
    assert await hub.value("select count(*) from entry") == 3
    assert await hub.value("select count(*) from conversation") == 2, "the resolved one, and one for both"


async def test_an_opt_out_that_the_provider_reports_later_holds_on_its_channel_until_a_start(texts: Texts) -> None:
    hub = texts.hub
    channel = await hub.channel()
    where = await hub.conversation(channel, "maria@customers.test")
    entry = await hub.queue_text(channel, where)
    async with hub.running():
        assert await hub.settled(entry) == ["sent"]
    (sent,) = hub.provider.accepted()
    report = {"status": "failed", "provider_id": sent["provider_id"], "suppress": True, "reason": "They wrote STOP."}
    await receive(hub, channel, Raw("status-1", json.dumps(report).encode(), NOW))
    assert await hub.state(entry.id) == "failed"
    assert [tuple(one) for one in await hub.rows(IN_FORCE)] == [(channel.id, "They wrote STOP.", None)]
    await receive(hub, channel, said("START", "maria@customers.test", consent="start"))
    assert await hub.rows(IN_FORCE) == []


async def test_a_message_and_what_follows_from_it_are_stored_together_or_not_at_all(
    texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = texts.hub
    channel = await hub.channel()
    raw = said("STOP", "maria@customers.test", consent="stop", files=[{"key": "ME1", "type": "image/png"}])

    async def broken(*_: Any) -> None:
        raise FailpointError("after the message")

    with monkeypatch.context() as patch:
        patch.setattr(intake, "apply_consent", broken)
        with pytest.raises(FailpointError):
            await receive(hub, channel, raw)
    for table in ("raw", "entry", "remote_file", "job"):
        assert await hub.value(f"select count(*) from {table}") == 0, table
    await receive(hub, channel, raw)
    assert len(await hub.rows(IN_FORCE)) == 1
