"""Whether somebody asks for no more messages, or for messages again. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hub.sdk import ConsentWord

STOP: Final = frozenset(("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"))
START: Final = frozenset(("START", "UNSTOP", "YES"))
_PLAIN_STOP: Final = frozenset(("STOP", "STOPALL", "UNSUBSCRIBE", "OPTOUT"))
_PLAIN_START: Final = frozenset(("START", "UNSTOP"))


def word(body: str, form: Mapping[str, str], channel: str) -> ConsentWord:
    """Twilio says it (OptOutType), or the whole text is one of the words that carriers honour. WhatsApp has no such
    rule, and there “Cancel” is an answer or a button: only the words that mean nothing else count."""
    told = form.get("OptOutType", "").upper()
    if told:
        return "stop" if told == "STOP" else "start" if told == "START" else ""
    if channel == "whatsapp" and form.get("ButtonText"):
        return ""
    said = body.strip().upper()
    stop, start = (_PLAIN_STOP, _PLAIN_START) if channel == "whatsapp" else (STOP, START)
    return "stop" if said in stop else "start" if said in start else ""
