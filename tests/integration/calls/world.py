"""A hub with a telephone exchange: agents with telephones, customers who call, and what everybody hears."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from hub.calls import agents, store
from hub.calls.model import Call, CallbackCall, Cause, Leg
from hub.calls.telephone import Telephone
from hub.calls.telling import CallScripts
from hub.channels.actions import create_channel
from hub.channels.model import Channel, NewChannel
from hub.channels.store import get_channel
from hub.desk.agents import create_agent
from hub.events.outbox import Tx
from hub.jobs.worker import Worker
from hub.people.actions import resolve_identity
from hub.sdk import Address, Raw, Script
from hub.timeline.model import Entry
from tests.integration.calls.exchange import NUMBER, Exchange, Provider
from tests.outbound_world import World, eventually
from tests.outbound_world import world as new_world

CUSTOMER = "+491701234567"
_numbers = itertools.count(1)


@dataclass
class Watcher:
    """A CallObserver that writes down what it was told; `offer` and `closing` are what it says."""

    offer: str = ""
    closing: str = "We call you back."
    next_agents: list[int] = field(default_factory=list)
    told: list[tuple[Any, ...]] = field(default_factory=list)
    desk: Any = None

    async def callback_offer(self, connection: AsyncConnection, call: Call) -> str:
        return self.offer

    async def on_callback_wanted(self, tx: Tx, call: Call) -> str:
        self.told.append(("wanted", call.id))
        return self.closing

    async def on_agent_accepted(self, tx: Tx, call: Call, leg: Leg) -> None:
        self.told.append(("accepted", call.id, leg.agent_id))

    async def on_agent_gone(self, tx: Tx, call: Call, leg: Leg) -> None:
        self.told.append(("gone", call.id, leg.agent_id))
        if self.next_agents and call.direction == "out":
            await self.desk.ring_agent(tx, call.id, self.next_agents.pop(0))

    async def on_customer_answered(self, tx: Tx, call: Call, leg: Leg) -> None:
        self.told.append(("answered", call.id))

    async def on_customer_unreached(self, tx: Tx, call: Call, cause: Cause) -> None:
        self.told.append(("unreached", call.id, cause))

    async def on_voicemail_left(self, tx: Tx, call: Call) -> None:
        self.told.append(("left", call.id))

    async def on_voicemail(self, tx: Tx, call: Call) -> None:
        self.told.append(("voicemail", call.id))

    async def on_ended(self, tx: Tx, call: Call) -> None:
        self.told.append(("ended", call.id, call.state))


@dataclass
class Telephones:
    """The hub, and the telephones around it."""

    hub: World
    channel: Channel
    watcher: Watcher
    telephone: Telephone
    scripts: CallScripts
    began: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def provider(self) -> Provider:
        return Provider(self.hub.folder)

    async def agent(self, name: str, availability: str = "available") -> int:
        """An agent with a telephone."""
        number = next(_numbers)
        async with self.hub.outbox.transaction() as tx:
            made = await create_agent(tx, email=f"{name}{number}@acme.test", name=name, role="agent", by=None)
            await agents.set_device(tx, made.id, "phone", f"+4930555{number:04}")
            await agents.set_availability(tx, made.id, availability)  # type: ignore[arg-type]
        return made.id

    async def number_of(self, agent_id: int) -> str:
        return str(await self.hub.value("select address from agent_device where agent_id = :id", id=agent_id))

    def news(self, event: str, provider_id: str = "", leg: str = "", *, after: float = 0.0, **more: Any) -> Raw:
        """What the provider tells, `after` seconds from the beginning."""
        at = more.pop("at", None) or self.began + timedelta(seconds=after)
        number = next(_numbers)
        content = {"event": event, "provider_id": provider_id, "leg": leg, "occurred_at": at.isoformat(), **more}
        content["number"] = number
        return Raw(f"{provider_id}:{leg}:{event}:{number}", json.dumps(content).encode(), datetime.now(UTC))

    async def receive(self, *raws: Raw) -> list[str]:
        source = await self.hub.intake.source(self.channel.id)
        return [one.outcome for one in await self.hub.intake.receive(source, raws)]

    async def tell(self, event: str, provider_id: str = "", leg: str = "", **more: Any) -> None:
        assert await self.receive(self.news(event, provider_id, leg, **more)) == ["stored"]

    async def ask(self, provider_id: str = "", leg: str = "") -> Script:
        """What the telephone hears next."""
        return await self.scripts.calls(self.channel.id).script(provider_id, leg)

    async def calls_in(self, provider_id: str = "IN1", caller: str = CUSTOMER, **more: Any) -> Script:
        """Somebody calls; what they hear first."""
        await self.tell("incoming", provider_id, caller=caller, called=NUMBER, **more)
        return await self.ask(provider_id)

    async def call(self, call_id: int | None = None) -> Call:
        """That one, or the only one."""
        wanted = call_id or await self.hub.value("select id from call")
        async with self.hub.database.engine.connect() as connection:
            found = await store.get_call(connection, wanted)
        assert found is not None
        return found

    async def legs(self, call_id: int | None = None) -> list[Leg]:
        call = await self.call(call_id)
        async with self.hub.database.engine.connect() as connection:
            return await store.get_legs(connection, call.id)

    async def entry(self, call_id: int | None = None) -> Entry:
        return await self.hub.entry((await self.call(call_id)).entry_id)

    async def rings(self, number: str, *, times: int = 1) -> dict[str, Any]:
        """Waits until the provider has been asked to call this number so often; the last time."""

        async def look() -> Any:
            found = [line for line in self.provider.asked("dial") if line["to"] == number]
            return found[-1] if len(found) >= times else None

        found: dict[str, Any] = await eventually(look)
        return found

    async def asked(self, **line: Any) -> None:
        """Waits until the provider was asked this."""

        async def look() -> bool:
            return any(line.items() <= one.items() for one in self.provider.asked())

        await eventually(look)

    async def identity(self, number: str = CUSTOMER) -> int:
        async with self.hub.outbox.transaction() as tx:
            return (await resolve_identity(tx, Address("phone", number, name="Maria"))).id

    async def call_back(self, agent_id: int, **more: Any) -> Call:
        """A call for a callback."""
        wanted = CallbackCall(
            self.channel.id, await self.identity(), 7, Address("phone", CUSTOMER), agent_id, "Maria, order 4711", **more
        )
        async with self.hub.outbox.transaction() as tx:
            return await self.hub.calls.place_callback_call(tx, wanted)

    async def accepts(self, dialled: dict[str, Any]) -> Script:
        """Picks up and presses 1."""
        await self.tell("answered", dialled["id"], dialled["dial"])
        await self.ask(leg=dialled["dial"])
        await self.tell("digits", dialled["id"], dialled["dial"], digits="1", step="accept")
        return await self.ask(leg=dialled["dial"])

    async def ends(self, provider_id: str, state: str = "completed", leg: str = "", **more: Any) -> None:
        await self.tell("state", provider_id, leg, state=state, **more)

    @asynccontextmanager
    async def running(self, **options: Any) -> AsyncIterator[None]:
        """Channels and worker run for the block."""
        handlers = {**self.telephone.handlers, "fetch": self.hub.fetcher.handle, "forget": self.hub.fetcher.handle}
        worker = Worker(self.hub.database, handlers, channels=self.hub.pace.free, **options)
        tasks = [asyncio.create_task(self.hub.supervisor.run()), asyncio.create_task(worker.run())]
        try:
            yield
        finally:
            await worker.close(5)
            await self.hub.supervisor.close()
            await asyncio.gather(*tasks)

    def told(self, *kinds: str) -> list[str]:
        return [one[0] for one in self.watcher.told if not kinds or one[0] in kinds]


@asynccontextmanager
async def telephones(
    url: str, folder: Path, settings: dict[str, object] | None = None, **options: Any
) -> AsyncIterator[Telephones]:
    """A channel of an exchange, and an observer who offers nothing."""
    exchange: Any = Exchange()
    async with new_world(url, folder, exchange, **options) as hub:
        given = {"address": NUMBER, "folder": str(folder), "wrap_up_seconds": 0, **(settings or {})}
        rows = await hub.rows("select id from channel where kind = 'exchange'")
        if rows:
            channel_id = rows[0][0]
            async with hub.database.engine.connect() as connection:
                found = await get_channel(connection, channel_id)
            assert found is not None
            channel = found
        else:
            async with hub.outbox.transaction() as tx:
                channel = await create_channel(
                    tx, hub.registry, hub.vault, NewChannel("exchange", "Hotline", given, {}), None
                )
        watcher = Watcher(desk=hub.calls)
        hub.calls.observe(watcher)
        telephone = Telephone(hub.outbox, hub.calls, hub.supervisor, hub.pace)
        yield Telephones(hub, channel, watcher, telephone, CallScripts(hub.database, hub.calls))


def said(script: Script) -> str:
    """Everything that is said in it."""
    texts: list[str] = []
    for step in script:
        texts += [one.text for one in getattr(step, "says", ())]
        if hasattr(step, "text"):
            texts.append(step.text)
    return " ".join(texts)


def steps(script: Script) -> Sequence[str]:
    """The names of its steps, without what is said before."""
    return [type(step).__name__ for step in script if type(step).__name__ != "Say"]
