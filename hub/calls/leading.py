"""What follows from what is heard of a telephone: whom to call next, who talks with whom, and when it is over."""

from __future__ import annotations

import dataclasses
from typing import Final

from hub.calls import agents
from hub.calls.facts import learn
from hub.calls.model import Cause, Leg, NotNow, Said
from hub.calls.script import CONSENT, MENU, QUEUE, VOICEMAIL, records
from hub.calls.turn import Turn
from hub.files.actions import add_remote_files
from hub.sdk import CallUpdate

AGAIN_SECONDS: Final = 30
"""An agent who did not take a call is not asked about the same one again before that."""
UNCERTAIN: Final = "The provider does not say whether it called."
_ASKING: Final = ("incoming", "answered", "digits", "waiting", "recorded", "left")
__all__ = ["decline", "hear", "records", "route"]


async def hear(turn: Turn, leg_id: int, update: CallUpdate) -> None:
    """What a provider says of a leg, and what follows from it."""
    before = turn.leg(leg_id)
    after = learn(before, update)
    turn.set_leg(after)
    if update.event in _ASKING:
        turn.asking.add(leg_id)
    if after.role == "customer" and turn.call.direction == "in" and update.occurred_at < turn.call.started_at:
        turn.change(started_at=update.occurred_at)  # what was told first had happened later
        turn.set_leg(dataclasses.replace(after, started_at=update.occurred_at))
        after = turn.leg(leg_id)
    await _of_call(turn, update)
    if after.role == "agent":
        await _of_agent(turn, before, after, update)
    else:
        await _of_customer(turn, before, after, update)


async def _of_call(turn: Turn, update: CallUpdate) -> None:
    if update.event == "recorded" and update.recording is not None:
        await add_remote_files(turn.tx, turn.call.entry_id, turn.call.channel_id, [update.recording])
        if update.step != VOICEMAIL:
            turn.change(recorded=True)
        elif not turn.call.voicemail:
            turn.change(voicemail=True)
            for observer in turn.desk.observers:
                await observer.on_voicemail(turn.tx, turn.call)
    silent = update.event == "recorded" and update.recording is None and update.step == VOICEMAIL
    if silent and turn.call.stage == "voicemail" and not turn.call.voicemail:
        turn.change(stage="farewell")  # nobody is asked for a message for ever
    if update.event == "transcribed" and update.who is not None:
        said = Said(update.occurred_at, update.number, update.who, update.text)
        turn.change(said=tuple(sorted({*turn.call.said, said})))
        turn.change(transcript="\n".join(one.text for one in turn.call.said))
    elif update.event == "transcribed" and update.text and update.text not in turn.call.transcript:
        turn.change(transcript=f"{turn.call.transcript}\n{update.text}".strip())


async def _of_agent(turn: Turn, before: Leg, after: Leg, update: CallUpdate) -> None:
    if after.accepted_at is not None and before.accepted_at is None:
        if after.open and not turn.call.over:
            await _accepted(turn, after)
    elif after.gone and not before.gone and not turn.call.over:
        if after.accepted_at is None:
            if after.agent_id is not None and _in_vain(turn, after, update):
                await agents.note_missed(turn.tx, after.agent_id)
            await _refused(turn, after)
        else:
            await _agent_left(turn, after)


def _in_vain(turn: Turn, leg: Leg, update: CallUpdate) -> bool:
    """Whether nobody was at this telephone: not where its agent said no, or it was never called."""
    if turn.call.direction == "out" and turn.call.callback_id is None:
        return False  # the agent's own call: no customer waits
    if leg.declined:
        return not update.digits  # picked up by a machine, most likely
    if leg.state == "failed":
        return bool(leg.provider_id) and not leg.reason  # the network could not reach it
    return leg.state in ("no_answer", "busy")


async def _accepted(turn: Turn, leg: Leg) -> None:
    match turn.call.stage:
        case "queue":
            _into_room(turn)
        case "agent":
            turn.change(stage="customer")
            await turn.add_customer()
        case "customer" if turn.customer_is_there:
            _into_room(turn)
        case "room":
            others = [one for one in turn.of_agents(but=leg.id) if one.accepted_at is not None]
            if others:
                turn.change(transferred=True)
                await turn.hang_up(others)
        case _:
            return
    for observer in turn.desk.observers:
        await observer.on_agent_accepted(turn.tx, turn.call, leg)


async def _refused(turn: Turn, leg: Leg) -> None:
    for observer in turn.desk.observers:
        await observer.on_agent_gone(turn.tx, turn.call, leg)
    if turn.call.stage == "queue":
        await route(turn)
    elif turn.call.direction == "out" and not turn.of_agents():
        turn.change(stage="farewell")
        await turn.hang_up([one for one in turn.legs if one.state != "answered"])


async def decline(turn: Turn, agent_id: int) -> None:
    """An agent does not take the call that rings at their telephone. Raises NotNow."""
    asked = [leg for leg in turn.of_agents() if leg.agent_id == agent_id and leg.accepted_at is None]
    if turn.call.over or not asked:
        raise NotNow("Your telephone does not ring for this call any more. Look at the call again.")
    for leg in asked:
        declined = dataclasses.replace(leg, declined=True)
        turn.set_leg(declined)
        await turn.hang_up([declined])
        await _refused(turn, declined)


async def _agent_left(turn: Turn, leg: Leg) -> None:
    if turn.call.stage in ("room", "customer") and not any(
        one.accepted_at is not None for one in turn.of_agents(but=leg.id)
    ):
        turn.change(stage="farewell")
        await turn.hang_up(turn.legs)


async def _of_customer(turn: Turn, before: Leg, after: Leg, update: CallUpdate) -> None:
    if update.event == "digits":
        await _pressed(turn, update)
    if turn.call.over:
        return
    if turn.call.direction == "out":
        if turn.call.stage == "customer" and after.state == "answered" and after.accepted_at is None:
            await _picked_up(turn, after, update)
        if before.open and not after.open:
            await _customer_gone(turn, after)
    elif turn.call.stage == "queue" and after.open:
        if not turn.of_agents() and _waited_long(turn, update):
            _stop_waiting(turn)
        else:
            await route(turn)


async def _pressed(turn: Turn, update: CallUpdate) -> None:
    call = turn.call
    if update.step == CONSENT and call.record == "ask" and not call.consent:
        turn.change(consent="given" if update.digits == "1" else "refused")
    elif update.step in (QUEUE, MENU) and call.stage == update.step and not call.over:
        offered = update.digits == "1" and await turn.desk.offer(turn.tx.connection, call)
        if offered:
            await _callback(turn)
        elif update.step == MENU:
            _stop_waiting(turn)


async def _callback(turn: Turn) -> None:
    turn.change(callback_wanted=True)
    for observer in turn.desk.observers:
        said = await observer.on_callback_wanted(turn.tx, turn.call)
        if said:
            turn.change(closing_text=said)
    turn.change(stage="farewell")
    await turn.hang_up([leg for leg in turn.of_agents() if leg.state != "answered"])


def _stop_waiting(turn: Turn) -> None:
    turn.change(stage="voicemail" if turn.settings.voicemail else "farewell")


def _waited_long(turn: Turn, update: CallUpdate) -> bool:
    longest = turn.settings.max_wait
    return longest > 0 and (update.occurred_at - turn.call.started_at).total_seconds() >= longest


async def _picked_up(turn: Turn, leg: Leg, update: CallUpdate) -> None:
    if leg.machine:
        turn.change(stage="farewell", voicemail=bool(turn.call.machine_text))
        for observer in turn.desk.observers:
            if turn.call.machine_text:
                await observer.on_voicemail_left(turn.tx, turn.call)
            else:
                await observer.on_customer_unreached(turn.tx, turn.call, "machine")
        await turn.hang_up([one for one in turn.of_agents() if one.accepted_at is None])
        return
    if leg.detect_machine and leg.machine is None and update.event != "answered":
        return  # the word whether it is a person comes with that
    turn.set_leg(dataclasses.replace(leg, accepted_at=update.occurred_at))
    agents_there = turn.of_agents()
    if any(one.accepted_at is not None for one in agents_there):
        _into_room(turn)
    for one in agents_there:
        if one.accepted_at is None and not one.attempt:
            await turn.dial(one)
    for observer in turn.desk.observers:
        await observer.on_customer_answered(turn.tx, turn.call, leg)


async def _customer_gone(turn: Turn, leg: Leg) -> None:
    reached = leg.answered_at is not None
    if reached or turn.call.voicemail:
        return
    causes: dict[str, Cause] = {"busy": "busy", "failed": "failed", "canceled": "canceled"}
    cause = "uncertain" if leg.reason == UNCERTAIN else causes.get(leg.state, "no_answer")
    for observer in turn.desk.observers:
        await observer.on_customer_unreached(turn.tx, turn.call, cause)


def _into_room(turn: Turn) -> None:
    turn.change(stage="room")
    if turn.call.record == "announce" and not turn.call.consent:
        turn.change(consent="announced")


async def route(turn: Turn) -> bool:
    """Has a free agent asked to take a waiting call, if nobody is being asked. False when no agent is free, for
    whichever call."""
    if turn.call.stage != "queue" or turn.of_agents():
        return True
    asked = [leg for leg in turn.legs if leg.role == "agent" and leg.agent_id is not None]
    lately = {leg.agent_id for leg in asked if (turn.now - leg.started_at).total_seconds() < AGAIN_SECONDS}
    ever = {leg.agent_id for leg in asked}
    found = await agents.next_agent(turn.tx, {one for one in ever | lately if one is not None})
    if found is None:
        found = await agents.next_agent(turn.tx, {one for one in lately if one is not None})
    if found is None:
        return bool(lately)
    await turn.add_agent(found.agent_id)
    return True
