"""Channels: configured connectors, how they run and how they do."""
