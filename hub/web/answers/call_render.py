"""Calls and agents' telephones to the shapes of call_shapes.py."""

from __future__ import annotations

from hub.calls.model import AgentState, CallView, Leg
from hub.calls.script import records
from hub.web import addresses
from hub.web.answers import call_shapes


def call(view: CallView) -> call_shapes.Call:
    one = view.call
    talking = one.stage == "room" and one.state == "talking"
    return {
        "id": one.id,
        "version": one.version,
        "direction": one.direction,
        "state": one.state,
        "stage": one.stage,
        "channel_id": one.channel_id,
        "conversation_id": one.conversation_id,
        "entry_id": one.entry_id,
        "customer": {"id": one.customer_id, "name": view.customer_name},
        "identity": {
            "id": one.identity_id,
            "kind": one.customer.kind,
            "address": one.customer.value,
            "shown": addresses.shown(one.customer.kind, one.customer.value),
            "name": view.identity_name,
        },
        "callback_id": one.callback_id,
        "started_at": one.started_at,
        "answered_at": one.answered_at,
        "ended_at": one.ended_at,
        "waited_seconds": one.waited_seconds,
        "talk_seconds": one.talk_seconds,
        "held_seconds": one.held_seconds,
        "held_since": one.held_since,
        "transferred": one.transferred,
        "recorded": one.recorded,
        "recording": talking and records(one) and not one.recording_paused,
        "consent": one.consent or None,
        "transcript": one.transcript or None,
        "said": [{"at": said.at, "who": said.who, "text": said.text} for said in one.said],
        "disposition": one.disposition or None,
        "notes": one.notes or None,
        "wrap_up_agent_id": one.wrap_up_agent_id,
        "legs": [_leg(leg, view) for leg in view.legs],
        "next_steps": _next_steps(view, talking=talking),
    }


def _leg(leg: Leg, view: CallView) -> call_shapes.CallLeg:
    agent_id = leg.agent_id
    return {
        "id": leg.id,
        "role": leg.role,
        "agent": None if agent_id is None else {"id": agent_id, "name": view.agents.get(agent_id, "")},
        "address": leg.to.value,
        "state": leg.state,
        "accepted": leg.accepted_at is not None,
        "declined": leg.declined,
        "reason": leg.reason or None,
        "started_at": leg.started_at,
        "answered_at": leg.answered_at,
        "ended_at": leg.ended_at,
    }


def _next_steps(view: CallView, *, talking: bool) -> list[call_shapes.CallStep]:
    one = view.call
    if one.over:
        return []
    steps: list[call_shapes.CallStep] = ["hang_up"]
    agents = [leg for leg in view.legs if leg.role == "agent"]
    own = one.direction == "out" and one.callback_id is None and len(agents) == 1  # the agent asked for it
    if not own and any(not leg.gone and leg.accepted_at is None for leg in agents):
        steps.append("decline")
    if talking:
        steps += ["hold" if one.held_since is None else "resume", "transfer"]
        if records(one):
            steps.append("resume_recording" if one.recording_paused else "pause_recording")
    return steps


def agent_calls(one: AgentState) -> call_shapes.AgentCalls:
    device = one.device
    return {
        "agent_id": one.agent_id,
        "availability": one.availability,
        "away_reason": one.away_reason or None,
        "since": one.since,
        "capacity": one.capacity,
        "calls": one.calls,
        "wrap_up_until": one.wrap_up_until,
        "device": None if device is None else {"kind": device.kind, "address": device.address},
        "free": one.free,
    }
