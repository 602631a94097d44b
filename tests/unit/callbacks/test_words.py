"""What is told: scripts, waits, numbers, slots."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hub.callbacks.calendar import Calendar
from hub.callbacks.model import RESULTS, BadCallback, LegalHours, Queue
from hub.callbacks.number import normalise, time_zone_of
from hub.callbacks.preview import preview
from hub.callbacks.scripts import DEFAULTS, FIELDS, check_scripts, say
from hub.callbacks.slots import slots
from hub.callbacks.wait import expected_wait
from hub.calls.texts import CallSettings
from hub.service.model import WEEKDAYS, Schedule

LOCALES = Path(__file__).parents[3] / "hub/web/ui/locales"
QUEUE = Queue(1, 1, "Support", scripts={"de": {"offer": "Drücken Sie 1. Wartezeit {wait}."}})
NOON = datetime(2026, 3, 25, 12, 0, tzinfo=UTC)


def test_a_queue_says_its_own_words_and_else_the_hubs() -> None:
    assert say(QUEUE, "offer", "de-AT", wait="20 Minuten").text == "Drücken Sie 1. Wartezeit 20 Minuten."
    assert say(QUEUE, "taken", "de").text == DEFAULTS["de"]["taken"]
    assert say(QUEUE, "offer", "fr", wait="20 minutes").language == "en"


def test_every_text_exists_in_every_language() -> None:
    assert {language: set(texts) for language, texts in DEFAULTS.items()} == {one: set(FIELDS) for one in DEFAULTS}
    check_scripts(DEFAULTS)


@pytest.mark.parametrize(
    ("language", "field", "text"),
    [
        ("en", "offer", "Press {one}."),
        ("en", "offer", "Press 1 {wait"),
        ("en", "sms_code", "Hello {name}."),
        ("en", "sms_taken", "We call you."),
        ("en", "unknown", "Hello."),
        ("english!", "offer", "Hello."),
        ("en", "offer", "x" * 601),
    ],
)
def test_words_that_cannot_be_said_are_refused(language: str, field: str, text: str) -> None:
    with pytest.raises(BadCallback):
        check_scripts({language: {field: text}})


def test_what_customers_wrote_is_never_taken_for_a_place_holder() -> None:
    assert "{code}" in say(QUEUE, "whisper", "en", name="{code}", reason="", code="123456").text


def test_the_preview_says_what_will_be_said() -> None:
    steps = {step.id: step for step in preview(QUEUE, "de", "https://hub.test/callback/1", CallSettings({}))}
    assert steps["offer"].says[-1].text == "Drücken Sie 1. Wartezeit 20 Minuten."
    assert "Maria Keller" in steps["whisper"].says[0].text
    goes_to = {key.goes_to for step in steps.values() for key in step.keys if key.goes_to}
    assert goes_to <= set(steps)


@pytest.mark.parametrize(
    ("before", "seconds", "agents", "minutes"),
    [(0, None, 1, 5), (3, None, 1, 15), (10, 240.0, 4, 10), (10, 600.0, 0, 100), (2, 60.0, 1, 5)],
)
def test_the_expected_wait(before: int, seconds: float | None, agents: int, minutes: int) -> None:
    assert expected_wait(before, seconds, agents) == timedelta(minutes=minutes)


def test_numbers_have_one_spelling() -> None:
    assert normalise("030 901820", "DE") == normalise("+49 (30) 901820") == "+4930901820"
    assert time_zone_of("+4930901820", "UTC") == "Europe/Berlin"
    assert time_zone_of("+12125550123", "UTC") == "America/New_York"
    assert time_zone_of("+18005550123", "America/Chicago") == "America/Chicago"


@pytest.mark.parametrize("number", ["", "030 901820", "+49", "+49 900 1234567", "nonsense", "+" + "9" * 200])
def test_numbers_that_cannot_be_called_back_are_refused(number: str) -> None:
    with pytest.raises(BadCallback):
        normalise(number)


def test_slots_lie_in_business_hours_and_legal_hours_by_the_customers_clock() -> None:
    office = Schedule("Europe/Berlin", dict.fromkeys(WEEKDAYS[:5], (("09:00", "17:00"),)))
    calendar = Calendar((office, LegalHours().schedule("America/New_York")))
    days = slots(calendar, "America/New_York", NOON)
    assert len(days) == 5
    assert {window.start.weekday() for day in days for window in day} == {0, 1, 2, 3, 4}
    assert [(one.start.hour, one.end.hour) for one in days[0]] == [(12, 14), (14, 16)]  # 8 to 12 in New York


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_has_words_for_every_end_of_an_attempt(language: str) -> None:
    source = (LOCALES / language / "calls.ftl").read_text("utf-8")
    (block,) = re.findall(r"^callback-why = .*?^  }", source, re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"\[(\w+)\]", block)) - {"other"} == set(RESULTS)
