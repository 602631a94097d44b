"""The account itself and its numbers."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from tests.peers.twilio.account import Account, Number
from tests.peers.twilio.answers import VERSION, form, found, new_sid, page, rfc2822

KEPT = {
    "SmsUrl": "sms_url",
    "VoiceUrl": "voice_url",
    "VoiceFallbackUrl": "voice_fallback_url",
    "StatusCallback": "status_callback",
    "FriendlyName": "friendly_name",
}


class Numbers:
    def __init__(self, account: Account) -> None:
        self.account = account

    def add(self, address: str, **settings: Any) -> Number:
        """A number of the account ("+49…"), or a WhatsApp sender of it ("whatsapp:+49…"); see `Number`."""
        number = Number(new_sid("PN"), address, self.account.clock.now(), **settings)
        self.account.numbers[number.sid] = number
        return number

    def service(self, *addresses: str) -> str:
        """The sid of a new messaging service with these numbers of the account."""
        sid = new_sid("MG")
        for address in addresses:
            number = self.account.number(address)
            assert number is not None, f"{address} is not a number of the account"
            number.service = sid
        return sid

    def routes(self) -> list[web.RouteDef]:
        base = f"/{VERSION}/Accounts/{{account}}"
        return [
            web.get(f"{base}.json", self.fetch_account, name="account.fetch"),
            web.get(f"{base}/IncomingPhoneNumbers.json", self.list, name="numbers.list"),
            web.get(base + "/IncomingPhoneNumbers/{sid}.json", self.fetch, name="numbers.fetch"),
            web.post(base + "/IncomingPhoneNumbers/{sid}.json", self.update, name="numbers.update"),
        ]

    async def fetch_account(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "sid": self.account.sid,
                "owner_account_sid": self.account.sid,
                "auth_token": self.account.auth_token,
                "friendly_name": "Simulated account",
                "status": "active",
                "type": "Full",
                "date_created": rfc2822(self.account.clock.now()),
                "date_updated": rfc2822(self.account.clock.now()),
                "uri": f"{self.account.path}.json",
                "subresource_uris": {"messages": f"{self.account.path}/Messages.json"},
            }
        )

    async def list(self, request: web.Request) -> web.Response:
        wanted = request.query.get("PhoneNumber")
        chosen = [
            number
            for number in self.account.numbers.values()
            if not number.whatsapp and wanted in (None, number.address)
        ]
        return page(request, "incoming_phone_numbers", chosen, self.shown, lambda number: number.sid)

    async def fetch(self, request: web.Request) -> web.Response:
        return web.json_response(self.shown(found(self.account.numbers, request.match_info["sid"])))

    async def update(self, request: web.Request) -> web.Response:
        number = found(self.account.numbers, request.match_info["sid"])
        for key, value in (await form(request)).items():
            if key in KEPT:
                setattr(number, KEPT[key], value)
        return web.json_response(self.shown(number))

    def shown(self, number: Number) -> dict[str, Any]:
        return {
            "sid": number.sid,
            "account_sid": self.account.sid,
            "phone_number": number.address,
            "friendly_name": number.friendly_name or number.address,
            "address_requirements": "none",
            "address_sid": None,
            "api_version": VERSION,
            "beta": False,
            "bundle_sid": None,
            "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
            "date_created": rfc2822(number.created),
            "date_updated": rfc2822(number.created),
            "emergency_address_sid": None,
            "emergency_address_status": "unregistered",
            "emergency_status": "Inactive",
            "identity_sid": None,
            "origin": "twilio",
            "sms_application_sid": None,
            "sms_fallback_method": "POST",
            "sms_fallback_url": "",
            "sms_method": "POST",
            "sms_url": number.sms_url,
            "status": "in-use",
            "status_callback": number.status_callback,
            "status_callback_method": "POST",
            "trunk_sid": None,
            "type": "mobile",
            "uri": f"{self.account.path}/IncomingPhoneNumbers/{number.sid}.json",
            "voice_application_sid": None,
            "voice_caller_id_lookup": False,
            "voice_fallback_method": "POST",
            "voice_fallback_url": number.voice_fallback_url,
            "voice_method": "POST",
            "voice_receive_mode": "voice",
            "voice_url": number.voice_url,
        }
