"""The composition root: the one place where objects are wired, started and stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

import structlog
from aiohttp import web

from hub.bulk import actions as bulk
from hub.bulk.job import BulkWorker
from hub.bulk.model import BULK
from hub.callbacks.actions import Callbacks
from hub.callbacks.dispatcher import Dispatcher
from hub.callbacks.observer import Observer
from hub.callbacks.verify import SEND_CODE, CodeSender, Verifications
from hub.callbacks.verify import forget_old as forget_numbers
from hub.calls.desk import CallDesk
from hub.calls.telephone import SWEEP_SECONDS, Telephone
from hub.calls.telling import CallScripts
from hub.channels.oauth import OAuth
from hub.channels.registry import Registry
from hub.channels.supervisor import Supervisor
from hub.compose.actions import ScheduledMessages
from hub.compose.model import SEND_SCHEDULED
from hub.db.blobs import open_blob_store
from hub.db.engine import connect
from hub.db.migrate import migrate
from hub.demo import add_demo, open_stage
from hub.desk import demo as demo_desk
from hub.desk.invites import first_administrator
from hub.desk.snooze import WAKE_SECONDS, wake_due
from hub.desk.tasks.reminding import REMIND_SECONDS, remind_due
from hub.events.feed import Feed, Overtaken
from hub.events.model import ChannelChanged
from hub.events.outbox import Hint, Outbox
from hub.events.whisper import Whispers
from hub.files import actions as files
from hub.files.fetcher import Fetcher
from hub.files.model import FETCH, FORGET
from hub.intake import Intake
from hub.jobs.schedule import Schedule, Task, default_tasks
from hub.jobs.worker import Worker
from hub.metrics import READY, watch_loop
from hub.outbound.model import RECONCILE, SEND
from hub.outbound.pace import Pace
from hub.outbound.queue import MessageQueue
from hub.outbound.sender import Sender
from hub.outbound.templates import Templates
from hub.outbound.token import ReplyTokens
from hub.recover import end_lost_leases
from hub.search.service import SearchIndex
from hub.secrets import open_vault
from hub.settings import Settings
from hub.terminal import say
from hub.transcript.onward import Onward
from hub.transcript.service import Transcripts
from hub.web.answers import customer_render, entry_render, render
from hub.web.health import DRAIN
from hub.web.live import LIVE
from hub.web.repeat import forget_old
from hub.web.server import build_app
from hub.web.services import Services
from hub.webhooks.happened import Rendering
from hub.webhooks.service import Webhooks

OAUTH_CALLBACK: Final = "/api/oauth/callback"
_RETRY_SECONDS: Final = 1.0
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hub:
    """What runs: the services that the pages use, and those that work by themselves."""

    services: Services
    worker: Worker
    schedule: Schedule
    search: SearchIndex

    async def work(self) -> None:
        """Everything that goes on by itself, until cancelled. Raises when one of its parts ends, which none should."""
        services = self.services
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(services.feed.run(), name="feed")
            tasks.create_task(services.supervisor.run(), name="channels")
            tasks.create_task(services.transcripts.run(), name="transcripts")
            tasks.create_task(self.worker.run(), name="worker")
            tasks.create_task(services.webhooks.run(), name="webhooks")
            tasks.create_task(self.schedule.run(), name="schedule")
            tasks.create_task(self.search.run(), name="search")
            tasks.create_task(self._wake(), name="wake")
            tasks.create_task(watch_loop(), name="loop lag")

    async def _wake(self) -> None:
        """What was queued or configured a moment ago, here or on another node, is looked at now."""
        while True:
            try:
                with self.services.feed.subscribe() as subscription:
                    async for batch in subscription:
                        self.worker.wake()
                        self.services.webhooks.wake()
                        self.search.wake()
                        if any(isinstance(one.event, ChannelChanged) for one in batch):
                            self.services.supervisor.wake()
            except Overtaken:
                await asyncio.sleep(_RETRY_SECONDS)


@asynccontextmanager
async def open_hub(settings: Settings, demo_page: str = "") -> AsyncIterator[Hub]:
    """Brings the database up to date and wires everything. Nothing works yet: see `Hub.work`. `demo_page` is where a
    demo's customers are played."""
    if settings.database_url is None:
        raise ValueError("The hub needs a database; hub/process.py provides it.")
    vault = open_vault(settings)
    registry = Registry.load()
    async with AsyncExitStack() as stack:
        database = await connect(settings.database_url.get_secret_value(), pool_size=settings.database_connections)
        stack.push_async_callback(database.close)
        await migrate(database.engine)
        async with database.engine.begin() as connection:
            await end_lost_leases(connection)
        hint = Hint(database)
        stack.push_async_callback(hint.close)
        outbox = Outbox(database, hint)
        blobs = open_blob_store(settings.attachments_url)
        reply_tokens = ReplyTokens(vault)
        calls = CallDesk()
        intake = Intake(database, outbox, hint, blobs, registry, reply_tokens.read, calls)
        stack.push_async_callback(intake.close)
        oauth = OAuth(database, outbox, registry, vault, settings.public_url + OAUTH_CALLBACK)
        stack.push_async_callback(oauth.close)
        feed = Feed(database)
        whispers = Whispers(database, feed)
        stack.push_async_callback(whispers.close)
        queue = MessageQueue(registry, reply_tokens)
        scheduled = ScheduledMessages(outbox, queue)
        onward = Onward(outbox, registry, queue)
        transcripts = Transcripts(database, feed, whispers, blobs, reply_tokens, onward)
        supervisor = Supervisor(
            database,
            outbox,
            registry,
            vault,
            oauth,
            intake,
            transcripts,
            CallScripts(database, calls),
            public_url=settings.public_url,
        )
        stack.push_async_callback(supervisor.close)
        pace = Pace(supervisor)
        sender = Sender(database, outbox, blobs, supervisor, pace)
        fetcher = Fetcher(database, outbox, blobs, pace)
        telephone = Telephone(outbox, calls, supervisor, pace)
        callbacks = Callbacks(queue, calls, settings.public_url)
        calls.observe(Observer(callbacks, calls))
        verifications = Verifications(callbacks, vault)
        dispatcher = Dispatcher(outbox, callbacks, calls)
        worker = Worker(
            database,
            {
                SEND: sender.handle,
                RECONCILE: sender.handle,
                FETCH: fetcher.handle,
                FORGET: fetcher.handle,
                SEND_SCHEDULED: scheduled.handle,
                BULK: BulkWorker(outbox).handle,
                SEND_CODE: CodeSender(database, vault, pace).handle,
                **telephone.handlers,
            },
            channels=pace.free,
            concurrency=settings.worker_concurrency,
        )
        stack.push_async_callback(worker.close, settings.shutdown_seconds / 2)
        rendering = Rendering(entry_render.entry, render.live_conversation, customer_render.live_customer)
        private = settings.webhook_private_networks
        webhooks = Webhooks(database, outbox, feed, vault, rendering, private=private)
        stack.push_async_callback(webhooks.close, settings.shutdown_seconds / 2)
        services = Services(
            settings=settings,
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
            scheduled=scheduled,
            calls=calls,
            callbacks=callbacks,
            verifications=verifications,
            templates=Templates(supervisor),
            oauth=oauth,
            webhooks=webhooks,
            demo_page=demo_page,
        )
        tasks = [
            Task("webhook log", 3600.0, webhooks.prune),
            Task("calls", SWEEP_SECONDS, telephone.sweep),
            Task("callbacks", 1.0, dispatcher.turn),
            Task("numbers", 3600.0, lambda: forget_numbers(database)),
            Task("files", 300.0, lambda: files.sweep(outbox)),
            Task("onward", 20.0, onward.look),
            Task("scheduled messages", 60.0, scheduled.sweep),
            *([Task("demo desk", demo_desk.SECONDS, lambda: demo_desk.dress(outbox))] if settings.demo else []),
            Task("snoozed", WAKE_SECONDS, lambda: wake_due(outbox)),
            Task("due tasks", REMIND_SECONDS, lambda: remind_due(outbox)),
            Task("bulk changes", 3600.0, lambda: bulk.forget_old(database)),
            Task("kept answers", 3600.0, lambda: forget_old(database)),
        ]
        search = SearchIndex(database, feed, blobs)
        yield Hub(services, worker, Schedule([*default_tasks(database, outbox, feed), *tasks]), search)


@asynccontextmanager
async def serve_pages(hub: Hub) -> AsyncIterator[str]:
    """Listens; gives the address. At the end load balancers get the drain's time to notice, and open requests the
    shutdown's to finish."""
    settings = hub.services.settings
    app = build_app(hub.services)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=settings.shutdown_seconds / 2)
    await runner.setup()
    live = asyncio.create_task(app[LIVE].run(), name="live")
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        await site.start()
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        port = runner.addresses[0][1]
        READY.set(1)
        yield settings.public_url if settings.port else f"http://{host}:{port}"
    finally:
        app[DRAIN].on = True
        READY.set(0)
        if settings.drain_seconds:
            await app[LIVE].close()
            await asyncio.sleep(settings.drain_seconds)
        await runner.cleanup()
        live.cancel()
        await asyncio.wait([live])


async def run(settings: Settings) -> int:
    """Runs the hub until cancelled; the exit code. Raises what the database, the key or the port refuse."""
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(open_stage(settings.demo_stage if settings.demo else ""))
        hub = await stack.enter_async_context(open_hub(settings, stage.page if stage else ""))
        channels: dict[str, int] = {}
        queue_id: int | None = None
        if settings.demo:
            async with hub.services.outbox.transaction() as tx:
                channels, queue_id = await add_demo(tx, hub.services.registry, hub.services.vault, stage)
        work = asyncio.create_task(hub.work(), name="work")
        try:
            await asyncio.wait({work, asyncio.create_task(hub.services.feed.ready())}, return_when="FIRST_COMPLETED")
            async with serve_pages(hub) as address:
                if stage:
                    stage.connect(address, channels, queue_id)
                await _welcome(hub, address)
                await asyncio.shield(work)  # it goes on while the pages drain
        finally:
            work.cancel()
            await asyncio.wait([work])
    return 0


async def _welcome(hub: Hub, address: str) -> None:
    async with hub.services.outbox.transaction() as tx:
        invite = await first_administrator(tx)
    _log.info("ready", url=address)
    if invite is None:
        say("", f"  Allways is running at {address}", "")
        return
    say(
        "",
        f"  Allways is running at {address}",
        "",
        "  Open this link to become its first administrator (it works once):",
        f"  {address}/welcome#{invite.token}",
        "",
    )
