"""Every active channel runs, on one hub, and says how it does."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from hub.channels import runner
from hub.channels.actions import patch_channel
from hub.channels.model import Channel, ChannelPatch
from hub.channels.store import get_channel
from hub.sdk import ConfigurationError, ConnectionTrouble, CredentialsRefused, HookRequest, OwnershipLost, Raw
from tests.connectors.scripted import Scripted
from tests.outbound_world import World, eventually
from tests.outbound_world import world as new_world


async def now(world: World, channel: Channel) -> Channel:
    async with world.database.engine.connect() as connection:
        found = await get_channel(connection, channel.id)
    assert found is not None
    return found


async def health_is(world: World, channel: Channel, state: str) -> Channel:
    async def look() -> Channel | None:
        found = await now(world, channel)
        return found if found.health.state == state else None

    found: Channel = await eventually(look)
    return found


async def patch(world: World, channel: Channel, **changes: Any) -> Channel:
    async with world.outbox.transaction() as tx:
        return await patch_channel(tx, world.registry, world.vault, channel.id, ChannelPatch(**changes), agent_id=None)


def mail(number: int, words: str = "Hello") -> Raw:
    content = {"from": f"customer{number}@customers.test", "text": words, "number": number}
    return Raw(f"key {number}", orjson.dumps(content), datetime.now(UTC))


async def test_a_channel_starts_receives_and_moves_its_cursor(world: World) -> None:
    channel = await world.channel()
    control = world.connector.control(channel.own_address)
    async with world.running():
        await health_is(world, channel, "ok")
        await control.incoming.put(([mail(1), mail(2)], {"at": 2}))
        await control.incoming.join()
        assert await world.value("select count(*) from entry") == 2
        assert control.context is not None
        assert control.context.cursor == {"at": 2}
        assert control.settings["password"] == "canary-password-7f3a"
    assert control.closed == 1
    assert await world.value("select cursor from channel") == {"at": 2}
    assert await world.value("select lease_owner from channel") is None


async def test_trouble_is_told_and_recovered_from(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "FIRST_SECONDS", 0.05)
    channel = await world.channel()
    control = world.connector.control(channel.own_address)
    control.run_errors = [ConnectionTrouble("The server does not answer.") for _ in range(4)]
    runs = asyncio.Semaphore(2)  # no state is over before it was seen
    control.may_run = runs.acquire
    async with world.running():
        first = await health_is(world, channel, "degraded")
        assert first.health.reason == "The server does not answer."
        assert first.health.next_step
        for _ in range(2):
            runs.release()
        await health_is(world, channel, "down")
        runs.release()
        well = await health_is(world, channel, "ok")
        assert (well.health.reason, well.health.next_step) == ("", "")
    assert control.runs == 5
    assert control.opened == 1


@pytest.mark.parametrize(
    "failure",
    [CredentialsRefused("The password is wrong."), ConfigurationError("There is no such folder."), ZeroDivisionError()],
)
async def test_what_only_a_person_can_mend_waits_for_a_change(world: World, failure: Exception) -> None:
    channel = await world.channel()
    control = world.connector.control(channel.own_address)
    control.run_errors = [failure]
    async with world.running():
        down = await health_is(world, channel, "down")
        assert down.health.reason
        assert down.health.next_step
        await patch(world, channel, secrets={"password": "a better one"})
        world.supervisor.wake()
        await health_is(world, channel, "ok")
    assert control.settings["password"] == "a better one"
    assert (control.opened, control.closed) == (2, 2)


async def test_one_broken_channel_leaves_the_others_alone(world: World) -> None:
    broken, sound = await world.channel(), await world.channel()
    world.connector.control(broken.own_address).run_errors = [ZeroDivisionError() for _ in range(100)]
    await world.rows("update channel set kind = 'uninstalled' where id = :id", id=(await world.channel()).id)
    async with world.running():
        await health_is(world, sound, "ok")
        await health_is(world, broken, "down")
        gone = await eventually(
            lambda: world.rows("select 1 from channel where kind = 'uninstalled' and health = 'down'")
        )
        assert gone


async def test_pausing_stops_a_channel_and_holds_what_is_to_be_sent(world: World) -> None:
    channel = await world.channel()
    where = await world.conversation(channel)
    async with world.running():
        await health_is(world, channel, "ok")
        await patch(world, channel, state="paused")
        world.supervisor.wake()
        await eventually(lambda: _closed(world, channel))
        assert (await now(world, channel)).health.state == "paused"
        entry = await world.queue_text(channel, where)
        await world.rows("update delivery set since = now() - interval '1 minute'")
        await world.sweep()
        assert await world.state(entry.id) == "held"
        assert (await now(world, channel)).health.backlog == 1
        await patch(world, channel, state="active")
        world.supervisor.wake()
        assert await world.settled(entry) == ["sent"]
    assert world.provider.texts() == ["Hello"]


async def test_two_hubs_run_a_channel_once_and_the_second_takes_over(fresh_database_url: str, tmp_path: Path) -> None:
    first_connector, second_connector = Scripted(), Scripted()
    async with (
        new_world(fresh_database_url, tmp_path, first_connector, lease_seconds=9.0) as first,
        new_world(fresh_database_url, tmp_path, second_connector, lease_seconds=9.0) as second,
    ):
        channel = await first.channel()
        async with second.running():
            one = second_connector.control(channel.own_address)
            await eventually(lambda: _true(one.opened))
            async with first.running():
                entries = [
                    await first.queue_text(channel, await first.conversation(channel), f"{number}")
                    for number in range(10)
                ]
                assert set(await first.settled(*entries)) == {"sent"}
                until = await first.value("select lease_until from channel")

                async def kept() -> bool:
                    return bool(await first.value("select lease_until from channel") > until)

                await eventually(kept)
                other = first_connector.control(channel.own_address)
                assert (one.opened, other.opened) == (1, 0)
                assert sorted(first.provider.texts()) == [f"{number}" for number in range(10)]
                await second.supervisor.close()
                await eventually(lambda: _true(other.opened))


async def test_an_owner_that_was_away_too_long_cannot_move_the_cursor(fresh_database_url: str, tmp_path: Path) -> None:
    """It was paused past its lease and comes back: the fencing token refuses it, and it lets the channel go."""
    async with new_world(fresh_database_url, tmp_path, lease_seconds=30.0) as hub:
        channel = await hub.channel()
        control = hub.connector.control(channel.own_address)
        async with hub.running():
            await health_is(hub, channel, "ok")
            await hub.rows(
                "update channel set lease_owner = 'another hub', lease_until = now() + interval '1 hour', "
                "lease_token = lease_token + 1, cursor = '{\"at\": 9}'"
            )
            await control.incoming.put(([mail(1)], {"at": 1}))
            await control.incoming.join()
            await eventually(lambda: _closed(hub, channel))
            assert hub.supervisor.session(channel.id) is None
        assert await hub.value("select cursor from channel") == {"at": 9}
        assert await hub.value("select lease_owner from channel") == "another hub"
        assert await hub.value("select count(*) from raw") == 0


async def test_a_stale_sink_is_refused(world: World) -> None:
    channel = await world.channel()
    async with world.running():
        await health_is(world, channel, "ok")
        token = await world.value("select lease_token from channel")
        stale = world.intake.sink(channel.id, token - 1)
        with pytest.raises(OwnershipLost):
            await stale.receive([mail(1)], {"at": 1})


async def test_a_session_in_use_is_not_closed_under_a_send(world: World) -> None:
    channel = await world.channel()
    control = world.connector.control(channel.own_address)
    async with world.running():
        await health_is(world, channel, "ok")
        with world.supervisor.lend(channel.id) as lent:
            assert lent is not None
            await patch(world, channel, state="paused")
            world.supervisor.wake()
            await eventually(lambda: _true(world.supervisor.session(channel.id) is None))
            assert control.closed == 0
            with world.supervisor.lend(channel.id) as second:
                assert second is None
        await eventually(lambda: _closed(world, channel))


async def test_a_hook_is_found_by_channel_and_name_and_stores_first(world: World) -> None:
    channel = await world.channel()
    async with world.running():
        await health_is(world, channel, "ok")
        assert world.supervisor.hook(channel.id, "unknown") is None
        assert world.supervisor.hook(1 << 40, "in") is None
        found = world.supervisor.hook(channel.id, "in")
        assert found is not None
        hook, sink = found
        request = HookRequest("POST", "/", {"X-Signature": "good", "X-Id": "h1"}, mail(1).content, "")
        await sink.receive((await hook.handle(request)).raws)
        assert await world.value("select source_key from raw") == "h1"


async def _closed(world: World, channel: Channel) -> bool:
    return world.connector.control(channel.own_address).closed > 0


async def _true(value: object) -> bool:
    return bool(value)
