"""Calls from the first ring to the end, and the account's hold on them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element

from aiohttp import web

from tests.peers.twilio.account import Account
from tests.peers.twilio.answers import VERSION, Refused, by_date, form, found, many, new_sid, page
from tests.peers.twilio.call import PERSON, Call
from tests.peers.twilio.phones import Phone
from tests.peers.twilio.program import Exchange, HungUp, LeftQueue, Program, text_of
from tests.peers.twilio.recordings import Recordings
from tests.peers.twilio.rooms import Rooms
from tests.peers.twilio.spoken import Spoken
from tests.peers.twilio.twiml import Source
from tests.peers.twilio.webhooks import Posted

DETECTING = 2.0
WHOLE_CALL = ("OutboundAPI", "StartCallRecordingAPI")


class Calls:
    def __init__(self, account: Account, recordings: Recordings, rooms: Rooms) -> None:
        self.account = account
        self.all: dict[str, Call] = recordings.calls
        self.spoken = Spoken(account, rooms, calls=self.all)
        self.exchange = Exchange(account, recordings, rooms, self.spoken, bridge=self._bridge)
        self.phones: dict[str, Phone] = {}

    def phone(self, address: str) -> Phone:
        """The telephone of this address, the same each time."""
        return self.phones.setdefault(address, Phone(self.account, self, address))

    def partners(self, call: Call) -> set[str]:
        bridged = {one.phone.address for one in self.all.values() if call.sid == one.parent and one.bridged}
        if call.bridged:
            bridged.add(self.all[call.parent].phone.address)
        return bridged | self.exchange.rooms.partners(call)

    # Calls that come in

    def incoming(self, phone: Phone, to: str) -> Call:
        """Somebody calls a number of the account."""
        number = self.account.number(to)
        assert number is not None, f"{to} is not a number of the account"
        assert phone.call_now is None, f"{phone.address} is in a call"
        now = self.account.clock.now()
        call = Call(self.account, new_sid("CA"), phone.address, to, "inbound", phone, now, status="ringing")
        call.callback = number.status_callback
        self.all[call.sid] = call
        phone.call_now = call
        self.account.touch()
        self.account.spawn(self._talk(call, Source(number.voice_url), number.voice_fallback_url), "calls")
        return call

    # Calls that go out

    def outgoing(self, sender: str, to: str, fields: Mapping[str, str], events: tuple[str, ...]) -> Call:
        now = self.account.clock.now()
        call = Call(self.account, new_sid("CA"), sender, to, "outbound-api", self.phone(to), now, fields)
        call.callback = fields.get("StatusCallback", "")
        call.callback_method = fields.get("StatusCallbackMethod", "POST")
        call.events = events or ("completed",)
        self.all[call.sid] = call
        self.account.touch()
        return call

    async def place(self, call: Call, source: Source, fallback: str = "") -> None:
        """Rings, and carries out what follows."""
        if not await self.ring(call, float(call.fields.get("Timeout", "60"))):
            return
        await self._detect(call)
        if call.fields.get("Record") == "true":
            self.exchange.recordings.start(
                "OutboundAPI",
                call_sid=call.sid,
                channels=2 if call.fields.get("RecordingChannels") == "dual" else 1,
                callback=call.fields.get("RecordingStatusCallback", ""),
            )
        await self._talk(call, source, fallback)

    async def ring(self, call: Call, seconds: float) -> bool:
        """Whether it was answered; else it has ended."""
        call.tell("initiated")
        await self.account.clock.sleep(0.5)
        call.status = "ringing"
        call.tell("ringing")
        self.account.touch()
        ringing = asyncio.create_task(call.phone.ring(seconds))
        stopped = asyncio.create_task(call.interrupts.get())
        try:
            await asyncio.wait((ringing, stopped), return_when=asyncio.FIRST_COMPLETED)
            outcome = ringing.result() if ringing.done() else "canceled"
        finally:
            ringing.cancel()
            stopped.cancel()
            await asyncio.gather(ringing, stopped, return_exceptions=True)
        if outcome == "answered":
            call.answer()
            return True
        call.end(outcome)
        return False

    async def _detect(self, call: Call) -> None:
        """Whether a machine answered; a machine says its greeting to whoever calls."""
        wanted = call.fields.get("MachineDetection", "")
        machine = call.phone.behaviour.machine
        if wanted not in ("Enable", "DetectMessageEnd"):
            return
        by = "human"
        if machine:
            by = "machine_end_beep" if wanted == "DetectMessageEnd" else "machine_start"
        if call.fields.get("AsyncAmd") == "true" or "AmdStatusCallback" in call.fields:
            self.account.spawn(self._tell_detected(call, by), "calls")
            return
        await self.account.clock.sleep(DETECTING)
        call.answered_by = by

    async def _tell_detected(self, call: Call, by: str) -> None:
        await self.account.clock.sleep(DETECTING)
        call.answered_by = by
        url = call.fields.get("AsyncAmdStatusCallback") or call.fields.get("AmdStatusCallback", "")
        fields = {
            "CallSid": call.sid,
            "AccountSid": self.account.sid,
            "AnsweredBy": by,
            "MachineDetectionDuration": str(int(DETECTING * 1000)),
        }
        self.account.post(call.sid, url, fields)

    async def _talk(self, call: Call, source: Source | None, fallback: str = "") -> None:
        """Carries out what follows, from the first document to the end of the call, whatever breaks in."""
        patience = call.phone.behaviour.hangs_up_after
        leaver = None if patience is None else asyncio.create_task(self._hang_up_after(call, patience))
        try:
            while source is not None:
                source = await self._until_interrupted(call, source, fallback)
        finally:
            if leaver is not None:
                leaver.cancel()
            refused = call.leaving if call.leaving in ("busy", "no-answer") else "no-answer"
            call.end(refused if call.answered_at is None else "completed")
            self.spoken.end(call)
            for recording in self.exchange.recordings.all.values():
                if recording.call_sid == call.sid and recording.source in WHOLE_CALL:
                    self.exchange.recordings.finish(recording)

    async def _hang_up_after(self, call: Call, seconds: float) -> None:
        await self.account.clock.sleep(seconds)
        call.hung_up()

    async def _until_interrupted(self, call: Call, source: Source, fallback: str) -> Source | None:
        """What the call goes on with after this program, None when it is over."""
        call.leaving = PERSON
        program = Program(self.exchange, call)
        program.fallback = fallback
        running = asyncio.create_task(program.run(source))
        broken = asyncio.create_task(call.interrupts.get())
        try:
            await asyncio.wait((running, broken), return_when=asyncio.FIRST_COMPLETED)
            if broken.done():
                call.leaving = broken.result().why
        finally:
            broken.cancel()
            running.cancel()
            ended = await asyncio.gather(running, broken, return_exceptions=True)
        failure = ended[0]
        if isinstance(failure, BaseException) and not isinstance(failure, HungUp | LeftQueue | asyncio.CancelledError):
            raise failure
        if not isinstance(ended[1], BaseException):
            call.forget_keys()
            return ended[1].source
        return None

    # <Dial> with numbers

    async def _bridge(self, call: Call, verb: Element, source: Source) -> dict[str, str]:
        """Calls the first number that answers, and has the two talk until one leaves."""
        nouns = [noun for noun in verb if noun.tag in ("Number", "Sip")] or [verb]
        child, noun = self._child(call, nouns[0], verb, source), nouns[0]
        for following in [*nouns[1:], None]:
            try:
                answered = await self.ring(child, float(verb.get("timeout", "30")))
            except asyncio.CancelledError:
                child.end("canceled")
                raise
            if answered or following is None:
                break
            child, noun = self._child(call, following, verb, source), following
        fields = {"DialCallSid": child.sid, "DialCallStatus": child.status}
        if child.ended:
            return fields
        recording = None
        try:
            if whisper := noun.get("url", ""):
                await Program(self.exchange, child).run(source.beside(whisper, noun.get("method", "POST")))
            child.bridged = True
            self.account.touch()
            if verb.get("record", "do-not-record") != "do-not-record":
                callback = verb.get("recordingStatusCallback", "")
                recording = self.exchange.recordings.start(
                    "DialVerb",
                    call_sid=call.sid,
                    channels=2 if "dual" in verb.get("record", "") else 1,
                    callback=source.beside(callback, "POST").url if callback else "",
                    events=verb.get("recordingStatusCallbackEvent", ""),
                )
            await child.interrupts.get()
        except HungUp:
            pass
        finally:
            child.bridged = False
            child.end("completed")
            if recording is not None:
                self.exchange.recordings.finish(recording)
        fields |= {"DialCallStatus": "completed", "DialCallDuration": str(child.duration or 0)}
        return fields | ({"RecordingUrl": recording.url, "RecordingSid": recording.sid} if recording else {})

    def _child(self, call: Call, noun: Element, verb: Element, source: Source) -> Call:
        sender = verb.get("callerId", call.to if call.direction == "inbound" else call.sender)
        child = self.outgoing(sender, text_of(noun), {}, tuple(noun.get("statusCallbackEvent", "").split()))
        child.direction, child.parent = "outbound-dial", call.sid
        if noun is not verb and noun.get("statusCallback"):
            child.callback = source.beside(noun.get("statusCallback", ""), "POST").url
        return child

    # What the account may do

    def routes(self) -> list[web.RouteDef]:
        base = f"/{VERSION}/Accounts/{{account}}/Calls"
        return [
            web.post(f"{base}.json", self.create, name="calls.create"),
            web.get(f"{base}.json", self.list, name="calls.list"),
            web.get(base + "/{sid}.json", self.fetch, name="calls.fetch"),
            web.post(base + "/{sid}.json", self.update, name="calls.update"),
            web.delete(base + "/{sid}.json", self.delete, name="calls.delete"),
            web.get(base + "/{sid}/Events.json", self.list_events, name="calls.events"),
        ]

    def check(self, fields: Mapping[str, str]) -> None:
        """Raises Refused when such a call cannot be made."""
        to, sender = fields.get("To", ""), fields.get("From", "")
        if not to:
            raise Refused(21201, "No 'To' number is specified")
        if not sender:
            raise Refused(21213, "No 'From' number is specified")
        if not to.startswith(("sip:", "client:")) and not (to[1:].isdigit() and to[0] == "+" and 8 <= len(to) <= 16):
            raise Refused(21211, f"Invalid 'To' Phone Number: {to}")
        if self.account.number(sender) is None:
            raise Refused(21210, f"'From' phone number not verified: {sender}")

    async def create(self, request: web.Request) -> web.Response:
        fields = await form(request)
        self.check(fields)
        source = Source(fields.get("Url", ""), fields.get("Method", "POST"), text=fields.get("Twiml", ""))
        if not source.url and not source.text:
            raise Refused(21205, "Url parameter is required.")
        call = self.outgoing(fields["From"], fields["To"], fields, tuple(await many(request, "StatusCallbackEvent")))
        self.account.ledger.append("call", call.sid, call.created, fields)
        shown = call.shown()
        self.account.spawn(self.place(call, source, fields.get("FallbackUrl", "")), "calls")
        return web.json_response(shown, status=201)

    async def list(self, request: web.Request) -> web.Response:
        fits, ended = by_date(request, "StartTime"), by_date(request, "EndTime")
        wanted = {key: request.query.get(key) for key in ("To", "From", "Status", "ParentCallSid")}
        chosen = [
            call
            for call in reversed(self.all.values())
            if wanted["To"] in (None, call.to)
            and wanted["From"] in (None, call.sender)
            and wanted["Status"] in (None, call.status)
            and wanted["ParentCallSid"] in (None, call.parent)
            and fits(call.answered_at or call.created)
            and ended(call.ended_at)
        ]
        return page(request, "calls", chosen, Call.shown, lambda call: call.sid)

    async def fetch(self, request: web.Request) -> web.Response:
        return web.json_response(found(self.all, request.match_info["sid"]).shown())

    async def update(self, request: web.Request) -> web.Response:
        """Ends a call, or has it go on with another document."""
        call = found(self.all, request.match_info["sid"])
        fields = await form(request)
        status = fields.get("Status", "")
        if call.ended:
            raise Refused(21220, f"Call {call.sid} is {call.status}, it cannot be changed")
        if status == "canceled" and call.status == "in-progress":
            raise Refused(21220, "A call in progress cannot be canceled")
        if status not in ("", "canceled", "completed"):
            raise Refused(21218, f"Invalid status {status}")
        if status:
            call.redirected(None)
        elif fields.get("Url") or fields.get("Twiml"):
            if call.status != "in-progress":
                raise Refused(21220, "Call is not in-progress. Cannot redirect.")
            call.redirected(Source(fields.get("Url", ""), fields.get("Method", "POST"), text=fields.get("Twiml", "")))
        self.account.ledger.append("call update", call.sid, self.account.clock.now(), fields)
        if status:
            with suppress(TimeoutError):  # the answer shows it ended, if that is quick
                async with asyncio.timeout(10.0):
                    await self.account.until(lambda: call.ended, f"{call.sid} has ended")
        return web.json_response(call.shown())

    async def list_events(self, request: web.Request) -> web.Response:
        """What was fetched for a call, and what that answered."""
        sid = found(self.all, request.match_info["sid"]).sid
        sent = (posted for posted in self.account.webhooks.log if posted.attempt)
        fetched = [posted for posted in sent if posted.fields.get("CallSid") == sid]

        def shown(posted: Posted) -> dict[str, Any]:
            asked = {"method": "POST", "url": posted.url, "parameters": dict(posted.fields)}
            return {"request": asked, "response": {"response_code": posted.status, "response_body": posted.body}}

        return page(request, "events", fetched, shown, lambda posted: posted.url)

    async def delete(self, request: web.Request) -> web.Response:
        call = found(self.all, request.match_info["sid"])
        if not call.ended:
            raise Refused(20009, "Cannot delete a call that is in progress", 409)
        del self.all[call.sid]
        return web.Response(status=204)
