"""Where a provider's consent page sends the administrator's browser back to."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import quote

from aiohttp import web
from pydantic import ConfigDict, Field

from hub.channels.errors import ConsentFailed
from hub.desk.policy import Action
from hub.web.fields import Query
from hub.web.routes import Call, Routes

routes: Final = Routes()


class ConsentReturn(Query):
    """Providers add parameters of their own; only these are read."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    state: Annotated[str, Field(max_length=200)] = ""
    code: Annotated[str, Field(max_length=2000, pattern=r"^[\x20-\x7e]*$")] = ""
    error: Annotated[str, Field(max_length=100)] = ""


@routes.get(
    "/api/oauth/callback",
    policy=Action.MANAGE_CHANNELS,
    summary="The browser's way back from a provider's consent page",
    status=302,
    seconds=60,
)
async def callback(call: Call[None, ConsentReturn]) -> web.StreamResponse:
    query = call.query
    try:
        channel_id = await call.services.oauth.finish(query.state, query.code, query.error, call.agent.id)
    except ConsentFailed as failure:
        return _to(f"/admin/channels?consent_failed={quote(str(failure))}")
    call.services.supervisor.wake()
    return _to(f"/admin/channels/{channel_id}")


def _to(path: str) -> web.Response:
    return web.Response(status=302, headers={"Location": path})
