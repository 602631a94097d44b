"""`hub backup`: the database of one instant and every attachment it knows, while the hub goes on working.

The dump and the list of attachments come from one snapshot. Attachments are read after it: their bytes are stored
before the commit that mentions them, and never change.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import asyncpg

from hub import __version__
from hub.backup.archive import DUMP, FORMAT, KEY, ArchiveWriter, BackupError, Manifest, write_archive
from hub.backup.dump import dump
from hub.db.blobs import BlobMissing, BlobStore, open_blob_store
from hub.db.engine import CONNECT_SECONDS, asyncpg_url
from hub.db.migrate import VERSION_TABLE
from hub.db.server import database_server
from hub.secrets import key_text, open_vault
from hub.settings import Settings

_ATTACHMENTS: Final = """
select hash from blob union select content_hash from raw where content is null order by 1
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The instant that is backed up; its transaction stays open for as long as this is used."""

    name: str
    revision: str
    server: int
    attachments: list[bytes]


async def take_backup(settings: Settings, file: Path, *, with_key: bool = False) -> Manifest:
    """Writes the archive and returns what is in it; the hub may be running or not.

    `with_key` puts the secret key in as well: whoever has the file can then read the passwords of the channels.
    Raises BackupError, and as `database_server` and `open_vault` do.
    """
    vault = open_vault(settings)
    key = key_text(settings).encode() if with_key else b""
    blobs = open_blob_store(settings.attachments_url)
    outside = settings.attachments_url if settings.attachments_url.startswith("s3:") else ""
    async with database_server(settings, join=True) as server, _snapshot(server.url) as snapshot:
        with write_archive(file) as archive:
            written_by, size, digest = await _add_database(archive, server.url, snapshot, file.parent)
            found, total, missing = 0, 0, list[str]()
            if not outside:
                found, total, missing = await _add_attachments(archive, blobs, snapshot.attachments)
            if key:
                archive.add_bytes(KEY, key)
            manifest = Manifest(
                format=FORMAT,
                version=__version__,
                revision=snapshot.revision,
                taken_at=datetime.now(UTC).isoformat(timespec="seconds"),
                postgresql=written_by,
                database_bytes=size,
                database_sha256=digest,
                attachments_in=outside or "archive",
                attachments=len(snapshot.attachments) if outside else found,
                attachment_bytes=total,
                missing_attachments=missing,
                key_id=vault.key_id,
                key_sha256=hashlib.sha256(key).hexdigest() if key else "",
            )
            archive.finish(manifest)
    return manifest


@contextlib.asynccontextmanager
async def _snapshot(url: str) -> AsyncIterator[Snapshot]:
    connection: Any = await asyncpg.connect(asyncpg_url(url), timeout=CONNECT_SECONDS)
    try:
        await connection.execute("set idle_in_transaction_session_timeout = 0; set statement_timeout = 0")
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            if await connection.fetchval("select to_regclass($1)", VERSION_TABLE) is None:
                raise BackupError("There is nothing to back up: the hub has not been started on this database yet.")
            yield Snapshot(
                name=await connection.fetchval("select pg_export_snapshot()"),
                revision=await connection.fetchval(f"select version_num from {VERSION_TABLE}"),
                server=connection.get_server_version().major,
                attachments=[row[0] for row in await connection.fetch(_ATTACHMENTS)],
            )
    finally:
        await connection.close(timeout=CONNECT_SECONDS)


async def _add_database(archive: ArchiveWriter, url: str, snapshot: Snapshot, folder: Path) -> tuple[int, int, str]:
    """The version of the program that wrote it, its size and SHA-256."""
    with tempfile.TemporaryDirectory(prefix=".hub-backup-", dir=folder) as place:
        dumped = Path(place) / DUMP
        version = await dump(url, snapshot.name, dumped, snapshot.server)
        await asyncio.to_thread(archive.add_file, DUMP, dumped)
        return version, dumped.stat().st_size, await asyncio.to_thread(_digest, dumped)


async def _add_attachments(
    archive: ArchiveWriter, blobs: BlobStore, digests: list[bytes]
) -> tuple[int, int, list[str]]:
    """How many, how large, and those that the store does not have."""
    found, total, missing = 0, 0, []
    for digest in digests:
        try:
            content = await blobs.get(digest)
        except BlobMissing:
            missing.append(digest.hex())
            continue
        if hashlib.sha256(content).digest() != digest:
            missing.append(digest.hex())
            continue
        archive.add_attachment(content, digest)
        found, total = found + 1, total + len(content)
    return found, total, missing


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
