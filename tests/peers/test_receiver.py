"""Mail that a real Postfix hands over to the hub's own receiver, by SMTP and by LMTP."""

from __future__ import annotations

import asyncio
import socket
from typing import Literal

import pytest

from connectors.email import CONNECTOR
from connectors.email import receiver as receiver_module
from hub.sdk import Accepted, ConfigurationError, ConnectionTrouble, Inbound, OwnershipLost
from hub.sdk.testing import MemorySink
from tests.connectors.email.mails import mail
from tests.peers.mailserver import MailServer
from tests.peers.ports import free_port, wait_for_port
from tests.peers.sessions import open_session, run_until_error, running

pytestmark = pytest.mark.peer

Protocol = Literal["smtp", "lmtp"]
PROTOCOLS: list[Protocol] = ["smtp", "lmtp"]


def receiving(protocol: Protocol, domain: str, **changes: object) -> dict[str, object]:
    return {
        "address": f"support@{domain}",
        "incoming": "receiver",
        "receiver_protocol": protocol,
        "receiver_port": free_port(),
        "outgoing": "none",
        **changes,
    }


async def routed(server: MailServer, settings: dict[str, object]) -> None:
    """Postfix relays the channel's domain to it."""
    port, domain = settings["receiver_port"], str(settings["address"]).partition("@")[2]
    to = f"lmtp:inet:127.0.0.1:{port}" if settings["receiver_protocol"] == "lmtp" else f"smtp:[127.0.0.1]:{port}"
    await asyncio.to_thread(server.postfix.route, {domain: to})
    await asyncio.sleep(1.2)  # a reload takes effect as old processes end


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_postfix_delivers_and_the_envelope_is_kept(mail_server: MailServer, protocol: Protocol) -> None:
    settings = receiving(protocol, f"one-{protocol}.test")
    sink = MemorySink()
    async with running(settings, sink):
        await routed(mail_server, settings)
        address = str(settings["address"])
        plus = address.replace("@", "+k3f9q2mzx7ab@")
        content = mail(To="undisclosed-recipients:;", body="Grüße\n.\n..\n" + "x" * 5_000 + "\n")
        await asyncio.to_thread(mail_server.sendmail, "anna@customer.test", [address, plus], content)
        (raw, *_) = await sink.wait_for(1)
        await asyncio.sleep(0.5)
    (parsed,) = CONNECTOR.parse(raw, settings)
    assert isinstance(parsed, Inbound)
    assert parsed.sender.value == "anna@customer.test"
    assert parsed.thread.token == "k3f9q2mzx7ab", "found in the envelope alone"
    assert raw.hint["envelope_from"] == "anna@customer.test"
    assert set(raw.hint["envelope_to"].split()) == {address, plus}
    assert "Grüße\n.\n..\n" in parsed.body.text + parsed.body.full_text
    assert mail_server.postfix.queue().strip() == "Mail queue is empty"


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_what_cannot_be_stored_stays_with_postfix_until_it_can(
    mail_server: MailServer, protocol: Protocol
) -> None:
    settings = receiving(protocol, f"two-{protocol}.test")
    sink = MemorySink()
    sink.failing = True
    async with running(settings, sink):
        await routed(mail_server, settings)
        await asyncio.to_thread(mail_server.swaks, "anna@customer.test", str(settings["address"]), subject="Wait")
        for _ in range(100):
            if "451 4.3.0" in mail_server.postfix.log:
                break
            await asyncio.sleep(0.1)
        assert "451 4.3.0" in mail_server.postfix.log
        assert sink.stored == {}
        sink.failing = False
        await asyncio.to_thread(mail_server.postfix.flush)
        (raw,) = await sink.wait_for(1)
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
    async with running(settings, MemorySink()):
        await asyncio.to_thread(wait_for_port, int(str(settings["receiver_port"])))
        await asyncio.sleep(0.1)
        held = [await asyncio.open_connection("127.0.0.1", int(str(settings["receiver_port"]))) for _ in range(4)]
        greetings = [await reader.readline() for reader, _ in held]
        assert sorted(greeting[:3] for greeting in greetings) == [b"220", b"220", b"220", b"421"]
        for _, writer in held:
            writer.close()
        await asyncio.sleep(0.2)
        reader, writer = await asyncio.open_connection("127.0.0.1", int(str(settings["receiver_port"])))
        assert (await reader.readline()).startswith(b"220")
        writer.close()


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
    await asyncio.wait({task}, timeout=5)
    assert isinstance(task.exception(), OwnershipLost)
    assert not answers[-1].startswith("2")


def rcpt(settings: dict[str, object]) -> str:
    return f"RCPT TO:<{settings['address']}>"


def talk(settings: dict[str, object], lines: list[str], extra_answers: int = 0) -> list[str]:
    """The last line of each answer, the greeting first; "" where the connection ended instead."""
    port = int(str(settings["receiver_port"]))
    wait_for_port(port)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection, connection.makefile("rb") as file:

        def answer() -> str:
            while (line := file.readline()) and line[3:4] == b"-":
                pass
            return line.decode().strip()

        answers = [answer()]
        for line in lines:
            connection.sendall(line.encode() + b"\r\n")
            answers.append(answer())
        return [*answers, *(answer() for _ in range(extra_answers))]
