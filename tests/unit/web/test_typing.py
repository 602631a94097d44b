"""Who is writing, told to the other side, and forgotten by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hub.web.typing import KEPT_SECONDS, Typing


class Room:
    """Whispers that are heard where they were said, at once."""

    def __init__(self) -> None:
        self.said: list[Mapping[str, Any]] = []
        self.listeners: list[Any] = []

    def listen(self, listener: Any) -> None:
        self.listeners.append(listener)

    def say(self, message: Mapping[str, Any]) -> None:
        self.said.append(message)
        for listener in self.listeners:
            listener(message)


def test_the_customers_typing_is_told_once_and_ends_by_itself() -> None:
    changed: list[int] = []
    room, clock = Room(), [0.0]
    typing = Typing(room, changed.extend, now=lambda: clock[0])  # type: ignore[arg-type]
    for _ in range(3):
        room.say({"kind": "customer_typing", "conversation_id": 7, "on": True})
    assert changed == [7]
    assert typing.customer_writes(7)
    clock[0] = KEPT_SECONDS + 1
    assert typing.expire() == {7}
    assert not typing.customer_writes(7)


def test_the_customer_hears_of_an_agent_only_when_it_changes() -> None:
    room = Room()
    typing = Typing(room, list)  # type: ignore[arg-type]
    for names in (["Ada"], ["Ada"], ["Ada", "Bo"], [], []):
        typing.agents_write(7, names)
    assert [(one["on"], one["name"]) for one in room.said] == [(True, "Ada"), (False, "")]
