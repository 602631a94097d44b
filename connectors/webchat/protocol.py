"""The frames between a visitor's browser and the hub: JSON objects with a `type`. Pure.

to the hub    hello{token, jwt, since, epoch, page, lang} · msg{cid, text, uploads, form} · typing{on} · read{seq} ·
              identify{jwt} · attributes{values} · transcript{} · pong{}
to the page   welcome{token, visitor, head, epoch, resumed, read, open, agents_online, config_version} ·
              log{items, head} · ack{cid, seq} · refused{cid, code, text} · typing{on, name} · read{seq} ·
              token{token} · transcript{ok} · desk{open, agents_online} · ping{head} · bye{code}

The order is the proof: after `welcome` come the items after `since`, each seq once and without a gap, then whatever is
new. `resumed` false: the page forgets its copy and everything comes from the first. Frames that are not known here,
or not well formed, are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from connectors.webchat import wire
from hub.sdk import LogItem, LogPage

MAX_ATTRIBUTES: Final = 30
MAX_VALUE: Final = 200
_FORM: Final = ("name", "email", "phone")


@dataclass(frozen=True, slots=True)
class Hello:
    token: object
    jwt: object
    since: int
    epoch: str
    about: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Written:
    """A message as the browser sent it. `problem` says why it cannot be taken, "" when it can."""

    cid: str
    text: str
    uploads: tuple[str, ...]
    form: Mapping[str, str]
    problem: str = ""


def parsed(text: str) -> dict[str, Any]:
    """A frame; {} for anything that is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def hello(frame: Mapping[str, Any]) -> Hello | None:
    if frame.get("type") != "hello":
        return None
    page = frame.get("page")
    page = page if isinstance(page, dict) else {}
    shown = {"url": _line(page.get("url"), 500), "title": _line(page.get("title"))}
    about = {"page": {key: value for key, value in shown.items() if value}, "language": _line(frame.get("lang"))}
    return Hello(
        token=frame.get("token"),
        jwt=frame.get("jwt"),
        since=whole(frame.get("since")),
        epoch=_line(frame.get("epoch")),
        about={key: value for key, value in about.items() if value},
    )


def written(frame: Mapping[str, Any]) -> Written | None:
    """None where there is not even a name for it, so that nothing could be answered."""
    cid = frame.get("cid")
    if not isinstance(cid, str) or not wire.is_cid(cid):
        return None
    words, uploads, form = frame.get("text"), frame.get("uploads") or [], frame.get("form")
    if not isinstance(words, str) or not isinstance(uploads, list) or not all(isinstance(one, str) for one in uploads):
        return Written(cid, "", (), {}, "This is no message.")
    problem = ""
    if not words.strip() and not uploads:
        problem = "There is nothing in it."
    elif len(words) > wire.MAX_TEXT:
        problem = f"It is too long: at most {wire.MAX_TEXT} characters."
    elif len(uploads) > wire.MAX_UPLOADS:
        problem = f"Too many files: at most {wire.MAX_UPLOADS}."
    given = form if isinstance(form, dict) else {}
    return Written(cid, words, tuple(uploads), {key: line for key in _FORM if (line := _line(given.get(key)))}, problem)


def attributes(frame: Mapping[str, Any]) -> dict[str, object]:
    """What the host page says of the visitor: short values alone, and not too many."""
    values = frame.get("values")
    found: dict[str, object] = {}
    for key, value in list(values.items())[:MAX_ATTRIBUTES] if isinstance(values, dict) else ():
        if isinstance(value, bool | int | float) or value is None:
            found[_line(key)] = value
        elif isinstance(value, str):
            found[_line(key)] = _line(value)
    return found


def whole(value: object) -> int:
    """A count; 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else 0


def log(page: LogPage, visitor: str) -> str:
    return frame("log", items=[item(one, visitor) for one in page.items], head=page.head)


def item(one: LogItem, visitor: str) -> dict[str, object]:
    """An answer that belongs to another channel begins with what it is about."""
    text = f"{one.subject}\n\n{one.text}" if one.subject and one.direction == "out" else one.text
    found: dict[str, object] = {
        "seq": one.seq,
        "direction": one.direction,
        "author": one.author if one.direction == "out" else "",
        "text": text,
        "occurred_at": one.occurred_at.isoformat(),
        "state": one.state,
    }
    if one.files:
        found["attachments"] = [_file(file.id, file.name, file.content_type, file.size) for file in one.files]
    if cid := wire.cid_of(one.reference, visitor):
        found["cid"] = cid
    return found


def _file(number: int, name: str, content_type: str, size: int) -> dict[str, object]:
    return {"id": str(number), "filename": name, "content_type": content_type, "size": size}


def frame(kind: str, **values: object) -> str:
    return json.dumps({"type": kind, **values}, ensure_ascii=False, separators=(",", ":"))


def unread_references(items: Sequence[LogItem], states: Sequence[str]) -> list[str]:
    """The messages of ours among them that are in one of the states."""
    return [one.reference for one in items if one.direction == "out" and one.reference and one.state in states]


def _line(value: object, limit: int = MAX_VALUE) -> str:
    return " ".join(value.split())[:limit] if isinstance(value, str) else ""
