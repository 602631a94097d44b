"""The backup file: a tar archive whose last member is its manifest, so that one which was cut off is seen as such.

database.dump         pg_dump's custom format
attachments/ab/ab…    each named by its own SHA-256
secret.key            only where it was asked for
manifest.json         version, revision, sizes and checksums of the above
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

FORMAT: Final = 1
DUMP: Final = "database.dump"
KEY: Final = "secret.key"
MANIFEST: Final = "manifest.json"
_ATTACHMENTS: Final = "attachments/"
_CHUNK: Final = 1024 * 1024
_LARGEST_MANIFEST: Final = 1024 * 1024


class BackupError(Exception):
    """The backup cannot be made, or cannot be used; the message says why and what to do."""


class Manifest(BaseModel):
    """What an archive says of itself. `postgresql` is the major version of the pg_dump that wrote it;
    `attachments_in` is "archive", or the address of the bucket that keeps them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: int
    version: str
    revision: str
    taken_at: str
    postgresql: int
    database_bytes: int
    database_sha256: str
    attachments_in: str
    attachments: int
    attachment_bytes: int
    missing_attachments: list[str] = []
    key_id: str
    key_sha256: str = ""


class ArchiveWriter:
    """Adds members to an archive that is being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def add_file(self, name: str, file: Path) -> None:
        with file.open("rb") as stream:
            self._add(name, stream, file.stat().st_size)

    def add_bytes(self, name: str, content: bytes) -> None:
        self._add(name, io.BytesIO(content), len(content))

    def add_attachment(self, content: bytes, digest: bytes) -> None:
        self.add_bytes(f"{_ATTACHMENTS}{digest.hex()[:2]}/{digest.hex()}", content)

    def finish(self, manifest: Manifest) -> None:
        """The last member: without it the archive counts for nothing."""
        self.add_bytes(MANIFEST, orjson.dumps(manifest.model_dump(), option=orjson.OPT_INDENT_2))

    def _add(self, name: str, stream: IO[bytes], size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, stream)


@contextlib.contextmanager
def write_archive(file: Path) -> Iterator[ArchiveWriter]:
    """The archive is on disk under its name when the block has ended well, and not there at all when it raised.

    Raises BackupError when something of that name exists, for backups are not overwritten.
    """
    if file.exists():
        raise BackupError(f"{file} exists already. Give the backup another name, such as one with the date in it.")
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as failure:
        raise BackupError(f"{file} cannot be written: {failure.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield ArchiveWriter(tar)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.rename(file)
    except OSError as failure:
        raise BackupError(f"The backup could not be written: {failure.strerror or failure}.") from failure
    finally:
        unfinished.unlink(missing_ok=True)


class Archive:
    """A backup file whose every byte was compared with its checksum."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        """Raises BackupError when it is no backup, is incomplete or damaged; reads all of it."""
        self._tar = tar
        self.manifest = self._manifest()
        self._verify()

    def read_dump(self) -> Iterator[bytes]:
        """The database, in pieces for pg_restore."""
        return self._pieces(self._tar.getmember(DUMP))

    def read_key(self) -> bytes | None:
        """The secret key's file; None in most backups."""
        return b"".join(self._pieces(self._tar.getmember(KEY))) if self.manifest.key_sha256 else None

    def attachments(self) -> Iterator[bytes]:
        for member in self._tar.getmembers():
            if member.name.startswith(_ATTACHMENTS):
                yield b"".join(self._pieces(member))

    def _manifest(self) -> Manifest:
        try:
            members = self._tar.getmembers()
            last = members[-1] if members else None
            if last is None or last.name != MANIFEST or last.size > _LARGEST_MANIFEST:
                raise BackupError("This file is no backup of Allways, or was cut off. Use another one.")
            manifest = Manifest.model_validate_json(b"".join(self._pieces(last)))
        except (tarfile.TarError, ValidationError, EOFError) as failure:
            raise BackupError(
                f"This file is no backup of Allways ({type(failure).__name__}). Use another one."
            ) from None
        if manifest.format > FORMAT:
            raise BackupError(
                f"The backup was made by version {manifest.version}, in a newer format. Restore it with that version."
            )
        return manifest

    def _verify(self) -> None:
        manifest, attachments, size = self.manifest, 0, 0
        checksums = {DUMP: manifest.database_sha256}
        if manifest.key_sha256:
            checksums[KEY] = manifest.key_sha256
        for member in self._tar.getmembers():
            if member.name == MANIFEST:
                continue
            if member.name.startswith(_ATTACHMENTS):
                wanted = member.name.rpartition("/")[2]
                attachments, size = attachments + 1, size + member.size
            else:
                wanted = checksums.pop(member.name, "")
            digest = hashlib.sha256()
            for piece in self._pieces(member):
                digest.update(piece)
            if digest.hexdigest() != wanted:
                raise BackupError(f"The backup is damaged: {member.name} is not what was put in. Use another one.")
        whole = attachments == manifest.attachments or manifest.attachments_in != "archive"
        if checksums or not whole or (manifest.attachments_in == "archive" and size != manifest.attachment_bytes):
            raise BackupError(
                "The backup is damaged: something of what its manifest lists is missing. Use another one."
            )

    def _pieces(self, member: tarfile.TarInfo) -> Iterator[bytes]:
        stream = self._tar.extractfile(member) if member.isreg() else None
        if stream is None:
            raise BackupError(f"The backup is damaged: {member.name} is no plain file. Use another one.")
        left = member.size
        while left:
            piece = stream.read(min(_CHUNK, left))
            if not piece:
                raise BackupError("The backup was cut off. Use another one.")
            left -= len(piece)
            yield piece


@contextlib.contextmanager
def open_archive(file: Path) -> Iterator[Archive]:
    """Opens and verifies. Raises BackupError."""
    try:
        tar = tarfile.open(file, mode="r:")  # noqa: SIM115  # closed below
    except FileNotFoundError:
        raise BackupError(f"There is no file {file}.") from None
    except (OSError, tarfile.TarError) as failure:
        raise BackupError(f"{file} cannot be read as a backup ({failure}). Use another one.") from None
    with contextlib.closing(tar):
        yield Archive(tar)
