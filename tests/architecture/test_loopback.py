"""Nothing leaves loopback: not the tests, not the programs that they start, not a connector without its simulator."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from connectors.twilio.client import SIMULATOR, Api
from connectors.twilio.errors import NotReached
from connectors.twilio.settings import Account
from tests.loopback import sitecustomize as loopback
from tests.processes import python_for

GO = "import socket; socket.create_connection(('192.0.2.1', 9), 5)"
ASK = "import socket; socket.getaddrinfo('api.twilio.com', 443)"


@pytest.fixture
def refused() -> list[str]:
    loopback.REFUSED.clear()
    return loopback.REFUSED


@pytest.mark.parametrize("host", ["192.0.2.1", "169.254.169.254", "10.0.0.1", "2001:db8::1"])
def test_no_connection_leaves_this_machine(host: str, refused: list[str]) -> None:
    with pytest.raises(OSError, match="loopback"):
        socket.create_connection((host, 9), 5)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as datagrams, pytest.raises(OSError, match="loopback"):
        datagrams.sendto(b"x", (host, 53))
    assert refused == [host, host]


@pytest.mark.parametrize("name", ["api.twilio.com", "localhost.example.org", "127.0.0.1.nip.io"])
def test_no_name_is_asked_of_a_name_server(name: str) -> None:
    with pytest.raises(socket.gaierror, match="loopback"):
        socket.getaddrinfo(name, 443)
    with pytest.raises(socket.gaierror, match="loopback"):
        socket.gethostbyname(name)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_loopback_is_reached(host: str) -> None:
    family = socket.getaddrinfo(host, 0)[0][0]
    try:
        server = socket.create_server((host, 0), family=family)
    except OSError:
        pytest.skip("this machine has no IPv6") if family == socket.AF_INET6 else pytest.fail("no loopback")
    with server, socket.create_connection(server.getsockname()[:2], 5):
        pass


@pytest.mark.parametrize("program", [GO, ASK])
@pytest.mark.parametrize("environment", [dict(os.environ), python_for("ourselves")[1]], ids=["own", "made"])
def test_a_program_that_a_test_starts_does_not_leave_either(program: str, environment: dict[str, str]) -> None:
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert ended.returncode == 1
    assert "not on loopback" in ended.stderr


async def test_without_its_simulator_the_connector_goes_to_twilio_and_is_stopped(
    monkeypatch: pytest.MonkeyPatch, refused: list[str]
) -> None:
    monkeypatch.delenv(SIMULATOR, raising=False)
    api = Api(Account("AC" + "0" * 32, "s3cret-token"))
    with pytest.raises(NotReached):
        await api.post("Messages.json", {"To": "+4915112345678"})
    await api.close()
    assert set(refused) == {"api.twilio.com"}
