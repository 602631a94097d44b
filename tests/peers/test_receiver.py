"""Mail that a real Postfix hands over to the hub's own receiver, by SMTP and by LMTP."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from typing import Literal

import pytest

from connectors.email import CONNECTOR
from connectors.email import receiver as receiver_module
from hub.sdk import Accepted, ConfigurationError, ConnectionTrouble, Inbound, OwnershipLost
from hub.sdk.testing import MemorySink
from tests.connectors.email.mails import mail
from tests.hub_process import until
from tests.peers.conftest import USERS
from tests.peers.mailserver import MailServer
from tests.peers.ports import free_port, wait_for_port
from tests.peers.sessions import open_session, run_until_error, running

pytestmark = pytest.mark.peer

Protocol = Literal["smtp", "lmtp"]
PROTOCOLS: list[Protocol] = ["smtp", "lmtp"]
ROUTED: dict[str, Protocol] = {f"{name}-{protocol}.test": protocol for name in ("one", "two") for protocol in PROTOCOLS}


@pytest.fixture(scope="module")
def ports() -> dict[str, int]:
    """Where the channels of the domains listen that Postfix knows."""
    return {domain: free_port() for domain in ROUTED}


@pytest.fixture(scope="module")
def mail_server(ports: dict[str, int]) -> Iterator[MailServer]:
    """Postfix relays the domains of `ROUTED` to their channels."""
    if os.geteuid() != 0:
        pytest.skip("Postfix only starts as root; run the peer tests as root")
    way = {"smtp": "smtp:[127.0.0.1]", "lmtp": "lmtp:inet:127.0.0.1"}
    with MailServer(USERS, routes={domain: f"{way[ROUTED[domain]]}:{ports[domain]}" for domain in ROUTED}) as server:
        yield server


def receiving(protocol: Protocol, domain: str, **changes: object) -> dict[str, object]:
    return {
        "address": f"support@{domain}",
        "incoming": "receiver",
        "receiver_protocol": protocol,
        "receiver_port": free_port(),
        "outgoing": "none",
        **changes,
    }


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_postfix_delivers_and_the_envelope_is_kept(
    mail_server: MailServer, ports: dict[str, int], protocol: Protocol
) -> None:
    domain = f"one-{protocol}.test"
    settings = receiving(protocol, domain, receiver_port=ports[domain])
    sink = MemorySink()
    async with running(settings, sink):
        address = str(settings["address"])
        plus = address.replace("@", "+k3f9q2mzx7ab@")
        content = mail(To="undisclosed-recipients:;", body="Grüße\n.\n..\n" + "x" * 5_000 + "\n")
        await asyncio.to_thread(mail_server.sendmail, "anna@customer.test", [address, plus], content)
        (raw, *_) = await sink.wait_for(1, 60)
        await asyncio.to_thread(mail_server.settle)
    (parsed,) = CONNECTOR.parse(raw, settings)
    assert isinstance(parsed, Inbound)
    assert parsed.sender.value == "anna@customer.test"
    assert parsed.thread.token == "k3f9q2mzx7ab", "found in the envelope alone"
    assert raw.hint["envelope_from"] == "anna@customer.test"
    assert set(raw.hint["envelope_to"].split()) == {address, plus}
    assert "Grüße\n.\n..\n" in parsed.body.text + parsed.body.full_text


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_what_cannot_be_stored_stays_with_postfix_until_it_can(
    mail_server: MailServer, ports: dict[str, int], protocol: Protocol
) -> None:
    domain = f"two-{protocol}.test"
    settings = receiving(protocol, domain, receiver_port=ports[domain])
    address = str(settings["address"])
    sink = MemorySink()
    sink.failing = True

    def deferred() -> bool:
        return any(f"to=<{address}>" in line and "451 4.3.0" in line for line in mail_server.postfix.log.splitlines())

    async with running(settings, sink):
        await asyncio.to_thread(mail_server.swaks, "anna@customer.test", address, subject="Wait")
        await asyncio.to_thread(until, deferred, "it is told to come again")
        assert sink.stored == {}
        sink.failing = False
        await asyncio.to_thread(mail_server.postfix.flush)
        (raw,) = await sink.wait_for(1, 60)
    assert b"Subject: Wait" in raw.content


async def test_a_sink_that_breaks_is_never_an_answer_of_550(mail_server: MailServer) -> None:
    class Broken(MemorySink):
        async def receive(self, *_: object) -> list[Accepted]:
            raise RuntimeError("a bug")

    settings = receiving("smtp", "bug.test")
    async with running(settings, Broken()):
        answers = await asyncio.to_thread(
            talk, settings, ["EHLO x", "MAIL FROM:<a@b.test>", rcpt(settings), "DATA", "x\r\n."]
        )
    assert answers[-1].startswith("451")


async def test_a_redelivery_after_a_lost_answer_has_the_same_key(mail_server: MailServer) -> None:
    settings = receiving("smtp", "again.test")
    sink = MemorySink()
    lines = ["EHLO x", "MAIL FROM:<a@b.test>", rcpt(settings), "DATA", "Subject: x\r\n\r\nHello\r\n."]
    async with running(settings, sink):
        for _ in range(2):
            await asyncio.to_thread(talk, settings, lines)
    assert len(sink.calls) == 2
    assert sink.calls[0][0].key == sink.calls[1][0].key
    assert len(sink.stored) == 1


async def test_only_the_channels_own_recipients_are_accepted(mail_server: MailServer) -> None:
    settings = receiving("smtp", "own.test", receiver_accept="sales@own.test, whole.test")
    lines = ["EHLO x", "MAIL FROM:<a@b.test>"]
    recipients = {
        "support@own.test": "250",
        "SUPPORT@Own.test": "250",
        "support+k3f9q2mz@own.test": "250",
        "sales@own.test": "250",
        "anybody@whole.test": "250",
        "stranger@own.test": "550",
        "support@elsewhere.test": "550",
    }
    async with running(settings, MemorySink()):
        answers = await asyncio.to_thread(talk, settings, [*lines, *(f"RCPT TO:<{one}>" for one in recipients)])
    assert [answer[:3] for answer in answers[-len(recipients) :]] == list(recipients.values())


async def test_a_stranger_may_not_deliver_at_all() -> None:
    settings = receiving("smtp", "closed.test", receiver_allow_from="192.0.2.0/24")
    async with running(settings, MemorySink()):
        assert (await asyncio.to_thread(talk, settings, []))[0].startswith("554")


async def test_long_lines_empty_senders_and_utf8_are_taken() -> None:
    settings = receiving("smtp", "long.test")
    sink = MemorySink()
    body = "Subject: Grüße\r\n\r\n" + "x" * 200_000 + "\r\n.\r\n"[:-2]
    async with running(settings, sink):
        answers = await asyncio.to_thread(
            talk, settings, ["EHLO x", "MAIL FROM:<> SMTPUTF8 BODY=8BITMIME", rcpt(settings), "DATA", body]
        )
        (raw,) = await sink.wait_for(1)
    assert answers[-1].startswith("250")
    assert len(raw.content) > 200_000
    assert raw.hint["envelope_from"] == ""


async def test_lmtp_answers_for_each_recipient() -> None:
    settings = receiving("lmtp", "each.test", receiver_accept="each.test")
    sink = MemorySink()
    lines = ["LHLO x", "MAIL FROM:<a@b.test>", "RCPT TO:<a@each.test>", "RCPT TO:<b@each.test>", "DATA", "Hi\r\n."]
    async with running(settings, sink):
        answers = await asyncio.to_thread(talk, settings, lines, 1)
    assert [answer[:3] for answer in answers[-2:]] == ["250", "250"]


async def test_connections_are_limited_and_freed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver_module, "MAX_CONNECTIONS", 3)
    settings = receiving("smtp", "many.test")
    async with running(settings, MemorySink()), asyncio.timeout(60):
        held = [await greeted(settings) for _ in range(4)]
        assert [code for code, _ in held] == [b"220", b"220", b"220", b"421"]
        for _, writer in held:
            writer.close()
        while (await greeted(settings, close=True))[0] != b"220":
            await asyncio.sleep(0.02)


async def greeted(settings: dict[str, object], *, close: bool = False) -> tuple[bytes, asyncio.StreamWriter]:
    """The code with which a connection is greeted, as soon as somebody listens, and the way to close it."""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(str(settings["receiver_port"])))
        except ConnectionRefusedError:
            await asyncio.sleep(0.02)
            continue
        code = (await reader.readline())[:3]
        if close:
            writer.close()
        return code, writer


async def test_a_mail_too_large_is_refused_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver_module, "MAX_BYTES", 100_000)
    settings = receiving("smtp", "large.test")
    sink = MemorySink()
    body = "Subject: x\r\n\r\n" + ("x" * 70 + "\r\n") * 3_000 + "."
    async with running(settings, sink):
        answers = await asyncio.to_thread(
            talk, settings, ["EHLO x", "MAIL FROM:<a@b.test>", rcpt(settings), "DATA", body]
        )
    assert answers[-1].startswith("552")
    assert sink.stored == {}


async def test_a_port_that_is_taken_and_a_wrong_network_are_explained() -> None:
    settings = receiving("smtp", "taken.test")
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", int(str(settings["receiver_port"]))))
        other.listen()
        error = await run_until_error(settings, MemorySink())
    assert isinstance(error, ConnectionTrouble)
    assert str(settings["receiver_port"]) in str(error)
    error = await run_until_error({**settings, "receiver_allow_from": "everybody"}, MemorySink())
    assert isinstance(error, ConfigurationError)


async def test_a_channel_that_another_node_runs_stops_and_takes_nothing() -> None:
    class Disowned(MemorySink):
        async def receive(self, *_: object) -> list[Accepted]:
            raise OwnershipLost("another node")

    settings = receiving("smtp", "gone.test")
    session, _ = open_session(settings)
    task = asyncio.ensure_future(session.run(Disowned()))
    answers = await asyncio.to_thread(
        talk, settings, ["EHLO x", "MAIL FROM:<a@b.test>", rcpt(settings), "DATA", "Hi\r\n."]
    )
    await asyncio.wait({task}, timeout=20)
    assert isinstance(task.exception(), OwnershipLost)
    assert not answers[-1].startswith("2")


def rcpt(settings: dict[str, object]) -> str:
    return f"RCPT TO:<{settings['address']}>"


def talk(settings: dict[str, object], lines: list[str], extra_answers: int = 0) -> list[str]:
    """The last line of each answer, the greeting first; "" where the connection ended instead."""
    port = int(str(settings["receiver_port"]))
    wait_for_port(port)
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection, connection.makefile("rb") as file:

        def answer() -> str:
            while (line := file.readline()) and line[3:4] == b"-":
                pass
            return line.decode().strip()

        answers = [answer()]
        for line in lines:
            connection.sendall(line.encode() + b"\r\n")
            answers.append(answer())
        return [*answers, *(answer() for _ in range(extra_answers))]
