"""SMS and WhatsApp pass the suite that every connector passes."""

from __future__ import annotations

from typing import Any, ClassVar

from connectors.twilio import SMS, WHATSAPP
from hub.sdk import Connector, Raw
from hub.sdk.testing.conformance import ConnectorConformance
from tests.connectors.twilio.payloads import (
    ANNA,
    MEDIA,
    OWN,
    SMS_SETTINGS,
    WHATSAPP_SETTINGS,
    incoming,
    listing,
    status,
    whatsapp,
)

FILE = {"NumMedia": "1", "MediaUrl0": MEDIA, "MediaContentType0": "image/jpeg", "Body": ""}
OUT: dict[str, Any] = {"direction": "outbound-api", "from": OWN, "to": ANNA}


class TestSms(ConnectorConformance):
    connector: ClassVar[Connector] = SMS
    settings: ClassVar[dict[str, object]] = SMS_SETTINGS
    addresses: ClassVar[dict[str, str]] = {
        "+49 151 12345678": ANNA,
        "0044 20 7946 0000": "+442079460000",
        "+1 (500) 555-0006": "+15005550006",
        "40404": "40404",
    }
    bad_addresses: ClassVar[list[str]] = ["12", "anna", "+", "+49", "030 901820", "+49151123456781234567", "٣٣٣٣"]
    raws: ClassVar[list[Raw]] = [
        incoming(),
        incoming(Body="STOP", OptOutType="STOP"),
        incoming(**FILE),
        incoming(From="40404"),
        *(status(state) for state in ("queued", "sent", "delivered", "receiving", "no-such-status")),
        status("undelivered", "30003"),
        status("failed", "21610"),
        listing(),
        listing([{"uri": f"{MEDIA.removeprefix('https://api.twilio.com')}.json", "content_type": "image/png"}]),
        listing(**OUT, status="delivered"),
        listing(**OUT, status="undelivered", error_code=30005),
    ]


class TestWhatsApp(ConnectorConformance):
    connector: ClassVar[Connector] = WHATSAPP
    settings: ClassVar[dict[str, object]] = WHATSAPP_SETTINGS
    addresses: ClassVar[dict[str, str]] = {
        "whatsapp:+4915112345678": ANNA,
        "+49 151 12345678": ANNA,
        "bsuid:DE.4711": "bsuid:DE.4711",
    }
    bad_addresses: ClassVar[list[str]] = ["12", "40404", "anna", "bsuid:", "bsuid:a b", "whatsapp:", "bsuid:ä"]
    raws: ClassVar[list[Raw]] = [
        whatsapp(),
        whatsapp(ExternalUserId="DE.4711"),
        whatsapp(From="whatsapp:DE.4711", WaId="", ExternalUserId="DE.4711"),
        whatsapp(ButtonText="Yes", ButtonPayload="yes", Body="Yes"),
        whatsapp(Latitude="52.5", Longitude="13.4", Body="", Label="The shop"),
        whatsapp(**FILE),
        status("read"),
        status("undelivered", "63016"),
        listing(None, **{"from": f"whatsapp:{ANNA}", "to": f"whatsapp:{OWN}"}),
    ]
