"""The job table: enqueue and claim, at least once, in order of each key, with leases that a dead worker cannot keep.

It stands below everything that leaves work to do; the worker that runs the jobs is hub/jobs/worker.py.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import CursorResult, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

MAX_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job. `lease_token` proves that it is still ours; `attempts` counts this one."""

    id: int
    kind: str
    key: str
    channel_id: int | None
    payload: Mapping[str, Any]
    attempts: int
    max_attempts: int
    lease_token: int


@dataclass(slots=True)
class Lease:
    """How long a job is surely still ours, by this process's own monotonic clock; the worker keeps extending it."""

    until: float

    @property
    def remaining(self) -> float:
        """Seconds; negative when somebody else may have the job by now."""
        return self.until - time.monotonic()


@dataclass(frozen=True, slots=True)
class Done:
    """The job has done its work."""


@dataclass(frozen=True, slots=True)
class Again:
    """The job wants to run once more, in `delay` seconds. `progress`: what failed was not the job itself, so that it
    does not count as one of its attempts."""

    delay: float
    error: str = ""
    progress: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """The handler has finished or released its job itself, in the transaction of its work."""


Result = Done | Again | Settled
Handler = Callable[[Job, Lease], Awaitable[Result]]


@dataclass(frozen=True, slots=True)
class DeadJob:
    """A job that is not tried again until somebody says so."""

    id: int
    kind: str
    key: str
    attempts: int
    last_error: str
    created_at: datetime


_ENQUEUE = text(
    """
    insert into job (kind, key, dedupe_key, channel_id, payload, run_at, max_attempts)
    values (:kind, :key, :dedupe_key, :channel_id, cast(:payload as jsonb),
            coalesce(cast(:run_at as timestamptz), now() + make_interval(secs => :delay)), :max_attempts)
    on conflict (kind, dedupe_key) where dedupe_key is not null and state <> 'dead' do nothing
    returning id
    """
)
# Jobs of one key in order of their ids: the first that is neither done nor dead, and no other, may be claimed.
_FIRST_OF_KEY: Final = """
    (job.key = '' or not exists (
        select from job earlier where earlier.key = job.key and earlier.id < job.id and earlier.state <> 'dead'))
"""
_TAKE: Final = """
    update job set state = 'running', attempts = job.attempts + 1, lease_token = job.lease_token + 1,
                   lease_until = now() + make_interval(secs => :lease), worker = :worker
    from due where job.id = due.id
    returning job.id, job.kind, job.key, job.channel_id, job.payload, job.attempts, job.max_attempts, job.lease_token
"""
_CLAIM = text(
    f"""
    with due as materialized (
        select job.id from job
        where job.state = 'ready' and job.run_at <= now() and job.channel_id is null and job.kind = any (:kinds)
          and {_FIRST_OF_KEY}
        order by job.run_at, job.id limit :limit for update skip locked
    )
    {_TAKE}
    """
).columns(payload=JSONB)
_CLAIM_OF_CHANNELS = text(
    f"""
    with due as materialized (
        select one.id
        from unnest(cast(:channels as bigint[]), cast(:free as integer[])) as channel (id, free)
        cross join lateral (
            select job.id from job
            where job.state = 'ready' and job.channel_id = channel.id and job.run_at <= now()
              and job.kind = any (:kinds) and {_FIRST_OF_KEY}
            order by job.id limit channel.free for update skip locked
        ) one
    )
    {_TAKE}
    """
).columns(payload=JSONB)
_RENEW = text(
    """
    update job set lease_until = now() + make_interval(secs => :lease)
    from unnest(cast(:ids as bigint[]), cast(:tokens as bigint[])) as held (id, token)
    where job.id = held.id and job.lease_token = held.token and job.state = 'running'
    returning job.id
    """
)
_FINISH = text("delete from job where id = :id and lease_token = :lease_token and state = 'running'")
_RELEASE = text(
    """
    update job set state = 'ready', lease_until = null, worker = null, last_error = :error,
                   run_at = now() + make_interval(secs => :delay),
                   attempts = case when :progress then 0 else attempts end
    where id = :id and lease_token = :lease_token and state = 'running'
    """
)
_BURY = text(
    """
    update job set state = 'dead', lease_until = null, worker = null, last_error = :error
    where id = :id and lease_token = :lease_token and state = 'running'
    """
)
_RETURN_EXPIRED = text(
    """
    update job set state = case when attempts >= max_attempts then 'dead' else 'ready' end,
                   lease_until = null, worker = null,
                   last_error = case when last_error = '' or attempts >= max_attempts
                                     then 'The worker stopped while it ran.' else last_error end
    where state = 'running' and lease_until < now()
    returning id, kind, state
    """
)
_DEAD = text(
    "select id, kind, key, attempts, last_error, created_at from job where state = 'dead' order by id desc limit :limit"
)
_REVIVE = text(
    "update job set state = 'ready', attempts = 0, run_at = now(), lease_token = lease_token + 1 "
    "where id = :id and state = 'dead'"
)
_HASTEN = text(
    """
    update job set run_at = now()
    where kind = :kind and dedupe_key = :dedupe_key and state = 'ready' and run_at > now()
    """
)


async def enqueue(
    connection: AsyncConnection,
    kind: str,
    payload: Mapping[str, Any],
    key: str = "",
    *,
    dedupe_key: str | None = None,
    channel_id: int | None = None,
    run_at: datetime | None = None,
    delay: float = 0.0,
    max_attempts: int = 20,
) -> int | None:
    """Adds a job, which runs once this transaction has committed; None if one of this dedupe key is open already.

    Jobs of one `key` run one after the other in the order of their enqueueing, so enqueue under a lock that orders
    them (the conversation's row). `run_at`, or `delay` seconds from now. With `channel_id` it runs where that
    channel's session is, and only while there is one.
    """
    values = {
        "kind": kind,
        "key": key,
        "dedupe_key": dedupe_key,
        "channel_id": channel_id,
        "payload": orjson.dumps(dict(payload)).decode(),
        "run_at": run_at,
        "delay": delay,
        "max_attempts": max_attempts,
    }
    found: int | None = (await connection.execute(_ENQUEUE, values)).scalar_one_or_none()
    return found


async def claim(connection: AsyncConnection, worker: str, kinds: Sequence[str], limit: int, lease: float) -> list[Job]:
    """At most `limit` jobs that are due and bound to no channel, ours for `lease` seconds from the commit on."""
    values = {"worker": worker, "kinds": list(kinds), "limit": limit, "lease": lease}
    return [Job(**row._mapping) for row in await connection.execute(_CLAIM, values)]


async def claim_of_channels(
    connection: AsyncConnection, worker: str, kinds: Sequence[str], free: Mapping[int, int], lease: float
) -> list[Job]:
    """Jobs bound to channels: of each channel id at most as many as `free` says."""
    values = {
        "worker": worker,
        "kinds": list(kinds),
        "channels": list(free),
        "free": list(free.values()),
        "lease": lease,
    }
    return [Job(**row._mapping) for row in await connection.execute(_CLAIM_OF_CHANNELS, values)]


async def renew(connection: AsyncConnection, jobs: Sequence[Job], lease: float) -> set[int]:
    """Keeps the leases; the ids of those that are still ours."""
    values = {"ids": [job.id for job in jobs], "tokens": [job.lease_token for job in jobs], "lease": lease}
    return set((await connection.execute(_RENEW, values)).scalars())


async def finish(connection: AsyncConnection, job: Job) -> bool:
    """It is done and gone. False when its lease was lost."""
    return await _ours(connection, _FINISH, job)


async def release(
    connection: AsyncConnection, job: Job, delay: float, error: str = "", *, progress: bool = False
) -> bool:
    """It runs again in `delay` seconds. `progress`: what failed was not the job, so its attempts start anew."""
    return await _ours(connection, _RELEASE, job, delay=delay, error=error[:MAX_ERROR], progress=progress)


async def bury(connection: AsyncConnection, job: Job, error: str) -> bool:
    """It is dead: no longer tried, no longer in the way of its key, and seen in `dead_jobs`."""
    return await _ours(connection, _BURY, job, error=error[:MAX_ERROR])


async def return_expired(connection: AsyncConnection) -> list[tuple[int, str, str]]:
    """Takes jobs back whose worker has stopped renewing its lease: (id, kind, the state that they are in now)."""
    return [(row.id, row.kind, row.state) for row in await connection.execute(_RETURN_EXPIRED)]


async def hasten(connection: AsyncConnection, kind: str, dedupe_key: str) -> None:
    """A job that waits for its next try is due now."""
    await connection.execute(_HASTEN, {"kind": kind, "dedupe_key": dedupe_key})


async def dead_jobs(connection: AsyncConnection, limit: int = 100) -> list[DeadJob]:
    """The newest dead jobs, for whoever operates the hub."""
    return [DeadJob(**row._mapping) for row in await connection.execute(_DEAD, {"limit": limit})]


async def revive(connection: AsyncConnection, job_id: int) -> bool:
    """Tries a dead job again from the start. False when there is no such dead job."""
    changed: CursorResult[Any] = await connection.execute(_REVIVE, {"id": job_id})
    return changed.rowcount == 1


async def _ours(connection: AsyncConnection, statement: Any, job: Job, **values: object) -> bool:
    changed = await connection.execute(statement, {"id": job.id, "lease_token": job.lease_token, **values})
    return bool(changed.rowcount == 1)
