"""Free ports on loopback, and waiting for somebody to listen on one, or for nobody to."""

from __future__ import annotations

import atexit
import socket
import time

_kept: list[socket.socket] = []


def free_port() -> int:
    """A port that stays this process's own: nobody else is given it, even while the server that it is meant for has
    not started, or starts again. A server may listen there when it sets SO_REUSEADDR, as they all do."""
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    place.bind(("127.0.0.1", 0))
    _kept.append(place)
    return int(place.getsockname()[1])


@atexit.register
def _give_back() -> None:
    for place in _kept:
        place.close()


def wait_for_port(port: int, seconds: float = 60.0) -> None:
    """Raises TimeoutError when nobody listens there in that time."""
    _wait(port, seconds, listening=True)


def wait_until_free(port: int, seconds: float = 60.0) -> None:
    """For those who were killed: the last of a group may hold the port for a moment more. Raises TimeoutError."""
    _wait(port, seconds, listening=False)


def _wait(port: int, seconds: float, *, listening: bool) -> None:
    deadline = time.monotonic() + seconds
    while _listens(port) is not listening:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{'nobody listens' if listening else 'somebody still listens'} on port {port}")
        time.sleep(0.02)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex(("127.0.0.1", port)) == 0
