"""What somebody typed, taken apart: words, "phrases", -excluded, and operators such as from:maria. Pure; nothing is
refused.

What looks like an operator and is none (a time of day, a web address) is words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from hub.search.forms import forms
from hub.search.words import words

MAX_QUERY: Final = 500
MAX_TERMS: Final = 30
OPERATORS: Final = (
    "from",
    "to",
    "subject",
    "channel",
    "customer",
    "has",
    "kind",
    "before",
    "after",
    "assigned",
    "team",
    "label",
    "is",
)
_PIECE: Final = re.compile(r'(?P<minus>-?)(?:(?P<name>[a-zA-Z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))?')
_SHORTEST_PREFIX: Final = 3


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other; `prefix`: the last of them may go on. A single one is found in these other
    `forms`, too."""

    words: tuple[str, ...]
    negated: bool = False
    prefix: bool = False
    forms: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Operator:
    """`text` is how it was typed."""

    name: str
    value: str
    text: str
    negated: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    terms: tuple[Term, ...] = ()
    operators: tuple[Operator, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.terms and not self.operators

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(one for one in self.terms if not one.negated)


def parse(text: str) -> Query:
    """The last word may be unfinished, unless something follows it or it is quoted. What is quoted or excluded is meant
    as it stands; other words in each of their forms."""
    text = text[:MAX_QUERY].replace("\x00", " ")
    terms: list[Term] = []
    operators: list[Operator] = []
    at = 0
    while at < len(text) and len(terms) + len(operators) < MAX_TERMS:
        if text[at].isspace():
            at += 1
            continue
        found = _PIECE.match(text, at)
        if found is None or found.end() == at:
            at += 1
            continue
        at = found.end()
        name = (found["name"] or "").lower()
        negated = bool(found["minus"])
        value = found["quoted"] if found["quoted"] is not None else found["bare"] or ""
        if name in OPERATORS:
            if value.strip():
                quoted = found["quoted"] is not None
                operators.append(Operator(name, value.strip(), found[0], negated, quoted))
            continue
        if name:
            value = f"{found['name']} {value}"
        term = tuple(words(value))
        if term:
            last = at >= len(text) and found["quoted"] is None and len(term[-1]) >= _SHORTEST_PREFIX
            plain = len(term) == 1 and found["quoted"] is None and not negated
            terms.append(Term(term, negated, last and not negated, _others(term[0], begun=last) if plain else ()))
    return Query(tuple(terms), tuple(operators))


def _others(word: str, *, begun: bool) -> tuple[str, ...]:
    """Its other forms; of an unfinished word without those that it may become anyway."""
    return tuple(form for form in forms(word) if not (begun and form.startswith(word)))
