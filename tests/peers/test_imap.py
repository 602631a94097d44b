"""Reading mailboxes of a real Dovecot, in good times and bad."""

from __future__ import annotations

import asyncio
import base64
import logging
import random
import shutil
import time
from datetime import UTC, datetime, timedelta

import pytest

from connectors.email import CONNECTOR
from connectors.email.mailbox import Mailbox, open_mailbox
from connectors.email.model import read_settings
from connectors.email.tls import client_context
from hub.sdk import ConfigurationError, ConnectionTrouble, CredentialsRefused, Ignored, Inbound
from hub.sdk.testing import MemorySink
from tests.connectors.email.mails import mail
from tests.hub_process import until
from tests.peers.fault_proxy import FaultProxy
from tests.peers.mailserver import MailServer
from tests.peers.sessions import open_session, outgoing, run_until_error, running

pytestmark = pytest.mark.peer

ADDRESS = "support@acme.test"
SALES = "sales@acme.test"


def numbered(count: int, start: int = 0, body: str = "Hello\n") -> list[bytes]:
    return [
        mail(Subject=f"Number {number}", Message_ID=f"<{number}@customer.test>", body=body)
        for number in range(start, start + count)
    ]


@pytest.fixture
def server(mail_server: MailServer) -> MailServer:
    """With empty mailboxes, and nothing on its way to them."""
    mail_server.settle()
    for user in (ADDRESS, SALES):
        for folder in ("INBOX", "Sent", "Archive"):
            mail_server.dovecot.admin("expunge", "-u", user, "mailbox", folder, "all")
    return mail_server


async def signed_in(settings: dict[str, object]) -> Mailbox:
    async def no_token(_: bool) -> str:
        raise AssertionError("a password is used")

    typed = read_settings(CONNECTOR.schema.with_defaults(settings))
    return await open_mailbox(typed, client_context(typed), no_token)


def flags(server: MailServer) -> str:
    return server.dovecot.admin("fetch", "-u", ADDRESS, "flags", "mailbox", "INBOX", "all")


async def test_a_mail_arrives_while_the_mailbox_is_idle(server: MailServer) -> None:
    sink = MemorySink()
    async with running(server.settings(ADDRESS), sink):
        server.dovecot.put(ADDRESS, numbered(1))
        await sink.wait_for(1)
        await asyncio.sleep(0.5)  # it is in IDLE now
        started = time.monotonic()
        await asyncio.to_thread(server.swaks, "anna@customer.test", ADDRESS, subject="While idle")
        raws = await sink.wait_for(2, 15)
        print(f"seen {time.monotonic() - started:.2f} s after swaks was started")
    assert b"While idle" in raws[1].content
    assert raws[0].content == server.inbox(ADDRESS)[0], "the bytes are exactly those on the server"


async def test_three_thousand_mails_come_in_batches_each_once(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(3_000))
    sink = MemorySink()
    async with running(server.settings(ADDRESS), sink):
        started = time.monotonic()
        await sink.wait_for(3_000, 60)
        print(f"{3_000 / (time.monotonic() - started):.0f} mails/s")
    assert sum(len(call) for call in sink.calls) == 3_000
    assert max(len(call) for call in sink.calls) == 200
    assert len({raw.content for raw in sink.stored.values()}) == 3_000


async def test_batches_are_bounded_in_bytes(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(6, body="x" * 70 + "\n") + numbered(5, 10, ("y" * 70 + "\n") * 42_000))
    sink = MemorySink()
    async with running(server.settings(ADDRESS), sink):
        await sink.wait_for(11, 60)
    sizes = [sum(len(raw.content) for raw in call) for call in sink.calls]
    assert max(sizes) < 9 * 1024 * 1024
    assert len([size for size in sizes if size]) >= 2


async def test_a_mail_larger_than_a_batch_arrives_whole(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(1, body=("z" * 70 + "\n") * 420_000))
    sink = MemorySink()
    async with running(server.settings(ADDRESS), sink):
        raws = await sink.wait_for(1, 60)
    assert len(raws[0].content) > 29_000_000
    assert raws[0].content == server.inbox(ADDRESS)[0]


async def test_a_mail_beyond_every_bound_still_arrives_in_part(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("inbox", "mailbox"):
        monkeypatch.setattr(f"connectors.email.{module}.MAX_WHOLE", 1_000_000)
    monkeypatch.setattr("connectors.email.inbox.BATCH_BYTES", 500_000)
    server.dovecot.put(ADDRESS, [*numbered(2), *numbered(1, 2, ("z" * 70 + "\n") * 30_000), *numbered(2, 3)])
    sink = MemorySink()
    async with running(server.settings(ADDRESS), sink):
        raws = await sink.wait_for(5, 60)
    (large,) = [raw for raw in raws if "truncated" in raw.hint]
    assert len(large.content) == 1_000_000
    assert int(large.hint["truncated"]) > 2_000_000
    (parsed,) = CONNECTOR.parse(large, server.settings(ADDRESS))
    assert isinstance(parsed, Inbound)
    assert parsed.subject == "Number 2"
    assert parsed.data["truncated"] == large.hint["truncated"]


async def test_reading_leaves_no_trace_in_the_mailbox(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(3))
    sink = MemorySink()
    async with running(server.settings(ADDRESS), sink):
        await sink.wait_for(3)
    assert "\\Seen" not in flags(server)
    assert len(server.inbox(ADDRESS)) == 3


async def test_stored_mail_is_marked_as_read_when_wanted(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(3))
    sink = MemorySink()
    async with running(server.settings(ADDRESS, after_store="seen"), sink):
        await sink.wait_for(3)
        await asyncio.to_thread(until, lambda: flags(server).count("\\Seen") == 3, "all three are marked")


async def test_stored_mail_is_moved_when_wanted_and_only_then(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(250))
    sink = MemorySink()
    sink.failing = True
    settings = server.settings(ADDRESS, after_store="move", move_to="Archive")
    assert isinstance(await run_until_error(settings, sink), ConnectionTrouble)
    assert len(server.inbox(ADDRESS)) == 250
    sink.failing = False
    async with running(settings, sink):
        await sink.wait_for(250)
        await asyncio.to_thread(until, lambda: not server.inbox(ADDRESS), "all are moved")
    assert len(server.inbox(ADDRESS, "Archive")) == 250


async def test_a_folder_to_move_to_that_is_missing_degrades_and_loses_nothing(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(2))
    sink = MemorySink()
    session, context = open_session(server.settings(ADDRESS, after_store="move", move_to="Nowhere"))
    task = asyncio.ensure_future(session.run(sink))
    await sink.wait_for(2)
    async with asyncio.timeout(20):
        while not any(one.state == "degraded" for one in context.healths):
            await asyncio.sleep(0.02)
    assert not task.done()
    task.cancel()
    assert context.healths[-1].state == "degraded"
    assert context.healths[-1].next_step
    assert len(server.inbox(ADDRESS)) == 2


async def test_a_server_killed_in_the_middle_is_noticed_at_once_and_reading_goes_on(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(2_000))
    sink = MemorySink()
    session, _ = open_session(server.settings(ADDRESS))
    task = asyncio.ensure_future(session.run(sink))
    await sink.wait_for(200)
    started = time.monotonic()
    server.dovecot.kill()
    try:
        await asyncio.wait({task}, timeout=20)
        assert isinstance(task.exception(), ConnectionTrouble)
        print(f"noticed after {time.monotonic() - started:.2f} s, {len(sink.stored)} stored")
        assert isinstance(await run_until_error(server.settings(ADDRESS), sink), ConnectionTrouble)
    finally:
        server.dovecot.start()
    async with running(server.settings(ADDRESS), sink, sink.cursor):
        await sink.wait_for(2_000, 60)
    assert len({raw.content for raw in sink.stored.values()}) == 2_000


async def test_a_server_killed_while_idle_is_noticed_at_once(server: MailServer) -> None:
    sink = MemorySink()
    server.dovecot.put(ADDRESS, numbered(1))
    session, _ = open_session(server.settings(ADDRESS))
    task = asyncio.ensure_future(session.run(sink))
    await sink.wait_for(1)
    await asyncio.sleep(0.5)
    server.dovecot.kill()
    try:
        await asyncio.wait({task}, timeout=20)
        assert isinstance(task.exception(), ConnectionTrouble)
    finally:
        server.dovecot.start()


async def test_a_frozen_server_is_given_up_on(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.email.mailbox.TIMEOUT", 5.0)
    server.dovecot.put(ADDRESS, numbered(1_000, body="x\n" * 1_000))
    sink = MemorySink()
    async with FaultProxy(server.imap_port) as proxy:
        session, _ = open_session(server.settings(ADDRESS, imap_port=proxy.port))
        task = asyncio.ensure_future(session.run(sink))
        await sink.wait_for(200)
        proxy.freeze()
        await asyncio.wait({task}, timeout=20)
        error = task.exception() if task.done() else None
        assert isinstance(error, ConnectionTrouble)
        assert "did not answer" in str(error)
        proxy.thaw()
        monkeypatch.undo()
        async with running(server.settings(ADDRESS, imap_port=proxy.port), sink, sink.cursor):
            await sink.wait_for(1_000)


async def test_a_connection_frozen_before_the_greeting_is_given_up_on(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.email.mailbox.TIMEOUT", 1.0)
    async with FaultProxy(server.imap_port) as proxy:
        proxy.freeze()
        error = await run_until_error(server.settings(ADDRESS, imap_port=proxy.port), MemorySink())
    assert isinstance(error, ConnectionTrouble)


async def test_mail_numbered_anew_is_read_again_and_stored_once(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(50))
    sink = MemorySink()
    async with running(server.settings(ADDRESS), sink):
        await sink.wait_for(50)
    before = sink.cursor["INBOX"]
    await asyncio.sleep(1.1)  # the new number is made from the time in seconds
    server.dovecot.renumber(ADDRESS)
    server.dovecot.put(ADDRESS, numbered(5, 100))
    async with running(server.settings(ADDRESS), sink, sink.cursor):
        await sink.wait_for(55)
    after = sink.cursor["INBOX"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert before["uidvalidity"] != after["uidvalidity"]
    assert len(sink.stored) == 55


async def test_a_thousand_mails_deleted_by_somebody_else_disturb_nothing(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(3_000))
    sink = MemorySink()
    async with running(server.settings(ADDRESS), sink) as task:
        await sink.wait_for(3_000, 60)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(server.dovecot.admin, "expunge", "-u", ADDRESS, "mailbox", "INBOX", "all")
        await asyncio.sleep(1)
        assert not task.done()
        server.dovecot.put(ADDRESS, numbered(1, 5_000))
        raws = await sink.wait_for(3_001)
    assert b"Number 5000" in raws[-1].content


async def test_one_mail_that_breaks_every_rule_holds_up_nobody(server: MailServer) -> None:
    poison = (
        b"\xff\xfe not a header\r\n* 1 FETCH (UID 9 BODY[] {3}\r\nabc)\r\nA1 OK done\r\n{999}\r\n)(((((\r\n\x00" * 50
    )
    server.dovecot.put(ADDRESS, [*numbered(100), poison, *numbered(100, 200)])
    sink = MemorySink()
    async with running(server.settings(ADDRESS), sink):
        raws = await sink.wait_for(201)
    assert len(raws) == 201
    assert sum(b"not a header" in raw.content for raw in raws) == 1


async def test_only_the_wanted_days_are_read_at_first(server: MailServer) -> None:
    old = (datetime.now(UTC) - timedelta(days=60)).timestamp()
    server.dovecot.put(ADDRESS, numbered(20), arrived=old)
    server.dovecot.put(ADDRESS, numbered(3, 100))
    sink = MemorySink()
    async with running(server.settings(ADDRESS, start_days=30), sink):
        await sink.wait_for(3)
        await asyncio.sleep(0.5)
    assert len(sink.stored) == 3
    assert all(raw.received_at > datetime.now(UTC) - timedelta(hours=1) for raw in sink.stored.values())


async def test_nothing_old_is_read_when_only_new_mail_is_wanted(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(20))
    sink = MemorySink()
    settings = server.settings(ADDRESS, start_from="new")
    async with running(settings, sink):
        async with asyncio.timeout(20):
            while "INBOX" not in sink.cursor:  # from then on mail is new
                await asyncio.sleep(0.02)
        server.dovecot.put(ADDRESS, numbered(1, 100))
        raws = await sink.wait_for(1)
    assert b"Number 100" in raws[0].content
    server.dovecot.put(ADDRESS, numbered(1, 200))
    async with running(settings, sink, sink.cursor):
        await sink.wait_for(2)
    assert len(sink.stored) == 2


async def test_the_latest_days_are_read_again_once_a_day(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(10))
    sink = MemorySink()
    async with running(server.settings(ADDRESS, sent_copies=False), sink):
        await sink.wait_for(10)
    known = sink.cursor["INBOX"]
    assert isinstance(known, dict)
    sink.cursor = {"INBOX": {**known, "rescanned": "2026-01-01"}}
    today = datetime.now(UTC).date()
    sink.stored.clear()  # as if the hub had never seen them
    sink._hashes.clear()
    async with running(server.settings(ADDRESS, sent_copies=False), sink, sink.cursor):
        await sink.wait_for(10)
    after = sink.cursor["INBOX"]
    assert isinstance(after, dict)
    assert today.isoformat() <= str(after["rescanned"]) <= datetime.now(UTC).date().isoformat()
    assert after["last_uid"] == known["last_uid"]


async def test_answers_from_other_mail_programs_join_and_our_own_do_not(server: MailServer) -> None:
    session, _ = open_session(server.settings(ADDRESS))
    await session.send(outgoing("anna@customer.test"))
    own = (await asyncio.to_thread(server.wait_for_mail, "anna@customer.test"))[-1]
    theirs = mail(From=ADDRESS, To="anna@customer.test", Subject="Re: Hello", In_Reply_To="<1@customer.test>")
    server.dovecot.put(ADDRESS, [theirs, own], "Sent")
    sink = MemorySink()
    async with running(server.settings(ADDRESS), sink):
        raws = await sink.wait_for(2)
    parsed = [one for raw in raws for one in CONNECTOR.parse(raw, server.settings(ADDRESS))]
    outward = [one for one in parsed if isinstance(one, Inbound)]
    assert len(outward) == 1
    assert outward[0].direction == "out"
    assert outward[0].recipients[0].address.value == "anna@customer.test"
    assert outward[0].thread.replies_to == ("1@customer.test",)
    assert any(isinstance(one, Ignored) for one in parsed)
    await session.close()


async def test_an_ambiguous_message_is_found_in_the_sent_folder(server: MailServer) -> None:
    session, _ = open_session(server.settings(ADDRESS))
    message = outgoing("anna@customer.test", reference="k3f9q2mzx7ab.found@acme.test")
    assert await session.reconcile(message, datetime.now(UTC)) is None
    copy = mail(From=ADDRESS, To="anna@customer.test", Message_ID=f"<{message.reference}>")
    server.dovecot.put(ADDRESS, [copy], "Sent")
    receipt = await session.reconcile(message, datetime.now(UTC))
    assert receipt is not None
    assert receipt.state == "sent"
    await session.close()


async def test_a_wrong_password_asks_for_credentials_and_does_not_show_it(server: MailServer) -> None:
    settings = server.settings(ADDRESS, imap_password="wr0ng-password")
    error = await run_until_error(settings, MemorySink())
    assert isinstance(error, CredentialsRefused)
    assert "wr0ng-password" not in repr(error)


async def test_no_log_shows_the_password(server: MailServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.dovecot.put(ADDRESS, numbered(1))
    settings = server.settings(ADDRESS)
    sink = MemorySink()
    async with running(settings, sink):
        await sink.wait_for(1)
    session, _ = open_session(settings)
    await session.send(outgoing("anna@customer.test"))
    await session.test()
    await session.close()
    password = str(settings["imap_password"])
    for shown in (
        password,
        *(base64.b64encode(f"{lead}{password}".encode()).decode()[4:-4] for lead in ("", "a", "ab")),
    ):
        assert shown not in caplog.text


async def test_a_folder_that_does_not_exist_is_a_matter_of_configuration(server: MailServer) -> None:
    error = await run_until_error(server.settings(ADDRESS, folder="Nowhere"), MemorySink())
    assert isinstance(error, ConfigurationError)
    assert "Nowhere" in str(error)


async def test_a_certificate_of_an_unknown_authority_is_refused(server: MailServer) -> None:
    error = await run_until_error(server.settings(ADDRESS, tls_ca=""), MemorySink())
    assert isinstance(error, ConnectionTrouble)
    assert "certificate" in str(error)


async def test_folders_with_letters_of_any_language_are_read(server: MailServer) -> None:
    name = "Anfragen & Größe 日本"
    server.dovecot.admin("mailbox", "create", "-u", ADDRESS, name)
    content = mail(Subject="In a folder")
    saving = [f"{server.dovecot.folder}/letter"]
    (server.dovecot.folder / "letter").write_bytes(content)
    server.dovecot.admin("save", "-u", ADDRESS, "-m", name, *saving)
    sink = MemorySink()
    async with running(server.settings(ADDRESS, folder=name), sink):
        raws = await sink.wait_for(1)
    assert raws[0].content == content
    server.dovecot.admin("mailbox", "delete", "-u", ADDRESS, name)


async def test_two_mailboxes_do_not_mix(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(3))
    server.dovecot.put(SALES, numbered(4, 100))
    one, other = MemorySink(), MemorySink()
    async with running(server.settings(ADDRESS), one), running(server.settings(SALES), other):
        await one.wait_for(3)
        await other.wait_for(4)
        await asyncio.sleep(0.3)
    assert (len(one.stored), len(other.stored)) == (3, 4)


async def test_testing_the_settings_leaves_no_trace(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(3))
    session, _ = open_session(server.settings(ADDRESS, plus_addressing=True))
    steps = await session.test()
    assert all(step.ok for step in steps), steps
    assert "3 of them" in next(step.detail for step in steps if step.name == "imap_folder")
    assert {"imap_sign_in", "smtp_sign_in", "smtp_sender", "smtp_plus"} <= {step.name for step in steps}
    assert "\\Seen" not in flags(server)
    assert "\\Recent" in flags(server)
    await asyncio.sleep(0.5)
    assert len(server.inbox(ADDRESS)) == 3


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({"imap_host": "no-such-host.invalid"}, "imap_resolve"),
        ({"imap_port": 1}, "imap_connect"),
        ({"tls_ca": ""}, "imap_tls"),
        ({"imap_password": "wr0ng"}, "imap_sign_in"),
        ({"folder": "Nowhere"}, "imap_folder"),
        ({"smtp_port": 1}, "smtp_connect"),
        ({"smtp_auth": "own", "smtp_username": "x", "smtp_password": "wr0ng"}, "smtp_sign_in"),
        ({"tls_ca": "nonsense"}, "tls_ca"),
    ],
)
async def test_each_wrong_setting_is_named_with_a_next_step(
    server: MailServer, changes: dict[str, object], failed: str
) -> None:
    session, _ = open_session(server.settings(ADDRESS, **changes))
    steps = await session.test()
    bad = [step for step in steps if not step.ok]
    assert bad[0].name == failed, steps
    assert bad[0].detail
    assert bad[0].next_step
    await session.close()


async def test_a_mail_that_ends_the_connection_is_told_and_holds_up_nobody(server: MailServer) -> None:
    server.dovecot.put(ADDRESS, numbered(20))
    unreadable = next(
        path
        for path in (server.dovecot.folder / "mail" / ADDRESS / "new").iterdir()
        if b"Subject: Number 7\r" in path.read_bytes()
    )
    unreadable.chmod(0)
    shutil.chown(unreadable, "root")
    sink = MemorySink()
    session, context = open_session(server.settings(ADDRESS))
    try:
        for _ in range(10):  # as the supervisor does
            context.cursor = sink.cursor
            task = asyncio.ensure_future(session.run(sink))
            everything = asyncio.ensure_future(sink.wait_for(20, 60))
            await asyncio.wait({task, everything}, return_when=asyncio.FIRST_COMPLETED)
            ended = task.done()
            task.cancel()
            everything.cancel()
            await asyncio.wait({task, everything})
            if not ended:
                break
            assert isinstance(task.exception(), ConnectionTrouble)
    finally:
        unreadable.unlink()
    withheld = [raw for raw in sink.stored.values() if "problem" in raw.hint]
    assert len(withheld) == 1
    assert len(sink.stored) == 20
    with pytest.raises(ValueError, match="hand over"):
        CONNECTOR.parse(withheld[0], server.settings(ADDRESS))
    await session.close()


async def test_whatever_is_cut_and_however_often_every_mail_is_stored_once(server: MailServer) -> None:
    """Connections cut at any instant, sessions ended at any instant, mail arriving all the while, moved when stored."""
    dice = random.Random(5)
    total = 3_000
    server.dovecot.put(ADDRESS, numbered(total // 2))
    sink = MemorySink()
    async with FaultProxy(server.imap_port) as proxy:
        settings = server.settings(ADDRESS, imap_port=proxy.port, after_store="move", move_to="Archive")
        for round_ in range(25):
            session, _ = open_session(settings, sink.cursor)
            task = asyncio.ensure_future(session.run(sink))
            if round_ < 15:
                await asyncio.to_thread(
                    server.dovecot.put, ADDRESS, numbered(total // 30, total // 2 + round_ * total // 30)
                )
            await asyncio.sleep(dice.uniform(0.02, 0.4))
            if round_ % 2:
                for _ in range(300):  # it may not have connected yet
                    proxy.cut()
                    if (await asyncio.wait({task}, timeout=0.1))[0]:
                        break
                assert isinstance(task.exception(), ConnectionTrouble)
            task.cancel()
            await asyncio.wait({task}, timeout=20)
            assert task.done()
            await session.close()
        async with running(settings, sink, sink.cursor):
            await sink.wait_for(total, 60)
    subjects = [raw.content.split(b"Subject: ")[1].split(b"\r\n")[0] for raw in sink.stored.values()]
    assert sorted(subjects) == sorted(b"Number %d" % number for number in range(total))
    assert len({raw.key for call in sink.calls for raw in call}) == total, "no mail ever had two keys"
