"""What is said on the telephone: a channel's own words, or else ours, in the language of whoever listens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast

import phonenumbers

from hub.calls.model import RecordPolicy
from hub.sdk.telephone import SECONDS, WORDS

Language = Literal["en", "de"]
Word = Literal[
    "greeting",
    "wait_text",
    "closed_text",
    "voicemail_text",
    "voicemail_thanks",
    "recording_text",
    "consent_text",
    "farewell_text",
    "unreached_text",
    "gone_text",
    "accept_text",
    "whisper_text",
    "offer_or_voicemail_text",
]
_OURS: Final = cast(Mapping[Word, str], WORDS)
DEFAULTS: Final[Mapping[Language, Mapping[Word, str]]] = {
    "en": {
        **_OURS,
        "unreached_text": "The customer could not be reached. Good-bye.",
        "gone_text": "The customer has hung up. Good-bye.",
        "accept_text": "Press 1 to take the call.",
        "whisper_text": "A call from {name}.",
        "offer_or_voicemail_text": "Or stay on the line to leave a message.",
    },
    "de": {
        "greeting": "Guten Tag, und danke für Ihren Anruf. Einen Moment bitte, wir verbinden Sie.",
        "wait_text": "Zurzeit sind alle im Gespräch. Bitte bleiben Sie in der Leitung, Sie sind gleich an der Reihe.",
        "closed_text": "Danke für Ihren Anruf. Zurzeit haben wir geschlossen.",
        "voicemail_text": "Bitte hinterlassen Sie nach dem Ton Ihren Namen und Ihr Anliegen.",
        "voicemail_thanks": "Vielen Dank. Wir melden uns bei Ihnen. Auf Wiederhören.",
        "recording_text": "Dieses Gespräch wird aufgezeichnet, damit wir besser werden.",
        "consent_text": "Dürfen wir das Gespräch aufzeichnen? Drücken Sie 1 für ja, oder warten Sie kurz für nein.",
        "farewell_text": "Danke für Ihren Anruf. Auf Wiederhören.",
        "unreached_text": "Der Kunde war nicht zu erreichen. Auf Wiederhören.",
        "gone_text": "Der Kunde hat aufgelegt. Auf Wiederhören.",
        "accept_text": "Drücken Sie 1, um das Gespräch anzunehmen.",
        "whisper_text": "Ein Anruf von {name}.",
        "offer_or_voicemail_text": "Oder bleiben Sie in der Leitung, um eine Nachricht zu hinterlassen.",
    },
}
_GERMAN: Final = frozenset({"DE", "AT", "CH", "LI"})
OWN_WORDS: Final = tuple(WORDS)
"""Those that a channel may say in its own way; what it says is said to everybody, in the words that it has."""


@dataclass(frozen=True, slots=True)
class CallSettings:
    """How a channel leads its calls. `transcribe`: talks that are recorded are written down too. `words` are its own,
    "" or missing: ours. Times in seconds: `ring` of an agent's
    telephone, `customer_ring` of the customer's, `max_wait` in the queue before a voicemail, `wrap_up` after a talk."""

    words: Mapping[str, str]
    language: Language = "en"
    record: RecordPolicy = "off"
    transcribe: bool = True
    voicemail: bool = True
    voicemail_seconds: int = SECONDS["voicemail_seconds"]
    ring: int = SECONDS["ring_seconds"]
    customer_ring: int = SECONDS["customer_ring_seconds"]
    max_wait: int = SECONDS["max_wait_seconds"]
    wrap_up: int = SECONDS["wrap_up_seconds"]

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> CallSettings:
        """From a channel's settings; what is missing or not understood is as usual."""
        record = settings.get("record")
        return cls(
            words={word: str(settings[word]) for word in OWN_WORDS if settings.get(word)},
            language="de" if settings.get("language") == "de" else "en",
            record="ask" if record == "ask" else "announce" if record == "announce" else "off",
            transcribe=settings.get("transcribe") is not False,
            voicemail=settings.get("voicemail") is not False,
            voicemail_seconds=_seconds(settings, "voicemail_seconds"),
            ring=_seconds(settings, "ring_seconds"),
            customer_ring=_seconds(settings, "customer_ring_seconds"),
            max_wait=_seconds(settings, "max_wait_seconds"),
            wrap_up=_seconds(settings, "wrap_up_seconds"),
        )

    def say(self, word: Word, language: str) -> str:
        return self.words.get(word, "") or DEFAULTS[known(language)][word]

    def spoken(self, word: Word, language: str) -> str:
        """The language in which `say` says it: the one asked for, but English for words of ours that are not in it."""
        ours = not self.words.get(word)
        return "en" if ours and known(language) == "en" and not language.lower().startswith("en") else language


def _seconds(settings: Mapping[str, object], name: str) -> int:
    value = settings.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else SECONDS[name]


def known(language: str) -> Language:
    """One that we speak: English for all others."""
    return "de" if language.lower().partition("-")[0] == "de" else "en"


def language_of(number: str, said: object, usual: Language) -> Language:
    """What to speak to a customer: what is known of them (`said`, such as "de-AT"), else what their number's country
    speaks, else the channel's."""
    if isinstance(said, str) and said.strip():
        return known(said)
    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return usual
    if region in _GERMAN:
        return "de"
    return usual if region is None else "en"
