"""OAuth 2 for channels: the consent (authorization code, PKCE S256, a single-use state) and access tokens, kept fresh.

Tokens are sealed with the channel's other secrets. Nothing of them is ever logged or shown.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sqlalchemy import text

from hub.channels import store
from hub.channels.errors import ChannelUnknown, ConsentFailed
from hub.channels.model import Channel
from hub.channels.registry import Registry
from hub.channels.secrets import ACCESS_TOKEN, REFRESH_TOKEN, open_settings, seal, unseal
from hub.channels.token_endpoint import GrantRefused, TokenEndpoint, Tokens, error_word
from hub.db.engine import Database
from hub.events.model import ChannelChanged
from hub.events.outbox import Outbox
from hub.sdk import ConnectionTrouble, Consent, CredentialsRefused
from hub.secrets import Vault

CONSENT_MINUTES: Final = 10
EARLY_SECONDS: Final = 120
"""A token that ends so soon is renewed before it is used."""
_AGAIN: Final = "Open the channel's settings and connect again."

_REMEMBER = text(
    """
    insert into oauth_consent (state_hash, channel_id, agent_id, verifier, expires_at)
    values (:state_hash, :channel_id, :agent_id, :verifier, now() + make_interval(mins => :minutes))
    """
)
_REDEEM = text(
    """
    delete from oauth_consent where state_hash = :state_hash
    returning channel_id, agent_id, verifier, expires_at > now() as fresh
    """
)


class OAuth:
    """Consents and tokens of every channel. `redirect_uri` is the hub's own callback, as the providers know it."""

    def __init__(self, database: Database, outbox: Outbox, registry: Registry, vault: Vault, redirect_uri: str) -> None:
        self._database = database
        self._outbox = outbox
        self._registry = registry
        self._vault = vault
        self._redirect_uri = redirect_uri
        self._locks: dict[int, asyncio.Lock] = {}
        self._endpoint = TokenEndpoint()

    async def close(self) -> None:
        await self._endpoint.close()

    async def begin(self, channel_id: int, agent_id: int) -> str:
        """The provider's page where the account's owner consents. It is good for ten minutes, once, for this agent.

        Raises ChannelUnknown, and ConsentFailed when these settings need no consent.
        """
        channel, consent = await self._consent(channel_id)
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
        async with self._outbox.transaction() as tx:
            values = {
                "state_hash": _hash(state),
                "channel_id": channel_id,
                "agent_id": agent_id,
                "verifier": self._vault.seal({"verifier": verifier}, context=f"consent:{channel_id}"),
                "minutes": CONSENT_MINUTES,
            }
            await tx.connection.execute(_REMEMBER, values)
            await store.audit(tx.connection, agent_id, "channel.consent", f"channel:{channel.id}", {})
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            **consent.extra,
            "response_type": "code",
            "client_id": consent.client_id,
            "redirect_uri": self._redirect_uri,
            "scope": " ".join(consent.scopes),
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        if consent.account:
            query.setdefault("login_hint", consent.account)
        return _with_query(consent.authorize_url, query)

    async def finish(self, state: str, code: str, error: str, agent_id: int) -> int:
        """Takes the provider's answer, which the agent's browser brought; the id of the channel, connected.

        Raises ConsentFailed.
        """
        async with self._outbox.transaction() as tx:
            row = (await tx.connection.execute(_REDEEM, {"state_hash": _hash(state)})).one_or_none()
        if row is None or not row.fresh or row.agent_id != agent_id:
            raise ConsentFailed(f"This consent was used already, is too old, or was begun by somebody else. {_AGAIN}")
        if error or not code:
            raise ConsentFailed(f"The provider did not give access ({error_word(error) or 'no code'}). {_AGAIN}")
        channel, consent = await self._consent(row.channel_id)
        verifier = self._vault.unseal(bytes(row.verifier), context=f"consent:{channel.id}")["verifier"]
        grant = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": verifier,
        }
        try:
            tokens = await self._endpoint.ask(consent, grant)
        except GrantRefused as failure:
            raise ConsentFailed(f"The provider refused the code ({failure}). {_AGAIN}") from failure
        except ConnectionTrouble as failure:
            raise ConsentFailed(f"{failure} {_AGAIN}") from failure
        if not tokens.refresh:
            raise ConsentFailed(f"The provider gave access for an hour only (no refresh token). {_AGAIN}")
        await self._keep(channel.id, tokens, account=consent.account or None, agent_id=agent_id)
        return channel.id

    async def access_token(self, channel_id: int, *, renew: bool = False) -> str:
        """A token that is still good. `renew`: the provider just refused the last one. Many who ask at once cause one
        request. Raises CredentialsRefused and ConnectionTrouble."""
        before = await self._stored(channel_id)
        lock = self._locks.setdefault(channel_id, asyncio.Lock())
        async with lock:
            tokens = await self._stored(channel_id)
            renewed_meanwhile = tokens.access != before.access
            good = tokens.access and tokens.expires > datetime.now(UTC) + timedelta(seconds=EARLY_SECONDS)
            if good and (not renew or renewed_meanwhile):
                return tokens.access
            return await self._refresh(channel_id, tokens)

    async def _refresh(self, channel_id: int, tokens: Tokens) -> str:
        if not tokens.refresh:
            raise CredentialsRefused(f"Nobody has given the hub access to this account. {_AGAIN}")
        _, consent = await self._consent(channel_id)
        try:
            fresh = await self._endpoint.ask(consent, {"grant_type": "refresh_token", "refresh_token": tokens.refresh})
        except GrantRefused as failure:
            await self._forget(channel_id)
            raise CredentialsRefused(f"The provider ended the hub's access ({failure}). {_AGAIN}") from failure
        await self._keep(channel_id, fresh)
        return fresh.access

    async def _consent(self, channel_id: int) -> tuple[Channel, Consent]:
        async with self._database.engine.connect() as connection:
            channel = await store.get_channel(connection, channel_id)
        if channel is None:
            raise ChannelUnknown(channel_id)
        settings = open_settings(self._registry, self._vault, channel)
        consent = self._registry.get(channel.kind).consent(settings)
        if consent is None:
            raise ConsentFailed("With these settings the channel signs in without a consent.")
        return channel, consent

    async def _stored(self, channel_id: int) -> Tokens:
        async with self._database.engine.connect() as connection:
            channel = await store.get_channel(connection, channel_id)
        if channel is None:
            raise CredentialsRefused("The channel does not exist any more.")
        opened = unseal(self._vault, channel_id, channel.sealed)
        ended = datetime.fromtimestamp(0, UTC)
        return Tokens(opened.get(ACCESS_TOKEN, ""), opened.get(REFRESH_TOKEN, ""), channel.oauth_expires or ended)

    async def _keep(
        self, channel_id: int, tokens: Tokens, *, account: str | None = None, agent_id: int | None = None
    ) -> None:
        """With an agent it is a new consent: the channel starts anew. Without, a refresh of which nobody need hear."""
        async with self._outbox.transaction() as tx:
            opened = unseal(self._vault, channel_id, await store.lock_sealed(tx.connection, channel_id))
            opened |= {ACCESS_TOKEN: tokens.access, REFRESH_TOKEN: tokens.refresh}
            await store.set_sealed(tx.connection, channel_id, seal(self._vault, channel_id, opened))
            new = agent_id is not None
            await store.set_oauth(tx.connection, channel_id, account, tokens.expires, restart=new)
            if new:
                subject = f"channel:{channel_id}"
                await store.audit(tx.connection, agent_id, "channel.connected", subject, {"account": account})
            tx.emit(ChannelChanged(channel_id))

    async def _forget(self, channel_id: int) -> None:
        async with self._outbox.transaction() as tx:
            opened = unseal(self._vault, channel_id, await store.lock_sealed(tx.connection, channel_id))
            opened.pop(ACCESS_TOKEN, None)
            opened.pop(REFRESH_TOKEN, None)
            await store.set_sealed(tx.connection, channel_id, seal(self._vault, channel_id, opened))
            await store.set_oauth(tx.connection, channel_id, None, None, restart=False)
            tx.emit(ChannelChanged(channel_id))


def _hash(state: str) -> bytes:
    return hashlib.sha256(state.encode("utf-8", "replace")).digest()


def _with_query(url: str, query: Mapping[str, str]) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), *query.items()])))
