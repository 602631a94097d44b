"""Models of customers to the shapes of customer_shapes.py."""

from __future__ import annotations

from hub.people import model as people
from hub.web import addresses
from hub.web.answers import customer_shapes, render, shapes


def _identity(one: people.Identity) -> customer_shapes.Identity:
    suppressed = one.suppressed
    return {
        "id": one.id,
        "kind": one.kind,
        "address": one.address,
        "shown": addresses.shown(one.kind, one.address, one.shown),
        "name": one.name,
        "verified": one.verified,
        "since": one.since,
        "suppressed": None
        if suppressed is None
        else {"channel_id": suppressed.channel_id, "reason": suppressed.reason, "since": suppressed.since},
    }


def customer_found(one: people.CustomerSummary) -> customer_shapes.CustomerFound:
    return {"id": one.id, "name": one.name, "identities": [_identity(each) for each in one.identities]}


def _merge(one: people.Merge, customer_id: int) -> customer_shapes.Merge:
    here_is_into = one.into_id == customer_id
    other: shapes.Named = {
        "id": one.from_id if here_is_into else one.into_id,
        "name": one.from_name if here_is_into else one.into_name,
    }
    by: shapes.Named | None = None if one.agent_id is None else {"id": one.agent_id, "name": one.agent_name or ""}
    return {"id": one.id, "other": other, "by": by, "at": one.at, "undoable": one.undoable}


def customer(one: people.Customer, suggestions: list[people.Suggestion]) -> customer_shapes.Customer:
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "attributes": dict(one.attributes),
        "identities": [_identity(each) for each in one.identities],
        "created_at": one.created_at,
        "conversations_open": one.conversations_open,
        "suggestions": [
            {"customer": customer_found(each.customer), "reason": each.reason, "detail": each.detail}
            for each in suggestions
        ],
        "merges": [_merge(each, one.id) for each in one.merges],
        "merged_into": one.merged_into,
    }


def live_customer(one: people.CustomerHead) -> customer_shapes.LiveCustomer:
    return {"id": one.id, "version": one.version, "name": one.name, "merged_into": one.merged_into}


def suppression(listed: people.ListedSuppression) -> customer_shapes.Suppression:
    one, identity, by = listed.suppression, listed.identity, listed.by
    return {
        "id": one.id,
        "identity": render.identity_name(identity),
        "channel_id": one.channel_id,
        "channel": None if listed.channel is None else render.channel(listed.channel),
        "reason": one.reason,
        "since": one.since,
        "by": None if by is None else {"id": by[0], "name": by[1]},
    }
