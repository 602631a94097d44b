"""The attachment store keeps bytes by their hash, whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import pytest

from hub.db.blobs import BlobMissing, FolderBlobs, open_blob_store


async def test_what_is_put_comes_back(tmp_path: Path) -> None:
    store = open_blob_store(f"file:{tmp_path / 'a folder' / 'blobs'}")
    content = bytes(range(256)) * 3000
    digest = await store.put(content)
    assert digest == hashlib.sha256(content).digest()
    assert await store.get(digest) == content
    assert b"".join([piece async for piece in store.stream(digest)]) == content
    assert await store.exists(digest)


async def test_the_same_content_is_stored_once_however_often_and_at_once(tmp_path: Path) -> None:
    store = FolderBlobs(tmp_path)
    digests = await asyncio.gather(*(store.put(b"the same") for _ in range(20)))
    assert len(set(digests)) == 1
    assert [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()] == [b"the same"]


async def test_missing_content_says_what_to_do(tmp_path: Path) -> None:
    store = FolderBlobs(tmp_path)
    assert not await store.exists(b"\x00" * 32)
    with pytest.raises(BlobMissing, match="backup"):
        await store.get(b"\x00" * 32)
    with pytest.raises(BlobMissing):
        await anext(aiter(store.stream(b"\x00" * 32)))


async def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FolderBlobs(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hub.db.blobs.os.fsync", full)
    with pytest.raises(OSError):
        await store.put(b"too much")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


async def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    await FolderBlobs(tmp_path / "blobs").put(b"private")
    (file,) = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("url", ["", "/folder", "http://bucket", "s3:", "file:"])
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="s3://bucket/prefix"):
        open_blob_store(url)
