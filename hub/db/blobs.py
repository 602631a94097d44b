"""The attachment store: bytes by their SHA-256, in a local folder or in S3. Never changed, so a put can be repeated."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from obstore.store import S3Store

_CHUNK: Final = 256 * 1024
_S3_SECONDS: Final = "30s"


class BlobMissing(Exception):
    """The attachment store has no such content: it was lost or never copied here. Restore the store from its backup."""


class BlobStore(Protocol):
    """Where the bytes of attachments and large raws lie. Raises OSError when the store is full or out of reach."""

    async def put(self, content: bytes) -> bytes:
        """Stores it durably and returns its SHA-256; storing the same again changes nothing."""
        ...

    async def get(self, digest: bytes) -> bytes:
        """Raises BlobMissing."""
        ...

    def stream(self, digest: bytes) -> AsyncIterator[bytes]:
        """The content in pieces. Raises BlobMissing before the first."""
        ...

    async def exists(self, digest: bytes) -> bool: ...

    async def probe(self) -> None:
        """Tries to store something, and takes it away again."""
        ...


def open_blob_store(url: str) -> BlobStore:
    """The store at `file:/folder` (made if missing) or `s3://bucket/prefix` (credentials from the environment, as AWS
    names them). Raises ValueError for any other address."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return FolderBlobs(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        try:
            from obstore.store import S3Store  # only where it is used: it takes time and memory
        except ImportError:
            raise ValueError("An attachment store in S3 needs one package more: pip install 'allways[s3]'") from None
        return S3Blobs(
            S3Store(
                parts.netloc,
                prefix=parts.path.strip("/") or None,
                # Options given here replace obstore's own reading of AWS_ALLOW_HTTP.
                client_options={"timeout": _S3_SECONDS, "allow_http": _true(os.environ.get("AWS_ALLOW_HTTP"))},
            )
        )
    raise ValueError("The attachment store must be file:/folder or s3://bucket/prefix.")


class FolderBlobs:
    """A folder; content is complete and on disk before it has its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        _make_folder(folder)

    async def put(self, content: bytes) -> bytes:
        return await asyncio.to_thread(self._put, content)

    async def get(self, digest: bytes) -> bytes:
        return await asyncio.to_thread(self._get, digest)

    async def stream(self, digest: bytes) -> AsyncIterator[bytes]:
        try:
            file = await asyncio.to_thread(self._file(digest).open, "rb")
        except FileNotFoundError:
            raise _missing(digest) from None
        try:
            while piece := await asyncio.to_thread(file.read, _CHUNK):
                yield piece
        finally:
            await asyncio.to_thread(file.close)

    async def exists(self, digest: bytes) -> bool:
        return await asyncio.to_thread(self._file(digest).is_file)

    async def probe(self) -> None:
        await asyncio.to_thread(self._probe)

    def _probe(self) -> None:
        file = self._folder / f".probe.{secrets.token_hex(8)}"
        try:
            file.write_bytes(b"probe")
        finally:
            file.unlink(missing_ok=True)

    def _file(self, digest: bytes) -> Path:
        name = digest.hex()
        return self._folder / name[:2] / name

    def _get(self, digest: bytes) -> bytes:
        try:
            return self._file(digest).read_bytes()
        except FileNotFoundError:
            raise _missing(digest) from None

    def _put(self, content: bytes) -> bytes:
        digest = hashlib.sha256(content).digest()
        file = self._file(digest)
        if file.is_file():
            # Another writer may have renamed it a moment ago and not yet made that durable.
            _sync_folder(file.parent)
            return digest
        _make_folder(file.parent)
        unfinished = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        try:
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(file)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        _sync_folder(file.parent)
        return digest


class S3Blobs:
    """A bucket; a put is durable when it returns."""

    def __init__(self, store: S3Store) -> None:
        self._store = store

    async def put(self, content: bytes) -> bytes:
        digest = hashlib.sha256(content).digest()
        if not await self.exists(digest):
            with _as_os_error():
                await self._store.put_async(_key(digest), content)
        return digest

    async def get(self, digest: bytes) -> bytes:
        return b"".join([piece async for piece in self.stream(digest)])

    async def stream(self, digest: bytes) -> AsyncIterator[bytes]:
        from obstore.exceptions import NotFoundError

        with _as_os_error():
            try:
                found = await self._store.get_async(_key(digest))
            except (FileNotFoundError, NotFoundError):
                raise _missing(digest) from None
            async for piece in found.stream(min_chunk_size=_CHUNK):
                yield bytes(piece)

    async def exists(self, digest: bytes) -> bool:
        from obstore.exceptions import NotFoundError

        with _as_os_error():
            try:
                await self._store.head_async(_key(digest))
            except (FileNotFoundError, NotFoundError):
                return False
        return True

    async def probe(self) -> None:
        name = f"probe/{secrets.token_hex(8)}"
        with _as_os_error():
            await self._store.put_async(name, b"probe")
            await self._store.delete_async(name)


class _as_os_error:  # noqa: N801  # reads as the statement that it is
    """Gives obstore's own errors the name that callers know for a store in trouble."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, failure: BaseException | None, _trace: object) -> None:
        from obstore.exceptions import BaseError

        if isinstance(failure, (BaseError, OSError)):  # obstore raises some of its own as Python's
            raise OSError(f"The attachment store failed: {type(failure).__name__}") from failure


def _true(value: str | None) -> bool:
    return (value or "").lower() in ("1", "true", "yes", "on")


def _key(digest: bytes) -> str:
    name = digest.hex()
    return f"{name[:2]}/{name}"


def _missing(digest: bytes) -> BlobMissing:
    return BlobMissing(f"The attachment store has no content {digest.hex()}. Restore it from its backup.")


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
