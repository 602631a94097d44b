"""The demo's one action: away with it."""

from __future__ import annotations

from typing import Final

from hub.demo import remove_demo
from hub.desk.policy import Action
from hub.web.live import LIVE
from hub.web.routes import Call, Routes

routes: Final = Routes()


@routes.delete("/api/demo", policy=Action.MANAGE_DEMO, summary="Remove the demo's channel, customers and messages")
async def remove(call: Call[None, None]) -> None:
    await remove_demo(call.services.outbox)
    call.services.supervisor.wake()
    call.request.app[LIVE].reload()
