"""A channel's rate, its bursts, and what it has in hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from hub.outbound.pace import IN_HAND, Pace
from hub.sdk import Connector, Health, Limits, Session


class Running:
    """Two channels that run."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    @contextmanager
    def lend(self, channel_id: int) -> Iterator[tuple[Session, Connector] | None]:
        yield None

    def limits(self) -> Mapping[int, Limits]:
        return {1: self._limits, 2: self._limits}

    def note_sending(self, channel_id: int, health: Health) -> None:
        raise AssertionError("not asked of a pace")


def made(limits: Limits) -> tuple[Pace, list[float]]:
    clock = [100.0]
    return Pace(Running(limits), lambda: clock[0]), clock


def test_no_more_than_a_few_are_in_hand_and_channels_do_not_share_them() -> None:
    pace, _ = made(Limits(rate=1000, burst=1000))
    with ExitStack() as stack:
        for _ in range(IN_HAND):
            stack.enter_context(pace.in_hand(1))
        assert pace.free() == {2: IN_HAND}
    assert pace.free() == {1: IN_HAND, 2: IN_HAND}


def test_a_burst_is_followed_by_the_rate() -> None:
    pace, clock = made(Limits(rate=2, burst=3))
    assert pace.free()[1] == 3
    for _ in range(3):
        pace.spend(1)
    assert 1 not in pace.free()
    clock[0] += 0.5
    assert pace.free()[1] == 1
    clock[0] += 60
    assert pace.free()[1] == 3


def test_what_counts_as_several_is_waited_for_as_long_as_several() -> None:
    pace, clock = made(Limits(rate=1, burst=1))
    pace.free()
    pace.spend(1, 3)
    clock[0] += 2.5
    assert 1 not in pace.free()
    clock[0] += 0.5
    assert pace.free()[1] == 1


def test_a_pause_stops_one_channel_for_its_time() -> None:
    pace, clock = made(Limits())
    pace.pause(1, 30)
    assert list(pace.free()) == [2]
    clock[0] += 31
    assert list(pace.free()) == [1, 2]
