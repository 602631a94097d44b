"""What can go wrong between the hub and a provider; the class is the policy.

ConnectorError
├── InvalidAddress          the address cannot exist on this kind of channel
├── ConnectionTrouble       run(): try again later, with backoff
├── CredentialsRefused      run(): somebody must give new credentials; tried again slowly
├── OwnershipLost           Sink.receive: another node runs this channel now; end run() with it
├── ConfigurationError      run(): the settings cannot work; waits for a change
└── SendError               send(): the outcome of one attempt
    ├── TransientSend       not accepted, worth another try
    ├── RateLimited         not accepted, try after `retry_after`
    ├── AmbiguousSend       may have been accepted: never repeated blindly, reconciled
    ├── AuthSend            not accepted, the channel's credentials are at fault
    ├── NeedsTemplate       not accepted, only a template may be sent now
    ├── PermanentSend       not accepted, and never will be as it is
    └── SuppressSend        not accepted, and nothing more may go to this address
"""

from __future__ import annotations

from typing import ClassVar


class ConnectorError(Exception):
    """Base of all errors that a connector raises. `str(error)` is read by an administrator: plain words, no secrets."""


class InvalidAddress(ConnectorError):
    """The address cannot exist on this kind of channel."""


class ConnectionTrouble(ConnectorError):
    """The provider cannot be reached or misbehaves; the supervisor tries again with backoff."""


class CredentialsRefused(ConnectorError):
    """The provider refused the credentials; the channel is down until they change (tried again every 15 minutes)."""


class OwnershipLost(ConnectorError):
    """Another node runs this channel now: nothing was stored, and `run` has to end with this error."""


class ConfigurationError(ConnectorError):
    """The settings cannot work; the channel is down until they change."""


class SendError(ConnectorError):
    """One attempt to send failed.

    `code` is the provider's own code ("550 5.1.1", "21610"), `reason` plain words for the agent, and
    `retry_after` the seconds to wait at least, where the provider said so.
    """

    retryable: ClassVar[bool] = False

    def __init__(self, reason: str, *, code: str = "", retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.retry_after = retry_after


class TransientSend(SendError):
    """Surely not accepted; worth another try."""

    retryable = True


class RateLimited(SendError):
    """Surely not accepted, because of a rate limit; try after `retry_after` seconds."""

    retryable = True


class AmbiguousSend(SendError):
    """The provider may have accepted it. Never repeated blindly: reconciled, then shown to the agent."""


class AuthSend(SendError):
    """Surely not accepted: the channel's credentials are at fault. Held until the channel works again."""

    retryable = True


class NeedsTemplate(SendError):
    """Surely not accepted: outside the provider's free-text window; a template is needed."""


class PermanentSend(SendError):
    """Surely not accepted, and never will be as it is."""


class SuppressSend(SendError):
    """Surely not accepted, and nothing more may be sent to this address until it opts in again."""
