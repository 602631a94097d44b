"""Messages in quarantine, straight into the database of a hub that runs: nobody has to find what is not understood."""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import asyncpg

from hub.db.embedded import running_url

SUBJECTS: Final = ("Order 20417", "x" * 300, "Re: Fwd: الطلب رقم 20417", "")
REASONS: Final = (
    "The connector found nothing in it.",
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 4711: invalid start byte",
    "It took longer than 30 s to understand, or ended the process.",
)
_INSERT: Final = (
    "insert into raw (channel_id, source_key, content_hash, content, size, received_at, state, reason) "
    "values ($1, $2, $3, $4, $5, now() - $6 * interval '1 hour', 'quarantined', $7)"
)


def hold(data: Path, channel_id: int, count: int) -> None:
    """`data` is the data folder of the hub."""
    rows = []
    for at in range(count):
        subject = SUBJECTS[at % len(SUBJECTS)]
        content = f"From: Eve <eve{at}@customer.example>\r\nSubject: {subject}\r\n\r\n{uuid.uuid4()}".encode()
        digest = hashlib.sha256(content).digest()
        rows.append((channel_id, uuid.uuid4().hex, digest, content, len(content), at, REASONS[at % len(REASONS)]))

    async def insert() -> None:
        url = running_url(data)
        assert url is not None, "the hub runs a database of its own"
        connection: Any = await asyncpg.connect(url)
        try:
            await connection.executemany(_INSERT, rows)
        finally:
            await connection.close()

    with ThreadPoolExecutor(1) as aside:  # the caller's thread has Playwright's event loop
        aside.submit(asyncio.run, insert()).result()
