"""What others do when something happens in a call. Everything runs in the transaction of the call's own change.

The call's row is locked meanwhile. Whoever locks a row of their own together with a call takes the call first, or makes
a new one (`CallDesk.place_callback_call`). Each is told once for each time that it happens, whatever is redelivered.
"""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from hub.calls.model import Call, Cause, Leg
from hub.events.outbox import Tx


class CallObserver(Protocol):
    """Implemented by the callbacks. Look at `call.callback_id` first: most calls are not theirs."""

    async def callback_offer(self, connection: AsyncConnection, call: Call) -> str:
        """What a waiting caller, or one who calls while it is closed, hears of a callback, in the language of the call
        ("All our agents are busy. Press 1 and we call you back; you keep your place."); "" where none is offered.
        Must not write."""
        ...

    async def on_callback_wanted(self, tx: Tx, call: Call) -> str:
        """The caller pressed 1: the place is that of `call.started_at`. Returns what the caller hears before the line
        is closed. Not asked where nothing was offered."""
        ...

    async def on_agent_accepted(self, tx: Tx, call: Call, leg: Leg) -> None:
        """An agent took it. Of a call that is agent first the customer is called next, by itself."""
        ...

    async def on_agent_gone(self, tx: Tx, call: Call, leg: Leg) -> None:
        """An agent was asked, and did not answer, declined, or had no line (`leg.state`, `leg.declined`). To go on,
        call `CallDesk.ring_agent` with another one; else an outgoing call without any other telephone is over."""
        ...

    async def on_customer_answered(self, tx: Tx, call: Call, leg: Leg) -> None:
        """A person answered an outgoing call (or nobody looked whether it was one)."""
        ...

    async def on_customer_unreached(self, tx: Tx, call: Call, cause: Cause) -> None:
        """The customer of an outgoing call did not answer. The agent is told, and the call ends by itself."""
        ...

    async def on_voicemail_left(self, tx: Tx, call: Call) -> None:
        """The customer's answering machine is told `call.machine_text`, and the call ends by itself."""
        ...

    async def on_voicemail(self, tx: Tx, call: Call) -> None:
        """A caller left us a message."""
        ...

    async def on_ended(self, tx: Tx, call: Call) -> None:
        """The call is over, however it went: `call.state` is ended, missed or voicemail. Always the last."""
        ...
