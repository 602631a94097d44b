"""One call of a provider, with every way it can end told apart. What is not surely refused is ambiguous."""

from __future__ import annotations

import asyncio
import dataclasses
from dataclasses import dataclass
from typing import Final, Literal

import structlog

from hub.outbound.model import Attempt
from hub.sdk import (
    AmbiguousSend,
    AuthSend,
    ConfigurationError,
    CredentialsRefused,
    NeedsTemplate,
    Outgoing,
    PermanentSend,
    RateLimited,
    Receipt,
    SendError,
    Session,
    SuppressSend,
    TransientSend,
)

RECONCILE_TIMEOUT: Final = 60.0
Kind = Literal["sent", "transient", "rate", "ambiguous", "auth", "template", "permanent", "suppress"]
_MAX_CODE: Final = 100
_MAX_REASON: Final = 500
_UNKNOWN: Final = "The connection broke before the provider had confirmed it. It may have arrived, or not."
_KINDS: Final[dict[type[SendError], Kind]] = {
    RateLimited: "rate",
    TransientSend: "transient",
    AmbiguousSend: "ambiguous",
    AuthSend: "auth",
    NeedsTemplate: "template",
    PermanentSend: "permanent",
    SuppressSend: "suppress",
}
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: Kind
    receipt: Receipt | None = None
    code: str = ""
    reason: str = ""
    retry_after: float | None = None


async def call(session: Session, message: Outgoing, attempt: Attempt, seconds: float) -> Outcome:
    """Sends it, once, and waits at most `seconds` for the provider's word."""
    try:
        async with asyncio.timeout(seconds):
            receipt = await session.send(dataclasses.replace(message, attempt=attempt.token))
        return Outcome("sent", receipt)
    except SendError as failure:
        return _outcome(failure)
    except (CredentialsRefused, ConfigurationError) as failure:
        return Outcome("auth", reason=str(failure)[:_MAX_REASON])
    except TimeoutError:
        return Outcome("ambiguous", reason=f"The provider did not answer within {seconds:.0f} s. It may have arrived.")
    except Exception:  # noqa: BLE001  # whatever a connector raises, the provider may have the message
        _log.exception("sending broke off", entry_id=attempt.entry_id, attempt=attempt.number)
        return Outcome("ambiguous", reason=_UNKNOWN)


async def ask(session: Session, message: Outgoing, attempt: Attempt) -> Outcome | None:
    """What the provider knows of an attempt of unknown outcome; None when that stays unknown."""
    try:
        async with asyncio.timeout(RECONCILE_TIMEOUT):
            receipt = await session.reconcile(dataclasses.replace(message, attempt=attempt.token), attempt.started_at)
    except SendError as failure:
        outcome = _outcome(failure)
        return None if outcome.kind == "ambiguous" else outcome
    except (CredentialsRefused, ConfigurationError, TimeoutError):
        return None
    except Exception:  # noqa: BLE001  # not knowing is an answer, and it is asked again
        _log.exception("reconciling broke off", entry_id=attempt.entry_id, attempt=attempt.number)
        return None
    return None if receipt is None else Outcome("sent", receipt)


def _outcome(failure: SendError) -> Outcome:
    kind: Kind = next((kind for known, kind in _KINDS.items() if isinstance(failure, known)), "ambiguous")
    reason = failure.reason[:_MAX_REASON] or (_UNKNOWN if kind == "ambiguous" else "The provider gave no reason.")
    return Outcome(kind, code=failure.code[:_MAX_CODE], reason=reason, retry_after=failure.retry_after)
