"""Why a message is not queued; `str(error)` tells the agent what to do, `code` is the API's.

OutboundError
├── NewerEntry         somebody wrote meanwhile; the agent looks first, then confirms
├── NeedsTemplate      the window of free text is closed; a template may be sent
├── BadTemplate        there is no such template, or it cannot be sent as it is
├── TemplatesAway      the provider cannot say now what templates there are
├── Suppressed         the recipient wants nothing more, or cannot be reached
├── BadAddress         the address is wrong, or nothing this conversation may write to
├── TooLarge           more than the channel carries
├── ChannelUnusable    nothing can be sent on the channel at all
├── UnknownMessage     there is no such outgoing message
└── NotPossible        the delivery is in no state for this step
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from hub.timeline.model import Entry


class OutboundError(Exception):
    code: ClassVar[str] = "refused"


class NewerEntry(OutboundError):
    code = "newer_entry"

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__("Somebody wrote in the meantime. Read it, then send again if your answer still fits.")
        self.entries = tuple(entries)


class NeedsTemplate(OutboundError):
    code = "needs_template"

    def __init__(self, channel: str) -> None:
        super().__init__(
            f"On {channel} they can be written to freely only for a time after their own message, and that is over. "
            "Choose a template."
        )


class BadTemplate(OutboundError):
    code = "bad_template"


class TemplatesAway(OutboundError):
    code = "templates_away"


class Suppressed(OutboundError):
    code = "suppressed"

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"Nothing may be sent to {address}: {reason} Choose another address.")


class BadAddress(OutboundError):
    code = "bad_address"


class TooLarge(OutboundError):
    code = "too_large"


class ChannelUnusable(OutboundError):
    code = "channel_unusable"


class UnknownMessage(OutboundError):
    code = "not_found"


class NotPossible(OutboundError):
    code = "not_possible"
