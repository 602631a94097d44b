"""A canned reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hub.desk.scope import Scope
from hub.timeline.model import Attachment


@dataclass(frozen=True, slots=True)
class CannedReply:
    """`texts` has a Liquid template for each language; `shortcut` finds it while writing."""

    id: int
    name: str
    shortcut: str
    scope: Scope
    owner_id: int
    team_id: int | None
    texts: Mapping[str, str]
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A canned reply filled in for one conversation. `attachments` are uploads of the agent's, to go with it."""

    text: str
    html: str
    lang: str
    attachments: tuple[Attachment, ...]
