"""One visitor's socket: what it is told in order and without a gap, and what the visitor says."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from connectors.webchat import protocol, wire
from connectors.webchat.limits import source
from connectors.webchat.tokens import Person, Visitor, read_jwt
from hub.sdk import Claim, ConnectionTrouble, Desk, LogPage, SocketPeer

if TYPE_CHECKING:
    from connectors.webchat.connector import WebChatSession

HELLO_SECONDS: Final = 10.0
PATIENCE_SECONDS: Final = 1.5
"""Nobody types a first message faster than this; a program may, and waits."""
FRAMES_AT_ONCE: Final = 60.0
FRAMES_PER_SECOND: Final = 5.0
PAGE: Final = 100
BYE_CODES: Final = {"refused": 4403, "token": 4401, "slow": 4008, "again": 1012, "hello": 4400}
_DELIVERABLE: Final = ("sent",)
_READABLE: Final = ("sent", "delivered")


class Goodbye(Exception):
    """The connection ends, and the page is told why."""


class Visit:
    """From the hello to the end of one connection."""

    def __init__(self, session: WebChatSession, peer: SocketPeer) -> None:
        self.session = session
        self.peer = peer
        self.visitor = Visitor("")
        self.head = 0
        self._source = ""
        self._fresh = True
        self._sent = 0
        self._read_sent = 0
        self._read_by_visitor = 0
        self._token = ""
        self._about: dict[str, object] = {}
        self._claims: tuple[Claim, ...] = ()
        self._undelivered: list[str] = []
        self._typing = False
        self._desk: tuple[bool, int] | None = None
        self._began = time.monotonic()
        self._allowance = FRAMES_AT_ONCE
        self._heard = self._began

    async def serve(self) -> None:
        try:
            hello = await self._hello()
            # Watched before anything is read: what comes meanwhile is told after it.
            with self.session.log.watch(self.visitor.id) as changes:
                await self._welcome(hello)
                tell = asyncio.create_task(self._tell(changes), name="chat tell")
                listen = asyncio.create_task(self._listen(), name="chat listen")
                try:
                    await asyncio.wait({tell, listen}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    tell.cancel()
                    listen.cancel()
                    ends = await asyncio.gather(tell, listen, return_exceptions=True)
                for end in ends:
                    if isinstance(end, Exception):
                        raise end
        except Goodbye as bye:
            await self.leave(str(bye))
        except ConnectionTrouble:
            await self.leave("again")
        finally:
            if self._typing:
                with suppress(ConnectionTrouble):  # it is forgotten by itself too
                    await self._say_typing(False)

    async def ping(self) -> None:
        await self.peer.send(protocol.frame("ping", head=self._sent))

    async def say_desk(self, desk: Desk) -> None:
        """Whether somebody answers now, when that has changed since this visitor was told."""
        now = (self.session.is_open(desk), desk.agents_online)
        if self._desk is not None and self._desk != now:
            self._desk = now
            await self.peer.send(protocol.frame("desk", open=now[0], agents_online=now[1]))

    async def leave(self, code: str) -> None:
        try:
            await self.peer.send(protocol.frame("bye", code=code))
        except ConnectionError:
            return
        await self.peer.close(BYE_CODES.get(code, 1000), code)

    # --- who is there ---

    async def _hello(self) -> protocol.Hello:
        if not self.session.welcomes(self.peer):
            raise Goodbye("refused")
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                text = await self.peer.receive()
        except TimeoutError:
            raise Goodbye("hello") from None
        hello = protocol.hello(protocol.parsed(text or ""))
        if hello is None:
            raise Goodbye("hello")
        self._about = dict(hello.about)
        known = self.session.tokens.read(hello.token)
        self.visitor = known or self.session.tokens.new()
        self._source = source(self.peer.address, self.visitor.id)
        if not self.session.limits.hellos.take(self._source if known is None else known.id):
            raise Goodbye("slow")
        person = read_jwt(hello.jwt, self.session.jwt_secret)
        if person is not None:
            # A device on which somebody else is signed in now begins anew: they must not read each other's messages.
            self.visitor = person.on(self.visitor) or person.on(self.session.tokens.new()) or self.visitor
            self._claims = person.claims
        self._fresh = known is None or known != self.visitor or known.old
        return hello

    async def _welcome(self, hello: protocol.Hello) -> None:
        page = await self.session.log.read(self.visitor.id, hello.since, PAGE)
        epoch = f"{page.epoch}.{self.visitor.id[:8]}"
        resumed = hello.epoch == epoch and hello.since <= page.head
        self.head = page.head
        self._sent = hello.since if resumed else 0
        self._read_sent = page.read
        desk = await self.session.log.desk()
        self._desk = (self.session.is_open(desk), desk.agents_online)
        welcome = protocol.frame(
            "welcome",
            token=self.session.tokens.issue(self.visitor) if self._fresh else None,
            visitor=self.visitor.id[:8],
            head=page.head,
            epoch=epoch,
            resumed=resumed,
            read=page.read,
            open=self._desk[0],
            agents_online=self._desk[1],
            config_version=self.session.version,
        )
        await self.peer.send(welcome)
        if self._claims and page.head:
            await self._introduce()

    async def _introduce(self) -> None:
        """What the company says of who this is; with the first message where there is none yet."""
        raw = wire.identify_raw(self.visitor.id, self._claims, datetime.now(UTC))
        await self.session.store(raw)
        self._claims = ()

    # --- what the visitor is told ---

    async def _tell(self, changes: Any) -> None:
        await self._catch_up()
        async for change in changes:
            if change.kind == "typing":
                await self.peer.send(protocol.frame("typing", on=change.on, name=change.name))
            else:
                await self._catch_up()

    async def _catch_up(self) -> None:
        """Everything after what was sent last. What is new while this goes on wakes us again."""
        while True:
            page = await self.session.log.read(self.visitor.id, self._sent, PAGE)
            if page.items:
                await self._send(page)
            if page.read > self._read_sent:
                self._read_sent = page.read
                await self.peer.send(protocol.frame("read", seq=page.read))
            if not page.items or self._sent >= page.head:
                return

    async def _send(self, page: LogPage) -> None:
        await self.peer.send(protocol.log(page, self.visitor.id))
        newest = page.items[-1]
        self._sent = newest.seq
        self.head = max(self.head, page.head)
        self._token = newest.token
        self._undelivered += protocol.unread_references(page.items, _DELIVERABLE)
        if self._undelivered:
            await self.ping()  # the pong to it proves that they arrived

    # --- what the visitor says ---

    async def _listen(self) -> None:
        while (text := await self.peer.receive()) is not None:
            self._count()
            frame = protocol.parsed(text)
            match frame.get("type"):
                case "msg":
                    await self._message(frame)
                case "pong":
                    await self._pong()
                case "typing":
                    await self._say_typing(frame.get("on") is True)
                case "read":
                    await self._read(protocol.whole(frame.get("seq")))
                case "identify":
                    await self._identify(frame.get("jwt"))
                case "attributes":
                    self._about["attributes"] = protocol.attributes(frame)
                case "transcript":
                    await self._transcript()

    def _count(self) -> None:
        """A page of ours never says so much; who does is sent away."""
        now = time.monotonic()
        self._allowance = min(FRAMES_AT_ONCE, self._allowance + (now - self._heard) * FRAMES_PER_SECOND) - 1
        self._heard = now
        if self._allowance < 0:
            raise Goodbye("slow")

    async def _message(self, frame: dict[str, Any]) -> None:
        found = protocol.written(frame)
        if found is None:
            return
        if found.problem:
            await self._refuse(found.cid, "invalid", found.problem)
            return
        limits = self.session.limits
        if not (limits.messages.take(self.visitor.id) and limits.messages_by_address.take(self._source)):
            await self._refuse(found.cid, "slow_down", "")
            return
        if not self.head:
            await asyncio.sleep(max(0.0, self._began + self.session.patience - time.monotonic()))
        self._typing = False
        claims = self._claims + _said(found.form)
        about = {**self._about, "form": dict(found.form)} if found.form else self._about
        message = wire.Message(
            self.visitor.id,
            found.cid,
            found.text,
            found.uploads,
            name=found.form.get("name", ""),
            token=self._token,
            claims=claims,
            about=about,
        )
        accepted = await self.session.store(wire.message_raw(message, datetime.now(UTC)))
        if accepted.outcome == "quarantined" or not accepted.entry_id:
            await self._refuse(found.cid, "not_taken", "")
            return
        self._claims = ()
        self.head = max(self.head, accepted.seq)
        await self.peer.send(protocol.frame("ack", cid=found.cid, seq=accepted.seq))

    async def _refuse(self, cid: str, code: str, text: str) -> None:
        await self.peer.send(protocol.frame("refused", cid=cid, code=code, text=text))

    async def _pong(self) -> None:
        if self._undelivered:
            arrived, self._undelivered = self._undelivered, []
            await self.session.store(wire.status_raw(self.visitor.id, "delivered", arrived, datetime.now(UTC)))

    async def _read(self, seq: int) -> None:
        seq = min(seq, self._sent)
        if seq <= self._read_by_visitor:
            return
        since = max(self._read_by_visitor, seq - PAGE)
        page = await self.session.log.read(self.visitor.id, since, PAGE)
        self._read_by_visitor = seq
        seen = protocol.unread_references([one for one in page.items if one.seq <= seq], _READABLE)
        if seen:
            self._undelivered = [one for one in self._undelivered if one not in seen]
            await self.session.store(wire.status_raw(self.visitor.id, "read", seen, datetime.now(UTC)))

    async def _say_typing(self, on: bool) -> None:
        if on or self._typing:
            self._typing = on
            await self.session.log.typing(self.visitor.id, on)

    async def _identify(self, jwt: object) -> None:
        person: Person | None = read_jwt(jwt, self.session.jwt_secret)
        if person is None:
            return
        visitor = person.on(self.visitor)
        if visitor is None:
            raise Goodbye("token")  # somebody else than before: the page comes back without the token, as a new visitor
        if visitor != self.visitor:
            self.visitor = visitor
            await self.peer.send(protocol.frame("token", token=self.session.tokens.issue(visitor)))
        self._claims = person.claims
        if self.head:
            await self._introduce()

    async def _transcript(self) -> None:
        allowed = self.session.transcripts and self.session.limits.transcripts.take(self.visitor.id)
        ok = allowed and await self.session.log.transcript(self.visitor.id)
        await self.peer.send(protocol.frame("transcript", ok=ok))


def _said(form: Any) -> tuple[Claim, ...]:
    """What the visitor wrote into the form is what they say, and no more."""
    name = form.get("name", "")
    return tuple(Claim(kind, form[kind], name) for kind in ("email", "phone") if form.get(kind))
