"""Channels: set up, tested, watched. Secrets go in and never come out."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from hub.channels import actions, testing
from hub.channels import store as channels
from hub.channels.ledger import MAX_DAYS, ledger, volumes
from hub.channels.model import Channel, ChannelPatch, NewChannel
from hub.channels.secrets import secret_names
from hub.desk.policy import Action
from hub.secrets import SecretsError
from hub.web.answers import channel_render, channel_shapes, destination_render, destination_shapes, shapes
from hub.web.errors import not_found
from hub.web.fields import Id, Name, Query, RequestBody
from hub.web.routes import Call, Routes

routes: Final = Routes()
SettingName = Annotated[str, Field(max_length=100)]
SettingValue = Annotated[str, Field(max_length=20_000)] | int | bool | None
Settings = Annotated[dict[SettingName, SettingValue], Field(max_length=200)]
Secret = Annotated[str, Field(min_length=1, max_length=20_000)]
Secrets = Annotated[dict[SettingName, Secret | None], Field(max_length=50)]
Kind = Annotated[str, Field(min_length=1, max_length=60, pattern="^[a-z][a-z0-9_-]*$")]


class ChannelNew(RequestBody):
    kind: Kind
    name: Name
    settings: Settings = Field(default_factory=dict)
    secrets: Secrets = Field(default_factory=dict)


class ChannelChange(RequestBody):
    """`settings` replaces all of them; a secret that is left out stays, null removes it."""

    name: Name | None = None
    settings: Settings | None = None
    secrets: Secrets = Field(default_factory=dict)
    state: Literal["active", "paused", "archived"] | None = None


class ChannelTest(RequestBody):
    """`channel_id`: secrets that are left out are those stored with that channel."""

    kind: Kind
    settings: Settings = Field(default_factory=dict)
    secrets: Secrets = Field(default_factory=dict)
    channel_id: Id | None = None


class LedgerQuery(Query):
    days: Annotated[int, Field(ge=1, le=MAX_DAYS)] = 30


class VolumeQuery(Query):
    days: Annotated[int, Field(ge=1, le=90)] = 14


@routes.get("/api/connectors", policy=Action.MANAGE_CHANNELS, summary="List the kinds of channel that can be set up")
async def connectors(call: Call[None, None]) -> shapes.Items[channel_shapes.ConnectorKind]:
    return {"items": [channel_render.connector(one) for one in call.services.registry]}


@routes.get("/api/channels", policy=Action.READ_CHANNELS, summary="List the channels; settings for administrators only")
async def list_channels(call: Call[None, None]) -> shapes.Items[channel_shapes.Channel]:
    call.snapshot()
    async with call.services.read() as connection:
        found = await channels.list_channels(connection, archived=False)
    return {"items": [_shape(call, one) for one in found if call.allowed(Action.READ_CHANNELS, one)]}


@routes.get(
    "/api/channels/volume", policy=Action.MANAGE_CHANNELS, summary="How much came and went on every channel, by day"
)
async def read_volumes(call: Call[None, VolumeQuery]) -> shapes.Items[channel_shapes.ChannelVolume]:
    async with call.services.read() as connection:
        found = await volumes(connection, call.query.days)
    return {"items": [channel_render.volume(channel_id, days) for channel_id, days in found.items()]}


@routes.get("/api/channels/{channel_id}", policy=Action.MANAGE_CHANNELS, summary="Read a channel")
async def read(call: Call[None, None]) -> channel_shapes.Channel:
    call.snapshot()
    return _shape(call, await _channel(call))


@routes.post("/api/channels", policy=Action.MANAGE_CHANNELS, summary="Set up a channel", status=201)
async def create(call: Call[ChannelNew, None]) -> channel_shapes.Channel:
    body, services = call.body, call.services
    new = NewChannel(body.kind, body.name, body.settings, _given(body.secrets))
    async with services.write() as tx:
        channel = await actions.create_channel(tx, services.registry, services.vault, new, call.agent.id)
    services.supervisor.wake()
    return _shape(call, channel)


@routes.patch("/api/channels/{channel_id}", policy=Action.MANAGE_CHANNELS, summary="Change, pause or archive a channel")
async def change(call: Call[ChannelChange, None]) -> channel_shapes.Channel:
    body, services = call.body, call.services
    await _channel(call)
    patch = ChannelPatch(body.name, body.settings, body.secrets, body.state)
    async with services.write() as tx:
        channel = await actions.patch_channel(
            tx, services.registry, services.vault, call.path["channel_id"], patch, agent_id=call.agent.id
        )
    services.supervisor.wake()
    return _shape(call, channel)


@routes.post(
    "/api/channels/test",
    policy=Action.MANAGE_CHANNELS,
    summary="Try settings live; leaves no trace",
    seconds=90,
)
async def test(call: Call[ChannelTest, None]) -> channel_shapes.TestResult:
    body, services = call.body, call.services
    steps = await testing.test_settings(
        services.database,
        services.registry,
        services.vault,
        services.oauth,
        services.transcripts,
        kind=body.kind,
        settings=body.settings,
        secrets=_given(body.secrets),
        channel_id=body.channel_id,
        public_url=services.settings.public_url,
    )
    return channel_render.test_result(steps)


@routes.post(
    "/api/channels/{channel_id}/oauth", policy=Action.MANAGE_CHANNELS, summary="Begin the consent at the provider"
)
async def begin_consent(call: Call[None, None]) -> channel_shapes.AuthorizeUrl:
    channel = await _channel(call)
    return {"authorize_url": await call.services.oauth.begin(channel.id, call.agent.id)}


@routes.get(
    "/api/channels/{channel_id}/ledger",
    policy=Action.MANAGE_CHANNELS,
    summary="What came in and went out, by day, newest first",
)
async def read_ledger(call: Call[None, LedgerQuery]) -> shapes.Items[channel_shapes.LedgerDay]:
    channel = await _channel(call)
    async with call.services.read() as connection:
        days = await ledger(connection, channel.id, call.query.days)
    return {"items": [channel_render.ledger_day(one) for one in days]}


@routes.get(
    "/api/channels/{channel_id}/templates",
    policy=Action.WRITE_CONVERSATIONS,
    summary="List the texts that the provider has approved, newest first; a minute old at most",
)
async def read_templates(call: Call[None, None]) -> shapes.Items[destination_shapes.Template]:
    channel = await _channel(call, Action.WRITE_CONVERSATIONS)
    connector = call.services.registry.find(channel.kind)
    if connector is None or not connector.capabilities.templates:
        return {"items": []}
    return {"items": [destination_render.template(one) for one in await call.services.templates.of(channel.id)]}


async def _channel(call: Call[Any, Any], action: Action = Action.MANAGE_CHANNELS) -> Channel:
    async with call.services.read() as connection:
        found = await channels.get_channel(connection, call.path["channel_id"])
    if found is None or not call.allowed(action, found):
        raise not_found("channel")
    return found


def _given(secrets: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in secrets.items() if value is not None}


def _shape(call: Call[Any, Any], channel: Channel) -> channel_shapes.Channel:
    services = call.services
    connector = services.registry.find(channel.kind)
    if not call.allowed(Action.MANAGE_CHANNELS, channel):
        return channel_render.shown_channel(channel, connector)
    needs_consent = False
    if connector is not None:
        needs_consent = connector.consent(connector.schema.with_defaults(channel.settings)) is not None
    try:
        set_ = secret_names(services.vault, channel)
    except SecretsError:  # sealed with a key that is gone: the channel is down and says so
        set_ = []
    return channel_render.channel(channel, connector, services.settings.public_url, set_, oauth=needs_consent)
