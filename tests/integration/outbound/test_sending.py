"""What an agent sends goes out once, in order, and says what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.sdk import Limits
from tests.connectors.scripted import Scripted
from tests.outbound_world import World, eventually
from tests.outbound_world import world as new_world


async def test_a_message_goes_out_as_it_was_queued(world: World) -> None:
    channel = await world.channel()
    where = await world.conversation(channel)
    entry = await world.queue_text(channel, where, "Your order is on its way.", cc=["Boss@Acme.test"], html="<p>Hi</p>")
    assert entry.delivery is not None
    assert entry.delivery.state == "queued"
    async with world.running():
        assert await world.settled(entry) == ["sent"]
    (sent,) = world.provider.accepted()
    assert sent["text"] == "Your order is on its way."
    assert sent["subject"] == "Re: Order 4711"
    assert sent["cc"] == ["boss@acme.test"]
    assert sent["html"] == "<p>Hi</p>"
    attempts = await world.rows("select outcome, token from delivery_attempt where entry_id = :id", id=entry.id)
    assert [one.outcome for one in attempts] == ["sent"]
    assert attempts[0].token == sent["attempt"]
    assert await world.value("select count(*) from job") == 0
    delivery = (await world.entry(entry.id)).delivery
    assert delivery is not None
    assert delivery.deadline is None
    assert {one.address: one.state for one in delivery.recipients} == {
        entry.delivery.address: "sent",
        "boss@acme.test": "sent",
    }


async def test_a_message_is_its_agents_and_carries_their_signature(world: World) -> None:
    channel = await world.channel()
    agent = await world.value(
        "insert into agent (email, name, role, signature) "
        "values ('ada@desk.test', 'Ada Agent', 'agent', 'Ada <3\nACME Ltd') returning id"
    )
    where = await world.conversation(channel)
    entry = await world.queue_text(channel, where, "Hello", html="<p>Hello</p>", agent_id=agent)
    async with world.running():
        assert await world.settled(entry) == ["sent"]
    (sent,) = world.provider.accepted()
    assert sent["sender_name"] == "Ada Agent"
    assert sent["text"] == "Hello\n\n-- \nAda <3\nACME Ltd"
    assert sent["html"] == '<p>Hello</p><div class="signature">-- <br>Ada &lt;3<br>ACME Ltd</div>'
    assert (await world.entry(entry.id)).text == "Hello"


async def test_messages_of_a_conversation_keep_their_order_and_others_do_not_wait(world: World) -> None:
    channel = await world.channel()
    first, second = await world.conversation(channel), await world.conversation(channel)
    world.provider.script("rate", "accept", "accept", "accept", "accept")
    a = [await world.queue_text(channel, first, f"a{number}") for number in range(3)]
    b = [await world.queue_text(channel, second, f"b{number}") for number in range(2)]
    async with world.running():
        await world.settled(*a, *b)
    texts = world.provider.texts()
    assert [one for one in texts if one[0] == "a"] == ["a0", "a1", "a2"]
    assert [one for one in texts if one[0] == "b"] == ["b0", "b1"]


async def test_a_message_that_must_wait_does_not_hold_up_other_conversations(world: World) -> None:
    channel = await world.channel()
    stuck, free = await world.conversation(channel), await world.conversation(channel)
    first = await world.queue_text(channel, stuck, "stuck 1")
    behind = await world.queue_text(channel, stuck, "stuck 2")
    await world.rows("update job set run_at = now() + interval '1 hour' where dedupe_key = :id", id=str(first.id))
    other = await world.queue_text(channel, free, "free")
    async with world.running():
        await world.settled(other)
    assert world.provider.texts() == ["free"]
    assert await world.state(behind.id) == "queued"


@pytest.mark.parametrize(
    ("word", "state", "code"),
    [
        ("permanent", "failed", "550 5.1.1"),
        ("template", "failed", "needs_template"),
        ("suppress", "failed", "suppressed"),
    ],
)
async def test_a_refusal_is_final_and_seen(world: World, word: str, state: str, code: str) -> None:
    channel = await world.channel()
    where = await world.conversation(channel)
    world.provider.script(word)
    entry = await world.queue_text(channel, where)
    async with world.running():
        assert await world.settled(entry) == [state]
    delivery = (await world.entry(entry.id)).delivery
    assert delivery is not None
    assert delivery.code == code
    assert delivery.reason
    assert await world.value("select delivery_problem from conversation where id = :id", id=where[0])
    assert world.provider.accepted() == []


async def test_what_surely_was_not_accepted_is_tried_again(world: World) -> None:
    channel = await world.channel()
    where = await world.conversation(channel)
    world.provider.script("transient", "auth", "rate", "accept")
    entry = await world.queue_text(channel, where)
    async with world.running():
        assert await world.settled(entry, states=("sent",)) == ["sent"]
    assert len(world.provider.accepted()) == 1
    outcomes = await world.rows("select outcome from delivery_attempt order by number")
    assert [one.outcome for one in outcomes] == ["transient", "auth", "rate", "sent"]


@pytest.mark.parametrize("word", ["accept-break", "accept-hang", "crash"])
async def test_an_unknown_outcome_is_never_sent_again_and_seen(world: World, word: str) -> None:
    channel = await world.channel(lookup="no")
    where = await world.conversation(channel)
    world.provider.script(word, "accept")
    entry = await world.queue_text(channel, where, "once")
    behind = await world.queue_text(channel, where, "the next one")
    async with world.running():
        assert await world.settled(entry, behind, states=("uncertain", "sent")) == ["uncertain", "sent"]
        waiting = await eventually(lambda: world.rows("select kind from job"))
    assert [one.kind for one in waiting] == ["reconcile"]
    assert world.provider.texts().count("once") == (0 if word == "crash" else 1)
    assert await world.value("select delivery_problem from conversation where id = :id", id=where[0])


@pytest.mark.parametrize("word", ["accept-break", "break"])
async def test_a_provider_that_can_be_asked_settles_an_unknown_outcome(world: World, word: str) -> None:
    channel = await world.channel(lookup="yes")
    where = await world.conversation(channel)
    world.provider.script(word)
    entry = await world.queue_text(channel, where, "once")
    async with world.running():
        assert await world.settled(entry, states=("sent",)) == ["sent"]
    assert world.provider.texts() == ["once"]
    assert not await world.value("select delivery_problem from conversation where id = :id", id=where[0])


async def test_a_call_ends_before_anybody_else_may_have_its_job(fresh_database_url: str, tmp_path: Path) -> None:
    patient = Scripted(Limits(send_timeout=3600.0))
    async with new_world(fresh_database_url, tmp_path, patient) as world:
        channel = await world.channel(lookup="no")
        entry = await world.queue_text(channel, await world.conversation(channel))
        world.provider.script("accept-hang")
        async with world.running(lease_seconds=6.0):
            await eventually(lambda: _true(world.provider.accepted()))
            await world.rows("update job set lease_token = lease_token + 1, worker = 'another'")
            assert await world.settled(entry) == ["uncertain"]
        assert len(world.provider.accepted()) == 1


async def test_refused_copies_are_a_problem_although_the_message_went_out(world: World) -> None:
    channel = await world.channel()
    where = await world.conversation(channel)
    world.provider.script("accept-refuse-copies")
    entry = await world.queue_text(channel, where, cc=["nobody@acme.test"])
    async with world.running():
        assert await world.settled(entry) == ["sent"]
    delivery = (await world.entry(entry.id)).delivery
    assert delivery is not None
    assert {one.address: (one.state, one.code) for one in delivery.recipients}["nobody@acme.test"] == ("failed", "550")
    assert await world.value("select delivery_problem from conversation where id = :id", id=where[0])


async def _true(value: object) -> bool:
    return bool(value)
