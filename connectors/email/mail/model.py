"""What a mail says, as plain frozen data: the result of `parse_mail`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox of an address header: `address` as written, trimmed; `name` decoded, '' when there is none."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """One MIME leaf that is not the body text. `size` and `content` are those of the decoded bytes;
    `note` says what it is where the type alone does not ('calendar', 'encrypted (PGP)')."""

    filename: str
    content_type: str
    size: int
    inline: bool
    cid: str
    content: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report: who did not get which mail, and why.

    `code` is an enhanced status (RFC 3463), `X.0.0` when only the class is known and '' when not even that.
    `reason` is one of recipient, host, full, size, policy, system. `action` is the report's own word
    (failed, delayed, delivered, relayed, expanded). `message_id` is that of the mail that was reported on.
    """

    recipients: tuple[str, ...]
    code: str
    reason: str
    action: str
    envelope_id: str
    message_id: str
    diagnostic: str


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A mail, understood. Texts hold no NUL and no lone surrogate, and their line ends are `\\n`.

    `text` is everything visible, `reply_text` the new text only, `html` the raw, unsafe HTML body ('' if none).
    Ids are without angle brackets. `date` is aware, in UTC. `charset_problems` and `defects` say what was repaired.
    """

    from_: tuple[Address, ...]
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[str, ...]
    subject: str
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    date: datetime | None
    text: str
    reply_text: str
    html: str
    parts: tuple[Part, ...]
    auto_submitted: bool
    is_list: bool
    bounce: Bounce | None
    reply_token: str
    authentication_results: tuple[str, ...]
    charset_problems: tuple[str, ...]
    defects: tuple[str, ...]
