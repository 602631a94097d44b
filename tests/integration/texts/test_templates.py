"""The window of free text, templates, and limits that follow from a channel's settings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hub.channels.model import Channel
from hub.outbound.destinations import destinations
from hub.outbound.errors import BadTemplate, NeedsTemplate, TemplatesAway, TooLarge
from hub.outbound.model import ChosenTemplate
from hub.outbound.opening import FirstMessage, send_first
from hub.outbound.templates import KEPT_SECONDS, Templates, fill_in
from hub.outbound.window import Window
from hub.sdk import ConnectionTrouble, TemplateInfo
from tests.connectors.texting import DRAFTED, GREETING, WINDOW_SECONDS
from tests.integration.texts.conftest import Texts
from tests.integration.texts.incoming import receive, said
from tests.outbound_world import eventually

NOW = datetime.now(UTC)
SENDER = "maria@customers.test"
CHOSEN = fill_in(GREETING, {"1": "Maria", "order": "4711"})


async def window(texts: Texts, conversation_id: int) -> Window | None:
    async with texts.hub.database.engine.connect() as connection:
        (found,) = await destinations(connection, texts.hub.registry, conversation_id)
    return found.window


async def test_free_text_is_possible_for_a_day_after_their_newest_message(windowed: Texts) -> None:
    hub = windowed.hub
    channel = await hub.channel()
    where = await hub.conversation(channel, SENDER)
    assert await window(windowed, where[0]) == Window(open=False, closes_at=None)
    with pytest.raises(NeedsTemplate, match="template"):
        await hub.queue_text(channel, where)
    long_ago, lately = NOW - timedelta(hours=25), NOW - timedelta(hours=23)
    await receive(hub, channel, said("Hello?", SENDER, at=long_ago))
    assert await window(windowed, where[0]) == Window(open=False, closes_at=long_ago + timedelta(days=1))
    with pytest.raises(NeedsTemplate):
        await hub.queue_text(channel, where)
    await receive(hub, channel, said("Are you there?", SENDER, at=lately))
    assert await window(windowed, where[0]) == Window(open=True, closes_at=lately + timedelta(seconds=WINDOW_SECONDS))
    await hub.queue_text(channel, where)
    await receive(hub, channel, said("An older one that comes late", SENDER, at=long_ago))
    await hub.queue_text(channel, where, "Still open")


async def test_what_they_write_on_another_channel_opens_no_window_here(windowed: Texts) -> None:
    hub = windowed.hub
    channel, other = await hub.channel(), await hub.channel()
    where = await hub.conversation(channel, SENDER)
    await receive(hub, other, said("Hello?", SENDER))
    with pytest.raises(NeedsTemplate):
        await hub.queue_text(channel, where)


async def test_a_channel_without_a_window_shows_none(texts: Texts) -> None:
    hub = texts.hub
    channel = await hub.channel()
    where = await hub.conversation(channel, SENDER)
    assert await window(texts, where[0]) is None
    await hub.queue_text(channel, where)


async def test_a_template_goes_out_while_the_window_is_closed(windowed: Texts) -> None:
    hub = windowed.hub
    channel = await hub.channel()
    where = await hub.conversation(channel, SENDER)
    entry = await hub.queue_text(channel, where, CHOSEN.text, template=CHOSEN)
    assert entry.text == "Hello Maria, your order 4711 is here."
    assert entry.data["template"] == {
        "id": "HX1",
        "name": "greeting",
        "language": "en",
        "variables": {"1": "Maria", "order": "4711"},
    }
    async with hub.running():
        assert await hub.settled(entry) == ["sent"]
    (sent,) = hub.provider.accepted()
    assert sent["template"] == ["HX1", {"1": "Maria", "order": "4711"}]
    assert sent["text"] == entry.text


async def test_a_template_that_is_not_approved_is_for_an_open_window_only(windowed: Texts) -> None:
    hub = windowed.hub
    channel = await hub.channel()
    where = await hub.conversation(channel, SENDER)
    drafted = fill_in(DRAFTED, {})
    with pytest.raises(BadTemplate, match="approved"):
        await hub.queue_text(channel, where, drafted.text, template=drafted)
    await receive(hub, channel, said("Hello?", SENDER))
    await hub.queue_text(channel, where, drafted.text, template=drafted)


async def test_writing_first_takes_a_template_and_nothing_is_left_of_a_refusal(windowed: Texts) -> None:
    hub = windowed.hub
    channel = await hub.channel()
    agent = await hub.value("insert into agent (email, name, role) values ('a@hub.test', 'Ada', 'agent') returning id")

    def first(text: str, template: ChosenTemplate | None) -> FirstMessage:
        return FirstMessage("email", SENDER, "Maria", channel.id, agent, "", text, (), "key", template)

    with pytest.raises(NeedsTemplate):
        async with hub.outbox.transaction() as tx:
            await send_first(tx, hub.registry, hub.queue, first("Hello", None))
    assert await hub.value("select count(*) from conversation") == 0
    async with hub.outbox.transaction() as tx:
        entry = await send_first(tx, hub.registry, hub.queue, first(CHOSEN.text, CHOSEN))
    assert entry.text == CHOSEN.text


async def running_channel(texts: Texts) -> Channel:
    """A channel whose session is there by now."""
    channel = await texts.hub.channel()

    async def found() -> bool:
        return texts.hub.supervisor.session(channel.id) is not None

    await eventually(found)
    return channel


async def test_templates_are_asked_of_the_provider_once_a_minute(texts: Texts) -> None:
    now = [0.0]
    templates = Templates(texts.hub.supervisor, lambda: now[0])
    async with texts.hub.running():
        channel = await running_channel(texts)
        texts.connector.templates_errors = [ConnectionTrouble("The provider is away."), ZeroDivisionError("a bug")]
        for reason in ("The provider is away", "could not read"):
            with pytest.raises(TemplatesAway, match=reason):
                await templates.of(channel.id)
        for _ in range(3):
            assert await templates.of(channel.id) == (GREETING, DRAFTED)
        assert texts.connector.templates_asked == 3, "a failure is not kept"
        now[0] += KEPT_SECONDS + 1
        texts.connector.templates = [GREETING]
        assert await templates.of(channel.id) == (GREETING,)
        with pytest.raises(BadTemplate, match="Choose another"):
            await templates.choose(channel.id, DRAFTED.id, {})
        chosen = await templates.choose(channel.id, "HX1", {"1": " Maria ", "order": "4711"})
    assert chosen == CHOSEN
    with pytest.raises(TemplatesAway, match="not running"):
        await templates.of(channel.id)


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [({"1": "Maria"}, "order"), ({"1": "Maria", "order": " "}, "order"), ({"1": "a", "order": "b", "x": "c"}, "x")],
)
def test_a_template_is_filled_in_whole(variables: dict[str, str], complaint: str) -> None:
    with pytest.raises(BadTemplate, match=complaint):
        fill_in(GREETING, variables)


def test_what_stands_for_a_variable_is_not_read_again() -> None:
    info = TemplateInfo("HX3", "echo", "en", "{{a}} and {{ b }} and {{a}}", {"a": "", "b": ""})
    assert fill_in(info, {"a": "{{b}}", "b": "two"}).text == "{{b}} and two and {{b}}"


async def test_limits_follow_from_the_settings(texts: Texts) -> None:
    hub = texts.hub
    async with hub.running():
        slow = await hub.channel(rate=3)
        fast = await hub.channel()

        async def both() -> bool:
            return {slow.id, fast.id} <= set(hub.supervisor.limits())

        await eventually(both)
        limits = hub.supervisor.limits()
    assert (limits[slow.id].rate, limits[fast.id].rate) == (3.0, 1000.0)
    with pytest.raises(TooLarge, match="1600"):
        await hub.queue_text(slow, await hub.conversation(slow), "x" * 1601)
