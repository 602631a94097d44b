"""A message with more than the channel carries at once: several messages, queued together, sent in order."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from hub.channels.model import Channel
from hub.outbound.errors import BadTemplate, TooLarge
from hub.sdk import ChannelSettings, Limits, Outgoing
from hub.timeline.actions import UnknownAttachment
from hub.timeline.model import Entry
from hub.timeline.uploads import add_upload
from tests.connectors.texting import Texting
from tests.integration.texts.conftest import Texts
from tests.integration.texts.test_templates import CHOSEN
from tests.outbound_world import World
from tests.outbound_world import world as new_world


class OneFileEach(Texting):
    """And what is longer than ten characters counts as many messages as it has tens."""

    max_files = 1

    def weight(self, message: Outgoing) -> int:
        return max(1, len(message.text) // 10)

    def limits_of(self, settings: ChannelSettings) -> Limits:
        limits = super().limits_of(settings)
        return dataclasses.replace(
            limits, max_bytes=1000, max_files=self.max_files, captioned=frozenset(("image/png",))
        )


@pytest_asyncio.fixture
async def texts(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[Texts]:
    connector = OneFileEach(window=0)
    async with new_world(fresh_database_url, tmp_path, connector) as made:
        yield Texts(made, connector)


@dataclasses.dataclass
class Ada:
    """An agent who uploads files, and sends them."""

    hub: World
    id: int

    async def upload(self, name: str, content_type: str = "image/png", size: int = 9) -> int:
        digest = await self.hub.blobs.put(name.encode().ljust(size, b"."))
        async with self.hub.outbox.transaction() as tx:
            made = await add_upload(
                tx, blob_hash=digest, size=size, filename=name, content_type=content_type, agent_id=self.id
            )
        return made.id

    async def send(self, channel: Channel, where: tuple[int, int], words: str, *files: int, **more: Any) -> Entry:
        return await self.hub.queue_text(channel, where, words, attachment_ids=files, agent_id=self.id, **more)


@pytest_asyncio.fixture
async def ada(texts: Texts) -> Ada:
    new = "insert into agent (email, name, role) values ('ada@hub.test', 'Ada', 'agent') returning id"
    return Ada(texts.hub, await texts.hub.value(new))


async def test_files_that_do_not_fit_beside_the_text_follow_it_in_order(texts: Texts, ada: Ada) -> None:
    hub = texts.hub
    channel = await hub.channel()
    where = await hub.conversation(channel)
    names = ("bill.pdf", "one.png", "two.png")
    files = [await ada.upload(one, "application/pdf" if one == "bill.pdf" else "image/png") for one in names]
    first = await ada.send(channel, where, "Your bill", *files, idempotency_key="k1")
    again = await ada.send(channel, where, "Your bill", *files, idempotency_key="k1")
    assert again.id == first.id
    entries = [await hub.entry(row.id) for row in await hub.rows("select id from entry order by seq")]
    assert [one.text for one in entries] == ["Your bill", "", "", ""]
    assert [[file.filename for file in one.attachments] for one in entries] == [[], *([one] for one in names)]
    async with hub.running():
        assert await hub.settled(*entries) == ["sent"] * 4
    sent = [(one["text"], [name for name, _ in one["attachments"]]) for one in hub.provider.accepted()]
    assert sent == [("Your bill", []), *(("", [one]) for one in names)]


async def test_each_part_has_the_room_of_a_message(texts: Texts, ada: Ada) -> None:
    hub = texts.hub
    channel = await hub.channel()
    where = await hub.conversation(channel)
    large = [await ada.upload(f"{number}.png", size=900) for number in range(2)]
    await ada.send(channel, where, "Both", *large)
    assert await hub.value("select count(*) from delivery") == 2
    with pytest.raises(TooLarge, match="this channel carries"):
        await ada.send(channel, where, "", await ada.upload("huge.png", size=1001))
    with pytest.raises(UnknownAttachment):
        await ada.send(channel, where, "Gone", *large)
    assert await hub.value("select count(*) from delivery") == 2


async def test_a_channel_that_carries_no_files_says_so_before_it_is_sent(texts: Texts, ada: Ada) -> None:
    channel = await texts.hub.channel()
    assert isinstance(texts.connector, OneFileEach)
    texts.connector.max_files = 0
    with pytest.raises(TooLarge, match="no files"):
        await ada.send(channel, await texts.hub.conversation(channel), "", await ada.upload("a.png"))


async def test_a_template_takes_no_files_along(texts: Texts, ada: Ada) -> None:
    channel = await texts.hub.channel()
    where = await texts.hub.conversation(channel)
    with pytest.raises(BadTemplate, match="without files"):
        await ada.send(channel, where, CHOSEN.text, await ada.upload("a.png"), template=CHOSEN)


async def test_who_looks_for_a_lost_message_knows_the_others_of_the_conversation(texts: Texts) -> None:
    """Two of the same words are told apart after a restart, too."""
    hub = texts.hub
    channel = await hub.channel()
    where, elsewhere = await hub.conversation(channel), await hub.conversation(channel)
    entries = [await hub.queue_text(channel, one, "Yes") for one in (where, elsewhere, where)]
    async with hub.running():
        assert await hub.settled(*entries) == ["sent"] * 3
    sent = {one["provider_id"]: one["known_ids"] for one in hub.provider.accepted()}
    ids = {row.entry_id: row.provider_id for row in await hub.rows("select entry_id, provider_id from delivery")}
    assert [sent[ids[one.id]] for one in entries] == [[], [], [ids[entries[0].id]]]


async def test_a_message_takes_as_much_of_the_rate_as_the_provider_counts_it(
    texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = texts.hub
    channel = await hub.channel()
    spent: list[int] = []
    monkeypatch.setattr(hub.pace, "spend", lambda channel_id, messages=1: spent.append(messages))
    entries = [await hub.queue_text(channel, await hub.conversation(channel), "x" * size) for size in (5, 35)]
    async with hub.running():
        assert await hub.settled(*entries) == ["sent", "sent"]
    assert sorted(spent) == [1, 3]
