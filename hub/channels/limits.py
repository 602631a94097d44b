"""What a channel may carry, and how fast."""

from __future__ import annotations

from hub.sdk import ChannelSettings, Connector, Limits, Paced


def limits_of(connector: Connector, settings: ChannelSettings) -> Limits:
    """Those of its kind, or, where they depend on them, of its settings (without secrets; defaults are filled in)."""
    if isinstance(connector, Paced):
        return connector.limits_of(connector.schema.with_defaults(settings))
    return connector.limits
