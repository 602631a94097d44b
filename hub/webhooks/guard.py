"""Which addresses a webhook may call: the public internet's, and those that the operator has named.

A name is resolved once for each connection, every address it has is judged, and the connection goes to one of those
very addresses: a name server that answers differently the second time changes nothing. There are no redirects, no
proxies of the environment, and no more of an answer is read than its beginning.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from hub.webhooks.model import BadReceiver

Network = IPv4Network | IPv6Network
_NAT64: Final = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_ELSEWHERE: Final = "Use an address on the public internet, or have it named in the setting webhook_private_networks."


def networks(setting: str) -> tuple[Network, ...]:
    """As the setting webhook_private_networks says them."""
    return tuple(ip_network(one) for one in filter(None, map(str.strip, setting.split(","))))


def check_url(url: str, private: Sequence[Network]) -> None:
    """Raises BadReceiver for what can never be called, as far as that is known without resolving the name."""
    try:
        parts, parsed = urlsplit(url), URL(url)
        port = parts.port
    except ValueError:
        raise BadReceiver("This is not a web address. Write it as https://example.com/path.") from None
    host = parsed.host or ""
    if parts.scheme not in ("https", "http") or not host or port == 0:
        raise BadReceiver("This is not a web address. Write it as https://example.com/path.")
    if parts.username is not None or parts.password is not None:
        raise BadReceiver("The address holds a name or a password. Leave them out: the signature proves who calls.")
    if parts.scheme == "http" and not private:
        raise BadReceiver("The receiver must have https. " + _ELSEWHERE)
    literal = _literal(host)
    if literal is None and host.rstrip(".").rpartition(".")[2][:1].isdigit():
        raise BadReceiver("The address is a number in an unusual spelling. Write its name, or four numbers.")
    if literal is not None:
        check_address(literal, private, encrypted=parts.scheme == "https")


def check_address(address: str, private: Sequence[Network], *, encrypted: bool) -> None:
    """Raises BadReceiver unless the address is public (and the way there encrypted), or one that was named."""
    found = ip_address(address.partition("%")[0])
    every = [found, *_inside(found)]
    if any(one in network for one in every for network in private if network.version == one.version):
        return
    if not all(_public(one) for one in every):
        raise BadReceiver("The address belongs to a private or reserved network. " + _ELSEWHERE)
    if not encrypted:
        raise BadReceiver("The receiver must have https.")


def _public(address: IPv4Address | IPv6Address) -> bool:
    if any(address in network for network in _NAT64 if address.version == 6):
        return True  # judged by the address inside
    if isinstance(address, IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _inside(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The IPv4 addresses that an IPv6 address leads to."""
    if address.version == 4:
        return []
    assert isinstance(address, IPv6Address)
    inside: list[IPv4Address | IPv6Address] = [one for one in (address.ipv4_mapped, address.sixtofour) if one]
    if address.teredo is not None:
        inside += address.teredo
    if any(address in network for network in _NAT64):
        inside.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return inside


def _literal(host: str) -> str | None:
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        return None


class GuardedResolver(AbstractResolver):
    """Gives only addresses that may be called; the connection is made to what it gives. Raises BadReceiver."""

    def __init__(
        self, private: Sequence[Network], *, encrypted: bool, resolver: AbstractResolver | None = None
    ) -> None:
        self._private = private
        self._encrypted = encrypted
        self._resolver = resolver or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        for one in found:
            check_address(one["host"], self._private, encrypted=self._encrypted)
        return found

    async def close(self) -> None:
        await self._resolver.close()
