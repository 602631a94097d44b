"""A channel's secrets: closed wherever they are stored or shown, opened only for its connector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hub.channels.model import Channel
from hub.channels.registry import Registry
from hub.secrets import Vault

OAUTH_PREFIX: Final = "oauth."
ACCESS_TOKEN: Final = "oauth.access_token"  # noqa: S105  # a name, not a token
REFRESH_TOKEN: Final = "oauth.refresh_token"  # noqa: S105


def seal(vault: Vault, channel_id: int, secrets: Mapping[str, str]) -> bytes | None:
    """None when there is nothing to hide. What is sealed for one channel opens for no other."""
    return vault.seal(secrets, context=_context(channel_id)) if secrets else None


def unseal(vault: Vault, channel_id: int, sealed: bytes | None) -> dict[str, str]:
    """Raises SecretsError when the key that sealed it is gone."""
    return {} if sealed is None else vault.unseal(sealed, context=_context(channel_id))


def secret_names(vault: Vault, channel: Channel) -> list[str]:
    """Which secrets are set, as the administrator's page shows it. Raises SecretsError."""
    return sorted(name for name in unseal(vault, channel.id, channel.sealed) if not name.startswith(OAUTH_PREFIX))


def open_settings(registry: Registry, vault: Vault, channel: Channel) -> dict[str, object]:
    """The settings as the connector's session gets them: defaults filled in, secrets opened.

    Raises UnknownKind and SecretsError.
    """
    opened = unseal(vault, channel.id, channel.sealed)
    secrets = {name: value for name, value in opened.items() if not name.startswith(OAUTH_PREFIX)}
    return registry.get(channel.kind).schema.with_defaults({**channel.settings, **secrets})


def _context(channel_id: int) -> str:
    return f"channel:{channel_id}"
