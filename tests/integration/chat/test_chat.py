"""The chat, from a visitor's page to the timeline and back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from hub.service.actions import assign, create
from hub.service.model import Schedule
from tests.integration.chat.world import Chat, chat_hub, until


@pytest_asyncio.fixture(scope="module")
async def chat(database_url: str, tmp_path_factory) -> AsyncIterator[Chat]:  # type: ignore[no-untyped-def]
    folder: Path = tmp_path_factory.mktemp("hub")
    async with chat_hub(database_url, folder) as running:
        yield running


async def test_a_message_comes_in_and_an_agents_answer_reaches_the_page(chat: Chat) -> None:
    visitor = await chat.visitor()
    visitor.write("Do you have it in blue?")
    await until(lambda: visitor.said == [("in", "Do you have it in blue?")])
    assert not visitor.outbox
    conversation, identity = await chat.conversation(visitor)
    entry = await chat.answer(conversation, identity, "Yes, from Monday on.")
    await until(lambda: visitor.said[1:] == [("out", "Yes, from Monday on.")])
    assert visitor.items[2]["author"] == "Ada"
    state = "select state from delivery where entry_id = :id"
    await until(lambda: chat.value(state, id=entry.id))

    async def delivered() -> bool:
        return bool(await chat.value(state, id=entry.id) == "delivered")

    await until(delivered)
    visitor.say(type="read", seq=2)

    async def read() -> bool:
        return bool(await chat.value(state, id=entry.id) == "read")

    await until(read)
    await visitor.cut()


async def test_a_message_whose_confirmation_was_lost_is_stored_once_and_confirmed_again(chat: Chat) -> None:
    visitor = await chat.visitor()
    cid = visitor.write("Once only")
    visitor.lose = 1
    wire = visitor.wire
    assert wire is not None
    await until(lambda: wire.gone)
    assert cid in visitor.outbox
    await visitor.connect(chat.socket())
    await until(lambda: not visitor.outbox)
    await until(lambda: visitor.said == [("in", "Once only")])
    assert await chat.value("select count(*) from entry where text = 'Once only'") == 1
    await visitor.cut()


async def test_outside_business_hours_the_page_is_told_what_to_expect(chat: Chat) -> None:
    visitor = await chat.visitor()
    assert visitor.welcome["open"] is True
    async with chat.hub.services.write() as tx:
        closed = Schedule("Europe/Berlin", {})
        hours = await create(tx, name="Never", schedule=closed, closed_text="Back in spring.", by=chat.agent.id)
        await assign(tx, hours.id, {chat.channel.id}, by=chat.agent.id)
    await chat.session().ping_all()
    await until(lambda: [one["open"] for one in visitor.seen("desk")] == [False])
    await chat.session().ping_all()
    await visitor.cut()
    assert len(visitor.seen("desk")) == 1
    await chat.restart()
    visitor = await chat.visitor()
    assert visitor.welcome["open"] is False
    assert (await chat.session().log.desk()).closed_text == "Back in spring."
    visitor.write("I write anyway")
    await until(lambda: visitor.said == [("in", "I write anyway")])
    await visitor.cut()
