"""Mails that a server cannot hand over without dropping the connection, so that one of them holds up nobody.

A real Dovecot ends the connection when a mail's file is unreadable, even when only its size is asked for. What was
being fetched then is fetched one by one the next time; a mail at which the connection ends again and again is given up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from connectors.email.mailbox import Folder, Mailbox
from hub.sdk import ConnectionTrouble

PATIENCE = 12
SAID_BYE = 4  # the server ended it on purpose: three times are enough; a line that merely breaks gets twelve chances


class Suspects:
    """Lives as long as the session: what was learnt outlasts the connection."""

    def __init__(self) -> None:
        self._singly: set[tuple[str, int, int]] = set()
        self._weight: Counter[tuple[str, int, int]] = Counter()

    def window(self, folder: Folder, uids: Sequence[int]) -> list[int]:
        """As many of the first ones as may be asked for together."""
        together: list[int] = []
        for uid in uids:
            if (folder.name, folder.validity, uid) in self._singly:
                return together or [uid]
            together.append(uid)
        return together

    def given_up(self, folder: Folder, uid: int) -> bool:
        return self._weight[folder.name, folder.validity, uid] >= PATIENCE

    @contextmanager
    def watching(self, mailbox: Mailbox, folder: Folder, uids: Sequence[int]) -> Iterator[None]:
        """Remembers these mails when the connection ends inside."""
        keys = [(folder.name, folder.validity, uid) for uid in uids]
        try:
            yield
        except ConnectionTrouble:
            if mailbox.is_lost:
                self._singly.update(keys)
                if len(keys) == 1:
                    self._weight[keys[0]] += SAID_BYE if mailbox.farewell else 1
            raise
        self._singly.difference_update(keys if len(keys) == 1 else ())
