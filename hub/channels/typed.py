"""An address as an agent typed it in, for a certain channel."""

from __future__ import annotations

from hub.sdk import ChannelSettings, Connector, Regional


def normalise_typed(connector: Connector, written: str, settings: ChannelSettings) -> str:
    """The one spelling of it; where addresses are written shorter at home, from where the channel is. Raises
    InvalidAddress."""
    if isinstance(connector, Regional):
        return connector.normalise_at_home(written, connector.schema.with_defaults(settings))
    return connector.normalise(written)
