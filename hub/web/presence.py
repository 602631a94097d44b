"""Who is looking at which conversation, and who is writing: in memory, of this process alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

EXPIRES_SECONDS: Final = 45.0
ViewerT = TypeVar("ViewerT")


@dataclass(slots=True)
class _Look:
    conversation_id: int
    writing: bool
    until: float


class Presence(Generic[ViewerT]):
    """A viewer (a socket) looks at one conversation at a time, and has to say so again within EXPIRES_SECONDS."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._looks: dict[ViewerT, _Look] = {}
        self._now = now

    def look(self, viewer: ViewerT, conversation_id: int | None, writing: bool) -> set[int]:
        """The conversations for which something changed."""
        before = self._looks.pop(viewer, None)
        if conversation_id is not None:
            self._looks[viewer] = _Look(conversation_id, writing, self._now() + EXPIRES_SECONDS)
        if before is not None and before.conversation_id == conversation_id and before.writing == writing:
            return set()
        changed = {conversation_id} if before is None else {conversation_id, before.conversation_id}
        return {one for one in changed if one is not None}

    def leave(self, viewers: Iterable[ViewerT]) -> set[int]:
        gone = [self._looks.pop(viewer) for viewer in viewers if viewer in self._looks]
        return {one.conversation_id for one in gone}

    def expire(self) -> set[int]:
        """Forget those who have not been heard of; the conversations that they left."""
        now = self._now()
        return self.leave([viewer for viewer, look in self._looks.items() if look.until < now])

    def viewers(self, conversation_id: int) -> dict[ViewerT, bool]:
        """Who looks at it, and whether they are writing."""
        return {viewer: look.writing for viewer, look in self._looks.items() if look.conversation_id == conversation_id}
