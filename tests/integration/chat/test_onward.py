"""Between chat and mail: unread answers go on by mail, and replies on either stay in the same conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest_asyncio

from hub.channels.actions import create_channel
from hub.channels.model import Channel, NewChannel
from hub.outbound.destinations import destinations
from hub.people.actions import resolve_identity
from hub.sdk import Address
from hub.timeline.actions import append_entry, mark_seen, open_conversation
from hub.timeline.model import NewEntry
from tests.integration.chat.test_identity import an_address, signed
from tests.integration.chat.visitor import Visitor
from tests.integration.chat.world import Chat, chat_hub, until


@dataclass
class Both:
    """A chat, and a channel for mails whose customers answer by themselves."""

    chat: Chat
    mail: Channel

    async def wait_out(self) -> None:
        """As if the minutes had passed."""
        async with self.chat.hub.services.write() as tx:
            await tx.connection.exec_driver_sql("update delivery set since = since - interval '20 minutes'")
        await self.chat.hub.services.transcripts.onward.look()

    async def mails(self, conversation_id: int) -> list[Any]:
        return await self.chat.rows(
            "select e.*, d.address from entry e left join delivery d on d.entry_id = e.id "
            "where e.conversation_id = :id and e.channel_id = :mail order by e.id",
            id=conversation_id,
            mail=self.mail.id,
        )

    async def known_visitor(self, email: str, words: str, **more: str) -> tuple[Visitor, int, int]:
        visitor = await self.chat.visitor(jwt=signed(email), **more)
        visitor.write(words)
        await until(lambda: visitor.said)
        return visitor, *(await self.chat.conversation(visitor))


@pytest_asyncio.fixture(scope="module")
async def both(database_url: str, tmp_path_factory: Any) -> AsyncIterator[Both]:
    async with chat_hub(database_url, tmp_path_factory.mktemp("hub")) as chat:
        services = chat.hub.services
        async with services.write() as tx:
            new = NewChannel("demo", "Support mail", {"pace": 80000})
            mail = await create_channel(tx, services.registry, services.vault, new, None)
        services.supervisor.wake()
        await until(lambda: services.supervisor.session(mail.id))
        yield Both(chat, mail)


async def test_an_unread_answer_goes_on_by_mail_and_the_reply_comes_back_into_the_chat(both: Both) -> None:
    chat, email = both.chat, an_address()
    visitor, conversation, identity = await both.known_visitor(email, "Is it in stock?")
    await visitor.cut()
    entry = await chat.answer(conversation, identity, "Yes, twelve of them.")

    async def sent() -> bool:
        return bool(await chat.value("select state from delivery where entry_id = :id", id=entry.id) == "sent")

    await until(sent)
    await chat.hub.services.transcripts.onward.look()
    assert not await both.mails(conversation), "its time has not come"
    await both.wait_out()
    await both.wait_out()
    mails = await both.mails(conversation)
    assert [one.address for one in mails] == [email], "once"
    assert "Is it in stock?" in mails[0].text
    assert "Yes, twelve of them." in mails[0].text
    assert mails[0].subject

    async def replied() -> bool:
        return [one.direction for one in await both.mails(conversation)] == ["out", "in"]

    await until(replied, 40)
    reply = (await both.mails(conversation))[1].text
    await visitor.connect(chat.socket())
    await until(lambda: visitor.said == [("in", "Is it in stock?"), ("out", "Yes, twelve of them."), ("in", reply)])
    await visitor.cut()


async def test_an_answer_that_was_read_or_whose_reader_is_not_verified_stays_in_the_chat(both: Both) -> None:
    chat = both.chat
    visitor, conversation, identity = await both.known_visitor(an_address(), "Read at once")
    await chat.answer(conversation, identity, "Good")
    await until(lambda: len(visitor.said) == 2)
    visitor.say(type="read", seq=2)

    async def read() -> bool:
        states = await chat.rows("select state from delivery d join entry e on e.id = d.entry_id "
                                 "where e.conversation_id = :id", id=conversation)  # fmt: skip
        return [row[0] for row in states] == ["read"]

    await until(read)
    await visitor.cut()
    stranger = await chat.visitor()
    stranger.write("Nobody knows me", form={"email": an_address(), "name": "Eve"})
    await until(lambda: stranger.said)
    elsewhere, theirs = await chat.conversation(stranger)
    await stranger.cut()
    await chat.answer(elsewhere, theirs, "We do not either")
    await both.wait_out()
    assert not await both.mails(conversation)
    assert not await both.mails(elsewhere)


async def test_the_agent_is_offered_the_mail_address_in_a_chat_and_answers_there_in_the_same_conversation(
    both: Both,
) -> None:
    chat, email = both.chat, an_address()
    visitor, conversation, _ = await both.known_visitor(email, "Chat or mail?")
    async with chat.hub.services.read() as connection:
        offered = await destinations(connection, chat.hub.services.registry, conversation)
    assert {(one.channel.id, one.kind) for one in offered} >= {(chat.channel.id, "visitor"), (both.mail.id, "email")}
    assert [one.channel.id for one in offered if one.default] == [chat.channel.id]
    target = next(one for one in offered if one.channel.id == both.mail.id)
    await chat.answer(conversation, target.identity_id, "Mail, then.", channel_id=both.mail.id)
    await until(lambda: visitor.said[1:2] == [("out", "Mail, then.")])
    await visitor.cut()


async def test_a_mail_can_be_answered_in_the_chat_and_the_visitors_answer_stays_with_it(both: Both) -> None:
    chat, email = both.chat, an_address()
    visitor, _, identity = await both.known_visitor(email, "Hello")
    async with chat.hub.services.write() as tx:
        writer = await resolve_identity(tx, Address("email", email, email))
        opened = await open_conversation(tx, channel_id=both.mail.id, identity_id=writer.id, subject="Order 4711")
        await append_entry(
            tx,
            NewEntry(
                opened.id, "message", "in", text="Where is it?", channel_id=both.mail.id, author_identity_id=writer.id
            ),
        )
    await chat.answer(opened.id, identity, "It left today.")
    await until(lambda: len(visitor.said) == 2)
    assert visitor.said[1] == ("out", "Order 4711\n\nIt left today.")
    visitor.write("Thank you")
    await until(lambda: len(visitor.said) == 3)
    assert await chat.value("select conversation_id from entry where text = 'Thank you'") == opened.id
    assert ("in", "Where is it?") not in visitor.said, "the mail itself is not the chat's to show"
    await visitor.cut()


async def test_a_transcript_goes_to_the_verified_address_and_to_no_other(both: Both) -> None:
    chat, email = both.chat, an_address()
    visitor, conversation, _ = await both.known_visitor(email, "Write this down")
    waiting = "select waiting_since is not null from conversation where id = :id"
    assert await chat.value(waiting, id=conversation)
    visitor.say(type="transcript")
    await until(lambda: visitor.seen("transcript"))
    assert visitor.seen("transcript")[0]["ok"] is True
    mails = await both.mails(conversation)
    assert [one.address for one in mails] == [email]
    assert "Write this down" in mails[0].text
    assert await chat.value(waiting, id=conversation), "nobody has answered by that"
    await visitor.cut()
    stranger = await chat.visitor()
    stranger.write("For me too", form={"email": email})
    await until(lambda: stranger.said)
    stranger.say(type="transcript")
    await until(lambda: stranger.seen("transcript"))
    assert stranger.seen("transcript")[0]["ok"] is False
    await stranger.cut()


async def test_what_goes_on_by_mail_speaks_the_visitors_language(both: Both) -> None:
    chat = both.chat
    visitor, conversation, identity = await both.known_visitor(an_address(), "Ist es vorrätig?", language="de-AT")
    visitor.say(type="transcript")
    await until(lambda: visitor.seen("transcript"))
    await visitor.cut()
    await chat.answer(conversation, identity, "Ja, zwölf Stück.")

    async def mailed() -> bool:
        await both.wait_out()
        return len(await both.mails(conversation)) == 2

    await until(mailed)
    transcript, answer = await both.mails(conversation)
    assert transcript.subject == "Ihr Gespräch mit uns"
    assert transcript.text.startswith("Sie, ")
    assert answer.subject == "Unsere Antwort auf Ihren Chat"
    assert "Sie schrieben:\n> Ist es vorrätig?" in answer.text
    assert f"{chat.agent.name} antwortete:\nJa, zwölf Stück." in answer.text


async def test_both_sides_see_the_other_write_and_read(both: Both) -> None:
    chat = both.chat
    visitor, conversation, _ = await both.known_visitor(an_address(), "Look")
    heard: list[Any] = []
    whispers = chat.hub.services.whispers
    whispers.listen(heard.append)
    visitor.say(type="typing", on=True)
    await until(lambda: {"kind": "customer_typing", "conversation_id": conversation, "on": True} in heard)
    whispers.say({"kind": "agent_typing", "conversation_id": conversation, "on": True, "name": "Ada"})
    await until(lambda: [one["name"] for one in visitor.seen("typing")] == ["Ada"])
    newest = await chat.value("select last_entry_id from conversation where id = :id", id=conversation)
    async with chat.hub.services.write() as tx:
        await mark_seen(tx, conversation, chat.agent.id, newest)
    whispers.say({"kind": "seen", "conversation_id": conversation})
    await until(lambda: [one["seq"] for one in visitor.seen("read")] == [1])
    await visitor.cut()
