"""The place in a text where what was asked for stands, with that marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hub.search.model import Piece
from hub.search.query import Term
from hub.search.words import MAX_WORD, fold, origin, unspaced

LENGTH: Final = 200
"""Letters of a snippet, about."""
_BEFORE: Final = 50
_MOST_HITS: Final = 60
_BETWEEN: Final = r"[\W_]{1,40}"


class Marker:
    """Finds the terms of one query, as the index does."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = [one for one in terms if not one.negated]
        self._pattern = re.compile("|".join(f"({_pattern(one)})" for one in self._terms)) if self._terms else None

    def finds(self, text: str) -> bool:
        return bool(self._hits(text))

    def marked(self, text: str) -> tuple[Piece, ...]:
        """All of a short text."""
        return _pieces(text, 0, len(text), self._hits(text))

    def snippet(self, text: str) -> tuple[Piece, ...]:
        """The stretch of a long text in which most of the terms stand, in one line; its beginning where none does."""
        line = " ".join(text.split())
        hits = self._hits(line)
        start, end = _window(line, hits)
        return _pieces(line, start, end, hits)

    def _hits(self, text: str) -> list[tuple[int, int, int]]:
        """(from, to, number of the term)"""
        if self._pattern is None:
            return []
        at = origin(text)
        found = []
        for one in self._pattern.finditer(fold(text)):
            found.append((at(one.start()), at(one.end() - 1) + 1, one.lastindex or 0))
            if len(found) == _MOST_HITS:
                break
        return found


def _pattern(term: Term) -> str:
    """Its words one after the other, or one of its other forms."""
    return "|".join([_row(term), *(_row(Term((form,))) for form in term.forms)])


def _row(term: Term) -> str:
    pieces = []
    for number, word in enumerate(term.words):
        if number:
            pieces.append(r"[\W_]*" if unspaced(word[0]) or unspaced(term.words[number - 1][-1]) else _BETWEEN)
        elif not unspaced(word[0]):
            pieces.append(r"(?<![^\W_])")
        pieces.append(re.escape(word))
    last = term.words[-1]
    if not unspaced(last[-1]):
        pieces.append(r"[^\W_]*" if term.prefix or len(last) == MAX_WORD else r"(?![^\W_])")
    return "".join(pieces)


def _window(text: str, hits: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """From where to where: the hits with the most different terms, cut at spaces."""
    if len(text) <= LENGTH:
        return 0, len(text)
    best, most = 0, (0, 0)
    for at, (start, _, _) in enumerate(hits):
        inside = [number for begin, end, number in hits[at:] if end <= start + LENGTH - _BEFORE]
        if (len(set(inside)), len(inside)) > most:
            best, most = start, (len(set(inside)), len(inside))
    start = max(0, min(best - _BEFORE, len(text) - LENGTH))
    end = min(len(text), start + LENGTH)
    if start > 0:
        space = text.find(" ", start, start + _BEFORE // 2)
        start = space + 1 if space >= 0 and space < best else start
    if end < len(text):
        space = text.rfind(" ", end - _BEFORE // 2, end)
        end = space if space > start else end
    return start, end


def _pieces(text: str, start: int, end: int, hits: Sequence[tuple[int, int, int]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = start
    for begin, stop, _ in hits:
        if begin < at or stop > end:
            continue
        if begin > at:
            pieces.append(Piece(text[at:begin], hit=False))
        pieces.append(Piece(text[begin:stop], hit=True))
        at = stop
    if at < end:
        pieces.append(Piece(text[at:end], hit=False))
    if pieces and start > 0:
        pieces[0] = Piece("…" + pieces[0].text, pieces[0].hit) if not pieces[0].hit else pieces[0]
    if pieces and end < len(text):
        pieces.append(Piece("…", hit=False))
    return tuple(pieces)
