"""What the author of a connector fills in for its conformance tests, and what follows from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from hub.sdk.contract import Connector, Session
from hub.sdk.messages import (
    Address,
    Outgoing,
    Raw,
)
from hub.sdk.testing.memory import FakeContext

TOKEN = "k3f9q2mzx7ab"  # noqa: S105  # a conversation's token, as the hub makes them
REFERENCE_TOKEN = f"{TOKEN}.5wdm3q"


class Example:
    """`reply_to` and the class variables are what a connector's author fills in."""

    connector: ClassVar[Connector]
    settings: ClassVar[Mapping[str, object]]
    addresses: ClassVar[Mapping[str, str]]
    bad_addresses: ClassVar[Sequence[str]]
    raws: ClassVar[Sequence[Raw]]

    def reply_to(self, message: Outgoing) -> Raw:
        """What comes in when a customer answers that message."""
        raise NotImplementedError("A connector whose messages belong to threads gives the reply to one.")

    # --- what the author need not touch ---

    @property
    def secrets(self) -> list[str]:
        names = self.connector.schema.secret_names
        return [str(value) for name, value in self.settings.items() if name in names and value]

    @property
    def public_settings(self) -> dict[str, object]:
        names = self.connector.schema.secret_names
        return {name: value for name, value in self.settings.items() if name not in names}

    def outgoing(self, **changes: object) -> Outgoing:
        value = next(iter(self.addresses.values()))
        message = Outgoing(
            attempt="a1b2c3",
            reference=self.connector.reference(self.settings, REFERENCE_TOKEN),
            token=TOKEN,
            to=(Address(self.connector.address_kind, value, value, "Someone"),),
            text="Hello",
            subject="Hello" if self.connector.capabilities.subject else "",
        )
        return replace(message, **changes)  # type: ignore[arg-type]

    def session(self) -> Session:
        return self.connector.open(FakeContext(self.connector.schema.with_defaults(self.settings)))

    def assert_no_secret(self, text: str) -> None:
        for secret in self.secrets:
            assert secret not in text, "a secret shows"
