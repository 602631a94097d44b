"""The command line: `hub serve`, `hub demo`, `hub migrate`, `hub check`, `hub backup`, `hub restore`,
`hub connector new`, `hub version`.

Imports that cost time or memory are made by the command that needs them.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
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
    check = commands.add_parser(
        "check", parents=[folder], help="try settings, key, database and channels, change nothing"
    )
    check.add_argument("--no-channels", action="store_true", help="leave out the live test of each channel")
    check.add_argument("--json", action="store_true", help="say it for a program")
    check.set_defaults(command=_check)
    backup = commands.add_parser(
        "backup", parents=[folder], help="write database and attachments into one file; the hub may be running"
    )
    backup.add_argument("file", metavar="FILE", type=Path, help="the file to write, which must not exist yet")
    backup.add_argument(
        "--with-key", action="store_true", help="put secret.key in too; then the file opens the channels' passwords"
    )
    backup.set_defaults(command=_backup)
    restore = commands.add_parser("restore", parents=[folder], help="put a backup in place; no hub may be running")
    restore.add_argument("file", metavar="FILE", type=Path, help="what `hub backup` wrote")
    restore.add_argument("--replace", action="store_true", help="in place of a database that is not empty")
    restore.set_defaults(command=_restore)
    connector = commands.add_parser("connector", help="write a connector of one's own")
    new = connector.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "new", help="write a connector to start from, which passes the conformance suite as it is"
    )
    new.add_argument("kind", metavar="KIND", help="what to call this kind of channel, such as sms")
    new.add_argument("--folder", type=Path, help="the folder to write, which must be new (default: allways-KIND)")
    new.set_defaults(command=_new_connector)
    version = commands.add_parser("version", help="print the version")
    version.set_defaults(command=_version)
    return parser


def _refusals() -> tuple[type[Exception], ...]:
    """The errors whose message is meant for the operator; only imported once something was raised."""
    from hub.backup.archive import BackupError
    from hub.db.binaries import EmbeddedPostgresError
    from hub.db.migrate import MigrationError
    from hub.db.server import DatabaseUnreachableError
    from hub.folder import FolderInUseError
    from hub.scaffold.new import ScaffoldError
    from hub.secrets import SecretsError
    from hub.settings import SettingsError

    database = (DatabaseUnreachableError, EmbeddedPostgresError, MigrationError)
    return (SettingsError, SecretsError, FolderInUseError, BackupError, ScaffoldError, *database)


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

    return asyncio.run(check(_load(given), channels=not given.no_channels, as_json=given.json))


def _backup(given: argparse.Namespace) -> int:
    from hub.backup.take import take_backup

    manifest = asyncio.run(take_backup(_load(given), given.file.absolute(), with_key=given.with_key))
    say(f"{given.file}: the database and {manifest.attachments} attachments, as of {manifest.taken_at}.")
    if manifest.attachments_in != "archive":
        say(f"The attachments themselves stay in {manifest.attachments_in}: keep that bucket's versions as long.")
    if not manifest.key_sha256:
        say("The secret key is not in it. Keep it elsewhere: without it the channels' passwords are lost.")
    if manifest.missing_attachments:
        complain(f"hub: {len(manifest.missing_attachments)} attachments are lost or damaged; all else is in it.")
    return 1 if manifest.missing_attachments else 0


def _restore(given: argparse.Namespace) -> int:
    from hub.backup.restore import restore_backup

    settings = _load(given)
    done = asyncio.run(restore_backup(settings, given.file.absolute(), replace=given.replace))
    say(
        f"Restored: the hub of {done.manifest.taken_at}, with {done.attachments} attachments. Everybody signs in again."
    )
    say("Agents that were disabled and API tokens that were revoked since then are valid again: do it once more.")
    if done.doubtful:
        say(f"{done.doubtful} messages were waiting then: they are marked uncertain, and sent again by hand only.")
    say("Callback queues in which somebody waited are paused: see who was called since, then let them go on.")
    if done.manifest.attachments_in != "archive":
        say(f"The attachments are in {done.manifest.attachments_in}: see that the bucket is as it was then.")
    if not done.key_fits:
        say("The secret key here is not the one of the backup: put that one back, or enter the passwords again.")
    return 0


def _new_connector(given: argparse.Namespace) -> int:
    from hub.channels.registry import installed_kinds
    from hub.scaffold.new import new_connector

    folder = (given.folder or Path(f"allways-{given.kind}")).absolute()
    written = new_connector(given.kind, folder, installed_kinds())
    say(
        f"{len(written)} files are in {folder}. It passes its tests as it is; README.md there says what to replace.",
        f"    cd {folder}",
        "    python -m pip install -e '.[dev]' && python -m pytest",
    )
    return 0


def _version(_given: argparse.Namespace) -> int:
    say(f"Allways {__version__}, Python {sys.version.split()[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
