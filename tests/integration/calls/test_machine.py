"""Whatever happens, in whatever order: nobody is called twice or double-booked, and no call is forgotten.

Hypothesis plays the provider, the customers, the agents, the worker and the crashes, against the real desk on a real
database; the provider's own model of each telephone says which news is possible.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, TypeVar, cast

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from hub.calls import agents
from hub.calls.model import NoDevice
from hub.calls.telephone import Telephone
from hub.failpoints import FailpointError, activate
from hub.jobs import queue
from hub.outbound.job import Again, Done, Job, Lease
from hub.outbound.pace import Pace
from hub.sdk import Connector, Context, Health, Limits, Raw, Session
from tests.integration.calls.exchange import NUMBER, Exchange, ExchangeSession
from tests.integration.calls.world import Telephones, telephones

T = TypeVar("T")
AGENTS = 3
WORDS = ["accept", "accept", "accept", "accept-break", "break", "transient", "permanent"]
POINTS = ["", "", "", "dial.claimed", "dial.attempt_committed", "dial.provider_accepted"]


@dataclass
class _Context:
    settings: Mapping[str, object]

    def report(self, health: Health) -> None:
        return None


@dataclass
class Lending:
    """hub.outbound.pace.Sessions: the exchange's session, always there."""

    session: Session
    connector: Connector
    channel_id: int

    @contextmanager
    def lend(self, channel_id: int) -> Iterator[tuple[Session, Connector] | None]:
        yield (self.session, self.connector)

    def limits(self) -> Mapping[int, Limits]:
        return {self.channel_id: self.connector.limits}

    def note_sending(self, channel_id: int, health: Health) -> None:
        return None


@dataclass
class Line:
    """A telephone as the provider sees it."""

    provider_id: str
    token: str = ""
    state: str = "ringing"
    joined: bool = False
    caller: bool = False


@dataclass
class Side:
    """The provider's side of one run."""

    lines: dict[str, Line] = field(default_factory=dict)
    seen: int = 0


class Machine(RuleBasedStateMachine):
    url: ClassVar[str]

    @initialize()
    def begin(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory()
        self.side = Side()
        self.numbers = 0
        self.last: Raw | None = None
        self.do(self._open())

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    async def _open(self) -> None:
        self.world: Telephones = await self.stack.enter_async_context(
            telephones(self.url, Path(self.folder.name), {"lookup": "yes"})
        )
        for table in ("job", "call_leg", "call", "agent_state", "agent_device"):
            await self.world.hub.rows(f"delete from {table}")
        await self.world.hub.rows(
            "update channel set settings = cast(:given as jsonb) where id = :id",
            given=json.dumps({**self.world.channel.settings, "folder": self.folder.name}),
            id=self.world.channel.id,
        )
        self.agents = [await self.world.agent(f"Agent {number}") for number in range(AGENTS)]
        context = cast(Context, _Context({"folder": self.folder.name, "lookup": "yes"}))
        connector = cast(Connector, Exchange())
        session = cast(Session, ExchangeSession(context))
        lending = Lending(session, connector, self.world.channel.id)
        self.telephone = Telephone(self.world.hub.outbox, self.world.hub.calls, lending, Pace(lending))

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.do(self._finish())
        finally:
            self.do(self.stack.aclose())
            self.do(asyncio.sleep(0))
            self.loop.close()
            self.folder.cleanup()

    # What happens ----------------------------------------------------------------------------------------------------

    @rule()
    def somebody_calls(self) -> None:
        self.numbers += 1
        line = Line(f"IN{self.numbers}", state="answered", caller=True)
        self.side.lines[line.provider_id] = line
        self.tell(line, "incoming")

    @rule(agent=st.integers(0, AGENTS - 1), first=st.sampled_from(["agent", "customer"]))
    def a_callback_is_made(self, agent: int, first: str) -> None:
        async def place() -> None:
            async with self.world.hub.outbox.transaction() as tx:
                found = await agents.next_agent(tx, [one for one in self.agents if one != self.agents[agent]])
            if found is not None:
                await self.world.call_back(found.agent_id, first=first)

        try:
            self.do(place())
        except NoDevice as failure:
            raise AssertionError("every agent has a telephone") from failure

    @rule(agent=st.integers(0, AGENTS - 1), availability=st.sampled_from(["available", "available", "away"]))
    def an_agent_comes_or_goes(self, agent: int, availability: Any) -> None:
        async def change() -> None:
            async with self.world.hub.outbox.transaction() as tx:
                await agents.set_availability(tx, self.agents[agent], availability)

        self.do(change())

    @rule(data=st.data(), word=st.sampled_from(WORDS), point=st.sampled_from(POINTS))
    def a_job_is_run(self, data: st.DataObject, word: str, point: str) -> None:
        ids = self.do(self._jobs())
        if ids:
            self.world.provider.say(word)
            self.do(self._run(data.draw(st.sampled_from(ids)), point))
            self.world.provider.say()

    @rule()
    def all_jobs_are_run(self) -> None:
        self.do(self._work())

    @precondition(lambda self: self.side.lines)
    @rule(data=st.data())
    def something_happens_to_a_telephone(self, data: st.DataObject) -> None:
        going = sorted(one.provider_id for one in self.side.lines.values() if one.state != "ended")
        if not going:
            return
        line = self.side.lines[data.draw(st.sampled_from(going))]
        possible = ["digits", "digits", "waiting", "joined", "left", "end"] if line.state == "answered" else []
        if line.state == "ringing":
            possible = ["ring", "pick_up", "pick_up", "pick_up", "busy", "no_answer"]
        self._happens(line, data.draw(st.sampled_from(possible)), data.draw(st.sampled_from(["1", "1", ""])))

    def _happens(self, line: Line, what: str, digits: str) -> None:
        match what:
            case "ring":
                self.tell(line, "state", state="ringing")
            case "pick_up":
                line.state = "answered"
                self.tell(line, "answered")
                self.do(self.world.ask(line.provider_id, line.token))
            case "busy" | "no_answer":
                line.state = "ended"
                self.tell(line, "state", state=what)
            case "digits":
                self.tell(line, "digits", digits=digits, step="queue" if line.caller else "accept")
                self.do(self.world.ask(line.provider_id, line.token))
            case "end":
                line.state = "ended"
                self.tell(line, "state", state="completed", seconds=10)
            case _:
                self.tell(line, what)
                self.do(self.world.ask(line.provider_id, line.token))

    @precondition(lambda self: self.last is not None)
    @rule()
    def it_is_told_again(self) -> None:
        assert self.last is not None
        assert self.do(self.world.receive(self.last)) == ["duplicate"]

    @rule()
    def nothing_is_heard_for_long(self) -> None:
        self.do(self._silence())

    # What holds ------------------------------------------------------------------------------------------------------

    @invariant()
    def every_telephone_was_called_once(self) -> None:
        if hasattr(self, "world"):
            counted = Counter(line["dial"] for line in self.world.provider.asked("dial"))
            assert all(count == 1 for count in counted.values())

    @invariant()
    def nobody_is_double_booked(self) -> None:
        if hasattr(self, "world"):
            assert not self.do(
                self.world.hub.rows(
                    "select agent_id from call_leg where agent_id is not null and state in "
                    "('dialing', 'ringing', 'answered') group by agent_id having count(*) > 1"
                )
            )

    @invariant()
    def a_customer_is_called_once_and_only_for_somebody(self) -> None:
        if hasattr(self, "world"):
            assert not self.do(
                self.world.hub.rows(
                    """
                    select c.id from call c join call_leg g on g.call_id = c.id and g.role = 'customer'
                    where c.direction = 'out'
                    group by c.id, c.first
                    having count(*) > 1 or (c.first = 'agent' and not exists (
                        select from call_leg a where a.call_id = c.id and a.accepted_at is not null))
                    """
                )
            )

    @invariant()
    def what_is_over_is_told_once_and_shown(self) -> None:
        if not hasattr(self, "world"):
            return
        told = Counter(one[1] for one in self.world.watcher.told if one[0] == "ended")
        once = Counter(one[:2] for one in self.world.watcher.told if one[0] in ("answered", "unreached", "left"))
        assert all(count == 1 for count in once.values())
        over = {row.id for row in self.do(self.world.hub.rows("select id from call where stage = 'over'"))}
        assert told == dict.fromkeys(over, 1)
        wrong = "select c.id from call c join entry e on e.id = c.entry_id where e.data ->> 'state' <> c.state"
        assert not self.do(self.world.hub.rows(wrong))

    # How it is done --------------------------------------------------------------------------------------------------

    def tell(self, line: Line, event: str, **more: Any) -> None:
        if line.caller:
            more = {"caller": "+491701234567", "called": NUMBER, **more}
        at = datetime.now(UTC) + timedelta(seconds=0)
        self.last = self.world.news(event, line.provider_id, line.token, at=at, **more)
        assert self.do(self.world.receive(self.last)) == ["stored"]

    async def _jobs(self) -> list[int]:
        return [row.id for row in await self.world.hub.rows("select id from job where state = 'ready' order by id")]

    async def _run(self, job_id: int, point: str = "") -> None:
        """As the worker does it; a point of failure stands for the hub's death there."""
        take = text(
            "update job set state = 'running', attempts = attempts + 1, lease_token = lease_token + 1 "
            "where id = :id returning id, kind, key, channel_id, payload, attempts, max_attempts, lease_token"
        )
        async with self.world.hub.database.engine.begin() as connection:
            row = (await connection.execute(take, {"id": job_id})).one()
        values = dict(row._mapping)
        if isinstance(values["payload"], str):
            values["payload"] = json.loads(values["payload"])
        job = Job(**values)
        activate(f"{point}:raise" if point else "")
        try:
            result = await self.telephone.handlers[job.kind](job, Lease(1e12))
        except FailpointError:
            result = Again(0.0)
        finally:
            activate("")
            self._dialled()
        async with self.world.hub.database.engine.begin() as connection:
            if isinstance(result, Done):
                await queue.finish(connection, job)
            elif isinstance(result, Again):
                await queue.release(connection, job, 0.0)

    def _dialled(self) -> None:
        """What the provider has begun to call meanwhile, and what it was asked to hang up."""
        asked = self.world.provider.asked()
        for line in asked[self.side.seen :]:
            if "dial" in line:
                self.side.lines[line["id"]] = Line(line["id"], line["dial"])
            elif "hang_up" in line:
                known = self.side.lines.get(line["hang_up"])
                if known is not None:
                    known.state = "ended"  # and the news of it is lost: the hub has to look
        self.side.seen = len(asked)
        for one in self.side.lines.values():
            states = {"ended": "completed"}
            self.world.provider.set_state(one.provider_id, states.get(one.state, one.state))

    async def _work(self) -> None:
        for _ in range(200):
            ids = await self._jobs()
            if not ids:
                return
            for one in ids:
                if one in await self._jobs():
                    await self._run(one)
        raise AssertionError("There is always something to do.")

    async def _silence(self) -> None:
        self._dialled()
        await self.world.hub.rows("update call_leg set heard_at = now() - interval '1 hour'")
        await self.telephone.sweep()

    async def _finish(self) -> None:
        """Everybody hangs up and nobody says so: in the end every call is over."""
        async with self.world.hub.outbox.transaction() as tx:
            for agent_id in self.agents:
                await agents.set_availability(tx, agent_id, "away")
        for _ in range(8):
            for line in self.side.lines.values():
                line.state = "ended"
            await self._silence()
            await self._work()
        left = await self.world.hub.rows(
            "select c.id, c.stage, c.direction, g.role, g.state, g.provider_id, g.attempt "
            "from call c left join call_leg g on g.call_id = c.id "
            "where c.stage <> 'over' or g.state in ('dialing', 'ringing', 'answered')"
        )
        assert not left


def test_the_state_machine_of_a_call(fresh_database_url: str) -> None:
    class Here(Machine):
        url = fresh_database_url

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
