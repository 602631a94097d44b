"""Backup and restore, drilled on a real hub with real mail: all of it comes back, and none goes out twice."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import smtplib
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import alembic.command
import asyncpg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy.engine import Connection

from hub.backup import restore as restoring
from hub.backup.aftermath import ID_GAP
from hub.backup.archive import BackupError, open_archive
from hub.backup.dump import find_program
from hub.backup.restore import restore_backup
from hub.backup.take import take_backup
from hub.db.embedded import embedded_postgres, running_url
from hub.db.engine import create_engine
from hub.db.migrate import newest, revision, revisions
from hub.db.upgrade import configuration
from hub.secrets import KEY_FILE
from hub.settings import Settings, load_settings
from tests.hub_process import HubProcess, until
from tests.peers.ports import free_port

SUPPORT, ANNA = "support@acme.test", "anna@customer.test"
FILE = bytes(range(256)) * 700
# What a restore changes on purpose, and how far the webhooks have come, which moves on between the backup and the look;
# everything else has to be as it was.
CHANGED = {"installation", "event", "agent_session", "invite", "job", "channel", "audit", "webhook_cursor"}
DOUBTED = {"delivery", "delivery_recipient", "delivery_attempt", "entry", "conversation"}


class Outside:
    """The company's mail server, which takes what the hub sends, while it is up."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[str] = []
        self._controller: Controller | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken.append((envelope.original_content or b"").decode())
        return "250 taken"

    def start(self) -> None:
        self._controller = Controller(self, "127.0.0.1", self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


@pytest.fixture
def outside() -> Iterator[Outside]:
    server = Outside()
    yield server
    server.stop()


def settings_of(outside: Outside, port: int) -> dict[str, object]:
    return {
        "address": SUPPORT,
        "incoming": "receiver",
        "receiver_port": port,
        "outgoing": "smtp",
        "smtp_host": "127.0.0.1",
        "smtp_port": outside.port,
        "smtp_security": "none",
        "smtp_allow_plain": True,
        "smtp_auth": "none",
    }


def wrecked(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def write(port: int, subject: str, file: bytes = b"") -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Anna <{ANNA}>", SUPPORT, subject
    mail["Message-ID"] = f"<{hashlib.sha256(subject.encode()).hexdigest()}@customer.test>"
    mail["Date"] = "Sun, 01 Mar 2026 12:00:00 +0000"
    mail.set_content(f"About {subject}.")
    if file:
        mail.add_attachment(file, maintype="application", subtype="octet-stream", filename="plan.bin")
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as smtp:
        smtp.send_message(mail)


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hub.cli", *arguments, "--data", str(folder / "data")],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


async def _contents(url: str) -> dict[str, list[str]]:
    connection = await asyncpg.connect(url)
    try:
        names = await connection.fetch("select tablename from pg_tables where schemaname = 'public' order by 1")
        return {
            name: sorted(row[0] for row in await connection.fetch(f'select t::text from "{name}" t'))
            for (name,) in names
        }
    finally:
        await connection.close()


def contents(data: Path) -> dict[str, list[str]]:
    """Every row of every table, while a hub runs or none does."""

    async def read() -> dict[str, list[str]]:
        url = running_url(data)
        if url is not None:
            return await _contents(url)
        async with embedded_postgres(data) as server:
            return await _contents(server.url)

    return asyncio.run(read())


def backed_up(tmp_path: Path) -> tuple[Path, dict[str, list[str]]]:
    """A backup and what was in the database while it was taken. The hub goes on working; what happened in between,
    such as a mail read for search, is no matter of the backup, which is taken again then."""
    for number in range(10):
        archive, before = tmp_path / f"monday-{number}.backup", unchanging(contents(tmp_path / "data"))
        taken = command(tmp_path, "backup", str(archive))
        assert taken.returncode == 0, taken.stderr
        assert "secret key is not in it" in taken.stdout
        after = contents(tmp_path / "data")
        if unchanging(after) == before:
            return archive, after
    raise AssertionError("something always happened while the backup was taken")


def unchanging(tables: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: rows for name, rows in tables.items() if name not in CHANGED}


def subjects(hub: HubProcess) -> set[str]:
    return {one["subject"] for one in hub.conversations()}


def the_answer(hub: HubProcess) -> dict[str, Any]:
    (conversation,) = (one for one in hub.conversations() if one["subject"] == "First")
    return next(one for one in hub.timeline(conversation["customer"]["id"]) if "on its way" in one["text"])


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_hub_is_wrecked_and_restored_whole_and_sends_nothing_twice(tmp_path: Path, outside: Outside) -> None:
    data, port = tmp_path / "data", free_port()
    with HubProcess(tmp_path) as hub:
        hub.become_administrator()
        hub.add_mailbox(settings_of(outside, port))
        write(port, "First", FILE)
        write(port, "Second")
        until(lambda: subjects(hub) == {"First", "Second"}, "both mails")
        first = next(one for one in hub.conversations() if one["subject"] == "First")
        hub.reply(first, "It is on its way.")  # waits: the mail server outside is down
        until(lambda: the_answer(hub)["delivery"]["reason"], "a first attempt")

        archive, before = backed_up(tmp_path)

        outside.start()
        asyncio.run(execute(str(running_url(data)), "update job set run_at = now()", "select 1"))
        until(lambda: len(outside.taken) == 1, "it is sent, an instant after the backup")
        write(port, "Third, after the backup")
        until(lambda: len(subjects(hub)) == 3, "the third")
        hub.kill()
        until(lambda: wrecked(data / "postgres"), "the orphaned server is gone, and its files")
        assert wrecked(data / "attachments")

        restored = command(tmp_path, "restore", str(archive))
        assert restored.returncode == 0, restored.stderr
        assert "1 messages were waiting" in restored.stdout
        assert "secret key here is not" not in restored.stdout
        after = contents(data)
        assert {name: rows for name, rows in unchanging(after).items() if name not in DOUBTED} == {
            name: rows for name, rows in unchanging(before).items() if name not in DOUBTED
        }
        assert {name: len(after[name]) for name in DOUBTED} == {name: len(before[name]) for name in DOUBTED}
        assert after["installation"] != before["installation"], "screens load anew"
        assert after["event"] == after["agent_session"] == [], "everybody signs in again"

        hub.start()
        session = {"email": "ada@acme.test", "password": "correct horse battery staple"}
        hub.csrf = hub.call("POST", "/api/session", session)["csrf"]
        assert subjects(hub) == {"First", "Second"}
        answer = the_answer(hub)
        assert answer["delivery"]["state"] == "uncertain"
        assert "was restored" in answer["delivery"]["reason"]
        assert [one["filename"] for one in _first(hub)["attachments"]] == ["plan.bin"]
        content = hub._http.get(hub.address + _first(hub)["attachments"][0]["url"], timeout=60).content
        assert content == FILE

        (channel,) = hub.call("GET", "/api/channels")["items"]
        hub.wait_for_channel(channel["id"])
        write(port, "Third, after the backup")  # as a provider delivers again
        write(port, "Fourth, after the restore")
        until(lambda: len(subjects(hub)) == 4, "new mail comes in again")
        assert hub.reply(next(one for one in hub.conversations() if one["subject"] == "Second"), "Good.")
        until(lambda: len(outside.taken) == 2, "new answers go out again")
        assert the_answer(hub)["delivery"]["state"] == "uncertain"
        assert sum("on its way" in one for one in outside.taken) == 1


def _first(hub: HubProcess) -> dict[str, Any]:
    (conversation,) = (one for one in hub.conversations() if one["subject"] == "First")
    return next(one for one in hub.timeline(conversation["customer"]["id"]) if one["attachments"])


@pytest.fixture
def elsewhere(tmp_path: Path, database_url: str) -> Settings:
    """A hub on a PostgreSQL of the operator's."""
    return load_settings(data_dir=tmp_path / "data", database_url=database_url)


async def execute(url: str, *statements: str) -> Any:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements[:-1]:
            await connection.execute(statement)
        return await connection.fetchval(statements[-1])
    finally:
        await connection.close()


async def test_a_database_elsewhere_is_backed_up_and_put_into_another(
    elsewhere: Settings, empty_database_url: str, tmp_path: Path
) -> None:
    url = elsewhere.database_url.get_secret_value() if elsewhere.database_url else ""
    await execute(url, "insert into customer (name) values ('Zoë')", "select 1")
    archive = tmp_path / "one.backup"
    manifest = await take_backup(elsewhere, archive, with_key=True)
    assert archive.stat().st_mode & 0o777 == 0o600
    target = load_settings(data_dir=tmp_path / "other", database_url=empty_database_url)
    done = await restore_backup(target, archive)
    assert done.key_fits, "the key was asked for, and there was none"
    assert (target.data_dir / KEY_FILE).read_bytes() == (elsewhere.data_dir / KEY_FILE).read_bytes()
    assert done.manifest == manifest
    assert await execute(empty_database_url, "select name from customer") == "Zoë"
    with pytest.raises(BackupError, match="exists already"):
        await take_backup(elsewhere, archive)


async def test_what_is_there_is_only_replaced_when_that_is_said(
    elsewhere: Settings, fresh_database_url: str, tmp_path: Path
) -> None:
    archive = tmp_path / "two.backup"
    await take_backup(elsewhere, archive)
    await execute(fresh_database_url, "insert into customer (name) values ('Somebody else')", "select 1")
    target = load_settings(data_dir=tmp_path / "other", database_url=fresh_database_url)
    with pytest.raises(BackupError, match="--replace"):
        await restore_backup(target, archive)
    assert await execute(fresh_database_url, "select count(*) from customer where name = 'Somebody else'") == 1
    done = await restore_backup(target, archive, replace=True)
    assert not done.key_fits
    assert not (target.data_dir / KEY_FILE).exists(), "nobody asked for a new key"
    assert await execute(fresh_database_url, "select count(*) from customer where name = 'Somebody else'") == 0
    assert await execute(fresh_database_url, "select count(*) from pg_namespace where nspname = 'before_restore'") == 0


async def test_a_restore_that_breaks_leaves_the_database_as_it_was(
    elsewhere: Settings, fresh_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "three.backup"
    await take_backup(elsewhere, archive)
    await execute(fresh_database_url, "insert into customer (name) values ('Still here')", "select 1")
    target = load_settings(data_dir=tmp_path / "other", database_url=fresh_database_url)

    async def broken(*_: object) -> int:
        raise BackupError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_finish", broken)
        with pytest.raises(BackupError, match="disk is full"):
            await restore_backup(target, archive, replace=True)
    assert await execute(fresh_database_url, "select name from customer") == "Still here"
    await restore_backup(target, archive, replace=True)


async def test_a_backup_of_an_older_version_is_brought_up_to_date(
    empty_database_url: str, fresh_database_url: str, tmp_path: Path
) -> None:
    def old(connection: Connection) -> None:
        config = configuration()
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, revisions()[0])

    engine = create_engine(empty_database_url)
    async with engine.connect() as connection:
        await connection.run_sync(old)
        await connection.commit()
    assert await revision(engine) != newest()
    await engine.dispose()
    settings = load_settings(data_dir=tmp_path / "data", database_url=empty_database_url)
    manifest = await take_backup(settings, tmp_path / "old.backup")
    assert manifest.revision == revisions()[0]
    target = load_settings(data_dir=tmp_path / "other", database_url=fresh_database_url)
    await restore_backup(target, tmp_path / "old.backup", replace=True)
    engine = create_engine(fresh_database_url)
    assert await revision(engine) == newest()
    await engine.dispose()


async def test_a_backup_of_a_newer_version_is_refused(elsewhere: Settings, tmp_path: Path) -> None:
    url = elsewhere.database_url.get_secret_value() if elsewhere.database_url else ""
    await execute(url, "update schema_version set version_num = '9999'", "select 1")
    try:
        await take_backup(elsewhere, tmp_path / "newer.backup")
    finally:
        await execute(url, f"update schema_version set version_num = '{newest()}'", "select 1")
    with pytest.raises(BackupError, match="newer than this one"):
        await restore_backup(elsewhere, tmp_path / "newer.backup", replace=True)


async def test_numbers_given_out_after_the_backup_are_never_given_again(
    elsewhere: Settings, fresh_database_url: str, tmp_path: Path
) -> None:
    url = elsewhere.database_url.get_secret_value() if elsewhere.database_url else ""
    add = "insert into customer (name) values ('One') returning id"
    known = await execute(url, add)
    await take_backup(elsewhere, tmp_path / "ids.backup")
    since = await execute(url, add)
    target = load_settings(data_dir=tmp_path / "other", database_url=fresh_database_url)
    await restore_backup(target, tmp_path / "ids.backup", replace=True)
    assert await execute(fresh_database_url, add) > since + ID_GAP / 2
    assert await execute(fresh_database_url, f"select name from customer where id = {known}") == "One"


async def test_a_database_at_work_is_not_replaced(elsewhere: Settings, fresh_database_url: str, tmp_path: Path) -> None:
    archive = tmp_path / "four.backup"
    await take_backup(elsewhere, archive)
    target = load_settings(data_dir=tmp_path / "other", database_url=fresh_database_url)
    hub = await asyncpg.connect(fresh_database_url, server_settings={"application_name": "allways"})
    try:
        with pytest.raises(BackupError, match="Stop it"):
            await restore_backup(target, archive, replace=True)
    finally:
        await hub.close()


async def test_a_damaged_backup_is_refused_before_anything_is_touched(elsewhere: Settings, tmp_path: Path) -> None:
    archive = tmp_path / "five.backup"
    await take_backup(elsewhere, archive)
    whole = archive.read_bytes()
    with tarfile.open(archive) as tar:
        dump = tar.getmember("database.dump")
    flipped = bytearray(whole)
    flipped[dump.offset_data + dump.size // 2] ^= 1
    for content in (bytes(flipped), whole[: len(whole) // 2], whole[: len(whole) - 12_000], b"", b"PK" * 5000):
        archive.write_bytes(content)
        with pytest.raises(BackupError), open_archive(archive):
            pass
    archive.write_bytes(whole)
    with open_archive(archive) as sound:
        assert sound.read_key() is None


async def test_a_lost_attachment_is_named_and_the_rest_is_kept(fresh_database_url: str, tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "data", database_url=fresh_database_url)
    lost = hashlib.sha256(b"lost").digest()
    await execute(fresh_database_url, f"insert into blob (hash, size) values ('\\x{lost.hex()}', 4)", "select 1")
    manifest = await take_backup(settings, tmp_path / "six.backup")
    assert manifest.missing_attachments == [lost.hex()]
    assert manifest.attachments == 0


def test_the_programs_fit_the_server() -> None:
    version, program = find_program("pg_dump", 15)
    assert version >= 15
    assert program.exists()
    with pytest.raises(BackupError, match="postgresql-client-99"):
        find_program("pg_dump", 99)
