"""The agents' live socket: everything that changes, to every agent who may see it, in order and without a gap.

A batch of events is loaded and rendered once, filtered per agent by the policy, and put into each socket's bounded
queue. Who does not read is closed (4008) and resumes by position. A gap is impossible: whoever cannot be brought up
to date is told to load the snapshots again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

import orjson
import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from hub.db.trouble import is_passing, unless_ending
from hub.desk import sessions
from hub.desk.model import Agent
from hub.desk.policy import Action, allowed
from hub.events.feed import FeedItem, Overtaken
from hub.events.position import Position
from hub.web.changes import Change, load
from hub.web.live_client import BAD_HELLO, SESSION_ENDED, TOO_SLOW, BadHello, Client, Frame, parsed
from hub.web.presence import Presence
from hub.web.services import Services
from hub.web.typing import Typing

PING_SECONDS: Final = 20.0
SILENCE_SECONDS: Final = 65.0
RECHECK_SECONDS: Final = 3.0
REPLAY_EVENTS: Final = 2000
SOCKETS_PER_AGENT: Final = 50
_PING: Final = Frame('{"type":"ping"}')
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class LiveHub:
    """All sockets of this process. `run` feeds them until it is cancelled."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._clients: set[Client] = set()
        self._presence: Presence[Client] = Presence()
        self._typing = Typing(services.whispers, self._tell_presence)
        services.transcripts.agents_online = self.agents_online
        self._closing = False

    @property
    def size(self) -> int:
        """Sockets that are open here."""
        return len(self._clients)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follow(), name="live feed")
            tasks.create_task(self._watch(), name="live watch")

    def agents_online(self) -> int:
        """How many agents have a page open on this hub."""
        return len({client.agent.id for client in self._clients})

    async def close(self) -> None:
        """Sends everybody away because the hub goes down; at most 3 s."""
        self._closing = True
        self._end_all(WSCloseCode.GOING_AWAY)
        leaving = [client.gone.wait() for client in self._clients]
        with suppress(TimeoutError):
            async with asyncio.timeout(3):
                await asyncio.gather(*leaving)

    def reload(self) -> None:
        """Tells everybody to load the snapshots again: something changed that upserts cannot say."""
        for client in self._clients:
            client.offer(Frame(_welcome(self._services.feed.position, resumed=False)))

    def _end_all(self, code: int) -> None:
        for client in self._clients:
            client.end(code)

    async def _follow(self) -> None:
        """Delivers what the feed brings. After any failure the sockets are closed: they resume by position."""
        while True:
            try:
                with self._services.feed.subscribe() as subscription:
                    async for batch in subscription:
                        if self._clients:
                            await self._deliver(batch)
            except Overtaken:
                _log.warning("live feed overtaken", sockets=len(self._clients))
            except Exception as failure:  # noqa: BLE001  # logged; one bad batch must not end the feed of everybody
                unless_ending()
                _log.warning("live feed interrupted", exc_info=None if is_passing(failure) else failure)
                await asyncio.sleep(1)
            self._end_all(TOO_SLOW)

    async def _deliver(self, batch: Sequence[FeedItem]) -> None:
        changes = await self._load(batch)
        position = batch[-1].position
        for change in changes:
            if change.agent is not None:
                self._agent_changed(change.agent)
        frame_of: dict[int, Frame] = {}
        frames: dict[tuple[bool, ...], Frame] = {}
        for client in self._clients:
            frame = frame_of.get(client.agent.id)
            if frame is None:
                seen = _visible(client.agent, changes)
                frame = frames.get(seen) or frames.setdefault(seen, Frame(_frame(position, changes, seen)))
                frame_of[client.agent.id] = frame
            client.offer(frame, position)

    async def _load(self, batch: Sequence[FeedItem]) -> list[Change]:
        async with self._services.read() as connection:
            return await load(connection, [item.event for item in batch])

    def _agent_changed(self, agent: Agent) -> None:
        for client in self._clients:
            if client.agent.id == agent.id:
                client.agent = agent
                if agent.disabled:
                    client.end(SESSION_ENDED)

    async def _watch(self) -> None:
        """Pings, sessions that ended, viewers that went away."""
        pinged = checked = time.monotonic()
        while True:
            await asyncio.sleep(1)
            now = time.monotonic()
            if now - pinged >= PING_SECONDS:
                pinged = now
                for client in self._clients:
                    client.offer(_PING)
                    if now - client.heard > SILENCE_SECONDS:
                        client.end(TOO_SLOW)
            if now - checked >= RECHECK_SECONDS:
                checked = now
                await self._recheck()
            self._tell_presence(self._presence.expire() | self._typing.expire())

    async def _recheck(self) -> None:
        """Ends the sockets whose session is over. While the database is out of reach nothing is known: they stay."""
        clients = list(self._clients)
        if not clients:
            return
        try:
            async with asyncio.timeout(RECHECK_SECONDS), self._services.read() as connection:
                alive = await sessions.still_valid(connection, {client.token for client in clients})
        except Exception as failure:
            if not is_passing(failure):
                raise
            _log.warning("sessions not checked: database out of reach", error=type(failure).__name__)
            return
        for client in clients:
            if client.token not in alive:
                client.end(SESSION_ENDED)

    def _tell_presence(self, conversation_ids: Iterable[int]) -> None:
        for conversation_id in conversation_ids:
            viewers = self._presence.viewers(conversation_id)
            agents: dict[int, dict[str, Any]] = {}
            for client, writing in viewers.items():
                agent = client.agent
                shown = {"id": agent.id, "name": agent.name, "initials": agent.initials, "writing": False}
                agents.setdefault(agent.id, shown)["writing"] |= writing
            message = {
                "type": "presence",
                "conversation_id": conversation_id,
                "agents": list(agents.values()),
                "customer": {"writing": self._typing.customer_writes(conversation_id)},
            }
            self._typing.agents_write(conversation_id, [one["name"] for one in agents.values() if one["writing"]])
            frame = Frame(orjson.dumps(message).decode())
            for client in viewers:
                client.offer(frame)

    async def serve(self, client: Client) -> None:
        """One prepared socket, until it ends."""
        tasks: list[asyncio.Task[None]] = []
        try:
            position = await client.hello()
            self._make_room(client)
            self._clients.add(client)
            if self._closing:
                client.end(WSCloseCode.GOING_AWAY)
            reached = await self._catch_up(client, position)
            tasks = [
                asyncio.create_task(client.send_all(reached), name="live send"),
                asyncio.create_task(self._receive(client), name="live receive"),
                asyncio.create_task(client.ended(), name="live end"),
            ]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        except BadHello:
            client.end(BAD_HELLO)
        except ConnectionError:
            _log.debug("live socket lost")
        finally:
            self._clients.discard(client)
            for task in tasks:
                task.cancel()
            failures = await asyncio.gather(*tasks, return_exceptions=True)
            self._tell_presence(self._presence.leave([client]))
            await client.close()
            client.gone.set()
        for failure in failures:
            if isinstance(failure, Exception) and not isinstance(failure, ConnectionError):
                _log.error("live socket failed", exc_info=failure)

    def _make_room(self, newcomer: Client) -> None:
        """One agent's forgotten or runaway windows do not take the sockets of others."""
        own = sorted((one for one in self._clients if one.agent.id == newcomer.agent.id), key=lambda one: one.heard)
        for client in own[: max(0, len(own) - SOCKETS_PER_AGENT + 1)]:
            client.end(TOO_SLOW)

    async def _catch_up(self, client: Client, position: Position | None) -> Position | None:
        """Welcomes the client and sends what it missed; newer batches wait in its queue meanwhile."""
        feed = self._services.feed
        if position is not None and await feed.resumable(position):
            missed = await feed.read(position, REPLAY_EVENTS)
            if len(missed) < REPLAY_EVENTS:
                changes = await self._load(missed) if missed else []
                reached = missed[-1].position if missed else position
                await client.send(_welcome(reached, resumed=True))
                if changes:
                    await client.send(_frame(reached, changes, _visible(client.agent, changes)))
                return reached
        await client.send(_welcome(feed.position, resumed=False))
        return None

    async def _receive(self, client: Client) -> None:
        async for message in client.socket:
            client.hear()
            said = parsed(message.data) if message.type is WSMsgType.TEXT else {}
            conversation_id = said.get("conversation_id")
            if said.get("type") != "viewing" or isinstance(conversation_id, bool):
                continue
            known = conversation_id is None or (isinstance(conversation_id, int) and conversation_id > 0)
            if known and allowed(client.agent, Action.READ_CONVERSATIONS):
                writing = said.get("writing") is True
                self._tell_presence(self._presence.look(client, conversation_id, writing))


def _visible(agent: Agent, changes: Sequence[Change]) -> tuple[bool, ...]:
    return tuple(allowed(agent, change.action, change.subject) for change in changes)


def _frame(position: Position, changes: Sequence[Change], seen: Sequence[bool]) -> str:
    items = b",".join(change.content for change, visible in zip(changes, seen, strict=True) if visible)
    return f'{{"type":"events","position":"{position}","items":[{items.decode()}]}}'


def _welcome(position: Position | None, *, resumed: bool) -> str:
    epoch = "" if position is None else position.epoch
    message = {"type": "welcome", "position": str(position or ""), "epoch": epoch, "resumed": resumed}
    return orjson.dumps(message).decode()


LIVE: Final = web.AppKey("live", LiveHub)
