"""XOAUTH2 against a real Dovecot, directly and behind Postfix, with the tokens of a local OAuth provider."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import pytest_asyncio

from connectors.email import CONNECTOR
from hub.sdk import AuthSend, CredentialsRefused
from hub.sdk.testing import FakeContext, MemorySink
from tests.connectors.email.mails import mail
from tests.peers.mailserver import MailServer
from tests.peers.oauth import OAuthServer
from tests.peers.sessions import open_session, outgoing, running

pytestmark = pytest.mark.peer

ADDRESS = "support@acme.test"
ANNA = "anna@customer.test"


@pytest_asyncio.fixture(scope="module")
async def provider() -> AsyncIterator[OAuthServer]:
    async with OAuthServer([ADDRESS]) as server:
        yield server


@pytest_asyncio.fixture(scope="module")
async def server(provider: OAuthServer) -> AsyncIterator[MailServer]:
    """A mail provider that accepts the OAuth provider's tokens, and passwords too."""
    if os.geteuid() != 0:
        pytest.skip("Postfix only starts as root; run the peer tests as root")
    mail_server = MailServer({ADDRESS: "unused", ANNA: "s3cret"}, introspection_url=provider.introspection_url)
    await asyncio.to_thread(mail_server.start)
    yield mail_server
    await asyncio.to_thread(mail_server.stop)


def oauth_settings(server: MailServer, provider: OAuthServer) -> dict[str, object]:
    settings = server.settings(
        ADDRESS,
        auth="oauth",
        oauth_provider="custom",
        oauth_authorize_url=provider.authorize_url,
        oauth_token_url=provider.token_url,
        oauth_scopes="mail offline",
        oauth_client_id=provider.client_id,
        oauth_client_secret=provider.client_secret,
    )
    del settings["imap_password"]
    return settings


async def test_a_good_token_reads_and_sends(server: MailServer, provider: OAuthServer) -> None:
    settings = oauth_settings(server, provider)
    server.dovecot.put(ADDRESS, [mail()])
    sink = MemorySink()
    async with running(settings, sink, tokens=(provider.issue(ADDRESS),)):
        await sink.wait_for(1)
    session, _ = open_session(settings, tokens=(provider.issue(ADDRESS),))
    await session.send(outgoing(ANNA))
    await asyncio.to_thread(server.wait_for_mail, ANNA)
    await session.close()


async def test_a_token_that_ended_is_renewed_once(server: MailServer, provider: OAuthServer) -> None:
    sink = MemorySink()
    server.dovecot.put(ADDRESS, [mail(Subject="Another")])
    tokens = (provider.issue(ADDRESS, 0), provider.issue(ADDRESS))
    session, context = open_session(oauth_settings(server, provider), tokens=tokens)
    task = asyncio.ensure_future(session.run(sink))
    await sink.wait_for(1)
    task.cancel()
    assert context.renewals == 1
    session, context = open_session(
        oauth_settings(server, provider), tokens=(provider.issue(ADDRESS, 0), provider.issue(ADDRESS))
    )
    await session.send(outgoing(ANNA))
    assert context.renewals == 1
    await session.close()


async def test_a_refused_token_is_reported_quickly_and_not_shown(server: MailServer, provider: OAuthServer) -> None:
    for context in (
        FakeContext(oauth_settings(server, provider), tokens=("n0t-a-token", "n0t-a-token-either")),
        FakeContext(oauth_settings(server, provider), tokens=()),
    ):
        session = CONNECTOR.open(context)
        with pytest.raises(CredentialsRefused) as refused:
            await asyncio.wait_for(session.run(MemorySink()), 20)
        assert "n0t-a-token" not in repr(refused.value)
        with pytest.raises(AuthSend) as held:
            await asyncio.wait_for(session.send(outgoing(ANNA)), 20)
        assert "n0t-a-token" not in repr(held.value)
        await session.close()


async def test_the_consent_is_what_the_provider_needs(server: MailServer, provider: OAuthServer) -> None:
    """The whole flow by hand, as the hub runs it: this also proves the local provider."""
    consent = CONNECTOR.consent(CONNECTOR.schema.with_defaults(oauth_settings(server, provider)))
    assert consent is not None
    assert consent.account == ADDRESS
    verifier = "v" * 50
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    redirect = "http://127.0.0.1:1/callback"
    query = {
        "response_type": "code",
        "client_id": consent.client_id,
        "redirect_uri": redirect,
        "scope": " ".join(consent.scopes),
        "state": "st4te",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "login_hint": consent.account,
    }
    async with aiohttp.ClientSession() as client:
        async with client.get(consent.authorize_url, params=query, allow_redirects=False) as page:
            answer = parse_qs(urlsplit(page.headers["Location"]).query)
        assert answer["state"] == ["st4te"]
        form = {
            "grant_type": "authorization_code",
            "code": answer["code"][0],
            "redirect_uri": redirect,
            "client_id": consent.client_id,
            "client_secret": consent.client_secret,
            "code_verifier": verifier,
        }
        async with client.post(consent.token_url, data=form) as granted:
            tokens = await granted.json()
        async with client.post(consent.token_url, data=form) as again:
            assert again.status == 400, "a code is good for one use"
        renewal = {**form, "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
        async with client.post(consent.token_url, data=renewal) as renewed:
            newer = await renewed.json()
        session, _ = open_session(oauth_settings(server, provider), tokens=(newer["access_token"],))
        assert all(step.ok for step in await session.test())
        await session.close()
        provider.revoke(ADDRESS)
        renewal["refresh_token"] = newer["refresh_token"]
        async with client.post(consent.token_url, data=renewal) as refused:
            assert (await refused.json())["error"] == "invalid_grant"


def test_google_and_microsoft_are_known() -> None:
    base = {"address": ADDRESS, "imap_host": "imap.example.org", "auth": "oauth", "oauth_client_id": "id"}
    google = CONNECTOR.consent({**base, "oauth_provider": "google"})
    microsoft = CONNECTOR.consent({**base, "oauth_provider": "microsoft", "oauth_tenant": "t1"})
    assert google is not None
    assert microsoft is not None
    assert google.extra["access_type"] == "offline"
    assert "offline_access" in microsoft.scopes
    assert "/t1/" in microsoft.token_url
    assert CONNECTOR.consent({**base, "auth": "password"}) is None
