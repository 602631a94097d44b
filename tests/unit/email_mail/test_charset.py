"""Bytes to text, whatever the mail claims about them."""

from __future__ import annotations

import codecs

import pytest

from connectors.email.mail.charset import clean, decode

GERMAN = "Größe: fünf Stühle für 20 €"


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        (GERMAN.encode(), "utf-8", GERMAN),
        (GERMAN.encode(), "UTF8", GERMAN),
        (GERMAN.encode(), "", GERMAN),
        (GERMAN.encode(), "iso-8859-1", GERMAN),  # mislabelled
        (GERMAN.encode("cp1252"), "iso-8859-1", GERMAN),  # the euro sign is in no ISO-8859-1
        (GERMAN.encode("cp1252"), "us-ascii", GERMAN),
        (GERMAN.encode("cp1252"), "utf-8", GERMAN),
        (GERMAN.encode("cp1252"), "unknown-8bit", GERMAN),
        (GERMAN.encode("iso-8859-15"), "iso-8859-15", GERMAN),
        (codecs.BOM_UTF8 + GERMAN.encode(), "us-ascii", GERMAN),
        (codecs.BOM_UTF16_LE + GERMAN.encode("utf-16le"), "", GERMAN),
        ("我的椅子镕".encode("gb18030"), "gb2312", "我的椅子镕"),
        ("①㈱".encode("cp932"), "shift_jis", "①㈱"),
        ("椅子".encode("iso2022_jp"), "iso-2022-jp", "椅子"),
        ("椅子".encode("iso2022_jp"), "", "椅子"),
        ("똠".encode("cp949"), "ks_c_5601-1987", "똠"),
        ("ไทย".encode("cp874"), "tis-620", "ไทย"),
        ("שלום".encode("iso-8859-8"), "iso-8859-8-i", "שלום"),
        ("Где".encode("koi8-r"), "koi8-r", "Где"),
        (b"\x81\x8d\x8f", "windows-1252", "\x81\x8d\x8f"),
        (b"plain", "x-invented", "plain"),
        (b"plain", "base64", "plain"),
        (b"plain", "idna", "plain"),
        (b"plain", "../../etc/passwd", "plain"),
        (b"plain", "\x00", "plain"),
        (b"", "utf-8", ""),
    ],
)  # fmt: skip
def test_decode(data: bytes, declared: str, expected: str) -> None:
    assert decode(data, declared)[0] == expected


def test_a_single_broken_byte_does_not_change_the_charset() -> None:
    text, problem = decode(GERMAN.encode() * 20 + b"\xff" + GERMAN.encode() * 20, "utf-8")
    assert text.count("\ufffd") == 1
    assert problem == "1 bytes are not utf-8"


def test_clean_text_can_be_stored_and_shown() -> None:
    assert clean("a\x00b\r\nc\rd\ud800e\x1b\tf") == "ab\nc\nde\tf"
