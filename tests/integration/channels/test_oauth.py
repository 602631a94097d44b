"""Consent and tokens, against an OAuth server that checks what it is given."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from hub.channels.actions import create_channel
from hub.channels.errors import ConsentFailed
from hub.channels.model import Channel, NewChannel
from hub.channels.store import get_channel
from hub.sdk import ConnectionTrouble, CredentialsRefused
from tests.oauth_server import OAuthServer, oauth_server
from tests.outbound_world import World, eventually

ADA, BEN = 1, 2


@pytest_asyncio.fixture
async def server() -> AsyncIterator[OAuthServer]:
    async with oauth_server() as made:
        yield made


@pytest_asyncio.fixture
async def channel(world: World, server: OAuthServer) -> Channel:
    for name in ("ada", "ben"):
        await world.rows(
            "insert into agent (email, name, role) values (:email, :name, 'administrator')",
            email=f"{name}@desk.test",
            name=name,
        )
    new = NewChannel(
        "scripted",
        "Mailbox",
        {"address": "mailbox@acme.test", "auth": "oauth", "oauth_server": server.url},
        {"client_secret": "canary-client-secret"},
    )
    async with world.outbox.transaction() as tx:
        return await create_channel(tx, world.registry, world.vault, new, ADA)


async def connect(world: World, server: OAuthServer, channel: Channel) -> None:
    answer = server.consent(await world.oauth.begin(channel.id, ADA))
    assert await world.oauth.finish(answer["state"], answer["code"], "", ADA) == channel.id


async def now(world: World, channel: Channel) -> Channel:
    async with world.database.engine.connect() as connection:
        found = await get_channel(connection, channel.id)
    assert found is not None
    return found


async def test_a_consent_connects_the_channel(world: World, server: OAuthServer, channel: Channel) -> None:
    with pytest.raises(CredentialsRefused, match="connect"):
        await world.oauth.access_token(channel.id)
    url = await world.oauth.begin(channel.id, ADA)
    assert "login_hint=mailbox%40acme.test" in url
    assert "tenant=t" in url
    answer = server.consent(url)
    await world.oauth.finish(answer["state"], answer["code"], "", ADA)
    after = await now(world, channel)
    assert after.oauth_connected
    assert after.oauth_account == "mailbox@acme.test"
    assert after.version > channel.version
    assert await world.oauth.access_token(channel.id) == "canary-access-3"
    assert len(server.requests) == 1


async def test_a_state_works_once_for_who_began_and_not_for_long(
    world: World, server: OAuthServer, channel: Channel
) -> None:
    first = server.consent(await world.oauth.begin(channel.id, ADA))
    with pytest.raises(ConsentFailed):
        await world.oauth.finish(first["state"], first["code"], "", BEN)
    with pytest.raises(ConsentFailed):
        await world.oauth.finish(first["state"], first["code"], "", ADA)
    with pytest.raises(ConsentFailed):
        await world.oauth.finish("made up", first["code"], "", ADA)
    late = server.consent(await world.oauth.begin(channel.id, ADA))
    await world.rows("update oauth_consent set expires_at = now()")
    with pytest.raises(ConsentFailed):
        await world.oauth.finish(late["state"], late["code"], "", ADA)
    refused = server.consent(await world.oauth.begin(channel.id, ADA))
    with pytest.raises(ConsentFailed, match="access_denied"):
        await world.oauth.finish(refused["state"], "", "access_denied", ADA)
    assert server.requests == []
    assert not (await now(world, channel)).oauth_connected


async def test_a_code_of_another_consent_is_refused_by_pkce(
    world: World, server: OAuthServer, channel: Channel
) -> None:
    mine, other = [server.consent(await world.oauth.begin(channel.id, ADA)) for _ in range(2)]
    with pytest.raises(ConsentFailed, match="invalid_grant"):
        await world.oauth.finish(mine["state"], other["code"], "", ADA)


async def test_an_account_that_gives_no_refresh_token_is_not_connected(
    world: World, server: OAuthServer, channel: Channel
) -> None:
    server.without_refresh = True
    with pytest.raises(ConsentFailed, match="refresh"):
        await connect(world, server, channel)
    assert not (await now(world, channel)).oauth_connected


async def test_many_who_need_a_token_cause_one_refresh(world: World, server: OAuthServer, channel: Channel) -> None:
    server.expires_in = 60
    await connect(world, server, channel)
    server.expires_in, server.delay = 3600, 0.2
    tokens = await asyncio.gather(*(world.oauth.access_token(channel.id) for _ in range(8)))
    assert len(set(tokens)) == 1
    assert [one["grant_type"] for one in server.requests] == ["authorization_code", "refresh_token"]
    renewed = await asyncio.gather(*(world.oauth.access_token(channel.id, renew=True) for _ in range(8)))
    assert len(set(renewed)) == 1
    assert renewed[0] != tokens[0]
    assert len(server.requests) == 3


async def test_an_ended_consent_takes_the_channel_down_until_it_is_connected_again(
    world: World, server: OAuthServer, channel: Channel
) -> None:
    await connect(world, server, channel)
    server.revoked = True
    with pytest.raises(CredentialsRefused, match="connect again") as refused:
        await world.oauth.access_token(channel.id, renew=True)
    assert "canary" not in str(refused.value)
    assert not (await now(world, channel)).oauth_connected
    world.connector.control("mailbox@acme.test").run_errors = [refused.value]
    server.revoked = False
    async with world.running():
        down = await eventually(lambda: world.rows("select health_step from channel where health = 'down'"))
        assert "connect" in down[0].health_step
        await connect(world, server, channel)
        await eventually(lambda: world.rows("select 1 from channel where health = 'ok'"))


async def test_a_server_in_trouble_is_no_refusal(world: World, server: OAuthServer, channel: Channel) -> None:
    await connect(world, server, channel)
    server.broken = True
    with pytest.raises(ConnectionTrouble):
        await world.oauth.access_token(channel.id, renew=True)
    server.broken = False
    assert (await now(world, channel)).oauth_connected
    assert await world.oauth.access_token(channel.id, renew=True)
