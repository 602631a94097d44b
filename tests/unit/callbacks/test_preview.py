"""The preview of a queue is the call as it will run: word for word what telephones are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from hub.callbacks.model import Queue
from hub.callbacks.preview import preview
from hub.callbacks.scripts import say
from hub.calls.model import Call, Leg
from hub.calls.script import Situation, script
from hub.calls.texts import CallSettings
from hub.sdk import Say

QUEUE = Queue(1, 1, "Support", scripts={"en": {"offer": "Press 1."}})
NOON = datetime(2026, 3, 25, 12, 0, tzinfo=UTC)
LINK = "https://hub.test/callback/1"


@pytest.mark.parametrize("record", ["off", "announce", "ask"])
@pytest.mark.parametrize("voicemail", [True, False])
@pytest.mark.parametrize("mode", ["agent_first", "customer_first"])
def test_the_preview_is_the_call_as_it_will_run(record: Any, voicemail: bool, mode: Any) -> None:
    """Every word of the preview, on each path, against the scripts that telephones are given."""
    settings = CallSettings({"greeting": "Acme, good morning."}, record=record, voicemail=voicemail)
    queue = replace(QUEUE, mode=mode)
    shown = {step.id: [line.text for line in step.says] for step in preview(queue, "en", LINK, settings)}
    closed = say(queue, "offer_closed", "en").text
    whisper = shown["whisper"][0]
    agent, customer = leg("agent"), leg("customer")

    def heard(call: Call, to: Leg, **more: Any) -> list[str]:
        steps = script(Situation(call, [to], settings, **more), to)
        found = [one.text for step in steps for one in getattr(step, "says", ())]
        return [one.text for one in steps if isinstance(one, Say)] + found

    waits = call("in", "queue", opening_text="Acme, good morning.", record=record)
    agreed = replace(waits, consent="given")
    if record == "ask":
        assert heard(waits, customer) == shown["consent"]
    assert heard(agreed, customer, offer="Press 1.") == shown["offer"]
    menu = call("in", "menu", opening_text=settings.say("closed_text", "en"), record=record)
    assert heard(menu, customer, offer=closed) == shown["offer_closed"]
    if voicemail:
        messages = [call("in", "voicemail", voicemail=left, record=record) for left in (False, True)]
        assert [*heard(messages[0], customer), *heard(messages[1], customer)] == shown["voicemail"]
    assert heard(call("out", "agent", whisper=whisper, record=record), agent) == shown["whisper"]
    room = call("out", "room", record=record, consent="" if record == "ask" else "announced")
    assert heard(room, replace(customer, accepted_at=NOON)) == shown["talk"]
    if mode == "customer_first":
        first = call("out", "customer", opening_text=shown["opening"][0], closing_text=shown["sorry"][0])
        assert heard(first, replace(customer, state="answered")) == shown["opening"]
        assert heard(replace(first, stage="farewell"), customer) == shown["sorry"]


def call(direction: Any, stage: Any, **more: Any) -> Call:
    values: dict[str, Any] = dict.fromkeys(Call.__dataclass_fields__) | {
        "direction": direction,
        "stage": stage,
        "state": "waiting",
        "language": "en",
        "room": "room",
        "record": "off",
        "consent": "",
        "voicemail": False,
    }
    texts = dict.fromkeys(("whisper", "machine_text", "closing_text", "opening_text"), "")
    return Call(**{**values, **texts, **more})


def leg(role: Any) -> Leg:
    values: dict[str, Any] = dict.fromkeys(Leg.__dataclass_fields__) | {
        "role": role,
        "state": "ringing",
        "declined": False,
    }
    return Leg(**{**values, "waited": False, "machine": None})
