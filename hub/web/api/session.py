"""Signing in and out, accepting an invite, and an agent's own settings."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field

from hub import __version__
from hub.demo import demo_present
from hub.desk import agents, invites, sessions
from hub.desk.errors import BadCredentials
from hub.desk.model import Session
from hub.desk.policy import Action
from hub.web import auth
from hub.web.answers import render, shapes
from hub.web.errors import invalid
from hub.web.fields import Email, LongText, Name, Password, RequestBody
from hub.web.routes import Call, Public, Routes
from hub.web.security import client_address

routes: Final = Routes()
HUB_NAME: Final = "Allways"
GivenPassword = Annotated[str, Field(min_length=1, max_length=1000, json_schema_extra={"format": "password"})]


class Credentials(RequestBody):
    email: Annotated[str, Field(min_length=1, max_length=254)]
    password: GivenPassword


class AcceptInvite(RequestBody):
    name: Name
    email: Email
    password: Password


def _offered(seconds: int) -> int:
    if seconds not in UNDO_SECONDS:
        raise ValueError("Choose 0, 5, 10 or 30 seconds.")
    return seconds


UNDO_SECONDS: Final = (0, 5, 10, 30)
UndoSeconds = Annotated[
    int, Field(strict=True, json_schema_extra={"enum": list(UNDO_SECONDS)}), AfterValidator(_offered)
]


class MyPatch(RequestBody):
    name: Name | None = None
    signature: LongText | None = None
    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")] | None = None
    theme: Literal["system", "light", "dark"] | None = None
    undo_seconds: UndoSeconds | None = None


class NewPassword(RequestBody):
    current: GivenPassword
    new: Password


@routes.get("/api/session", policy=Action.READ_SELF, summary="Who is signed in", secret=True)
async def read(call: Call[None, None]) -> shapes.Session:
    return await _shape(call, call.session)


@routes.post(
    "/api/session",
    policy=Public("Nobody is signed in yet; tries are limited, and only our own pages may send it."),
    summary="Sign in",
    csrf=False,
)
async def sign_in(call: Call[Credentials, None]) -> shapes.Session:
    request, services = call.request, call.services
    door = request.app[auth.DOOR]
    address = client_address(request, services.settings.trusted_proxies)
    door.knock(address, call.body.email)
    session = await sessions.sign_in(
        services.outbox,
        call.body.email.strip(),
        call.body.password,
        idle=auth.idle(services.settings),
        user_agent=auth.user_agent(request),
    )
    door.welcome(address, call.body.email)
    return await _begun(call, session)


@routes.delete("/api/session", policy=Action.READ_SELF, summary="Sign out")
async def sign_out(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await sessions.end(tx, auth.cookie_token(call.request))
    call.cookie = ""


@routes.get(
    "/api/invites/{token}",
    policy=Public("The token is the secret, 256 bits long; tries are limited."),
    summary="What an invite is for",
    secret=True,
)
async def read_invite(call: Call[None, None]) -> shapes.Invite:
    _knock(call)
    async with call.services.read() as connection:
        invite = await invites.read_invite(connection, call.path["token"])
    agent = invite.agent
    return {
        "purpose": invite.purpose,
        "email": agent.email if agent else None,
        "name": agent.name if agent else None,
        "expires_at": invite.expires_at,
    }


@routes.post(
    "/api/invites/{token}",
    policy=Public("The token is the secret, 256 bits long; tries are limited."),
    summary="Accept an invite: choose name and password, and be signed in",
    csrf=False,
)
async def accept_invite(call: Call[AcceptInvite, None]) -> shapes.Session:
    _knock(call)
    body, services = call.body, call.services
    agent = await invites.accept(
        services.outbox, call.path["token"], name=body.name, email=body.email, password=body.password
    )
    async with services.write() as tx:
        session = await sessions.begin(
            tx, agent, idle=auth.idle(services.settings), user_agent=auth.user_agent(call.request)
        )
    return await _begun(call, session)


@routes.patch(
    "/api/me", policy=Action.CHANGE_SELF, summary="Change one's own name, signature, language, theme or time to undo"
)
async def change_me(call: Call[MyPatch, None]) -> shapes.Me:
    body = call.body
    async with call.services.write() as tx:
        agent = await agents.change_self(
            tx,
            call.agent.id,
            name=body.name,
            signature=body.signature,
            locale=body.locale,
            theme=body.theme,
            undo_seconds=body.undo_seconds,
        )
    return render.me(agent)


@routes.post("/api/me/password", policy=Action.CHANGE_SELF, summary="Change one's own password; ends other sessions")
async def change_password(call: Call[NewPassword, None]) -> None:
    request = call.request
    request.app[auth.DOOR].knock(client_address(request, call.services.settings.trusted_proxies), call.agent.email)
    try:
        await agents.change_password(
            call.services.outbox,
            call.agent,
            current=call.body.current,
            new=call.body.new,
            session_token=auth.cookie_token(request),
        )
    except BadCredentials as failure:
        raise invalid("current", str(failure)) from None


def _knock(call: Call[Any, Any]) -> None:
    call.request.app[auth.DOOR].knock(client_address(call.request, call.services.settings.trusted_proxies))


async def _begun(call: Call[Any, Any], session: Session) -> shapes.Session:
    """A new session with a new token; whatever the browser was signed in as before has ended."""
    before = auth.cookie_token(call.request)
    if before:
        async with call.services.write() as tx:
            await sessions.end(tx, before)
    call.cookie = session.token
    return await _shape(call, session)


async def _shape(call: Call[Any, Any], session: Session) -> shapes.Session:
    """The first that a page reads: what happens from here on reaches it."""
    if call.services.feed.position is not None:
        call.snapshot()
    async with call.services.read() as connection:
        demo = await demo_present(connection)
    agent = session.agent
    page = (call.services.demo_page or None) if demo else None
    return {
        "agent": render.me(agent),
        "csrf": session.csrf,
        "locale": agent.locale,
        "hub": {"name": HUB_NAME, "version": __version__, "demo": demo, "demo_page": page},
    }
