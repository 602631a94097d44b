"""A message as Twilio takes it, and found again after an answer was lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.twilio import SMS, WHATSAPP
from connectors.twilio.line import can_be_called, read_line
from connectors.twilio.outgoing import MAX_PICTURE, check, find, form
from connectors.twilio.shelf import CAPACITY, KEEP_SECONDS, Shelf
from connectors.twilio.templates import template
from hub.sdk import (
    Address,
    Attachment,
    ConfigurationError,
    HookReply,
    HookRequest,
    Outgoing,
    PermanentSend,
    SuppressSend,
    Template,
    TransientSend,
)
from hub.sdk.testing import FakeContext
from tests.connectors.twilio.payloads import ANNA, OWN, SID, SMS_SETTINGS, WHATSAPP_SETTINGS, WHEN, listed

LINE = read_line(SMS_SETTINGS, "sms")
WA_LINE = read_line(WHATSAPP_SETTINGS, "whatsapp")
SERVICE = "MG" + "0" * 32


def outgoing(text: str = "Hello", **changes: Any) -> Outgoing:
    return replace(Outgoing("a1", "sms:t", "t", (Address("phone", ANNA),), text), **changes)


def sent(**fields: Any) -> dict[str, Any]:
    return listed(**{"direction": "outbound-api", "from": OWN, "to": ANNA, "status": "sent", **fields})


def test_a_text_goes_from_the_number_or_through_the_service() -> None:
    assert form(outgoing(), LINE, (), "https://x/y") == {
        "To": ANNA,
        "From": OWN,
        "Body": "Hello",
        "StatusCallback": "https://x/y",
    }
    fields = form(outgoing(), replace(LINE, service=SERVICE), (), "")
    assert (fields["MessagingServiceSid"], "From" in fields, "StatusCallback" in fields) == (SERVICE, False, False)


def test_whatsapp_addresses_are_marked_and_hidden_numbers_are_ids() -> None:
    assert form(outgoing(), WA_LINE, (), "")["To"] == f"whatsapp:{ANNA}"
    hidden = outgoing(to=(Address("whatsapp", "bsuid:DE.4711"),))
    assert form(hidden, WA_LINE, (), "")["To"] == "whatsapp:DE.4711"


def test_a_template_goes_by_its_id_and_without_the_text() -> None:
    fields = form(outgoing(template=Template("HX1", {"1": "Zoë"})), WA_LINE, (), "")
    assert fields["ContentSid"] == "HX1"
    assert json.loads(str(fields["ContentVariables"])) == {"1": "Zoë"}
    assert "Body" not in fields


def test_a_message_is_found_by_person_text_and_time() -> None:
    found = find([sent(sid="SM2"), sent(sid="SM1", body="Other")], outgoing(), LINE, WHEN - timedelta(seconds=31), ())
    assert found is not None
    assert (found.provider_id, found.state) == ("SM2", "sent")


@pytest.mark.parametrize(
    "fields",
    [
        {"body": "Another text"},
        {"to": "+4915100000000"},
        {"direction": "inbound"},
        {"date_created": "Sun, 01 Mar 2026 11:59:00 +0000"},
        {"date_created": "Sun, 01 Mar 2026 12:09:00 +0000"},
        {"sid": "SM-known"},
    ],
)
def test_a_message_that_is_another_one_is_not_taken_for_it(fields: dict[str, Any]) -> None:
    started = WHEN - timedelta(seconds=30)
    assert find([sent(**fields)], outgoing(), LINE, started, ("SM-known",)) is None


def test_a_message_that_is_known_to_be_another_or_went_out_elsewhere_is_not_taken_for_it() -> None:
    started = WHEN - timedelta(seconds=31)
    assert find([sent()], outgoing(), LINE, started, ()) is not None
    assert find([sent()], outgoing(known_ids=(SID,)), LINE, started, ()) is None
    assert find([sent(**{"from": "+4930000000"})], outgoing(), LINE, started, ()) is None
    through = replace(LINE, service=SERVICE)
    not_chosen_yet = sent(**{"from": None, "messaging_service_sid": SERVICE})
    assert find([not_chosen_yet], outgoing(), through, started, ()) is not None
    assert find([not_chosen_yet], outgoing(), LINE, started, ()) is None


def test_spaces_that_the_way_changes_do_not_hide_it() -> None:
    started = WHEN - timedelta(seconds=31)
    assert find([sent(body="Hello\nyou")], outgoing("Hello\r\nyou "), LINE, started, ()) is not None


def test_a_template_is_found_though_it_reads_differently_but_only_when_it_is_the_only_one() -> None:
    message, started = outgoing(template=Template("HX1")), WHEN - timedelta(seconds=31)
    one, other = sent(sid="SM1", body="Hello, Zoë"), sent(sid="SM2", body="Bye")
    assert find([one], message, LINE, started, ()) is not None
    assert find([one, other], message, LINE, started, ()) is None


def test_a_message_that_failed_meanwhile_is_found_with_its_failure() -> None:
    started = WHEN - timedelta(seconds=31)
    found = find([sent(status="undelivered", error_code=30005)], outgoing(), LINE, started, ())
    assert found is not None
    assert found.state == "failed"
    assert [(one.code, one.state) for one in found.recipients] == [("30005", "failed")]
    with pytest.raises(SuppressSend):
        find([sent(status="failed", error_code=21610)], outgoing(), LINE, started, ())


def test_only_an_address_on_the_internet_can_be_called() -> None:
    assert can_be_called("https://desk.example.org")
    assert not any(map(can_be_called, ("", "http://desk.example.org", "https://127.0.0.1:1", "https://localhost")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("account_sid", "AC1"),
        ("api_key", "SK"),
        ("messaging_service_sid", "x"),
        ("number", "12"),
        ("country", "Germany"),
    ],
)
def test_settings_that_cannot_work_say_which_and_how(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_line({**SMS_SETTINGS, name: value}, "sms")
    assert len(str(refused.value)) > 30


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("030 9018 4711", "", "+493090184711"),
        ("0151 12345678", "", ANNA),
        ("+43 1 534440", "", "+431534440"),
        ("01 534440", "AT", "+431534440"),
    ],
)
def test_what_an_agent_types_is_a_number_at_home(written: str, country: str, number: str) -> None:
    settings = {**SMS_SETTINGS, "country": country}
    assert SMS.normalise_at_home(written, settings) == number
    assert WHATSAPP.normalise_at_home(written, settings) == number


def test_the_rate_is_the_numbers() -> None:
    assert SMS.limits_of({**SMS_SETTINGS, "rate": 30}).rate == 30
    assert SMS.limits_of(SMS_SETTINGS).rate == 1


# --- files on their way out ---


def picture(content_type: str = "image/png", size: int = 1) -> Attachment:
    return Attachment("a", content_type, bytes(size))


@pytest.mark.parametrize(
    ("text", "file", "refusal"),
    [
        ("Look", picture(), ""),
        ("Look", picture("video/mp4", MAX_PICTURE + 1), ""),
        ("", picture("application/pdf"), ""),
        ("The bill", picture("application/pdf"), "gets lost"),
        ("", picture("Image/JPEG; x=y", MAX_PICTURE + 1), "5 MB"),
    ],
)
def test_whatsapp_is_given_no_file_that_it_would_not_deliver(text: str, file: Attachment, refusal: str) -> None:
    message = outgoing(text, attachments=(file,))
    if not refusal:
        check(message, WA_LINE)
        return
    with pytest.raises(PermanentSend, match=refusal):
        check(message, WA_LINE)


def test_a_picture_message_carries_text_beside_any_file() -> None:
    check(outgoing("The bill", attachments=(picture("application/pdf"), picture())), LINE)


def test_the_hub_knows_what_fits_into_a_message_before_it_is_sent() -> None:
    assert (WHATSAPP.limits_of(WHATSAPP_SETTINGS).max_files, SMS.limits_of(SMS_SETTINGS).max_files) == (1, 10)
    assert SMS.limits_of({**SMS_SETTINGS, "mms": False}).max_files == 0


def shelf() -> tuple[Shelf, list[float]]:
    now = [1_800_000_000.0]
    return Shelf(FakeContext({}, channel_id=7), lambda: now[0]), now


async def get(shelf: Shelf, url: str) -> HookReply:
    target = url.removeprefix("https://hub.example.org")
    rest = target.removeprefix("/hooks/7/media/")
    return await shelf.serve(HookRequest("GET", target, {}, b"", "https://hub.example.org", rest))


async def test_a_file_can_be_fetched_by_its_address_for_a_while() -> None:
    kept, now = shelf()
    (url,) = kept.offer([Attachment("Rechnung für Zoë.pdf", "application/pdf; name=x", b"content")])
    reply = await get(kept, url)
    assert (reply.status, reply.body, reply.content_type) == (200, b"content", "application/pdf")
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    assert reply.headers["Content-Disposition"] == 'inline; filename="Rechnung-f-r-Zo-.pdf"'
    now[0] += KEEP_SECONDS + 1
    assert (await get(kept, url)).status == 404


async def test_after_a_restart_it_is_gone_and_the_address_is_still_known_as_ours() -> None:
    before, _ = shelf()
    (url,) = before.offer([Attachment("a.png", "image/png", b"x")])
    after, _ = shelf()
    assert (await get(after, url)).status == 404


@pytest.mark.parametrize("change", ["name", "until", "mac"])
async def test_an_address_that_was_not_given_out_is_refused(change: str) -> None:
    kept, _ = shelf()
    (url,) = kept.offer([Attachment("a.png", "image/png", b"x")])
    name, until, mac = url.removeprefix("https://hub.example.org/hooks/7/media/").partition("/")[0].split(".")
    parts = {"name": name, "until": until, "mac": mac}
    parts[change] = parts[change][:-2] + ("7" if parts[change][-2] != "7" else "8") + parts[change][-1]
    forged = f"https://hub.example.org/hooks/7/media/{parts['name']}.{parts['until']}.{parts['mac']}/a.png"
    with pytest.raises(PermissionError):
        await get(kept, forged)


@given(token=st.from_regex(r"[A-Za-z0-9_-]{16}\.[0-9]{10}\.[A-Za-z0-9_=-]{42,44}", fullmatch=True))
async def test_a_made_up_address_is_refused_and_does_not_fail(token: str) -> None:
    with pytest.raises(PermissionError):
        await get(shelf()[0], f"https://hub.example.org/hooks/7/media/{token}/x")


@pytest.mark.parametrize("rest", ["", "a", "a.b.c", "ä" * 20, "../../etc/passwd", "." * 80])
async def test_a_strange_address_is_refused_and_does_not_fail(rest: str) -> None:
    with pytest.raises(PermissionError):
        await get(shelf()[0], f"https://hub.example.org/hooks/7/media/{rest}")


async def test_the_memory_for_files_is_bounded_and_free_again_later() -> None:
    kept, now = shelf()
    large = Attachment("a.bin", "application/octet-stream", bytes(CAPACITY // 2 + 1))
    kept.offer([large])
    with pytest.raises(TransientSend):
        kept.offer([large])
    now[0] += KEEP_SECONDS + 1
    assert len(kept.offer([large])) == 1


async def test_a_web_page_as_a_file_is_not_shown_as_one() -> None:
    kept, _ = shelf()
    (url,) = kept.offer([Attachment("a.html", "text/html\r\nX: y", b"<script>")])
    reply = await get(kept, url)
    assert reply.content_type == "application/octet-stream"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


# --- templates ---


def test_a_template_has_its_text_variables_and_buttons() -> None:
    types = {"twilio/quick-reply": {"body": "Hi {{1}}, {{ 2 }}?", "actions": [{"title": "Yes", "id": "y"}]}}
    approval = {"status": "approved", "category": "UTILITY", "name": "order_update"}
    found = template(
        {
            "sid": "HX1",
            "friendly_name": "Order",
            "language": "en",
            "types": types,
            "variables": {"1": "Anna"},
            "approval_requests": approval,
        }
    )
    assert found is not None
    assert (found.body, dict(found.variables)) == ("Hi {{1}}, {{2}}?", {"1": "Anna", "2": ""})
    assert (found.quick_replies, found.approved, found.category) == (("Yes",), True, "utility")


def test_a_template_that_is_not_approved_says_so_and_one_without_text_is_left_out() -> None:
    found = template(
        {"sid": "HX1", "types": {"twilio/text": {"body": "Hi"}}, "approval_requests": {"status": "pending"}}
    )
    assert found is not None
    assert not found.approved
    assert template({"sid": "HX2", "types": {"twilio/catalog": {"id": "x"}}}) is None
