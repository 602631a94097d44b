"""Webhooks about calls as raws, and what those raws mean. Pure.

A raw is the request as it came: its target (path and query) in the first line, its body after that. The hint names the
hook, and the key what happened, so that a request that comes twice, or is found again in a listing, is one row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from connectors.twilio.phone_twiml import ROOM_STEP, after
from hub.sdk import Address, CallEvent, CallUpdate, Ignored, LegState, Parsed, Raw, RemoteFile

HOOKS: Final = ("voice", "leg", "digits", "wait", "room", "status", "recording", "transcription", "said")
STATES: Final[Mapping[str, LegState]] = {
    "queued": "dialing",
    "initiated": "dialing",
    "ringing": "ringing",
    "in-progress": "answered",
    "completed": "completed",
    "busy": "busy",
    "no-answer": "no_answer",
    "failed": "failed",
    "canceled": "canceled",
}
NOBODY: Final = frozenset(("+7378742833", "+2562533", "+8566696", "+266696687", "+17378742833", "+86282452253"))
"""What Twilio gives as the number of a caller who hides it: RESTRICTED, BLOCKED, UNKNOWN, ANONYMOUS on a keypad."""
WITHHELD: Final = Address("phone", "", "Number withheld")
_NUMBER: Final = re.compile(r"\+[1-9]\d{6,14}")
_NAMES: Final = {ROOM_STEP: "call.mp3", "voicemail": "voicemail.mp3"}
_MACHINES: Final = ("machine", "fax")
_ROOM: Final[Mapping[str, CallEvent]] = {"participant-join": "joined", "participant-leave": "left"}


def to_raw(hook: str, target: str, body: bytes, received_at: datetime) -> Raw:
    """A webhook, which was verified. Raises ValueError when it does not say what it is about."""
    form, query = _form(body), _query(target)
    return Raw(_key(hook, query, form), f"{target}\n".encode() + body, received_at, {"hook": hook})


def listed(call: Mapping[str, Any], received_at: datetime) -> tuple[Raw, ...]:
    """A call that came in, found in the provider's list after it ended: what its webhooks would have said."""
    content = json.dumps(call, sort_keys=True, separators=(",", ":"))
    hint = {"hook": "list"}
    return (
        Raw(f"{call['sid']};incoming", f"incoming\n{content}".encode(), received_at, hint),
        Raw(f"{call['sid']};state;{call['status']}", f"state\n{content}".encode(), received_at, hint),
    )


def follows(raw: Raw) -> str:
    """What the addresses in the answer to this webhook carry."""
    return after(raw.key)


def parse(raw: Raw) -> Sequence[Parsed]:
    first, _, body = raw.content.partition(b"\n")
    hook = raw.hint["hook"]
    if hook == "list":
        return [_listed(first.decode(), json.loads(body))]
    query, form = _query(first.decode()), _form(body)
    at = raw.received_at  # the hub's clock throughout: Twilio's own is told in whole seconds, and not by every hook
    match hook:
        case "voice":
            return [_incoming(form, at) if _came_in(form) else _leg(query, form, at)]  # or the fallback of one we made
        case "leg":
            return [_leg(query, form, at)]
        case "digits":
            return [_news("digits", query, form, at, digits=form.get("Digits", ""), step=query.get("step", ""))]
        case "wait":
            return [_news("waiting", query, form, at)]
        case "room":
            return [_room(form, at)]
        case "status":
            state = STATES[form["CallStatus"]]
            return [_news("state", query, form, at, state=state, seconds=_seconds(form.get("CallDuration")))]
        case "recording":
            return [_recording(query, form, at)]
        case "transcription":
            return [_transcription(query, form, at)]
        case "said":
            return [_said(query, form, at)]
    raise ValueError(f"There is no hook {hook!r}.")


def update_of(call: Mapping[str, Any], now: datetime) -> CallUpdate:
    """A call as the provider's API shows it; one that is over, at the time when it ended."""
    state = STATES[str(call["status"])]
    seconds = _seconds(call.get("duration"))
    at = _time(str(call.get("end_time") or "")) or now
    return CallUpdate("state", at, str(call["sid"]), state=state, seconds=seconds)


def telephone(value: str, name: str = "") -> Address | None:
    """A number or a SIP address as Twilio writes it; None for somebody who hides it."""
    value = value.strip()
    if value.lower().startswith("sip:"):
        value = value[4:].partition(";")[0]
        return Address("sip", value.lower(), value, name) if "@" in value else None
    if not _NUMBER.fullmatch(value) or value in NOBODY:
        return None
    return Address("phone", value, value, name)


def asks(hook: str, form: Mapping[str, str]) -> bool:
    """Whether the answer is what happens next on the leg. The end of a Record asks, and is told once more later."""
    return hook in ("voice", "leg", "digits", "wait") or (hook == "recording" and "RecordingStatus" not in form)


def created(call: Mapping[str, Any]) -> datetime:
    """When a call of the provider's list was made."""
    return _time(str(call.get("date_created") or call.get("start_time") or "")) or datetime.fromtimestamp(0, UTC)


def ended(call: Mapping[str, Any]) -> datetime:
    """When a call of the provider's list was over."""
    return _time(str(call.get("end_time") or "")) or created(call)


def leg_in(request: object) -> str | None:
    """The leg in the address that the provider fetched for a call; None when there is none in it."""
    url = request.get("url") if isinstance(request, Mapping) else None
    return _query(url).get("leg") if isinstance(url, str) else None


# --- what each hook says ---


def _incoming(form: Mapping[str, str], at: datetime) -> CallUpdate:
    return CallUpdate(
        "incoming",
        at,
        _call(form),
        state="ringing",
        caller=telephone(form.get("From", ""), form.get("CallerName", "")) or WITHHELD,
        called=telephone(form.get("To", "")),
    )


def _leg(query: Mapping[str, str], form: Mapping[str, str], at: datetime) -> Parsed:
    match query.get("ask"):
        case "again":
            return Ignored("The hub had it ask again what happens.")
        case "left":
            return _news("left", query, form, at)
        case "silent":
            return _news("recorded", query, form, at, step=query.get("step", ""), reason="Nothing was said.")
    return _news("answered", query, form, at, machine=_machine(form.get("AnsweredBy", "")))


def _room(form: Mapping[str, str], at: datetime) -> Parsed:
    happened = form["StatusCallbackEvent"]
    if happened not in _ROOM:
        return Ignored(f"Of the talk: {happened[:60]}.")
    return CallUpdate(_ROOM[happened], at, _call(form), form.get("ParticipantLabel", ""))


def _recording(query: Mapping[str, str], form: Mapping[str, str], at: datetime) -> Parsed:
    status = form.get("RecordingStatus", "completed")  # the action of a Record has none
    step = query.get("step", "")
    if status == "absent" or "RecordingSid" not in form:
        return _news("recorded", query, form, at, step=step, reason="Nothing was said.")
    if status != "completed":
        return Ignored(f"The recording is {status[:60]}.")
    sides = "?RequestedChannels=2" if form.get("RecordingChannels") == "2" else ""
    file = RemoteFile(
        form["RecordingSid"], f"{form['RecordingUrl']}.mp3{sides}", "audio/mpeg", _NAMES.get(step, "call.mp3")
    )
    seconds = _seconds(form.get("RecordingDuration"))
    return _news("recorded", query, form, at, step=step, seconds=seconds, recording=file)


def _transcription(query: Mapping[str, str], form: Mapping[str, str], at: datetime) -> Parsed:
    if form.get("TranscriptionStatus") != "completed":
        return Ignored("Twilio could not write down what was said.")
    step = query.get("step", "")
    return _news("transcribed", query, form, at, step=step, text=form.get("TranscriptionText", ""))


def _said(query: Mapping[str, str], form: Mapping[str, str], at: datetime) -> Parsed:
    """Of a talk that is written down while it goes on: the customer's leg is the one that is listened to."""
    happened = form.get("TranscriptionEvent", "")
    if happened != "transcription-content" or form.get("Final", "true") != "true":
        return Ignored(f"Of what is written down: {happened[:60]}.")
    text = json.loads(form["TranscriptionData"])["transcript"].strip()
    if not text:
        return Ignored("Nothing was said.")
    who = {"inbound_track": "customer", "outbound_track": "agent"}[form["Track"]]
    number = _seconds(form.get("SequenceId")) or 0
    moment = _instant(form.get("Timestamp", "")) or at  # of Twilio's clock alone, by which they are in order
    return _news("transcribed", query, form, moment, step=ROOM_STEP, text=text, who=who, number=number)


def _listed(what: str, call: Mapping[str, Any]) -> CallUpdate:
    began = created(call)
    if what == "incoming":
        form = {"CallSid": call["sid"], "From": call.get("from") or "", "To": call.get("to") or ""}
        return _incoming(form, began)
    return update_of(call, ended(call))


def _news(event: CallEvent, query: Mapping[str, str], form: Mapping[str, str], at: datetime, **more: Any) -> CallUpdate:
    """Of the leg in the query. What is said of a talk as a whole names no call, so that its address does."""
    call = form.get("CallSid") or query.get("call", "")
    return CallUpdate(event, at, _call({"CallSid": call}), query.get("leg", ""), **more)


def _came_in(form: Mapping[str, str]) -> bool:
    return form.get("Direction", "inbound") == "inbound"


def _call(form: Mapping[str, str]) -> str:
    if not form.get("CallSid"):
        raise ValueError("It does not say which call it is about.")
    return form["CallSid"]


def _key(hook: str, query: Mapping[str, str], form: Mapping[str, str]) -> str:
    before = query.get("after", "")
    parts: tuple[str, ...]
    match hook:
        case "voice":
            parts = (form["CallSid"], "incoming" if _came_in(form) else "fallback")
        case "leg":
            parts = (form["CallSid"], query.get("ask", "answered"), before)
        case "digits":
            parts = (form["CallSid"], "digits", query.get("step", ""), before)
        case "wait":
            parts = (form["CallSid"], "waiting", before)
        case "room":
            event = form["StatusCallbackEvent"]
            parts = (form["ConferenceSid"], event, form.get("CallSid", ""), form.get("SequenceNumber", ""))
        case "status":
            parts = (form["CallSid"], "state", form["CallStatus"])
        case "recording":
            parts = (form.get("RecordingSid") or form["CallSid"], form.get("RecordingStatus", "completed"))
        case "transcription":
            parts = (form["TranscriptionSid"], form.get("TranscriptionStatus", ""))
        case "said":
            parts = (form["TranscriptionSid"], form.get("SequenceId", ""), form.get("TranscriptionEvent", ""))
        case _:
            raise ValueError(f"There is no hook {hook!r}.")
    return ";".join(parts)


def _form(body: bytes) -> dict[str, str]:
    return dict(parse_qsl(body.decode().replace("%00", ""), keep_blank_values=True, max_num_fields=200))


def _query(target: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(target).query.replace("%00", ""), max_num_fields=20))


def _time(value: str) -> datetime | None:
    """As Twilio writes it: RFC 2822. None for anything else."""
    try:
        found = parsedate_to_datetime(value)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _instant(value: str) -> datetime | None:
    """As ISO 8601 with its time zone; None for anything else."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _seconds(value: object) -> int | None:
    return int(value) if isinstance(value, str | int) and str(value).isdecimal() else None


def _machine(answered_by: str) -> bool | None:
    """None where nobody looked, or it could not be told."""
    if not answered_by or answered_by == "unknown":
        return None
    return answered_by.startswith(_MACHINES)
