"""Words as search knows them: one way to fold and to cut text, for the index, the query and what is marked in a result.

Case, accents and the width of letters do not count. Scripts that put no space between words are cut into letters, and
what was typed of them is looked for as a phrase: any stretch of such a text can be found.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

MAX_WORD: Final = 60
"""Letters; longer ones count by their beginning, in the index as in a query."""
_LETTERS: Final = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n"}
)
_DROPPED: Final = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff]")
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)


def _marks() -> str:
    """Vowel signs and the like, which stand within a word of many scripts and are no letters to `re`."""
    found = [code for code in range(0x0300, 0xAC00) if unicodedata.category(chr(code)) in ("Mn", "Mc")]
    return "".join(re.escape(chr(code)) for code in found)


_MARK: Final = f"[{_marks()}]"
_LETTER: Final = rf"[^\W_{_UNSPACED}]"
_UNSPACED_LETTER: Final = re.compile(f"[{_UNSPACED}]")
_WORD: Final = re.compile(f"[{_UNSPACED}]{_MARK}*|{_LETTER}+(?:{_MARK}+{_LETTER}*)*")


class _Folding(dict[int, str]):
    """The folded form of each letter, found when it is first met; `uneven` are those that change in length."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFKD", letter.casefold()).casefold().translate(_LETTERS)
        folded = unicodedata.normalize("NFC", _DROPPED.sub("", plain)).replace("\x00", " ")
        self[code] = folded
        if len(folded) != 1:
            self.uneven.add(letter)
        return folded


_FOLDING: Final = _Folding()


class Word(NamedTuple):
    """A folded word, and from where to where it stands in the text that it was found in."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def words(text: str) -> list[str]:
    """The folded words, in order."""
    return [found[:MAX_WORD] for found in _WORD.findall(fold(text))]


def places(text: str) -> Iterator[Word]:
    """The folded words with their places in `text` as it was written."""
    at = origin(text)
    for found in _WORD.finditer(fold(text)):
        yield Word(found[0][:MAX_WORD], at(found.start()), at(found.end() - 1) + 1)


def origin(text: str) -> Callable[[int], int]:
    """From the place of a letter in the folded text to the place in `text` of that which it was."""
    fold(text)  # so that every letter of it is known
    if _FOLDING.uneven.isdisjoint(text):
        return lambda at: at
    starts, places = [0], [0]  # from each start on, the folded text and the text go on side by side
    shift = 0
    for place, letter in enumerate(text):
        if letter in _FOLDING.uneven:
            length = len(_FOLDING[ord(letter)])
            starts += [place + shift + number for number in range(length)] + [place + shift + length]
            places += [place] * length + [place + 1]
            shift += length - 1

    def at(folded: int) -> int:
        known = bisect_right(starts, folded) - 1
        return places[known] + folded - starts[known]

    return at


def unspaced(letter: str) -> bool:
    """Whether it is of a script that puts no space between words."""
    return _UNSPACED_LETTER.match(letter) is not None
