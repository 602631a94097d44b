"""Texts to telephone numbers for tests: the scripted connector, whose addresses are numbers."""

from __future__ import annotations

from hub.sdk import Capabilities, ChannelSettings, InvalidAddress
from tests.connectors.scripted import Scripted


class TelephoneTexts(Scripted):
    kind = "telephone_texts"
    name = "Texts"
    address_kind = "phone"
    capabilities = Capabilities(segments=True)

    def normalise(self, address: str) -> str:
        number = address.replace(" ", "")
        if not (number.startswith("+") and number[1:].isdigit()):
            raise InvalidAddress(f"{address!r} is no number.")
        return number

    def own_address(self, settings: ChannelSettings) -> str:
        return str(settings["address"])

    def reference(self, settings: ChannelSettings, token: str) -> str:
        return ""
