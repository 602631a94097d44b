"""The settings of a chat: where it may be shown, how it looks, what it asks, and what happens when nobody answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from hub.sdk import ChannelSettings, ConfigurationError, Field, Option, SettingsSchema

_ORIGIN: Final = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_ASK: Final = (Option("no", "Do not ask"), Option("optional", "Ask"), Option("required", "Insist"))

SCHEMA: Final = SettingsSchema(
    (
        Field(
            "origins",
            "Web sites",
            "The sites that may show the chat, one a line, as https://www.example.com. https://*.example.com means all "
            "its subdomains. Nobody else can embed it.",
            type="multiline",
            required=True,
            placeholder="https://www.example.com",
            group="Where",
        ),
        Field("title", "Title", "What the chat calls itself, at the top of its window.", default="", group="Look"),
        Field("subtitle", "Subtitle", "A line below the title while somebody is there.", default="", group="Look"),
        Field(
            "colour",
            "Colour",
            "The colour of the button and of the visitor's messages, as #1c7a63. Text on it stays readable.",
            default="#1c7a63",
            placeholder="#1c7a63",
            group="Look",
        ),
        Field(
            "theme",
            "Light or dark",
            "Whether the chat follows the visitor's device or is always light or dark.",
            type="select",
            default="auto",
            options=(Option("auto", "As the device"), Option("light", "Light"), Option("dark", "Dark")),
            group="Look",
        ),
        Field(
            "position",
            "Corner",
            "The corner of the page for the button: where lines end (the right, in English) or where they start.",
            type="select",
            default="end",
            options=(Option("end", "Where lines end"), Option("start", "Where lines start")),
            group="Look",
        ),
        Field(
            "team", "Names", "First names to show as who answers, with commas between them.", default="", group="Look"
        ),
        Field(
            "privacy_url",
            "Privacy page",
            "Address of your privacy notice, shown in the menu.",
            default="",
            group="Look",
        ),
        Field(
            "greeting",
            "Greeting",
            "The first words in the empty window. Empty: a greeting in the visitor's language.",
            type="multiline",
            default="",
            group="Words",
        ),
        Field(
            "proactive_text",
            "Invitation",
            "Words beside the button that invite a new visitor, once. Empty: no invitation.",
            default="",
            group="Words",
        ),
        Field(
            "proactive_after",
            "Invite after (seconds)",
            "How long a visitor has been on the page before the invitation shows.",
            type="number",
            default=20,
            min=1,
            max=3600,
            group="Words",
        ),
        Field(
            "away",
            "While closed",
            "What the visitor reads outside business hours. Empty: that an answer follows, in their language.",
            type="multiline",
            default="",
            group="Words",
        ),
        Field(
            "offline",
            "When nobody is there",
            "Whether the chat says it is closed only outside business hours, or whenever no agent is online.",
            type="select",
            default="hours",
            options=(Option("hours", "By business hours"), Option("agents", "Also when no agent is online")),
            group="Words",
        ),
        Field(
            "ask_name", "Name", "Whether to ask for it first.", type="select", default="no", options=_ASK, group="Ask"
        ),
        Field(
            "ask_email",
            "Email address",
            "Whether to ask for it first. It is only what the visitor says: agents see it as a suggestion.",
            type="select",
            default="no",
            options=_ASK,
            group="Ask",
        ),
        Field(
            "ask_phone", "Phone", "Whether to ask for it first.", type="select", default="no", options=_ASK, group="Ask"
        ),
        Field(
            "uploads",
            "Files",
            "Whether visitors may send files, of up to 25 MB.",
            type="boolean",
            default=True,
            group="Ask",
        ),
        Field(
            "jwt_secret",
            "Signing secret",
            "A secret of 32 characters or more that your site shares with the hub. With it, your site signs who is "
            "signed in there (a JWT, HS256, with exp and email or sub), and the chat knows them.",
            type="secret",
            group="Identity",
        ),
        Field(
            "continue_by_mail",
            "Go on by email",
            "Whether answers that a visitor did not read are sent to their verified email address. Their reply comes "
            "back into the same conversation.",
            type="boolean",
            default=True,
            group="Email",
        ),
        Field(
            "continue_minutes",
            "Unread for (minutes)",
            "How long an answer waits to be read in the chat before it goes out by email.",
            type="number",
            default=10,
            min=1,
            max=10080,
            show_if=("continue_by_mail", (True,)),
            group="Email",
        ),
        Field(
            "mail_channel",
            "Email channel",
            "The number of the channel that sends these emails and transcripts. 0: the first email channel.",
            type="number",
            default=0,
            min=0,
            group="Email",
        ),
        Field(
            "transcript",
            "Transcript by email",
            "Whether visitors with a verified email address can have the conversation sent to them.",
            type="boolean",
            default=True,
            group="Email",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class FormField:
    name: str
    type: str
    required: bool


def origins(settings: ChannelSettings) -> tuple[str, ...]:
    """Raises ConfigurationError for what is no origin."""
    found = tuple(line.strip().lower().rstrip("/") for line in text(settings, "origins").splitlines() if line.strip())
    for one in found:
        if not _ORIGIN.fullmatch(one):
            raise ConfigurationError(f"{one[:80]!r} is no web site. Write it as https://www.example.com, one a line.")
    if not found:
        raise ConfigurationError("No web site may show the chat. Add one, such as https://www.example.com.")
    return found


def check(settings: ChannelSettings) -> None:
    """Raises ConfigurationError."""
    origins(settings)
    if not _COLOUR.fullmatch(text(settings, "colour")):
        raise ConfigurationError("The colour is written as #1c7a63: a number sign and six digits or letters a to f.")
    secret = text(settings, "jwt_secret")
    if secret and len(secret) < 32:
        raise ConfigurationError("The signing secret is too short. Use 32 characters or more.")
    if (url := text(settings, "privacy_url")) and urlsplit(url).scheme != "https":
        raise ConfigurationError("The address of the privacy page begins with https://.")


def allows(allowed: tuple[str, ...], origin: str) -> bool:
    """Whether a page of this origin may show the chat."""
    origin = origin.lower()
    for one in allowed:
        scheme, _, rest = one.partition("://*.")
        if origin == one or (rest and origin.startswith(f"{scheme}://") and origin.endswith(f".{rest}")):
            return True
    return False


def form(settings: ChannelSettings) -> tuple[FormField, ...]:
    """What is asked before the first message."""
    types = {"name": "text", "email": "email", "phone": "tel"}
    asked = {name: text(settings, f"ask_{name}") for name in types}
    return tuple(
        FormField(name, types[name], how == "required")
        for name, how in asked.items()
        if how in ("optional", "required")
    )


def text(settings: Mapping[str, object], name: str) -> str:
    value = settings.get(name)
    return value if isinstance(value, str) else ""


def number(settings: Mapping[str, object], name: str, default: int = 0) -> int:
    value = settings.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else default
