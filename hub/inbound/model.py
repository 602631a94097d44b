"""What a raw thing becomes on its way into the database: plain, clean values, ready to be stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from hub.sdk import CallUpdate, Claim, ConsentWord, RemoteFile, StatusUpdate

RawState = Literal["stored", "quarantined", "ignored"]
Outcome = Literal["stored", "quarantined", "ignored", "duplicate", "copy"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an address: normalised, as shown, and by what name."""

    kind: str
    address: str
    shown: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """An attachment; `content` is stored under its SHA-256 before the transaction. One with an `upload` is there."""

    filename: str
    content_type: str
    content: bytes
    hash: bytes
    inline: bool = False
    cid: str = ""
    note: str = ""
    upload: str = ""
    uploaded_size: int = 0

    @property
    def size(self) -> int:
        return self.uploaded_size if self.upload else len(self.content)


@dataclass(frozen=True, slots=True)
class Message:
    """An entry to be. `reference` and `replies_to` are SHA-256 hashes; `token` is as the sender quoted it."""

    person: Person
    occurred_at: datetime
    kind: str
    direction: Literal["in", "out"]
    subject: str
    text: str
    automatic: str
    full_text: str = ""
    html: str = ""
    remote_images: int = 0
    reference: bytes | None = None
    replies_to: tuple[bytes, ...] = ()
    token: str = ""
    files: tuple[File, ...] = ()
    participants: tuple[Person, ...] = ()
    recipients: tuple[Mapping[str, str], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    remote: tuple[RemoteFile, ...] = ()
    consent: ConsentWord = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a raw turned out to be: a ledger row in `state`, with a message, with statuses, or with neither."""

    state: RawState = "stored"
    reason: str = ""
    message: Message | None = None
    statuses: tuple[StatusUpdate, ...] = ()
    otherwise: Message | None = None
    """To be stored when none of the statuses is about a message of ours."""
    person: Person | None = None
    claims: tuple[Claim, ...] = ()
    """What the person says of themselves."""
    calls: tuple[CallUpdate, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """A raw of a channel together with what it was understood to be. `raw_id`: already in the ledger (a retry)."""

    channel_id: int
    key: str
    content: bytes
    content_hash: bytes
    received_at: datetime
    hint: Mapping[str, str]
    understood: Understood
    threads: bool = True
    demo: bool = False
    raw_id: int | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a Received: "duplicate" was in the ledger already, "copy" is on the timeline already."""

    outcome: Outcome
    entry_id: int | None
    conversation_id: int | None
    raw_id: int | None
