"""One number for messages, as its settings say."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from connectors.twilio import numbers, people
from connectors.twilio.settings import Account, country, read_account, service_sid, text
from connectors.twilio.wire import Channel
from hub.sdk import ChannelSettings, ConfigurationError, InvalidAddress


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is the sender's own, normalised; `service` the messaging service that sends, "" for none; `others` the
    further numbers of that service."""

    channel: Channel
    account: Account
    number: str
    service: str = ""
    others: tuple[str, ...] = ()
    files: bool = True

    @property
    def own(self) -> tuple[str, ...]:
        """Every number of ours, as Twilio writes them."""
        return tuple(people.target(one, self.channel) for one in (self.number, *self.others))

    def target(self, value: str) -> str:
        """A customer's address, as Twilio takes it."""
        return people.target(value, self.channel)


def read_line(settings: ChannelSettings, channel: Channel) -> Line:
    """Raises ConfigurationError."""
    others = [one for one in text(settings, "more_numbers").split(",") if one.strip()]
    return Line(
        channel=channel,
        account=read_account(settings),
        number=own_number(settings, channel),
        service=service_sid(settings),
        others=tuple(_number(one, settings, channel) for one in others),
        files=settings.get("mms") is not False,
    )


def home(settings: ChannelSettings, channel: Channel) -> str:
    """The country that a number without a country code belongs to: the one that is set, else the sender's own."""
    return country(settings) or numbers.country_of(own_number(settings, channel))


def own_number(settings: ChannelSettings, channel: Channel) -> str:
    """Raises ConfigurationError."""
    return _number(text(settings, "number"), settings, channel)


def _number(written: str, settings: ChannelSettings, channel: Channel) -> str:
    normalise = people.normalise_whatsapp if channel == "whatsapp" else numbers.normalise
    try:
        return normalise(written, country(settings))
    except InvalidAddress as failure:
        raise ConfigurationError(f"“{written}” cannot be the sender: {failure}") from None


def can_be_called(public_url: str) -> bool:
    """Whether Twilio, on the internet, can call an address that begins like this."""
    parts = urlsplit(public_url)
    return parts.scheme == "https" and (parts.hostname or "") not in ("localhost", "127.0.0.1", "::1")
