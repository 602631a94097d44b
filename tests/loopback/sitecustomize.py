"""Python programs of the tests talk to loopback alone: what goes elsewhere is refused, as where there is no network.

tests/conftest.py loads this into the tests themselves, and puts the folder on PYTHONPATH for the programs that they
start: Python loads a module of this name by itself.
"""

from __future__ import annotations

import errno
import socket
import sys
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent
REFUSED: Final[list[str]] = sys.__dict__.setdefault("_tests_refused", [])
"""Where this process wanted to go: one list, also where Python has loaded this by itself and the tests do again."""
_HERE: Final = ("", "localhost", "0.0.0.0", "::", "::1")
_CONNECTS: Final = ("socket.connect", "socket.sendto", "socket.sendmsg")
_LOOKS_UP: Final = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


def is_here(host: str) -> bool:
    number = _is_number(host) and host.startswith(("127.", "::ffff:127."))
    return number or host in _HERE or host.endswith(".localhost")


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _CONNECTS:
        address = arguments[1]
        if isinstance(address, tuple) and not is_here(str(address[0])):
            REFUSED.append(str(address[0]))
            raise OSError(errno.ENETUNREACH, f"{address[0]} is not on loopback, and tests go nowhere else")
    elif event in _LOOKS_UP:
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0] or "")
        if not is_here(host) and not _is_number(host) and host != socket.gethostname():
            REFUSED.append(host)
            raise socket.gaierror(socket.EAI_NONAME, f"{host} is not on loopback, and tests ask no name server")


def _is_number(host: str) -> bool:
    """An address needs no name server."""
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host.partition("%")[0])
        except OSError:
            continue
        return True
    return False


if not getattr(sys, "_tests_on_loopback", False):
    sys._tests_on_loopback = True  # type: ignore[attr-defined]  # hooks stay: one is enough
    sys.addaudithook(_watch)
