"""`hub check`: tries what the hub needs and changes nothing that matters."""

from __future__ import annotations

import shutil
from typing import Final

from hub.db.engine import create_engine
from hub.db.migrate import newest, revision
from hub.db.server import database_server
from hub.folder import is_claimed, make_private
from hub.secrets import open_vault
from hub.settings import Settings, config_file
from hub.terminal import say

_LOW_DISK_BYTES: Final = 1_000_000_000


async def check(settings: Settings) -> int:
    """Say each thing tried and its result; 0 when all is well, 1 when something needs a hand.

    Raises as `open_vault` and `database_server` do.
    """
    problems: list[str] = []
    say(f"settings   {config_file(settings.data_dir) or 'environment and defaults only'}")
    make_private(settings.data_dir)
    say(f"data       {settings.data_dir}{' (a hub is running on it)' if is_claimed(settings.data_dir) else ''}")
    free = shutil.disk_usage(settings.data_dir).free
    if free < _LOW_DISK_BYTES:
        problems.append(f"Only {free // 1_000_000} MB are free on the disk of {settings.data_dir}. Make room.")
    open_vault(settings)
    say("key        HUB_SECRET_KEY" if settings.secret_key else f"key        {settings.data_dir / 'secret.key'}")
    async with database_server(settings, join=True) as server:
        engine = create_engine(server.url)
        try:
            async with engine.connect() as connection:
                version = connection.dialect.server_version_info or ()
            found, wanted = await revision(engine), newest()
        finally:
            await engine.dispose()
        where = "HUB_DATABASE_URL" if settings.database_url else f"the hub's own, while it runs at {server.url}"
    say(f"database   PostgreSQL {'.'.join(map(str, version))} ({where})\nrevision   {found or 'none yet'}")
    if found is not None and found != wanted:
        problems.append(f"The database is at revision {found}, this version works with {wanted}: run hub migrate.")
    if settings.host not in ("127.0.0.1", "::1", "localhost") and settings.public_url.startswith("http:"):
        problems.append("The hub listens to other machines without TLS: put a proxy before it and set HUB_PUBLIC_URL.")
    say(f"address    {settings.public_url}")
    say(*(f"PROBLEM    {problem}" for problem in problems)) if problems else say("All is well.")
    return 1 if problems else 0
