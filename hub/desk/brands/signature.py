"""What stands under a message: the signature of its channel's brand, else the agent's own."""

from __future__ import annotations

import html
from typing import Final

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk import liquid
from hub.desk.brands.model import Signature
from hub.desk.richtext import as_text

_OF: Final = text(
    """
    select a.name, a.email, a.signature, coalesce(b.name, '') as brand, coalesce(b.signature_html, '') as brand_html
    from channel c
    left join brand b on b.id = c.brand_id and b.removed_at is null
    left join agent a on a.id = :agent_id
    where c.id = :channel_id
    """
)
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def signature_of(connection: AsyncConnection, channel_id: int, agent_id: int | None) -> Signature:
    """Empty where there is none. `agent_id` None: nobody in particular writes."""
    row = (await connection.execute(_OF, {"channel_id": channel_id, "agent_id": agent_id})).one_or_none()
    if row is None:
        return Signature("", "")
    if row.brand_html.strip():
        name, email, brand = row.name or "", row.email or "", row.brand
        try:
            filled = liquid.render(
                row.brand_html,
                {
                    "agent": {"name": name, "first_name": name.partition(" ")[0], "email": email},
                    "brand": {"name": brand},
                },
                html=True,
            )
        except liquid.BadLiquid as failure:  # a signature must never keep a message from going out
            _log.warning("signature left out", channel_id=channel_id, error=str(failure))
            return Signature("", "", brand)
        return Signature(as_text(filled), filled, brand)
    own = (row.signature or "").strip()
    return Signature(own, "<br>".join(html.escape(line) for line in own.splitlines()))
