"""What a caller hears, in Twilio's language."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from connectors.twilio.phone_twiml import Leg, after, render
from hub.sdk import Gather, HangUp, Join, Record, Say, Script, Wait

BASE = "https://hub.example.org/hooks/7"
CALL = "CA" + "1" * 32
LEG = Leg(BASE, CALL, token="leg.1", after="abc")


def document(*script: object, leg: Leg = LEG, music: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(render(script, leg, music))  # type: ignore[arg-type]


def query(url: str | None) -> dict[str, str]:
    assert url is not None
    assert url.startswith(f"{BASE}/"), url
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_words_are_spoken_in_the_voice_of_their_language() -> None:
    found = document(Say("Guten Tag", "de"), Say("Good day", "en-US"), Say("Hello", "xx"))
    assert [dict(say.attrib) for say in found] == [
        {"language": "de-DE", "voice": "Polly.Vicki"},
        {"language": "en-US", "voice": "Polly.Joanna"},
        {},
    ]
    assert [say.text for say in found] == ["Guten Tag", "Good day", "Hello"]


@given(st.text(st.characters()))
def test_any_words_give_a_document_and_never_a_verb(words: str) -> None:
    found = document(Say(f"{words}</Say><Dial>+15005550006</Dial>", "en"))
    assert [verb.tag for verb in found] == ["Say"]


def test_keys_are_told_with_their_step_pressed_or_not() -> None:
    (gather,) = document(Gather("accept", (Say("Press 1"),), digits=1, seconds=8))
    assert gather.tag == "Gather"
    assert gather.attrib["numDigits"] == "1"
    assert gather.attrib["timeout"] == "8"
    assert gather.attrib["actionOnEmptyResult"] == "true"
    assert query(gather.attrib["action"]) == {"leg": "leg.1", "call": CALL, "step": "accept", "after": "abc"}
    assert gather[0].text == "Press 1"


def test_a_waiting_caller_goes_round_and_can_press_a_key() -> None:
    gather, again = document(Wait((Say("Please wait"),), seconds=15), music="https://hub.example.org/m.wav")
    assert query(gather.attrib["action"])["step"] == "queue"
    assert gather.attrib["actionOnEmptyResult"] == "false"
    assert [one.tag for one in gather] == ["Say", "Play"]
    assert again.tag == "Redirect"
    assert urlsplit(again.text or "").path.endswith("/wait")


def test_a_caller_who_cannot_press_keys_waits_in_silence_without_music() -> None:
    assert [verb.tag for verb in document(Wait(keys=False, seconds=9))] == ["Pause", "Redirect"]


def test_a_talk_is_a_conference_that_tells_who_comes_and_goes() -> None:
    (dial,) = document(Join("room-5", begins=True, ends=True))
    (room,) = dial
    assert (room.tag, room.text) == ("Conference", "room-5")
    assert room.attrib["startConferenceOnEnter"] == "true"
    assert room.attrib["endConferenceOnExit"] == "true"
    assert room.attrib["participantLabel"] == "leg.1"
    assert set(room.attrib["statusCallbackEvent"].split()) >= {"join", "leave"}
    assert query(dial.attrib["action"])["ask"] == "left"
    assert "record" not in room.attrib


def test_a_recorded_talk_says_which_call_it_was() -> None:
    """Twilio's word of a finished conference recording names no call."""
    incoming = Leg(BASE, CALL)
    (dial,) = document(Join("room-5", record=True), leg=incoming)
    assert dial[0].attrib["record"] == "record-from-start"
    assert query(dial[0].attrib["recordingStatusCallback"]) == {"call": CALL, "step": "room"}
    assert "participantLabel" not in dial[0].attrib


def test_a_message_after_the_tone_goes_on_when_nothing_is_said() -> None:
    record, silent = document(Record("voicemail", seconds=60))
    assert record.attrib["maxLength"] == "60"
    assert query(record.attrib["transcribeCallback"])["step"] == "voicemail"
    assert query(silent.text)["ask"] == "silent"
    assert "transcribe" not in document(Record(transcribe=False))[0].attrib


def test_a_busy_signal_is_only_for_a_call_that_nobody_answered() -> None:
    assert document(HangUp(busy=True))[0].attrib == {"reason": "busy"}
    assert [verb.tag for verb in document(Say("Bye"), HangUp(busy=True))] == ["Say", "Hangup"]


def test_the_same_question_gets_the_same_answer_and_another_one_other_addresses() -> None:
    script: Script = (Wait(), Gather("accept", ()))
    once, twice = (Leg(BASE, CALL, after=after("CA1;waiting;x")) for _ in range(2))
    assert render(script, once) == render(script, twice)
    assert render(script, once) != render(script, Leg(BASE, CALL, after=after("CA1;waiting;y")))
