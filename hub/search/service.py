"""What keeps the index up to date by itself, as one thing to start and to wake."""

from __future__ import annotations

import asyncio

from hub.db.blobs import BlobStore
from hub.db.engine import Database
from hub.events.feed import Feed
from hub.search.files import FileReader
from hub.search.follower import Follower


class SearchIndex:
    """`run` works until it is cancelled; `wake` says that the feed has something."""

    def __init__(self, database: Database, feed: Feed, blobs: BlobStore) -> None:
        self._follower = Follower(database, feed)
        self._files = FileReader(database, blobs, self._follower.wake)

    def wake(self) -> None:
        self._follower.wake()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._follower.run(), name="search index")
            tasks.create_task(self._files.run(), name="search files")
