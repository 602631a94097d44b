"""Channels and what belongs to them, as JSON; render.py has the rest."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from hub.channels import model as channels
from hub.inbound.quarantine import Quarantined
from hub.sdk import Connector, Field, TestStep
from hub.web.answers import channel_shapes


def live_channel(one: channels.Channel) -> channel_shapes.LiveChannel:
    health = one.health
    return {
        "id": one.id,
        "version": one.version,
        "kind": one.kind,
        "name": one.name,
        "state": one.state,
        "health": {
            "state": health.state,
            "since": health.since,
            "reason": health.reason or None,
            "next_step": health.next_step or None,
            "last_in_at": health.last_in_at,
            "last_out_at": health.last_out_at,
            "backlog": health.backlog,
            "quarantined": health.quarantined,
        },
    }


def offers(connector: Connector | None) -> channel_shapes.Offers | None:
    if connector is None:
        return None
    given = connector.capabilities
    return {
        "address_kind": connector.address_kind,
        "send": given.send and not given.local_addresses,
        "subject": given.subject,
        "attachments": given.attachments,
        "segments": given.segments,
        "templates": given.templates,
        "calls": given.calls,
    }


def shown_channel(one: channels.Channel, connector: Connector | None) -> channel_shapes.Channel:
    """To those who write on it and do not set it up."""
    return {
        **live_channel(one),
        "offers": offers(connector),
        "hooks_url": None,
        "settings": {},
        "secrets_set": [],
        "oauth": None,
    }


def channel(
    one: channels.Channel, connector: Connector | None, public_url: str, secrets_set: Iterable[str], *, oauth: bool
) -> channel_shapes.Channel:
    """`oauth`: with these settings it needs somebody's consent."""
    consent: channel_shapes.ChannelOAuth | None = None
    if oauth or one.oauth_connected:
        consent = {"connected": one.oauth_connected, "account": one.oauth_account, "expires_at": one.oauth_expires}
    return {
        **live_channel(one),
        "offers": offers(connector),
        "hooks_url": f"{public_url}/hooks/{one.id}",
        "settings": dict(one.settings),
        "secrets_set": sorted(secrets_set),
        "oauth": consent,
    }


def connector(one: Connector) -> channel_shapes.ConnectorKind:
    capabilities = dataclasses.asdict(one.capabilities)
    return {
        "kind": one.kind,
        "name": one.name,
        "description": one.description,
        "icon": one.kind,
        "address_kind": one.address_kind,
        "settings": [_field(each) for each in one.schema.fields],
        "capabilities": capabilities,
        "oauth": any(each.name == "oauth" or each.name.startswith("oauth_") for each in one.schema.fields),
    }


def _field(one: Field) -> channel_shapes.SettingField:
    show_if: channel_shapes.ShowIf | None = None
    if one.show_if is not None:
        show_if = {"field": one.show_if[0], "value": list(one.show_if[1])}
    return {
        "name": one.name,
        "label": one.label,
        "help": one.help,
        "type": one.type,
        "required": one.required,
        "default": one.default,
        "options": [{"value": each.value, "label": each.label} for each in one.options],
        "group": one.group or None,
        "show_if": show_if,
        "placeholder": one.placeholder,
        "min": one.min,
        "max": one.max,
    }


def test_result(steps: Sequence[TestStep]) -> channel_shapes.TestResult:
    return {
        "ok": bool(steps) and all(one.ok for one in steps),
        "steps": [
            {
                "name": one.name,
                "label": one.label,
                "ok": one.ok,
                "detail": one.detail,
                "next_step": one.next_step or None,
                "seconds": round(one.seconds, 3),
            }
            for one in steps
        ],
    }


def ledger_day(one: channels.LedgerDay) -> channel_shapes.LedgerDay:
    return {
        "day": one.day.isoformat(),
        "received": one.received,
        "stored": one.stored,
        "quarantined": one.quarantined,
        "ignored": one.ignored,
        "sent": one.sent,
        "failed": one.failed,
    }


def volume(channel_id: int, days: Iterable[channels.VolumeDay]) -> channel_shapes.ChannelVolume:
    shown: list[channel_shapes.VolumeDay] = [
        {"day": one.day.isoformat(), "received": one.received, "sent": one.sent, "failed": one.failed} for one in days
    ]
    return {"channel_id": channel_id, "days": shown}


def quarantined(one: Quarantined) -> channel_shapes.Quarantined:
    return {
        "id": one.id,
        "channel_id": one.channel_id,
        "received_at": one.received_at,
        "reason": one.reason,
        "size": one.size,
        "attempts": one.attempts,
        "from": one.sender,
        "subject": one.subject,
    }
