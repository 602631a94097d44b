"""Setting up channels, one transaction each. Whoever calls has asked the policy; everything here is audited."""

from __future__ import annotations

from collections.abc import Mapping

from hub.channels import store
from hub.channels.errors import ChannelUnknown, SettingsInvalid
from hub.channels.model import CHANNEL_STATES, Channel, ChannelPatch, NewChannel
from hub.channels.registry import Registry
from hub.channels.secrets import OAUTH_PREFIX, seal, unseal
from hub.events.model import ChannelChanged
from hub.events.outbox import Tx
from hub.sdk import Connector, InvalidAddress
from hub.secrets import Vault

MAX_NAME = 100


async def create_channel(tx: Tx, registry: Registry, vault: Vault, new: NewChannel, agent_id: int | None) -> Channel:
    """Raises UnknownKind and SettingsInvalid."""
    connector = registry.get(new.kind)
    own_address = check_settings(connector, new.settings, new.secrets, new.name)
    channel_id = await store.insert_channel(
        tx.connection,
        new.kind,
        name=new.name.strip(),
        own_address=own_address,
        settings=dict(new.settings),
        demo=new.demo,
    )
    await store.set_sealed(tx.connection, channel_id, seal(vault, channel_id, new.secrets))
    changed = {"kind": new.kind, "settings": sorted(new.settings), "secrets": sorted(new.secrets)}
    await store.audit(tx.connection, agent_id, "channel.create", f"channel:{channel_id}", changed)
    tx.emit(ChannelChanged(channel_id))
    return await _present(tx, channel_id)


async def patch_channel(
    tx: Tx, registry: Registry, vault: Vault, channel_id: int, patch: ChannelPatch, *, agent_id: int | None
) -> Channel:
    """Raises ChannelUnknown, UnknownKind and SettingsInvalid. A running channel starts anew with what changed."""
    before = await store.lock_channel(tx.connection, channel_id)
    if before is None:
        raise ChannelUnknown(channel_id)
    if patch.state is not None and patch.state not in CHANNEL_STATES:
        raise SettingsInvalid({"state": "Choose one of " + ", ".join(CHANNEL_STATES) + "."})
    name = before.name if patch.name is None else patch.name
    settings = before.settings if patch.settings is None else patch.settings
    state = patch.state or before.state
    reconfigured = patch.settings is not None or bool(patch.secrets)
    own_address = before.own_address
    if reconfigured:
        own_address = await _reconfigure(tx, registry.get(before.kind), vault, before, patch)
    _check_name(name)
    await store.change_channel(
        tx.connection,
        channel_id,
        name=name.strip(),
        own_address=own_address,
        settings=settings,
        state=state,
        restart=reconfigured or state != before.state,
    )
    changed = {
        "name": name != before.name,
        "settings": sorted(key for key in {**before.settings, **settings} if _differs(key, before.settings, settings)),
        "secrets": sorted(patch.secrets),
        "state": [before.state, state] if state != before.state else None,
    }
    kept = {key: value for key, value in changed.items() if value}
    await store.audit(tx.connection, agent_id, "channel.change", f"channel:{channel_id}", kept)
    tx.emit(ChannelChanged(channel_id))
    return await _present(tx, channel_id)


async def _reconfigure(tx: Tx, connector: Connector, vault: Vault, before: Channel, patch: ChannelPatch) -> str:
    settings = before.settings if patch.settings is None else patch.settings
    secrets = unseal(vault, before.id, await store.lock_sealed(tx.connection, before.id))
    for name, value in patch.secrets.items():
        if value:
            secrets[name] = value
        else:
            secrets.pop(name, None)
    own = {name: value for name, value in secrets.items() if not name.startswith(OAUTH_PREFIX)}
    own_address = check_settings(connector, settings, own, before.name)
    await store.set_sealed(tx.connection, before.id, seal(vault, before.id, secrets))
    return own_address


def check_settings(
    connector: Connector, settings: Mapping[str, object], secrets: Mapping[str, str], name: str = "unnamed"
) -> str:
    """The channel's own address. Raises SettingsInvalid with every problem there is."""
    secret_names = connector.schema.secret_names
    problems = {key: "This is a secret; give it as one." for key in settings if key in secret_names}
    problems |= {key: "This secret does not exist." for key in secrets if key not in secret_names}
    problems |= {key: what for key, what in connector.schema.problems({**settings, **secrets}).items() if what}
    if problems:
        raise SettingsInvalid(problems)
    _check_name(name)
    try:
        return connector.own_address(connector.schema.with_defaults({**settings, **secrets}))
    except InvalidAddress as failure:
        raise SettingsInvalid({"address": str(failure)}) from failure


def _check_name(name: str) -> None:
    if not name.strip() or len(name) > MAX_NAME or any(ord(letter) < 32 for letter in name):
        raise SettingsInvalid({"name": f"Give it a name of at most {MAX_NAME} characters, in one line."})


def _differs(key: str, before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    return before.get(key) != after.get(key)


async def _present(tx: Tx, channel_id: int) -> Channel:
    channel = await store.get_channel(tx.connection, channel_id)
    if channel is None:
        raise ChannelUnknown(channel_id)
    return channel
