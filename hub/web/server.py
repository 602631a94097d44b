"""The web application: every route checked, in one place, before the first request."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from typing import Final

from aiohttp import web

from hub.web import health, hooks, metrics, sockets
from hub.web.api import (
    about,
    agents,
    attachments,
    brands,
    bulk,
    callback_queues,
    callbacks,
    calls,
    channels,
    companies,
    conversations,
    customers,
    demo,
    devices,
    drafts,
    entries,
    fields,
    grouping,
    hours,
    labels,
    links,
    live,
    macros,
    mentions,
    oauth,
    quarantine,
    reference,
    replies,
    scheduled,
    search,
    session,
    side_conversations,
    suppressions,
    tasks,
    teams,
    tokens,
    views,
    webhooks,
)
from hub.web.auth import DOOR, Door
from hub.web.callback_pages import pages as callback_pages
from hub.web.callback_pages.door import GATE, Gate
from hub.web.live import LIVE, LiveHub
from hub.web.openapi import is_id
from hub.web.pages import Pages, mistyped
from hub.web.routes import Route, RouteError
from hub.web.security import ORIGIN, Origin
from hub.web.serve import Admission, handler_for, problems
from hub.web.services import SERVICES, Services

NOUNS: Final = (
    session,
    agents,
    conversations,
    labels,
    teams,
    fields,
    views,
    bulk,
    grouping,
    links,
    side_conversations,
    tasks,
    customers,
    companies,
    search,
    entries,
    attachments,
    replies,
    macros,
    brands,
    drafts,
    scheduled,
    mentions,
    calls,
    devices,
    channels,
    quarantine,
    suppressions,
    oauth,
    demo,
    hours,
    callback_queues,
    callbacks,
    callback_pages,
    tokens,
    webhooks,
    live,
    about,
    reference,
)
_REQUESTS_PER_CONNECTION: Final = 8
_UNGUARDED: Final = ("/hooks/", "/sockets/", "/healthz", "/readyz", "/metrics")
"""Outside the route table: hooks and sockets are verified by their channel's own session; the others say up or down."""


def all_routes() -> list[Route]:
    return [route for noun in NOUNS for route in noun.routes.all]


def build_app(services: Services) -> web.Application:
    """Raises RouteError when a route is declared twice or stands outside the table, where no policy guards it."""
    app = web.Application(middlewares=[metrics.measured, problems, mistyped], client_max_size=1024 * 1024)
    origin = Origin(services.settings.public_url)
    app[SERVICES] = services
    app[ORIGIN] = origin
    app[DOOR] = Door()
    app[GATE] = Gate()
    app[health.DRAIN] = health.Drain()
    app[LIVE] = LiveHub(services)
    routes = all_routes()
    app[about.DESCRIPTION] = about.Description(routes)
    admission = Admission(services.settings.database_connections * _REQUESTS_PER_CONNECTION)
    for route in routes:
        app.router.add_route(route.method, _pattern(route.path), handler_for(route, origin, admission))
    app.router.add_route("*", hooks.PATH, hooks.receive)
    app[sockets.SOCKETS] = sockets.Sockets()
    app.router.add_get(sockets.PATH, app[sockets.SOCKETS].serve)
    app.router.add_get("/healthz", health.alive)
    app.router.add_get("/readyz", health.ready)
    app.router.add_get("/metrics", metrics.expose)
    pages = Pages()
    pages.add_to(app)
    check_guarded(app, routes, pages.paths)
    app.on_response_prepare.append(origin.add_headers)
    app.on_shutdown.append(_close_sockets)
    return app


def check_guarded(app: web.Application, routes: Iterable[Route], pages: Iterable[str]) -> None:
    """Raises RouteError for a route that is declared twice, or that the router knows and the table does not."""
    declared = [route.name for route in routes]
    twice = {name for name in declared if declared.count(name) > 1}
    if twice:
        raise RouteError(f"Declared twice: {', '.join(sorted(twice))}.")
    known = set(declared)
    public = set(pages)
    for one in app.router.routes():
        path = one.resource.canonical if one.resource is not None else ""
        method = "GET" if one.method == "HEAD" else one.method
        if f"{method} {path}" not in known and path not in public and not path.startswith(_UNGUARDED):
            raise RouteError(f"{one.method} {path} has no policy. Declare it with Routes.")


def _pattern(path: str) -> str:
    """The path as the router matches it: an id is digits, so that it is never taken for a word beside it."""
    return re.sub(r"{(\w+)}", lambda name: f"{{{name[1]}:[0-9]{{1,19}}}}" if is_id(name[1]) else name[0], path)


async def _close_sockets(app: web.Application) -> None:
    await asyncio.gather(app[LIVE].close(), app[sockets.SOCKETS].close())
