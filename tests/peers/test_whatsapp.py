"""WhatsApp through a real hub and a simulated Twilio: the window, templates, read receipts, people without a number."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests

from tests.hub_process import HubProcess, until
from tests.peers.simulated import Provider
from tests.peers.twilio import undelivered

pytestmark = [pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(300)]
OURS = "+4930901820"
SENDER = f"whatsapp:{OURS}"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with Provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def hub(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    with HubProcess(tmp_path_factory.mktemp("whatsapp") / "hub", **provider.environment) as hub:
        hub.become_administrator()
        yield hub


@pytest.fixture(scope="module")
def channel(hub: HubProcess, provider: Provider) -> dict[str, Any]:
    return provider.add_channel(hub, "whatsapp", OURS)


numbers = (f"+49152{number:08d}" for number in range(10_000_000, 99_999_999))


@pytest.fixture
def anna() -> str:
    """A number that nobody has written from yet."""
    return next(numbers)


def writes(provider: Provider, who: str, body: str, **fields: str) -> None:
    given = {"ProfileName": f"Anna {who[-4:]}", **fields}
    provider.writes(f"whatsapp:{who}", SENDER, body, whatsapp=given)


def conversation(hub: HubProcess, who: str) -> dict[str, Any]:
    """The one with the person whose profile has this name."""

    def found() -> dict[str, Any] | None:
        return next((one for one in hub.conversations() if f"Anna {who[-4:]}" in str(one)), None)

    return until(found, f"a conversation with {who}")


def entries(hub: HubProcess, who: str, direction: str = "") -> list[dict[str, Any]]:
    """Messages with this person, oldest first."""
    found = hub.timeline(conversation(hub, who)["customer"]["id"])
    return [one for one in reversed(found) if one["kind"] == "message" and direction in ("", one["direction"])]


def reaches(hub: HubProcess, who: str, state: str) -> dict[str, Any]:
    """The newest message to that person, once it is in this state."""

    def reached() -> dict[str, Any] | None:
        entry = entries(hub, who, "out")[-1]
        return entry if entry["delivery"]["state"] == state else None

    return until(reached, f"it is {state}")


def place(hub: HubProcess, who: str) -> dict[str, Any]:
    items = hub.call("GET", f"/api/conversations/{conversation(hub, who)['id']}/destinations")["items"]
    return next(one for one in items if one["default"])


def send(hub: HubProcess, who: str, **content: Any) -> Any:
    where, to = conversation(hub, who), place(hub, who)
    body = {
        "to_identity_id": to["identity_id"],
        "channel_id": to["channel_id"],
        "attachment_ids": [],
        "last_seen_entry_id": max(one["id"] for one in hub.timeline(where["customer"]["id"])),
        **content,
    }
    key = {"Idempotency-Key": str(uuid.uuid4())}
    return hub.call("POST", f"/api/conversations/{where['id']}/messages", body, **key)


def test_a_message_is_answered_and_read(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    writes(provider, anna, "Hello")
    hub.reply(conversation(hub, anna), "How can we help?")
    reaches(hub, anna, "delivered")
    (arrived,) = provider.twilio.texts.inbox(f"whatsapp:{anna}")
    assert arrived.body == "How can we help?"
    provider.do(provider.twilio.texts.reads(arrived))
    reaches(hub, anna, "read")
    provider.do(provider.twilio.texts.tell(arrived, "sent"))  # late, and changes nothing
    assert reaches(hub, anna, "read")


def test_a_pressed_button_is_an_answer(hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str) -> None:
    writes(provider, anna, "Cancel", ButtonText="Cancel", ButtonPayload="cancel-order")
    (entry,) = entries(hub, anna)
    assert entry["text"] == "Cancel"
    hub.reply(conversation(hub, anna), "Your order is cancelled.")  # which is no opt-out
    reaches(hub, anna, "delivered")


def test_who_hides_the_number_can_be_answered_and_is_known_when_the_number_is_shown(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    user = f"DE.{anna[-8:]}"
    name = {"ProfileName": f"Anna {anna[-4:]}"}
    provider.writes(f"whatsapp:{user}", SENDER, "Hidden", whatsapp=name)
    hub.reply(conversation(hub, anna), "To somebody without a number")
    reaches(hub, anna, "delivered")
    assert [one.fields["To"] for one in provider.twilio.ledger.entries("message", To=f"whatsapp:{user}")]
    customer = conversation(hub, anna)["customer"]["id"]
    provider.writes(f"whatsapp:{anna}", SENDER, "Shown", whatsapp={**name, "ExternalUserId": user})

    def together() -> bool:
        texts = [one["text"] for one in hub.timeline(customer) if one["kind"] == "message"]
        return {"Hidden", "Shown"} <= set(texts)

    until(together, "both are on one timeline")


def test_an_sms_from_the_same_number_is_on_the_same_timeline(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    provider.add_channel(hub, "sms", OURS)
    writes(provider, anna, "By WhatsApp")
    provider.writes(anna, OURS, "By SMS")
    customer = conversation(hub, anna)["customer"]["id"]
    texts = [one["text"] for one in hub.timeline(customer) if one["kind"] == "message"]
    assert sorted(texts) == ["By SMS", "By WhatsApp"]


def test_outside_the_window_a_template_goes_and_free_text_does_not(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    template = provider.twilio.contents.add(
        "parcel",
        "Hello {{1}}, your parcel {{2}} is here.",
        variables={"1": "Zoë", "2": "4711"},
        quick_replies={"y": "Yes"},
    )
    pending = provider.twilio.contents.add("later", "Not yet", status="pending")
    writes(provider, anna, "Hello")
    provider.twilio.clock.advance(timedelta(hours=25))
    # The hub's own clock says that the window is open: so Twilio is the one to refuse it.
    hub.reply(conversation(hub, anna), "Too late for this")
    assert reaches(hub, anna, "failed")["delivery"]["code"] == "needs_template"

    listed = hub.call("GET", f"/api/channels/{channel['id']}/templates")["items"]
    found = {one["id"]: one for one in listed}
    assert found[template.sid]["body"] == "Hello {{1}}, your parcel {{2}} is here."
    assert found[template.sid]["quick_replies"] == ["Yes"]
    assert found[template.sid]["approved"]
    assert not found[pending.sid]["approved"]
    send(hub, anna, text="", template={"id": template.sid, "variables": {"1": "Anna", "2": "0815"}})
    entry = reaches(hub, anna, "delivered")
    assert entry["text"] == "Hello Anna, your parcel 0815 is here."
    arrived = provider.twilio.texts.inbox(f"whatsapp:{anna}")[-1]
    assert (arrived.body, arrived.content_sid) == (entry["text"], template.sid)


def test_a_message_that_whatsapp_takes_back_says_why(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    writes(provider, anna, "Hello")
    provider.twilio.texts.plan(f"whatsapp:{anna}", undelivered(63024))
    hub.reply(conversation(hub, anna), "To an old phone")
    delivery = reaches(hub, anna, "failed")["delivery"]
    assert delivery["code"] == "63024"
    assert "cannot receive" in delivery["reason"]


def test_a_picture_comes_in(hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str) -> None:
    name = {"ProfileName": f"Anna {anna[-4:]}"}
    provider.writes(f"whatsapp:{anna}", SENDER, "", media=[("image/jpeg", b"\xff\xd8jpeg")], whatsapp=name)

    def stored() -> Any:
        (entry,) = entries(hub, anna)
        return entry["attachments"]

    (attachment,) = until(stored, "the picture is stored")
    assert attachment["filename"] == "image-1.jpg"


def upload(hub: HubProcess, name: str, content_type: str) -> int:
    made = requests.post(
        f"{hub.address}/api/attachments",
        files={"file": (name, name.encode(), content_type)},
        headers={"Origin": hub.address, "X-CSRF": hub.csrf},
        cookies={one["name"]: one["value"] for one in hub.cookies()},
        timeout=60,
    )
    assert made.ok, made.text
    number: int = made.json()["id"]
    return number


def test_files_go_out_one_in_each_message_and_no_word_is_lost_beside_them(
    hub: HubProcess, provider: Provider, channel: dict[str, Any], anna: str
) -> None:
    writes(provider, anna, "Send me all of it")
    where = place(hub, anna)
    assert (where["limits"]["max_files"], "image/png" in where["limits"]["captioned"]) == (1, True)
    bill = [upload(hub, "bill.pdf", "application/pdf"), upload(hub, "parcel.png", "image/png")]
    send(hub, anna, text="Your bill", attachment_ids=bill)
    send(hub, anna, text="And the shop", attachment_ids=[upload(hub, "shop.png", "image/png")])

    def arrived() -> list[tuple[str, list[bytes]]] | None:
        found = provider.twilio.texts.inbox(f"whatsapp:{anna}")
        return [(one.body, [file.content for file in one.media]) for one in found] if len(found) == 4 else None

    assert until(arrived, "all of it arrived") == [
        ("Your bill", []),
        ("", [b"bill.pdf"]),
        ("", [b"parcel.png"]),
        ("And the shop", [b"shop.png"]),
    ]
    assert [one["text"] for one in entries(hub, anna, "out")] == ["Your bill", "", "", "And the shop"]


def test_trying_the_settings_reads_the_templates(hub: HubProcess, channel: dict[str, Any]) -> None:
    body = {"kind": "whatsapp", "channel_id": channel["id"], "settings": channel["settings"], "secrets": {}}
    result = hub.call("POST", "/api/channels/test", body)
    assert result["ok"], result
    assert "templates" in {one["name"] for one in result["steps"]}


def test_the_provider_had_nothing_to_complain_about(provider: Provider, channel: dict[str, Any]) -> None:
    provider.settle()
    assert provider.twilio.problems == []
