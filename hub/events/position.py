"""A place in the feed, to resume from.

Positions are ordered by (xid, id). A sequence alone is not the order of commits: a reader at 100 would miss 99,
committed later. Readers stop before the oldest transaction still in progress, so nothing can appear behind them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """`epoch` names the database's life: it changes when a backup is restored, and older positions are void."""

    epoch: str
    xid: int
    id: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.xid}.{self.id}"

    @classmethod
    def parse(cls, value: str) -> Position:
        """Raises ValueError for anything that `str(position)` never gives."""
        epoch, xid, number = value.split(".")
        if not (xid.isascii() and xid.isdigit() and number.isascii() and number.isdigit()):
            raise ValueError("not a feed position")
        if int(xid) >= 1 << 64 or int(number) >= 1 << 63:
            raise ValueError("not a feed position")
        return cls(epoch, int(xid), int(number))


HEAD = """
select left(epoch::text, 8) as epoch, pg_snapshot_xmin(pg_current_snapshot())::text as xid from installation
"""
_HEAD = text(HEAD)


async def head(connection: AsyncConnection) -> Position:
    """The newest position. Take it before reading a snapshot: the snapshot then holds everything up to it, and the
    feed after it brings whatever may be missing (some of it again, which an upsert does not mind)."""
    epoch, xid = (await connection.execute(_HEAD)).one()
    return Position(epoch, int(xid), 0)
