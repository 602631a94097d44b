"""What is sent: safe headers, whole threads, 7-bit lines."""

from __future__ import annotations

import email
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.email.compose import compose
from connectors.email.mail import parse_mail
from connectors.email.mail.charset import clean
from connectors.email.model import EmailSettings
from hub.sdk import Address, Attachment, Outgoing, PermanentSend

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SETTINGS = EmailSettings(address="Support@Acme.test", from_name="Acme Support", plus_addressing=True)


def outgoing(**changes: Any) -> Outgoing:
    values: dict[str, Any] = {
        "attempt": "a1",
        "reference": "k3f9.5wdm@acme.test",
        "token": "k3f9",
        "to": (Address("email", "anna@customer.test", name="Anna"),),
        "text": "Hello\n",
        "subject": "Hello",
        **changes,
    }
    return Outgoing(**values)


def composed(settings: EmailSettings = SETTINGS, **changes: Any) -> EmailMessage:
    content = compose(outgoing(**changes), settings, NOW)
    assert content.isascii()
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    message = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_sender_stays_the_same_and_the_answer_finds_back() -> None:
    message = composed(sender_name="Zoë at Acme")
    assert message["From"] == "Acme Support <support@acme.test>"
    assert message["Reply-To"] == "Acme Support <support+k3f9@acme.test>"
    assert composed(EmailSettings(address="support@acme.test"), sender_name="Zoë")["Reply-To"] is None
    assert composed(EmailSettings(address="support@acme.test"), sender_name="Zoë")["From"] == "Zoë <support@acme.test>"


def test_long_threads_keep_the_first_and_the_latest() -> None:
    ids = tuple(f"{number}@customer.test" for number in range(200, 0, -1))
    references = composed(replies_to=ids)["References"].split()
    assert len(references) == 40
    assert references[0] == "<1@customer.test>"
    assert references[-1] == "<200@customer.test>"


def test_ids_that_customers_programs_made_badly_are_left_out() -> None:
    message = composed(replies_to=("good@x", "bad id@x", "bad\r\nBcc: x@y", "b<a>d@x", "x" * 2_000, "ü@x"))
    assert message["References"] == "<good@x>"
    assert message["Bcc"] is None


def test_automatic_mail_says_so() -> None:
    assert composed(automatic=True)["Auto-Submitted"] == "auto-replied"
    assert composed()["Auto-Submitted"] is None


def test_text_and_html_are_alternatives_and_inline_images_belong_to_the_html() -> None:
    files = (
        Attachment("logo.png", "image/png", b"png", inline=True, cid="logo"),
        Attachment("a.pdf", "application/pdf", b"pdf"),
    )
    message = composed(html='<img src="cid:logo">', attachments=files)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "a\r\nBcc: x@y.test"},
        {"subject": "a\nb"},
        {"sender_name": "a\r\nb"},
        {"reference": "a\r\nb@x"},
        {"to": (Address("email", "a@b.test\r\nBcc: x@y.test"),)},
        {"to": (Address("email", "a@b.test", name="x\r\nBcc: y@z.test"),)},
        {"cc": (Address("email", "a@b.test, c@d.test"),)},
        {"attachments": (Attachment("a\r\nb.txt", "text/plain", b""),)},
        {"html": "x", "attachments": (Attachment("a", "image/png", b"", inline=True, cid="x>\r\nA: b"),)},
    ],
)
def test_no_value_breaks_out_of_its_header(changes: dict[str, Any]) -> None:
    with pytest.raises(PermanentSend):
        compose(outgoing(**changes), SETTINGS, NOW)


def test_strange_content_types_go_out_as_plain_files() -> None:
    files = tuple(
        Attachment("f", kind, b"x")
        for kind in ("", "nonsense", "message/rfc822", "multipart/mixed", "a/b\r\nc: d", "TEXT/Plain; charset=x")
    )
    kinds = [part.get_content_type() for part in composed(attachments=files).iter_attachments()]
    assert kinds == ["application/octet-stream"] * 5 + ["text/plain"]


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=200)
TEXT = st.lists(WORDS, max_size=6).map("\n".join)


@given(subject=WORDS, name=WORDS, text=TEXT, file=WORDS)
def test_whatever_people_write_arrives_as_they_wrote_it(subject: str, name: str, text: str, file: str) -> None:
    message = composed(
        subject=subject,
        to=(Address("email", "anna@customer.test", name=name),),
        text=text,
        attachments=(Attachment(file, "application/pdf", b"x"),),
    )
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
    parsed = parse_mail(message.as_bytes())
    assert parsed.subject.split() == clean(subject).split()
    if not set(name) & set("'\"\\"):  # the parser takes quotes off, also some that were meant
        assert parsed.to[0].name.split() == clean(name).split()
    assert {key.lower() for key in message} <= {
        "date", "message-id", "from", "to", "subject", "reply-to", "x-loop", "mime-version", "content-type",
    }  # fmt: skip
