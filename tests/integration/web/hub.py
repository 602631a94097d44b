"""A hub's web tier on a real database and a free port, and browsers that are signed in to it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.abc import AbstractResolver
from pydantic import SecretStr
from yarl import URL

from connectors.demo import CONNECTOR as DEMO
from connectors.email import CONNECTOR as EMAIL
from hub.callbacks.actions import Callbacks
from hub.callbacks.observer import Observer
from hub.callbacks.verify import Verifications
from hub.calls.desk import CallDesk
from hub.calls.telling import CallScripts
from hub.channels.actions import create_channel
from hub.channels.model import Channel, NewChannel
from hub.channels.oauth import OAuth
from hub.channels.registry import Registry
from hub.channels.supervisor import Supervisor
from hub.compose.actions import ScheduledMessages
from hub.db.blobs import open_blob_store
from hub.db.engine import connect
from hub.desk import sessions
from hub.desk.agents import create_agent
from hub.desk.model import Agent, Role
from hub.events.feed import Feed
from hub.events.outbox import Hint, Outbox
from hub.events.whisper import Whispers
from hub.intake import Intake
from hub.outbound.queue import MessageQueue
from hub.outbound.templates import Templates
from hub.outbound.token import ReplyTokens
from hub.people.actions import resolve_identity
from hub.sdk import Address, Connector
from hub.secrets import Vault
from hub.settings import Settings
from hub.timeline.actions import append_entry, open_conversation
from hub.timeline.model import Entry, NewEntry
from hub.transcript.onward import Onward
from hub.transcript.service import Transcripts
from hub.web.answers import customer_render, entry_render, render
from hub.web.auth import COOKIE
from hub.web.live import LIVE
from hub.web.server import build_app
from hub.web.services import Services
from hub.webhooks.happened import Rendering
from hub.webhooks.service import Webhooks


@dataclass
class Browser:
    """A signed-in agent's browser, or nobody's."""

    base: str
    http: aiohttp.ClientSession
    agent: Agent | None = None
    csrf: str = ""

    async def send(
        self, method: str, path: str, json: Any = None, *, headers: dict[str, str] | None = None, **more: Any
    ) -> Answer:
        sent = {"X-CSRF": self.csrf} if method != "GET" else {}
        sent |= headers or {}
        if json is not None:
            more["json"] = json
        async with self.http.request(method, self.base + path, headers=sent, allow_redirects=False, **more) as answer:
            content = await answer.read()
            is_json = "json" in answer.content_type
            return Answer(answer.status, answer.headers, content, await answer.json() if is_json and content else None)

    async def get(self, path: str, **more: Any) -> Answer:
        return await self.send("GET", path, **more)

    async def post(self, path: str, json: Any = None, *, key: str = "", **more: Any) -> Answer:
        return await self.send("POST", path, json or {}, headers={"Idempotency-Key": key or uuid.uuid4().hex}, **more)

    async def patch(self, path: str, json: Any) -> Answer:
        return await self.send("PATCH", path, json)

    async def delete(self, path: str) -> Answer:
        return await self.send("DELETE", path)

    @asynccontextmanager
    async def live(self, position: str | None = None, **more: Any) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """The live socket, after hello and welcome; the welcome is `socket.welcome`."""
        async with self.http.ws_connect(self.base + "/api/live", headers={"Origin": self.base}, **more) as socket:
            await socket.send_json({"type": "hello", "position": position, "csrf": self.csrf})
            yield socket


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    content: bytes
    json: Any


@dataclass
class Hub:
    services: Services
    app: web.Application
    base: str
    browsers: list[aiohttp.ClientSession] = field(default_factory=list)

    async def agent(self, role: Role = "agent", name: str = "Ada Agent") -> Agent:
        async with self.services.write() as tx:
            return await create_agent(tx, email=f"{uuid.uuid4().hex[:8]}@hub.test", name=name, role=role, by=None)

    def nobody(self) -> Browser:
        http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.browsers.append(http)
        return Browser(self.base, http)

    async def browser(self, agent: Agent) -> Browser:
        """A browser in which this agent is signed in."""
        async with self.services.write() as tx:
            session = await sessions.begin(tx, agent, idle=timedelta(hours=1))
        browser = self.nobody()
        browser.http.cookie_jar.update_cookies({COOKIE: session.token or ""}, URL(self.base))
        browser.agent, browser.csrf = agent, session.csrf
        return browser

    async def channel(self, name: str = "Support") -> Channel:
        async with self.services.write() as tx:
            return await create_channel(
                tx, self.services.registry, self.services.vault, NewChannel("demo", name), agent_id=None
            )

    async def written(self, channel: Channel, address: str = "", text: str = "Where is my parcel?") -> Entry:
        """A customer's first message, in a conversation of its own."""
        address = address or f"{uuid.uuid4().hex[:8]}@customer.example"
        async with self.services.write() as tx:
            identity = await resolve_identity(tx, Address("email", address, address, "Carla Customer"))
            conversation = await open_conversation(
                tx, channel_id=channel.id, identity_id=identity.id, subject="My parcel"
            )
        return await self.writes(conversation.id, text, channel_id=channel.id, author_identity_id=identity.id)

    async def writes(self, conversation_id: int, text: str, **more: Any) -> Entry:
        """The customer's next message."""
        async with self.services.write() as tx:
            return await append_entry(tx, NewEntry(conversation_id, "message", "in", text=text, **more))


@asynccontextmanager
async def running_hub(
    database_url: str,
    folder: Path,
    *connectors: Connector,
    resolver: AbstractResolver | None = None,
    **settings: Any,
) -> AsyncIterator[Hub]:
    """The web tier and the feed; with `connectors` their channels run too. Nothing is sent."""
    given = Settings(data_dir=folder, database_url=SecretStr(database_url), **settings)
    database = await connect(database_url, pool_size=given.database_connections)
    hint = Hint(database)
    outbox = Outbox(database, hint)
    feed = Feed(database)
    blobs = open_blob_store(given.attachments_url)
    vault = Vault([b"k" * 32])
    registry = Registry([DEMO, EMAIL, *connectors])
    tokens = ReplyTokens(vault)
    calls = CallDesk()
    intake = Intake(database, outbox, hint, blobs, registry, tokens.read, calls)
    oauth = OAuth(database, outbox, registry, vault, given.public_url + "/api/oauth/callback")
    whispers = Whispers(database, feed)
    onward = Onward(outbox, registry, MessageQueue(registry, tokens))
    transcripts = Transcripts(database, feed, whispers, blobs, tokens, onward)
    scripts = CallScripts(database, calls)
    supervisor = Supervisor(database, outbox, registry, vault, oauth, intake, transcripts, scripts)
    queue = MessageQueue(registry, tokens)
    callbacks = Callbacks(queue, calls, given.public_url)
    calls.observe(Observer(callbacks, calls))
    services = Services(
        settings=given,
        database=database,
        outbox=outbox,
        feed=feed,
        whispers=whispers,
        transcripts=transcripts,
        blobs=blobs,
        vault=vault,
        registry=registry,
        supervisor=supervisor,
        intake=intake,
        outbound=queue,
        scheduled=ScheduledMessages(outbox, queue),
        calls=calls,
        callbacks=callbacks,
        verifications=Verifications(callbacks, vault),
        templates=Templates(supervisor),
        oauth=oauth,
        webhooks=Webhooks(
            database,
            outbox,
            feed,
            vault,
            Rendering(entry_render.entry, render.live_conversation, customer_render.live_customer),
            private=given.webhook_private_networks,
            resolver=resolver,
        ),
    )
    app = build_app(services)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    tasks = [asyncio.create_task(one.run()) for one in (feed, app[LIVE], transcripts)]
    if connectors:
        tasks.append(asyncio.create_task(services.supervisor.run()))
    await feed.ready()
    hub = Hub(services, app, f"http://127.0.0.1:{runner.addresses[0][1]}")
    try:
        yield hub
    finally:
        for http in hub.browsers:
            await http.close()
        await runner.cleanup()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await services.supervisor.close()
        await whispers.close()
        await oauth.close()
        await intake.close()
        await hint.close()
        await database.close()
