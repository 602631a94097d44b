"""SMS and MMS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from connectors.twilio import numbers, wire
from connectors.twilio.line import home, own_number, read_line
from connectors.twilio.outgoing import MAX_BYTES, MAX_FILES, MAX_TEXT
from connectors.twilio.people import PHONE
from connectors.twilio.segments import segments
from connectors.twilio.settings import SMS_SCHEMA, rate
from connectors.twilio.texting import TextSession
from hub.sdk import Capabilities, ChannelSettings, Consent, Context, Limits, Outgoing, Parsed, Raw, SettingsSchema


class SmsConnector:
    kind = "sms"
    version = "1"
    name = "Text messages (SMS)"
    description = "A number at Twilio that customers text to, with pictures and files where the country has them."
    address_kind = PHONE
    schema: SettingsSchema = SMS_SCHEMA
    capabilities = Capabilities(segments=True)
    limits = Limits(
        rate=1.0,
        burst=1,
        max_bytes=MAX_BYTES["sms"],
        max_text=MAX_TEXT,
        max_files=MAX_FILES["sms"],
        send_timeout=60.0,
    )

    def normalise(self, address: str) -> str:
        return numbers.normalise(address)

    def normalise_at_home(self, address: str, settings: ChannelSettings) -> str:
        return numbers.normalise(address, home(settings, "sms"))

    def own_address(self, settings: ChannelSettings) -> str:
        return own_number(settings, "sms")

    def reference(self, settings: ChannelSettings, token: str) -> str:
        return f"sms:{token}"

    def parse(self, raw: Raw, settings: ChannelSettings) -> Sequence[Parsed]:
        return wire.parse(raw, "sms")

    def consent(self, settings: ChannelSettings) -> Consent | None:
        return None

    def limits_of(self, settings: ChannelSettings) -> Limits:
        limits = rate(settings, self.limits)
        return limits if settings.get("mms") is not False else replace(limits, max_files=0)

    def weight(self, message: Outgoing) -> int:
        return 1 if message.attachments else segments(message.text)

    def open(self, context: Context) -> TextSession:
        return TextSession(context, read_line(context.settings, "sms"))
