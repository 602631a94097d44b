"""The email connector keeps the contract of all connectors."""

from __future__ import annotations

from typing import ClassVar

from connectors.email import CONNECTOR
from hub.sdk import Connector, Outgoing, Raw
from hub.sdk.testing.conformance import ConnectorConformance
from tests.connectors.email.mails import BOUNCE, SETTINGS, mail, raw


class TestEmail(ConnectorConformance):
    connector: ClassVar[Connector] = CONNECTOR
    settings = SETTINGS
    addresses: ClassVar[dict[str, str]] = {
        "Anna@Customer.test": "anna@customer.test",
        "<anna+news@customer.test>": "anna+news@customer.test",
        "info@BÜCHER.example": "info@xn--bcher-kva.example",
        "jörg@customer.test": "jörg@customer.test",
    }
    bad_addresses = ("anna", "anna@", "@customer.test", "a b@customer.test", "anna@cus tomer.test", "a@b@c.test")
    raws = (
        raw(mail()),
        raw(BOUNCE, "INBOX;1;2"),
        raw(mail(Auto_Submitted="auto-replied"), "INBOX;1;3"),
        raw(mail(List_Id="<news.customer.test>"), "INBOX;1;4"),
        raw(mail(From="", Message_ID=""), "INBOX;1;5", envelope_from="anna@customer.test"),
        raw(mail(From="support@acme.test", To="anna@customer.test"), "Sent;1;1", sent="yes"),
        raw(mail(X_Loop="support@acme.test", From="support@acme.test"), "INBOX;1;6"),
        raw(mail(From="=?utf-8?q?J=C3=B6rg?= <J@B\u00fccher.example>", body="Gr\u00fc\u00dfe\n"), "INBOX;1;7"),
    )

    def reply_to(self, message: Outgoing) -> Raw:
        content = mail(
            To=f"support+{message.token}@acme.test",
            In_Reply_To=f"<{message.reference}>",
            Subject=f"Re: {message.subject}",
        )
        return raw(content)
