"""`hub check`: tries what the hub needs, each channel too, and changes nothing: before the first start it makes neither
folder nor key nor database, which would belong to whoever checks."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.channels.errors import SettingsInvalid
from hub.channels.model import Channel
from hub.channels.oauth import OAuth
from hub.channels.registry import Registry, UnknownKind
from hub.channels.store import list_channels
from hub.channels.testing import test_settings
from hub.db.binaries import EmbeddedPostgresError, find_binaries, find_owner
from hub.db.blobs import open_blob_store
from hub.db.cluster import pgdata
from hub.db.engine import Database, connect
from hub.db.migrate import newest, revision
from hub.db.server import DatabaseServer, DatabaseUnreachableError, database_server
from hub.db.trouble import DATABASE_TROUBLE
from hub.events.feed import Feed
from hub.events.outbox import Hint, Outbox
from hub.events.whisper import Whispers
from hub.folder import FolderInUseError, is_claimed
from hub.outbound.queue import MessageQueue
from hub.outbound.token import ReplyTokens
from hub.search.files import recognises
from hub.secrets import KEY_FILE, SecretsError, Vault, open_vault
from hub.settings import Settings, config_file
from hub.terminal import say
from hub.transcript.onward import Onward
from hub.transcript.service import Transcripts

_LOW_DISK_BYTES: Final = 1_000_000_000
_STORE_SECONDS: Final = 30.0
_LATER: Final = "made at the first start"
_SIZE: Final = text("select pg_size_pretty(pg_database_size(current_database()))")
_WRITE: Final = text("create table hub_check (one integer)")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was tried. Where it is not `ok`, `what` says why, and `next_step` what to do."""

    area: str
    what: str
    ok: bool = True
    next_step: str = ""


async def check(settings: Settings, *, channels: bool = True, as_json: bool = False) -> int:
    """Say each thing tried and its result; 0 when all is well, 1 when something needs a hand."""
    findings: list[Finding] = []
    async for finding in _findings(settings, channels=channels):
        findings.append(finding)
        if not as_json:
            say(_line(finding))
    ok = all(one.ok for one in findings)
    if as_json:
        result = {"ok": ok, "checks": [dataclasses.asdict(one) for one in findings]}
        say(orjson.dumps(result, option=orjson.OPT_INDENT_2).decode())
    elif ok:
        say("All is well.")
    return 0 if ok else 1


def _line(finding: Finding) -> str:
    if finding.ok:
        return f"{finding.area:<12}{finding.what}"
    return f"{finding.area:<12}PROBLEM: {finding.what} {finding.next_step}".rstrip()


async def _findings(settings: Settings, *, channels: bool) -> AsyncIterator[Finding]:
    yield Finding("settings", str(config_file(settings.data_dir) or "environment and defaults only"))
    yield _address(settings)
    yield _folder(settings)
    vault = None
    key_file = settings.data_dir / KEY_FILE
    has_key = settings.secret_key is not None or key_file.exists()
    try:
        vault = open_vault(settings) if has_key else None
        where = "HUB_SECRET_KEY" if settings.secret_key else str(key_file)
        yield Finding("key", where if has_key else _LATER)
    except SecretsError as failure:
        yield Finding("key", str(failure), ok=False)
    never_started = settings.database_url is None and not pgdata(settings.data_dir).exists()
    store = await _attachments(settings.attachments_url, never_started=never_started)
    yield store
    yield _reading()
    if never_started:
        yield await _no_database()
        return
    try:
        async with database_server(settings, join=True) as server:
            where = "HUB_DATABASE_URL" if settings.database_url else f"the hub's own, while it runs at {server.url}"
            async with _connected(server) as database:
                async for finding in _database(database, where):
                    yield finding
                if not has_key and await revision(database.engine) is not None:
                    said = f"The database is in use, and its key is not in {key_file}."
                    yield Finding("key", said, ok=False, next_step="Put it back, or set HUB_SECRET_KEY.")
                if channels and vault is not None and store.ok and await revision(database.engine) == newest():
                    async for finding in _channels(settings, database, vault):
                        yield finding
    except (DatabaseUnreachableError, EmbeddedPostgresError, FolderInUseError) as failure:
        yield Finding("database", str(failure), ok=False)


def _reading() -> Finding:
    """Not a problem: it is for whoever wonders why a scan is not found."""
    if recognises():
        return Finding("search", "Text of files, with what is written on pictures and scans (tesseract)")
    return Finding("search", "Text of files; for pictures and scans install tesseract-ocr and poppler-utils")


def _address(settings: Settings) -> Finding:
    if settings.host not in ("127.0.0.1", "::1", "localhost") and settings.public_url.startswith("http:"):
        step = "Put a proxy before it and set HUB_PUBLIC_URL."
        return Finding("address", "The hub listens to other machines without TLS.", ok=False, next_step=step)
    return Finding("address", settings.public_url)


def _folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    if (missing := _missing("data", folder)) is not None and not missing.ok:
        return missing
    free = shutil.disk_usage(_nearest(folder)).free
    if free < _LOW_DISK_BYTES:
        return Finding(
            "data", f"Only {free // 1_000_000} MB are free on the disk of {folder}.", ok=False, next_step="Make room."
        )
    if missing is not None:
        return missing
    return Finding("data", f"{folder}{' (a hub is running on it)' if is_claimed(folder) else ''}")


def _nearest(folder: Path) -> Path:
    """The folder itself, or the first above it that is there."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def _missing(area: str, folder: Path) -> Finding | None:
    """None for a folder that is there."""
    if folder.exists():
        return None
    above = _nearest(folder)
    if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
        step = f"Make it and give it to the hub's user, or give them the right to write into {above}."
        return Finding(area, f"{folder} is not there and cannot be made.", ok=False, next_step=step)
    return Finding(area, f"{folder}, {_LATER}")


async def _no_database() -> Finding:
    try:
        found = await asyncio.to_thread(lambda: find_binaries(find_owner()))
    except EmbeddedPostgresError as failure:
        return Finding("database", str(failure), ok=False)
    return Finding("database", f"PostgreSQL {found.version}, {_LATER}")


async def _attachments(address: str, *, never_started: bool) -> Finding:
    url = urlsplit(address)
    if (
        never_started
        and url.scheme == "file"
        and (missing := _missing("attachments", Path(unquote(url.path)))) is not None
    ):
        return missing
    try:
        async with asyncio.timeout(_STORE_SECONDS):
            await open_blob_store(address).probe()
    except (OSError, ValueError) as failure:
        said = f"Nothing can be stored in {address}: {failure or type(failure).__name__}."
        step = "Make room, or correct its address, permissions or credentials."
        return Finding("attachments", said, ok=False, next_step=step)
    return Finding("attachments", address)


@contextlib.asynccontextmanager
async def _connected(server: DatabaseServer) -> AsyncIterator[Database]:
    database = await connect(server.url, pool_size=2)
    try:
        yield database
    finally:
        await database.close()


async def _database(database: Database, where: str) -> AsyncIterator[Finding]:
    found, wanted = await revision(database.engine), newest()
    async with database.engine.connect() as connection:
        version = ".".join(map(str, connection.dialect.server_version_info or ()))
        size = (await connection.execute(_SIZE)).scalar_one()
        yield Finding("database", f"PostgreSQL {version}, {size} ({where})")
        yield await _tried("writing", "The database takes changes.", lambda: _try_to_write(connection))
    if found is not None and found != wanted:
        said = f"The database is at revision {found}, this version works with {wanted}."
        yield Finding("revision", said, ok=False, next_step="Run hub migrate, or start the version that fits.")
    else:
        yield Finding("revision", found or "none yet")


async def _try_to_write(connection: AsyncConnection) -> None:
    await connection.rollback()
    await connection.execute(_WRITE)
    await connection.rollback()


async def _tried(area: str, well: str, attempt: Callable[[], Awaitable[Any]]) -> Finding:
    try:
        await attempt()
    except DATABASE_TROUBLE as failure:
        said = str(getattr(failure, "orig", failure)).splitlines()[0]
        step = "Make room on its disk, or give the hub's user the right to change this database."
        return Finding(area, f"The database takes no changes: {said}.", ok=False, next_step=step)
    return Finding(area, well)


async def _channels(settings: Settings, database: Database, vault: Vault) -> AsyncIterator[Finding]:
    """Each active channel's live test, as its page has it."""
    registry, hint, feed = Registry.load(), Hint(database), Feed(database)
    outbox = Outbox(database, hint)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(hint.close)
        oauth = OAuth(database, outbox, registry, vault, settings.public_url)
        stack.push_async_callback(oauth.close)
        whispers = Whispers(database, feed)
        stack.push_async_callback(whispers.close)
        blobs = open_blob_store(settings.attachments_url)
        tokens = ReplyTokens(vault)
        onward = Onward(outbox, registry, MessageQueue(registry, tokens))
        transcripts = Transcripts(database, feed, whispers, blobs, tokens, onward)
        async with database.engine.connect() as connection:
            found = await list_channels(connection, archived=False)
        for channel in found:
            if channel.state != "active":
                yield Finding("channel", f"{channel.name} ({channel.kind}) is {channel.state}.")
                continue
            async for finding in _channel(channel, database, registry, vault, oauth, transcripts, settings.public_url):
                yield finding


async def _channel(
    channel: Channel,
    database: Database,
    registry: Registry,
    vault: Vault,
    oauth: OAuth,
    transcripts: Transcripts,
    public_url: str,
) -> AsyncIterator[Finding]:
    name = f"{channel.name} ({channel.kind})"
    try:
        steps = await test_settings(
            *(database, registry, vault, oauth, transcripts),
            kind=channel.kind,
            settings=channel.settings,
            secrets={},
            channel_id=channel.id,
            public_url=public_url,
        )
    except (UnknownKind, SecretsError, SettingsInvalid) as failure:
        yield Finding("channel", f"{name}: {failure}", ok=False)
        return
    failed = [step for step in steps if not step.ok]
    for step in failed:
        yield Finding("channel", f"{name}: {step.label}: {step.detail}", ok=False, next_step=step.next_step)
    if not failed:
        yield Finding("channel", f"{name}: {len(steps)} steps tried, all well.")
