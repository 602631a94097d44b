"""Header values as mailers really write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from connectors.email.mail import headers
from connectors.email.mail.model import Address


def raw(value: bytes) -> str:
    """As the header reader hands values out."""
    return value.decode("ascii", "surrogateescape")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("folded\r\n over\r\n\tlines", "folded over lines"),
        ("=?utf-8?q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        ("=?UTF-8?B?R3LDtsOfZQ==?=", "Größe"),
        ("=?iso-8859-1?q?Gr=F6=DFe?= und =?utf-8?q?mehr?=", "Größe und mehr"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),  # the blank between two encoded words does not count
        ("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        ("=?utf-8?q?=C3?= =?utf-8?q?=A4?=", "ä"),  # split inside a character
        ("=?utf-8?q?a_b?=", "a b"),
        ("=?utf-8*en?q?a?=", "a"),  # RFC 2231 language
        ("=?utf-8?Q?with spaces inside?=", "with spaces inside"),
        ("=?utf-8?B?R3LDtsOfZQ?=", "Größe"),  # padding missing
        ("=?utf-8?q?cut off", "cut off"),
        ("=?gb2312?B?ztK1xNLO19M=?=", "我的椅子"),
        ("=?x-nonsense?q?a=E4?=", "aä"),
        ("=?not a word", "=?not a word"),
        ("a =?= b", "a =?= b"),
        (raw("Größe".encode()), "Größe"),
        (raw("Größe".encode("latin-1")), "Größe"),
        ("a\x00b\x1bc", "abc"),
    ],
)
def test_text(value: str, expected: str) -> None:
    assert headers.text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ann@a.example", [("", "ann@a.example")]),
        ("Ann <ann@a.example>", [("Ann", "ann@a.example")]),
        ('"Lee, Ann (Sales)" <ann@a.example>', [("Lee, Ann (Sales)", "ann@a.example")]),
        ("ann@a.example (Ann Lee)", [("Ann Lee", "ann@a.example")]),
        ("a@a.example, b@b.example; c@c.example", [("", "a@a.example"), ("", "b@b.example"), ("", "c@c.example")]),
        (
            "Team: a@a.example, b@b.example;, c@c.example",
            [("", "a@a.example"), ("", "b@b.example"), ("", "c@c.example")],
        ),
        ("undisclosed-recipients:;", []),
        ("=?utf-8?q?J=C3=B6rg?= <j@a.example>", [("Jörg", "j@a.example")]),
        ("=?utf-8?q?J=C3=B6rg_=3Cj=40a.example=3E?=", [("Jörg", "j@a.example")]),
        ('"=?utf-8?q?J=C3=B6rg?=" <j@a.example>', [("Jörg", "j@a.example")]),
        ("'Ann' <'ann@a.example'>", [("Ann", "ann@a.example")]),
        ("<mailto:ann@a.example>", [("", "ann@a.example")]),
        ("Ann < ann@a.example >", [("Ann", "ann@a.example")]),
        ("ann@a.example <ann@a.example>", [("ann@a.example", "ann@a.example")]),
        ('"Ann" ann@a.example', [("Ann", "ann@a.example")]),
        ("Ann <ann@a.example", [("Ann", "ann@a.example")]),
        ('"ann lee"@a.example', [("", '"ann lee"@a.example')]),
        ("ann@a.example www.a.example", [("", "ann@a.example")]),
        ("nobody", []),
        ("", []),
    ],
)
def test_addresses(value: str, expected: list[tuple[str, str]]) -> None:
    assert headers.addresses([value]) == tuple(Address(*one) for one in expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<a@b>", ("a@b",)),
        ("<a@b>\r\n <c@d>,<e@f>", ("a@b", "c@d", "e@f")),
        ("<a@b> <a@b>", ("a@b",)),
        ("<a@\r\n b>", ("a@b",)),
        ("a@b c@d", ("a@b", "c@d")),  # brackets left out
        ("Your message of Monday <a@b>", ("a@b",)),
        ("nothing", ()),
        ("<>", ()),
    ],
)
def test_ids(value: str, expected: tuple[str, ...]) -> None:
    assert headers.ids(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Mon, 03 Mar 2025 10:00:00 +0100", datetime(2025, 3, 3, 9, 0, tzinfo=UTC)),
        ("3 Mar 2025 10:00 GMT", datetime(2025, 3, 3, 10, 0, tzinfo=UTC)),
        ("Mon, 03 Mar 2025 10:00:00", datetime(2025, 3, 3, 10, 0, tzinfo=UTC)),
        ("Mon, 03 Mar 2025 10:00:00 -0000 (UTC)", datetime(2025, 3, 3, 10, 0, tzinfo=UTC)),
        ("Fri, 31 Dec 9999 23:00:00 -1200", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_date(value: str, expected: datetime | None) -> None:
    assert headers.date(value) == expected


@pytest.mark.parametrize(
    ("value", "main", "parameters"),
    [
        ("text/plain", "text/plain", {}),
        ('TEXT/Plain; Charset="utf-8"; x=y', "text/plain", {"charset": "utf-8", "x": "y"}),
        ('attachment; filename="a;b=\\"c\\".txt"', "attachment", {"filename": 'a;b="c".txt'}),
        ("attachment; filename*=utf-8'de'Gr%C3%B6%C3%9Fe.txt", "attachment", {"filename": "Größe.txt"}),
        ("attachment; filename*1=b.txt; filename*0=a", "attachment", {"filename": "ab.txt"}),
        ("attachment; filename=x.txt; filename*=utf-8''y.txt", "attachment", {"filename": "y.txt"}),
        ('attachment; filename="=?utf-8?q?Gr=C3=B6=C3=9Fe?="', "attachment", {"filename": "Größe"}),
        (raw("attachment; filename=Größe.txt".encode()), "attachment", {"filename": "Größe.txt"}),
        ("attachment; filename=with blanks.txt", "attachment", {"filename": "with blanks.txt"}),
        ('attachment; filename="unclosed.txt', "attachment", {"filename": "unclosed.txt"}),
        ("attachment; filename*=nonsense''%ff", "attachment", {"filename": "ÿ"}),
    ],
)
def test_parameters(value: str, main: str, parameters: dict[str, str]) -> None:
    assert headers.parameters(value) == (main, parameters)
