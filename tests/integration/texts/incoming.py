"""What comes in on a channel of texts, as short to write as it can be."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from hub.channels.model import Channel
from hub.sdk import Accepted, Raw
from tests.outbound_world import World

_numbers = itertools.count(1)


def said(text: str, sender: str, *, at: datetime | None = None, key: str = "", **fields: Any) -> Raw:
    content = json.dumps({"from": sender, "text": text, **fields, "n": key or next(_numbers)})
    return Raw(key or f"SM{next(_numbers)}", content.encode(), at or datetime.now(UTC))


async def receive(world: World, channel: Channel, *raws: Raw) -> Sequence[Accepted]:
    return await world.intake.sink(channel.id).receive(raws)
