"""Whatever the bytes: an answer, bounded, storable, and no body lost."""

from __future__ import annotations

import importlib.util
import random
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.email.mail import ParsedMail, parse_mail
from connectors.email.mail.parse import MAX_TEXT
from connectors.email.mail.tree import MAX_DEPTH, MAX_PARTS
from hub.inbound.sanitise import sanitise_html

FIXTURES = Path(__file__).parents[2] / "connectors" / "email" / "fixtures"
MUTATIONS = 2_500
MIB = 1024 * 1024
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def strings(mail: ParsedMail) -> Iterator[str]:
    yield from (mail.subject, mail.text, mail.reply_text, mail.html, mail.message_id, mail.reply_token)
    for many in (mail.in_reply_to, mail.references, mail.delivered_to, mail.authentication_results):
        yield from many
    yield from (*mail.defects, *mail.charset_problems)
    senders = (mail.sender,) if mail.sender else ()
    for address in (*mail.from_, *senders, *mail.reply_to, *mail.to, *mail.cc):
        yield from (address.name, address.address)
    for part in mail.parts:
        yield from (part.filename, part.content_type, part.cid, part.note)
    if mail.bounce:
        bounce = mail.bounce
        yield from (*bounce.recipients, bounce.code, bounce.reason, bounce.action)
        yield from (bounce.envelope_id, bounce.message_id, bounce.diagnostic)


def check(raw: bytes) -> ParsedMail:
    """The promises that hold for any bytes."""
    mail = parse_mail(raw)
    for value in strings(mail):
        assert not UNSTORABLE.search(value)
        assert "\r" not in value
    assert mail.date is None or mail.date.utcoffset() is not None
    assert len(mail.parts) <= MAX_PARTS
    assert len(mail.text) <= MAX_TEXT
    assert all(part.size == len(part.content) for part in mail.parts)
    assert mail.reply_text or not mail.text.strip()
    sanitise_html(mail.html)
    return mail


def seeds() -> list[bytes]:
    """The fixtures, and CPython's own mails where this Python has its tests."""
    mails = [path.read_bytes() for path in sorted(FIXTURES.glob("*.eml"))]
    spec = importlib.util.find_spec("test")
    folders = [Path(place) / "test_email" / "data" for place in (spec.submodule_search_locations or ())] if spec else []
    for folder in folders:
        mails += [path.read_bytes() for path in sorted(folder.glob("*.txt"))]
    return mails


PIECES = [
    b"\r\n",
    b"\n\n",
    b"\r",
    b"\x00",
    b"\xff\xfe",
    b"\xc3",
    b"=?utf-8?B?",
    b"=?x?q?",
    b'"',
    b"(",
    b"<",
    b"\\",
    b"--",
    b"--=_b1\r\n",
    b"--=_b1--\r\n",
    b"Content-Type: multipart/mixed; boundary=x\n",
    b"; charset=utf-7",
    b"; charset=idna",
    b"; charset=hz",
    b"; boundary*0*=''%",
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Type: message/rfc822\n\n",
    b"<blockquote>",
    b"</div>",
    b"On 1.1.2020 a@b.c wrote:\n",
    b"From: a@b.c\n",
    b"Final-Recipient: rfc822;a@b.c\n",
    b"MAILER-DAEMON",
    b"=\n",
    b"begin 644 x\n",
]


def mutated(chance: random.Random, mails: list[bytes]) -> bytes:
    raw = bytearray(chance.choice(mails)[:30_000])
    for _ in range(chance.randint(1, 10)):
        at = chance.randrange(len(raw) + 1)
        kind = chance.randrange(6)
        if kind == 0 and raw:
            raw[at % len(raw)] = chance.randrange(256)
        elif kind == 1:
            del raw[at : at + chance.randint(1, 200)]
        elif kind == 2:
            raw[at:at] = chance.randbytes(chance.randint(1, 20))
        elif kind == 3:
            other = chance.choice(mails)
            start = chance.randrange(len(other) + 1)
            raw[at:at] = other[start : start + chance.randint(1, 500)]
        elif kind == 4:
            raw[at:at] = chance.choice(PIECES)
        else:
            del raw[at:]
    return bytes(raw)


def test_every_mutation_of_every_mail_is_understood() -> None:
    chance = random.Random(20_250_303)
    mails = seeds()
    assert len(mails) >= 60
    for number in range(MUTATIONS):
        raw = mutated(chance, mails)
        try:
            check(raw)
        except Exception as error:
            error.add_note(f"mutation {number}: {raw!r}")
            raise


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_mail(raw: bytes) -> None:
    check(raw)


HEADER_NAMES = st.sampled_from(
    [
        "From",
        "To",
        "Cc",
        "Subject",
        "Date",
        "Message-ID",
        "References",
        "In-Reply-To",
        "Reply-To",
        "Sender",
        "Content-Type",
        "Content-Disposition",
        "Content-Transfer-Encoding",
        "Content-ID",
        "Delivered-To",
        "Auto-Submitted",
        "List-Id",
        "Return-Path",
        "X-Failed-Recipients",
    ]
)
HEADER_VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "text/plain",
            "text/html; charset=utf-8",
            "multipart/mixed; boundary=b",
            "multipart/alternative; boundary=c",
            "multipart/report; report-type=delivery-status; boundary=b",
            "message/delivery-status",
            "message/rfc822",
            "base64",
            "quoted-printable",
            "x-uuencode",
            "attachment; filename*0*=utf-8''%e4; filename*1=b",
            "inline",
            "=?utf-8?q?a=C3?= =?utf-8?q?=A4?=",
            "=?gb2312?B?!!!!?=",
            '"a\\"b" <a@b.c>, c@d.e',
            "a: b@c.d, e;",
            "<a@b> <c@d>",
            "MAILER-DAEMON@x.y",
            "Mon, 99 Foo 20250 99:99:99 +9999",
            "Mon, 1 Jan 0001 00:00:00 +2359",
        ]
    ),
)
BODIES = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from(
            [
                "--b",
                "--b--",
                "--c",
                "--c--",
                "> quoted",
                "On 1.1.2020, a@b.c wrote:",
                "-- ",
                "From: a@b.c",
                "Sent: 1.1.2020",
                "Subject: x",
                "Final-Recipient: rfc822; a@b.c",
                "Action: failed",
                "Status: 5.1.1",
                "",
                "<p>",
                "<blockquote>",
                "Content-Type: text/html",
                "user unknown",
                "<a@b.c>: 550 no",
            ]
        ),
    ),
    max_size=25,
).map("\n".join)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(HEADER_NAMES, HEADER_VALUES), max_size=10),
    BODIES,
    st.sampled_from(["utf-8", "latin-1", "utf-16", "gb18030"]),
)
def test_any_mail_of_mail_like_pieces_is_understood(fields: list[tuple[str, str]], body: str, charset: str) -> None:
    header = "".join(f"{name}: {value}\n" for name, value in fields)
    check(header.encode("utf-8", "surrogatepass") + b"\n" + body.encode(charset, "replace"))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=300))
def test_no_word_of_a_plain_body_is_lost(body: str) -> None:
    mail = check(b"From: a@b.c\nContent-Type: text/plain; charset=utf-8\n\n" + body.encode())
    assert mail.text.split() == body.split()


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([path.stem for path in sorted(FIXTURES.glob("reply__*.eml"))]), st.data())
def test_a_body_is_never_lost_with_its_structure(name: str, data: st.DataObject) -> None:
    """Whatever happens to the header, the words of the body are somewhere: in the text or in a part."""
    raw = (FIXTURES / f"{name}.eml").read_bytes()
    end = raw.index(b"\r\n\r\n")
    at = data.draw(st.integers(0, end))
    length = data.draw(st.integers(0, 60))
    mail = check(raw[:at] + raw[at + length :] if at + length < end else raw[:at] + raw[end:])
    shown = " ".join([mail.text, mail.html, *(part.content.decode("latin-1") for part in mail.parts)])
    assert "chair" in shown


def peak(raw: bytes) -> tuple[ParsedMail, int]:
    """The mail, and the most memory that was allocated while it was parsed, beyond the mail itself."""
    tracemalloc.start()
    try:
        mail = parse_mail(raw)
        return mail, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_mail_of_30_mb_takes_little_more_than_its_content() -> None:
    content = (b"A" * 76 + b"\r\n") * 390_000
    raw = (
        b"From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n--b\r\n"
        b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + content
        + b"--b--\r\n"
    )
    mail, memory = peak(raw)
    assert mail.text == "hello"
    assert mail.parts[0].size == 390_000 * 57
    assert memory < 60 * MIB


@pytest.mark.parametrize(
    "body",
    [
        b"hello world\n" * 2_500_000,
        b"Content-Type: text/html\n\n" + b"<p>hello</p>\n" * 2_300_000,
        b"Content-Type: text/html\n\n" + b"<div>" * 6_000_000,
        b"\x00" * 30_000_000,
        b"X-Header: value\n" * 1_900_000,
        b"Subject: " + b"a" * 30_000_000 + b"\n\nhello",
        b"To: " + b"a@b.c, " * 4_000_000 + b"\n\nhello",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 7_000_000,
        b"=?utf-8?q?" * 3_000_000,
        b"> " * 15_000_000,
    ],
    ids=[
        "text",
        "html",
        "deep html",
        "NULs",
        "header lines",
        "one header",
        "addresses",
        "boundaries",
        "words",
        "quotes",
    ],
)
def test_no_mail_of_30_mb_takes_much_memory(body: bytes) -> None:
    assert peak(body)[1] < 250 * MIB


def test_a_hundred_thousand_parts_are_kept_as_a_thousand() -> None:
    part = b"--b\nContent-Type: image/png; name=a.png\n\nx\n"
    mail = check(b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 100_000 + b"--b--\n")
    assert len(mail.parts) == MAX_PARTS
    assert mail.defects == (f"more than {MAX_PARTS} parts",)
    assert mail.parts[-1].size > 99_000 * (len(part) - 1)  # nothing is lost: the last one holds the rest


def test_ten_thousand_nested_parts_end_at_the_limit_with_the_rest_as_text() -> None:
    opening = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(10_000))
    mail = check(opening + b"\nthe innermost text\n")
    assert f"parts nested more than {MAX_DEPTH} deep" in mail.defects
    assert "the innermost text" in mail.text


def test_ten_thousand_nested_messages_are_one_part() -> None:
    mail = check(b"Content-Type: message/rfc822\n\n" * 10_000 + b"Subject: x\n\ninnermost")
    assert [part.note for part in mail.parts] == ["embedded message"]


def test_a_header_of_any_length_leaves_the_body_readable() -> None:
    for header in (b"X-A: b\n" * 1_000_000, b"Subject: " + b"a" * 5_000_000 + b"\n"):
        mail = check(header + b"\nthe text\n")
        assert mail.text == "the text"
        assert any("header cut" in defect for defect in mail.defects)


def test_html_nested_deeper_than_any_parser_goes_keeps_its_text() -> None:
    mail = check(b"Content-Type: text/html\n\n" + b"<div>" * 50_000 + b"the text")
    assert mail.text == "the text"


def test_the_unreadable_is_shown_raw() -> None:
    mail = check(
        b"From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\n--b--\nthe rest"
    )
    assert "the rest" in mail.text
    assert "no readable part: raw text shown" in mail.defects
