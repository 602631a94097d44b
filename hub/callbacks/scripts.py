"""What is said and written for callbacks, in each language; a queue may have words of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from hub.callbacks.model import BadCallback, Queue

FIELDS: Final = (
    "offer",
    "offer_closed",
    "taken",
    "whisper",
    "opening",
    "sorry",
    "machine",
    "sms_code",
    "sms_taken",
    "sms_unreached",
)
WORDS: Final = ("name", "queue", "reason", "number", "wait", "code", "link")
"""What may stand in braces."""
NEEDED: Final[Mapping[str, str]] = {"sms_code": "code", "sms_taken": "link"}
"""Without this word the text would be useless."""
MOST: Final = 600
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
DEFAULTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "offer": "All our agents are busy. Press 1, and we call you back: you keep your place. "
        "It will take about {wait}. Or simply stay on the line.",
        "offer_closed": "We are closed at the moment. Press 1, and we call you back as soon as we are open.",
        "taken": "Thank you. You have kept your place, and we call you back on this number. Goodbye.",
        "whisper": "A callback for {queue}. The customer is {name}. {reason}",
        "opening": "Hello, this is {queue}. You asked us to call you back. One moment please, we are connecting you.",
        "sorry": "We are sorry: nobody could take the call just now. We call you again in a moment. Goodbye.",
        "machine": "Hello. This is {queue}. You asked us to call you back, and we could not reach you. "
        "We will try again. Goodbye.",
        "sms_code": "{code} is your code for {queue}. Nobody of us will ask you for it.",
        "sms_taken": "{queue}: we call you back on this number. To change or cancel it: {link}",
        "sms_unreached": "{queue}: we called you as you asked, and could not reach you. "
        "Ask for another call here: {link}",
    },
    "de": {
        "offer": "Alle Mitarbeitenden sind im Gespräch. Drücken Sie die 1, und wir rufen Sie zurück: Ihr Platz bleibt "
        "Ihnen. Es dauert etwa {wait}. Oder bleiben Sie einfach in der Leitung.",
        "offer_closed": "Wir haben gerade geschlossen. Drücken Sie die 1, und wir rufen Sie zurück, sobald wir wieder "
        "da sind.",
        "taken": "Danke. Ihr Platz bleibt Ihnen, und wir rufen Sie unter dieser Nummer zurück. Auf Wiederhören.",
        "whisper": "Ein Rückruf für {queue}. Es geht um {name}. {reason}",
        "opening": "Guten Tag, hier ist {queue}. Sie haben um einen Rückruf gebeten. Einen Moment bitte, wir verbinden "
        "Sie.",
        "sorry": "Es tut uns leid: Gerade konnte niemand das Gespräch annehmen. Wir rufen Sie gleich noch einmal an. "
        "Auf Wiederhören.",
        "machine": "Guten Tag. Hier ist {queue}. Sie haben um einen Rückruf gebeten, und wir haben Sie nicht erreicht. "
        "Wir versuchen es wieder. Auf Wiederhören.",
        "sms_code": "{code} ist Ihr Code für {queue}. Niemand von uns wird Sie danach fragen.",
        "sms_taken": "{queue}: Wir rufen Sie unter dieser Nummer zurück. Ändern oder absagen: {link}",
        "sms_unreached": "{queue}: Wir haben Sie wie gewünscht angerufen und nicht erreicht. "
        "Hier können Sie um einen neuen Rückruf bitten: {link}",
    },
}
_WORD: Final = re.compile(r"{([^{}]*)}")
_BRACES: Final = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Line:
    """`language` as BCP 47."""

    text: str
    language: str


def language_of(queue: Queue, wanted: str) -> str:
    """The language in which somebody who wants this one is spoken to: the same, its main one, or the queue's."""
    for one in (wanted, wanted.split("-", maxsplit=1)[0]):
        if one in queue.scripts or one in DEFAULTS:
            return one
    return queue.language


def say(queue: Queue, field: str, language: str, **words: str) -> Line:
    """One text of the queue with the words filled in. A queue in a language that the hub does not know, without a text
    of its own, says it in English."""
    spoken = language_of(queue, language)
    text = queue.scripts.get(spoken, {}).get(field, "")
    if not text:
        spoken = next(one for one in (spoken, spoken.split("-")[0], "en") if one in DEFAULTS)
        text = DEFAULTS[spoken][field]
    filled = _WORD.sub(lambda found: {"queue": queue.name, **words}.get(found[1], ""), text)
    return Line(" ".join(filled.split()), spoken)


def check_scripts(scripts: Mapping[str, Mapping[str, str]]) -> None:
    """Raises BadCallback."""
    for language, texts in scripts.items():
        if not LANGUAGE.fullmatch(language):
            raise BadCallback("scripts", f"{language[:20]!r} is no language. Write it as en or de-AT.")
        for field, text in texts.items():
            _check_text(f"scripts.{language}.{field}", field, text)


def _check_text(where: str, field: str, text: str) -> None:
    if field not in FIELDS:
        raise BadCallback(where, f"There is no such text. There are {', '.join(FIELDS)}.")
    if len(text) > MOST:
        raise BadCallback(where, f"At most {MOST} characters, so that people still listen.")
    unknown = [word for word in _WORD.findall(text) if word not in WORDS]
    if unknown or _BRACES.search(_WORD.sub("", text)):
        known = ", ".join(f"{{{word}}}" for word in WORDS)
        raise BadCallback(where, f"In braces only these words can stand: {known}.")
    needed = NEEDED.get(field)
    if text and needed and f"{{{needed}}}" not in text:
        raise BadCallback(where, f"This text needs {{{needed}}}.")


def spoken_wait(wait: timedelta | None, language: str) -> str:
    """A wait in words: "20 minutes", "2 hours"."""
    german = language.split("-", maxsplit=1)[0] == "de"
    if wait is None:
        return "einen Tag" if german else "a day"
    minutes = int(wait.total_seconds() // 60)
    if minutes < 90:
        return f"{minutes} Minuten" if german else f"{minutes} minutes"
    hours = round(minutes / 60)
    return f"{hours} Stunden" if german else f"{hours} hours"
