"""`hub restore`: verified first, then attachments, then the database in one transaction, then its aftermath.

With `replace` what was there is set aside under another schema and dropped only after all else has succeeded: a
restore that fails leaves the database as it was.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncpg

from hub.backup.aftermath import begin_new_life
from hub.backup.archive import Archive, BackupError, Manifest, open_archive
from hub.backup.dump import restore
from hub.db.blobs import open_blob_store
from hub.db.engine import CONNECT_SECONDS, asyncpg_url, create_engine
from hub.db.migrate import migrate, revisions
from hub.db.server import database_server
from hub.folder import claim, make_private
from hub.secrets import KEY_FILE, open_vault
from hub.settings import Settings

_ASIDE: Final = "before_restore"
_TABLES: Final = "select count(*) from pg_tables where schemaname = 'public'"
_OTHERS: Final = """
select count(*) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and application_name = 'allways'
"""
# Whatever is ours and no extension's: those belong to whoever made them, often a superuser, and stay where they are.
_OBJECTS: Final = """
with extensions as (select objid from pg_depend where deptype = 'e')
select case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
       c.oid::regclass::text
from pg_class c
where c.relnamespace = to_regnamespace($1) and c.relkind in ('r', 'p', 'v', 'm', 'S')
  and c.oid not in (select objid from extensions)
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i') and c.relkind = 'S')
union all
select 'routine', p.oid::regprocedure::text from pg_proc p
where p.pronamespace = to_regnamespace($1) and p.oid not in (select objid from extensions)
"""
_HAS_ASIDE: Final = "select exists (select from pg_namespace where nspname = $1)"


@dataclass(frozen=True, slots=True)
class Restored:
    """`doubtful` messages may have been sent after the backup; `key_fits`: stored passwords can be opened."""

    manifest: Manifest
    attachments: int
    doubtful: int
    key_fits: bool


async def restore_backup(settings: Settings, file: Path, *, replace: bool = False) -> Restored:
    """Puts the backup in place of an empty database, or with `replace` of what is there. No hub may be running.

    Raises BackupError, FolderInUseError, and as `database_server` and `open_vault` do.
    """
    with claim(settings.data_dir), open_archive(file) as archive:
        manifest = archive.manifest
        if manifest.revision not in revisions():
            raise BackupError(
                f"The backup was made by version {manifest.version}, which is newer than this one. "
                "Install that version, then restore."
            )
        async with database_server(settings) as server:
            await _check_target(server.url, manifest, replace=replace)
            attachments = await _put_attachments(settings, archive)
            _put_key(settings, archive)
            async with _emptied(server.url):
                await restore(server.url, archive.read_dump(), await _major(server.url))
                doubtful = await _finish(server.url, manifest)
        return Restored(manifest, attachments, doubtful, _key_fits(settings, manifest))


async def _check_target(url: str, manifest: Manifest, *, replace: bool) -> None:
    async with _connected(url) as connection:
        await _recover(connection)
        if connection.get_server_version().major < manifest.postgresql:
            raise BackupError(
                f"The backup was made with PostgreSQL {manifest.postgresql}, and this server is older. "
                f"Restore into PostgreSQL {manifest.postgresql} or newer."
            )
        if await connection.fetchval(_OTHERS):
            raise BackupError("A hub is working on this database. Stop it, on every machine, then restore.")
        if await connection.fetchval(_TABLES) and not replace:
            raise BackupError(
                "The database is not empty. To put the backup in place of what is there, for good, say --replace."
            )


async def _put_attachments(settings: Settings, archive: Archive) -> int:
    """Before the database that mentions them; what is there already is left as it is."""
    blobs = open_blob_store(settings.attachments_url)
    count = 0
    for content in archive.attachments():
        await blobs.put(content)
        count += 1
    return count


def _put_key(settings: Settings, archive: Archive) -> None:
    """Where there is no key yet. One that is there stays: it may have sealed what the operator still wants."""
    key = archive.read_key()
    file = make_private(settings.data_dir) / KEY_FILE
    if key is None or settings.secret_key is not None or file.exists():
        return
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(key)
        stream.flush()
        os.fsync(stream.fileno())


def _key_fits(settings: Settings, manifest: Manifest) -> bool:
    """Whether there is a key, and it is the backup's; none is made here."""
    there = settings.secret_key is not None or (settings.data_dir / KEY_FILE).exists()
    return there and open_vault(settings).key_id == manifest.key_id


@contextlib.asynccontextmanager
async def _emptied(url: str) -> AsyncIterator[None]:
    """An empty schema for the block; what was there is back if it raises, and gone if it does not."""
    async with _connected(url) as connection:
        try:
            async with connection.transaction():
                await connection.execute(f"create schema {_ASIDE}")
                await _each(connection, "public", f"alter {{}} {{}} set schema {_ASIDE}")
        except asyncpg.InsufficientPrivilegeError as refusal:
            raise BackupError(
                f"The database's user may not empty it ({refusal}). Restore into a new database that this user owns, "
                "and set HUB_DATABASE_URL to that."
            ) from None
    try:
        yield
    except BaseException:
        async with _connected(url) as connection:
            await _recover(connection)
        raise
    async with _connected(url) as connection:
        await connection.execute(f"drop schema {_ASIDE} cascade")


async def _recover(connection: Any) -> None:
    """After a restore that did not succeed: what was set aside is the database again."""
    if not await connection.fetchval(_HAS_ASIDE, _ASIDE):
        return
    async with connection.transaction():
        await _each(connection, "public", "drop {} if exists {} cascade")
        await _each(connection, _ASIDE, "alter {} {} set schema public")
        await connection.execute(f"drop schema {_ASIDE}")


async def _each(connection: Any, schema: str, statement: str) -> None:
    """Does it to every object of ours in the schema, by its kind and its name."""
    for kind, name in await connection.fetch(_OBJECTS, schema):
        await connection.execute(statement.format(kind, name))


async def _finish(url: str, manifest: Manifest) -> int:
    engine = create_engine(url)
    try:
        await migrate(engine)
        async with engine.begin() as connection:
            return await begin_new_life(connection, manifest.taken_at)
    finally:
        await engine.dispose()


async def _major(url: str) -> int:
    async with _connected(url) as connection:
        return int(connection.get_server_version().major)


@contextlib.asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(asyncpg_url(url), timeout=CONNECT_SECONDS)
    try:
        yield connection
    finally:
        await asyncio.shield(connection.close(timeout=CONNECT_SECONDS))
