"""A telephone exchange for tests: a real connector whose provider is a file that only grows, and does as it was told.

Each line of the ledger is something that the provider was asked: {"dial": token, …}, {"hang_up": id},
{"ask_again": id}, {"room": …}. What the next dials meet is a list of words: accept, accept-break, break, accept-hang,
transient, permanent, crash; those of changes of a room: gone, trouble. News is JSON with the fields of a CallUpdate.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hub.sdk import (
    Address,
    AmbiguousSend,
    CallUpdate,
    Capabilities,
    ChannelSettings,
    ConnectionTrouble,
    Consent,
    Context,
    Dial,
    Field,
    Health,
    Hook,
    Limits,
    Outgoing,
    Parsed,
    PermanentSend,
    Raw,
    Receipt,
    RemoteFile,
    RoomChange,
    SettingsSchema,
    Sink,
    Socket,
    TestStep,
    TransientSend,
)

NUMBER = "+4930100200"
SCHEMA = SettingsSchema(
    (
        Field("address", "Number", "The company's number.", required=True),
        Field("folder", "Folder", "Where the provider keeps its ledger.", default=""),
        Field("lookup", "Lookup", "Whether the provider can be asked.", default="yes"),
        Field("language", "Language", "", default="en"),
        Field("record", "Recording", "", default="off"),
        Field("voicemail", "Voicemail", "", type="boolean", default=True),
        Field("wrap_up_seconds", "Wrap-up", "", type="number", default=0),
        Field("max_wait_seconds", "Longest wait", "", type="number", default=600),
    )
)


class Provider:
    """The provider's side: the ledger, the words and the states of its calls, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ledger = folder / "calls.jsonl"
        self._words = folder / "words.json"
        self._states = folder / "states.json"

    def say(self, *words: str) -> None:
        """What happens to the next dials."""
        self._words.write_text(json.dumps(words))

    def next_word(self) -> str:
        words = json.loads(self._words.read_text()) if self._words.exists() else []
        if not words:
            return "accept"
        self._words.write_text(json.dumps(words[1:]))
        return str(words[0])

    def note(self, **line: Any) -> None:
        """On disk before it is said to be."""
        with self._ledger.open("a") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def asked(self, what: str = "") -> list[dict[str, Any]]:
        """Everything it was ever asked, in order."""
        if not self._ledger.exists():
            return []
        lines = [json.loads(line) for line in self._ledger.read_text().splitlines()]
        return [line for line in lines if not what or what in line]

    def dialled(self) -> list[str]:
        """The numbers that it called, in order."""
        return [line["to"] for line in self.asked("dial")]

    def set_state(self, provider_id: str, state: str) -> None:
        self._states.write_text(json.dumps({**self.states(), provider_id: state}))

    def states(self) -> dict[str, str]:
        return json.loads(self._states.read_text()) if self._states.exists() else {}


class Exchange:
    """The connector."""

    kind = "exchange"
    version = "1"
    name = "Exchange"
    description = "Telephones that do as they are told."
    address_kind = "phone"
    schema = SCHEMA
    capabilities = Capabilities(send=False, attachments=False, calls=True)
    limits = Limits(rate=1000.0, burst=1000)

    def normalise(self, address: str) -> str:
        return address.replace(" ", "")

    def own_address(self, settings: ChannelSettings) -> str:
        return str(settings["address"])

    def reference(self, settings: ChannelSettings, token: str) -> str:
        return token

    def parse(self, raw: Raw, settings: ChannelSettings) -> Sequence[Parsed]:
        found = json.loads(raw.content)
        found.pop("number", None)
        found["occurred_at"] = datetime.fromisoformat(found["occurred_at"])
        for one in ("caller", "called"):
            if one in found:
                found[one] = Address("phone", found[one])
        if "recording" in found:
            found["recording"] = RemoteFile(found["recording"], "https://provider.test/recording", "audio/mpeg")
        return [CallUpdate(**found)]

    def consent(self, settings: ChannelSettings) -> Consent | None:
        return None

    def open(self, context: Context) -> ExchangeSession:
        return ExchangeSession(context)


class ExchangeSession:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._provider = Provider(Path(str(context.settings["folder"])))
        self._lookup = context.settings["lookup"] == "yes"

    async def run(self, sink: Sink) -> None:
        self._context.report(Health("ok"))
        await asyncio.Event().wait()

    async def dial(self, dial: Dial) -> Receipt:
        word = self._provider.next_word()
        errors = {
            "break": AmbiguousSend("The connection broke."),
            "transient": TransientSend("Try again.", retry_after=0.05),
            "permanent": PermanentSend("There is no such number.", code="21211"),
            "crash": ZeroDivisionError("a bug"),
        }
        if word in errors:
            raise errors[word]
        provider_id = f"CA{len(self._provider.asked('dial')) + 1}"
        self._provider.note(dial=dial.leg, to=dial.to.value, role=dial.role, room=dial.room, id=provider_id)
        if word == "accept-break":
            raise AmbiguousSend("The connection broke after the request.")
        if word == "accept-hang":
            await asyncio.sleep(3600)
        return Receipt(provider_id)

    async def find_dial(self, dial: Dial, started_at: datetime) -> Receipt | None:
        if not self._lookup:
            return None
        for line in self._provider.asked("dial"):
            if line["dial"] == dial.leg:
                return Receipt(line["id"])
        raise TransientSend("The provider has no such call.", retry_after=0.05)

    async def look(self, provider_id: str) -> CallUpdate:
        state = self._provider.states().get(provider_id)
        if state is None:
            raise LookupError(provider_id)
        return CallUpdate("state", datetime.now(UTC), provider_id, state=state)  # type: ignore[arg-type]

    async def ask_again(self, provider_id: str) -> None:
        self._provider.note(ask_again=provider_id)

    async def hang_up(self, provider_id: str) -> None:
        self._provider.note(hang_up=provider_id)

    async def change_room(self, room: str, customer: str, change: RoomChange) -> None:
        word = self._provider.next_word()
        if word == "gone":
            raise LookupError(room)
        if word == "trouble":
            raise ConnectionTrouble("The provider is away.")
        self._provider.note(room=room, customer=customer, hold=change.hold, record=change.record)

    async def fetch(self, file: RemoteFile) -> bytes:
        return b"RIFF a recording"

    async def forget(self, file: RemoteFile) -> None:
        self._provider.note(forget=file.key)

    async def send(self, message: Outgoing) -> Receipt:
        raise PermanentSend("Nothing can be written to a telephone.")

    async def reconcile(self, message: Outgoing, started_at: datetime) -> Receipt | None:
        return None

    async def test(self) -> Sequence[TestStep]:
        return ()

    def hooks(self) -> Sequence[Hook]:
        return ()

    def sockets(self) -> Sequence[Socket]:
        return ()

    async def close(self) -> None:
        return None
