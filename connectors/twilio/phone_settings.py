"""The settings of a telephone number: the account, how calls are led, and what callers hear. The words left empty are
said in ours, in English or German."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from connectors.twilio.numbers import normalise
from connectors.twilio.settings import ACCOUNT_FIELDS, Account, country, read_account, text
from hub.sdk import ChannelSettings, ConfigurationError, Field, InvalidAddress, Option, SettingsSchema
from hub.sdk.telephone import SECONDS, WORDS

_USUAL: Final = "Empty: the usual words, in the caller's language (English or German)."


@dataclass(frozen=True, slots=True)
class PhoneSettings:
    """What the session itself needs of them. `music` is the address of what is played in the queue, "" for the hub's
    own tones; `fallback` that of a document at Twilio for telephones that are answered while no hub is there."""

    account: Account
    number: str
    music: str = ""
    fallback: str = ""


def read(settings: ChannelSettings) -> PhoneSettings:
    """Raises ConfigurationError."""
    try:
        number = normalise(text(settings, "number"), country(settings))
    except InvalidAddress as failure:
        raise ConfigurationError(f"The phone number: {failure}") from None
    music = text(settings, "music")
    if music and urlsplit(music).scheme != "https":
        raise ConfigurationError("The address of the music begins with https://.")
    fallback = text(settings, "fallback")
    if fallback and urlsplit(fallback).scheme not in ("https", "http"):
        raise ConfigurationError("The address of the TwiML Bin begins with https://.")
    return PhoneSettings(read_account(settings), number, music, fallback)


def _words(name: str, label: str, when: str) -> Field:
    return Field(
        name, label, f"{when} {_USUAL}", "multiline", default="", placeholder=WORDS[name], group="What callers hear"
    )


PHONE_SCHEMA: Final = SettingsSchema(
    (
        *ACCOUNT_FIELDS,
        Field(
            "number",
            "Phone number",
            "The number that customers call, and that they see when you call them: Twilio's console → Phone Numbers → "
            "Manage → Active numbers. Write it with + and country code.",
            required=True,
            placeholder="+15005550006",
            group="Number",
        ),
        Field(
            "country",
            "Country",
            "Its code of two letters (DE, US). Numbers written without + and country code are taken as numbers of this "
            "country.",
            placeholder="DE",
            group="Number",
        ),
        Field(
            "voice",
            "Webhook for incoming calls",
            "Paste it in Twilio's console at this number → Voice → “A call comes in” → Webhook, HTTP POST.",
            "hook",
            group="Number",
        ),
        Field(
            "status",
            "Webhook for the end of calls",
            "Paste it at the same place → “Call status changes”, HTTP POST. Without it, the hub learns a little later "
            "that a waiting caller has hung up.",
            "hook",
            group="Number",
        ),
        Field(
            "fallback",
            "When the hub is away",
            "Who picks up, or waits, while the hub restarts is cut off by Twilio. To keep them, make a TwiML Bin in "
            "Twilio's console → Develop → TwiML Bins with "
            '<Response><Pause length="10"/><Redirect method="POST">the webhook for incoming calls</Redirect></Response>'
            ", choose it at this number → Voice → “Primary handler fails”, and paste its address here.",
            default="",
            placeholder="https://handler.twilio.com/twiml/EH…",
            group="Number",
        ),
        Field(
            "rate",
            "Calls per second",
            "How many calls the account may begin in a second: 1 unless Twilio has raised it. Twilio's console → Voice "
            "→ Settings → General says so.",
            "number",
            default=1,
            min=1,
            max=100,
            group="Number",
        ),
        Field(
            "language",
            "Language",
            "What is spoken to callers of whom nothing else is known. Numbers of Germany, Austria and Switzerland hear "
            "German, customers with a language of their own hear that.",
            "select",
            default="en",
            options=(Option("en", "English"), Option("de", "German")),
            group="Calls",
        ),
        Field(
            "ring_seconds",
            "An agent's telephone rings (seconds)",
            "After so long the next agent is called. Keep it shorter than the agents' own voicemail takes.",
            "number",
            default=SECONDS["ring_seconds"],
            min=5,
            max=120,
            group="Calls",
        ),
        Field(
            "customer_ring_seconds",
            "A customer's telephone rings (seconds)",
            "When you call somebody: after so long they count as not reached. Shorter than their own voicemail takes, "
            "unless it is to be told that you called.",
            "number",
            default=SECONDS["customer_ring_seconds"],
            min=5,
            max=60,
            group="Calls",
        ),
        Field(
            "max_wait_seconds",
            "Callers wait at most (seconds)",
            "After so long without a free agent they are asked to leave a message.",
            "number",
            default=SECONDS["max_wait_seconds"],
            min=0,
            max=3600,
            group="Calls",
        ),
        Field(
            "wrap_up_seconds",
            "Wrap-up (seconds)",
            "After a call, an agent is not called again for so long.",
            "number",
            default=SECONDS["wrap_up_seconds"],
            min=0,
            max=1800,
            group="Calls",
        ),
        Field(
            "music",
            "Music in the queue",
            "Address of an MP3 or WAV file that you may use. Empty: soft tones of the hub's own.",
            default="",
            placeholder="https://www.example.com/waiting.mp3",
            group="Calls",
        ),
        Field(
            "voicemail",
            "Voicemail",
            "Whether callers can leave a message when you are closed, or nobody is free for long.",
            "boolean",
            default=True,
            group="Calls",
        ),
        Field(
            "voicemail_seconds",
            "A message is at most (seconds)",
            "Twilio writes down messages of up to 120 seconds, in English; longer ones can be listened to.",
            "number",
            default=SECONDS["voicemail_seconds"],
            min=10,
            max=600,
            show_if=("voicemail", (True,)),
            group="Calls",
        ),
        Field(
            "record",
            "Recording",
            "Whether talks are recorded. In many countries everybody has to agree first, in some an announcement is "
            "enough: ask whoever knows your law.",
            "select",
            default="off",
            options=(
                Option("off", "Never"),
                Option("announce", "Announce it, then record"),
                Option("ask", "Only when the caller presses 1"),
            ),
            group="Recording",
        ),
        Field(
            "transcribe",
            "Write down what is said",
            "Whether talks that are recorded can be read too. Twilio listens meanwhile and charges by the minute; "
            "while the recording is paused nothing is written down.",
            "boolean",
            default=True,
            show_if=("record", ("announce", "ask")),
            group="Recording",
        ),
        Field(
            "recording_text",
            "Announcement",
            f"Said before a talk that is recorded. {_USUAL}",
            "multiline",
            default="",
            show_if=("record", ("announce",)),
            placeholder=WORDS["recording_text"],
            group="Recording",
        ),
        Field(
            "consent_text",
            "Question",
            f"Asked before anything is recorded: 1 is yes, everything else is no. {_USUAL}",
            "multiline",
            default="",
            show_if=("record", ("ask",)),
            placeholder=WORDS["consent_text"],
            group="Recording",
        ),
        _words(
            "greeting",
            "Greeting",
            "The first words to whoever calls.",
        ),
        _words(
            "wait_text",
            "While waiting",
            "Said again and again, before the music.",
        ),
        _words(
            "closed_text",
            "While closed",
            "Said outside business hours.",
        ),
        _words(
            "voicemail_text",
            "Before the tone",
            "Asks for a message.",
        ),
        _words(
            "voicemail_thanks",
            "After a message",
            "Said when somebody left one.",
        ),
        _words(
            "farewell_text",
            "Good-bye",
            "Said when the hub ends a call.",
        ),
    )
)
