"""Setting channels up: checked, audited, and their secrets readable nowhere."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime

import orjson
import pytest

from hub.channels.actions import create_channel, patch_channel
from hub.channels.errors import ChannelUnknown, SettingsInvalid
from hub.channels.ledger import ledger
from hub.channels.model import Channel, ChannelPatch, NewChannel
from hub.channels.registry import UnknownKind
from hub.channels.secrets import open_settings, secret_names
from hub.channels.testing import test_settings as try_settings
from hub.db.binaries import find_binaries, find_owner
from hub.sdk import Raw
from tests.outbound_world import PASSWORD, World, eventually
from tests.processes import ROOT


async def create(world: World, kind: str = "scripted", name: str = "Support", **settings: object) -> Channel:
    secrets = settings.pop("secrets", {"password": PASSWORD})
    new = NewChannel(kind, name, {"address": "support@acme.test", **settings}, secrets)  # type: ignore[arg-type]
    async with world.outbox.transaction() as tx:
        return await create_channel(tx, world.registry, world.vault, new, None)


async def patch(world: World, channel_id: int, **changes: object) -> Channel:
    async with world.outbox.transaction() as tx:
        return await patch_channel(
            tx,
            world.registry,
            world.vault,
            channel_id,
            ChannelPatch(**changes),  # type: ignore[arg-type]
            agent_id=None,
        )


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"address": "nobody"}, "address"),
        ({"unknown": 1}, "unknown"),
        ({"password": "in the wrong place"}, "password"),
        ({"secrets": {"unknown": "x"}}, "unknown"),
        ({"lookup": "perhaps"}, "lookup"),
        ({"name": " "}, "name"),
    ],
)
async def test_wrong_settings_are_refused_by_field(world: World, settings: dict[str, object], field: str) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        await create(world, **settings)  # type: ignore[arg-type]
    assert field in refused.value.problems
    assert "in the wrong place" not in str(refused.value.problems)
    assert await world.value("select count(*) from channel") == 0


async def test_an_unknown_kind_or_channel_is_refused(world: World) -> None:
    with pytest.raises(UnknownKind):
        await create(world, kind="pigeon")
    with pytest.raises(ChannelUnknown):
        await patch(world, 1 << 40, name="x")


async def test_secrets_are_write_only_and_kept_unless_they_are_changed(world: World) -> None:
    channel = await create(world)
    assert secret_names(world.vault, channel) == ["password"]
    renamed = await patch(world, channel.id, name="Renamed", settings={"address": "other@acme.test"})
    assert renamed.own_address == "other@acme.test"
    assert open_settings(world.registry, world.vault, renamed)["password"] == PASSWORD
    removed = await patch(world, channel.id, secrets={"password": None})
    assert secret_names(world.vault, removed) == []
    assert removed.version == channel.version + 2


async def test_every_change_is_audited_by_names_alone(world: World) -> None:
    channel = await create(world)
    await patch(world, channel.id, secrets={"password": "canary-second"}, state="paused")
    rows = await world.rows("select action, subject, data from audit order by id")
    assert [(one.action, one.subject) for one in rows] == [
        ("channel.create", f"channel:{channel.id}"),
        ("channel.change", f"channel:{channel.id}"),
    ]
    assert rows[1].data == {"secrets": ["password"], "state": ["active", "paused"]}


async def test_secrets_are_in_no_representation(world: World) -> None:
    channel = await world.channel()
    async with world.running():
        await eventually(lambda: world.rows("select 1 from channel where health = 'ok'"))
        context = world.connector.control(channel.own_address).context
        shown: list[object] = [channel, context, world.vault, world.supervisor.session(channel.id)]
    assert context is not None
    assert context.settings["password"] == PASSWORD
    shown += [NewChannel("k", "n", {}, {"password": PASSWORD}), ChannelPatch(secrets={"password": PASSWORD})]
    assert PASSWORD not in repr(shown)


async def test_secrets_are_in_no_dump_and_no_log(world: World, fresh_database_url: str) -> None:
    """A hub runs, fails to send in every way, and crashes: its log and its database are searched."""
    channel = await world.channel()
    entry = await world.queue_text(channel, await world.conversation(channel))
    world.provider.script("auth", "rate", "crash")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.outbox_hub", fresh_database_url, str(world.folder)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        assert await world.settled(entry, states=("uncertain",), seconds=60) == ["uncertain"]
    finally:
        process.kill()
        log, _ = await process.communicate()
    assert b"sending broke off" in log
    assert b"ZeroDivisionError" in log
    binaries = find_binaries(find_owner()).folder
    dump = subprocess.run(
        [str(binaries / "pg_dump"), fresh_database_url], capture_output=True, check=True, timeout=60
    ).stdout
    assert b"support" in dump
    for form in (PASSWORD.encode(), PASSWORD.encode().hex().encode(), b64encode(PASSWORD.encode())):
        assert form not in dump
        assert form not in log


async def test_settings_can_be_tried_with_new_and_with_stored_secrets(world: World) -> None:
    channel = await create(world, secrets={"password": "right"})
    tried = {"kind": "scripted", "settings": {"address": "support@acme.test"}}

    async def good(secrets: dict[str, str], channel_id: int | None) -> bool:
        (step,) = await try_settings(
            world.database,
            world.registry,
            world.vault,
            world.oauth,
            world.transcripts,
            secrets=secrets,
            channel_id=channel_id,
            public_url="https://desk.test",
            **tried,  # type: ignore[arg-type]
        )
        assert step.ok or step.next_step
        return step.ok

    assert await good({"password": "right"}, None)
    assert not await good({"password": "wrong"}, None)
    assert await good({}, channel.id)
    assert not await good({"password": "wrong"}, channel.id)
    with pytest.raises(ChannelUnknown):
        await good({}, 1 << 40)
    control = world.connector.control("support@acme.test")
    assert control.opened == control.closed
    assert await world.value("select count(*) from channel") == 1


async def test_the_ledger_accounts_for_everything_received(world: World) -> None:
    channel = await world.channel()
    contents: list[object] = [
        {"from": "a@customers.test", "text": "Hello"},
        {"from": "b@customers.test", "text": "Hello"},
        {"ignore": "out of office"},
        "not understood",
    ]
    raws = [Raw(f"k{number}", orjson.dumps(one), datetime.now(UTC)) for number, one in enumerate(contents)]
    sink = world.intake.sink(channel.id)
    await sink.receive(raws)
    await sink.receive(raws)  # redelivered
    sent = await world.queue_text(channel, await world.conversation(channel))
    world.provider.script("accept", "permanent")
    async with world.running():
        await world.settled(sent)
        await world.settled(await world.queue_text(channel, await world.conversation(channel)))
    async with world.database.engine.connect() as connection:
        days = await ledger(connection, channel.id, 3)
    assert len(days) == 3

    def counted(name: str) -> int:
        return sum(getattr(one, name) for one in days[:2])  # midnight may have passed meanwhile

    assert [counted(name) for name in ("received", "stored", "quarantined", "ignored")] == [4, 2, 1, 1]
    assert (counted("sent"), counted("failed")) == (1, 1)
    assert all(one.received == one.stored + one.quarantined + one.ignored for one in days)
