"""Mails written for the tests, and the settings of a channel that they came in on."""

from __future__ import annotations

from datetime import UTC, datetime

from hub.sdk import Raw

OWN = "support@acme.test"
WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

SETTINGS: dict[str, object] = {
    "address": OWN,
    "from_name": "Acme Support",
    "imap_host": "localhost",
    "imap_port": 1,  # nobody answers there
    "imap_password": "s3cret-imap-password",
    "smtp_host": "localhost",
    "smtp_port": 1,
    "smtp_auth": "own",
    "smtp_username": "support",
    "smtp_password": "s3cret-smtp-password",
    "plus_addressing": True,
    "authserv_id": "mx.acme.test",
}


def mail(*lines: str, body: str = "Hello\n", **headers: str) -> bytes:
    """A mail from Anna to us, unless the headers say otherwise; a header that is empty is left out."""
    everything = {
        "From": "Anna <anna@customer.test>",
        "To": OWN,
        "Subject": "Hello",
        "Message-ID": "<1@customer.test>",
        "Date": "Sun, 01 Mar 2026 11:58:00 +0000",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = [*lines, *(f"{name}: {value}" for name, value in everything.items() if value)]
    return ("\r\n".join(head) + "\r\n\r\n" + body.replace("\n", "\r\n")).encode()


def raw(content: bytes, key: str = "INBOX;1;1", **hint: str) -> Raw:
    return Raw(key, content, WHEN, {"folder": "INBOX", **hint})


BOUNCE = mail(
    From="Mail Delivery System <MAILER-DAEMON@mx.test>",
    Subject="Undelivered Mail Returned to Sender",
    Message_ID="<b1@mx.test>",
    Auto_Submitted="auto-replied",
    MIME_Version="1.0",
    Content_Type='multipart/report; report-type=delivery-status; boundary="b"',
    body="""--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.test
Original-Envelope-Id: att+2B1

Final-Recipient: rfc822; nobody@customer.test
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: text/rfc822-headers

From: support@acme.test
To: nobody@customer.test
Message-ID: <k3f9q2mzx7ab.5wdm3q@acme.test>
Subject: Hello

--b--
""",
)
