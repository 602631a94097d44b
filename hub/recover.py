"""After a crash, on the hub's own server: the leases of the process that died need not be waited for.

Only one hub ever works on an embedded server (its data folder is locked), so whatever is leased when it starts was
left by one that is gone. On a shared server the leases end by themselves, in seconds.
"""

from __future__ import annotations

from typing import Final

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_ALONE: Final = text("select current_setting('allways.embedded', true) = 'on'")
_CHANNELS: Final = text(
    "update channel set lease_owner = null, lease_until = null where lease_owner is not null returning id"
)
_JOBS: Final = text("update job set lease_until = now() where state = 'running' returning id")
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def end_lost_leases(connection: AsyncConnection) -> None:
    """Ends all leases, on an embedded server. What was being sent is settled as after any lost worker."""
    if not (await connection.execute(_ALONE)).scalar_one():
        return
    channels = len((await connection.execute(_CHANNELS)).all())
    jobs = len((await connection.execute(_JOBS)).all())
    if channels or jobs:
        _log.warning("the last hub ended without notice; going on", channels=channels, jobs=jobs)
