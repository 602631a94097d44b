"""The worker: claims jobs, runs them, keeps their leases, and lets none run for ever or vanish."""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

import structlog

from hub.db.engine import Database
from hub.db.trouble import DATABASE_TROUBLE, is_passing, unless_ending
from hub.jobs import queue
from hub.jobs.queue import Again, Done, Handler, Job, Lease, Result, Settled
from hub.metrics import JOBS

LEASE_SECONDS: Final = 20.0
POLL_SECONDS: Final = 1.0
COALESCE_SECONDS: Final = 0.02
"""Whoever is woken by every message that comes in looks only so often."""
_SURE: Final = 2 / 3
"""Part of a lease in which nobody else can have the job, whatever the clocks and the network do."""
BACKOFF_SECONDS: Final = (1.0, 5.0, 30.0, 120.0, 600.0)
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Worker:
    """Runs jobs until it is closed. `channels` says which channels' jobs may be claimed now, and how many of each.

    A job whose handler raises is tried again with growing waits; after its `max_attempts` it is dead: out of the way
    of its key, logged, and listed by `dead_jobs`. One whose worker dies comes back when its lease ends.
    """

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        *,
        channels: Callable[[], Mapping[int, int]] = dict,
        concurrency: int = 8,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        self._database = database
        self._handlers = dict(handlers)
        self._channels = channels
        self._concurrency = concurrency
        self._lease_seconds = lease_seconds
        self._name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._running: dict[int, tuple[Job, Lease, asyncio.Task[None]]] = {}
        self._wake = asyncio.Event()
        self._claiming = asyncio.Lock()
        self._closing = False

    def wake(self) -> None:
        """There may be something to do right now."""
        self._wake.set()

    async def run(self) -> None:
        """Until closed or cancelled."""
        keeper = asyncio.create_task(self._keep_leases(), name="job leases")
        try:
            while not self._closing:
                self._wake.clear()
                async with self._claiming:
                    found = not self._closing and await self._claim()
                if not found:
                    await self._pause()
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)

    async def close(self, grace: float) -> None:
        """Claims nothing more and gives what runs `grace` seconds. What is not done then is cancelled, and comes back
        after its lease."""
        self._closing = True
        self._wake.set()
        ends = time.monotonic() + grace
        with suppress(TimeoutError):
            async with asyncio.timeout(grace), self._claiming:
                pass  # what is being claimed at this moment is in hand too
        tasks = {task for *_, task in self._running.values()}
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=max(0.0, ends - time.monotonic()))
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(POLL_SECONDS * random.uniform(0.8, 1.2)):  # noqa: S311  # nodes drift apart
                await self._wake.wait()
        except TimeoutError:
            return
        await asyncio.sleep(COALESCE_SECONDS)

    async def _claim(self) -> bool:
        """Whether it was worth it: look again at once."""
        unbound = sum(job.channel_id is None for job, *_ in self._running.values())
        free, channels = self._concurrency - unbound, self._channels()
        kinds = list(self._handlers)
        started = time.monotonic()
        try:
            async with self._database.engine.begin() as connection:
                jobs = await queue.claim(connection, self._name, kinds, free, self._lease_seconds) if free > 0 else []
                if channels:
                    jobs += await queue.claim_of_channels(connection, self._name, kinds, channels, self._lease_seconds)
        except DATABASE_TROUBLE as failure:
            unless_ending()
            _log.warning("jobs cannot be claimed", error=type(failure).__name__)
            return False
        for job in jobs:
            lease = Lease(started + self._lease_seconds * _SURE)
            task = asyncio.create_task(self._run_job(job, lease), name=f"job {job.kind} {job.id}")
            self._running[job.id] = (job, lease, task)
        return bool(jobs)

    async def _run_job(self, job: Job, lease: Lease) -> None:
        try:
            try:
                result: Result = await self._handlers[job.kind](job, lease)
            except Exception as failure:  # noqa: BLE001  # a poison job must not stop the others
                result = self._judge(job, failure)
            await self._store(job, result)
        except DATABASE_TROUBLE as failure:
            _log.warning("job not settled; it comes back", job_id=job.id, error=type(failure).__name__)
        finally:
            self._running.pop(job.id, None)
            self._wake.set()

    def _judge(self, job: Job, failure: Exception) -> Again:
        if is_passing(failure):
            _log.warning("job interrupted", job_id=job.id, kind=job.kind, error=type(failure).__name__)
            return Again(random.uniform(0.5, 1.0), type(failure).__name__, progress=True)  # noqa: S311
        _log.error("job failed", job_id=job.id, kind=job.kind, attempt=job.attempts, exc_info=failure)
        delay = BACKOFF_SECONDS[min(job.attempts, len(BACKOFF_SECONDS)) - 1]
        return Again(delay * random.uniform(0.5, 1.0), type(failure).__name__)  # noqa: S311

    async def _store(self, job: Job, result: Result) -> None:
        JOBS.labels(job.kind, type(result).__name__.lower()).inc()
        if isinstance(result, Settled):
            return
        async with self._database.engine.begin() as connection:
            if isinstance(result, Done):
                await queue.finish(connection, job)
            elif job.attempts >= job.max_attempts and not result.progress:
                JOBS.labels(job.kind, "dead").inc()
                await queue.bury(connection, job, result.error)
                _log.error("job is dead", job_id=job.id, kind=job.kind, error=result.error)
            else:
                await queue.release(connection, job, result.delay, result.error, progress=result.progress)

    async def _keep_leases(self) -> None:
        while True:
            held = list(self._running.values())
            started = time.monotonic()
            try:
                async with self._database.engine.begin() as connection:
                    for job_id, kind, state in await queue.return_expired(connection):
                        _log.warning("job came back from a lost worker", job_id=job_id, kind=kind, state=state)
                        self._wake.set()
                    kept = (
                        await queue.renew(connection, [job for job, *_ in held], self._lease_seconds) if held else set()
                    )
            except DATABASE_TROUBLE as failure:
                unless_ending()
                _log.warning("leases cannot be kept", error=type(failure).__name__)
            else:
                for job, lease, _ in held:
                    lease.until = started + self._lease_seconds * _SURE if job.id in kept else 0.0
            await asyncio.sleep(self._lease_seconds / 3)
