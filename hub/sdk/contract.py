"""The connector contract: a Connector is the code for a kind of channel, a Session is one configured channel, running.

A connector never touches the database and never sees the web server. What it receives goes into the sink, which
returns only after the commit; only then may the provider be told (200, \\Seen, 250).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from hub.sdk.calls import Calls, CallUpdate
from hub.sdk.log import Log
from hub.sdk.messages import (
    Ignored,
    Inbound,
    Introduction,
    Outgoing,
    Raw,
    Receipt,
    StatusUpdate,
)
from hub.sdk.settings import SettingsSchema

HealthState = Literal["ok", "degraded", "down"]
ChannelSettings = Mapping[str, object]
Parsed = Inbound | Introduction | StatusUpdate | CallUpdate | Ignored


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the composer and the timeline may offer on this kind of channel."""

    send: bool = True
    receive: bool = True
    attachments: bool = True
    subject: bool = False
    cc: bool = False
    html: bool = False
    threads: bool = False
    """Messages say which conversation they belong to. Without it, one open conversation per channel and address."""
    local_addresses: bool = False
    """An address is known to one channel alone (a visitor of one chat), and no other channel of the kind reaches it."""
    segments: bool = False
    """Text is cut, and paid, by segments of SMS; the composer counts them."""
    window: int = 0
    """Seconds after a person's newest message during which free text may be sent to them; 0: always."""
    templates: bool = False
    """Its session is `Templating`."""
    calls: bool = False
    """Its session is `Calling`: telephones, no messages."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`rate` messages per second with bursts of `burst`; sizes in bytes and characters, None for no limit."""

    rate: float = 10.0
    burst: int = 20
    max_bytes: int = 25 * 1024 * 1024
    max_text: int | None = None
    max_files: int | None = None
    """Files in one message; what is more goes out as further messages, in order. 0: the channel carries none."""
    captioned: frozenset[str] | None = None
    """Content types of the files that text may stand beside, None for any: before others it is a message by itself."""
    send_timeout: float = 120.0
    """Seconds after which an attempt without an answer is ambiguous."""


@dataclass(frozen=True, slots=True)
class Health:
    """`reason` says what is wrong and `next_step` what to do, both in plain words for the administrator."""

    state: HealthState
    reason: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class TestStep:
    """One step of a live test of the settings: what was tried, whether it worked, what to do when it did not."""

    __test__ = False
    name: str
    label: str
    ok: bool
    detail: str = ""
    next_step: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Consent:
    """An OAuth 2 authorization-code consent that the hub runs for the connector, with PKCE and refresh."""

    authorize_url: str
    token_url: str
    scopes: tuple[str, ...]
    client_id: str
    client_secret: str = field(repr=False, default="")
    account: str = ""
    """The account that has to consent, as a hint for the provider's page."""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HookRequest:
    """A webhook call as it came: `target` is path and query as sent, `public_base` the hub's own public URL, `rest` the
    path after the hook's name, `query` the first value of each parameter, `address` the caller's network address."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    public_base: str
    rest: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class HookReply:
    """`raws` are committed first; then status, body, content type and headers are answered."""

    raws: tuple[Raw, ...] = ()
    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook route as plain data, served at /hooks/<channel id>/<name> and below it. `handle` verifies first and
    raises PermissionError for a forgery (403, nothing written), within 5 s. `max_bytes` bounds the body."""

    name: str
    methods: tuple[str, ...]
    handle: Callable[[HookRequest], Awaitable[HookReply]]
    max_bytes: int = 1024 * 1024


class SocketPeer(Protocol):
    """The other end of a WebSocket. Text frames only, of at most 64 KiB; `origin` as the browser says it, `public_base`
    the hub's own public URL."""

    @property
    def origin(self) -> str: ...

    @property
    def public_base(self) -> str: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def address(self) -> str:
        """The network address, for limits."""
        ...

    @property
    def language(self) -> str:
        """The first language that the browser asks for, "" when it says none."""
        ...

    async def receive(self) -> str | None:
        """The next frame; None when the peer is gone."""
        ...

    async def send(self, text: str) -> None:
        """Raises ConnectionError when the peer is gone or does not read."""
        ...

    async def close(self, code: int = 1000, reason: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class Socket:
    """A WebSocket as plain data, served at /sockets/<channel id>/<name>. `serve` talks to one peer until it returns;
    it checks the origin and who is there itself."""

    name: str
    serve: Callable[[SocketPeer], Awaitable[None]]


AcceptedOutcome = Literal["stored", "duplicate", "copy", "ignored", "quarantined"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a raw. `seq` is its place in the sender's log, 0 where it has none. A duplicate of a message that
    carried a reference has the ids of the first time."""

    outcome: AcceptedOutcome
    entry_id: int | None = None
    conversation_id: int | None = None
    seq: int = 0


class Sink(Protocol):
    """The one door into the hub, bound to a channel."""

    async def receive(self, raws: Sequence[Raw], cursor: Mapping[str, object] | None = None) -> Sequence[Accepted]:
        """Stores the raws, and moves the channel's cursor in the same transaction; returns after the commit, saying in
        the same order what became of each.

        Seen before: nothing new is stored. Not understood: quarantined, which counts as stored.
        Raises ConnectionTrouble when the hub cannot store now (nothing may be acknowledged then), and
        OwnershipLost when another node runs this channel by now.
        """
        ...


class Context(Protocol):
    """What the hub offers a session."""

    @property
    def channel_id(self) -> int: ...

    @property
    def settings(self) -> ChannelSettings:
        """With defaults filled in, and the secrets opened."""
        ...

    @property
    def cursor(self) -> Mapping[str, object]:
        """As last given to `Sink.receive`, {} at first."""
        ...

    @property
    def public_url(self) -> str:
        """Where the world reaches this hub, without a slash at the end; its hooks are below /hooks/<channel id>/."""
        ...

    def report(self, health: Health) -> None:
        """Says how the channel does; a repeated report of the same changes nothing."""
        ...

    @property
    def log(self) -> Log: ...

    @property
    def calls(self) -> Calls: ...

    def sign(self, purpose: str, content: bytes) -> bytes:
        """A MAC of the content, under a key of this channel and purpose alone; it lasts as long as the installation."""
        ...

    def verify(self, purpose: str, content: bytes, mac: bytes) -> bool: ...

    async def access_token(self, *, renew: bool = False) -> str:
        """A valid OAuth access token. Raises CredentialsRefused when nobody has consented or the consent ended."""
        ...


@runtime_checkable
class Session(Protocol):
    """One configured channel. `run` and `send` may be used at the same time."""

    async def run(self, sink: Sink) -> None:
        """Receives until cancelled. Raises ConnectionTrouble, CredentialsRefused or ConfigurationError; the
        supervisor decides when to call it again. A channel that only has hooks waits for the cancellation."""
        ...

    async def send(self, message: Outgoing) -> Receipt:
        """One attempt. Raises a SendError, whose class says what happens next."""
        ...

    async def reconcile(self, message: Outgoing, started_at: datetime) -> Receipt | None:
        """After an ambiguous attempt: a receipt when the provider has it, None when that cannot be known.
        Raises TransientSend when the provider surely does not have it."""
        ...

    async def test(self) -> Sequence[TestStep]:
        """Tries the settings live and leaves no trace. Bounded to 60 s."""
        ...

    def hooks(self) -> Sequence[Hook]: ...

    def sockets(self) -> Sequence[Socket]: ...

    async def close(self) -> None:
        """Lets go of every connection, within 5 s."""
        ...


class Connector(Protocol):
    """The code for a kind of channel. Stateless."""

    @property
    def kind(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def description(self) -> str: ...

    @property
    def address_kind(self) -> str:
        """The kind of identity that it reaches: "email", "phone", …"""
        ...

    @property
    def schema(self) -> SettingsSchema: ...

    @property
    def capabilities(self) -> Capabilities: ...

    @property
    def limits(self) -> Limits: ...

    def normalise(self, address: str) -> str:
        """The one spelling that stands for this address. Raises InvalidAddress."""
        ...

    def own_address(self, settings: ChannelSettings) -> str:
        """The normalised address that customers write to on this channel."""
        ...

    def reference(self, settings: ChannelSettings, token: str) -> str:
        """The thread reference (such as a Message-ID) that a message with this unique token will carry."""
        ...

    def parse(self, raw: Raw, settings: ChannelSettings) -> Sequence[Parsed]:
        """Understands a raw: pure, repeatable, without secrets; may run in another process. Any exception it
        raises quarantines the raw."""
        ...

    def consent(self, settings: ChannelSettings) -> Consent | None:
        """The OAuth consent these settings call for, None where they use a password."""
        ...

    def open(self, context: Context) -> Session: ...
