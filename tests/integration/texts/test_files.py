"""Files that lie with the provider: they come after their message, once, or say why not; then they are deleted."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hub.channels.model import Channel
from hub.files import actions, store
from hub.files.fetcher import AT_ONCE, WAITS
from hub.files.model import MAX_BYTES
from hub.outbound.errors import NotPossible
from hub.sdk import ConnectionTrouble, RemoteFile
from hub.timeline.model import Entry
from tests.integration.texts.conftest import Texts
from tests.integration.texts.incoming import receive, said
from tests.outbound_world import World, eventually

SENDER = "maria@customers.test"
HURRY = "update job set run_at = now() where kind in ('fetch', 'forget') and state = 'ready'"


async def picture(texts: Texts, channel: Channel, *keys: str, **fields: Any) -> int:
    """A message with these files; its entry."""
    files = [{"key": key, "type": "image/png", "name": f"{key}.png", **fields} for key in keys]
    (accepted,) = await receive(texts.hub, channel, said("Look", SENDER, files=files))
    assert accepted.entry_id is not None
    return accepted.entry_id


async def until(hub: World, entry_id: int, *, stored: int = 0, gone: int = 0, reason: str | None = None) -> Entry:
    """The entry, once so many of its files are here and so many gone."""

    async def looked() -> Entry | None:
        await hub.rows(HURRY)
        entry = await hub.entry(entry_id)
        lost = [one for one in entry.pending if one.state == "gone"]
        if reason is not None and not any(reason in one.reason for one in entry.pending):
            return None
        return entry if (len(entry.attachments), len(lost)) == (stored, gone) else None

    found: Entry = await eventually(looked)
    return found


async def test_a_file_comes_after_its_message_and_is_deleted_at_the_provider(texts: Texts) -> None:
    hub, files = texts.hub, texts.connector.files
    files.contents["ME1"] = b"a picture"
    channel = await hub.channel()
    entry_id = await picture(texts, channel, "ME1")
    (waiting,) = (await hub.entry(entry_id)).pending
    assert (waiting.state, waiting.filename, waiting.content_type) == ("waiting", "ME1.png", "image/png")
    assert files.forgotten == []
    before = await hub.value("select count(*) from event where kind = 'entry' and subject_id = :id", id=entry_id)
    async with hub.running():
        entry = await until(hub, entry_id, stored=1)
        await eventually(lambda: asyncio.sleep(0, files.forgotten == ["ME1"]))
        await eventually(lambda: hub.value("select forgotten_at is not null from remote_file"))
    (attachment,) = entry.attachments
    assert (attachment.filename, attachment.size, entry.pending) == ("ME1.png", 9, ())
    assert await hub.blobs.get(attachment.blob_hash) == b"a picture"
    after = await hub.value("select count(*) from event where kind = 'entry' and subject_id = :id", id=entry_id)
    assert after == before + 1, "who looks at the message is told"
    assert files.fetched == ["ME1"]
    assert await hub.value("select count(*) from job") == 0


async def test_a_provider_that_is_away_is_asked_again(texts: Texts) -> None:
    hub, files = texts.hub, texts.connector.files
    files.contents["ME1"] = b"a picture"
    files.errors["ME1"] = [ConnectionTrouble("The provider is away."), ZeroDivisionError("a bug")]
    files.errors["forget ME1"] = [ConnectionTrouble("Away again."), ZeroDivisionError("a bug")]
    entry_id = await picture(texts, await hub.channel(), "ME1")
    async with hub.running():
        await until(hub, entry_id, stored=1)

        async def forgotten() -> bool:
            await hub.rows(HURRY)
            return files.forgotten == ["ME1"]

        await eventually(forgotten)
    assert len(files.fetched) == 3


async def test_what_is_in_the_way_is_shown_meanwhile(texts: Texts) -> None:
    hub, files = texts.hub, texts.connector.files
    files.errors["ME1"] = [ConnectionTrouble("The provider is away.")] * 100
    entry_id = await picture(texts, await hub.channel(), "ME1")
    async with hub.running():
        entry = await until(hub, entry_id, reason="The provider is away.")
    assert [one.state for one in entry.pending] == ["waiting"]


async def test_after_a_day_of_trouble_it_is_gone_until_somebody_asks_again(texts: Texts) -> None:
    hub, files = texts.hub, texts.connector.files
    files.contents["ME1"] = b"a picture"
    files.errors["ME1"] = [ConnectionTrouble("The provider is away.")] * (len(WAITS) + 1)
    entry_id = await picture(texts, await hub.channel(), "ME1")
    async with hub.running():
        entry = await until(hub, entry_id, gone=1)
        assert "The provider is away." in entry.pending[0].reason
        assert len(files.fetched) == len(WAITS) + 1
        assert await hub.value("select count(*) from job") == 0
        async with hub.outbox.transaction() as tx:
            assert await actions.retry(tx, entry.pending[0].id) == entry_id
        await until(hub, entry_id, stored=1)
        async with hub.outbox.transaction() as tx:
            with pytest.raises(NotPossible):
                await actions.retry(tx, entry.pending[0].id)
            with pytest.raises(actions.UnknownFile):
                await actions.retry(tx, entry.pending[0].id + 1)


async def test_a_file_that_is_not_there_is_gone_at_once_and_its_neighbour_comes(texts: Texts) -> None:
    hub, files = texts.hub, texts.connector.files
    files.contents["ME2"] = b"a picture"
    files.errors["ME1"] = [LookupError("The provider has deleted it.")]
    entry_id = await picture(texts, await hub.channel(), "ME1", "ME2")
    async with hub.running():
        entry = await until(hub, entry_id, stored=1, gone=1)
    assert entry.pending[0].reason == "The provider has deleted it."
    assert sorted(files.fetched) == ["ME1", "ME2"]


async def test_a_file_that_is_said_to_be_too_large_is_never_asked_for(texts: Texts) -> None:
    hub = texts.hub
    entry_id = await picture(texts, await hub.channel(), "ME1", size=MAX_BYTES + 1)
    async with hub.running():
        entry = await until(hub, entry_id, gone=1)
    assert "134 MB" in entry.pending[0].reason
    assert texts.connector.files.fetched == []


async def test_a_full_attachment_store_costs_no_file(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    hub, files = texts.hub, texts.connector.files
    files.contents["ME1"] = b"a picture"
    entry_id = await picture(texts, await hub.channel(), "ME1")

    async def full(content: bytes) -> bytes:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(hub.blobs, "put", full)
        async with hub.running():
            await until(hub, entry_id, reason="attachment store")
    assert files.forgotten == [], "the provider keeps what is not here"


async def test_files_keep_their_order_behind_those_of_the_message(texts: Texts) -> None:
    hub, files = texts.hub, texts.connector.files
    keys = [f"ME{number}" for number in range(5)]
    files.contents = {key: key.encode() for key in keys}
    entry_id = await picture(texts, await hub.channel(), *keys)
    async with hub.running():
        entry = await until(hub, entry_id, stored=5)
    assert [one.filename for one in entry.attachments] == [f"{key}.png" for key in keys]


async def test_files_leave_places_for_messages(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider that never gives its files does not keep messages from going out."""
    hub = texts.hub
    channel = await hub.channel()
    under_way, most = 0, 0
    free = asyncio.Event()

    async def stuck(file: RemoteFile) -> bytes:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await free.wait()
        return b""

    async with hub.running():
        await eventually(lambda: asyncio.sleep(0, hub.supervisor.session(channel.id)))
        monkeypatch.setattr(hub.supervisor.session(channel.id), "fetch", stuck)
        await picture(texts, channel, *(f"ME{number}" for number in range(10)))
        await eventually(lambda: asyncio.sleep(0, under_way == AT_ONCE))
        entry = await hub.queue_text(channel, await hub.conversation(channel))
        assert await hub.settled(entry) == ["sent"]
        assert most == AT_ONCE
        free.set()


async def test_no_file_waits_for_ever(texts: Texts) -> None:
    hub = texts.hub
    channel = await hub.channel()
    orphan = await picture(texts, channel, "ME1")
    await hub.rows("delete from job")
    late = await picture(texts, channel, "ME2")
    await hub.rows("update remote_file set since = now() - interval '8 days' where entry_id = :id", id=late)
    waiting = await picture(texts, channel, "ME3")
    await actions.sweep(hub.outbox)
    states = [(await hub.entry(one)).pending[0].state for one in (orphan, late, waiting)]
    assert states == ["gone", "gone", "waiting"]


async def test_a_file_told_of_twice_is_one(texts: Texts) -> None:
    hub = texts.hub
    channel = await hub.channel()
    first = await picture(texts, channel, "ME1")
    second = await picture(texts, channel, "ME1")
    assert len((await hub.entry(first)).pending) == 1
    assert (await hub.entry(second)).pending == ()
    assert await hub.value("select count(*) from job") == 1


async def test_a_name_is_made_where_there_is_none(texts: Texts) -> None:
    hub = texts.hub
    channel = await hub.channel()
    entry_id = await picture(texts, channel, "ME1", name="", type="audio/mpeg")
    (file,) = (await hub.entry(entry_id)).pending
    assert file.filename == "file-1.mp3"
    async with hub.database.engine.connect() as connection:
        assert await store.get_file(connection, file.id + 1) is None
