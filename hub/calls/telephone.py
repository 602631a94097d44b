"""The parts of telephony that work by themselves, as the worker and the schedule know them."""

from __future__ import annotations

from typing import Final

from hub.calls.control import KINDS, Controls
from hub.calls.desk import CallDesk
from hub.calls.dialing import Dialer
from hub.calls.model import DIAL, DISTRIBUTE
from hub.calls.sweep import CallSweep
from hub.events.outbox import Outbox
from hub.outbound.job import Handler
from hub.outbound.pace import Pace, Sessions

SWEEP_SECONDS: Final = 5.0


class Telephone:
    """`handlers` by kind of job; `sweep` every SWEEP_SECONDS."""

    def __init__(self, outbox: Outbox, desk: CallDesk, sessions: Sessions, pace: Pace) -> None:
        controls = Controls(outbox, desk, sessions)
        sweep = CallSweep(outbox, desk)
        self.handlers: dict[str, Handler] = {
            DIAL: Dialer(outbox, desk, pace).handle,
            DISTRIBUTE: sweep.handle,
            **dict.fromkeys(KINDS, controls.handle),
        }
        self.sweep = sweep.sweep
