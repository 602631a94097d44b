"""What travels between a connector and the hub. All frozen, all plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Direction = Literal["in", "out"]
Automatic = Literal["no", "auto", "list", "bounce"]
Role = Literal["to", "cc", "bcc"]
ConsentWord = Literal["", "stop", "start"]
DeliveryState = Literal["queued", "sending", "sent", "delivered", "read", "failed", "uncertain", "held", "canceled"]


@dataclass(frozen=True, slots=True)
class Raw:
    """One thing as the provider handed it over, before anybody has understood it.

    `key` is the provider's own id, unique in the channel ("INBOX;171;42", "SM…"), never one that a sender can
    choose. `hint` is the little context that `Connector.parse` needs besides the bytes (a folder, the SMTP
    envelope); it is stored with them, so that parsing can be repeated years later.
    """

    key: str
    content: bytes
    received_at: datetime
    hint: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Address:
    """An address on some kind of channel: `value` normalised (it is the identity), `shown` as it was written."""

    kind: str
    value: str
    shown: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    address: Address
    role: Role = "to"


@dataclass(frozen=True, slots=True)
class Attachment:
    """`note` says what an unusual part is ("signed (PGP)", "calendar"), "" for an ordinary file. With an `upload`, the
    id that `Log.upload` gave, the file is there already and `content` is empty."""

    filename: str
    content_type: str
    content: bytes
    inline: bool = False
    cid: str = ""
    note: str = ""
    upload: str = ""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file that still lies with the provider: the hub has the session `fetch` it once the message is stored, and then
    `forget` it there. `key` is the provider's own id; `size` in bytes, None when unknown."""

    key: str
    url: str
    content_type: str
    filename: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """`text` is the new text alone; `full_text` all of it with quotes and signature ("" when the same); `html` as
    received, never yet safe to show."""

    text: str
    full_text: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """How a message says where it belongs.

    `reference` is its own id; `replies_to` the ids that it answers or refers to, nearest first; `token` the
    conversation token that the hub put into the address it was sent to. All are claims of the sender: the hub
    believes them only of a participant of that conversation.
    """

    reference: str = ""
    replies_to: tuple[str, ...] = ()
    token: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """The sender is said to have this address too. `verified`: the company itself vouches for it (a signature), so the
    two are linked; otherwise it is only a suggestion to the agents."""

    kind: str
    value: str
    name: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message, understood. `direction` "out" is one that staff sent from another program of theirs. `consent`: the
    sender asks ("stop") that nothing more be sent to them on this channel, or ("start") that it may be again."""

    sender: Address
    occurred_at: datetime
    body: Body
    subject: str = ""
    recipients: tuple[Recipient, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    thread: Thread = Thread()
    automatic: Automatic = "no"
    direction: Direction = "in"
    kind: str = "message"
    data: Mapping[str, object] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    remote: tuple[RemoteFile, ...] = ()
    consent: ConsentWord = ""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Somebody says who they are, without a message. Of somebody the hub does not know it changes nothing."""

    sender: Address
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """News of a message that the hub sent.

    Found by `attempt` (the token the hub gave to `send`), else `provider_id`, else `reference` (its thread
    reference). `otherwise` is what to store when no such message is found, so that nothing is lost.
    `suppress` asks that nothing more be sent to the recipient: on any channel where `recipients` names them (a hard
    bounce), else, of a message to one person, on the channel that it went over (an opt-out).
    """

    state: DeliveryState
    occurred_at: datetime
    attempt: str = ""
    provider_id: str = ""
    reference: str = ""
    recipients: tuple[str, ...] = ()
    code: str = ""
    reason: str = ""
    suppress: bool = False
    otherwise: Inbound | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """Stored in the ledger with this reason, and shown nowhere else."""

    reason: str


@dataclass(frozen=True, slots=True)
class Template:
    """A text that the provider has approved, by its own id, and what stands for its variables."""

    id: str
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """A template as the provider knows it: `body` with its variables as {{name}}, `variables` by name with an example
    for each, `quick_replies` the titles of its buttons. Only an `approved` one can be sent outside the window."""

    id: str
    name: str
    language: str
    body: str
    variables: Mapping[str, str] = field(default_factory=dict)
    quick_replies: tuple[str, ...] = ()
    approved: bool = True
    category: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent. `attempt` names this attempt for ever; `reference` was fixed before the first one.

    `token` is the conversation's reply token; `html` is safe HTML or ""; `size` of the attachments in bytes was
    checked against the limits before it was queued. With a `template`, `text` is how the hub shows it. `known_ids` are
    the provider's ids of the conversation's newest other messages: none of them is this one.
    """

    attempt: str
    reference: str
    token: str
    to: tuple[Address, ...]
    text: str
    html: str = ""
    subject: str = ""
    cc: tuple[Address, ...] = ()
    sender_name: str = ""
    attachments: tuple[Attachment, ...] = ()
    replies_to: tuple[str, ...] = ()
    automatic: bool = False
    template: Template | None = None
    known_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecipientResult:
    address: str
    state: DeliveryState
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider took responsibility. `recipients` holds those with a result of their own, such as a refusal."""

    provider_id: str = ""
    state: DeliveryState = "sent"
    recipients: tuple[RecipientResult, ...] = ()
