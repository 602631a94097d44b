"""Documents of instructions: where they come from, and what is understood of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from yarl import URL

from tests.peers.twilio.account import Account

_TELLS = " recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent"
_STATUS = " statusCallback statusCallbackMethod statusCallbackEvent"
_UNDERSTOOD = {
    "Say": "language voice loop",
    "Play": "loop",
    "Pause": "length",
    "Gather": "action method timeout finishOnKey numDigits input actionOnEmptyResult language bargeIn",
    "Record": "action method timeout finishOnKey maxLength playBeep trim transcribe transcribeCallback" + _TELLS,
    "Enqueue": "action method waitUrl waitUrlMethod",
    "Leave": "",
    "Dial": "action method timeout callerId answerOnBridge record recordingTrack trim" + _TELLS,
    "Conference": "muted startConferenceOnEnter endConferenceOnExit participantLabel beep record trim waitUrl"
    " waitMethod maxParticipants region" + _STATUS + _TELLS,
    "Number": "url method" + _STATUS,
    "Sip": "url method username password" + _STATUS,
    "Start": "",
    "Transcription": "name track languageCode partialResults statusCallbackUrl statusCallbackMethod",
    "Redirect": "method",
    "Hangup": "",
    "Reject": "reason",
}
UNDERSTOOD = {verb: frozenset(attributes.split()) for verb, attributes in _UNDERSTOOD.items()}
NESTED = {
    "Response": frozenset(UNDERSTOOD) - {"Conference", "Number", "Sip", "Transcription"},
    "Gather": frozenset(("Say", "Play", "Pause")),
    "Start": frozenset(("Transcription",)),
    "Dial": frozenset(("Conference", "Number", "Sip")),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where the next document is: at a URL, asked with these fields besides the usual ones, or here as text."""

    url: str = ""
    method: str = "POST"
    fields: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    def beside(self, url: str, method: str, fields: Mapping[str, str] | None = None) -> Source:
        """A URL named in this document, absolute or relative to it; its own when none is named."""
        joined = str(URL(self.url).join(URL(url))) if self.url and url else url or self.url
        return Source(joined, method, fields or {})


class Unusable(Exception):
    """An answer that is no document, with the code of the provider's error."""


async def load(account: Account, source: Source, fields: Mapping[str, str]) -> Element:
    """Asks for the document and reads it. Raises Unusable."""
    if source.text:
        return parse(source.text)
    posted = await account.webhooks.send(source.url, {**fields, **source.fields}, method=source.method)
    if not posted.ok:
        raise Unusable(f"11200: {source.url} answered {posted.status} {posted.error}")
    return parse(posted.body, source.url)


def parse(text: str, url: str = "") -> Element:
    """Stricter than Twilio, which overlooks attributes that it does not know. Raises Unusable."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as broken:
        raise Unusable(f"12100: {url} answered no XML: {broken}") from broken
    if root.tag != "Response":
        raise Unusable(f"12100: {url} answered <{root.tag}>, not <Response>")
    _check(root, url)
    return root


def _check(parent: Element, url: str) -> None:
    allowed = NESTED.get(parent.tag, frozenset[str]())
    for child in parent:
        if child.tag not in allowed:
            raise Unusable(f"12200: {url}: <{child.tag}> is not understood within <{parent.tag}>")
        if unknown := set(child.attrib) - UNDERSTOOD[child.tag]:
            raise Unusable(f"12200: {url}: <{child.tag}> has no attribute {', '.join(sorted(unknown))}")
        _check(child, url)
