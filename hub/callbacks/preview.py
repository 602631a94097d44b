"""What will be said step by step, for an administrator who writes the words of a queue. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from hub.callbacks.model import Queue
from hub.callbacks.scripts import Line, say, spoken_wait
from hub.calls.texts import CallSettings, Word

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


def preview(queue: Queue, language: str, link: str, channel: CallSettings) -> tuple[Step, ...]:
    """A call that comes in on this channel, then the callback, then the texts, with example words."""
    told = _Told(queue, language, link, channel)
    steps = (*_comes_in(told), *_called_back(told))
    return steps if queue.sms_channel_id is None else (*steps, *_texts(told))


class _Told:
    """The words: of the queue, and those that its telephone channel adds."""

    def __init__(self, queue: Queue, language: str, link: str, channel: CallSettings) -> None:
        self.queue = queue
        self.channel = channel
        self._language = language
        german = language.split("-", maxsplit=1)[0] == "de"
        self._words = {
            "name": "Maria Keller",
            "number": "+49 30 901820",
            "reason": "Frage zu einer Rechnung" if german else "A question about an invoice",
            "wait": spoken_wait(timedelta(minutes=20), language),
            "code": _CODE,
            "link": link,
        }

    def line(self, field: str) -> Line:
        return say(self.queue, field, self._language, **self._words)

    def usual(self, word: Word) -> Line:
        return Line(self.channel.say(word, self._language), self.channel.spoken(word, self._language))


def _comes_in(told: _Told) -> list[Step]:
    asks, voicemail = told.channel.record == "ask", told.channel.voicemail
    steps = []
    if asks:
        keys = (Key("1", "Agrees to be recorded", "offer"), Key("", "Is not recorded", "offer"))
        says = (told.usual("greeting"), told.usual("consent_text"))
        steps.append(Step("consent", "Somebody calls", "caller", says, keys))
    greeting = () if asks else (told.usual("greeting"),)
    leaves = Key("", "May leave a message", "voicemail") if voicemail else Key("", "Is let go", None)
    or_message = (told.usual("offer_or_voicemail_text"),) if voicemail else ()
    steps += [
        Step(
            "offer",
            "A caller waits",
            "caller",
            (*greeting, told.usual("wait_text"), told.line("offer")),
            (Key("1", "Wants to be called back", "taken"), Key("", "Stays on the line", "offer")),
        ),
        Step(
            "offer_closed",
            "Somebody calls while it is closed",
            "caller",
            (told.usual("closed_text"), told.line("offer_closed"), *or_message),
            (Key("1", "Wants to be called back", "taken"), leaves),
        ),
        Step("taken", "The caller pressed 1", "caller", (told.line("taken"),)),
    ]
    if voicemail:
        says = (told.usual("voicemail_text"), told.usual("voicemail_thanks"))
        steps.append(Step("voicemail", "A caller leaves a message", "caller", says))
    return steps


def _called_back(told: _Told) -> list[Step]:
    whisper = Step(
        "whisper",
        "The agent's telephone rings",
        "agent",
        (told.line("whisper"), told.usual("accept_text")),
        (Key("1", "Takes the call", "talk"), Key("", "The next agent is asked", "whisper")),
    )
    about: dict[str, Word] = {"announce": "recording_text", "ask": "consent_text"}
    word = about.get(told.channel.record)
    talk = Step("talk", "Customer and agent talk", "customer", () if word is None else (told.usual(word),))
    machine = Step("machine", "An answering machine picks up", "customer", (told.line("machine"),))
    if told.queue.mode == "agent_first":
        return [whisper, talk, machine]
    opening = Step("opening", "The customer is called first", "customer", (told.line("opening"),))
    sorry = Step("sorry", "No agent takes the call", "customer", (told.line("sorry"),))
    return [opening, whisper, talk, sorry, machine]


def _texts(told: _Told) -> list[Step]:
    return [
        Step("sms_code", "Somebody asks for a call on the web page", "text", (told.line("sms_code"),)),
        Step("sms_taken", "A callback was taken", "text", (told.line("sms_taken"),)),
        Step("sms_unreached", "The last try reached nobody", "text", (told.line("sms_unreached"),)),
    ]
