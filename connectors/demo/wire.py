"""The demo's raw is a JSON object, one message each; this turns it into the SDK's message and back. Pure."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from connectors.demo.settings import OWN_ADDRESS, OWN_NAME
from hub.sdk import Address, Attachment, Body, Inbound, InvalidAddress, Raw, Recipient, Thread

MARK = "This is example data. Nobody is behind this address, and nothing is sent to it."


def normalise(address: str) -> str:
    """Raises InvalidAddress for what is not an address of the demo's customers."""
    address = address.strip().lower()
    local, _, domain = address.partition("@")
    if not local or not domain.endswith(".example") or any(letter.isspace() for letter in address):
        raise InvalidAddress("The demo only reaches its own customers, whose addresses end in .example.")
    return address


def to_raw(message: Mapping[str, Any], received_at: datetime) -> Raw:
    """`message` has the keys that `parse` reads; its id is the key."""
    content = json.dumps(message, ensure_ascii=False, sort_keys=True).encode()
    return Raw(str(message["id"]), content, received_at)


def parse(raw: Raw) -> list[Inbound]:
    message = json.loads(raw.content)
    person = Address("email", normalise(message["address"]), message["address"], message.get("name", ""))
    company = Address("email", OWN_ADDRESS, OWN_ADDRESS, OWN_NAME)
    outgoing = message.get("direction") == "out"
    return [
        Inbound(
            sender=company if outgoing else person,
            occurred_at=raw.received_at,
            body=Body(message["text"], message.get("full_text", ""), message.get("html", "")),
            subject=message.get("subject", ""),
            recipients=(Recipient(person if outgoing else company),),
            attachments=tuple(
                Attachment(one["filename"], one["content_type"], base64.b64decode(one["content"]))
                for one in message.get("attachments", ())
            ),
            thread=Thread(f"<{message['id']}@demo.example>", tuple(message.get("replies_to", ()))),
            automatic=message.get("automatic", "no"),
            direction="out" if outgoing else "in",
            data={"demo": MARK},
        )
    ]
