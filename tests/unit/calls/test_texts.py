"""What is said on the telephone, and in which language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from connectors.twilio.phone import PhoneConnector
from hub.calls.texts import DEFAULTS, CallSettings, language_of
from hub.sdk.telephone import SECONDS, WORDS


@pytest.mark.parametrize(
    ("number", "said", "usual", "spoken"),
    [
        ("+491701234567", None, "en", "de"),
        ("+4366412345678", None, "en", "de"),
        ("+447911123456", None, "de", "en"),
        ("withheld:CA1", None, "de", "de"),
        ("+491701234567", "en-GB", "de", "en"),
        ("+447911123456", "de-AT", "en", "de"),
        ("+447911123456", "fr", "de", "en"),
    ],
)
def test_the_language_of_a_caller(number: str, said: str | None, usual: str, spoken: str) -> None:
    assert language_of(number, said, usual) == spoken  # type: ignore[arg-type]


def test_what_the_hub_reads_of_a_channels_settings_the_telephone_connector_offers() -> None:
    fields = {field.name: field for field in PhoneConnector.schema.fields}
    for name, seconds in SECONDS.items():
        assert fields[name].default == seconds
        assert replace(CallSettings({}), words={}) != CallSettings.of({name: seconds + 1}), "it is read"
    for name, words in WORDS.items():
        assert (fields[name].default, fields[name].placeholder) == ("", words)
        assert CallSettings.of({name: "Ours."}).say(name, "de") == "Ours."  # type: ignore[arg-type]
    assert CallSettings.of(PhoneConnector.schema.with_defaults({})) == CallSettings({})


def test_every_text_is_there_in_every_language() -> None:
    assert {frozenset(words) for words in DEFAULTS.values()} == {frozenset(DEFAULTS["en"])}


def test_a_channels_own_words_are_said_to_everybody_and_missing_settings_are_as_usual() -> None:
    settings = CallSettings.of({"greeting": "Welcome!", "record": "perhaps", "ring_seconds": "soon", "voicemail": None})
    assert settings.say("greeting", "de") == "Welcome!"
    assert settings.say("farewell_text", "de") == DEFAULTS["de"]["farewell_text"]
    assert (settings.record, settings.ring, settings.voicemail) == ("off", 20, True)
