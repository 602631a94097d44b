"""From a raw to clean values, by the connector's `parse`. Pure: it may run here or in a process of its own."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hub.inbound.model import File, Message, Person, Understood
from hub.inbound.sanitise import sanitise_html
from hub.sdk import (
    Address,
    Attachment,
    CallUpdate,
    ChannelSettings,
    Connector,
    Ignored,
    Inbound,
    Introduction,
    Parsed,
    Raw,
    StatusUpdate,
)
from hub.timeline.reference import reference_hash

MAX_TEXT: Final = 1_000_000
MAX_SUBJECT: Final = 1_000
MAX_NAME: Final = 200
MAX_RECIPIENTS: Final = 200
MAX_REFERENCES: Final = 50
MAX_CLAIMS: Final = 5
MAX_REMOTE: Final = 50
MAX_TRANSCRIPT: Final = 20_000
EARLIEST: Final = timedelta(days=14)
LATEST: Final = timedelta(minutes=10)


def understand(connector: Connector, raw: Raw, settings: ChannelSettings) -> Understood:
    """What the raw is. Never raises: what cannot be understood is quarantined, with the reason."""
    try:
        return _combine(connector, raw, settings, connector.parse(raw, settings))
    except Exception as error:  # noqa: BLE001 - one bad message must never stop the others
        return Understood("quarantined", f"{type(error).__name__}: {error}"[:500])


def _combine(connector: Connector, raw: Raw, settings: ChannelSettings, parsed: object) -> Understood:
    if not isinstance(parsed, (list, tuple)) or not parsed:
        return Understood("quarantined", "The connector found nothing in it.")
    items: list[Parsed] = list(parsed)
    ignored = [one for one in items if isinstance(one, Ignored)]
    statuses = tuple(one for one in items if isinstance(one, StatusUpdate))
    messages = [one for one in items if isinstance(one, Inbound)]
    if ignored:
        return Understood("ignored", clean(ignored[0].reason, 500))
    if len(messages) > 1:
        return Understood("quarantined", "The connector found more than one message in one raw.")
    introduction = next((one for one in items if isinstance(one, Introduction)), None)
    said = messages[0] if messages else introduction
    fallback = next((one.otherwise for one in statuses if one.otherwise is not None), None)
    return Understood(
        message=_message(connector, raw, settings, messages[0]) if messages else None,
        statuses=statuses,
        otherwise=_message(connector, raw, settings, fallback) if fallback is not None else None,
        person=_person(said.sender) if said is not None and said.claims else None,
        claims=said.claims[:MAX_CLAIMS] if said is not None else (),
        calls=tuple(_call(one, raw.received_at) for one in items if isinstance(one, CallUpdate)),
    )


def _call(found: CallUpdate, received: datetime) -> CallUpdate:
    return dataclasses.replace(
        found,
        occurred_at=believable(found.occurred_at, received),
        caller=_caller(found.caller),
        called=_caller(found.called),
        digits=clean(found.digits, 50),
        text=clean(found.text, MAX_TRANSCRIPT),
        reason=clean(found.reason, 500),
    )


def _caller(found: Address | None) -> Address | None:
    if found is None:
        return None
    return Address(clean(found.kind, 50), clean(found.value, 500), clean(found.shown, 500), clean(found.name, MAX_NAME))


def _message(connector: Connector, raw: Raw, settings: ChannelSettings, found: Inbound) -> Message:
    own = connector.own_address(settings)
    others = [
        one.address
        for one in found.recipients[:MAX_RECIPIENTS]
        if one.address.value and (one.address.kind, one.address.value) != (connector.address_kind, own)
    ]
    person = found.sender if found.direction == "in" or not others else others[0]
    safe = sanitise_html(found.body.html) if found.body.html else None
    text = clean(found.body.text, MAX_TEXT)
    full_text = clean(found.body.full_text, MAX_TEXT)
    return Message(
        person=_person(person),
        occurred_at=believable(found.occurred_at, raw.received_at),
        kind=found.kind,
        direction=found.direction,
        subject=clean(found.subject, MAX_SUBJECT),
        text=text,
        automatic=found.automatic,
        full_text="" if full_text == text else full_text,
        html=clean(safe.html, 4 * MAX_TEXT) if safe else "",
        remote_images=safe.remote_images if safe else 0,
        reference=reference_hash(found.thread.reference),
        replies_to=tuple(
            hashed for one in found.thread.replies_to[:MAX_REFERENCES] if (hashed := reference_hash(one)) is not None
        ),
        token=clean(found.thread.token, 200),
        files=tuple(_file(one, number) for number, one in enumerate(found.attachments, 1)),
        participants=tuple(_person(one) for one in others if one.value != person.value),
        recipients=tuple(
            {
                "address": clean(one.address.shown or one.address.value, 320),
                "name": clean(one.address.name, MAX_NAME),
                "role": one.role,
            }
            for one in found.recipients[:MAX_RECIPIENTS]
        ),
        data=clean_json({**found.data, **_kept(found)}),
        remote=found.remote[:MAX_REMOTE],
        consent=found.consent if found.direction == "in" else "",
    )


def _kept(found: Inbound) -> dict[str, object]:
    """What answers need (its own reference), and who of the staff wrote it where that was in another program."""
    kept: dict[str, object] = {"reference": found.thread.reference} if found.thread.reference else {}
    if found.direction == "out":
        kept["sender"] = {"name": found.sender.name, "address": found.sender.shown or found.sender.value}
    return kept


def believable(claimed: datetime, received: datetime) -> datetime:
    """When it occurred: as the sender says, unless that is absurd beside the time of its arrival."""
    if claimed.tzinfo is None:
        claimed = claimed.replace(tzinfo=UTC)
    return claimed if received - EARLIEST <= claimed <= received + LATEST else received


def clean(text: str, limit: int) -> str:
    """Text that PostgreSQL and JSON can hold: no NUL, no lone surrogate, not longer than `limit` characters."""
    return text[:limit].replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def clean_json(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, MAX_TEXT)
    if isinstance(value, Mapping):
        return {clean(str(key), 200): clean_json(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean_json(one) for one in value]
    return value


def _person(address: Address) -> Person:
    if not address.value:
        raise ValueError("The sender has no address.")
    return Person(
        clean(address.kind, 50), clean(address.value, 500), clean(address.shown, 500), clean(address.name, MAX_NAME)
    )


def _file(found: Attachment, number: int) -> File:
    return File(
        filename=clean(found.filename, 255) or f"attachment-{number}",
        content_type=clean(found.content_type, 255) or "application/octet-stream",
        content=found.content,
        hash=hashlib.sha256(found.content).digest(),
        inline=found.inline,
        cid=clean(found.cid, 500),
        note=clean(found.note, 200),
        upload=clean(found.upload, 100),
    )
