"""What an administrator can be told about a channel; `str(error)` is in plain words."""

from __future__ import annotations

from collections.abc import Mapping


class ChannelUnknown(LookupError):
    def __init__(self, channel_id: int) -> None:
        super().__init__(f"There is no channel {channel_id}. Reload the list of channels.")


class SettingsInvalid(ValueError):
    """`problems` says for each field what is wrong and what is allowed, never its value."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("Some settings are missing or wrong: " + ", ".join(sorted(problems)))
        self.problems = dict(problems)


class ConsentFailed(Exception):
    """The OAuth consent came to nothing; the message says why and what to do."""
