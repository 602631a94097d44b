"""Trying settings live, before or after they are saved. It leaves no trace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Final

import structlog

from hub.channels.actions import check_settings
from hub.channels.context import ChannelContext, LogFactory, NoCalls, TokenSource, no_token
from hub.channels.errors import ChannelUnknown
from hub.channels.registry import Registry
from hub.channels.secrets import OAUTH_PREFIX, unseal
from hub.channels.store import get_channel
from hub.db.engine import Database
from hub.sdk import ConnectorError, Health, TestStep
from hub.secrets import Vault

TEST_SECONDS: Final = 60.0
CLOSE_SECONDS: Final = 5.0
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def test_settings(
    database: Database,
    registry: Registry,
    vault: Vault,
    tokens: TokenSource,
    logs: LogFactory,
    *,
    kind: str,
    settings: Mapping[str, object],
    secrets: Mapping[str, str],
    channel_id: int | None,
    public_url: str,
) -> Sequence[TestStep]:
    """What was tried, in order, ending with what did not work. With `channel_id`, secrets that are not given are those
    stored for it. Raises UnknownKind, SettingsInvalid and ChannelUnknown."""
    connector = registry.get(kind)
    stored: dict[str, str] = {}
    if channel_id is not None:
        async with database.engine.connect() as connection:
            channel = await get_channel(connection, channel_id)
        if channel is None or channel.kind != kind:
            raise ChannelUnknown(channel_id)
        stored = unseal(vault, channel_id, channel.sealed)
    own = {name: value for name, value in stored.items() if not name.startswith(OAUTH_PREFIX)}
    own |= {name: value for name, value in secrets.items() if value}
    check_settings(connector, settings, own)

    async def token(renew: bool) -> str:
        return await (no_token(renew) if channel_id is None else tokens.access_token(channel_id, renew=renew))

    opened = connector.schema.with_defaults({**settings, **own})
    log = logs.log(channel_id or 0, connector)
    context = ChannelContext(channel_id or 0, opened, {}, _ignore, token, log, NoCalls(), vault.hmac, public_url)
    started = time.monotonic()
    try:
        session = connector.open(context)
    except ConnectorError as failure:
        return [_failed(str(failure), started)]
    try:
        async with asyncio.timeout(TEST_SECONDS):
            return await session.test()
    except ConnectorError as failure:
        return [_failed(str(failure), started)]
    except TimeoutError:
        return [_failed(f"There was no answer within {TEST_SECONDS:.0f} s.", started)]
    except Exception:  # noqa: BLE001  # a connector's fault is a failed test, told to the administrator
        _log.exception("settings test broke off", kind=kind)
        return [_failed("The connector failed; the hub's log says how.", started)]
    finally:
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await session.close()
        except Exception:  # noqa: BLE001  # the test's result stands
            _log.exception("session not closed", kind=kind)


test_settings.__test__ = False  # type: ignore[attr-defined]  # not one of pytest's


def _ignore(_health: Health) -> None:
    """A test says nothing of how a channel does."""


def _failed(detail: str, started: float) -> TestStep:
    step = "Check the settings, then test again."
    return TestStep("test", "Try the settings", False, detail, step, round(time.monotonic() - started, 3))
