"""A real connector for tests of the hub: its provider is a file that only grows, and does what the test told it to.

The ledger of the provider has one JSON object a line for each message that it accepted. What the provider does next
is a list of words in a file of its own, so that a hub in another process follows the same script:

    accept          take it and say so
    accept-break    take it, then break the connection: the hub cannot know
    accept-hang     take it, then never answer
    break           break the connection before taking it: the hub cannot know that either
    transient · rate · auth · permanent · template · suppress    the error of that name
    crash           an error that no contract knows

Without a script it accepts. `lookup` "yes": the provider can be asked what it has.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hub.sdk import (
    Address,
    AmbiguousSend,
    AuthSend,
    Body,
    Capabilities,
    ChannelSettings,
    Consent,
    Context,
    Field,
    Health,
    Hook,
    HookReply,
    HookRequest,
    Ignored,
    Inbound,
    InvalidAddress,
    Limits,
    NeedsTemplate,
    Option,
    Outgoing,
    Parsed,
    PermanentSend,
    RateLimited,
    Raw,
    Receipt,
    Recipient,
    RecipientResult,
    SettingsSchema,
    Sink,
    Socket,
    StatusUpdate,
    SuppressSend,
    TestStep,
    Thread,
    TransientSend,
)

SCHEMA = SettingsSchema(
    (
        Field("address", "Address", "Where customers write to.", type="email", required=True),
        Field("folder", "Folder", "Where the provider keeps its ledger.", default=""),
        Field(
            "lookup",
            "Lookup",
            "Whether the provider can be asked.",
            type="select",
            default="no",
            options=(Option("yes", "Yes"), Option("no", "No")),
        ),
        Field(
            "auth",
            "Sign-in",
            "How the hub signs in.",
            type="select",
            default="password",
            options=(Option("password", "Password"), Option("oauth", "OAuth")),
        ),
        Field("password", "Password", "The account's.", type="secret", show_if=("auth", ("password",))),
        Field("oauth_server", "OAuth server", "Address of it.", show_if=("auth", ("oauth",))),
        Field("client_secret", "Client secret", "The app's.", type="secret", show_if=("auth", ("oauth",))),
    )
)


class Provider:
    """The provider's side: the ledger and the script, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ledger = folder / "ledger.jsonl"
        self._script = folder / "script.json"

    def script(self, *words: str) -> None:
        """What happens to the next messages."""
        self._script.write_text(json.dumps(words))

    def next_word(self) -> str:
        words = json.loads(self._script.read_text()) if self._script.exists() else []
        if not words:
            return "accept"
        self._script.write_text(json.dumps(words[1:]))
        return str(words[0])

    def accept(self, message: Outgoing) -> str:
        """On disk before it is said to be."""
        provider_id = f"P{len(self.accepted()) + 1}"
        line = {
            "provider_id": provider_id,
            "attempt": message.attempt,
            "reference": message.reference,
            "to": [one.value for one in message.to],
            "cc": [one.value for one in message.cc],
            "subject": message.subject,
            "text": message.text,
            "html": message.html,
            "replies_to": list(message.replies_to),
            "sender_name": message.sender_name,
            "template": None if message.template is None else [message.template.id, dict(message.template.variables)],
            "known_ids": list(message.known_ids),
            "attachments": [[one.filename, len(one.content)] for one in message.attachments],
        }
        with self._ledger.open("a") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return provider_id

    def accepted(self) -> list[dict[str, Any]]:
        """Everything it ever took, in order."""
        if not self._ledger.exists():
            return []
        return [json.loads(line) for line in self._ledger.read_text().splitlines()]

    def texts(self) -> list[str]:
        return [line["text"] for line in self.accepted()]


@dataclass
class Control:
    """What the sessions of this process are told, and tell: one for each channel's own address. `may_run` is awaited
    before each run does anything."""

    may_run: Callable[[], Awaitable[object]] | None = None
    run_errors: list[Exception] = field(default_factory=list)
    runs: int = 0
    opened: int = 0
    closed: int = 0
    incoming: asyncio.Queue[tuple[list[Raw], dict[str, object] | None]] = field(default_factory=asyncio.Queue)
    started: asyncio.Event = field(default_factory=asyncio.Event)
    settings: ChannelSettings = field(default_factory=dict)
    context: Context | None = None


class Scripted:
    """The connector; `controls` are reached by the channel's own address."""

    kind = "scripted"
    version = "1"
    name = "Scripted"
    description = "A provider that does as it is told."
    address_kind = "email"
    schema = SCHEMA
    capabilities = Capabilities(subject=True, cc=True, html=True, threads=True)

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits(rate=1000.0, burst=1000, max_bytes=1_000_000, max_text=10_000, send_timeout=2.0)
        self.controls: dict[str, Control] = {}

    def control(self, address: str) -> Control:
        return self.controls.setdefault(address, Control())

    def normalise(self, address: str) -> str:
        address = address.strip().lower()
        if address.count("@") != 1 or any(letter <= " " for letter in address):
            raise InvalidAddress(f"{address!r} is no address.")
        return address

    def own_address(self, settings: ChannelSettings) -> str:
        return self.normalise(str(settings["address"]))

    def reference(self, settings: ChannelSettings, token: str) -> str:
        return f"{token}@{str(settings['address']).partition('@')[2]}"

    def parse(self, raw: Raw, settings: ChannelSettings) -> Sequence[Parsed]:
        """JSON: {"from", "text", …} is a message, {"status", …} a status, {"ignore": reason} neither."""
        found = json.loads(raw.content)
        if "ignore" in found:
            return [Ignored(found["ignore"])]
        if "status" in found:
            return [
                StatusUpdate(
                    state=found["status"],
                    occurred_at=raw.received_at,
                    attempt=found.get("attempt", ""),
                    provider_id=found.get("provider_id", ""),
                    reference=found.get("reference", ""),
                    recipients=tuple(found.get("recipients", ())),
                    code=found.get("code", ""),
                    reason=found.get("reason", ""),
                    suppress=found.get("suppress", False),
                )
            ]
        to = Address("email", self.own_address(settings))
        return [
            Inbound(
                sender=Address("email", self.normalise(found["from"]), found["from"], found.get("name", "")),
                occurred_at=raw.received_at,
                body=Body(found["text"]),
                subject=found.get("subject", ""),
                recipients=(Recipient(to),),
                thread=Thread(found.get("reference", ""), tuple(found.get("replies_to", ())), found.get("token", "")),
            )
        ]

    def consent(self, settings: ChannelSettings) -> Consent | None:
        if settings.get("auth") != "oauth":
            return None
        server = str(settings["oauth_server"])
        return Consent(
            authorize_url=f"{server}/authorize?tenant=t",
            token_url=f"{server}/token",
            scopes=("mail", "offline"),
            client_id="the-client",
            client_secret=str(settings.get("client_secret", "")),
            account=str(settings["address"]),
        )

    def open(self, context: Context) -> ScriptedSession:
        return ScriptedSession(self, context)


class ScriptedSession:
    def __init__(self, connector: Scripted, context: Context) -> None:
        self._context = context
        self._lookup = context.settings.get("lookup") == "yes"
        folder = str(context.settings.get("folder", ""))
        self._provider = Provider(Path(folder)) if folder else None
        self._control = connector.control(connector.own_address(context.settings))
        self._control.opened += 1
        self._control.settings = context.settings
        self._control.context = context

    async def run(self, sink: Sink) -> None:
        self._control.runs += 1
        if self._control.may_run is not None:
            await self._control.may_run()
        if self._control.run_errors:
            raise self._control.run_errors.pop(0)
        self._context.report(Health("ok"))
        self._control.started.set()
        while True:
            raws, cursor = await self._control.incoming.get()
            try:
                await sink.receive(raws, cursor)
            finally:
                self._control.incoming.task_done()

    async def send(self, message: Outgoing) -> Receipt:
        assert self._provider is not None
        word = self._provider.next_word()
        errors: Mapping[str, Exception] = {
            "break": AmbiguousSend("The connection broke."),
            "transient": TransientSend("Try again later.", code="450", retry_after=0.0),
            "rate": RateLimited("Too many.", code="429", retry_after=0.2),
            "auth": AuthSend("The password is wrong.", code="535", retry_after=0.0),
            "permanent": PermanentSend("No such mailbox.", code="550 5.1.1"),
            "template": NeedsTemplate("Only a template now."),
            "suppress": SuppressSend("They opted out.", code="21610"),
            "crash": ZeroDivisionError("a bug"),
        }
        if word in errors:
            raise errors[word]
        provider_id = self._provider.accept(message)
        if word == "accept-break":
            raise AmbiguousSend("The connection broke after the data.")
        if word == "accept-hang":
            await asyncio.sleep(3600)
        if word == "accept-refuse-copies":
            refused = tuple(RecipientResult(one.value, "failed", "550", "No such mailbox.") for one in message.cc)
            return Receipt(provider_id, recipients=refused)
        return Receipt(provider_id)

    async def reconcile(self, message: Outgoing, started_at: datetime) -> Receipt | None:
        assert self._provider is not None
        if not self._lookup:
            return None
        for line in self._provider.accepted():
            if line["reference"] == message.reference:
                return Receipt(line["provider_id"])
        raise TransientSend("The provider has no such message.")

    async def test(self) -> Sequence[TestStep]:
        good = self._context.settings.get("password") == "right"
        step = "" if good else "Enter the password again."
        return [TestStep("sign-in", "Sign in", good, "" if good else "The password is wrong.", step)]

    def hooks(self) -> Sequence[Hook]:
        return [Hook("in", ("POST",), self._hook)]

    async def _hook(self, request: HookRequest) -> HookReply:
        if request.headers.get("X-Signature") != "good":
            raise PermissionError("The signature is wrong.")
        return HookReply((Raw(request.headers["X-Id"], request.body, datetime.now(UTC)),), body=b"stored")

    def sockets(self) -> Sequence[Socket]:
        return ()

    async def close(self) -> None:
        self._control.closed += 1
