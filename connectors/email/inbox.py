"""Reads a mailbox: everything after the cursor, in batches, each acknowledged only after it is stored.

The cursor is {folder: {"uidvalidity", "last_uid", "since", "rescanned"}}: `since` is the first day that is wanted at
all, and `rescanned` the day of the last overlap rescan, which reads the latest days again in case a server put a mail
below the cursor.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from connectors.email.mailbox import MAX_WHOLE, Fetched, Folder, Mailbox, TokenSource, open_mailbox
from connectors.email.model import EmailSettings
from connectors.email.suspects import Suspects
from hub.sdk import ConfigurationError, ConnectionTrouble, Context, Health, Raw, Sink

BATCH_COUNT = 200
BATCH_BYTES = 8 * 1024 * 1024
WINDOW = 2_000  # messages whose sizes are asked for at once
IDLE = 9 * 60.0  # seconds: firewalls and providers forget silent connections after ten minutes
IDLE_WITH_SENT = 120.0  # how late an answer from another mail program may show
OVERLAP = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Watched:
    """A folder that is read. `encoded`: its name is as on the wire."""

    name: str
    sent: bool = False
    encoded: bool = False


class Inbox:
    """`run` reads until cancelled; errors go to the supervisor, which calls it again."""

    def __init__(
        self,
        context: Context,
        settings: EmailSettings,
        tls: ssl.SSLContext,
        token: TokenSource,
        suspects: Suspects,
    ) -> None:
        self._suspects = suspects
        self._context = context
        self._settings = settings
        self._tls = tls
        self._token = token
        self._cursor: dict[str, object] = dict(context.cursor)
        self._health = Health("ok")

    async def run(self, sink: Sink) -> None:
        mailbox = await open_mailbox(self._settings, self._tls, self._token)
        try:
            folders = await self._folders(mailbox)
            while True:
                for watched in reversed(folders):  # the inbox last: it stays open for IDLE
                    await self._read(mailbox, watched, sink)
                self._context.report(self._health)
                await mailbox.wait(IDLE_WITH_SENT if len(folders) > 1 else IDLE)
        finally:
            await mailbox.close()

    async def _folders(self, mailbox: Mailbox) -> list[Watched]:
        found = [Watched(self._settings.folder)]
        if self._settings.sent_copies:
            if self._settings.sent_folder:
                found.append(Watched(self._settings.sent_folder, sent=True))
            elif (name := await mailbox.sent_folder()) is not None:
                found.append(Watched(name, sent=True, encoded=True))
        return [one for index, one in enumerate(found) if one.name not in [other.name for other in found[:index]]]

    async def _read(self, mailbox: Mailbox, watched: Watched, sink: Sink) -> None:
        acts = not watched.sent and self._settings.after_store != "leave"
        folder = await mailbox.open(watched.name, encoded=watched.encoded, write=acts)
        known = self._known(watched, folder)
        if known is None:
            known = await self._start(mailbox, watched, folder, sink)
        if known["uidvalidity"] != folder.validity:
            # Numbered anew: everything since the start is read again, and the hub knows what it has.
            known = {**known, "uidvalidity": folder.validity, "last_uid": 0}
        last = _int(known["last_uid"])
        since = date.fromisoformat(str(known["since"]))
        if not folder.next_uid or folder.next_uid > last + 1:
            while uids := await mailbox.search(last + 1, since if last == 0 else None):
                await self._take(mailbox, watched, folder, known, uids, sink)
                last = uids[-1]
                known = {**known, "last_uid": last}
        await self._rescan(mailbox, watched, folder, known, sink)

    def _known(self, watched: Watched, folder: Folder) -> dict[str, object] | None:
        known = self._cursor.get(watched.name)
        if not isinstance(known, Mapping):
            return None
        return {"since": _today().isoformat(), "rescanned": _today().isoformat(), **known}

    async def _start(self, mailbox: Mailbox, watched: Watched, folder: Folder, sink: Sink) -> dict[str, object]:
        """The first time: where to begin is decided once, and kept."""
        today = _today()
        days = self._settings.start_days if self._settings.start_from == "days" else 0
        new_only = self._settings.start_from == "new"
        known: dict[str, object] = {
            "uidvalidity": folder.validity,
            "last_uid": (await _last_uid(mailbox, folder)) if new_only else 0,
            "since": (today - timedelta(days=days)).isoformat(),
            "rescanned": today.isoformat(),
        }
        await self._store([], watched, known, sink)
        return known

    async def _take(
        self, mailbox: Mailbox, watched: Watched, folder: Folder, known: dict[str, object], uids: list[int], sink: Sink
    ) -> None:
        fresh = uids[-1] > _int(known["last_uid"])
        async for uids_of_batch, raws in self._batches(mailbox, watched, folder, uids):
            last = max(_int(known["last_uid"]), uids_of_batch[-1])
            known = {**known, "last_uid": last}
            await self._store(raws, watched, known, sink)
            if fresh or self._settings.after_store == "move":  # a mail marked unread again by hand stays so
                await self._acknowledge(mailbox, watched, uids_of_batch)

    async def _store(self, raws: list[Raw], watched: Watched, known: dict[str, object], sink: Sink) -> None:
        cursor = {**self._cursor, watched.name: known}
        await sink.receive(raws, cursor)
        self._cursor = cursor

    async def _acknowledge(self, mailbox: Mailbox, watched: Watched, uids: list[int]) -> None:
        if watched.sent or self._settings.after_store == "leave":
            return
        try:
            if self._settings.after_store == "seen":
                await mailbox.mark_seen(uids)
            else:
                await mailbox.move(uids, self._settings.move_to)
            self._health = Health("ok")
        except ConfigurationError as error:  # the mail is stored, and keeps coming
            self._health = Health("degraded", str(error), "Change what happens to stored mail in the settings.")

    async def _batches(
        self, mailbox: Mailbox, watched: Watched, folder: Folder, uids: list[int]
    ) -> AsyncIterator[tuple[list[int], list[Raw]]]:
        position = 0
        while position < len(uids):
            window = self._suspects.window(folder, uids[position : position + WINDOW])
            position += len(window)
            if self._suspects.given_up(folder, window[0]):
                yield window, [self._withheld(watched, folder, window[0], "it ends the connection instead")]
                continue
            with self._suspects.watching(mailbox, folder, window):
                sizes = await mailbox.sizes(window)
            for batch in _split(window, sizes):
                with self._suspects.watching(mailbox, folder, batch):
                    raws = await self._fetch(mailbox, watched, folder, batch, sizes)
                yield batch, raws

    async def _fetch(
        self, mailbox: Mailbox, watched: Watched, folder: Folder, uids: list[int], sizes: dict[int, int]
    ) -> list[Raw]:
        """Every mail of these that exists; one that the server withholds becomes a raw that says so."""
        whole = all(sizes.get(uid, 0) <= MAX_WHOLE for uid in uids)  # a larger one is alone in its batch
        hint = {} if whole else {"truncated": str(sizes[uids[0]])}
        problem = "it answers without the mail"
        try:
            fetched = await mailbox.fetch(uids, whole=whole)
        except LookupError as error:
            fetched, problem = [], str(error)
        raws = [self._raw(watched, folder, one, hint) for one in fetched]
        missing = sorted(set(uids) - {one.uid for one in fetched})
        for uid in await mailbox.still_there(missing) if missing else []:
            if len(uids) > 1:  # alone, it holds up nobody
                raws += await self._fetch(mailbox, watched, folder, [uid], sizes)
            else:
                raws.append(self._withheld(watched, folder, uid, problem))
        return raws

    def _withheld(self, watched: Watched, folder: Folder, uid: int, problem: str) -> Raw:
        """Under a key of its own, so that the mail itself may still come."""
        said = f"The mail server does not hand over this mail ({problem}). Look for it in the mailbox itself."
        where = f"{watched.name};{folder.validity};{uid}"
        hint = {"folder": watched.name, "problem": said}
        return Raw(f"{where};withheld", f"{said} ({where})".encode(), datetime.now(UTC), hint)

    def _raw(self, watched: Watched, folder: Folder, fetched: Fetched, hint: dict[str, str]) -> Raw:
        where = {"folder": watched.name, **({"sent": "yes"} if watched.sent else {}), **hint}
        return Raw(f"{watched.name};{folder.validity};{fetched.uid}", fetched.content, fetched.arrived_at, where)

    async def _rescan(
        self, mailbox: Mailbox, watched: Watched, folder: Folder, known: dict[str, object], sink: Sink
    ) -> None:
        today = _today()
        if date.fromisoformat(str(known["rescanned"])) >= today:
            return
        since = max(today - OVERLAP, date.fromisoformat(str(known["since"])))
        known = {**known, "rescanned": today.isoformat()}
        uids = [uid for uid in await mailbox.search(1, since) if uid <= _int(known["last_uid"])]
        if uids:
            await self._take(mailbox, watched, folder, known, uids, sink)
        else:
            await self._store([], watched, known, sink)


async def waiting(mailbox: Mailbox, settings: EmailSettings) -> tuple[Folder, int]:
    """The folder, and how many mails would come in if the channel started now; changes nothing."""
    folder = await mailbox.open(settings.folder)
    if settings.start_from == "new":
        return folder, 0
    return folder, len(await mailbox.search(1, _today() - timedelta(days=settings.start_days)))


async def _last_uid(mailbox: Mailbox, folder: Folder) -> int:
    if folder.next_uid:
        return folder.next_uid - 1
    uids = await mailbox.search(1)
    return uids[-1] if uids else 0


def _split(uids: list[int], sizes: dict[int, int]) -> Iterator[list[int]]:
    """Batches of bounded count and bytes, in order."""
    batch: list[int] = []
    total = 0
    for uid in uids:
        size = min(sizes.get(uid, 0), MAX_WHOLE + 1)
        if batch and (total + size > BATCH_BYTES or len(batch) >= BATCH_COUNT):
            yield batch
            batch, total = [], 0
        batch.append(uid)
        total += size
    if batch:
        yield batch


def _today() -> date:
    return datetime.now(UTC).date()


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise ConnectionTrouble(
            "The stored position in the mailbox is unreadable. Pause the channel and start it again."
        )
    return value
