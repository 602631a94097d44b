"""Attachments in a bucket: the store against an S3 server of another project's, in a process of its own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests

from hub.db.blobs import BlobMissing, BlobStore, open_blob_store
from tests.peers.ports import free_port, wait_for_port

pytestmark = pytest.mark.peer
UNKNOWN = b"\0" * 32


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ})
    try:
        wait_for_port(port)
        address = f"http://127.0.0.1:{port}"
        requests.put(f"{address}/attic", timeout=60).raise_for_status()
        yield address
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture
def store(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> BlobStore:
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(name, value)
    return open_blob_store("s3://attic/hub")


async def test_content_comes_back_as_it_was_stored_and_once_however_often(store: BlobStore) -> None:
    content = os.urandom(700_000)
    digest = await store.put(content)
    assert digest == hashlib.sha256(content).digest()
    assert await store.put(content) == digest
    assert await store.exists(digest)
    assert await store.get(digest) == content
    assert b"".join([piece async for piece in store.stream(digest)]) == content


async def test_content_that_is_not_there_is_missing_and_no_failure(store: BlobStore) -> None:
    assert not await store.exists(UNKNOWN)
    with pytest.raises(BlobMissing):
        await store.get(UNKNOWN)


async def test_a_probe_leaves_nothing_behind(store: BlobStore, endpoint: str) -> None:
    await store.probe()
    assert "probe" not in requests.get(f"{endpoint}/attic", timeout=60).text


async def test_a_bucket_that_does_not_exist_is_a_store_in_trouble(store: BlobStore) -> None:
    with pytest.raises(OSError, match="attachment store failed"):
        await open_blob_store("s3://no-such-bucket/hub").put(b"content")


async def test_a_server_without_tls_is_used_only_where_that_is_allowed(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ALLOW_HTTP")
    with pytest.raises(OSError, match="attachment store failed"):
        await open_blob_store("s3://attic/hub").put(b"content")
