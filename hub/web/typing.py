"""Who is writing, told across the two sides of a conversation: agents see the customer, the customer sees an agent."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from hub.events.whisper import Whispers
from hub.transcript.service import CUSTOMER_TYPING
from hub.transcript.watch import AGENT_TYPING

KEPT_SECONDS: Final = 10.0
MOST: Final = 5000


class Typing:
    """Best effort: it is forgotten by itself, and nothing depends on it."""

    def __init__(
        self,
        whispers: Whispers,
        changed: Callable[[Iterable[int]], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._whispers = whispers
        self._changed = changed
        self._now = now
        self._customers: dict[int, float] = {}
        self._agents: dict[int, str] = {}
        whispers.listen(self._hear)

    def customer_writes(self, conversation_id: int) -> bool:
        return conversation_id in self._customers

    def agents_write(self, conversation_id: int, names: Sequence[str]) -> None:
        """Who of the agents that are connected here writes in it now; told to the customer when that changes."""
        name = names[0] if names else ""
        if self._agents.get(conversation_id, "") == name:
            return
        if name:
            self._agents[conversation_id] = name
        else:
            self._agents.pop(conversation_id, None)
        said = {"kind": AGENT_TYPING, "conversation_id": conversation_id, "on": bool(name), "name": name}
        self._whispers.say(said)

    def expire(self) -> set[int]:
        """The conversations whose customer has not been heard of."""
        now = self._now()
        gone = {one for one, until in self._customers.items() if until < now}
        for one in gone:
            del self._customers[one]
        return gone

    def _hear(self, message: Mapping[str, Any]) -> None:
        if message.get("kind") != CUSTOMER_TYPING:
            return
        conversation_id = int(message["conversation_id"])
        before = self.customer_writes(conversation_id)
        if message["on"] and len(self._customers) < MOST:
            self._customers[conversation_id] = self._now() + KEPT_SECONDS
        else:
            self._customers.pop(conversation_id, None)
        if self.customer_writes(conversation_id) != before:
            self._changed([conversation_id])
