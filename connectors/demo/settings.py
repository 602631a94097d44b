"""The demo's settings: only its pace."""

from __future__ import annotations

from hub.sdk import Field, SettingsSchema

SCHEMA = SettingsSchema(
    (
        Field(
            "pace",
            "Seconds between new messages",
            "How long the example customers wait, about, before one of them writes again.",
            type="number",
            default=40,
            min=1,
            max=86400,
            required=True,
        ),
    )
)
OWN_ADDRESS = "hello@lindenhof-supplies.example"
OWN_NAME = "Lindenhof Supplies"
