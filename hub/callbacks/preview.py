"""What will be said step by step, for an administrator who writes the words of a queue. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from hub.callbacks.model import Queue
from hub.callbacks.scripts import Line, say, spoken_wait

Who = Literal["caller", "agent", "customer", "text"]
_CODE: Final = "482913"


@dataclass(frozen=True, slots=True)
class Key:
    """`key` "" is pressing none; `goes_to` the next step, None where the call ends."""

    key: str
    meaning: str
    goes_to: str | None


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    title: str
    who: Who
    says: tuple[Line, ...]
    keys: tuple[Key, ...] = ()


def preview(queue: Queue, language: str, link: str) -> tuple[Step, ...]:
    """A call that comes in, then the callback, then the texts, with example words."""
    german = language.split("-", maxsplit=1)[0] == "de"
    words = {
        "name": "Maria Keller",
        "number": "+49 30 901820",
        "reason": "Frage zu einer Rechnung" if german else "A question about an invoice",
        "wait": spoken_wait(timedelta(minutes=20), language),
        "code": _CODE,
        "link": link,
    }

    def line(field: str) -> tuple[Line, ...]:
        return (say(queue, field, language, **words),)

    steps = [
        Step(
            "offer",
            "A caller waits",
            "caller",
            line("offer"),
            (Key("1", "Wants to be called back", "taken"), Key("", "Stays on the line", "offer")),
        ),
        Step(
            "offer_closed",
            "Somebody calls while it is closed",
            "caller",
            line("offer_closed"),
            (Key("1", "Wants to be called back", "taken"), Key("", "May leave a message", None)),
        ),
        Step("taken", "The caller pressed 1", "caller", line("taken")),
    ]
    whisper = Step(
        "whisper",
        "The agent's telephone rings",
        "agent",
        line("whisper"),
        (Key("1", "Takes the call", "talk"), Key("", "The next agent is asked", "whisper")),
    )
    talk = Step("talk", "Customer and agent talk", "customer", ())
    machine = Step("machine", "An answering machine picks up", "customer", line("machine"))
    steps += [whisper, talk, machine] if queue.mode == "agent_first" else [machine, whisper, talk]
    if queue.sms_channel_id is not None:
        steps += [
            Step("sms_code", "Somebody asks for a call on the web page", "text", line("sms_code")),
            Step("sms_taken", "A callback was taken", "text", line("sms_taken")),
            Step("sms_unreached", "The last try reached nobody", "text", line("sms_unreached")),
        ]
    return tuple(steps)
