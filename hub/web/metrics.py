"""`/metrics` for Prometheus: open to this machine, or to whoever has the token; never through a proxy without it."""

from __future__ import annotations

import hmac
import ipaddress
import time
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from hub import __version__, metrics
from hub.events.position import Position
from hub.web.errors import Problem
from hub.web.live import LIVE
from hub.web.services import SERVICES, Services

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
_OTHER: Final = "other"
_DELIVERIES: Final = text(
    """
    select state, count(*) as number,
           coalesce(extract(epoch from now() - min(since)), 0) as oldest
    from delivery
    where deadline is not null or state = 'uncertain' or (state = 'failed' and since > now() - interval '1 day')
    group by state
    """
)
_JOBS: Final = text("select kind, state, count(*) as number from job group by kind, state")
_CHANNELS: Final = text("select id, kind, health from channel where state = 'active'")
_QUARANTINED: Final = text("select count(*) from raw where state = 'quarantined'")
_FEED_LAG: Final = text(
    """
    select coalesce(extract(epoch from now() - min(at)), 0) from event
    where (xid, id) > (cast(cast(:xid as text) as xid8), :id)
    """
)
_SEARCH: Final = text(
    """
    select p.position,
           (select count(*) from search_file where state = 'waiting') as files,
           (select count(*) from (select from entry where id < p.entries_below limit 100000) below) as entries
    from search_progress p
    """
)
_STATES: Final = ("queued", "sending", "held", "uncertain", "failed")
_UP: Final = {"ok": 1.0, "degraded": 0.5}
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@web.middleware
async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Counts and times every request by its route as declared, so that no id or token becomes a label."""
    started = time.perf_counter()
    response: web.StreamResponse | None = None
    try:
        response = await handler(request)
        return response
    finally:
        resource = request.match_info.route.resource
        route = resource.canonical if resource is not None else _OTHER
        method = request.method if request.method in _METHODS else _OTHER
        status = str(response.status) if response is not None else "cut off"
        metrics.REQUESTS.labels(method, route, status).inc()
        if not isinstance(response, web.WebSocketResponse):
            metrics.REQUEST_SECONDS.labels(route).observe(time.perf_counter() - started)


async def expose(request: web.Request) -> web.StreamResponse:
    """All metrics in Prometheus' text format. 403 for anybody else."""
    services = request.app[SERVICES]
    if not _may(request, services):
        raise Problem(
            403,
            "not_for_you",
            "The metrics are for this machine only.",
            "Set HUB_METRICS_TOKEN, and let Prometheus send it as a bearer token.",
        )
    metrics.BUILD.labels(__version__).set(1)
    metrics.SOCKETS.set(request.app[LIVE].size)
    _look_at_pools(services)
    await _ask_database(services)
    return web.Response(body=generate_latest(metrics.REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _may(request: web.Request, services: Services) -> bool:
    token = services.settings.metrics_token
    if token is not None:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token.get_secret_value()}".encode())
    if any(name in request.headers for name in _FORWARDED):
        return False  # a proxy on this machine brings strangers
    peer = request.transport.get_extra_info("peername") if request.transport is not None else None
    return isinstance(peer, tuple) and ipaddress.ip_address(peer[0].partition("%")[0]).is_loopback


def _look_at_pools(services: Services) -> None:
    most = services.settings.database_connections
    pool = services.database.pool
    metrics.POOL.labels("asyncpg", "in use").set(pool.get_size() - pool.get_idle_size())
    metrics.POOL.labels("sqlalchemy", "in use").set(services.database.engine.pool.checkedout())  # type: ignore[attr-defined]
    for name in ("asyncpg", "sqlalchemy"):
        metrics.POOL.labels(name, "most").set(most)


async def _ask_database(services: Services) -> None:
    async with services.read() as connection:
        deliveries = {row.state: row for row in await connection.execute(_DELIVERIES)}
        for state in _STATES:
            metrics.DELIVERIES.labels(state).set(deliveries[state].number if state in deliveries else 0)
        metrics.OLDEST_QUEUED.set(deliveries["queued"].oldest if "queued" in deliveries else 0)
        jobs = (await connection.execute(_JOBS)).all()
        channels = (await connection.execute(_CHANNELS)).all()
        metrics.QUARANTINED.set((await connection.execute(_QUARANTINED)).scalar_one())
        position = services.feed.position
        if position is not None:
            where = {"xid": str(position.xid), "id": position.id}
            metrics.FEED_LAG.set((await connection.execute(_FEED_LAG, where)).scalar_one())
        search = (await connection.execute(_SEARCH)).one()
        metrics.SEARCH_WAITING.labels("files").set(search.files)
        metrics.SEARCH_WAITING.labels("entries").set(search.entries)
        if search.position:
            known = Position.parse(search.position)
            behind = (await connection.execute(_FEED_LAG, {"xid": str(known.xid), "id": known.id})).scalar_one()
            metrics.SEARCH_LAG.set(behind)
    metrics.JOBS_WAITING.clear()
    for kind, state, number in jobs:
        metrics.JOBS_WAITING.labels(kind, state).set(number)
    metrics.CHANNELS.clear()
    for channel_id, kind, health in channels:
        metrics.CHANNELS.labels(str(channel_id), kind).set(_UP.get(health, 0.0))
