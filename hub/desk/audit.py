"""Who did what to the configuration and to accounts: append only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import orjson
from sqlalchemy import text

from hub.events.outbox import Tx

_RECORD: Final = text(
    "insert into audit (agent_id, action, subject, data) values (:agent_id, :action, :subject, cast(:data as jsonb))"
)


async def record(
    tx: Tx, agent_id: int | None, action: str, subject: str, data: Mapping[str, object] | None = None
) -> None:
    """`agent_id` None: nobody was signed in (the first administrator, a command). `data` holds no secrets."""
    await tx.connection.execute(
        _RECORD,
        {"agent_id": agent_id, "action": action, "subject": subject, "data": orjson.dumps(dict(data or {})).decode()},
    )
