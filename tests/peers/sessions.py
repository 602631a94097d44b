"""Running a session of the email connector against real servers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping

from connectors.email import CONNECTOR
from connectors.email.connector import EmailSession
from hub.sdk import Address, Outgoing
from hub.sdk.testing import FakeContext, MemorySink


def open_session(
    settings: Mapping[str, object], cursor: Mapping[str, object] | None = None, tokens: tuple[str, ...] = ()
) -> tuple[EmailSession, FakeContext]:
    assert CONNECTOR.schema.problems(settings) == {}
    context = FakeContext(CONNECTOR.schema.with_defaults(settings), cursor, tokens)
    return CONNECTOR.open(context), context


@contextlib.asynccontextmanager
async def running(
    settings: Mapping[str, object],
    sink: MemorySink,
    cursor: Mapping[str, object] | None = None,
    tokens: tuple[str, ...] = (),
) -> AsyncIterator[asyncio.Task[None]]:
    """A session that receives; an error of it that nobody looked at fails the test."""
    session, _ = open_session(settings, cursor, tokens)
    task = asyncio.ensure_future(session.run(sink))
    try:
        yield task
    finally:
        ended = task.done()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait({task}, timeout=20)
            assert task.done(), "run() did not end when it was cancelled"
        if ended and not task.cancelled() and not getattr(task, "looked_at", False):
            task.result()
        await session.close()


async def run_until_error(settings: Mapping[str, object], sink: MemorySink, seconds: float = 20.0) -> BaseException:
    """The error that the session's run ends with by itself."""
    session, _ = open_session(settings, sink.cursor)
    task = asyncio.ensure_future(session.run(sink))
    try:
        await asyncio.wait({task}, timeout=seconds)
        assert task.done(), "it still runs"
        error = task.exception()
        assert error is not None
        return error
    finally:
        task.cancel()
        await session.close()


def outgoing(*addresses: str, **changes: object) -> Outgoing:
    values: dict[str, object] = {
        "attempt": "att1",
        "reference": "k3f9q2mzx7ab.5wdm3q@acme.test",
        "token": "k3f9q2mzx7ab",
        "to": tuple(Address("email", one) for one in addresses),
        "text": "Hello Anna,\n\nit is on its way.\n",
        "subject": "Re: Where is it?",
        **changes,
    }
    return Outgoing(**values)  # type: ignore[arg-type]
