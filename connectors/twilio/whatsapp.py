"""WhatsApp through Twilio."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from connectors.twilio import people, wire
from connectors.twilio.client import CONTENT
from connectors.twilio.errors import TwilioTrouble, run_error
from connectors.twilio.line import home, own_number, read_line
from connectors.twilio.outgoing import CAPTIONED, MAX_BYTES, MAX_FILES, MAX_TEXT
from connectors.twilio.settings import WHATSAPP_SCHEMA, rate
from connectors.twilio.templates import template
from connectors.twilio.texting import TextSession
from hub.sdk import (
    Capabilities,
    ChannelSettings,
    ConnectionTrouble,
    Consent,
    Context,
    Limits,
    Parsed,
    Raw,
    SettingsSchema,
    TemplateInfo,
)

WINDOW: Final = 24 * 3600
MAX_TEMPLATES: Final = 2000


class WhatsAppConnector:
    kind = "whatsapp"
    version = "1"
    name = "WhatsApp"
    description = "A WhatsApp sender at Twilio, with templates for those who have not written for a day."
    address_kind = people.WHATSAPP
    schema: SettingsSchema = WHATSAPP_SCHEMA
    capabilities = Capabilities(window=WINDOW, templates=True)
    limits = Limits(
        rate=80.0,
        burst=80,
        max_bytes=MAX_BYTES["whatsapp"],
        max_text=MAX_TEXT,
        max_files=MAX_FILES["whatsapp"],
        captioned=CAPTIONED,
        send_timeout=60.0,
    )

    def normalise(self, address: str) -> str:
        return people.normalise_whatsapp(address)

    def normalise_at_home(self, address: str, settings: ChannelSettings) -> str:
        return people.normalise_whatsapp(address, home(settings, "whatsapp"))

    def own_address(self, settings: ChannelSettings) -> str:
        return own_number(settings, "whatsapp")

    def reference(self, settings: ChannelSettings, token: str) -> str:
        return f"whatsapp:{token}"

    def parse(self, raw: Raw, settings: ChannelSettings) -> Sequence[Parsed]:
        return wire.parse(raw, "whatsapp")

    def consent(self, settings: ChannelSettings) -> Consent | None:
        return None

    def limits_of(self, settings: ChannelSettings) -> Limits:
        return rate(settings, self.limits)

    def open(self, context: Context) -> WhatsAppSession:
        return WhatsAppSession(context, read_line(context.settings, "whatsapp"))


class WhatsAppSession(TextSession):
    async def templates(self) -> Sequence[TemplateInfo]:
        found: list[TemplateInfo] = []
        try:
            pages = self._api.pages("/v1/ContentAndApprovals", "contents", {"PageSize": "500"}, CONTENT)
            async for page in pages:
                found += [one for one in map(template, page) if one is not None]
                if len(found) >= MAX_TEMPLATES:
                    break
        except TwilioTrouble as failure:
            raise run_error(failure) from None
        except (KeyError, TypeError, ValueError, AttributeError) as failure:
            raise ConnectionTrouble(f"Twilio's list of templates is not as it should be ({failure!r}).") from None
        return found
