"""Messages and their media, as the REST API shows and takes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web
from yarl import URL

from tests.peers.twilio.account import Account, Number
from tests.peers.twilio.answers import (
    VERSION,
    Refused,
    by_date,
    form,
    found,
    many,
    new_sid,
    not_found,
    page,
    rfc2822,
)
from tests.peers.twilio.content import Contents, rendered
from tests.peers.twilio.segments import segments

LONGEST_BODY = 1600
MOST_MEDIA = 10
FINAL = ("delivered", "undelivered", "failed", "canceled", "read", "received")


@dataclass
class Media:
    """`redirect` is the path at the other origin where the bytes are."""

    sid: str
    content_type: str
    content: bytes
    created: datetime
    redirect: str = ""


@dataclass
class Message:
    sid: str
    sender: str
    to: str
    body: str
    direction: str
    status: str
    created: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    media: list[Media] = field(default_factory=list)
    on_phone: list[Media] = field(default_factory=list)
    """What the customer's telephone shows, whatever is deleted at Twilio."""
    media_urls: list[str] = field(default_factory=list)
    service: str = ""
    content_sid: str = ""
    error_code: int | None = None
    updated: datetime | None = None

    @property
    def callback(self) -> str:
        return self.fields.get("StatusCallback", "")


class Messages:
    """`on_created` are told of each message that was taken, `refusals` may object (Refused) before that."""

    def __init__(self, account: Account, contents: Contents) -> None:
        self.account = account
        self.contents = contents
        self.all: dict[str, Message] = {}
        self.on_created: list[Callable[[Message], None]] = []
        self.refusals: list[Callable[[Number, str], None]] = []

    def routes(self) -> list[web.RouteDef]:
        base = f"/{VERSION}/Accounts/{{account}}/Messages"
        media = base + "/{sid}/Media"
        return [
            web.post(f"{base}.json", self.create, name="messages.create"),
            web.get(f"{base}.json", self.list, name="messages.list"),
            web.get(base + "/{sid}.json", self.fetch, name="messages.fetch"),
            web.post(base + "/{sid}.json", self.update, name="messages.update"),
            web.delete(base + "/{sid}.json", self.delete, name="messages.delete"),
            web.get(media + ".json", self.list_media, name="media.list"),
            web.get(media + "/{media}.json", self.fetch_media, name="media.fetch"),
            web.delete(media + "/{media}.json", self.delete_media, name="media.delete"),
            web.delete(media + "/{media}", self.delete_media, name="media.delete_file"),
            web.get(media + "/{media}", self.redirect_to_media, name="media.file"),
        ]

    def add(self, message: Message) -> Message:
        self.all[message.sid] = message
        return message

    # What the account may do

    async def create(self, request: web.Request) -> web.Response:
        fields = await form(request)
        urls = await many(request, "MediaUrl")
        to = fields.get("To", "")
        if not to:
            raise Refused(21604, "A 'To' phone number is required.")
        sender = self._sender(fields)
        if sender.whatsapp != to.startswith("whatsapp:"):
            raise Refused(21910, "Invalid From and To pair. From and To should be of the same channel")
        if not _possible(to):
            raise Refused(21211, f"Invalid 'To' Phone Number: {to}")
        body, content_sid = self._body(fields, urls)
        for refusal in self.refusals:
            refusal(sender, to)
        now = self.account.clock.now()
        message = Message(
            sid=new_sid("MM" if urls and not sender.whatsapp else "SM"),
            sender=sender.address,
            to=to,
            body=body,
            direction="outbound-api",
            status="accepted" if fields.get("MessagingServiceSid") else "queued",
            created=now,
            fields=fields,
            media_urls=urls,
            service=fields.get("MessagingServiceSid", ""),
            content_sid=content_sid,
        )
        self.account.ledger.append("message", message.sid, now, fields)
        self.add(message)
        shown = self.shown(message)
        for told in self.on_created:
            told(message)
        return web.json_response(shown, status=201)

    def _sender(self, fields: Mapping[str, str]) -> Number:
        if service := fields.get("MessagingServiceSid", ""):
            pool = self.account.pool(service)
            if not pool:
                raise Refused(21701, "The Messaging Service does not exist, or has no senders.")
            whatsapp = fields.get("To", "").startswith("whatsapp:")
            fitting = [number for number in pool if number.whatsapp == whatsapp]
            if not fitting:
                raise Refused(21703, "The Messaging Service has no sender of this channel.")
            return fitting[0]
        address = fields.get("From", "")
        if not address:
            raise Refused(21603, "A 'From' phone number is required.")
        if number := self.account.number(address):
            return number
        if address.startswith("whatsapp:"):
            raise Refused(63007, "Twilio could not find a Channel with the specified From address")
        raise Refused(21606, f"The 'From' phone number provided ({address}) is not a valid message-capable number.")

    def _body(self, fields: Mapping[str, str], urls: list[str]) -> tuple[str, str]:
        if len(urls) > MOST_MEDIA:
            raise Refused(21623, "Number of media files exceeds allowed limit")
        for url in urls:
            if URL(url).scheme not in ("http", "https"):
                raise Refused(21620, f"Invalid media URL(s): {url}")
        if content_sid := fields.get("ContentSid", ""):
            template = self.contents.all.get(content_sid)
            if template is None:
                raise Refused(21655, "The ContentSid is invalid")
            try:
                variables = json.loads(fields.get("ContentVariables") or "{}")
            except ValueError as bad:
                raise Refused(21656, "The ContentVariables Parameter is invalid") from bad
            if not isinstance(variables, dict) or not all(isinstance(one, str) and one for one in variables.values()):
                raise Refused(21656, "The ContentVariables Parameter is invalid")
            return rendered(template, variables), content_sid
        body = fields.get("Body", "")
        if not body and not urls:
            raise Refused(21619, "A text message body or media urls must be specified.")
        if len(body) > LONGEST_BODY:
            raise Refused(21617, "The concatenated message body exceeds the 1600 character limit")
        return body, ""

    async def list(self, request: web.Request) -> web.Response:
        fits = by_date(request, "DateSent")
        to, sender = request.query.get("To"), request.query.get("From")
        chosen = [
            message
            for message in reversed(self.all.values())
            if to in (None, message.to) and sender in (None, message.sender) and fits(message.created)
        ]
        return page(request, "messages", chosen, self.shown, lambda message: message.sid)

    async def fetch(self, request: web.Request) -> web.Response:
        return web.json_response(self.shown(found(self.all, request.match_info["sid"])))

    async def update(self, request: web.Request) -> web.Response:
        """Cancels a message that is not yet on its way, or empties its body."""
        message = found(self.all, request.match_info["sid"])
        fields = await form(request)
        if fields.get("Status") == "canceled":
            if message.status not in ("queued", "accepted", "scheduled"):
                raise Refused(30409, "Message cannot be canceled", 409)
            message.status = "canceled"
        if fields.get("Body") == "":
            message.body = ""
        return web.json_response(self.shown(message))

    async def delete(self, request: web.Request) -> web.Response:
        message = found(self.all, request.match_info["sid"])
        if message.status not in FINAL:
            raise Refused(20009, "Cannot delete this resource because the message has not been sent", 409)
        del self.all[message.sid]
        self.account.ledger.append("deleted", message.sid, self.account.clock.now())
        return web.Response(status=204)

    # Media

    def _medium(self, request: web.Request) -> tuple[Message, Media]:
        message = found(self.all, request.match_info["sid"])
        for media in message.media:
            if media.sid == request.match_info["media"]:
                return message, media
        raise not_found(request.match_info["media"])

    async def list_media(self, request: web.Request) -> web.Response:
        message = found(self.all, request.match_info["sid"])
        return page(
            request, "media_list", message.media, lambda one: self.shown_media(message, one), lambda one: one.sid
        )

    async def fetch_media(self, request: web.Request) -> web.Response:
        return web.json_response(self.shown_media(*self._medium(request)))

    async def delete_media(self, request: web.Request) -> web.Response:
        message, media = self._medium(request)
        message.media.remove(media)
        self.account.ledger.append("deleted", media.sid, self.account.clock.now())
        return web.Response(status=204)

    async def redirect_to_media(self, request: web.Request) -> web.Response:
        """The bytes are with somebody else, under an address that is not guessed."""
        _message, media = self._medium(request)
        raise web.HTTPTemporaryRedirect(f"{self.account.media_url}/media/{media.redirect}")

    async def media_file(self, request: web.Request) -> web.Response:
        """The other origin: as a signed storage address does, it refuses who brings credentials of another."""
        if "Authorization" in request.headers:
            return web.Response(status=400, text="Only one auth mechanism allowed")
        for message in self.all.values():
            for media in message.media:
                if media.redirect == request.match_info["token"]:
                    return web.Response(body=media.content, content_type=media.content_type)
        raise web.HTTPNotFound

    # How they are shown

    def uri(self, message: Message) -> str:
        return f"{self.account.path}/Messages/{message.sid}"

    def shown(self, message: Message) -> dict[str, Any]:
        return {
            "sid": message.sid,
            "account_sid": self.account.sid,
            "messaging_service_sid": message.service or None,
            "from": message.sender,
            "to": message.to,
            "body": message.body,
            "direction": message.direction,
            "status": message.status,
            "error_code": message.error_code,
            "error_message": None if message.error_code is None else f"Error {message.error_code}",
            "num_segments": str(segments(message.body)),
            "num_media": str(len(message.media) or len(message.media_urls)),
            "price": None,
            "price_unit": "USD",
            "api_version": VERSION,
            "date_created": rfc2822(message.created),
            "date_sent": rfc2822(message.created),
            "date_updated": rfc2822(message.updated or message.created),
            "uri": f"{self.uri(message)}.json",
            "subresource_uris": {"media": f"{self.uri(message)}/Media.json"},
        }

    def shown_media(self, message: Message, media: Media) -> dict[str, Any]:
        return {
            "sid": media.sid,
            "account_sid": self.account.sid,
            "parent_sid": message.sid,
            "content_type": media.content_type,
            "date_created": rfc2822(media.created),
            "date_updated": rfc2822(media.created),
            "uri": f"{self.uri(message)}/Media/{media.sid}.json",
        }


def _possible(address: str) -> bool:
    """E.164, or a business-scoped WhatsApp id ("whatsapp:DE.4711")."""
    bare = address.removeprefix("whatsapp:")
    if bare.startswith("+"):
        return bare[1:].isdigit() and 7 <= len(bare[1:]) <= 15 and bare[1] != "0"
    country, dot, rest = bare.partition(".")
    return address.startswith("whatsapp:") and bool(dot) and country.isalpha() and rest.replace(".", "").isalnum()
