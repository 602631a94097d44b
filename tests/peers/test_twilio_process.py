"""The simulated Twilio as a process of its own, asked over HTTP, as the tests of a killed hub and the demo do."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio
from aiohttp import ClientSession, encode_basic_auth, web

from tests.peers.ports import free_port
from tests.peers.twilio import Twilio

OURS = "+4930111111"
ANNA = "+4915112345678"
SID = "AC" + "1" * 32


@pytest_asyncio.fixture
async def hub() -> AsyncIterator[str]:
    """Answers every call with a question, and every key with thanks."""

    async def answer(request: web.Request) -> web.Response:
        text = (
            "<Say>Thank you</Say>"
            if request.path == "/key"
            else ('<Gather numDigits="1" action="/key" timeout="6000"><Say>Press any key</Say></Gather>')
        )
        return web.Response(text=f"<Response>{text}</Response>", content_type="text/xml")

    app = web.Application()
    app.router.add_post("/{rest:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def wait_for(session: ClientSession, path: str, key: str, words: str) -> Any:
    async with asyncio.timeout(30):
        while True:
            async with session.get(path) as answer:
                shown = await answer.json()
            if words in json.dumps(shown[key]):
                return shown
            await asyncio.sleep(0.05)


async def test_the_ledger_outlives_the_process(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    port = free_port()
    options = ("--port", str(port), "--second", "0.01", "--ledger", str(ledger), "--number", OURS)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.peers.twilio", *options, "--account-sid", SID, "--auth-token", "secret"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            assert f"http://127.0.0.1:{port}" in (await process.stdout.readline()).decode()
            await process.stdout.readuntil(b"/simulator/phone\n")
        headers = {"Authorization": encode_basic_auth(SID, "secret")}
        async with ClientSession(f"http://127.0.0.1:{port}", headers=headers) as session:
            path = f"/2010-04-01/Accounts/{SID}/Messages.json"
            async with session.post(path, data={"From": OURS, "To": ANNA, "Body": "Hi"}) as answer:
                sid = (await answer.json())["sid"]
    finally:
        process.kill()
        await process.wait()
    assert [json.loads(line)["sid"] for line in ledger.read_text("utf-8").splitlines()] == [sid]


async def test_a_telephone_is_played_over_http(hub: str) -> None:
    async with Twilio(second=0.01) as twilio, ClientSession(twilio.url) as session:
        await session.post("/simulator/numbers", json={"address": OURS, "voice_url": f"{hub}/voice", "sms_url": hub})
        phone = f"/simulator/phones/{ANNA}"
        async with session.post(f"{phone}/hang-up") as refused:
            assert refused.status == 409
        async with session.post(f"{phone}/call", json={"to": OURS}) as called:
            assert called.status == 204
        await wait_for(session, phone, "heard", "Press any key")
        await session.post(f"{phone}/press", json={"keys": "5"})
        await wait_for(session, phone, "heard", "Thank you")
        await session.post("/simulator/texts", json={"from": ANNA, "to": OURS, "body": "Hello"})
        await wait_for(session, phone, "texts", "Hello")
        async with session.get("/simulator/phone") as page:
            assert "telephone" in await page.text()


async def test_the_telephones_page_shows_files_offers_answers_and_reads(hub: str) -> None:
    ours, anna = f"whatsapp:{OURS}", f"whatsapp:{ANNA}"
    async with Twilio(second=0.01) as twilio, ClientSession(twilio.url) as session:
        twilio.number(ours, sms_url=f"{hub}/in")
        ready = twilio.contents.add("ready", "May we send it?", quick_replies={"yes": "Yes"})
        picture = [{"content_type": "image/png", "base64": "cG5n"}]
        await session.post("/simulator/texts", json={"from": anna, "to": ours, "body": "Look", "media": picture})
        headers = {"Authorization": encode_basic_auth(twilio.account_sid, twilio.auth_token)}
        sent = {"From": ours, "To": anna, "ContentSid": ready.sid}
        await session.post(f"{twilio.account.path}/Messages.json", data=sent, headers=headers)
        await twilio.account.settle()
        async with session.get(f"/simulator/phones/{ANNA}") as answer:
            mine, theirs = (await answer.json())["texts"]
        next(iter(twilio.messages.all.values())).media.clear()  # the hub has deleted it at Twilio
        async with session.get(f"/simulator/media/{mine['files'][0]['sid']}") as file:
            assert (file.content_type, await file.read()) == ("image/png", b"png")
        assert (theirs["body"], theirs["offered"]) == ("May we send it?", [{"id": "yes", "title": "Yes"}])
        assert theirs["status"] == "delivered"
        await session.post(f"/simulator/phones/{ANNA}/read")
        assert [one.status for one in twilio.texts.inbox(anna)] == ["read"]


async def test_plans_are_made_over_http(hub: str) -> None:
    async with Twilio(second=0.01) as twilio, ClientSession(twilio.url) as session:
        twilio.number(OURS)
        headers = {"Authorization": encode_basic_auth(twilio.account_sid, twilio.auth_token)}
        sent = {"From": OURS, "To": ANNA, "Body": "Hi"}
        messages = f"{twilio.account.path}/Messages.json"
        await session.post(
            "/simulator/faults", json={"route": "messages.create", "does": "answers", "status": 400, "code": 30007}
        )
        await session.post("/simulator/deliveries", json={"to": ANNA, "climbs": ["failed"], "code": 30008})
        async with session.post(messages, data=sent, headers=headers) as refused:
            assert (await refused.json())["code"] == 30007
        async with session.post(messages, data=sent, headers=headers) as accepted:
            assert accepted.status == 201
        await twilio.account.settle()
        async with session.get("/simulator/ledger?what=message") as ledger:
            assert len((await ledger.json())["entries"]) == 1
        assert [message.error_code for message in twilio.messages.all.values()] == [30008]
