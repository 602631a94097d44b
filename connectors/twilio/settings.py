"""The settings of the channels at Twilio: the forms, and the same as typed data. Every value is named as Twilio's
console names it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from hub.sdk import ChannelSettings, ConfigurationError, Field, Limits, Option, SettingsSchema

_ACCOUNT_SID: Final = re.compile(r"AC[0-9a-fA-F]{32}")
_KEY_SID: Final = re.compile(r"SK[0-9a-fA-F]{32}")
_SERVICE_SID: Final = re.compile(r"MG[0-9a-fA-F]{32}")
_COUNTRY: Final = re.compile(r"[A-Za-z]{2}")
KEY: Final = ("sign_in", ("key",))

ACCOUNT_FIELDS: Final = (
    Field(
        "account_sid",
        "Account SID",
        "In Twilio's console (console.twilio.com) on the start page of the account, under “Account Info”. It begins "
        "with AC.",
        required=True,
        placeholder="AC0123456789abcdef0123456789abcdef",
        group="Account",
    ),
    Field(
        "auth_token",
        "Auth token",
        "Right below the account SID; press “Show”. Twilio signs its calls with it, so it is needed in any case.",
        "secret",
        required=True,
        group="Account",
    ),
    Field(
        "sign_in",
        "Sign in with",
        "The auth token does. An API key can be revoked on its own: Twilio's console → Account → API keys & tokens → "
        "Create API key.",
        "select",
        default="token",
        options=(Option("token", "The auth token"), Option("key", "An API key")),
        group="Account",
    ),
    Field(
        "api_key",
        "API key SID",
        "Shown when the key was made, and later in the list of API keys. It begins with SK.",
        required=True,
        show_if=KEY,
        group="Account",
    ),
    Field(
        "api_secret",
        "API key secret",
        "Shown once, when the key was made. Lost? Make another key.",
        "secret",
        required=True,
        show_if=KEY,
        group="Account",
    ),
)


@dataclass(frozen=True, slots=True)
class Account:
    """The account at Twilio. `auth_token` also checks the signatures of webhooks."""

    sid: str
    auth_token: str = field(repr=False, default="")
    key: str = ""
    key_secret: str = field(repr=False, default="")

    @property
    def credentials(self) -> tuple[str, str]:
        """User name and password for the API."""
        return (self.key, self.key_secret) if self.key else (self.sid, self.auth_token)


def read_account(settings: ChannelSettings) -> Account:
    """The account as these settings say. Raises ConfigurationError."""
    sid = text(settings, "account_sid")
    if not _ACCOUNT_SID.fullmatch(sid):
        raise ConfigurationError("The account SID is AC and 32 letters and digits. Copy it from Twilio's console.")
    if settings.get("sign_in") != "key":
        return Account(sid, text(settings, "auth_token"))
    key = text(settings, "api_key")
    if not _KEY_SID.fullmatch(key):
        raise ConfigurationError("The API key SID is SK and 32 letters and digits. Copy it from Twilio's console.")
    return Account(sid, text(settings, "auth_token"), key, text(settings, "api_secret"))


def country(settings: ChannelSettings) -> str:
    """ISO 3166 code of the country whose national numbers are understood; "" for none. Raises ConfigurationError."""
    code = text(settings, "country").upper()
    if code and not _COUNTRY.fullmatch(code):
        raise ConfigurationError("The country is its code of two letters, such as DE or US.")
    return code


def service_sid(settings: ChannelSettings) -> str:
    """The messaging service that sends, "" for the number alone. Raises ConfigurationError."""
    sid = text(settings, "messaging_service_sid")
    if sid and not _SERVICE_SID.fullmatch(sid):
        raise ConfigurationError("The messaging service SID is MG and 32 letters and digits. Copy it from Twilio.")
    return sid


def text(settings: Mapping[str, object], name: str) -> str:
    value = settings.get(name)
    return value.strip() if isinstance(value, str) else ""


_SERVICE_FIELD: Final = Field(
    "messaging_service_sid",
    "Messaging service SID",
    "Only when answers go out through a messaging service: Twilio's console → Messaging → Services. It begins with MG.",
    group="Sending",
)
_COUNTRY_FIELD: Final = Field(
    "country",
    "Country",
    "Its code of two letters (DE, US). What agents write without + and country code is taken as a number of it. Left "
    "empty, it is the country of the number above.",
    placeholder="DE",
    group="Number",
)

SMS_SCHEMA: Final = SettingsSchema(
    (
        *ACCOUNT_FIELDS,
        Field(
            "number",
            "Phone number",
            "The number that customers text to: Twilio's console → Phone Numbers → Manage → Active numbers. Write it "
            "with + and country code.",
            required=True,
            placeholder="+15005550006",
            group="Number",
        ),
        _COUNTRY_FIELD,
        Field(
            "incoming",
            "Webhook for incoming messages",
            "Paste it in Twilio's console at this number → Messaging → “A message comes in” → Webhook, HTTP POST. With "
            "a messaging service: at the service → Integration → “Send a webhook”.",
            "hook",
            group="Number",
        ),
        _SERVICE_FIELD,
        Field(
            "more_numbers",
            "Further numbers",
            "The other numbers of the messaging service, with commas between, so that nothing is missed that arrived "
            "there while this hub was down.",
            group="Sending",
        ),
        Field(
            "rate",
            "Messages per second",
            "What the number may send: 1 for a long number, 3 for a toll-free one, up to 100 for a short code. A long "
            "text counts by its segments. Twilio's console shows it at the number or the campaign.",
            "number",
            default=1,
            min=1,
            max=400,
            group="Sending",
        ),
        Field(
            "mms",
            "Pictures and files",
            "Only numbers of the United States, Canada and a few other countries can send them (MMS).",
            "boolean",
            default=True,
            group="Sending",
        ),
    )
)

WHATSAPP_SCHEMA: Final = SettingsSchema(
    (
        *ACCOUNT_FIELDS,
        Field(
            "number",
            "WhatsApp sender",
            "The number that customers write to: Twilio's console → Messaging → Senders → WhatsApp senders. The "
            "sandbox's number works too.",
            required=True,
            placeholder="+14155238886",
            group="Number",
        ),
        _COUNTRY_FIELD,
        Field(
            "incoming",
            "Webhook for incoming messages",
            "Paste it in Twilio's console at this sender → “Webhook URL for incoming messages”, HTTP POST; for the "
            "sandbox under Sandbox settings → “When a message comes in”.",
            "hook",
            group="Number",
        ),
        _SERVICE_FIELD,
        Field(
            "rate",
            "Messages per second",
            "What WhatsApp allows this sender; 80 unless Twilio's console shows something else.",
            "number",
            default=80,
            min=1,
            max=500,
            group="Sending",
        ),
    )
)


def rate(settings: ChannelSettings, limits: Limits) -> Limits:
    """The limits with the messages per second that the sender is allowed."""
    given = settings.get("rate")
    each = float(given) if isinstance(given, int) and given > 0 else limits.rate
    return replace(limits, rate=each, burst=max(1, int(each)))
