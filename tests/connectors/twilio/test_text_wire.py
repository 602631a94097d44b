"""What messages and their statuses mean, whichever way they came."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.twilio import SMS, WHATSAPP
from hub.outbound.ladder import climb
from hub.sdk import Claim, DeliveryState, Ignored, Inbound, InvalidAddress, Raw, StatusUpdate
from tests.connectors.twilio.payloads import (
    ANNA,
    MEDIA,
    OWN,
    SID,
    SMS_SETTINGS,
    WHATSAPP_SETTINGS,
    incoming,
    listing,
    status,
    whatsapp,
)


def message(raw: Raw) -> Inbound:
    connector = WHATSAPP if b"whatsapp" in raw.content else SMS
    (found,) = connector.parse(raw, {})
    assert isinstance(found, Inbound)
    return found


def news(raw: Raw) -> StatusUpdate:
    (found,) = SMS.parse(raw, {})
    assert isinstance(found, StatusUpdate)
    return found


def test_a_text_comes_from_its_number() -> None:
    found = message(incoming(Body="Grüße 👋"))
    assert (found.sender.kind, found.sender.value, found.sender.shown) == ("phone", ANNA, "+49 1511 2345678")
    assert found.body.text == "Grüße 👋"
    assert found.thread.reference == SID
    assert [one.address.value for one in found.recipients] == [OWN]
    assert found.claims == ()


def test_a_listed_message_is_the_same_as_the_one_of_the_webhook() -> None:
    by_hook, by_list = message(incoming()), message(listing())
    assert by_hook.sender == by_list.sender
    assert by_hook.body == by_list.body
    assert by_hook.recipients == by_list.recipients
    assert incoming().key == listing().key


def test_files_are_named_alike_whichever_way_they_came() -> None:
    by_hook = message(incoming(NumMedia="1", MediaUrl0=MEDIA, MediaContentType0="image/jpeg"))
    uri = MEDIA.removeprefix("https://api.twilio.com") + ".json"
    by_list = message(listing([{"uri": uri, "content_type": "image/jpeg"}]))
    assert by_hook.remote == by_list.remote
    (file,) = by_hook.remote
    assert (file.key, file.url, file.content_type, file.filename) == (
        "ME" + "1" * 32,
        MEDIA,
        "image/jpeg",
        "image-1.jpg",
    )


def test_somebody_on_whatsapp_is_known_by_number_and_by_id() -> None:
    found = message(whatsapp(ExternalUserId="DE.4711"))
    assert (found.sender.kind, found.sender.value, found.sender.name) == ("whatsapp", ANNA, "Anna")
    assert found.claims == (
        Claim("phone", ANNA, "Anna", verified=True),
        Claim("whatsapp", "bsuid:DE.4711", "Anna", verified=True),
    )


@pytest.mark.parametrize("fields", [{"ExternalUserId": "DE.4711"}, {}])
def test_who_hides_the_number_on_whatsapp_is_known_by_id(fields: dict[str, str]) -> None:
    found = message(whatsapp(From="whatsapp:DE.4711", WaId="", **fields))
    assert (found.sender.value, found.sender.name, found.claims) == ("bsuid:DE.4711", "Anna", ())


def test_a_pressed_button_is_its_text() -> None:
    found = message(whatsapp(Body="", ButtonText="Yes, please", ButtonPayload="yes"))
    assert found.body.text == "Yes, please"
    assert found.data["button"] == {"text": "Yes, please", "payload": "yes"}


def test_a_place_is_said_in_words() -> None:
    found = message(whatsapp(Body="", Latitude="52.5", Longitude="13.4", Label="The shop"))
    assert found.body.text == "Location: The shop (52.5, 13.4)"


@pytest.mark.parametrize(
    "word", ["STOP", "stop", " Stop\n", "UNSUBSCRIBE", "cancel", "End", "QUIT", "REVOKE", "OPTOUT"]
)
def test_the_words_for_no_more_count_when_they_are_all_that_is_said(word: str) -> None:
    assert message(incoming(Body=word)).consent == "stop"
    assert message(incoming(Body=f"{word.strip()} it")).consent == ""


@pytest.mark.parametrize("word", ["START", "unstop", "Yes"])
def test_the_words_for_messages_again(word: str) -> None:
    assert message(incoming(Body=word)).consent == "start"


def test_what_twilio_says_of_consent_outweighs_the_words() -> None:
    assert message(incoming(Body="Arret", OptOutType="STOP")).consent == "stop"
    assert message(incoming(Body="YES", OptOutType="HELP")).consent == ""
    assert message(whatsapp(Body="Bitte wieder", OptOutType="START")).consent == "start"


def test_on_whatsapp_a_button_or_an_everyday_word_is_an_answer() -> None:
    assert message(whatsapp(Body="Cancel")).consent == ""
    assert message(whatsapp(Body="Stop", ButtonText="Stop", ButtonPayload="s")).consent == ""
    assert message(whatsapp(Body="STOP")).consent == "stop"


def test_a_status_names_the_attempt() -> None:
    found = news(status("delivered", attempt="a/b+c"))
    assert (found.state, found.attempt, found.provider_id) == ("delivered", "a/b+c", SID)


def test_a_failure_says_why() -> None:
    found = news(status("undelivered", "30005"))
    assert (found.state, found.code, found.reason) == ("failed", "30005", "This number is not in service.")
    assert not found.suppress
    assert news(status("failed", "21610")).suppress
    assert news(status("undelivered", "63016")).code == "needs_template"
    assert news(status("failed")).reason


def test_a_status_that_is_not_known_is_kept_and_changes_nothing() -> None:
    (found,) = SMS.parse(status("teleported"), {})
    assert isinstance(found, Ignored)


def test_what_cannot_be_a_number_is_not_guessed_at() -> None:
    with pytest.raises(InvalidAddress):
        SMS.parse(incoming(From="BANK"), {})


STATES = ("queued", "sending", "sent", "delivered", "read")


def settled(states: list[str]) -> DeliveryState:
    state: DeliveryState = "sending"
    for one in states:
        state = climb(state, news(status(one)).state)
    return state


def test_every_order_of_statuses_ends_the_same() -> None:
    assert {settled(list(order)) for order in permutations(STATES)} == {"read"}
    assert {settled(list(order)) for order in permutations(("queued", "sent", "undelivered"))} == {"failed"}
    assert {settled(list(order)) for order in permutations(("accepted", "sent", "delivered"))} == {"delivered"}


@given(st.lists(st.sampled_from((*STATES, "failed", "undelivered", "canceled")), min_size=1, max_size=8), st.randoms())
def test_lost_and_repeated_statuses_in_any_order_end_the_same(states: list[str], dice: object) -> None:
    shuffled = [*states, *states[:2]]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settled(shuffled) == settled(states)


def test_the_own_number_is_read_from_the_settings() -> None:
    assert SMS.own_address(SMS_SETTINGS) == OWN
    assert WHATSAPP.own_address(WHATSAPP_SETTINGS) == OWN
