"""A query as the database is asked it: words and marks as a tsquery, and conditions on the conversation beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hub.search.document import Weight, quoted
from hub.search.query import Term


@dataclass(frozen=True, slots=True)
class Understood:
    """An operator as it was taken. `problem`: it names nothing that there is, so nothing can be found by it."""

    name: str
    value: str
    text: str
    negated: bool
    problem: str = ""


@dataclass(slots=True)
class Conditions:
    """`parts` make up the tsquery, `anchors` those of them that the index can look up quickly: whole words and marks.
    `facts` are about the conversation `c`; `%s` in them stands for their parameter."""

    parts: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    facts: list[tuple[str, object]] = field(default_factory=list)
    selective: bool = False
    """One of the facts is true of few conversations, as a rule, and has an index."""
    since: datetime | None = None
    before: datetime | None = None
    impossible: bool = False

    @property
    def tsquery(self) -> str:
        """ "" for: everything."""
        return " & ".join(self.parts)

    @property
    def anchor(self) -> str:
        """What the index is asked first: whole words and marks, or else beginnings of them."""
        return " & ".join(self.anchors) or " & ".join(self.prefixes)

    @property
    def narrow(self) -> str:
        """All that the index can answer; it is slower with beginnings of words, of which it collects everything. ""
        where it would have to be read from end to end."""
        return " & ".join([*self.anchors, *self.prefixes])

    def term(self, term: Term, weight: Weight | None = None) -> None:
        part = tsquery(term, weight)
        self.parts.append(f"!({part})" if term.negated else part)
        if term.negated:
            return
        if term.forms:
            (self.prefixes if term.prefix else self.anchors).append(part)
            return
        whole, last = (term.words[:-1], term.words[-1]) if term.prefix else (term.words, "")
        self.anchors += map(quoted, whole)
        if last:
            self.prefixes.append(f"{quoted(last)}:*")

    def mark(self, alternatives: Sequence[str], *, negated: bool = False, prefix: bool = False) -> None:
        """One of these marks. Without any nothing can be found, and everything where they are excluded."""
        if not alternatives:
            self.impossible = self.impossible or not negated
            return
        ending = ":*" if prefix else ""
        part = "(" + " | ".join(f"{quoted(one[:200])}{ending}" for one in alternatives) + ")"
        self.parts.append(f"!{part}" if negated else part)
        if not negated:
            (self.prefixes if prefix else self.anchors).append(part)

    def all_marks(self, marks: Sequence[str], *, negated: bool, prefix: bool = False) -> None:
        """All of these at once, the last of them perhaps unfinished."""
        pieces = [quoted(one[:200]) for one in marks]
        if prefix and pieces:
            pieces[-1] += ":*"
        if not pieces:
            return
        part = "(" + " & ".join(pieces) + ")"
        self.parts.append(f"!{part}" if negated else part)
        if not negated:
            self.anchors += pieces[:-1] if prefix else pieces
            self.prefixes += pieces[-1:] if prefix else []

    def fact(self, condition: str, parameter: object, *, negated: bool = False, selective: bool = False) -> None:
        self.facts.append((f"not ({condition})" if negated else condition, parameter))
        self.selective = self.selective or (selective and not negated)

    def within(self, *, since: datetime | None = None, before: datetime | None = None) -> None:
        if since is not None:
            self.since = since if self.since is None else max(self.since, since)
        if before is not None:
            self.before = before if self.before is None else min(self.before, before)


def tsquery(term: Term, weight: Weight | None = None) -> str:
    letter = weight or ""
    pieces = [_lexeme(word, letter) for word in term.words]
    if term.prefix:
        pieces[-1] = f"{quoted(term.words[-1])}:*{letter}"
    if term.forms:
        return "(" + " | ".join([*pieces, *(_lexeme(form, letter) for form in term.forms)]) + ")"
    return pieces[0] if len(pieces) == 1 else "(" + " <-> ".join(pieces) + ")"


def _lexeme(word: str, letter: str) -> str:
    return f"{quoted(word)}:{letter}" if letter else quoted(word)
