"""Statuses climb: the end does not depend on the order."""

from __future__ import annotations

from functools import reduce
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from hub.outbound.ladder import climb
from hub.outbound.steps import next_steps
from hub.sdk import DeliveryState

states = st.sampled_from(get_args(DeliveryState))


@given(st.data(), st.lists(states, min_size=1))
def test_every_order_ends_the_same(data: st.DataObject, heard: list[DeliveryState]) -> None:
    assert reduce(climb, heard) == reduce(climb, data.draw(st.permutations(heard)))


@given(states, states)
def test_news_never_steps_back(state: DeliveryState, news: DeliveryState) -> None:
    assert climb(climb(state, news), state) == climb(state, news)


def test_a_failure_outweighs_sent_and_proof_outweighs_a_failure() -> None:
    assert climb("sent", "failed") == "failed"
    assert climb("failed", "sent") == "failed"
    assert climb("failed", "delivered") == "delivered"
    assert climb("read", "delivered") == "read"


@given(states)
def test_every_state_is_final_or_offers_a_way_on(state: DeliveryState) -> None:
    if state in ("sent", "delivered", "read", "sending"):
        assert next_steps(state) == []
    else:
        assert next_steps(state)


def test_a_suppressed_address_is_not_offered_a_retry() -> None:
    assert "retry" in next_steps("failed")
    assert "retry" not in next_steps("failed", "suppressed")
