"""Where a webhook may go, and how its receiver knows that it comes from here."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from hub.webhooks.call import signature
from hub.webhooks.guard import check_address, check_url, networks
from hub.webhooks.model import BadReceiver

NOWHERE = [
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::1",
    "2002:c0a8:101::",
    "2001:0:0a00:1::",
    "fec0::1",
]


@pytest.mark.parametrize("address", NOWHERE)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    with pytest.raises(BadReceiver, match="private or reserved"):
        check_address(address, (), encrypted=True)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_public_addresses_are_called_by_https_only(address: str) -> None:
    check_address(address, (), encrypted=True)
    with pytest.raises(BadReceiver, match="https"):
        check_address(address, (), encrypted=False)


def test_networks_that_the_operator_named_may_be_called_and_no_other() -> None:
    private = networks("10.1.0.0/16, fd00::/8")
    for address in ("10.1.2.3", "fd00::5", "::ffff:10.1.2.3"):
        check_address(address, private, encrypted=False)
    for address in ("10.2.0.1", "127.0.0.1", "::1"):
        with pytest.raises(BadReceiver):
            check_address(address, private, encrypted=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "//example.com/",
        "https://",
        "https:///path",
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[fe80::1%25eth0]/",
    ],
)
def test_urls_that_can_never_be_called_are_refused(url: str) -> None:
    with pytest.raises(BadReceiver):
        check_url(url, ())


def test_a_receiver_can_check_the_signature_as_documented() -> None:
    body, secret = b'{"id":1}', "whsec_abc"
    signed = signature(secret, body, 1_700_000_000)
    timestamp, mac = (part.split("=", 1)[1] for part in signed.split(","))
    assert hmac.compare_digest(
        mac, hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    )
