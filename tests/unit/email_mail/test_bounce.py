"""Delivery reports: what servers say, and what it means."""

from __future__ import annotations

import pytest

from connectors.email.mail import Bounce, parse_mail

ORIGINAL = b"From: help@desk.example\nTo: ann@c.example\nSubject: x\nMessage-ID: <d1@desk.example>\n\nhello\n"


def dsn(fields: bytes, *, text: bytes = b"Not delivered.", original: bytes = ORIGINAL) -> Bounce:
    mail = parse_mail(
        b"From: MAILER-DAEMON@mx.example\nTo: help@desk.example\nSubject: Undelivered\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n"
        + text
        + b"\n--b\nContent-Type: message/delivery-status\n\n"
        + fields
        + b"\n--b\nContent-Type: message/rfc822\n\n"
        + original
        + b"\n--b--\n"
    )
    assert mail.bounce is not None
    assert mail.auto_submitted
    return mail.bounce


def failed(diagnostic: str, status: str = "5.0.0") -> Bounce:
    return dsn(
        f"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; ann@c.example\nAction: failed\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {diagnostic}".encode()
    )


@pytest.mark.parametrize(
    ("diagnostic", "reason"),
    [
        ("550 User unknown", "recipient"),
        ("550 No such user here", "recipient"),
        ("550 Requested action not taken: mailbox unavailable", "recipient"),
        ("554 delivery error: This user doesn't have a yahoo.example account", "recipient"),
        ("550 The email account that you tried to reach does not exist", "recipient"),
        ("550 Mailbox disabled, not accepting messages", "recipient"),
        ("550 Host unknown", "host"),
        ("Host or domain name not found. Name service error for name=c.example", "host"),
        ("550 unrouteable address", "host"),
        ("552 Mailbox full", "full"),
        ("452 The email account that you tried to reach is over quota", "full"),
        ("552 Message size exceeds fixed maximum message size", "size"),
        ("550 Message too large", "size"),
        ("554 Message rejected due to content restrictions: spam", "policy"),
        ("550 Blocked - see https://www.spamhaus.example", "policy"),
        ("550 Unauthenticated email is not accepted due to the domain's DMARC policy", "policy"),
        ("554 Relay access denied", "policy"),
        ("550 Access denied, banned sender", "policy"),
        ("connect to c.example[192.0.2.1]:25: Connection timed out", "system"),
        ("delivery temporarily suspended: lost connection", "system"),
        ("too many hops", "system"),
    ],
)
def test_the_reason_is_read_from_the_words(diagnostic: str, reason: str) -> None:
    assert failed(diagnostic).reason == reason


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("5.1.1", "recipient"),
        ("5.1.2", "host"),
        ("5.2.2", "full"),
        ("5.3.4", "size"),
        ("5.7.1", "policy"),
        ("4.4.7", "system"),
    ],
)
def test_the_reason_is_read_from_the_code_where_words_say_nothing(status: str, reason: str) -> None:
    assert failed("550 x", status).reason == reason


@pytest.mark.parametrize(
    ("diagnostic", "status", "code"),
    [
        ("550 5.1.1 unknown", "5.0.0", "5.1.1"),  # the remote server knows better than the generic code
        ("550 5.7.1 blacklisted", "5.1.1", "5.7.1"),
        ("550 no", "5.1.1", "5.1.1"),
        ("550 5.0.0 no", "5.1.1", "5.1.1"),
        ("host c.example[5.1.2.3] said: 550 no", "5.0.0", "5.0.0"),  # an address is no code
        ("550-5.2.1 The account is disabled", "5.0.0", "5.2.1"),
    ],
)
def test_the_most_telling_code_is_taken(diagnostic: str, status: str, code: str) -> None:
    assert failed(diagnostic, status).code == code


def test_only_those_who_did_not_get_the_mail_are_named() -> None:
    bounce = dsn(
        b"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@c.example\nAction: relayed\nStatus: 2.0.0\n\n"
        b"Final-Recipient: rfc822; b@c.example\nAction: failed\nStatus: 5.1.1\n\n"
        b"Final-Recipient: rfc822; c@c.example\nAction: delayed\nStatus: 4.0.0"
    )
    assert (bounce.recipients, bounce.action, bounce.code) == (("b@c.example",), "failed", "5.1.1")


def test_the_address_that_was_written_to_comes_before_where_it_was_forwarded() -> None:
    bounce = dsn(
        b"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; new@other.example\n"
        b"Original-Recipient: rfc822; ann@c.example\nAction: failed\nStatus: 5.1.1"
    )
    assert bounce.recipients == ("ann@c.example", "new@other.example")


def test_the_failed_mail_is_named_by_its_headers_or_by_what_the_report_answers() -> None:
    fields = b"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@c.example\nAction: failed\nStatus: 5.1.1"
    assert dsn(fields).message_id == "d1@desk.example"
    assert (
        dsn(fields, original=b"Subject: x\nMessage-ID:\n <folded@desk.example>\n\n").message_id == "folded@desk.example"
    )
    mail = parse_mail(
        b"From: MAILER-DAEMON@mx.example\nIn-Reply-To: <d2@desk.example>\nSubject: Undelivered\n\n"
        b"<ann@c.example>: 550 5.1.1 user unknown\n"
    )
    assert mail.bounce is not None
    assert mail.bounce.message_id == "d2@desk.example"


def test_a_report_whose_parts_fell_apart_is_still_read() -> None:
    mail = parse_mail(
        b"From: MAILER-DAEMON@mx.example\nTo: help@desk.example\nSubject: Returned mail\n\nSorry.\n\n"
        b"Final-Recipient: rfc822; ann@c.example\nAction: failed\nStatus: 5.2.2\n\n" + ORIGINAL
    )
    assert mail.bounce is not None
    assert (mail.bounce.recipients, mail.bounce.code) == (("ann@c.example",), "5.2.2")
    assert mail.bounce.message_id == "d1@desk.example"


def test_a_warning_is_a_delay() -> None:
    mail = parse_mail(
        b"From: MAILER-DAEMON@mx.example\nSubject: Warning: could not send message for past 4 hours\n\n"
        b"THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\n"
        b"Delivery to the following recipient has been delayed:\n\n  ann@c.example\n"
    )
    assert mail.bounce is not None
    assert (mail.bounce.action, mail.bounce.code) == ("delayed", "4.0.0")


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        (b"ann@c.example", b"not delivered", b"The parcel was not delivered to bob@c.example, user unknown!"),
        (b"Mail Delivery <info@parcels.example>", b"Your parcel", b"It could not be delivered to ann@c.example today."),
        (b"ann@c.example", b"Re: Undelivered Mail", b"I got this: 550 5.1.1 user unknown for bob@c.example. Why?"),
        (b"MAILER-DAEMON@mx.example", b"Your quarantine", b"You have 3 new messages."),
        (b"ann@c.example", b"Automatic reply: chairs", b"I cannot be reached, write to bob@c.example."),
    ],
)
def test_what_people_and_companies_write_is_no_report(sender: bytes, subject: bytes, body: bytes) -> None:
    assert parse_mail(b"From: " + sender + b"\nSubject: " + subject + b"\n\n" + body).bounce is None
