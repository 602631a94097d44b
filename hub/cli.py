"""The command line: `hub serve`, `hub demo`, `hub migrate`, `hub check`, `hub version`.

Imports that cost time or memory are made by the command that needs them.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from hub import __version__
from hub.terminal import complain, say

if TYPE_CHECKING:
    from hub.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code: 0 done, 1 refused or failed with a message, 2 not understood."""
    given = _parser().parse_args(arguments)
    try:
        command: Callable[[argparse.Namespace], int] = given.command
        return command(given)
    except KeyboardInterrupt:
        return 130
    except _refusals() as refusal:
        complain(f"hub: {refusal}")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hub", description="Allways, the contact-centre hub.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    folder = argparse.ArgumentParser(add_help=False)
    folder.add_argument("--data", metavar="FOLDER", help="the data folder (HUB_DATA_DIR)")
    address = argparse.ArgumentParser(add_help=False)
    address.add_argument("--host", help="address to listen on (HUB_HOST; default 127.0.0.1)")
    address.add_argument("--port", type=int, help="port to listen on (HUB_PORT; default 8080; 0 takes a free one)")

    serve = commands.add_parser("serve", parents=[folder, address], help="run the hub")
    serve.set_defaults(command=_serve, demo=None)
    demo = commands.add_parser(
        "demo", parents=[folder, address], help="run the hub with example customers, one of whom writes while you watch"
    )
    demo.set_defaults(command=_serve, demo=True)
    migrate = commands.add_parser("migrate", parents=[folder], help="bring the database up to date, then end")
    migrate.set_defaults(command=_migrate)
    check = commands.add_parser("check", parents=[folder], help="try settings, key and database, change nothing")
    check.set_defaults(command=_check)
    version = commands.add_parser("version", help="print the version")
    version.set_defaults(command=_version)
    return parser


def _refusals() -> tuple[type[Exception], ...]:
    """The errors whose message is meant for the operator; only imported once something was raised."""
    from hub.db.binaries import EmbeddedPostgresError
    from hub.db.migrate import MigrationError
    from hub.db.server import DatabaseUnreachableError
    from hub.folder import FolderInUseError
    from hub.secrets import SecretsError
    from hub.settings import SettingsError

    database = (DatabaseUnreachableError, EmbeddedPostgresError, MigrationError)
    return (SettingsError, SecretsError, FolderInUseError, *database)


def _load(given: argparse.Namespace) -> Settings:
    from hub.log import configure_logging
    from hub.settings import load_settings

    settings = load_settings(
        data_dir=given.data,
        host=getattr(given, "host", None),
        port=getattr(given, "port", None),
        demo=getattr(given, "demo", None),
    )
    configure_logging(settings)
    return settings


def _serve(given: argparse.Namespace) -> int:
    # structlog loads rich (13 MB) wherever that happens to be installed; the hub writes plain tracebacks.
    sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
    from hub.app import run
    from hub.folder import claim
    from hub.process import run_until_stopped

    settings = _load(given)
    with claim(settings.data_dir):
        return run_until_stopped(settings, run)


def _migrate(given: argparse.Namespace) -> int:
    from hub.db.engine import create_engine
    from hub.db.migrate import migrate
    from hub.db.server import database_server

    settings = _load(given)

    async def work() -> str:
        async with database_server(settings, join=True) as server:
            engine = create_engine(server.url)
            try:
                return await migrate(engine)
            finally:
                await engine.dispose()

    say(f"The database is at revision {asyncio.run(work())}.")
    return 0


def _check(given: argparse.Namespace) -> int:
    from hub.check import check

    return asyncio.run(check(_load(given)))


def _version(_given: argparse.Namespace) -> int:
    say(f"Allways {__version__}, Python {sys.version.split()[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
