"""Sending through a real Postfix, and what each of its answers means."""

from __future__ import annotations

import asyncio
import email
from email.message import Message

import pytest

from connectors.email import CONNECTOR
from hub.sdk import (
    Address,
    AmbiguousSend,
    Attachment,
    AuthSend,
    Inbound,
    PermanentSend,
    StatusUpdate,
    SuppressSend,
    TransientSend,
)
from tests.connectors.email.mails import raw
from tests.peers.fault_proxy import FaultProxy
from tests.peers.mailserver import MailServer
from tests.peers.sessions import open_session, outgoing

pytestmark = pytest.mark.peer

ADDRESS = "support@acme.test"
ANNA = "anna@customer.test"
BEN = "ben@customer.test"
NOBODY = "nobody@customer.test"


@pytest.fixture
def server(mail_server: MailServer) -> MailServer:
    """With empty mailboxes, and nothing on its way to them."""
    mail_server.settle()
    for user in mail_server.users:
        mail_server.dovecot.admin("expunge", "-u", user, "mailbox", "INBOX", "all")
    return mail_server


async def delivered(server: MailServer, user: str = ANNA, count: int = 1) -> list[Message]:
    return [email.message_from_bytes(one) for one in await asyncio.to_thread(server.wait_for_mail, user, count)]


def text_of(part: Message) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


async def test_a_message_arrives_with_all_it_needs_to_be_answered(server: MailServer) -> None:
    settings = server.settings(ADDRESS, from_name="Acmé Support", plus_addressing=True)
    session, _ = open_session(settings)
    message = outgoing(ANNA, replies_to=("2@customer.test", "1@customer.test"), html="<p>Grüße</p>", text="Grüße\n.\n")
    receipt = await session.send(message)
    assert receipt.state == "sent"
    assert receipt.provider_id
    (mail,) = await delivered(server)
    assert mail["Message-ID"] == f"<{message.reference}>"
    assert mail["In-Reply-To"] == "<2@customer.test>"
    assert mail["References"].split() == ["<1@customer.test>", "<2@customer.test>"]
    assert "support@acme.test" in mail["From"]
    assert f"support+{message.token}@acme.test" in mail["Reply-To"]
    assert mail["Auto-Submitted"] is None
    parts = {part.get_content_type(): part for part in mail.walk()}
    assert text_of(parts["text/plain"]).replace("\r\n", "\n") == "Grüße\n.\n"
    assert "Grüße" in text_of(parts["text/html"])
    await session.close()


async def test_a_reply_to_the_plus_address_comes_back_with_the_token(server: MailServer) -> None:
    settings = server.settings(ADDRESS, plus_addressing=True, delivery_reports=False)
    session, _ = open_session(settings)
    await session.send(outgoing(ANNA))
    (mail,) = await delivered(server)
    await asyncio.to_thread(server.swaks, ANNA, mail["Reply-To"], subject="Re: it", body="Thanks\n")
    (content,) = await asyncio.to_thread(server.wait_for_mail, ADDRESS, where=lambda one: b"Re: it" in one)
    (parsed,) = CONNECTOR.parse(raw(content), settings)
    assert isinstance(parsed, Inbound)
    assert parsed.thread.token == "k3f9q2mzx7ab"
    await session.close()


async def test_attachments_arrive_as_they_were(server: MailServer) -> None:
    files = (
        Attachment("Rechnung für Zoë 日本.pdf", "application/pdf", bytes(range(256)) * 500),
        Attachment("mail.eml", "message/rfc822", b"From: a@b.test\r\n\r\nHi\r\n"),
        Attachment("logo.png", "image/png", b"\x89PNG" * 10, inline=True, cid="logo1"),
        Attachment("empty.txt", "text/plain; charset=utf-8", b""),
    )
    session, _ = open_session(server.settings(ADDRESS))
    await session.send(outgoing(ANNA, attachments=files, html='<p><img src="cid:logo1"></p>'))
    (mail,) = await delivered(server)
    got = {part.get_filename(): part.get_payload(decode=True) for part in mail.walk() if part.get_filename()}
    assert got == {one.filename: one.content for one in files}
    await session.close()


async def test_every_recipient_has_a_result_of_their_own(server: MailServer) -> None:
    session, _ = open_session(server.settings(ADDRESS))
    receipt = await session.send(outgoing(ANNA, NOBODY, cc=(Address("email", BEN),)))
    assert receipt.state == "sent"
    (refused,) = receipt.recipients
    assert (refused.address, refused.state) == (NOBODY, "failed")
    assert refused.code == "550 5.1.1"
    await delivered(server, ANNA)
    await delivered(server, BEN)
    await session.close()


async def test_an_unknown_recipient_suppresses(server: MailServer) -> None:
    session, _ = open_session(server.settings(ADDRESS))
    with pytest.raises(SuppressSend) as refused:
        await session.send(outgoing(NOBODY))
    assert refused.value.code == "550 5.1.1"
    with pytest.raises(PermanentSend):
        await session.send(outgoing("somebody@elsewhere.test", NOBODY))
    await session.send(outgoing(ANNA))  # and the channel goes on
    await delivered(server)
    await session.close()


async def test_a_connection_is_used_for_many_messages(server: MailServer) -> None:
    async with FaultProxy(server.postfix.smtps_port) as proxy:
        session, _ = open_session(server.settings(ADDRESS, smtp_port=proxy.port))
        for number in range(50):
            await session.send(outgoing(ANNA, reference=f"k3f9.{number}@acme.test"))
        assert proxy.connections == 1
        await session.close()
    await delivered(server, count=50)


async def test_a_connection_that_ended_meanwhile_is_replaced(server: MailServer) -> None:
    async with FaultProxy(server.postfix.smtps_port) as proxy:
        session, _ = open_session(server.settings(ADDRESS, smtp_port=proxy.port))
        await session.send(outgoing(ANNA))
        proxy.cut()
        await asyncio.sleep(0.1)
        await session.send(outgoing(ANNA, reference="k3f9.second@acme.test"))
        assert proxy.connections == 2
        await session.close()
    await delivered(server, count=2)


async def test_an_end_after_the_data_is_ambiguous_and_the_server_has_it(server: MailServer) -> None:
    async with FaultProxy(server.smtp_port) as proxy:
        plain = {"smtp_security": "none", "smtp_allow_plain": True, "smtp_auth": "none"}
        session, _ = open_session(server.settings(ADDRESS, smtp_port=proxy.port, **plain))
        proxy.cut_after_client(b"\r\n.\r\n")
        with pytest.raises(AmbiguousSend):
            await session.send(outgoing(ANNA))
        await session.close()
    await delivered(server)


async def test_silence_after_the_data_is_ambiguous(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.email.smtp.DATA_TIMEOUT", 0.5)
    async with FaultProxy(server.smtp_port) as proxy:
        plain = {"smtp_security": "none", "smtp_allow_plain": True, "smtp_auth": "none"}
        session, _ = open_session(server.settings(ADDRESS, smtp_port=proxy.port, **plain))
        proxy.mute_after_client(b"\r\n.\r\n")
        with pytest.raises(AmbiguousSend):
            await session.send(outgoing(ANNA))
        await session.close()
    await delivered(server)


async def test_an_end_before_the_data_is_only_a_delay(server: MailServer) -> None:
    async with FaultProxy(server.smtp_port) as proxy:
        plain = {"smtp_security": "none", "smtp_allow_plain": True, "smtp_auth": "none"}
        session, _ = open_session(server.settings(ADDRESS, smtp_port=proxy.port, **plain))
        for marker in (b"MAIL FROM", b"RCPT TO", b"EHLO"):
            proxy.cut_after_client(marker)
            with pytest.raises(TransientSend):
                await session.send(outgoing(ANNA))
        await session.send(outgoing(ANNA))
        await session.close()
    assert len(await delivered(server)) == 1


async def test_without_tls_nothing_is_sent_unless_it_is_allowed(server: MailServer) -> None:
    for changes in (
        {"smtp_security": "none", "smtp_port": server.smtp_port},
        {"smtp_security": "tls", "smtp_port": server.smtp_port},
    ):
        async with FaultProxy(server.smtp_port) as proxy:
            session, _ = open_session(server.settings(ADDRESS, **{**changes, "smtp_port": proxy.port}))
            with pytest.raises((AuthSend, TransientSend)):
                await session.send(outgoing(ANNA))
            assert b"MAIL" not in proxy.client_bytes
            assert b"AUTH" not in proxy.client_bytes
            await session.close()


async def test_starttls_is_insisted_on(server: MailServer) -> None:
    session, _ = open_session(
        server.settings(ADDRESS, smtp_security="starttls", smtp_port=server.postfix.submission_port)
    )
    await session.send(outgoing(ANNA))
    await delivered(server)
    await session.close()
    # Dovecot's LMTP speaks no STARTTLS, and neither greets with EHLO: a server that offers none
    async with FaultProxy(server.dovecot.lmtp_port) as proxy:
        session, _ = open_session(server.settings(ADDRESS, smtp_security="starttls", smtp_port=proxy.port))
        with pytest.raises((TransientSend, PermanentSend)):
            await session.send(outgoing(ANNA))
        assert b"AUTH" not in proxy.client_bytes
        await session.close()


async def test_a_certificate_of_an_unknown_authority_is_refused(server: MailServer) -> None:
    session, _ = open_session(server.settings(ADDRESS, tls_ca="", smtp_security="tls"))
    with pytest.raises(TransientSend, match="certificate"):
        await session.send(outgoing(ANNA))
    await session.close()


async def test_a_wrong_password_holds_the_message_and_does_not_show(server: MailServer) -> None:
    changes = {"smtp_auth": "own", "smtp_username": ADDRESS, "smtp_password": "wr0ng-password"}
    session, _ = open_session(server.settings(ADDRESS, **changes))
    with pytest.raises(AuthSend) as refused:
        await session.send(outgoing(ANNA))
    assert "wr0ng-password" not in f"{refused.value!r}{refused.value.__cause__!r}{refused.value.__context__!r}"
    await session.close()


async def test_a_server_that_is_down_is_only_a_delay(server: MailServer) -> None:
    session, _ = open_session(server.settings(ADDRESS, smtp_port=1))
    with pytest.raises(TransientSend):
        await session.send(outgoing(ANNA))
    await session.close()


async def test_a_message_larger_than_the_server_takes_is_refused_before_it_is_sent(mail_server: MailServer) -> None:
    with MailServer({ADDRESS: "s3cret-one", ANNA: "s3cret-two"}, message_size=100_000) as small:
        async with FaultProxy(small.postfix.smtps_port) as proxy:
            session, _ = open_session(small.settings(ADDRESS, smtp_port=proxy.port))
            large = Attachment("large.bin", "application/octet-stream", bytes(200_000))
            with pytest.raises(PermanentSend, match=r"takes 0\.1 MB"):
                await session.send(outgoing(ANNA, attachments=(large,)))
            assert len(proxy.client_bytes) < 20_000
            await session.close()


async def test_a_bounce_and_a_success_report_name_the_attempt(server: MailServer) -> None:
    settings = server.settings(ADDRESS)
    session, _ = open_session(settings)
    await session.send(outgoing("ghost@late.test", attempt="attempt=42+x"))
    (content,) = await asyncio.to_thread(server.wait_for_mail, ADDRESS)
    (status,) = CONNECTOR.parse(raw(content), settings)
    assert isinstance(status, StatusUpdate)
    assert status.state == "failed"
    assert status.attempt == "attempt=42+x"
    assert status.reference == "k3f9q2mzx7ab.5wdm3q@acme.test"
    assert status.recipients == ("ghost@late.test",)
    assert status.code == "5.1.1"
    assert status.suppress
    assert status.otherwise is not None
    assert status.otherwise.automatic == "bounce"

    await session.send(outgoing(ANNA, attempt="attempt7"))
    content = (await asyncio.to_thread(server.wait_for_mail, ADDRESS, 2))[-1]
    (status,) = CONNECTOR.parse(raw(content), settings)
    assert isinstance(status, StatusUpdate)
    # Postfix hands over by LMTP, and so says "relayed": it cannot know more
    assert (status.state, status.attempt, status.suppress) == ("sent", "attempt7", False)
    await session.close()


async def test_no_report_comes_where_none_is_wanted(server: MailServer) -> None:
    session, _ = open_session(server.settings(ADDRESS, delivery_reports=False))
    await session.send(outgoing(ANNA))
    await delivered(server)
    await asyncio.sleep(1)
    assert server.inbox(ADDRESS) == []
    await session.send(outgoing("ghost@late.test"))  # but a failure is always told
    await asyncio.to_thread(server.wait_for_mail, ADDRESS)
    await session.close()


async def test_addresses_and_names_of_any_language_are_written_right(server: MailServer) -> None:
    session, _ = open_session(server.settings(ADDRESS))
    people = (Address("email", ANNA, name='Zoë "Z" Müller, 日本'), Address("email", BEN, name="Doe, Ben"))
    await session.send(outgoing(to=people, subject="Größe " * 30))
    (mail,) = await delivered(server)
    (parsed,) = CONNECTOR.parse(raw(mail.as_bytes()), server.settings("sales@acme.test"))
    assert isinstance(parsed, Inbound)
    assert [one.address.name for one in parsed.recipients] == [one.name for one in people]
    assert parsed.subject == ("Größe " * 30).strip()
    await session.close()


async def test_an_address_with_a_local_part_of_another_script_needs_a_server_that_can(server: MailServer) -> None:
    session, _ = open_session(server.settings(ADDRESS))
    with pytest.raises(PermanentSend) as refused:  # this Postfix speaks SMTPUTF8, and knows no such domain
        await session.send(outgoing("jörg@elsewhere.test"))
    assert "elsewhere" in refused.value.reason or "reject" in refused.value.reason.lower()
    await session.close()
