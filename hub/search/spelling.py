"""Words that are written much the same: trigrams find candidates, the number of slips chooses."""

from __future__ import annotations

from typing import Final

from hub.db.engine import Reader
from hub.search import store

_SHORTEST: Final = 4


async def closest(reader: Reader, word: str) -> str | None:
    """The known word with the fewest slips in it: one in a short word, two in a longer one."""
    if len(word) < _SHORTEST:
        return None
    candidates = await store.alike(reader, word)
    most = 1 if len(word) < 6 else 2
    slipped = [(slips(word, one), at, one) for at, one in enumerate(candidates)]
    best = min(slipped, default=None)
    return best[2] if best is not None and best[0] <= most else None


def slips(one: str, other: str) -> int:
    """Letters added, left out, wrong, or changed with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        previous, row = row, [i]
        for j, its in enumerate(other, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = previous
    return row[-1]
