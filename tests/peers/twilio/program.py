"""Carries out a call's instructions, verb by verb."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NoReturn
from xml.etree.ElementTree import Element

from tests.peers.twilio.account import Account
from tests.peers.twilio.answers import Refused, boolean, new_sid
from tests.peers.twilio.call import API, Call
from tests.peers.twilio.recordings import Recordings
from tests.peers.twilio.rooms import Conference, Participant, Rooms
from tests.peers.twilio.spoken import Spoken
from tests.peers.twilio.twiml import Source, Unusable, load

LETTERS_A_SECOND = 15
MUSIC = "♪"
SORRY = "We are sorry, an application error has occurred. Goodbye."
LONGEST_RECORDING = 3600


class HungUp(Exception):
    """The call ends here."""


class LeftQueue(Exception):
    """<Leave> was met."""


@dataclass
class Queue:
    sid: str
    calls: list[Call] = field(default_factory=list)


class Silence(Exception):
    """What should be heard could not be had."""


Bridge = Callable[[Call, Element, Source], Awaitable[dict[str, str]]]


@dataclass
class Exchange:
    """What programs share. `bridge` calls the numbers of a <Dial> and returns how that went."""

    account: Account
    recordings: Recordings
    rooms: Rooms
    spoken: Spoken
    queues: dict[str, Queue] = field(default_factory=dict)
    bridge: Bridge | None = None


class Program:
    """`more` are the fields that each request carries besides the usual ones."""

    def __init__(self, exchange: Exchange, call: Call, more: Callable[[], Mapping[str, str]] = dict) -> None:
        self.exchange = exchange
        self.account = exchange.account
        self.call = call
        self.more = more
        self.fallback = ""
        self.quiet = False  # what cannot be used is silence, and ends nothing

    async def run(self, source: Source | None) -> None:
        """To the end of the last document. Raises HungUp, and LeftQueue."""
        while source is not None:
            source = await self._document(source)

    async def _document(self, source: Source) -> Source | None:
        try:
            root = await load(self.account, source, self.call.voice_fields() | dict(self.more()))
        except Unusable as unusable:
            return self._give_up(source, str(unusable))
        for verb in root:
            if verb.tag not in ("Reject", "Redirect"):
                self.call.answer()
            following = await self._verb(verb, source)
            if following is not None:
                return following
        return None

    def _give_up(self, source: Source, problem: str) -> Source:
        """The fallback URL, once. Raises HungUp when there is none."""
        self.account.problems.append(problem)
        if self.quiet:
            raise Silence
        if self.fallback and source.url != self.fallback:
            return Source(self.fallback, fields={"ErrorCode": problem[:5], "ErrorUrl": source.url})
        self.call.answer()
        self.call.phone.hear(self.call, SORRY)
        raise HungUp

    async def _verb(self, verb: Element, source: Source) -> Source | None:
        match verb.tag:
            case "Say" | "Play" | "Pause":
                await self._sound(verb)
            case "Gather":
                return await self._gather(verb, source)
            case "Record":
                return await self._record(verb, source)
            case "Enqueue":
                return await self._enqueue(verb, source)
            case "Dial":
                return await self._dial(verb, source)
            case "Start":
                self._start(verb, source)
            case "Redirect":
                return source.beside(text_of(verb), verb.get("method", "POST"))
            case "Leave":
                raise LeftQueue
            case "Reject":
                self._reject(verb)
            case "Hangup":
                raise HungUp
        return None

    def _start(self, verb: Element, source: Source) -> None:
        """What cannot be started ends no call."""
        for noun in verb:
            callback = source.beside(noun.get("statusCallbackUrl", ""), "POST").url
            wanted = {name[0].upper() + name[1:]: value for name, value in noun.attrib.items()}
            try:
                self.exchange.spoken.start(self.call, wanted, callback)
            except Refused as refused:
                self.account.problems.append(str(refused))

    def _reject(self, verb: Element) -> NoReturn:
        """The status with which a call that was not answered ends."""
        self.call.leaving = "busy" if verb.get("reason") == "busy" else "no-answer"
        raise HungUp

    async def _sound(self, verb: Element) -> None:
        if verb.tag == "Pause":
            await self.account.clock.sleep(float(verb.get("length", "1")))
            return
        text = text_of(verb) if verb.tag == "Say" else f"{MUSIC} {text_of(verb)}"
        times = int(verb.get("loop", "1"))
        while True:
            self.call.phone.hear(self.call, text, verb.get("language", ""))
            await self.account.clock.sleep(max(1.0, len(text) / LETTERS_A_SECOND))
            times -= 1
            if times == 0:
                return

    # Keys

    async def _gather(self, verb: Element, source: Source) -> Source | None:
        async def prompts() -> None:
            for child in verb:
                await self._sound(child)

        prompt = asyncio.create_task(prompts())
        first = asyncio.create_task(self.call.keys.get())
        pressed = ""
        try:
            await asyncio.wait((prompt, first), return_when=asyncio.FIRST_COMPLETED)
            pressed, finished = await self._keys(verb, first)
        finally:
            prompt.cancel()
            first.cancel()
            await asyncio.gather(prompt, first, return_exceptions=True)
        self.call.forget_keys()
        if not pressed and not boolean(verb.get("actionOnEmptyResult", "false")):
            return None
        fields = {"Digits": pressed, "msg": "Gather End"} | ({"FinishedOnKey": finished} if finished else {})
        action = source.beside(verb.get("action", ""), verb.get("method", "POST"), fields)
        return action if action.url else None

    async def _keys(self, verb: Element, first: asyncio.Task[str]) -> tuple[str, str]:
        """The keys pressed, and the one that ended it."""
        most = int(verb.get("numDigits", "0"))
        last = verb.get("finishOnKey", "#")
        patience = float(verb.get("timeout", "5")) * self.account.clock.second
        pressed = ""
        waiting: Awaitable[str] = first
        while True:
            try:
                key = await asyncio.wait_for(waiting, patience)
            except TimeoutError:
                return pressed, ""
            if key and key in last:
                return pressed, key
            pressed += key
            if len(pressed) == most:
                return pressed, ""
            waiting = self.call.keys.get()

    # Recording

    async def _record(self, verb: Element, source: Source) -> Source | None:
        callback = verb.get("recordingStatusCallback", "")
        recording = self.exchange.recordings.start(
            "RecordVerb",
            call_sid=self.call.sid,
            callback=source.beside(callback, "POST").url if callback else "",
            events=verb.get("recordingStatusCallbackEvent", ""),
        )
        ended = "hangup"
        try:
            if boolean(verb.get("playBeep", "true")):
                self.call.phone.beep(self.call)
            ended = await self._listen(verb, recording.sid)
        finally:
            if recording.text:
                self.exchange.recordings.finish(recording)
                if boolean(verb.get("transcribe", "false")) or "transcribeCallback" in verb.attrib:
                    to = verb.get("transcribeCallback", "")
                    url = source.beside(to, "POST").url if to else ""
                    self.exchange.recordings.transcribe(recording, self.call, url)
            else:
                recording.status = "absent"
            fields = {
                "RecordingUrl": recording.url,
                "RecordingSid": recording.sid,
                "RecordingDuration": str(recording.duration),
                "Digits": ended,
            }
            action = source.beside(verb.get("action", ""), verb.get("method", "POST"), fields)
            if ended == "hangup" and recording.text:
                told = self.call.voice_fields() | fields | {"CallStatus": "completed"}
                self.account.post(self.call.sid, action.url, told, action.method)
        return action if recording.text and action.url else None

    async def _listen(self, verb: Element, sid: str) -> str:
        """Until silence, the longest time, or a key; returns the key."""
        recording = self.exchange.recordings.all[sid]
        patience = float(verb.get("timeout", "5")) * self.account.clock.second
        last = verb.get("finishOnKey", "1234567890*#")
        longest = float(verb.get("maxLength", str(LONGEST_RECORDING))) * self.account.clock.second
        try:
            async with asyncio.timeout(longest):
                while True:
                    speech = asyncio.create_task(self.call.speech.get())
                    key = asyncio.create_task(self.call.keys.get())
                    try:
                        done, _ = await asyncio.wait((speech, key), timeout=patience, return_when="FIRST_COMPLETED")
                    finally:
                        speech.cancel()
                        key.cancel()
                    if key in done and key.result() in last:
                        return key.result()
                    if speech in done:
                        recording.text = f"{recording.text} {speech.result()}".strip()
                        self.account.touch()
                        await self.account.clock.sleep(max(1.0, len(speech.result()) / LETTERS_A_SECOND))
                    elif not done:
                        return ""
        except TimeoutError:
            return ""

    # Waiting in a queue

    async def _enqueue(self, verb: Element, source: Source) -> Source | None:
        queue = self.exchange.queues.setdefault(text_of(verb), Queue(new_sid("QU")))
        queue.calls.append(self.call)
        self.account.touch()
        mark = self.account.clock.mark()

        def place() -> dict[str, str]:
            return {
                "QueueSid": queue.sid,
                "QueuePosition": str(queue.calls.index(self.call) + 1),
                "QueueTime": str(self.account.clock.since(mark)),
                "AvgQueueTime": "0",
                "CurrentQueueSize": str(len(queue.calls)),
            }

        def ended(result: str) -> Source | None:
            fields = {"QueueResult": result, "QueueSid": queue.sid, "QueueTime": str(self.account.clock.since(mark))}
            action = verb.get("action", "")
            return source.beside(action, verb.get("method", "POST"), fields) if action else None

        wait = verb.get("waitUrl", "")
        try:
            await self._ambience(source.beside(wait, verb.get("waitUrlMethod", "POST")) if wait else None, place)
        except LeftQueue:
            return ended("leave")
        except (HungUp, asyncio.CancelledError):
            redirected = self.call.leaving == API
            if (last := ended("redirected" if redirected else "hangup")) is not None:
                status = {} if redirected else {"CallStatus": "completed"}
                told = self.call.voice_fields() | dict(last.fields) | status
                self.account.post(self.call.sid, last.url, told, last.method)
            raise
        finally:
            queue.calls.remove(self.call)
            self.account.touch()
        raise AssertionError("music does not end")

    async def _beside_others(self, source: Source | None) -> NoReturn:
        """The sounds of a conference: one that cannot be had is only silence."""
        with suppress(Silence):
            await self._ambience(source, quiet=True)
        await self._ambience(None)

    async def _ambience(
        self, source: Source | None, more: Callable[[], Mapping[str, str]] = dict, *, quiet: bool = False
    ) -> NoReturn:
        """Again and again, until something breaks in; without a source only music."""
        program = Program(self.exchange, self.call, more)
        program.quiet = quiet
        while True:
            if source is None:
                self.call.phone.hear(self.call, MUSIC)
                await self.account.clock.sleep(60)
            else:
                await program.run(source)
                await self.account.clock.sleep(1)

    # Talking

    async def _dial(self, verb: Element, source: Source) -> Source | None:
        noun = verb.find("Conference")
        if noun is not None:
            fields = await self._confer(noun, source)
        else:
            assert self.exchange.bridge is not None
            fields = await self.exchange.bridge(self.call, verb, source)
        action = verb.get("action", "")
        return source.beside(action, verb.get("method", "POST"), fields) if action else None

    async def _confer(self, noun: Element, source: Source) -> dict[str, str]:
        self.call.forget_keys()
        conference, participant = self.exchange.rooms.join(text_of(noun), self.call, noun.attrib, source)
        mark = self.account.clock.mark()
        try:
            await self._take_part(conference, participant)
        finally:
            self.exchange.rooms.leave(conference, participant, self.call.leaving)
        return {"DialCallStatus": "completed", "DialCallDuration": str(self.account.clock.since(mark))}

    async def _take_part(self, conference: Conference, participant: Participant) -> None:
        """Music before it begins and on hold, announcements, and else what the others say."""
        gone = asyncio.create_task(participant.gone.wait())
        sound: asyncio.Task[None] | None = None
        try:
            while not participant.gone.is_set():
                participant.changed.clear()
                sound = self._sound_for(conference, participant)
                changed = asyncio.create_task(participant.changed.wait())
                waited = {gone, changed} | ({sound} if sound else set())
                try:
                    await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    changed.cancel()
                if sound is not None and sound.done():
                    sound.result()
                    participant.changed.set()
                await stop(sound)
        finally:
            gone.cancel()
            await stop(sound)

    def _sound_for(self, conference: Conference, participant: Participant) -> asyncio.Task[None] | None:
        if participant.announces:
            return asyncio.create_task(Program(self.exchange, self.call).run(participant.announces.pop(0)))
        if participant.hold:
            return asyncio.create_task(self._beside_others(participant.holds))
        if conference.status == "init":
            return asyncio.create_task(self._beside_others(participant.waits))
        return None


async def stop(task: asyncio.Task[None] | None) -> None:
    """Cancels it and waits until it has ended; what it ended with has been looked at before."""
    if task is not None and not task.done():
        task.cancel()
        await asyncio.wait((task,))


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
