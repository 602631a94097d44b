"""What is done from time to time."""

from __future__ import annotations

from sqlalchemy import text

from hub.db.engine import Database
from hub.jobs.schedule import drop_leftovers

_LAID = """
with kept as (insert into blob (hash, size) values ('\\x01', 1) returning hash),
     shop as (insert into channel (kind, name) values ('webchat', 'Shop') returning id)
insert into upload (id, channel_id, address, blob_hash, filename, content_type, size, created_at)
select age, shop.id, 'visitor', kept.hash, 'plan.txt', 'text/plain', 1, now() - age::interval
from kept, shop, unnest(array['1 hour', '29 days', '31 days']) age
"""
_FILES = """
insert into attachment (blob_hash, filename, content_type, size, created_at)
select '\\x01', age, 'text/plain', 1, now() - age::interval from unnest(array['1 hour', '25 hours']) age
"""


async def test_files_that_nobody_sent_go_once_they_can_no_longer_be_wanted(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text(_LAID))
        await connection.execute(text(_FILES))
    await drop_leftovers(database)
    async with database.engine.begin() as connection:
        uploads = (await connection.execute(text("select id from upload order by id"))).scalars().all()
        files = (await connection.execute(text("select filename from attachment"))).scalars().all()
    assert uploads == ["1 hour", "29 days"]
    assert files == ["1 hour"]
