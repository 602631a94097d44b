"""What Twilio's webhooks about calls mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from connectors.twilio import phone_wire
from hub.sdk import Address, CallUpdate, Ignored, Raw

WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CALL = "CA" + "1" * 32
ROOM = "CF" + "2" * 32
RECORDING = "RE" + "3" * 32
BASIC = {"CallSid": CALL, "AccountSid": "AC" + "0" * 32, "CallStatus": "in-progress"}


def raw(hook: str, form: Mapping[str, str], query: str = "") -> Raw:
    target = f"/hooks/7/{hook}{'?' + query if query else ''}"
    return phone_wire.to_raw(hook, target, urlencode({**BASIC, **form}).encode(), WHEN)


def understood(hook: str, form: Mapping[str, str], query: str = "") -> CallUpdate:
    (update,) = phone_wire.parse(raw(hook, form, query))
    assert isinstance(update, CallUpdate)
    return update


def ignored(hook: str, form: Mapping[str, str], query: str = "") -> str:
    (update,) = phone_wire.parse(raw(hook, form, query))
    assert isinstance(update, Ignored)
    return update.reason


def test_a_call_comes_in() -> None:
    update = understood("voice", {"From": "+4915112345678", "To": "+493012345", "CallerName": "ANNA"})
    assert update.event == "incoming"
    assert update.provider_id == CALL
    assert update.caller == Address("phone", "+4915112345678", "+4915112345678", "ANNA")
    assert update.called == Address("phone", "+493012345", "+493012345")
    assert update.occurred_at == WHEN


def test_a_call_that_the_hub_made_goes_on_where_a_fallback_brings_it() -> None:
    update = understood("voice", {"From": "+493012345", "To": "+4915112345678", "Direction": "outbound-api"})
    assert (update.event, update.provider_id) == ("answered", CALL)


@pytest.mark.parametrize("number", ["", "anonymous", "Restricted", "+266696687", "+7378742833", "12345"])
def test_a_hidden_number_is_nobody(number: str) -> None:
    assert understood("voice", {"From": number, "To": "+493012345"}).caller == phone_wire.WITHHELD


def test_a_sip_caller_has_a_sip_address() -> None:
    caller = understood("voice", {"From": "sip:Anna@Pbx.example;transport=tls"}).caller
    assert caller == Address("sip", "anna@pbx.example", "Anna@Pbx.example")


@pytest.mark.parametrize(
    ("answered_by", "machine"),
    [
        ("", None),
        ("human", False),
        ("unknown", None),
        ("machine_start", True),
        ("machine_end_beep", True),
        ("fax", True),
    ],
)
def test_a_leg_that_is_answered_says_by_whom(answered_by: str, machine: bool | None) -> None:
    update = understood("leg", {"AnsweredBy": answered_by} if answered_by else {}, "leg=tok.1")
    assert (update.event, update.leg, update.machine) == ("answered", "tok.1", machine)


def test_asking_again_is_no_news_but_leaving_the_room_is() -> None:
    assert ignored("leg", {}, "ask=again&after=x")
    assert understood("leg", {}, "leg=tok.1&ask=left").event == "left"


def test_keys_are_told_and_so_is_that_none_came() -> None:
    update = understood("digits", {"Digits": "1"}, "leg=tok.1&step=accept")
    assert (update.event, update.digits, update.step) == ("digits", "1", "accept")
    assert understood("digits", {"Digits": ""}, "step=accept").digits == ""


def test_the_room_names_the_leg_that_came_or_went_not_the_one_that_opened_it() -> None:
    form = {"ConferenceSid": ROOM, "SequenceNumber": "3"}
    update = understood(
        "room", {**form, "StatusCallbackEvent": "participant-join", "ParticipantLabel": "t.2"}, "leg=t.1"
    )
    assert (update.event, update.leg, update.provider_id) == ("joined", "t.2", CALL)
    assert understood("room", {**form, "StatusCallbackEvent": "participant-leave"}, "leg=t.1").leg == ""
    assert ignored("room", {**form, "StatusCallbackEvent": "conference-start"})


@pytest.mark.parametrize(("status", "state"), sorted(phone_wire.STATES.items()))
def test_every_status_is_a_state(status: str, state: str) -> None:
    update = understood("status", {"CallStatus": status, "CallDuration": "34"}, "leg=tok.1")
    assert (update.event, update.state, update.seconds, update.leg) == ("state", state, 34, "tok.1")


def test_a_status_that_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        phone_wire.parse(raw("status", {"CallStatus": "astonished"}))


def test_a_recorded_talk_can_be_fetched_with_its_sides_apart() -> None:
    form = {"RecordingSid": RECORDING, "RecordingUrl": "https://api.twilio.com/x", "RecordingStatus": "completed"}
    form |= {"RecordingDuration": "12", "RecordingChannels": "2", "ConferenceSid": ROOM, "CallSid": ""}
    update = understood("recording", form, f"leg=tok.1&call={CALL}&step=room")
    assert (update.event, update.step, update.leg, update.provider_id) == ("recorded", "room", "tok.1", CALL)
    assert update.recording is not None
    assert update.recording.key == RECORDING
    assert update.recording.url == "https://api.twilio.com/x.mp3?RequestedChannels=2"


def test_a_message_is_told_once_though_twilio_tells_it_twice() -> None:
    form = {"RecordingSid": RECORDING, "RecordingUrl": "https://api.twilio.com/x", "RecordingDuration": "9"}
    action = raw("recording", form, "step=voicemail&after=1")
    callback = raw("recording", {**form, "RecordingStatus": "completed"}, "step=voicemail&after=1")
    assert action.key == callback.key


def test_silence_after_the_tone_is_a_recording_of_nothing() -> None:
    for update in (
        understood("leg", {}, "ask=silent&step=voicemail"),
        understood("recording", {}, "step=voicemail"),
        understood("recording", {"RecordingStatus": "absent", "RecordingSid": RECORDING}, "step=voicemail"),
    ):
        assert (update.event, update.step, update.recording) == ("recorded", "voicemail", None)


def test_a_transcript_is_the_text_of_its_step() -> None:
    form = {"TranscriptionSid": "TR" + "4" * 32, "TranscriptionStatus": "completed", "TranscriptionText": "Call me"}
    update = understood("transcription", form, "step=voicemail")
    assert (update.event, update.text, update.step) == ("transcribed", "Call me", "voicemail")
    assert ignored("transcription", {**form, "TranscriptionStatus": "failed"})


def test_every_round_of_a_waiting_caller_is_news_and_its_redelivery_is_not() -> None:
    first, second = raw("wait", {}, "after=aa"), raw("wait", {}, "after=bb")
    assert first.key != second.key
    assert first.content != second.content
    assert raw("wait", {}, "after=aa") == first


def test_what_is_found_in_the_list_is_what_the_webhooks_would_have_said() -> None:
    call = {
        "sid": CALL,
        "from": "+4915112345678",
        "to": "+493012345",
        "status": "no-answer",
        "duration": "0",
        "start_time": "Sun, 01 Mar 2026 11:00:00 +0000",
        "end_time": "Sun, 01 Mar 2026 11:00:20 +0000",
    }
    incoming, ended = phone_wire.listed(call, WHEN)
    assert incoming.key == raw("voice", {}).key
    assert ended.key == raw("status", {"CallStatus": "no-answer"}).key
    (begun,), (over,) = phone_wire.parse(incoming), phone_wire.parse(ended)
    assert isinstance(begun, CallUpdate)
    assert isinstance(over, CallUpdate)
    assert begun.caller == Address("phone", "+4915112345678", "+4915112345678")
    assert (begun.event, over.event, over.state) == ("incoming", "state", "no_answer")
    assert begun.occurred_at < over.occurred_at < WHEN


def test_a_webhook_that_names_no_call_is_not_taken() -> None:
    with pytest.raises(KeyError):
        phone_wire.to_raw("voice", "/hooks/7/voice", b"From=%2B491", WHEN)
