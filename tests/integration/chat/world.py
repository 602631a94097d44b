"""A whole hub in this process with a chat, agents, and visitors."""

from __future__ import annotations

import asyncio
import itertools
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import text

from connectors.webchat.connector import WebChatSession
from hub.app import Hub, open_hub
from hub.channels.actions import create_channel
from hub.channels.model import Channel, NewChannel
from hub.desk.agents import create_agent
from hub.desk.model import Agent
from hub.outbound.model import QueueMessage
from hub.sdk import Socket
from hub.settings import Settings
from hub.timeline.model import Entry
from tests.integration.chat.visitor import Visitor

SECRET = "the company's own signing secret, 32 characters and more"
_numbers = itertools.count(1)


@dataclass
class Chat:
    hub: Hub
    channel: Channel
    agent: Agent

    def session(self) -> WebChatSession:
        session = self.hub.services.supervisor.session(self.channel.id)
        assert isinstance(session, WebChatSession)
        return session

    def socket(self) -> Socket:
        return self.session().sockets()[0]

    async def visitor(self, **more: Any) -> Visitor:
        visitor = Visitor(**more)
        await visitor.connect(self.socket())
        await until(lambda: visitor.welcome)
        return visitor

    async def rows(self, statement: str, **values: Any) -> list[Any]:
        async with self.hub.services.read() as connection:
            return list((await connection.execute(text(statement), values)).all())

    async def value(self, statement: str, **values: Any) -> Any:
        return (await self.rows(statement, **values))[0][0]

    async def conversation(self, visitor: Visitor) -> tuple[int, int]:
        """(conversation, identity) of what the visitor wrote first."""
        number = visitor.welcome["visitor"]
        found = await self.rows(
            "select c.id, c.identity_id from conversation c join identity i on i.id = c.identity_id "
            "where i.address like :start order by c.id desc limit 1",
            start=f"{number}%",
        )
        return found[0][0], found[0][1]

    async def answer(
        self, conversation_id: int, identity_id: int, words: str, channel_id: int | None = None, **more: Any
    ) -> Entry:
        message = QueueMessage(
            conversation_id=conversation_id,
            agent_id=self.agent.id,
            identity_id=identity_id,
            channel_id=channel_id or self.channel.id,
            text=words,
            last_seen_entry_id=1 << 60,
            idempotency_key=uuid.uuid4().hex,
            **more,
        )
        async with self.hub.services.write() as tx:
            return await self.hub.services.outbound.queue_message(tx, message)

    async def restart(self) -> None:
        """The channel's session ends and another begins, as after a change of its settings."""
        before = self.hub.services.supervisor.session(self.channel.id)
        async with self.hub.services.write() as tx:
            await tx.connection.execute(
                text("update channel set version = version + 1 where id = :id"), {"id": self.channel.id}
            )
        self.hub.services.supervisor.wake()
        await until(lambda: self.hub.services.supervisor.session(self.channel.id) not in (None, before))
        self.session().patience = 0.0
        await until(lambda: self.session()._sink is not None)


async def until(look: Callable[[], Any], seconds: float = 20.0) -> Any:
    """What `look` gives once it is true; it may be a coroutine function."""
    async with asyncio.timeout(seconds):
        while True:
            found = look()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return found
            await asyncio.sleep(0.01)


async def add_chat(hub: Hub, agent: Agent, **settings: object) -> Chat:
    new = NewChannel("webchat", "Chat", {"origins": "https://shop.test", **settings}, {"jwt_secret": SECRET})
    async with hub.services.write() as tx:
        channel = await create_channel(tx, hub.services.registry, hub.services.vault, new, None)
    hub.services.supervisor.wake()
    await until(lambda: hub.services.supervisor.session(channel.id))
    chat = Chat(hub, channel, agent)
    chat.session().patience = 0.0
    await until(lambda: chat.session()._sink is not None)
    return chat


@asynccontextmanager
async def chat_hub(url: str, folder: Path, **settings: object) -> AsyncIterator[Chat]:
    given = Settings(data_dir=folder, database_url=SecretStr(url), port=0)
    async with open_hub(given) as hub:
        work = asyncio.create_task(hub.work())
        try:
            await hub.services.feed.ready()
            async with hub.services.write() as tx:
                email = f"agent{next(_numbers)}@hub.test"
                agent = await create_agent(tx, email=email, name="Ada", role="agent", by=None)
            yield await add_chat(hub, agent, **settings)
        finally:
            work.cancel()
            await asyncio.wait([work])
