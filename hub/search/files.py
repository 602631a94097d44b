"""The text of files: read once for each content, in a process of its own. The follower puts it into the index."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from typing import Any, Final

import structlog

from hub.db.blobs import BlobMissing, BlobStore
from hub.db.engine import Database
from hub.db.trouble import is_passing, unless_ending
from hub.search.child import Child, Died

MAX_BYTES: Final = 50 * 1024 * 1024
MAX_ATTEMPTS: Final = 3
POLL_SECONDS: Final = 10.0
_RETRY_SECONDS: Final = 30.0
NO_RECOGNITION: Final = "no_recognition"

# A hub that dies with a file in hand leaves it to the next after ten minutes.
_CLAIM: Final = """
update search_file set attempts = attempts + 1, try_at = now() + interval '10 minutes'
where blob_hash = (select blob_hash from search_file where state = 'waiting' and try_at <= now()
                   order by try_at limit 1 for update skip locked)
returning blob_hash, filename, content_type, size, attempts
"""
_SETTLE: Final = "update search_file set state = $2, reason = $3, text = $4, since = now() where blob_hash = $1"
_LATER: Final = (
    "update search_file set attempts = attempts - 1, try_at = now() + interval '10 minutes' where blob_hash = $1"
)
# Since tesseract was installed, pictures have text.
_REVIVE: Final = f"""
update search_file set state = 'waiting', reason = '', attempts = 0, try_at = now() where reason = '{NO_RECOGNITION}'
"""
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def recognises() -> bool:
    """Whether this machine can read what is written on pictures."""
    return shutil.which("tesseract") is not None


class FileReader:
    """`run` reads files until it is cancelled."""

    def __init__(
        self, database: Database, blobs: BlobStore, read: Callable[[], None], child: Child | None = None
    ) -> None:
        """`read` is called after each file that has text."""
        self._pool = database.pool
        self._blobs = blobs
        self._told = read
        self._child = child or Child()

    async def run(self) -> None:
        try:
            await self._run()
        finally:
            await self.close()

    async def close(self) -> None:
        await self._child.close()

    async def _run(self) -> None:
        revived = False
        while True:
            pause = POLL_SECONDS
            try:
                if not revived and recognises():
                    await self._pool.execute(_REVIVE)
                    revived = True
                while await self.step():
                    pass
            except Exception as failure:  # noqa: BLE001  # logged; the file is tried again, and the hub goes on meanwhile
                unless_ending()
                fault = None if is_passing(failure) else failure
                _log.warning("files wait to be read", error=type(failure).__name__, exc_info=fault)
                pause = _RETRY_SECONDS
            await asyncio.sleep(pause)

    async def step(self) -> bool:
        """One file. False when none waits."""
        claimed = await self._pool.fetchrow(_CLAIM)
        if claimed is None:
            return False
        state, reason, text = await self._read(claimed)
        if state == "later":
            await self._pool.execute(_LATER, claimed["blob_hash"])
            return True
        await self._pool.execute(_SETTLE, claimed["blob_hash"], state, reason, text)
        if state == "read":
            self._told()
        return True

    async def _read(self, claimed: Any) -> tuple[str, str, str]:
        """(state, reason, text); "later": the store of the files is away."""
        if claimed["size"] > MAX_BYTES:
            return "nothing", "too_large", ""
        if claimed["attempts"] > MAX_ATTEMPTS:
            return "failed", "It ended the hub that read it, again and again.", ""
        try:
            content = await self._blobs.get(claimed["blob_hash"])
        except BlobMissing:
            return "failed", "missing", ""
        except OSError as failure:
            _log.warning("a file cannot be had", error=type(failure).__name__)
            return "later", "", ""
        try:
            found = await self._child.extract(claimed["filename"], claimed["content_type"], content)
        except Died as failure:
            _log.warning("a file was not read", size=claimed["size"], reason=str(failure))
            return "failed", str(failure), ""
        return ("read" if found.text.strip() else "nothing"), found.reason, found.text
