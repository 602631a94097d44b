"""Telephone calls: what the hub asks a session to do, what it is told, and what a caller hears next.

A call is one talk with a customer; each telephone that takes part is a leg. The hub decides and the connector renders:
a provider's webhook is stored as a raw and understood as a `CallUpdate`; after the commit the hook asks `Calls.script`
what happens on that leg now, and says it in the provider's language. The script follows from the state alone, so a
webhook that comes twice is answered twice alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from hub.sdk.messages import Address, Receipt, RemoteFile

LegRole = Literal["customer", "agent"]
LegState = Literal["dialing", "ringing", "answered", "completed", "busy", "no_answer", "failed", "canceled"]
CallEvent = Literal["incoming", "answered", "digits", "waiting", "joined", "left", "recorded", "transcribed", "state"]
ENDED_LEG: frozenset[LegState] = frozenset(("completed", "busy", "no_answer", "failed", "canceled"))


@dataclass(frozen=True, slots=True)
class Dial:
    """A telephone to call. `leg` names this leg, and this one attempt at it, for ever; `room` the talk that it is
    meant for. `to` has the kind "phone" (E.164) or "sip"; `ring_seconds` until it counts as not answered."""

    leg: str
    room: str
    to: Address
    role: LegRole
    ring_seconds: int = 25
    detect_machine: bool = False


@dataclass(frozen=True, slots=True)
class CallUpdate:
    """News of one leg. `leg` is the token of its Dial, "" for a call that came in (`provider_id` names that).

    incoming     somebody calls: `caller` (its value "" when the number is withheld), `called`
    answered     the leg was picked up and asks what it hears; `machine` when that was looked for
    digits       `digits` were pressed at the step `step` ("" when none were, in the time given)
    waiting      the caller listens in the queue; told now and then
    joined/left  it is in the room, or no longer
    recorded     `recording` can be fetched; `step` names the Record step, or is "room" for a talk
    transcribed  `text` of the recording of that step; of a talk (step "room") what was said meanwhile: by `who`, as the
                 `number`th thing
    state        how the leg is; `seconds` that it lasted, once it has ended
    """

    event: CallEvent
    occurred_at: datetime
    provider_id: str
    leg: str = ""
    state: LegState | None = None
    caller: Address | None = None
    called: Address | None = None
    digits: str = ""
    step: str = ""
    machine: bool | None = None
    seconds: int | None = None
    recording: RemoteFile | None = None
    text: str = ""
    who: LegRole | None = None
    number: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Speaks the text; `language` as BCP 47."""

    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Gather:
    """Says something and waits for keys; told as "digits" with this `step`, whether or not any were pressed."""

    step: str
    says: tuple[Say, ...]
    digits: int = 1
    seconds: int = 6


@dataclass(frozen=True, slots=True)
class Wait:
    """The caller is kept in a queue, hears `says` (and music) again and again, and the hub is told "waiting"; `keys`
    while waiting are told as "digits" with the step "queue"."""

    says: tuple[Say, ...] = ()
    keys: bool = True
    seconds: int = 20


@dataclass(frozen=True, slots=True)
class Join:
    """Joins the room. A talk begins when a leg with `begins` is there, and ends when one with `ends` leaves. With
    `record` it is recorded, both sides apart; with a language (BCP 47) in `transcribe`, what this leg and the others
    say is written down meanwhile, where the provider can."""

    room: str
    begins: bool = True
    ends: bool = False
    record: bool = False
    transcribe: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A message after the tone, at most `seconds` long; told as "recorded", and as "transcribed" when it was."""

    step: str = "voicemail"
    seconds: int = 180
    transcribe: bool = True


@dataclass(frozen=True, slots=True)
class HangUp:
    """The leg ends. A call that nobody has answered yet can be refused with `busy`."""

    busy: bool = False


Step = Say | Gather | Wait | Join | Record | HangUp
Script = tuple[Step, ...]


class Calls(Protocol):
    """The hub's side of telephone calls."""

    async def script(self, provider_id: str, leg: str = "") -> Script:
        """What happens on this leg now: by the token of its Dial, or by the provider's id for a call that came in.
        A leg that the hub does not know hangs up. Raises ConnectionTrouble."""
        ...


@dataclass(frozen=True, slots=True)
class RoomChange:
    """A change to a talk that is on. None leaves it. `transcribe`: together with `record`, what is said is no longer
    written down, or again, in this language."""

    hold: bool | None = None
    record: bool | None = None
    transcribe: str = ""


@runtime_checkable
class Calling(Protocol):
    """A Session that can place calls."""

    async def dial(self, dial: Dial) -> Receipt:
        """One attempt to call; the receipt has the provider's id. Raises a SendError."""
        ...

    async def find_dial(self, dial: Dial, started_at: datetime) -> Receipt | None:
        """After an ambiguous attempt: as `Session.reconcile`."""
        ...

    async def look(self, provider_id: str) -> CallUpdate:
        """How a leg is by now, when nothing was heard of it. Raises ConnectionTrouble, and LookupError."""
        ...

    async def ask_again(self, provider_id: str) -> None:
        """Has the provider ask at once what happens on this leg now. Nothing when it has ended. Raises
        ConnectionTrouble."""
        ...

    async def hang_up(self, provider_id: str) -> None:
        """Ends a leg, ringing or answered; nothing when it has ended. Raises ConnectionTrouble."""
        ...

    async def change_room(self, room: str, customer: str, change: RoomChange) -> None:
        """Holds or resumes the customer's leg (`customer` is its provider id), pauses or resumes the recording.
        Raises ConnectionTrouble, and LookupError when there is no such talk."""
        ...
