"""The new text of a plain mail: without the old mails quoted in it, and without its signature.

One pass over the lines, each looked at with a bounded window. What only might be a quote is kept: losing a
customer's sentence is worse than showing an old one. If nothing new is left, the whole text is the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .words import alternatives

MAX_TEXT = 256 * 1024  # characters; what is longer is no reply, and is shown whole
MAX_LINES = 1_000  # that are examined; below them only '>' marks a quote
MAX_ATTRIBUTION_LINES = 4
MAX_ATTRIBUTION = 400  # characters
MAX_BLOCK_LINES = 14
MAX_SIGNATURE_LINES = 8

_OPENINGS = tuple(sorted(alternatives("opening"), key=len, reverse=True))
_WROTE = alternatives("wrote")
_ORIGINAL = alternatives("original")
_SENT_FROM = tuple(alternatives("sent_from"))
_CLOSINGS = alternatives("closing")
_FIELDS = {
    label: kind
    for kind in ("cc", "subject", "to", "sent", "from_")  # the later wins where languages share a word
    for label in alternatives(kind)
}

_QUOTED = re.compile(r"[ \t]{0,3}(?:>|\|\s?>)")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_DATE = re.compile(r"\d{1,4}[./年년-]\s?\d{1,2}[./月월-]|\b\d{1,2}[:.]\d{2}\b|\b(?:19|20|25)\d\d\b|\d{4}[年년]")
_UNSPACED = "\u0e00"  # from here on, scripts without blanks between words
_WORDS = "|".join(re.escape(word) for word in sorted(_WROTE, key=len, reverse=True) if word[0] < _UNSPACED)
_VERB = re.compile(rf"(?:^|[\s>)\]\"'’,])(?:{_WORDS})(?=$|[\s:<(\",])")
_VERBS_UNSPACED = tuple(word for word in _WROTE if word[0] >= _UNSPACED)
_MAIL_AT_END = re.compile(r"[<(\[]?[^\s<>()]+@[^\s<>()]+[>)\]]\s*$")
_BRACKETED_MAIL = re.compile(r"[<(\[](?:mailto:)?[^\s<>()]+@[^\s<>()]+[>)\]]")
_STARTS_WITH_DATE = re.compile(r"\d{1,4}[./年-]\s?\d{1,2}[./月-]\s?\d{1,4}")
_INNER_OPENING = re.compile(
    r"\s(?=(?:" + "|".join(re.escape(word.capitalize()) for word in _OPENINGS if len(word) > 1) + r")\s)"
)
_DASHED = re.compile(r"\s*-{2,}\s*(\S.{0,200}?)\s*-{2,}\s*$")
_SEPARATOR = re.compile(r"[\s*]{0,8}[-_=–—*]{2,}\s*([^-_=–—*\s].{2,60}?)\s*[-_=–—*:]{1,}\s*$")
_SEPARATOR_WORDS = re.compile(r"\s{0,8}\*?(\S.{2,60}?)\s?:\*?\s*$")
_FIELD = re.compile(r"[\s*_|]{0,8}([^:：\n]{1,30}?)[\s*_]{0,4}[:：][*_]{0,2}(.*)$")
_RULE = re.compile(r"\s{0,8}[_\-=*—]{5,}\s*$")
_FOOTER_RULE = re.compile(r"\s{0,3}[_\-=*#]{20,}\s*$")
_SIGNATURE_MARK = re.compile(r"\s{0,2}(?:--|–|—|––|——|-- ?-)\s*$")
_LINK = re.compile(r"[<(\[]?https?://[^\s>)\]]+[>)\]]?")
_POSTSCRIPT = re.compile(r"\W*(?:p\.? ?s|n\.? ?b)\b", re.IGNORECASE)
_SIGNED_NAME = re.compile(r"([-–—~/])\s?[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,2}\s*$")
_PARTICLES = frozenset((
    "van", "von", "der", "den", "de", "la", "le", "di", "da", "do", "dos", "du", "del", "el", "al", "af", "bin",
    "ten", "ter", "zu", "und", "and", "y", "e", "&", "of",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The new text, and whether a quote was found around it."""

    text: str
    quoted: bool


def trim(text: str) -> Trimmed:
    """The new text of `text`."""
    if len(text) > MAX_TEXT:
        return Trimmed(text.strip(), quoted=False)
    lines = text.split("\n")
    kept, quoted = _without_quotes(lines)
    kept = _without_signature(kept)
    new = "\n".join(kept).strip()
    if not new:
        return Trimmed(text.strip(), quoted)
    return Trimmed(new, quoted)


def _without_quotes(lines: list[str]) -> tuple[list[str], bool]:
    """The lines that are neither quoted, nor announce a quote, nor follow where only old mail follows."""
    kept: list[str] = []
    quoted = False
    after_quote = False  # the blank lines around what is left out are left out with it
    here = 0
    while here < len(lines):
        line = lines[here]
        if _QUOTED.match(line) or _is_wrapped_quote(lines, here):
            quoted = after_quote = True
        elif not line.strip():
            if not (after_quote and kept and not kept[-1].strip()):
                kept.append(line)
        elif here >= MAX_LINES:
            kept.append(line)
        elif _starts_old_mail(lines, here):
            return kept, True
        elif (found := _attribution(lines, here, kept)) is not None:
            before, prefix = found
            del kept[len(kept) - before :]
            if prefix:
                kept.append(prefix)
            if not _quote_follows(lines, here + 1):
                return kept, True
            quoted = after_quote = True
        elif any(kept) and _ends_new_text(lines, here):
            return kept, quoted
        else:
            kept.append(line)
            after_quote = False
        here += 1
    return kept, quoted


def _is_wrapped_quote(lines: list[str], here: int) -> bool:
    """The end of a quoted line that a mail program wrapped without quoting it again."""
    if not 0 < here < len(lines) - 1:
        return False
    above, line, below = lines[here - 1], lines[here], lines[here + 1]
    return (
        len(above) >= 60
        and len(line) < 40
        and line[:1].islower()
        and _QUOTED.match(above) is not None
        and _QUOTED.match(below) is not None
    )


def _quote_follows(lines: list[str], start: int) -> bool:
    following = next((line for line in lines[start : start + 8] if line.strip()), "")
    return _QUOTED.match(following) is not None


# ---------------------------------------------------------------- separators and header blocks
def _starts_old_mail(lines: list[str], here: int) -> bool:
    line = lines[here]
    if len(line) <= 100:
        separator = _SEPARATOR.match(line) or _SEPARATOR_WORDS.match(line)
        if separator and separator[1].strip("*_-: ").casefold() in _ORIGINAL:
            return True
        if _RULE.match(line):
            below = next((index for index in range(here + 1, min(here + 4, len(lines))) if lines[index].strip()), 0)
            return bool(below) and _is_header_block(lines, below)
    return _is_header_block(lines, here)


def _field(line: str) -> tuple[str, str]:
    """The kind and the value of a line of a header block, ('', '') for any other."""
    if ":" not in line[:40] and "：" not in line[:40]:
        return "", ""
    match = _FIELD.match(_INVISIBLE.sub("", line[:300]).replace("\u00a0", " "))
    kind = _FIELDS.get(match[1].strip().casefold(), "") if match else ""
    return (kind, match[2]) if match and kind else ("", "")


def _is_header_block(lines: list[str], start: int) -> bool:
    kind, value = _field(lines[start])
    if not kind or kind == "cc":
        return False
    found = {kind: value}
    blank = False
    for line in lines[start + 1 : start + MAX_BLOCK_LINES]:
        if not line.strip():
            if blank:
                break
            blank = True
            continue
        next_kind, value = _field(line)
        if next_kind:
            kind = next_kind
            found[kind] = found.get(kind, "") + value
            blank = False
        elif blank:
            break
        else:
            found[kind] += line  # a folded value
    if "from_" not in found:
        return False
    has_address = "@" in found["from_"]
    dated = "sent" in found and any(character.isdigit() for character in found["sent"])
    if len(found) >= 3:
        return has_address or (dated and "subject" in found)
    return has_address and dated


# ---------------------------------------------------------------- the line above a quote
def _attribution(lines: list[str], here: int, kept: list[str]) -> tuple[int, str] | None:
    """Whether line `here` ends an attribution: how many lines above belong to it, and new text before it on its
    first line."""
    line = _INVISIBLE.sub("", lines[here]).rstrip()
    if len(line) > MAX_ATTRIBUTION:
        return None
    dashed = _DASHED.match(line)
    if dashed:
        return (0, "") if _has_verb(dashed[1].casefold()) else None
    if not line.endswith((":", "：", ">", ")")) and not _has_verb(line[-30:].casefold()):
        return None
    follows = _quote_follows(lines, here + 1)
    above = 0
    unit = line
    likely: tuple[int, str] | None = None
    while True:
        certain, possible = _judge(unit, follows)
        last = above + 1 >= MAX_ATTRIBUTION_LINES or above >= len(kept) or not kept[-1 - above].strip()
        if possible and above == 0 and (prefix := _new_text_before(unit)):
            return (0, prefix) if certain or follows else None
        if certain and (last or not unit.startswith("<")):  # the name is on the line above
            return above, ""
        if possible and follows and likely is None:
            likely = above, ""
        if last:
            return likely
        above += 1
        unit = _INVISIBLE.sub("", kept[-above]).strip() + " " + unit
        if len(unit) > MAX_ATTRIBUTION:
            return likely


def _judge(unit: str, follows: bool) -> tuple[bool, bool]:
    """(surely, perhaps) an attribution from its first to its last character. Without a quote below it must be more
    than "On Monday at 10:00 the driver said to ann@example.org:"."""
    folded = unit.strip(" \t*_\u00a0").casefold()
    ends = folded.endswith((":", "："))
    body = folded.rstrip(" :：*")
    mail = "@" in body
    verb = _has_verb(body)
    dated = _DATE.search(body[:80]) is not None
    formal = follows or (mail and (_has_verb(body[-20:]) or _BRACKETED_MAIL.search(body) is not None))
    if dated and (verb or mail) and _opens(body) and (ends or follows):
        return formal, True
    if not ends:
        return follows and mail and _STARTS_WITH_DATE.match(body) is not None, False
    if dated and mail and (verb or _MAIL_AT_END.search(body)):
        return formal, True
    return False, verb and follows


def _opens(body: str) -> bool:
    if body[:1].isdigit():
        return True
    first = body[:24]
    return any(first.startswith(word) and not first[len(word) : len(word) + 1].isalpha() for word in _OPENINGS)


def _has_verb(folded: str) -> bool:
    return _VERB.search(folded) is not None or any(verb in folded for verb in _VERBS_UNSPACED)


def _new_text_before(unit: str) -> str:
    """New text in front of an attribution on the same line."""
    if _opens(unit.strip().casefold()):
        return ""
    for opening in _INNER_OPENING.finditer(unit):
        if _DATE.search(unit[opening.end() : opening.end() + 60]):
            return unit[: opening.start()].rstrip()
    return ""


# ---------------------------------------------------------------- signatures
def _ends_new_text(lines: list[str], here: int) -> bool:
    """A signature mark, an app's signature, or the footer of a mailing list."""
    line = lines[here]
    if _SIGNATURE_MARK.match(line):
        return True
    if _FOOTER_RULE.match(line):
        rest = [below for below in lines[here + 1 : here + 60] if below.strip()]
        joined = " ".join(rest)
        return len(rest) <= 12 and here + 60 > len(lines) and ("://" in joined or "@" in joined)
    return _is_app_signature(line) and (
        not lines[here - 1].strip() or here + 1 >= len(lines) or not lines[here + 1].strip()
    )


def _is_app_signature(line: str) -> bool:
    if len(line) > 250:
        return False
    words = _LINK.sub("", line).strip(" \t*_-\u00a0").casefold()
    return (
        words.startswith(_SENT_FROM)
        and len(words) <= 80
        and len(words.split()) <= 10
        and not any(mark in words for mark in (",", ";", "?", "!", ". "))
        and not words.endswith(".")
    )


def _without_signature(lines: list[str]) -> list[str]:
    """Without "Best regards, Ann" or "-Ann" at the end."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    if len(filled) < 2:
        return lines
    last = lines[filled[-1]]
    signed = _SIGNED_NAME.match(last)
    if signed and len(last) <= 40 and _is_name(last[1:]):
        alone = not lines[filled[-1] - 1].strip()
        bullets = any(lines[index].lstrip().startswith(signed[1]) for index in filled[:-1])
        if alone and not bullets:
            return lines[: filled[-1]]
    for position in range(len(filled) - 2, max(0, len(filled) - 2 - MAX_SIGNATURE_LINES), -1):
        if not _is_closing(lines[filled[position]]):
            continue
        below = [lines[index].strip() for index in filled[position + 1 :]]
        if _is_name(below[0]) and all(_fits_signature(line) for line in below):
            return lines[: filled[position]]
    return lines


def _fits_signature(line: str) -> bool:
    return len(line) <= 80 and not line.endswith("?") and not _POSTSCRIPT.match(line)


def _is_closing(line: str) -> bool:
    words = line.strip(" \t*_-–—.,;:!\u00a0、。").casefold()
    return len(words) <= 50 and words in _CLOSINGS


def _is_name(line: str) -> bool:
    line = line.strip(" \t*_.,\u00a0")
    words = line.split()
    if not words or len(line) > 40 or len(words) > 5 or any(mark in line for mark in ":?!;@/"):
        return False
    if any(character.isdigit() for character in line):
        return False
    return len(words) == 1 or all(not word[0].islower() or word.strip(".") in _PARTICLES for word in words)
