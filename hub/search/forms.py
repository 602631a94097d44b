"""Other forms of a word: its plural or singular, and the endings of its cases.

Nothing is known of the language that a word is of, so it gets the endings that are common in the desk's languages. A
form that no message has costs one look into the index; one too many finds a little more. Vowels that change (Haus,
Häuser) are no matter, for accents do not count; words that change within (mouse, mice; كتاب، كتب) are not undone.
"""

from __future__ import annotations

from typing import Final

SHORTEST: Final = 4
"""Letters of a word that has forms. Shorter ones are mostly names, numbers and particles."""
_LEFT: Final = 3
"""Letters that an ending leaves at least."""
_CONSONANTS: Final = frozenset("bcdfghjklmnpqrstvwxz")
# What stands at the end instead: from one number or case to the other. Folded, as words are.
_EXCHANGED: Final = (("y", "ies"), ("z", "ces"), ("al", "aux"), ("ة", "ات"))
_TAKEN_OFF: Final = ("s", "es", "e", "en", "n", "er", "x")
_ARTICLE: Final = "ال"


def forms(word: str) -> tuple[str, ...]:
    """Those of a folded word besides itself; none for a number, or a script whose words have no such endings."""
    arabic = "\u0620" <= word[:1] <= "\u06ff"
    if len(word) < (_LEFT if arabic else SHORTEST) or not word.isalpha():
        return ()
    if word.isascii():
        found = [*_longer(word), *_shorter(word)]
    elif arabic:
        found = [word.removeprefix(_ARTICLE) if word.startswith(_ARTICLE) else _ARTICLE + word]
    else:
        found = []
    for one, other in _EXCHANGED:
        for ending, instead in ((one, other), (other, one)):
            if word.endswith(ending) and len(word) - len(ending) >= _LEFT - 1:
                found.append(word.removesuffix(ending) + instead)
    return tuple(dict.fromkeys(form for form in found if len(form) >= _LEFT and form != word))


def _longer(word: str) -> list[str]:
    return [word + ending for ending in _endings(word)]


def _endings(word: str) -> tuple[str, ...]:
    if word.endswith("es") or (word[-1] == "s" and word[-2] in _CONSONANTS - {"s"}):
        return ()  # it has one
    if word[-1] in "sxz":
        return ("e", "es", "en", "er")
    if word.endswith(("el", "er")):
        return ("s", "n")
    if word.endswith("en"):
        return ("s",)
    if word[-1] == "e":
        return ("s", "n")
    if word[-1] in _CONSONANTS:
        return ("s", "e", "es", "en", "er")
    return ("s", "x") if word[-1] == "u" else ("s",)


def _shorter(word: str) -> list[str]:
    found = []
    for ending in _TAKEN_OFF:
        left = word.removesuffix(ending)
        if left != word and len(left) >= (SHORTEST if ending in ("en", "er") else _LEFT) and ending in _endings(left):
            found.append(left)
    if word.endswith("en") and len(word) > SHORTEST + 1:  # Paketen, of Pakete: the one ending over the other
        found += [word[:-1], word[:-2]]
    return found
