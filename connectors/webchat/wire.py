"""What visitors do, as raws (JSON, one each), and what those raws mean. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from hub.sdk import (
    Address,
    Attachment,
    Body,
    Claim,
    DeliveryState,
    Inbound,
    Introduction,
    InvalidAddress,
    Parsed,
    Raw,
    StatusUpdate,
    Thread,
)

KIND: Final = "visitor"
OWN_ADDRESS: Final = "chat"
MAX_TEXT: Final = 20_000
MAX_UPLOADS: Final = 10
MAX_NAME: Final = 200
_VISITOR: Final = re.compile(r"[0-9a-f]{32}")
_CID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a visitor. `cid` is the browser's own id for it, `token` says which conversation it answers."""

    visitor: str
    cid: str
    text: str
    uploads: tuple[str, ...] = ()
    name: str = ""
    token: str = ""
    claims: tuple[Claim, ...] = ()
    about: Mapping[str, object] = field(default_factory=dict)


def normalise(address: str) -> str:
    """Raises InvalidAddress."""
    address = address.strip().lower()
    if address != OWN_ADDRESS and not _VISITOR.fullmatch(address):
        raise InvalidAddress("A visitor of the chat cannot be written to by hand; open their conversation.")
    return address


def is_cid(value: object) -> bool:
    return isinstance(value, str) and _CID.fullmatch(value) is not None


def reference(visitor: str, cid: str) -> str:
    """The thread reference of a visitor's message."""
    return f"chat:{visitor}:{cid}"


def cid_of(reference: str, visitor: str) -> str:
    """The cid in a reference of this visitor's, "" in any other."""
    start = f"chat:{visitor}:"
    return reference[len(start) :] if reference.startswith(start) else ""


def message_raw(message: Message, at: datetime) -> Raw:
    content = {"type": "msg", **asdict(message)}
    return Raw(f"msg:{message.visitor}:{message.cid}", _json(content), at)


def status_raw(visitor: str, state: DeliveryState, references: Sequence[str], at: datetime) -> Raw:
    """The visitor has, or has read, these messages of ours."""
    content = {"type": "status", "visitor": visitor, "state": state, "references": sorted(references)}
    return Raw(f"status:{_hash(content)}", _json(content), at)


def identify_raw(visitor: str, claims: Sequence[Claim], at: datetime) -> Raw:
    content = {"type": "identify", "visitor": visitor, "claims": [asdict(one) for one in claims]}
    return Raw(f"identify:{_hash(content)}", _json(content), at)


def parse(raw: Raw) -> list[Parsed]:
    """Raises ValueError or TypeError for what was not made here."""
    found = json.loads(raw.content)
    if not isinstance(found, dict):
        raise TypeError("Not an object.")
    visitor = normalise(str(found["visitor"]))
    match found["type"]:
        case "msg":
            return [_message(found, visitor, raw)]
        case "identify":
            claims = _claims(found["claims"])
            if not claims:
                raise ValueError("Nobody is named.")
            return [Introduction(_address(visitor, _name(claims)), claims)]
        case "status" if found["state"] in ("delivered", "read"):
            references = [one for one in found["references"] if isinstance(one, str) and one]
            if not references:
                raise ValueError("No message is named.")
            return [StatusUpdate(found["state"], raw.received_at, reference=one) for one in references]
    raise ValueError("Not a thing that visitors do.")


def _message(found: Mapping[str, Any], visitor: str, raw: Raw) -> Inbound:
    if not is_cid(found["cid"]) or not isinstance(found["text"], str):
        raise TypeError("Not a message.")
    uploads = [str(one) for one in found["uploads"]]
    claims = _claims(found["claims"])
    return Inbound(
        sender=_address(visitor, _text(found["name"]) or _name(claims)),
        occurred_at=raw.received_at,
        body=Body(_clean(found["text"])[:MAX_TEXT]),
        attachments=tuple(Attachment("", "", b"", upload=_text(one)) for one in uploads[:MAX_UPLOADS] if _text(one)),
        thread=Thread(reference(visitor, found["cid"]), token=_text(found["token"])),
        claims=claims,
        data=dict(found["about"]),
    )


def _address(visitor: str, name: str) -> Address:
    return Address(KIND, visitor, shown=f"Visitor {visitor[:4].upper()}", name=name)


def _claims(found: Sequence[Mapping[str, Any]]) -> tuple[Claim, ...]:
    return tuple(
        Claim(_text(one["kind"]), _text(one["value"]), _text(one["name"]), one["verified"] is True)
        for one in found
        if _text(one["kind"]) and _text(one["value"])
    )


def _name(claims: Sequence[Claim]) -> str:
    return next((one.name for one in claims if one.name), "")


def _text(value: object) -> str:
    return " ".join(_clean(value).split())[:MAX_NAME] if isinstance(value, str) else ""


def _clean(value: str) -> str:
    return value.replace("\0", "").encode("utf-8", "replace").decode()


def _json(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True).encode()


def _hash(content: Mapping[str, object]) -> str:
    return hashlib.sha256(_json(content)).hexdigest()
