"""What the customers' callback pages say, in the languages that they speak."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

Language = Literal["en", "de"]
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "ask_title": "We call you back",
        "ask_lead": "Leave your number and {queue} will call you. We send it a code first, so that nobody can have "
        "somebody else called.",
        "number": "Telephone number",
        "number_hint": "With its country, such as +49 30 901820. It must be able to receive text messages.",
        "name": "Your name",
        "reason": "What is it about?",
        "optional": "optional",
        "send_code": "Send me a code",
        "code_title": "Enter the code",
        "code_lead": "We have sent a text message with six digits to {number}. It may take a minute.",
        "code": "Code",
        "check_code": "Continue",
        "other_number": "Use another number",
        "wrong_code": "That is not the code we sent. You have {tries} tries left.",
        "no_tries": "That was the last try. Ask for a new code.",
        "time_title": "When shall we call?",
        "time_lead": "Your number {number} is confirmed.",
        "when": "Time",
        "asap": "As soon as possible",
        "asap_wait": "As soon as possible (in about {wait})",
        "zone": "Times are by the clock in {zone}.",
        "request": "Ask for the call",
        "manage_title": "Your callback",
        "waiting": "We will call {number} at about {time}.",
        "waiting_unknown": "We will call {number} as soon as we can.",
        "window": "We will call {number} on {window}.",
        "place": "Your place in the queue",
        "expected": "Expected",
        "asked": "Asked for",
        "retry": "We called you and could not reach you. We will try again at about {time}.",
        "calling": "We are calling you right now.",
        "talked": "We have talked. Thank you.",
        "canceled": "This callback was canceled.",
        "expired": "We could not reach you.",
        "keep_link": "Keep this page's address: with it you can look, change the time or cancel.",
        "move": "Change the time",
        "move_button": "Change",
        "cancel": "Cancel the callback",
        "cancel_lead": "We will not call you then.",
        "cancel_button": "Cancel it",
        "again": "Ask for a new callback",
        "problem": "That did not work",
        "already": "You are waiting for a call already. We will call you; you need not ask again.",
        "gone_title": "This page is no longer valid",
        "gone": "The code or the link is too old, or was used before.",
        "closed_title": "No callbacks here",
        "closed": "Callbacks cannot be asked for here at the moment. Please call us, or try again later.",
        "often_title": "Too many attempts",
        "often": "Wait a few minutes and try again.",
        "busy_title": "It did not work",
        "busy": "Something went wrong on our side. Try again in a moment.",
        "start_again": "Start again",
        "minutes": "{number} minutes",
        "hours": "{number} hours",
        "day": "{weekday}, {month} {day}",
        "span": "{day}, {start} to {end}",
        "bad_number": "There is no such telephone number. Write it with its country, such as +49 30 901820.",
        "no_texts": "This number wants no text messages from us. Please call us.",
        "codes_sent": "We have sent several codes to this number already. Use the last one, or try again later.",
        "bad_time": "Nobody can call at that time any more. Choose another one.",
        "full": "Too many people are waiting already. Try again later.",
        "not_now": "That cannot be changed right now: the call is being made, or is over.",
    },
    "de": {
        "ask_title": "Wir rufen Sie zurück",
        "ask_lead": "Hinterlassen Sie Ihre Nummer, und {queue} ruft Sie an. Vorher schicken wir ihr einen Code, damit "
        "niemand jemand anderen anrufen lassen kann.",
        "number": "Telefonnummer",
        "number_hint": "Mit Ländervorwahl, zum Beispiel +49 30 901820. Sie muss SMS empfangen können.",
        "name": "Ihr Name",
        "reason": "Worum geht es?",
        "optional": "freiwillig",
        "send_code": "Code schicken",
        "code_title": "Code eingeben",
        "code_lead": "Wir haben eine SMS mit sechs Ziffern an {number} geschickt. Das kann eine Minute dauern.",
        "code": "Code",
        "check_code": "Weiter",
        "other_number": "Eine andere Nummer angeben",
        "wrong_code": "Das ist nicht der Code aus der SMS. Sie haben noch {tries} Versuche.",
        "no_tries": "Das war der letzte Versuch. Bitte lassen Sie sich einen neuen Code schicken.",
        "time_title": "Wann sollen wir anrufen?",
        "time_lead": "Ihre Nummer {number} ist bestätigt.",
        "when": "Zeit",
        "asap": "So bald wie möglich",
        "asap_wait": "So bald wie möglich (in etwa {wait})",
        "zone": "Die Zeiten gelten nach der Uhr in {zone}.",
        "request": "Um Rückruf bitten",
        "manage_title": "Ihr Rückruf",
        "waiting": "Wir rufen {number} etwa um {time} an.",
        "waiting_unknown": "Wir rufen {number} an, sobald wir können.",
        "window": "Wir rufen {number} an: {window}.",
        "place": "Ihr Platz in der Warteschlange",
        "expected": "Voraussichtlich",
        "asked": "Angefragt",
        "retry": "Wir haben Sie angerufen und nicht erreicht. Wir versuchen es etwa um {time} noch einmal.",
        "calling": "Wir rufen Sie gerade an.",
        "talked": "Wir haben miteinander gesprochen. Vielen Dank.",
        "canceled": "Dieser Rückruf wurde abgesagt.",
        "expired": "Wir konnten Sie nicht erreichen.",
        "keep_link": "Merken Sie sich die Adresse dieser Seite: Damit können Sie nachsehen, die Zeit ändern oder "
        "absagen.",
        "move": "Zeit ändern",
        "move_button": "Ändern",
        "cancel": "Rückruf absagen",
        "cancel_lead": "Dann rufen wir Sie nicht an.",
        "cancel_button": "Absagen",
        "again": "Um einen neuen Rückruf bitten",
        "problem": "Das hat nicht geklappt",
        "already": "Sie warten schon auf einen Anruf. Wir rufen Sie an; Sie müssen nicht noch einmal fragen.",
        "gone_title": "Diese Seite gilt nicht mehr",
        "gone": "Der Code oder der Link ist zu alt oder wurde schon benutzt.",
        "closed_title": "Hier gibt es keine Rückrufe",
        "closed": "Zurzeit kann man hier nicht um einen Rückruf bitten. Bitte rufen Sie uns an, oder versuchen Sie es "
        "später.",
        "often_title": "Zu viele Versuche",
        "often": "Warten Sie einige Minuten, und versuchen Sie es noch einmal.",
        "busy_title": "Das hat nicht geklappt",
        "busy": "Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.",
        "start_again": "Neu anfangen",
        "minutes": "{number} Minuten",
        "hours": "{number} Stunden",
        "day": "{weekday}, {day}. {month}",
        "span": "{day}, {start} bis {end} Uhr",
        "bad_number": "Diese Telefonnummer gibt es nicht. Bitte mit Ländervorwahl, zum Beispiel +49 30 901820.",
        "no_texts": "Diese Nummer möchte keine SMS von uns. Bitte rufen Sie uns an.",
        "codes_sent": "Wir haben schon mehrere Codes an diese Nummer geschickt. Nehmen Sie den letzten, oder versuchen "
        "Sie es später noch einmal.",
        "bad_time": "Zu dieser Zeit kann niemand mehr anrufen. Bitte wählen Sie eine andere.",
        "full": "Es warten schon zu viele. Bitte versuchen Sie es später noch einmal.",
        "not_now": "Das geht gerade nicht: Der Anruf läuft oder ist vorbei.",
    },
}
_WEEKDAYS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}
_MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
        *("August", "September", "Oktober", "November", "Dezember"),
    ),
}


def say(language: Language, word: str, **values: object) -> str:
    return _WORDS[language][word].format(**values)


def known(language: str) -> Language | None:
    return "de" if language.lower().split("-")[0] == "de" else "en" if language.lower().split("-")[0] == "en" else None


def accepted(header: str, usual: str) -> Language:
    """The first of the browser's languages (Accept-Language) that the pages speak, else the queue's, else English."""
    for part in header.split(",")[:20]:
        found = known(part.split(";")[0].strip())
        if found is not None:
            return found
    return known(usual) or "en"


def day(language: Language, at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    weekday, month = _WEEKDAYS[language][local.weekday()], _MONTHS[language][local.month - 1]
    return say(language, "day", weekday=weekday, month=month, day=local.day)


def clock(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def moment(language: Language, at: datetime, now: datetime, zone: str) -> str:
    """The clock alone today, else with the day."""
    place = ZoneInfo(zone)
    if at.astimezone(place).date() == now.astimezone(place).date():
        return clock(at, zone)
    return f"{day(language, at, zone)}, {clock(at, zone)}"


def span(language: Language, start: datetime, end: datetime, zone: str) -> str:
    return say(language, "span", day=day(language, start, zone), start=clock(start, zone), end=clock(end, zone))


def wait(language: Language, seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 90:
        return say(language, "minutes", number=minutes)
    return say(language, "hours", number=round(minutes / 60))
