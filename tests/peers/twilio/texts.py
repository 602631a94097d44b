"""The customer's side of texts: what becomes of messages to them, and what they write."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.peers.twilio.account import Account, Number
from tests.peers.twilio.answers import VERSION, Refused, new_sid
from tests.peers.twilio.content import Contents
from tests.peers.twilio.messages import Media, Message, Messages
from tests.peers.twilio.segments import segments
from tests.peers.twilio.webhooks import Posted

STOP = frozenset(("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"))
START = frozenset(("START", "UNSTOP", "YES"))
HELP = frozenset(("HELP", "INFO"))
CAPTIONED = ("image/jpeg", "image/jpg", "image/png", "video/mp4")
WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What becomes of a message to a customer. It climbs through `climbs`; the StatusCallback is told `tells`, in that
    order (None: all but "sending"; () is lost, ("delivered", "sent") out of order), each `after` of the network's
    seconds after the one before. `code` is the error of a failed or undelivered one."""

    climbs: tuple[str, ...] = ("sending", "sent", "delivered")
    tells: tuple[str, ...] | None = None
    code: int | None = None
    after: float = 1.0


def undelivered(code: int) -> Delivery:
    """Sent and not delivered, with this error."""
    return Delivery(("sending", "sent", "undelivered"), code=code)


def failed(code: int) -> Delivery:
    """Not sent at all, with this error."""
    return Delivery(("failed",), code=code)


class Texts:
    """`default` is what becomes of messages that nothing else was planned for."""

    def __init__(self, account: Account, messages: Messages, contents: Contents) -> None:
        self.account = account
        self.messages = messages
        self.contents = contents
        self.default = Delivery()
        self._planned: dict[str, deque[Delivery]] = defaultdict(deque)
        self._stopped: set[tuple[str, str]] = set()
        self._wrote_at: dict[tuple[str, str], datetime] = {}
        messages.on_created.append(self._start)
        messages.refusals.append(self._refuse_stopped)

    # To the customer

    def plan(self, to: str, *deliveries: Delivery) -> None:
        """What becomes of the next messages to this address, one each."""
        self._planned[to].extend(deliveries)

    def inbox(self, address: str) -> list[Message]:
        """What has arrived on this customer's phone, in order."""
        everything = self.messages.all.values()
        return [one for one in everything if one.to == address and one.status in ("delivered", "read")]

    async def reads(self, message: Message) -> Posted | None:
        """The customer looks at it (WhatsApp)."""
        return await self.climb(message, "read")

    async def climb(self, message: Message, status: str, code: int | None = None) -> Posted | None:
        """Gives the message this status and tells the StatusCallback."""
        message.status, message.error_code, message.updated = status, code, self.account.clock.now()
        return await self.tell(message, status)

    async def tell(self, message: Message, status: str) -> Posted | None:
        """Tells the StatusCallback this status, whatever the message's own is by now."""
        if not message.callback:
            return None
        fields = {
            "MessageSid": message.sid,
            "MessageStatus": status,
            "SmsSid": message.sid,
            "SmsStatus": status,
            "To": message.to,
            "From": message.sender,
            "AccountSid": self.account.sid,
            "ApiVersion": VERSION,
        }
        if message.service:
            fields["MessagingServiceSid"] = message.service
        if message.error_code is not None and status in ("failed", "undelivered"):
            fields["ErrorCode"] = str(message.error_code)
        if message.to.startswith("whatsapp:"):
            fields |= {"ChannelPrefix": "whatsapp", "ChannelToAddress": message.to, "EventType": status.upper()}
        return await self.account.webhooks.send(message.callback, fields, tries=1)

    def _start(self, message: Message) -> None:
        self.account.spawn(self._deliver(message), "texts")

    async def _deliver(self, message: Message) -> None:
        delivery = self._delivery(message)
        tells = list(delivery.tells if delivery.tells is not None else (s for s in delivery.climbs if s != "sending"))
        if not await self._fetch_media(message):
            delivery, tells = failed(63019 if message.to.startswith("whatsapp:") else 11200), ["failed"]
        for status in delivery.climbs:
            await self.account.clock.sleep(delivery.after)
            if message.status == "canceled":
                return
            wrong = status in ("failed", "undelivered")
            message.status, message.updated = status, self.account.clock.now()
            message.error_code = delivery.code if wrong else message.error_code
            if delivery.tells is None and status in tells:
                await self.tell(message, status)
        if delivery.tells is not None:
            for status in tells:
                await self.account.clock.sleep(delivery.after)
                await self.tell(message, status)

    def _delivery(self, message: Message) -> Delivery:
        if self._planned[message.to]:
            return self._planned[message.to].popleft()
        if message.to.startswith("whatsapp:") and not self.window_open(message.sender, message.to):
            template = self.contents.all.get(message.content_sid)
            if template is None or template.status != "approved":
                return failed(63016)
        return self.default

    async def _fetch_media(self, message: Message) -> bool:
        for url in message.media_urls:
            status, content_type, content = await self.account.webhooks.fetch(url)
            if status != 200:
                self.account.problems.append(f"11200: media {url} answered {status} {content_type}")
                return False
            message.media.append(self._media(content_type, content))
        message.on_phone = list(message.media)
        if message.to.startswith("whatsapp:"):
            self._complain_of_what_is_lost(message)
        return True

    def _complain_of_what_is_lost(self, message: Message) -> None:
        """WhatsApp takes one file, and shows text beside some kinds alone."""
        if len(message.media) > 1:
            self.account.problems.append(f"WhatsApp ignores all files of {message.sid} but the first")
        if message.body and not message.content_sid and any(one.content_type not in CAPTIONED for one in message.media):
            self.account.problems.append(f"WhatsApp does not show the text of {message.sid} beside its file")

    def _media(self, content_type: str, content: bytes) -> Media:
        return Media(new_sid("ME"), content_type, content, self.account.clock.now(), new_sid(""))

    def window_open(self, number: str, customer: str) -> bool:
        """Whether the customer wrote to this WhatsApp sender in the last 24 hours."""
        wrote = self._wrote_at.get((number, customer))
        return wrote is not None and self.account.clock.now() - wrote < WINDOW

    # Opt-out

    def _scope(self, number: Number) -> str:
        return number.service or number.address

    def _refuse_stopped(self, number: Number, to: str) -> None:
        if (self._scope(number), to) in self._stopped:
            raise Refused(21610, "Attempt to send to unsubscribed recipient")

    def stopped(self, number: str, customer: str) -> bool:
        """Whether the customer has opted out of this number of the account."""
        known = self.account.number(number)
        return known is not None and (self._scope(known), customer) in self._stopped

    def _opt_out_type(self, number: Number, customer: str, body: str) -> str:
        word = body.strip().upper()
        key = (self._scope(number), customer)
        if number.whatsapp and not number.advanced_opt_out:
            return ""
        if word in STOP:
            self._stopped.add(key)
            return "STOP"
        if word in START:
            self._stopped.discard(key)
            return "START"
        return "HELP" if word in HELP else ""

    # From the customer

    async def write(
        self,
        sender: str,
        to: str,
        body: str = "",
        *,
        media: Iterable[tuple[str, bytes]] = (),
        whatsapp: Mapping[str, str] | None = None,
        told: bool = True,
    ) -> Message:
        """A customer writes to a number of the account; returns once the hub has answered, or has failed to twice.

        `media` are content types and bytes. `whatsapp` are further fields ("ProfileName", "ExternalUserId",
        "ButtonText", "ButtonPayload", …); a `sender` "whatsapp:DE.4711" hides the number. With `told` False no
        webhook is sent: it is found only by listing.
        """
        number = self.account.number(to)
        assert number is not None, f"{to} is not a number of the account"
        now = self.account.clock.now()
        files = [self._media(content_type, content) for content_type, content in media]
        message = Message(
            sid=new_sid("MM" if files else "SM"),
            sender=sender,
            to=to,
            body=body,
            direction="inbound",
            status="received",
            created=now,
            media=files,
            on_phone=list(files),
            service=number.service,
        )
        self.messages.add(message)
        self._wrote_at[to, sender] = now
        opt_out = self._opt_out_type(number, sender, body)
        if told and number.sms_url:
            fields = self._incoming(message, number, opt_out if number.advanced_opt_out else "", whatsapp or {})
            posted = await self.account.webhooks.send(number.sms_url, fields)
            if not posted.ok:
                self.account.problems.append(f"11200: {number.sms_url} answered {posted.status} {posted.error}")
        return message

    def _incoming(self, message: Message, number: Number, opt_out: str, extra: Mapping[str, str]) -> dict[str, str]:
        fields = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsMessageSid": message.sid,
            "AccountSid": self.account.sid,
            "ApiVersion": VERSION,
            "From": message.sender,
            "To": message.to,
            "Body": message.body,
            "SmsStatus": "received",
            "NumSegments": str(segments(message.body)),
            "NumMedia": str(len(message.media)),
        }
        if number.service:
            fields["MessagingServiceSid"] = number.service
        if opt_out:
            fields["OptOutType"] = opt_out
        for index, media in enumerate(message.media):
            fields[f"MediaUrl{index}"] = f"{self.account.url}{self.messages.uri(message)}/Media/{media.sid}"
            fields[f"MediaContentType{index}"] = media.content_type
        if number.whatsapp:
            bare = message.sender.removeprefix("whatsapp:")
            fields |= {"MessageType": _message_type(message, extra), "ReferralNumMedia": "0"}
            if bare.startswith("+"):
                fields["WaId"] = bare[1:]
            else:
                fields["ExternalUserId"] = bare
        else:
            fields |= {f"{who}{what}": "" for who in ("From", "To") for what in ("City", "State", "Zip")}
        return fields | dict(extra)


def _message_type(message: Message, extra: Mapping[str, str]) -> str:
    if "ButtonPayload" in extra:
        return "button"
    return message.media[0].content_type.split("/")[0] if message.media else "text"
