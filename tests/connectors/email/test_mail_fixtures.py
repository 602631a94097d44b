"""Each mail under fixtures/ and what it says: `event__variant.eml`, written for the cases of the mail facts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.email.mail import Address, Bounce, ParsedMail, parse_mail
from hub.inbound.sanitise import sanitise_html

FIXTURES = Path(__file__).parent / "fixtures"
NEW = "The chair is still missing. Can you help?"
CLOSED = "closing boundary missing"


def read(name: str) -> ParsedMail:
    return parse_mail((FIXTURES / f"{name}.eml").read_bytes())


def squashed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.glob("*__*.eml")))
def test_every_fixture_is_understood_the_same_with_any_line_ends(name: str) -> None:
    raw = (FIXTURES / f"{name}.eml").read_bytes()
    crlf, lf = parse_mail(raw), parse_mail(raw.replace(b"\r\n", b"\n"))
    assert (crlf.text, crlf.reply_text, crlf.subject, crlf.to) == (lf.text, lf.reply_text, lf.subject, lf.to)
    assert [part.filename for part in crlf.parts] == [part.filename for part in lf.parts]


@pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.glob("reply__*.eml")))
def test_the_new_text_of_a_reply_stands_alone(name: str) -> None:
    mail = read(name)
    assert squashed(mail.reply_text) == NEW
    if "plus" not in name and "no_message" not in name:
        assert "parcel is on its way" in mail.text  # the full text is one click away


def test_a_reply_names_what_it_answers() -> None:
    mail = read("reply__gmail")
    assert mail.from_ == (Address("Ann Customer", "ann@customer.example"),)
    assert mail.message_id == "c1@customer.example"
    assert mail.in_reply_to == ("d1@desk.example",)
    assert mail.references == ("d0@desk.example", "d1@desk.example")
    assert mail.date == datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
    assert mail.delivered_to == ("help@desk.example",)
    assert not mail.auto_submitted
    assert not mail.is_list
    assert mail.bounce is None


def test_the_token_of_a_plus_address() -> None:
    assert read("reply__plus_address").reply_token == "a1b2c3.d4"
    assert read("reply__gmail").reply_token == ""


def test_a_missing_message_id_is_empty() -> None:
    assert read("reply__no_message_id").message_id == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("new__utf8_base64", "Größe: fünf Stühle für 20 €"),
        ("new__latin1_declared_as_ascii", "Größe: fünf Stühle für 20 €"),
        ("new__utf8_declared_as_latin1", "Größe: fünf Stühle"),
        ("new__iso_2022_jp", "椅子が届きません。"),
        ("new__koi8_r", "Где мой стул?"),
        ("new__gb2312", "我的椅子在哪里？镕"),
        ("new__unknown_charset", "Größe: fünf"),
        ("new__no_header", "Just a text without any header at all. Second line."),
        ("new__windows_junk_in_header", "Größe"),
        ("new__empty", ""),
        ("broken__wrong_boundary", "Größe fünf"),
        ("broken__no_boundary", NEW),
        ("broken__unclosed_multipart", NEW),
        ("broken__plain_text_as_base64", NEW),
        ("broken__html_without_end", NEW),
        ("broken__mbox_line", NEW),
        ("broken__utf16_without_bom", "Größe \ufffd"),
        ("inline__apple_text_image_text", "Before the picture. After the picture."),
        ("list__mailing_list", f"{NEW} {'_' * 47} users mailing list users@lists.example https://lists.example/users"),
    ],
)
def test_the_text_is_readable(name: str, text: str) -> None:
    assert squashed(read(name).text) == text


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("new__utf8_base64", "Rückfrage zur Bestellung – 一二"),
        ("new__iso_2022_jp", "椅子について"),
        ("new__raw_8bit_header", "Größe fünf"),
        ("new__split_encoded_word", "Größe"),
        ("new__no_date_no_subject", ""),
    ],
)
def test_the_subject_is_readable(name: str, subject: str) -> None:
    assert read(name).subject == subject


def test_addresses_of_every_notation() -> None:
    mail = read("new__outlook_addresses")
    assert mail.to == (
        Address("Lee, Ann", "ann@a.example"),
        Address("", "bob@b.example"),
        Address("Céline", "c@c.example"),
    )
    assert mail.cc == (Address("", "d@d.example"), Address("a comment", "e@e.example"))
    assert mail.reply_to == (Address("Jörg", "j@j.example"),)
    assert mail.sender == Address("", "office@customer.example")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("attachment__pdf_and_image", ["Rechnung.pdf", "Stühle und Tische.png"]),
        ("attachment__encoded_word_name", ["Übersicht.xlsx"]),
        ("attachment__path_in_name", ["passwd.sh"]),
        ("attachment__text_file", ["log.txt"]),
        ("attachment__only", ["a.png"]),
        ("attachment__uuencoded", ["a.txt"]),
        ("embedded__forwarded_as_attachment", ["Größe 1.eml"]),
        ("broken__wrong_boundary", ["a.png"]),
    ],
)
def test_attachments_are_listed_by_their_names(name: str, parts: list[str]) -> None:
    assert [part.filename for part in read(name).parts] == parts


def test_attachments_are_decoded() -> None:
    (pdf, _), (unix,) = read("attachment__pdf_and_image").parts, read("attachment__uuencoded").parts
    assert (pdf.content, pdf.size, pdf.content_type) == (b"%PDF-1.4 test", 13, "application/pdf")
    assert unix.content == b"hello"


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("calendar__invitation", ["calendar"]),
        ("embedded__forwarded_as_attachment", ["embedded message"]),
        ("embedded__winmail", ["Outlook data (winmail.dat)"]),
        ("signed__pgp", ["signed (PGP)"]),
        ("signed__smime", ["signed (S/MIME)"]),
        ("encrypted__pgp", ["encrypted (PGP)", "encrypted (PGP)"]),
        ("encrypted__smime", ["encrypted (S/MIME)"]),
        ("bounce__mailbox_full", ["delivery report", "embedded message"]),
    ],
)
def test_parts_are_shown_as_what_they_are(name: str, notes: list[str]) -> None:
    assert [part.note for part in read(name).parts] == notes


def test_an_inline_image_is_found_by_its_content_id() -> None:
    mail = read("inline__image_by_cid")
    (image,) = mail.parts
    assert (image.cid, image.inline) == ("img1@x", True)
    safe = sanitise_html(mail.html, cid={image.cid: "/files/1"})
    assert 'src="/files/1"' in safe.html
    assert safe.remote_images == 1


def test_automatic_mail_and_lists_are_recognised() -> None:
    assert read("automatic__out_of_office").auto_submitted
    assert read("automatic__out_of_office").bounce is None
    assert read("automatic__autoreply_old_style").auto_submitted
    mail = read("list__mailing_list")
    assert mail.is_list
    assert not mail.auto_submitted
    assert squashed(mail.reply_text) == NEW


@pytest.mark.parametrize(
    ("name", "recipients", "code", "reason", "action", "envelope_id"),
    [
        ("postfix_unknown_user", ["ann"], "5.1.1", "recipient", "failed", "attempt-77"),
        ("mailbox_full", ["ann"], "5.2.2", "full", "failed", ""),
        ("delayed", ["ann"], "4.4.1", "system", "delayed", ""),
        ("relayed_success", ["ann"], "2.0.0", "system", "delivered", "attempt-78"),
        ("two_recipients", ["ann", "bob"], "5.7.1", "policy", "failed", ""),
        ("exim_words", ["ann"], "5.1.1", "recipient", "failed", ""),
        ("qmail_words", ["ann"], "5.1.1", "recipient", "failed", ""),
        ("german_words", ["ann"], "5.0.0", "recipient", "failed", ""),
    ],
)
def test_delivery_reports(
    name: str, recipients: list[str], code: str, reason: str, action: str, envelope_id: str
) -> None:
    bounce = read(f"bounce__{name}").bounce
    assert bounce == Bounce(
        recipients=tuple(f"{one}@customer.example" for one in recipients),
        code=code,
        reason=reason,
        action=action,
        envelope_id=envelope_id,
        message_id="d1@desk.example",
        diagnostic=bounce.diagnostic if bounce else "",
    )


@pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.glob("bounce__not_one_*.eml")))
def test_people_may_write_about_bounces(name: str) -> None:
    assert read(name).bounce is None


@pytest.mark.parametrize(
    ("name", "defects"),
    [
        ("broken__wrong_boundary", ("boundary taken from the body",)),
        ("broken__no_boundary", ("multipart without parts",)),
        ("broken__unclosed_multipart", (CLOSED,)),
        ("new__windows_junk_in_header", ("line in the header that is no header",)),
        ("reply__gmail", ()),
    ],
)
def test_repairs_are_told(name: str, defects: tuple[str, ...]) -> None:
    assert read(name).defects == defects


def test_charsets_that_were_wrong_are_told() -> None:
    assert read("new__utf8_declared_as_latin1").charset_problems == ("declared iso-8859-1, is utf-8",)
    assert read("new__unknown_charset").charset_problems == ("unknown charset 'x-invented-1', read as utf-8",)
    assert read("new__gb2312").charset_problems == ()
