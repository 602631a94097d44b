"""The chat's pure parts: which sites are allowed, limits, frames."""

from __future__ import annotations

import pytest

from connectors.webchat import protocol, settings, wire
from connectors.webchat.limits import Buckets, source
from hub.sdk import ConfigurationError

ALLOWED = ("https://www.example.com", "https://*.example.org", "http://localhost:8000")


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://www.example.com", True),
        ("HTTPS://WWW.EXAMPLE.COM", True),
        ("https://example.com", False),
        ("http://www.example.com", False),
        ("https://www.example.com.evil.test", False),
        ("https://www.example.com:8443", False),
        ("https://shop.example.org", True),
        ("https://a.b.example.org", True),
        ("https://example.org", False),
        ("https://evilexample.org", False),
        ("http://shop.example.org", False),
        ("http://localhost:8000", True),
        ("null", False),
        ("", False),
    ],
)
def test_only_the_sites_of_the_list_are_allowed(origin: str, allowed: bool) -> None:
    assert settings.allows(ALLOWED, origin) is allowed


@pytest.mark.parametrize(
    "line", ["example.com", "https://a b", "https://x/path", "*", "https://x; script-src *", "'self'"]
)
def test_what_is_no_site_is_refused_before_it_reaches_a_header(line: str) -> None:
    with pytest.raises(ConfigurationError):
        settings.origins({"origins": f"https://www.example.com\n{line}"})


def test_a_bucket_gives_its_burst_and_then_as_it_refills_and_forgets_the_oldest_key() -> None:
    clock = [0.0]
    buckets = Buckets(2, 0.5, keys=2, now=lambda: clock[0])
    assert [buckets.take("a") for _ in range(3)] == [True, True, False]
    clock[0] = 2.0
    assert [buckets.take("a") for _ in range(2)] == [True, False]
    assert buckets.take("b")
    assert buckets.take("c")
    assert buckets.take("a"), "forgotten, and so allowed again"


def test_a_message_is_judged_before_it_is_stored() -> None:
    def problem(**frame: object) -> str | None:
        found = protocol.written({"cid": "c", "text": "Hello", **frame})
        return None if found is None else found.problem

    assert problem() == ""
    assert problem(text=" ")
    assert problem(text="", uploads=["u"]) == ""
    assert problem(text="x" * (wire.MAX_TEXT + 1))
    assert problem(uploads=["u"] * (wire.MAX_UPLOADS + 1))
    assert problem(text=5)
    assert problem(uploads=[5])
    assert problem(cid="with space") is None
    assert problem(cid=None) is None


def test_what_the_page_says_of_the_visitor_is_short_and_plain() -> None:
    values = {"plan": "gold\r\nBcc: x", "orders": 3, "list": [1], "long": "x" * 999, **{f"k{n}": n for n in range(99)}}
    found = protocol.attributes({"values": values})
    assert found["plan"] == "gold Bcc: x"
    assert found["orders"] == 3
    assert "list" not in found
    assert len(str(found["long"])) == protocol.MAX_VALUE
    assert len(found) <= protocol.MAX_ATTRIBUTES
    assert protocol.attributes({"values": "x"}) == {}


def test_visitors_are_counted_by_address_but_not_as_one_behind_a_silent_proxy() -> None:
    assert source("192.0.2.1", "v") == "192.0.2.1"
    assert source("2001:db8::1", "v") == "2001:db8::1"
    assert source("127.0.0.1", "v") == source("::1", "v") == source("", "v") == "v"
