"""The chat passes the suite that every connector passes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from connectors.webchat import CONNECTOR, wire
from hub.sdk import Claim, Connector, Raw
from hub.sdk.testing.conformance import ConnectorConformance

VISITOR = "0123456789abcdef" * 2
WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CLAIMS = (Claim("email", "maria@example.org", "Maria", verified=True),)
MESSAGE = wire.Message(
    VISITOR,
    "c-1",
    "Where is my order?\nIt is late.",
    uploads=("u1",),
    name="Maria",
    token="abc",
    claims=CLAIMS,
    about={"page": {"url": "https://www.example.com/orders"}},
)


class TestWebChat(ConnectorConformance):
    connector: ClassVar[Connector] = CONNECTOR
    settings: ClassVar[dict[str, object]] = {
        "origins": "https://www.example.com\nhttps://*.example.org",
        "colour": "#1c7a63",
        "jwt_secret": "s3cret-of-the-company-and-the-hub",
    }
    addresses: ClassVar[dict[str, str]] = {VISITOR.upper(): VISITOR}
    bad_addresses: ClassVar[list[str]] = ["12", "maria@example.org", VISITOR[:-1], f"{VISITOR}0"]
    raws: ClassVar[list[Raw]] = [
        wire.message_raw(MESSAGE, WHEN),
        wire.status_raw(VISITOR, "read", ["chat:a.b", "chat:a.c"], WHEN),
        wire.status_raw(VISITOR, "delivered", ["chat:a.b"], WHEN),
        wire.identify_raw(VISITOR, CLAIMS, WHEN),
    ]
