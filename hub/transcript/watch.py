"""Who waits for news of whose transcript, on this hub: woken by the feed, and by what is said in passing."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import structlog

from hub.db.engine import Database
from hub.db.trouble import DATABASE_TROUBLE, unless_ending
from hub.events.feed import Feed, Overtaken
from hub.events.model import ConversationChanged, EntryChanged
from hub.events.whisper import Whispers
from hub.sdk import LogChange
from hub.transcript.store import who_takes_part

AGENT_TYPING: Final = "agent_typing"
SEEN: Final = "seen"
_TYPING_KEPT: Final = 8
_RETRY_SECONDS: Final = 1.0
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
Who = tuple[str, str]


@dataclass(slots=True, eq=False)
class Watch:
    """One who waits. News that was not taken yet is one piece of news."""

    _items: bool = False
    _typing: deque[LogChange] = field(default_factory=lambda: deque(maxlen=_TYPING_KEPT))
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, change: LogChange) -> None:
        if change.kind == "items":
            self._items = True
        else:
            self._typing.append(change)
        self._woken.set()

    async def __aiter__(self) -> AsyncIterator[LogChange]:
        while True:
            await self._woken.wait()
            self._woken.clear()
            if self._items:
                self._items = False
                yield LogChange("items")
            while self._typing:
                yield self._typing.popleft()


class Watches:
    """All of this process. `run` wakes them until cancelled."""

    def __init__(self, database: Database, feed: Feed, whispers: Whispers) -> None:
        self._pool = database.pool
        self._feed = feed
        self._by_person: dict[Who, set[Watch]] = {}
        self._overheard: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue(1000)
        whispers.listen(self._overhear)

    @contextmanager
    def watch(self, kind: str, address: str) -> Iterator[AsyncIterator[LogChange]]:
        watch = Watch()
        self._by_person.setdefault((kind, address), set()).add(watch)
        try:
            yield aiter(watch)
        finally:
            others = self._by_person[kind, address]
            others.discard(watch)
            if not others:
                del self._by_person[kind, address]

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow(), name="transcripts")
            tasks.create_task(self._listen(), name="transcript whispers")

    async def _follow(self) -> None:
        while True:
            try:
                with self._feed.subscribe() as subscription:
                    async for batch in subscription:
                        changed = {
                            item.event.conversation_id
                            for item in batch
                            if isinstance(item.event, EntryChanged | ConversationChanged)
                        }
                        if changed and self._by_person:
                            await self._tell(changed, LogChange("items"))
            except Overtaken:
                _log.warning("transcripts overtaken", watched=len(self._by_person))
            except DATABASE_TROUBLE as failure:
                unless_ending()
                _log.warning("transcripts interrupted", error=type(failure).__name__)
                await asyncio.sleep(_RETRY_SECONDS)
            # Whatever was missed: everybody reads from where they are.
            for who in list(self._by_person):
                self._tell_person(who, LogChange("items"))

    def _overhear(self, message: Mapping[str, Any]) -> None:
        if self._by_person and message.get("kind") in (AGENT_TYPING, SEEN) and not self._overheard.full():
            self._overheard.put_nowait(message)

    async def _listen(self) -> None:
        while True:
            message = await self._overheard.get()
            change = LogChange("items")
            if message["kind"] == AGENT_TYPING:
                change = LogChange("typing", bool(message["on"]), str(message["name"]))
            try:
                await self._tell([int(message["conversation_id"])], change)
            except DATABASE_TROUBLE as failure:
                unless_ending()
                _log.debug("whisper not passed on", error=type(failure).__name__)

    async def _tell(self, conversations: Iterable[int], change: LogChange) -> None:
        for who in await who_takes_part(self._pool, conversations):
            self._tell_person(who, change)

    def _tell_person(self, who: Who, change: LogChange) -> None:
        for watch in self._by_person.get(who, ()):
            watch.tell(change)
