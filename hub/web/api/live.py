"""The door of the live socket."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from hub.desk.policy import Action
from hub.web.auth import cookie_token
from hub.web.errors import Problem, forbidden
from hub.web.live import LIVE
from hub.web.live_client import MESSAGE_BYTES, Client
from hub.web.routes import Call, Routes
from hub.web.security import ORIGIN

routes: Final = Routes()


@routes.get(
    "/api/live",
    policy=Action.READ_CONVERSATIONS,
    summary="WebSocket with everything that changes",
    status=101,
    socket=True,
)
async def live(call: Call[None, None]) -> web.StreamResponse:
    request = call.request
    if call.session.scopes is not None:
        raise forbidden("The live socket is for the pages. A program subscribes to a webhook.")
    if not request.app[ORIGIN].allows(request):
        raise forbidden("The request came from another site. Open the hub itself and try again.")
    socket = web.WebSocketResponse(compress=False, max_msg_size=MESSAGE_BYTES, timeout=1.0)
    if not socket.can_prepare(request):
        raise Problem(426, "not_a_socket", "This is a WebSocket.", "Open it as one.", headers={"Upgrade": "websocket"})
    await socket.prepare(request)
    client = Client(socket, request.transport, call.session, cookie_token(request), call.agent)
    await request.app[LIVE].serve(client)
    return socket
