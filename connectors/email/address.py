"""Email addresses: the one spelling that stands for each, and the plus address that carries a conversation's token."""

from __future__ import annotations

import re
import unicodedata

import idna

from hub.sdk import InvalidAddress

_LOCAL = re.compile(r"[^\s\x00-\x1f\x7f<>()\[\],;:\\\"@]{1,64}")
_QUOTED = re.compile(r'"(?:[^"\\\x00-\x1f\x7f]|\\[\x20-\x7e]){1,62}"')
_DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*")
_TOKEN = re.compile(r"[a-z0-9.-]{4,80}")


def normalise(address: str) -> str:
    """Lower case, Unicode composed, the domain as DNS has it (xn--…). Raises InvalidAddress."""
    address = unicodedata.normalize("NFC", address.strip())
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1].strip()
    local, at, domain = address.rpartition("@")
    domain = domain.rstrip(".").lower()
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise InvalidAddress("The part after the @ is not a domain name.") from None
    if not at or not (_LOCAL.fullmatch(local) or _QUOTED.fullmatch(local)):
        raise InvalidAddress("This is not an email address. It should look like name@example.org.")
    if not _DOMAIN.fullmatch(domain):
        raise InvalidAddress("The part after the @ is not a domain name.")
    return f"{local.lower()}@{domain}"


def with_token(address: str, token: str) -> str:
    """support@example.org and k3f9… → support+k3f9…@example.org"""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def token_of(address: str, own: str) -> str:
    """The token that `with_token` put into an own address, "" for every other address."""
    local, _, domain = own.rpartition("@")
    address = address.strip().strip("<>").lower()
    if not address.startswith(f"{local}+") or not address.endswith(f"@{domain}"):
        return ""
    token = address[len(local) + 1 : -len(domain) - 1]
    return token if _TOKEN.fullmatch(token) else ""
