"""Text messages through a real hub and a simulated Twilio: nothing lost, nothing twice, nothing forged."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from twilio.request_validator import RequestValidator

from tests.hub_process import HubProcess, until
from tests.peers.simulated import Provider, counted
from tests.peers.twilio import Delivery, broken, closes, hangs, refuses, too_many
from tests.peers.twilio.answers import new_sid
from tests.peers.twilio.webhooks import Posted

pytestmark = [pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(300)]
OURS = "+4930901820"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def hub(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    with HubProcess(tmp_path_factory.mktemp("sms") / "hub", **provider.environment) as hub:
        hub.become_administrator()
        yield hub


@pytest.fixture(scope="module")
def channel(hub: HubProcess, provider: Provider) -> dict[str, Any]:
    return provider.add_channel(hub, "sms", OURS, rate=100)


@pytest.fixture(autouse=True)
def _as_new(provider: Provider) -> Iterator[None]:
    yield
    provider.twilio.faults.clear()
    provider.settle()


@pytest.fixture
def anna() -> str:
    """A number that nobody has written from yet."""
    return next(numbers)


numbers = (f"+49151{number:08d}" for number in range(10_000_000, 99_999_999))


def conversation(hub: HubProcess, number: str) -> dict[str, Any]:
    def found() -> dict[str, Any] | None:
        listed = hub.conversations()
        return next((one for one in listed if number[-8:] in str(one).replace(" ", "")), None)

    return until(found, f"a conversation with {number}")


def entries(hub: HubProcess, number: str) -> list[dict[str, Any]]:
    """Messages with this person, oldest first."""
    found = hub.timeline(conversation(hub, number)["customer"]["id"])
    return [one for one in reversed(found) if one["kind"] == "message"]


def delivered(hub: HubProcess, number: str, state: str = "delivered") -> dict[str, Any]:
    """The newest message to that person, once it is in this state."""

    def reached() -> dict[str, Any] | None:
        entry = [one for one in entries(hub, number) if one["direction"] == "out"][-1]
        return entry if entry["delivery"]["state"] == state else None

    return until(reached, f"it is {state}")


def answer(hub: HubProcess, provider: Provider, number: str, text: str) -> dict[str, Any]:
    """They write, and are answered."""
    provider.writes(number, OURS, "A question")
    return hub.reply(conversation(hub, number), text)


def accepted(provider: Provider, number: str) -> list[str]:
    """The texts that the provider took responsibility for."""
    return [one.fields.get("Body", "") for one in provider.twilio.ledger.entries("message", To=number)]


def test_a_text_is_answered_and_the_answer_arrives(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    provider.writes(anna, OURS, "Where is my parcel? 📦")
    assert [one["text"] for one in entries(hub, anna)] == ["Where is my parcel? 📦"]
    hub.reply(conversation(hub, anna), "It comes today.")
    delivered(hub, anna)
    assert [one.body for one in provider.twilio.texts.inbox(anna)] == ["It comes today."]
    assert accepted(provider, anna) == ["It comes today."]


def test_an_agent_writes_first_to_a_number_as_it_is_written_at_home(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    written = f"0{anna[3:6]} {anna[6:9]}-{anna[9:]}"
    body = {"identity": {"kind": "phone", "address": written}, "channel_id": channel["id"], "text": "Your code: 4711"}
    hub.call("POST", "/api/conversations", body, **{"Idempotency-Key": str(uuid.uuid4())})
    until(lambda: accepted(provider, anna), f"it is sent to {anna}")
    provider.writes(anna, OURS, "Thanks")
    until(lambda: [one["text"] for one in entries(hub, anna)] == ["Your code: 4711", "Thanks"], "one timeline")


def test_fifty_redeliveries_at_once_are_one_message(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    provider.writes(anna, OURS, "Once")
    posted = provider.twilio.webhooks.log[-1]
    again = provider.do(provider.twilio.webhooks.repeat(posted, 50))
    assert {one.status for one in again} == {200}
    assert {one.body.strip().endswith("<Response/>") for one in again} == {True}
    assert [one["text"] for one in entries(hub, anna)] == ["Once"]


@pytest.mark.parametrize("case", ["missing", "forged", "another token", "another address", "another port", "changed"])
def test_what_is_not_signed_as_it_must_be_is_refused_and_not_stored(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str, case: str
) -> None:
    before = counted(hub, channel)
    url = f"{hub.address}/hooks/{channel['id']}/incoming"
    form = {"MessageSid": "SM" + "f" * 32, "From": anna, "To": OURS, "Body": "Forged", "NumMedia": "0"}
    signer = RequestValidator("0" * 32 if case == "another token" else provider.twilio.auth_token)
    signed = {"another address": url.replace("incoming", "status"), "another port": url.replace(str(hub.port), "1")}
    signature = signer.compute_signature(signed.get(case, url), form)
    headers = {"missing": {}, "forged": {"X-Twilio-Signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}}.get(
        case, {"X-Twilio-Signature": signature}
    )
    if case == "changed":
        form["Body"] = "Changed on the way"
    headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-Host": "evil.test"}
    reply = requests.post(url, data=urlencode(form), headers=headers, timeout=60)
    assert reply.status_code == 403
    assert counted(hub, channel) == before


def test_a_call_replayed_at_another_webhook_is_refused(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    provider.writes(anna, OURS, "Replayed")
    before = counted(hub, channel)
    posted = provider.twilio.webhooks.log[-1]
    headers = {"X-Twilio-Signature": provider.twilio.webhooks.signature(posted.url, posted.fields)}
    elsewhere = requests.post(
        posted.url.replace("incoming", "status"), data=dict(posted.fields), headers=headers, timeout=60
    )
    assert elsewhere.status_code == 403
    assert requests.post(posted.url, data=dict(posted.fields), headers=headers, timeout=60).status_code == 200
    assert counted(hub, channel) == before


def test_every_order_of_statuses_ends_the_same(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    for order in permutations(("queued", "sent", "delivered")):
        provider.twilio.texts.plan(anna, Delivery(tells=order))
        answer(hub, provider, anna, f"In the order {order}")
        provider.settle()
        delivered(hub, anna)
    for order in permutations(("sent", "undelivered")):
        provider.twilio.texts.plan(anna, Delivery(("sent", "undelivered"), tells=order, code=30005))
        answer(hub, provider, anna, f"In the order {order}")
        provider.settle()
        entry = delivered(hub, anna, "failed")
        assert entry["delivery"]["code"] == "30005"


@pytest.mark.parametrize(
    "fault", [closes(after=True), broken(503, after=True), broken(500, after=True)], ids=["closed", "503", "500"]
)
def test_when_the_answer_is_lost_after_it_was_accepted_it_is_found_and_not_sent_again(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str, fault: Any
) -> None:
    provider.twilio.texts.plan(anna, Delivery(tells=()))  # and no status tells of it either
    provider.writes(anna, OURS, "A question")
    provider.twilio.faults.next("messages.create", fault)
    hub.reply(conversation(hub, anna), "Only once")
    until(lambda: delivery_state(hub, anna) in ("sent", "delivered"), "it was found", 60)
    provider.settle()
    assert accepted(provider, anna) == ["Only once"]


def delivery_state(hub: HubProcess, number: str) -> str:
    found = [one for one in entries(hub, number) if one["direction"] == "out"]
    return str(found[-1]["delivery"]["state"]) if found else ""


def test_when_it_cannot_be_known_the_agent_decides_and_nothing_is_sent_again(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    provider.writes(anna, OURS, "A question")
    provider.twilio.faults.next("messages.create", closes())
    hub.reply(conversation(hub, anna), "Perhaps")
    until(lambda: delivery_state(hub, anna) == "uncertain", "it is uncertain")
    time.sleep(12)  # the first question to the provider has been asked by now
    assert delivery_state(hub, anna) == "uncertain"
    assert accepted(provider, anna) == []


def test_too_many_requests_are_waited_for(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    provider.writes(anna, OURS, "A question")
    provider.twilio.faults.next("messages.create", too_many(retry_after=1), too_many(retry_after=1))
    hub.reply(conversation(hub, anna), "With patience")
    delivered(hub, anna)
    assert accepted(provider, anna) == ["With patience"]


def test_a_refusal_says_why(hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str) -> None:
    provider.writes(anna, OURS, "A question")
    provider.twilio.faults.next("messages.create", refuses(21614))
    hub.reply(conversation(hub, anna), "To a landline")
    entry = delivered(hub, anna, "failed")
    assert entry["delivery"]["code"] == "21614"
    assert "not a mobile" in entry["delivery"]["reason"]


def test_files_come_in_and_are_deleted_at_the_provider(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    message = provider.writes(anna, OURS, "Look", media=[("image/png", PICTURE)])
    sid = message.media[0].sid

    def stored() -> dict[str, Any] | None:
        (entry,) = entries(hub, anna)
        return entry["attachments"][0] if entry["attachments"] else None

    attachment = until(stored, "the file is stored")
    assert attachment["filename"] == "image-1.png"
    assert attachment["size"] == len(PICTURE)
    until(lambda: provider.twilio.ledger.entries("deleted") and not message.media, f"{sid} is deleted there")


def test_files_go_out(hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str) -> None:
    provider.writes(anna, OURS, "Send me the picture")
    place = conversation(hub, anna)
    upload = requests.post(
        f"{hub.address}/api/attachments",
        files={"file": ("parcel.png", PICTURE, "image/png")},
        headers={"Origin": hub.address, "X-CSRF": hub.csrf},
        cookies={one["name"]: one["value"] for one in hub.cookies()},
        timeout=60,
    )
    assert upload.ok, upload.text
    reply(hub, place, "Here it is", [upload.json()["id"]])
    delivered(hub, anna)
    (arrived,) = provider.twilio.texts.inbox(anna)
    assert [(one.content_type, one.content) for one in arrived.media] == [("image/png", PICTURE)]


def reply(hub: HubProcess, place: dict[str, Any], text: str, files: list[int]) -> None:
    to = next(
        one for one in hub.call("GET", f"/api/conversations/{place['id']}/destinations")["items"] if one["default"]
    )
    body = {
        "text": text,
        "to_identity_id": to["identity_id"],
        "channel_id": to["channel_id"],
        "attachment_ids": files,
        "last_seen_entry_id": max(one["id"] for one in hub.timeline(place["customer"]["id"])),
    }
    hub.call("POST", f"/api/conversations/{place['id']}/messages", body, **{"Idempotency-Key": str(uuid.uuid4())})


def test_after_stop_nothing_is_sent_until_start(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    answer(hub, provider, anna, "Before")
    delivered(hub, anna)
    provider.writes(anna, OURS, "STOP")
    with pytest.raises(AssertionError, match="STOP"):
        hub.reply(conversation(hub, anna), "Too late")
    assert accepted(provider, anna) == ["Before"]
    provider.writes(anna, OURS, "START")
    hub.reply(conversation(hub, anna), "Again")
    delivered(hub, anna)
    assert accepted(provider, anna) == ["Before", "Again"]


def test_what_came_while_the_hub_was_down_is_found_once(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    provider.twilio.texts.plan(anna, Delivery(tells=()))
    answer(hub, provider, anna, "Are you there?")
    until(lambda: delivery_state(hub, anna) == "sent", "it is sent")
    provider.settle()
    hub.kill()
    sent = [provider.writes(anna, OURS, f"Missed {number}").sid for number in range(7)]
    provider.writes(anna, OURS, "With a picture", media=[("image/png", PICTURE)])
    hub.start()
    hub.wait_for_channel(channel["id"])

    def all_there() -> bool:
        texts = [one["text"] for one in entries(hub, anna) if one["direction"] == "in"]
        return len(texts) >= 9

    until(all_there, "everything was fetched", 90)
    texts = [one["text"] for one in entries(hub, anna) if one["direction"] == "in"]
    assert texts == ["A question", *(f"Missed {number}" for number in range(7)), "With a picture"]
    assert len(sent) == 7
    until(lambda: entries(hub, anna)[-1]["attachments"], "the file was fetched")
    assert delivered(hub, anna)["text"] == "Are you there?"  # whose statuses were lost, and were found by listing
    provider.twilio.problems.clear()  # that the hub did not answer


def test_a_hub_that_is_killed_in_the_middle_of_sending_finds_its_message(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    provider.twilio.texts.plan(anna, Delivery(tells=()))
    provider.writes(anna, OURS, "A question")
    provider.twilio.faults.next("messages.create", hangs(20, after=True))
    hub.reply(conversation(hub, anna), "Killed on the way")
    until(lambda: accepted(provider, anna), "the provider has it")
    hub.kill_and_start()
    until(lambda: delivery_state(hub, anna) in ("sent", "delivered"), "it was found", 90)
    assert accepted(provider, anna) == ["Killed on the way"]


def test_a_stop_raced_with_answers_is_kept(hub: HubProcess, provider: Provider, channel: dict[str, Any]) -> None:
    """The provider's own list of opt-outs does not help here: it is not told."""
    url = f"{hub.address}/hooks/{channel['id']}/incoming"
    stopped: dict[str, datetime] = {}

    def stop(who: str) -> None:
        form = {"MessageSid": new_sid("SM"), "From": who, "To": OURS, "Body": "Stop", "NumMedia": "0"}
        assert provider.do(provider.twilio.webhooks.send(url, form)).ok
        stopped[who] = datetime.now(UTC)

    def reply_in_time(where: dict[str, Any]) -> None:
        with suppress(AssertionError):  # refused, because the word was faster
            hub.reply(where, "Raced")

    people = [next(numbers) for _ in range(24)]
    for who in people:
        provider.writes(who, OURS, "A question")
    places = {who: conversation(hub, who) for who in people}
    calm = next(numbers)
    provider.writes(calm, OURS, "A question")
    where, began = conversation(hub, calm), time.monotonic()
    hub.reply(where, "Unhurried")
    until(lambda: accepted(provider, calm), "it is sent", 60)
    usual = time.monotonic() - began  # a slow machine is slow for both
    first, *raced_with, last = people
    stop(first)
    reply_in_time(places[first])
    hub.reply(places[last], "Raced")
    until(lambda: accepted(provider, last), "it is sent")
    stop(last)
    with ThreadPoolExecutor(2) as pool:
        for turn, who in enumerate(raced_with):
            raced = pool.submit(reply_in_time, places[who])
            time.sleep(2 * usual * (turn % 12) / 11)
            stop(who)
            raced.result()
    time.sleep(3)
    provider.settle()
    for who in people:
        for sent in provider.twilio.ledger.entries("message", To=who):
            # What was on its way to the provider may take a moment more on a slow machine.
            assert datetime.fromisoformat(sent.at) < stopped[who] + timedelta(seconds=5)
        with pytest.raises(AssertionError, match="STOP"):
            hub.reply(places[who], "Too late")
    assert 0 < sum(len(accepted(provider, who)) for who in people) < len(people), "the race has two ends"


def test_behind_a_proxy_the_public_address_is_what_is_signed(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    public, path = "https://desk.acme.test", f"/hooks/{channel['id']}/incoming"
    form = {"MessageSid": new_sid("SM"), "From": anna, "To": OURS, "Body": "Through the proxy", "NumMedia": "0"}
    webhooks = provider.twilio.webhooks
    hub.stop()
    hub.environment = {**hub.environment, "HUB_PUBLIC_URL": public}
    try:
        hub.start()
        webhooks.reach[public] = hub.address
        inside = until(lambda: _answered(provider, hub.address + path, form), "the channel runs")
        assert inside.status == 403, "that address is not the public one"
        outside = provider.do(webhooks.send(public + path, form))
        assert (outside.status, outside.body.endswith("<Response/>")) == (200, True)
    finally:
        hub.stop()
        hub.environment = {key: value for key, value in hub.environment.items() if key != "HUB_PUBLIC_URL"}
        hub.start()
    hub.wait_for_channel(channel["id"])
    assert [one["text"] for one in entries(hub, anna)] == ["Through the proxy"]


def _answered(provider: Provider, url: str, form: dict[str, str]) -> Posted | None:
    """The answer, unless the channel does not run yet."""
    posted = provider.do(provider.twilio.webhooks.send(url, form, tries=1))
    return None if posted.status == 503 else posted


def test_trying_the_settings_leaves_no_trace_and_says_what_to_do(
    hub: HubProcess, provider: Provider, channel: dict[str, Any]
) -> None:
    before = provider.twilio.ledger.entries("message")
    body = {"kind": "sms", "channel_id": channel["id"], "settings": channel["settings"], "secrets": {}}
    result = hub.call("POST", "/api/channels/test", body)
    assert result["ok"], result
    wrong = hub.call("POST", "/api/channels/test", {**body, "secrets": {"auth_token": "wr0ng-t0ken"}})
    assert not wrong["ok"]
    assert wrong["steps"][-1]["next_step"] or wrong["steps"][0]["next_step"]
    assert "wr0ng-t0ken" not in str(wrong)
    stranger = hub.call("POST", "/api/channels/test", {**body, "settings": {**body["settings"], "number": "+4930999"}})
    assert not stranger["ok"]
    assert provider.twilio.ledger.entries("message") == before


def test_no_secret_shows(hub: HubProcess, provider: Provider, channel: dict[str, Any]) -> None:
    log = hub.log.read_text(errors="replace")
    assert "channel started" in log
    assert provider.twilio.auth_token not in log
    assert provider.twilio.auth_token not in str(hub.call("GET", f"/api/channels/{channel['id']}"))
    assert provider.twilio.problems == []
