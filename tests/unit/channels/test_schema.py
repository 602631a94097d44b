"""The settings schema: what a form shows and what it takes."""

from __future__ import annotations

from hub.sdk import Field, SettingsSchema

SCHEMA = SettingsSchema(
    (
        Field("number", "Number", "The number that customers text to.", required=True),
        Field("incoming", "Webhook", "Paste it at the provider.", "hook"),
    )
)


def test_the_address_of_a_webhook_is_shown_and_never_a_value() -> None:
    assert SCHEMA.problems({"number": "+4930901820"}) == {}
    assert list(SCHEMA.problems({"number": "+4930901820", "incoming": "https://x.test"})) == ["incoming"]
    assert [one.name for one in SCHEMA.shown({})] == ["number", "incoming"]
