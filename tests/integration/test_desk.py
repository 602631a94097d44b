"""Agents: how they come in, what they may do, and what they do with conversations."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import count

import pytest

from hub.db.engine import Database
from hub.desk import agents, assignment, invites, notes, sessions, store
from hub.desk.errors import BadCredentials, EmailTaken, InviteUnknown, LastAdministrator, UnknownAgent
from hub.desk.model import Agent, Invite, Role, Session
from hub.events.outbox import Outbox
from hub.timeline.actions import UnknownConversation
from hub.timeline.model import Conversation, Entry
from hub.timeline.pages import timeline_page
from hub.timeline.store import get_conversation
from tests.integration.timeline_data import Talk, say, talk

SHIFT = timedelta(hours=12)
PASSWORD = "correct horse battery"
_numbers = count(1)


async def account(outbox: Outbox, role: Role = "agent") -> Agent:
    async with outbox.transaction() as tx:
        return await agents.create_agent(tx, email=f"Agent{next(_numbers)}@Hub.test", name="Ann", role=role, by=None)


async def invited(outbox: Outbox, agent: Agent) -> Invite:
    async with outbox.transaction() as tx:
        return await invites.invite_agent(tx, agent.id, by=agent.id)


async def ready(outbox: Outbox, role: Role = "agent") -> Agent:
    """An agent with a password."""
    agent = await account(outbox, role)
    invite = await invited(outbox, agent)
    assert invite.token is not None
    return await invites.accept(outbox, invite.token, name="Ann Other", email="ignored@x.test", password=PASSWORD)


async def signed_in(outbox: Outbox, agent: Agent, password: str = PASSWORD) -> str:
    session = await sessions.sign_in(outbox, agent.email.upper(), password, idle=SHIFT)
    assert session.token is not None
    return session.token


async def find(database: Database, token: str) -> Session | None:
    return await sessions.find(database, token, idle=SHIFT)


# Coming in


async def test_the_first_administrator_comes_in_by_a_link_that_works_once(database: Database, outbox: Outbox) -> None:
    async with outbox.transaction() as tx:
        earlier = await invites.first_administrator(tx)
    async with outbox.transaction() as tx:
        invite = await invites.first_administrator(tx)
    assert earlier is not None
    assert earlier.token is not None
    assert invite is not None
    assert invite.token is not None

    async def accept(token: str, email: str) -> Agent:
        return await invites.accept(outbox, token, name="Root", email=email, password=PASSWORD)

    with pytest.raises(InviteUnknown):
        await accept(earlier.token, "early@hub.test")
    async with database.engine.connect() as connection:
        assert (await invites.read_invite(connection, invite.token)).purpose == "first_administrator"
    results = await asyncio.gather(
        accept(invite.token, "one@hub.test"), accept(invite.token, "two@hub.test"), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["Agent", "InviteUnknown"]
    [administrator] = [result for result in results if isinstance(result, Agent)]
    assert administrator.role == "administrator"
    assert await find(database, await signed_in(outbox, administrator)) is not None
    async with outbox.transaction() as tx:
        assert await invites.first_administrator(tx) is None


async def test_an_invited_agent_keeps_the_invited_address(outbox: Outbox) -> None:
    agent = await account(outbox)
    assert not agent.has_password
    invite = await invited(outbox, agent)
    assert invite.purpose == "agent"
    assert invite.token is not None
    accepted = await invites.accept(outbox, invite.token, name="New Name", email="other@x.test", password=PASSWORD)
    assert (accepted.email, accepted.name, accepted.has_password) == (agent.email, "New Name", True)
    assert (await invited(outbox, agent)).purpose == "password"


async def test_a_newer_link_an_expired_one_and_a_disabled_account_end_a_link(
    database: Database, outbox: Outbox
) -> None:
    agent = await account(outbox)
    old, new = await invited(outbox, agent), await invited(outbox, agent)
    assert old.token is not None
    assert new.token is not None

    async def read(token: str) -> Invite:
        async with database.engine.connect() as connection:
            return await invites.read_invite(connection, token)

    with pytest.raises(InviteUnknown):
        await read(old.token)
    assert (await read(new.token)).agent == agent
    administrator = await ready(outbox, "administrator")
    async with outbox.transaction() as tx:
        await agents.change_agent(tx, agent.id, disabled=True, by=administrator.id)
    with pytest.raises(InviteUnknown):
        await invites.accept(outbox, new.token, name="x", email="x@x.test", password=PASSWORD)
    with pytest.raises(UnknownAgent):
        await invited(outbox, agent)
    other = await account(outbox)
    late = await invited(outbox, other)
    assert late.token is not None
    await database.pool.execute("update invite set expires_at = now() where agent_id = $1", other.id)
    with pytest.raises(InviteUnknown):
        await read(late.token)


async def test_an_address_belongs_to_one_agent_whatever_its_case(outbox: Outbox) -> None:
    agent = await account(outbox)
    async with outbox.transaction() as tx:
        with pytest.raises(EmailTaken):
            await agents.create_agent(tx, email=agent.email.swapcase(), name="Twin", role="agent", by=None)


async def test_signing_in_makes_a_new_session_each_time_and_stores_no_token(database: Database, outbox: Outbox) -> None:
    agent = await ready(outbox)
    one, other = await signed_in(outbox, agent), await signed_in(outbox, agent)
    assert one != other
    found = await find(database, one)
    assert found is not None
    assert found.agent == agent
    dump = await database.pool.fetchval("select string_agg(s::text, ' ') from agent_session s")
    assert one not in dump
    assert one.encode().hex() not in dump
    async with outbox.transaction() as tx:
        await sessions.end(tx, one)
    assert await find(database, one) is None
    assert await find(database, other) is not None
    async with database.engine.connect() as connection:
        assert await sessions.still_valid(connection, {one, other, "nonsense"}) == {other}


async def test_wrong_password_unknown_address_no_password_and_disabled_look_the_same(outbox: Outbox) -> None:
    agent, fresh, gone = await ready(outbox), await account(outbox), await ready(outbox)
    administrator = await ready(outbox, "administrator")
    async with outbox.transaction() as tx:
        await agents.change_agent(tx, gone.id, disabled=True, by=administrator.id)
    said = set()
    for email, password in (
        (agent.email, PASSWORD + "!"),
        ("nobody@hub.test", PASSWORD),
        (fresh.email, ""),
        (gone.email, PASSWORD),
    ):
        with pytest.raises(BadCredentials) as refused:
            await sessions.sign_in(outbox, email, password, idle=SHIFT)
        said.add(str(refused.value))
    assert len(said) == 1


async def test_use_keeps_a_session_alive_and_idleness_ends_it(database: Database, outbox: Outbox) -> None:
    token = await signed_in(outbox, await ready(outbox))
    await database.pool.execute(
        "update agent_session set last_seen_at = now() - interval '1 hour', expires_at = now() + interval '1 hour'"
    )
    assert await find(database, token) is not None
    kept = await database.pool.fetchval("select max(expires_at) > now() + interval '11 hours' from agent_session")
    assert kept
    await database.pool.execute("update agent_session set expires_at = now()")
    assert await find(database, token) is None


async def test_disabling_an_agent_ends_their_sessions(database: Database, outbox: Outbox) -> None:
    agent, administrator = await ready(outbox), await ready(outbox, "administrator")
    token = await signed_in(outbox, agent)
    async with outbox.transaction() as tx:
        changed = await agents.change_agent(tx, agent.id, disabled=True, by=administrator.id)
    assert changed.disabled
    assert await find(database, token) is None
    async with outbox.transaction() as tx:
        assert not (await agents.change_agent(tx, agent.id, disabled=False, by=administrator.id)).disabled
    assert await find(database, token) is None, "enabled again, but not signed in again"


async def test_a_new_password_ends_the_other_sessions(database: Database, outbox: Outbox) -> None:
    agent = await ready(outbox)
    here, elsewhere = await signed_in(outbox, agent), await signed_in(outbox, agent)
    with pytest.raises(BadCredentials):
        await agents.change_password(outbox, agent, current="wrong", new="another password", session_token=here)
    assert await find(database, elsewhere) is not None
    await agents.change_password(outbox, agent, current=PASSWORD, new="another password", session_token=here)
    assert await find(database, here) is not None
    assert await find(database, elsewhere) is None
    with pytest.raises(BadCredentials):
        await signed_in(outbox, agent)
    await signed_in(outbox, agent, "another password")


async def test_one_administrator_always_remains(database: Database, outbox: Outbox) -> None:
    await database.pool.execute("update agent set disabled_at = now() where role = 'administrator'")
    one, other = await ready(outbox, "administrator"), await ready(outbox, "administrator")

    async def demote(agent: Agent, by: Agent) -> Agent:
        async with outbox.transaction() as tx:
            return await agents.change_agent(tx, agent.id, role="agent", by=by.id)

    results = await asyncio.gather(demote(one, other), demote(other, one), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Agent", "LastAdministrator"]
    left = one if isinstance(results[1], Agent) else other
    async with outbox.transaction() as tx:
        with pytest.raises(LastAdministrator):
            await agents.change_agent(tx, left.id, disabled=True, by=left.id)


async def test_an_agent_changes_their_own_account_and_it_is_audited(database: Database, outbox: Outbox) -> None:
    agent = await ready(outbox)
    async with outbox.transaction() as tx:
        changed = await agents.change_self(tx, agent.id, signature="Kind regards", theme="dark")
    assert (changed.signature, changed.theme, changed.name) == ("Kind regards", "dark", "Ann Other")
    assert agent.id in {one.id for one in await store.list_agents(database.pool)}
    audited = await database.pool.fetch("select action from audit where subject = $1 order by id", f"agent:{agent.id}")
    assert [row["action"] for row in audited] == ["agent.create", "agent.invite", "agent.accept"]


# Working on conversations


async def state(database: Database, where: Talk) -> tuple[Conversation, list[Entry]]:
    async with database.engine.connect() as connection:
        conversation = await get_conversation(connection, where.conversation.id)
        assert conversation is not None
    page = await timeline_page(database.pool, where.identity.customer_id, None, 100)
    return conversation, sorted(page.items, key=lambda entry: entry.seq)


async def test_assigning_writes_who_gave_it_to_whom_and_repeating_it_nothing(
    database: Database, outbox: Outbox
) -> None:
    where, me, colleague = await talk(outbox), await account(outbox), await account(outbox)
    for assignee_id in (me.id, me.id, colleague.id, None):
        async with outbox.transaction() as tx:
            await assignment.assign(tx, where.conversation.id, assignee_id, me.id)
    conversation, entries = await state(database, where)
    assert conversation.assignee_id is None
    assert [entry.data for entry in entries] == [
        {"type": "assigned", "assignee_id": me.id, "before_id": None},
        {"type": "assigned", "assignee_id": colleague.id, "before_id": me.id},
        {"type": "assigned", "assignee_id": None, "before_id": colleague.id},
    ]
    assert {entry.author.id for entry in entries} == {me.id}


async def test_work_goes_to_nobody_who_is_not_there(database: Database, outbox: Outbox) -> None:
    where, gone = await talk(outbox), await account(outbox)
    await database.pool.execute("update agent set disabled_at = now() where id = $1", gone.id)
    for assignee_id in (gone.id, 1 << 50):
        async with outbox.transaction() as tx:
            with pytest.raises(UnknownAgent):
                await assignment.assign(tx, where.conversation.id, assignee_id, None)
    async with outbox.transaction() as tx:
        for action in (assignment.resolve, assignment.reopen):
            with pytest.raises(UnknownConversation):
                await action(tx, 1 << 50, None)


async def test_resolving_and_reopening_are_written_once_each(database: Database, outbox: Outbox) -> None:
    where, me = await talk(outbox), await account(outbox)
    await say(outbox, where, "help")
    for action in (assignment.resolve, assignment.resolve, assignment.reopen, assignment.reopen):
        async with outbox.transaction() as tx:
            await action(tx, where.conversation.id, me.id)
    conversation, entries = await state(database, where)
    assert (conversation.state, conversation.waiting_since) == ("open", None)
    assert [entry.data.get("type") for entry in entries] == [None, "resolved", "reopened"]


async def test_a_note_is_internal_and_written_once(database: Database, outbox: Outbox) -> None:
    where, me = await talk(outbox), await account(outbox)
    written = set()
    for _ in range(2):
        async with outbox.transaction() as tx:
            note = await notes.add_note(tx, where.conversation.id, me.id, "call her back", [], "key-1")
        written.add(note.id)
        assert (note.kind, note.direction, note.author.id, note.text) == ("note", "internal", me.id, "call her back")
    assert len(written) == 1
    assert (await state(database, where))[0].entry_count == 1
