"""A log: what one person may see of what was said with them. For channels without a provider, such as a chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from hub.sdk.messages import Attachment, Direction


@dataclass(frozen=True, slots=True)
class LogFile:
    id: int
    name: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class LogItem:
    """One message of a person's log. `seq` counts from 1 without a gap and never changes; `cid` is the thread reference
    that an incoming message carried, `reference` the one of an outgoing, by which a StatusUpdate names it.

    `token` is set where it belongs to a conversation begun on another channel: a message that answers it carries the
    token, so that it stays in that conversation. `via` is the kind of the channel it went over.
    """

    seq: int
    direction: Direction
    author: str
    text: str
    occurred_at: datetime
    files: tuple[LogFile, ...] = ()
    state: str = ""
    reference: str = ""
    subject: str = ""
    token: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True)
class LogPage:
    """`head` is the newest seq, `epoch` the life of the log (another after a backup was restored: begin at 0),
    `read` up to where the agents have seen it."""

    items: tuple[LogItem, ...]
    head: int
    epoch: str
    read: int = 0


@dataclass(frozen=True, slots=True)
class LogChange:
    """ "items": read the log again from where you are. "typing": an agent (`name`) writes, or no longer does."""

    kind: Literal["items", "typing"]
    on: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Whether the company answers now, how many agents are there to do it, and what people are told while it is
    closed ("" for nothing in particular); `next_opening` is known then, unless it is far away."""

    open: bool
    agents_online: int
    closed_text: str = ""
    next_opening: datetime | None = None


class Log(Protocol):
    """The hub's side of a channel without a provider (a chat): what a person may see of their own conversations, in
    one order. Messages alone; never a note or an event. `address` is the person's, normalised."""

    async def read(self, address: str, after: int = 0, limit: int = 100) -> LogPage:
        """What came after `after`, oldest first. Raises ConnectionTrouble."""
        ...

    def watch(self, address: str) -> AbstractContextManager[AsyncIterator[LogChange]]:
        """What changes from now on, for as long as the block lasts. Begin it before reading, and nothing is missed;
        changes that nobody took yet become one."""
        ...

    async def typing(self, address: str, on: bool) -> None:
        """Tells the agents that the person writes; best effort, forgotten after some seconds."""
        ...

    async def upload(self, address: str, filename: str, content_type: str, content: bytes) -> str:
        """Keeps a file for a later message of that person, which names it by the returned id (`Attachment.upload`).
        Raises ConnectionTrouble."""
        ...

    async def file(self, address: str, file_id: int) -> Attachment | None:
        """A file of the person's own log."""
        ...

    async def transcript(self, address: str) -> bool:
        """Sends what was said to the person's verified address; False where there is none, or no channel to it."""
        ...

    async def desk(self) -> Desk: ...
