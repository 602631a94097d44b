"""Who a visitor is: what the company signs links, what they only say is a suggestion, and devices stay apart."""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import OctKey

from hub.people.actions import resolve_identity
from hub.people.matching import suggestions
from hub.people.merging import undo_merge
from hub.sdk import Address
from tests.integration.chat.visitor import Visitor
from tests.integration.chat.world import SECRET, Chat, chat_hub, until


@pytest_asyncio.fixture(scope="module")
async def chat(database_url: str, tmp_path_factory: Any) -> AsyncIterator[Chat]:
    async with chat_hub(database_url, tmp_path_factory.mktemp("hub")) as running:
        yield running


def signed(email: str, secret: str = SECRET, **claims: object) -> str:
    said = {"sub": f"id-{email}", "email": email, "name": "Maria", "exp": int(time.time()) + 600, **claims}
    return jwt.encode({"alg": "HS256"}, said, OctKey.import_key(secret))


def an_address() -> str:
    return f"maria-{uuid.uuid4().hex[:8]}@customers.example"


async def was_heard(visitor: Visitor) -> None:
    await until(lambda: visitor.said)


async def known_by_mail(chat: Chat, email: str) -> int:
    """The customer, who has only written mails so far."""
    async with chat.hub.services.write() as tx:
        return (await resolve_identity(tx, Address("email", email, email, "Maria"))).customer_id


async def customer_of(chat: Chat, identity_id: int) -> int:
    statement = "select customer_id from identity_link where identity_id = :id and until is null"
    return int(await chat.value(statement, id=identity_id))


async def test_a_visitor_whom_the_company_names_is_the_customer_who_wrote_mails(chat: Chat) -> None:
    email = an_address()
    customer = await known_by_mail(chat, email)
    visitor = await chat.visitor(jwt=signed(email))
    visitor.write("It is me")
    await until(lambda: visitor.said)
    _, identity = await chat.conversation(visitor)
    assert await customer_of(chat, identity) == customer
    await visitor.cut()


async def test_an_anonymous_visitor_becomes_known_and_an_agents_undoing_stays(chat: Chat) -> None:
    email = an_address()
    customer = await known_by_mail(chat, email)
    visitor = await chat.visitor()
    visitor.write("Who am I?")
    await until(lambda: visitor.said)
    _, identity = await chat.conversation(visitor)
    assert await customer_of(chat, identity) != customer
    visitor.say(type="identify", jwt=signed(email))

    async def linked() -> bool:
        return await customer_of(chat, identity) == customer

    await until(linked)
    merge_id = await chat.value("select max(id) from merge where into_id = :id", id=customer)
    async with chat.hub.services.write() as tx:
        await undo_merge(tx, merge_id, chat.agent.id)
    visitor.jwt = signed(email, exp=int(time.time()) + 900)
    await visitor.connect(chat.socket())
    visitor.write("Still me")
    await until(lambda: len(visitor.said) == 2)
    assert not await linked(), "the agent's word counts"
    await visitor.cut()


async def test_an_address_that_a_visitor_only_claims_is_a_suggestion(chat: Chat) -> None:
    email = an_address()
    customer = await known_by_mail(chat, email)
    visitor = await chat.visitor(jwt=signed(email, secret="x" * 40))
    visitor.write("I am Maria", form={"email": email.upper(), "name": "Maria M"})
    await until(lambda: visitor.said)
    _, identity = await chat.conversation(visitor)
    own = await customer_of(chat, identity)
    assert own != customer
    pool = chat.hub.services.database.pool
    found = [(one.customer.id, one.reason) for one in await suggestions(pool, own)]
    back = [(one.customer.id, one.reason) for one in await suggestions(pool, customer)]
    assert (customer, "claimed") in found
    assert (own, "claimed") in back
    assert await chat.value("select name from identity where id = :id", id=identity) == "Maria M"
    await visitor.cut()


async def test_another_person_on_the_same_device_reads_nothing_of_the_first(chat: Chat) -> None:
    first = await chat.visitor(jwt=signed(an_address()))
    first.write("A secret of mine")
    await until(lambda: first.said)
    await first.cut()
    second = await chat.visitor(token=first.token, jwt=signed(an_address()), cursor=1, epoch=first.epoch)
    assert second.welcome["resumed"] is False
    assert second.welcome["head"] == 0
    assert second.token != first.token
    second.say(type="identify", jwt=signed(an_address()))
    await until(lambda: second.seen("bye"))
    assert second.token is None, "the page forgets the device's token and comes back as somebody new"
    await second.cut()


async def test_a_forged_or_endless_word_of_the_company_names_nobody(chat: Chat) -> None:
    email = an_address()
    await known_by_mail(chat, email)
    for token in (signed(email, exp=None), signed(email, exp=1), signed(email)[:-2], "x.y.z", ""):
        visitor = await chat.visitor(jwt=token)
        visitor.write("Let me in")
        await was_heard(visitor)
        _, identity = await chat.conversation(visitor)
        identities = "select count(*) from identity_link where customer_id = :id and until is null"
        assert await chat.value(identities, id=await customer_of(chat, identity)) == 1
        await visitor.cut()


async def test_a_token_that_was_tampered_with_is_a_new_visitors(chat: Chat) -> None:
    visitor = await chat.visitor()
    visitor.write("Mine")
    await until(lambda: visitor.said)
    assert visitor.token
    content, _, mac = visitor.token.partition(".")
    other = await chat.visitor(token=f"{content}.{mac[:-4]}AAAA")
    assert other.welcome["head"] == 0
    assert other.welcome["visitor"] != visitor.welcome["visitor"]
    await visitor.cut()
    await other.cut()
