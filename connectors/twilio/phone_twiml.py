"""What a caller hears next, in Twilio's language: a Script of the hub becomes TwiML. Pure.

Every address in it carries what the next webhook has to be told apart by: the leg, the step, and `after`, a digest of
the webhook that this document answers. So a webhook that comes twice is answered twice alike, and what follows from
either is one event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, assert_never
from urllib.parse import urlencode
from xml.etree import ElementTree

from hub.sdk import Gather, HangUp, Join, Record, Say, Script, Wait

HOLD: Final = "hold"
"""The hook that answers with music, for who is on hold or alone in a room."""
QUEUE_STEP: Final = "queue"
ROOM_STEP: Final = "room"
TRANSCRIPT: Final = "talk"
"""What the transcription of a leg is called, so that it can be stopped."""
_CONFERENCE_EVENTS: Final = "start end join leave"
_UNSPEAKABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_SAY: Final = 3000
"""Characters; Twilio refuses the whole document beyond 4,096."""

_VOICES: Final = {
    "en": ("en-GB", "Polly.Amy"),
    "en-gb": ("en-GB", "Polly.Amy"),
    "en-us": ("en-US", "Polly.Joanna"),
    "de": ("de-DE", "Polly.Vicki"),
    "fr": ("fr-FR", "Polly.Lea"),
    "es": ("es-ES", "Polly.Lucia"),
    "it": ("it-IT", "Polly.Bianca"),
    "nl": ("nl-NL", "Polly.Lotte"),
    "pl": ("pl-PL", "Polly.Ewa"),
    "pt": ("pt-PT", "Polly.Ines"),
    "pt-br": ("pt-BR", "Polly.Camila"),
    "da": ("da-DK", "Polly.Naja"),
    "sv": ("sv-SE", "Polly.Astrid"),
    "nb": ("nb-NO", "Polly.Liv"),
    "tr": ("tr-TR", "Polly.Filiz"),
}


@dataclass(frozen=True, slots=True)
class Leg:
    """The leg that asks: `base` is the address of the channel's hooks, `token` that of its Dial ("" for a call that
    came in), `call` the provider's id, `after` names the webhook that is being answered."""

    base: str
    call: str
    token: str = ""
    after: str = ""

    def url(self, hook: str, **more: str) -> str:
        given = {"leg": self.token, "call": self.call, **more, "after": self.after}
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{self.base}/{hook}?{query}"


def after(key: str) -> str:
    """A short name for the webhook with this key."""
    return sha256(key.encode()).hexdigest()[:16]


def render(script: Script, leg: Leg, music: str = "") -> bytes:
    """The document. `music` is the address of what is played in the queue, "" for silence."""
    response = ElementTree.Element("Response")
    for number, step in enumerate(script):
        match step:
            case Say():
                _say(response, step)
            case Gather():
                _gather(response, step, leg)
            case Wait():
                _wait(response, step, leg, music)
            case Join():
                _join(response, step, leg)
            case Record():
                _record(response, step, leg)
            case HangUp(busy=True) if number == 0:
                ElementTree.SubElement(response, "Reject", reason="busy")
            case HangUp():
                ElementTree.SubElement(response, "Hangup")
            case _:
                assert_never(step)
    return _document(response)


def pause(leg: Leg) -> bytes:
    """Nothing for a moment, then the question again."""
    response = ElementTree.Element("Response")
    ElementTree.SubElement(response, "Pause", length="1")
    ElementTree.SubElement(response, "Redirect", method="POST").text = leg.url("leg", ask="again")
    return _document(response)


def play(music: str) -> bytes:
    """Music without an end."""
    response = ElementTree.Element("Response")
    ElementTree.SubElement(response, "Play", loop="0").text = music
    return _document(response)


def _voice(language: str) -> tuple[str, str] | None:
    """The language as Twilio names it, and who speaks it."""
    tag = language.lower()
    return _VOICES.get(tag) or _VOICES.get(tag.partition("-")[0])


def _say(parent: ElementTree.Element, say: Say) -> None:
    known = _voice(say.language)
    # Twilio ends a call over a language that it does not speak; without one it reads the words as it can.
    attributes = {"language": known[0], "voice": known[1]} if known else {}
    words = ElementTree.SubElement(parent, "Say", attributes)
    words.text = _UNSPEAKABLE.sub(" ", say.text)[:_LONGEST_SAY]


def _gather(parent: ElementTree.Element, step: Gather, leg: Leg) -> None:
    gather = ElementTree.SubElement(
        parent,
        "Gather",
        input="dtmf",
        numDigits=str(step.digits),
        timeout=str(step.seconds),
        actionOnEmptyResult="true",
        action=leg.url("digits", step=step.step),
        method="POST",
    )
    for say in step.says:
        _say(gather, say)


def _wait(parent: ElementTree.Element, step: Wait, leg: Leg, music: str) -> None:
    """Round and round by a redirect, so that the hub hears of the caller now and then and can move them at any time."""
    inner = parent
    if step.keys:
        inner = ElementTree.SubElement(
            parent,
            "Gather",
            input="dtmf",
            numDigits="1",
            timeout="1" if music else str(step.seconds),
            actionOnEmptyResult="false",
            action=leg.url("digits", step=QUEUE_STEP),
            method="POST",
        )
    for say in step.says:
        _say(inner, say)
    if music:
        ElementTree.SubElement(inner, "Play").text = music
    elif not step.keys:
        ElementTree.SubElement(inner, "Pause", length=str(step.seconds))
    ElementTree.SubElement(parent, "Redirect", method="POST").text = leg.url("wait")


def _join(parent: ElementTree.Element, step: Join, leg: Leg) -> None:
    """Twilio records a conference with the sides apart, once, however many of its legs ask for it."""
    attributes = transcription(step.transcribe, leg)
    if attributes:
        start = ElementTree.SubElement(parent, "Start")
        ElementTree.SubElement(start, "Transcription", {_lower(name): value for name, value in attributes.items()})
    dial = ElementTree.SubElement(parent, "Dial", action=leg.url("leg", ask="left"), method="POST")
    attributes = {
        "startConferenceOnEnter": _yes(step.begins),
        "endConferenceOnExit": _yes(step.ends),
        "beep": "false",
        "waitUrl": f"{leg.base}/{HOLD}",
        "waitMethod": "POST",
        "statusCallback": leg.url("room"),
        "statusCallbackMethod": "POST",
        "statusCallbackEvent": _CONFERENCE_EVENTS,
    }
    if leg.token:
        attributes["participantLabel"] = leg.token
    if step.record:
        attributes |= {
            "record": "record-from-start",
            "recordingStatusCallback": leg.url("recording", step=ROOM_STEP),
            "recordingStatusCallbackMethod": "POST",
            "recordingStatusCallbackEvent": "completed absent",
        }
    ElementTree.SubElement(dial, "Conference", attributes).text = step.room


def transcription(language: str, leg: Leg) -> dict[str, str]:
    """How Twilio is asked to write down what this leg says and hears, as its API names it; nothing for a language that
    it is not known to understand."""
    known = _voice(language) if language else None
    if known is None:
        return {}
    return {
        "Name": TRANSCRIPT,
        "Track": "both_tracks",
        "LanguageCode": known[0],
        "PartialResults": "false",
        "StatusCallbackUrl": leg.url("said"),
        "StatusCallbackMethod": "POST",
    }


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def _record(parent: ElementTree.Element, step: Record, leg: Leg) -> None:
    """Twilio goes on to the next verb when nothing was said, and asks `action` when something was."""
    attributes = {
        "maxLength": str(step.seconds),
        "timeout": "5",
        "playBeep": "true",
        "finishOnKey": "#",
        "action": leg.url("recording", step=step.step),
        "method": "POST",
        "recordingStatusCallback": leg.url("recording", step=step.step),
        "recordingStatusCallbackMethod": "POST",
        "recordingStatusCallbackEvent": "completed absent",
    }
    if step.transcribe:
        attributes |= {"transcribe": "true", "transcribeCallback": leg.url("transcription", step=step.step)}
    ElementTree.SubElement(parent, "Record", attributes)
    ElementTree.SubElement(parent, "Redirect", method="POST").text = leg.url("leg", ask="silent", step=step.step)


def _document(response: ElementTree.Element) -> bytes:
    document: bytes = ElementTree.tostring(response, encoding="utf-8", xml_declaration=True)
    return document


def _yes(value: bool) -> str:
    return "true" if value else "false"
