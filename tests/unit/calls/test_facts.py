"""What is known of a telephone is the same in whatever order the news came, and however often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from hub.calls.facts import learn
from hub.calls.model import Leg
from hub.sdk import Address, CallEvent, CallUpdate, LegRole, LegState

BEGAN = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def a_leg(role: LegRole) -> Leg:
    return Leg(
        id=1,
        call_id=1,
        token="t",
        number=1,
        role=role,
        agent_id=1 if role == "agent" else None,
        to=Address("phone", "+491701234567"),
        provider_id="CA1",
        state="dialing",
        started_at=BEGAN,
        answered_at=None,
        accepted_at=None,
        declined=False,
        waited=False,
        joined_at=None,
        last_joined_at=None,
        left_at=None,
        ended_at=None,
        machine=None,
        seconds=None,
        reason="",
        told="",
        attempt="",
        attempted_at=None,
        asks=0,
        ring_seconds=25,
        detect_machine=False,
        channel_id=1,
    )


@st.composite
def updates(draw: st.DrawFn) -> CallUpdate:
    event = draw(st.sampled_from(get_args(CallEvent)))
    return CallUpdate(
        event=event,
        occurred_at=BEGAN + timedelta(seconds=draw(st.integers(0, 300))),
        provider_id="CA1",
        state=draw(st.sampled_from(get_args(LegState))) if event == "state" else None,
        digits=draw(st.sampled_from(["", "1", "2"])) if event == "digits" else "",
        step="accept" if event == "digits" else "",
        seconds=draw(st.one_of(st.none(), st.integers(0, 300))) if event == "state" else None,
    )


@given(st.sampled_from(["agent", "customer"]), st.lists(updates(), max_size=8), st.randoms(use_true_random=False))
def test_no_order_of_the_news_matters(role: LegRole, news: list[CallUpdate], chance: object) -> None:
    shuffled = [*news, *news]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one = other = a_leg(role)
    for update in news:
        one = learn(one, update)
    for update in shuffled:
        other = learn(other, update)
    assert one == other


@given(st.lists(updates(), max_size=8))
def test_a_state_only_climbs_and_what_ended_stays_ended(news: list[CallUpdate]) -> None:
    leg = a_leg("agent")
    for update in news:
        after = learn(leg, update)
        assert leg.open or not after.open
        assert leg.answered_at is None or after.answered_at is not None
        assert leg.accepted_at is None or after.accepted_at is not None
        leg = after
