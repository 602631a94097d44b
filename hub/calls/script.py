"""What happens on a telephone now. Pure: it follows from what is stored, so that who asks twice is answered alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hub.calls.facts import ACCEPT
from hub.calls.model import Call, Leg
from hub.calls.texts import CallSettings, Word
from hub.sdk import Gather, HangUp, Join, Record, Say, Script, Wait

CONSENT = "consent"
MENU = "menu"
QUEUE = "queue"
VOICEMAIL = "voicemail"
Led = Literal[
    "whisper",
    "room",
    "unreached",
    "gone",
    "consent",
    "queue",
    "menu",
    "voicemail",
    "thanks",
    "machine",
    "farewell",
    "end",
]


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that a script follows from. `offer` is what a caller hears of a callback, "" where there is none;
    `name` who the customer is, `agent_language` what the agent of the leg speaks."""

    call: Call
    legs: Sequence[Leg]
    settings: CallSettings
    offer: str = ""
    name: str = ""
    agent_language: str = "en"


def led(call: Call, leg: Leg) -> Led:
    """Where this telephone is led by now; it is told again when that changes."""
    return _agent_led(call, leg) if leg.role == "agent" else _customer_led(call, leg)


def script(now: Situation, leg: Leg) -> Script:
    """The steps for this leg."""
    where = led(now.call, leg)
    return _agent(now, where) if leg.role == "agent" else _customer(now, leg, where)


def _agent_led(call: Call, leg: Leg) -> Led:
    if leg.declined:
        return "end"
    if call.over or call.stage in ("voicemail", "menu", "farewell"):
        if call.answered_at is not None:
            return "end"
        return "unreached" if call.direction == "out" else "gone"
    return "room" if leg.accepted_at is not None else "whisper"


def _agent(now: Situation, where: Led) -> Script:
    language = now.agent_language
    settings = now.settings
    match where:
        case "whisper":
            whisper = now.call.whisper or settings.say("whisper_text", language).format(name=now.name)
            return (Gather(ACCEPT, (Say(whisper, language), _usual(settings, "accept_text", language))),)
        case "room":
            return (Join(now.call.room, record=records(now.call)),)
        case "unreached":
            return (_usual(settings, "unreached_text", language), HangUp())
        case "gone":
            return (_usual(settings, "gone_text", language), HangUp())
        case _:
            return (HangUp(),)


def _customer_led(call: Call, leg: Leg) -> Led:
    if call.direction == "out" and leg.machine:
        return "machine" if call.machine_text else "end"
    if call.over or (call.stage == "farewell" and call.answered_at is not None):
        return "end"
    if call.stage == "farewell":
        return "farewell"
    if call.stage == "menu":
        return "menu"
    if call.stage == "voicemail":
        return "thanks" if call.voicemail else "voicemail"
    if call.record == "ask" and not call.consent:
        return "consent"
    return "room" if call.stage == "room" else "queue"


def _customer(now: Situation, leg: Leg, where: Led) -> Script:
    call, settings = now.call, now.settings

    def say(text: str) -> tuple[Say, ...]:
        return (Say(text, call.language),) if text else ()

    def usual(word: Word) -> tuple[Say, ...]:
        return (_usual(settings, word, call.language),)

    opening = say(call.opening_text)
    match where:
        case "consent":
            return (Gather(CONSENT, (*opening, *usual("consent_text"))),)
        case "queue":
            words = (*usual("wait_text"), *say(now.offer)) if _has_to_wait(now, leg) else ()
            greeting = opening if not leg.waited and call.record != "ask" else ()
            return (*greeting, Wait(words, keys=bool(now.offer)))
        case "room":
            announced = call.record == "announce"
            recording = usual("recording_text") if announced else ()
            return (*recording, Join(call.room, ends=True, record=records(call), transcribe=written(call, settings)))
        case "menu":
            rest = usual("offer_or_voicemail_text") if settings.voicemail else ()
            return (Gather(MENU, (*opening, *say(now.offer), *rest)),)
        case "voicemail":
            ask = usual("voicemail_text")
            return (*opening, *ask, Record(VOICEMAIL, settings.voicemail_seconds))
        case "thanks":
            return (*usual("voicemail_thanks"), HangUp())
        case "machine":
            return (*say(call.machine_text), HangUp())
        case "farewell":
            return (*(say(call.closing_text) or usual("farewell_text")), HangUp())
        case _:
            return (HangUp(),)


def _usual(settings: CallSettings, word: Word, language: str) -> Say:
    return Say(settings.say(word, language), settings.spoken(word, language))


def _has_to_wait(now: Situation, leg: Leg) -> bool:
    """Whoever has waited for a while, or calls when nobody can be asked; the others only hear the greeting."""
    asked = any(one.role == "agent" and not one.gone for one in now.legs)
    return leg.waited or (now.call.direction == "in" and not asked)


def written(call: Call, settings: CallSettings) -> str:
    """The language in which the talk is written down, "" where it is not."""
    return call.language if settings.transcribe and records(call) else ""


def records(call: Call) -> bool:
    """Whether the talk is recorded: announced, or allowed by the customer."""
    return call.record == "announce" or (call.record == "ask" and call.consent == "given")
