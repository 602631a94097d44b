"""What the tests of texts and calls rely on in the simulated Twilio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import pytest_asyncio
from aiohttp import ClientError, ClientSession, encode_basic_auth, web
from twilio.request_validator import RequestValidator

from tests.peers.twilio import Delivery, Twilio, broken, closes, hangs, refuses, too_many, undelivered

OURS = "+4930111111"
ANNA = "+4915112345678"


@dataclass
class Hub:
    """Takes webhooks and checks their signature; the next `failing` are answered with 500."""

    url: str = ""
    public: str = ""
    failing: int = 0
    got: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    token: str = ""

    async def handle(self, request: web.Request) -> web.Response:
        fields = {key: str(value) for key, value in (await request.post()).items()}
        signed = RequestValidator(self.token).validate(
            (self.public or self.url) + request.raw_path, fields, request.headers["X-Twilio-Signature"]
        )
        assert signed
        if self.failing:
            self.failing -= 1
            return web.Response(status=500)
        self.got.append((request.raw_path, fields))
        return web.Response(text="<Response/>", content_type="text/xml")

    async def file(self, request: web.Request) -> web.Response:
        kind = "application/pdf" if request.path.endswith(".pdf") else "image/png"
        return web.Response(body=b"png", content_type=kind)

    def of(self, part: str) -> list[dict[str, str]]:
        return [fields for path, fields in self.got if part in path]


@pytest_asyncio.fixture
async def twilio() -> AsyncIterator[Twilio]:
    async with Twilio(second=0.005) as running:
        yield running


@pytest_asyncio.fixture
async def hub(twilio: Twilio) -> AsyncIterator[Hub]:
    hub = Hub(token=twilio.auth_token)
    app = web.Application()
    app.router.add_post("/{rest:.*}", hub.handle)
    app.router.add_get("/file.png", hub.file)
    app.router.add_get("/file.pdf", hub.file)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hub.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield hub
    await runner.cleanup()


@pytest_asyncio.fixture
async def api(twilio: Twilio) -> AsyncIterator[ClientSession]:
    headers = {"Authorization": encode_basic_auth(twilio.account_sid, twilio.auth_token)}
    async with ClientSession(twilio.url + twilio.account.path + "/", headers=headers) as session:
        yield session


async def send(api: ClientSession, **fields: str) -> tuple[int, dict[str, object]]:
    fields = {"From": OURS, "To": ANNA, "Body": "Hello"} | fields
    async with api.post("Messages.json", data=fields) as answer:
        return answer.status, await answer.json()


async def test_a_message_climbs_and_tells_each_status_signed(twilio: Twilio, hub: Hub, api: ClientSession) -> None:
    twilio.number(OURS)
    status, created = await send(api, StatusCallback=f"{hub.url}/status?attempt=a%2B1")
    await twilio.account.settle()
    assert (status, created["status"]) == (201, "queued")
    assert [fields["MessageStatus"] for fields in hub.of("/status?attempt=a%2B1")] == ["sent", "delivered"]
    assert [message.body for message in twilio.texts.inbox(ANNA)] == ["Hello"]
    assert [entry.fields["To"] for entry in twilio.ledger.entries("message")] == [ANNA]


async def test_statuses_come_in_the_planned_order_or_not_at_all(twilio: Twilio, hub: Hub, api: ClientSession) -> None:
    twilio.number(OURS)
    twilio.texts.plan(ANNA, Delivery(tells=("delivered", "sent")), Delivery(tells=()), undelivered(30005))
    for one in ("a", "b", "c"):
        await send(api, StatusCallback=f"{hub.url}/status/{one}")
    await twilio.account.settle()
    assert [fields["MessageStatus"] for fields in hub.of("/a")] == ["delivered", "sent"]
    assert hub.of("/b") == []
    assert [fields.get("ErrorCode") for fields in hub.of("/c")] == [None, "30005"]


async def test_a_customer_who_stops_is_not_written_to_until_they_start(
    twilio: Twilio, hub: Hub, api: ClientSession
) -> None:
    twilio.number(OURS, sms_url=f"{hub.url}/in", advanced_opt_out=True)
    await twilio.texts.write(ANNA, OURS, " stop ")
    status, refused = await send(api)
    await twilio.texts.write(ANNA, OURS, "START")
    allowed, _ = await send(api)
    assert (status, refused["code"], allowed) == (400, 21610, 201)
    assert [fields["OptOutType"] for fields in hub.of("/in")] == ["STOP", "START"]


async def test_outside_the_window_whatsapp_takes_only_an_approved_template(
    twilio: Twilio, hub: Hub, api: ClientSession
) -> None:
    ours, anna = f"whatsapp:{OURS}", f"whatsapp:{ANNA}"
    twilio.number(ours, sms_url=f"{hub.url}/in")
    hello = twilio.contents.add("hello", "Hello {{1}}", variables={"1": "you"})
    both = {"From": ours, "To": anna, "StatusCallback": f"{hub.url}/status"}
    await twilio.texts.write(anna, ours, "Hi", whatsapp={"ProfileName": "Anna", "ExternalUserId": "DE.1"})
    await send(api, **both)
    twilio.clock.advance(timedelta(hours=25))
    await twilio.account.settle()
    await send(api, **both)
    await twilio.account.settle()
    await send(api, **both, Body="", ContentSid=hello.sid, ContentVariables='{"1":"Anna"}')
    await twilio.account.settle()
    assert hub.of("/in")[0]["WaId"] == ANNA[1:]
    assert [f["MessageStatus"] for f in hub.of("/status")] == ["sent", "delivered", "failed", "sent", "delivered"]
    assert hub.of("/status")[2]["ErrorCode"] == "63016"
    assert [message.body for message in twilio.texts.inbox(anna)] == ["Hello", "Hello Anna"]


async def test_media_in_needs_the_login_and_lies_elsewhere(twilio: Twilio, hub: Hub, api: ClientSession) -> None:
    twilio.number(OURS, sms_url=f"{hub.url}/in")
    await twilio.texts.write(ANNA, OURS, "look", media=[("image/png", b"picture")])
    url = hub.of("/in")[0]["MediaUrl0"]
    async with ClientSession() as stranger, stranger.get(url) as answer:
        assert answer.status == 401
    async with api.get(url) as answer:
        assert await answer.read() == b"picture"
        assert answer.url.origin() != answer.history[0].url.origin()
    async with api.delete(url) as answer:
        assert answer.status == 204
    async with api.get(url) as answer:
        assert answer.status == 404


async def test_media_out_is_fetched_from_the_hub(twilio: Twilio, hub: Hub, api: ClientSession) -> None:
    twilio.number(OURS)
    await send(api, MediaUrl=f"{hub.url}/file.png")
    await send(api, MediaUrl=f"{hub.url}/nothing.png")
    await twilio.account.settle()
    assert [media.content for media in twilio.texts.inbox(ANNA)[0].media] == [b"png"]
    assert [message.status for message in twilio.messages.all.values()] == ["delivered", "failed"]


async def test_what_whatsapp_would_not_show_is_complained_of(twilio: Twilio, hub: Hub, api: ClientSession) -> None:
    ours, anna = f"whatsapp:{OURS}", f"whatsapp:{ANNA}"
    twilio.number(ours, sms_url=f"{hub.url}/in")
    await twilio.texts.write(anna, ours, "Hi")
    await send(api, From=ours, To=anna, MediaUrl=f"{hub.url}/file.png")
    await twilio.account.settle()
    assert twilio.problems == []
    await send(api, From=ours, To=anna, MediaUrl=f"{hub.url}/file.pdf")
    await twilio.account.settle()
    assert ["does not show the text" in one for one in twilio.problems] == [True]


async def test_an_incoming_webhook_is_tried_twice_and_then_found_by_listing(
    twilio: Twilio, hub: Hub, api: ClientSession
) -> None:
    twilio.number(OURS, sms_url=f"{hub.url}/in")
    hub.failing = 1
    await twilio.texts.write(ANNA, OURS, "first")
    hub.failing = 2
    await twilio.texts.write(ANNA, OURS, "second")
    async with api.get("Messages.json", params={"To": OURS, "PageSize": "1"}) as answer:
        page = await answer.json()
    async with api.get(page["next_page_uri"]) as answer:
        following = await answer.json()
    assert [fields["Body"] for fields in hub.of("/in")] == ["first"]
    assert [page["messages"][0]["body"], following["messages"][0]["body"]] == ["second", "first"]
    assert following["next_page_uri"] is None
    assert len(twilio.problems) == 1


async def test_lists_are_filtered_by_the_date_they_were_sent(twilio: Twilio, api: ClientSession) -> None:
    twilio.number(OURS)
    await send(api)
    twilio.clock.advance(timedelta(days=2))
    await send(api)
    *_, second = twilio.messages.all.values()
    between = second.created.strftime("%Y-%m-%dT%H:%M:%SZ")
    for bound, bodies in (("DateSent>", 1), ("DateSent<", 2)):
        async with api.get("Messages.json", params={bound: between}) as answer:
            assert len((await answer.json())["messages"]) == bodies


async def test_errors_come_on_demand_before_or_after_the_message_was_taken(twilio: Twilio, api: ClientSession) -> None:
    twilio.number(OURS)
    twilio.faults.next("messages.create", refuses(30007), too_many(3), broken(), closes(), closes(after=True))
    assert (await send(api))[1]["code"] == 30007
    async with api.post("Messages.json", data={}) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "3")
    async with api.post("Messages.json", data={}) as answer:
        assert answer.status == 503
    for accepted in (0, 1):
        with pytest.raises(ClientError):
            await send(api)
        assert len(twilio.ledger.entries("message")) == accepted


async def test_nothing_leaves_loopback(twilio: Twilio) -> None:
    twilio.number(OURS, sms_url="https://hub.example/in")
    await twilio.texts.write(ANNA, OURS, "Hi")
    assert {posted.error for posted in twilio.webhooks.log} == {"hub.example is not on loopback: name it in `reach`"}


async def test_a_public_address_is_signed_and_reached_here(twilio: Twilio, hub: Hub) -> None:
    hub.public = "https://hub.example"
    twilio.webhooks.reach[hub.public] = hub.url
    twilio.number(OURS, sms_url=f"{hub.public}/in?x=1")
    await twilio.texts.write(ANNA, OURS, "Hi")
    assert [fields["Body"] for fields in hub.of("/in?x=1")] == ["Hi"]


async def test_a_redelivery_is_the_same_request_many_times(twilio: Twilio, hub: Hub) -> None:
    twilio.number(OURS, sms_url=f"{hub.url}/in")
    await twilio.texts.write(ANNA, OURS, "Hi")
    await twilio.webhooks.repeat(twilio.webhooks.log[0], times=5)
    assert len(hub.of("/in")) == 6
    assert len({fields["MessageSid"] for fields in hub.of("/in")}) == 1


async def test_a_message_of_a_hub_that_was_not_told_is_only_listed(
    twilio: Twilio, hub: Hub, api: ClientSession
) -> None:
    twilio.number(OURS, sms_url=f"{hub.url}/in")
    await twilio.texts.write(ANNA, OURS, "Hi", told=False)
    twilio.webhooks.loses = lambda _url, fields: fields["Body"] == "Ho"
    await twilio.texts.write(ANNA, OURS, "Ho")
    async with api.get("Messages.json", params={"From": ANNA}) as answer:
        assert [message["body"] for message in (await answer.json())["messages"]] == ["Ho", "Hi"]
    assert hub.got == []


async def test_a_whatsapp_customer_may_hide_the_number_and_press_a_button(twilio: Twilio, hub: Hub) -> None:
    ours = f"whatsapp:{OURS}"
    twilio.number(ours, sms_url=f"{hub.url}/in")
    button = {"ButtonText": "Yes", "ButtonPayload": "yes", "ProfileName": "Anna"}
    await twilio.texts.write("whatsapp:DE.4711", ours, "Yes", whatsapp=button)
    fields = hub.of("/in")[0]
    assert (fields["ExternalUserId"], fields["MessageType"], fields["ButtonPayload"]) == ("DE.4711", "button", "yes")
    assert "WaId" not in fields


async def test_a_message_that_was_read_says_so(twilio: Twilio, hub: Hub, api: ClientSession) -> None:
    ours, anna = f"whatsapp:{OURS}", f"whatsapp:{ANNA}"
    twilio.number(ours, sms_url=f"{hub.url}/in")
    await twilio.texts.write(anna, ours, "Hi")
    await send(api, From=ours, To=anna, StatusCallback=f"{hub.url}/status")
    await twilio.account.settle()
    await twilio.texts.reads(twilio.texts.inbox(anna)[0])
    await twilio.texts.tell(twilio.texts.inbox(anna)[0], "sent")
    assert [fields["MessageStatus"] for fields in hub.of("/status")] == ["sent", "delivered", "read", "sent"]
    assert twilio.texts.inbox(anna)[0].status == "read"


async def test_a_service_sends_from_its_numbers_and_is_stopped_as_one(twilio: Twilio, api: ClientSession) -> None:
    twilio.number(OURS)
    twilio.number("+4930222222")
    service = twilio.numbers.service(OURS, "+4930222222")
    _, sent = await send(api, From="", MessagingServiceSid=service)
    await twilio.texts.write(ANNA, "+4930222222", "STOP")
    _, refused = await send(api)
    assert (sent["status"], sent["from"], refused["code"]) == ("accepted", OURS, 21610)


async def test_a_page_is_not_shifted_by_what_arrives_meanwhile(twilio: Twilio, api: ClientSession) -> None:
    twilio.number(OURS)
    for body in ("one", "two", "three"):
        await twilio.texts.write(ANNA, OURS, body)
    async with api.get("Messages.json", params={"PageSize": "2"}) as answer:
        page = await answer.json()
    await twilio.texts.write(ANNA, OURS, "four")
    async with api.get(page["next_page_uri"]) as answer:
        assert [message["body"] for message in (await answer.json())["messages"]] == ["one"]


async def test_an_answer_may_not_come(twilio: Twilio, api: ClientSession) -> None:
    twilio.number(OURS)
    twilio.faults.next("messages.create", hangs(after=True))
    asked = asyncio.create_task(send(api, Body="x"))
    async with asyncio.timeout(20):
        while not twilio.ledger.entries("message", To=ANNA):
            await asyncio.sleep(0.01)
    answered, _ = await asyncio.wait({asked}, timeout=0.2)
    asked.cancel()
    await asyncio.wait({asked})
    assert not answered
    assert len(twilio.ledger.entries("message", To=ANNA)) == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"To": ""}, 21604),
        ({"To": "0151"}, 21211),
        ({"From": "+4930999999"}, 21606),
        ({"From": "whatsapp:+4930999999", "To": f"whatsapp:{ANNA}"}, 63007),
        ({"From": ""}, 21603),
        ({"Body": ""}, 21619),
        ({"Body": "x" * 1601}, 21617),
        ({"ContentSid": "HX" + "0" * 32}, 21655),
        ({"MessagingServiceSid": "MG" + "0" * 32}, 21701),
    ],
)
async def test_a_message_that_cannot_be_sent_is_refused(
    twilio: Twilio, api: ClientSession, fields: dict[str, str], code: int
) -> None:
    twilio.number(OURS)
    status, refused = await send(api, **fields)
    assert (status, refused["code"]) == (400, code)
    assert twilio.ledger.entries() == ()


async def test_only_the_account_is_let_in_by_its_token_or_a_key(twilio: Twilio) -> None:
    account = twilio.account
    for user, password, expected in (
        (account.sid, account.auth_token, 200),
        (account.api_key, account.api_secret, 200),
        (account.sid, "wrong", 401),
    ):
        headers = {"Authorization": encode_basic_auth(user, password)}
        async with ClientSession(twilio.url, headers=headers) as session:
            async with session.get(f"{account.path}/Messages.json") as answer:
                assert answer.status == expected
            async with session.get("/2010-04-01/Accounts/AC1/Messages.json") as answer:
                assert answer.status == (401 if expected == 401 else 404)
