"""Mail as the hub's own terms: who wrote it, where it belongs, what it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from connectors.email import CONNECTOR
from hub.sdk import Ignored, Inbound, Raw, StatusUpdate
from tests.connectors.email.mails import BOUNCE, OWN, SETTINGS, WHEN, mail, raw


def parse(content: bytes | Raw, **changes: object) -> Any:
    one = content if isinstance(content, Raw) else raw(content)
    (parsed,) = CONNECTOR.parse(one, {**SETTINGS, **changes})
    return parsed


def test_an_ordinary_mail() -> None:
    parsed = parse(mail(Cc="Ben <Ben@Customer.test>", body="Hello,\n\nwhere is it?\n"))
    assert isinstance(parsed, Inbound)
    assert (parsed.sender.kind, parsed.sender.value, parsed.sender.name) == ("email", "anna@customer.test", "Anna")
    assert [(one.address.value, one.role) for one in parsed.recipients] == [(OWN, "to"), ("ben@customer.test", "cc")]
    assert parsed.subject == "Hello"
    assert parsed.body.text.strip() == "Hello,\n\nwhere is it?"
    assert parsed.thread.reference == "1@customer.test"
    assert (parsed.automatic, parsed.direction) == ("no", "in")
    assert parsed.occurred_at == WHEN - timedelta(minutes=2)


@pytest.mark.parametrize("date", ["", "Mon, 01 Mar 2027 12:00:00 +0000", "Thu, 01 Jan 1970 00:00:00 +0000", "nonsense"])
def test_a_date_that_cannot_be_true_gives_way_to_the_arrival(date: str) -> None:
    assert parse(mail(Date=date)).occurred_at == WHEN


def test_what_it_replies_to_comes_nearest_first() -> None:
    parsed = parse(mail(In_Reply_To="<3@x>", References="<1@x> <2@x>\r\n <3@x>"))
    assert parsed.thread.replies_to == ("3@x", "2@x", "1@x")


def test_a_missing_message_id_is_empty_and_never_made_up() -> None:
    assert parse(mail(Message_ID="")).thread.reference == ""


@pytest.mark.parametrize(
    ("headers", "hint"),
    [
        ({"To": "support+k3f9q2mz@acme.test"}, {}),
        ({"To": "Support <SUPPORT+K3F9Q2MZ@ACME.TEST>"}, {}),
        ({"Cc": "support+k3f9q2mz@acme.test"}, {}),
        ({"Delivered_To": "support+k3f9q2mz@acme.test"}, {}),
        ({"To": "undisclosed-recipients:;"}, {"envelope_to": "x@acme.test support+k3f9q2mz@acme.test"}),
    ],
)
def test_the_token_is_found_wherever_the_address_stands(headers: dict[str, str], hint: dict[str, str]) -> None:
    assert parse(raw(mail(**headers), **hint)).thread.token == "k3f9q2mz"


@pytest.mark.parametrize(
    "to", ["sales+k3f9q2mz@acme.test", "support+k3f9q2mz@acme.test.evil.test", "support+@acme.test"]
)
def test_a_plus_address_that_is_not_ours_holds_no_token(to: str) -> None:
    assert parse(mail(To=to)).thread.token == ""


def test_kinds_of_automatic_mail() -> None:
    assert parse(mail(Auto_Submitted="auto-replied")).automatic == "auto"
    assert parse(mail(List_Id="<news.x.test>", Precedence="list")).automatic == "list"
    assert parse(BOUNCE).otherwise.automatic == "bounce"


def test_a_bounce_is_news_of_the_mail_that_failed() -> None:
    parsed = parse(BOUNCE)
    assert isinstance(parsed, StatusUpdate)
    assert parsed.state == "failed"
    assert parsed.attempt == "att+1", "xtext, decoded"
    assert parsed.reference == "k3f9q2mzx7ab.5wdm3q@acme.test"
    assert parsed.recipients == ("nobody@customer.test",)
    assert parsed.code == "5.1.1"
    assert parsed.suppress
    assert parsed.reason


@pytest.mark.parametrize(
    ("action", "code", "state", "suppress"),
    [
        ("failed", "5.1.1", "failed", True),
        ("failed", "5.2.2", "failed", False),
        ("failed", "4.4.7", "failed", False),
        ("delayed", "4.4.1", "sent", False),
        ("delivered", "2.0.0", "delivered", False),
        ("relayed", "2.0.0", "sent", False),
    ],
)
def test_what_a_report_says_becomes_a_state(action: str, code: str, state: str, suppress: bool) -> None:
    content = BOUNCE.replace(b"Action: failed", f"Action: {action}".encode()).replace(
        b"5.1.1\r\nDiag", f"{code}\r\nDiag".encode()
    )
    if code != "5.1.1":
        content = content.replace(b"Diagnostic-Code: smtp; 550 5.1.1 User unknown", b"X-Nothing: here")
    parsed = parse(content)
    assert isinstance(parsed, StatusUpdate)
    assert (parsed.state, parsed.suppress) == (state, suppress)


def test_our_own_mail_coming_back_is_ignored_with_a_reason() -> None:
    parsed = parse(mail(From=OWN, X_Loop=OWN))
    assert isinstance(parsed, Ignored)
    assert parsed.reason
    assert isinstance(parse(raw(mail(From=OWN, X_Loop=OWN), "Sent;1;1", sent="yes")), Ignored)
    assert isinstance(parse(mail(From=OWN, X_Loop="somebody@else.test")), Inbound)
    assert isinstance(parse(mail(X_Loop=OWN)), Inbound), "nobody hides their own mail so"
    assert isinstance(parse(mail(body=f"X-Loop: {OWN}\n")), Inbound), "only the header counts"


def test_a_web_form_writes_in_our_name_for_its_visitor() -> None:
    parsed = parse(mail(From=OWN, Reply_To="Anna <anna@customer.test>"))
    assert parsed.sender.value == "anna@customer.test"
    assert parsed.data["note"]


def test_our_own_address_as_the_sender_is_never_answered_automatically() -> None:
    parsed = parse(mail(From=OWN))
    assert parsed.sender.value == OWN
    assert parsed.automatic == "auto"


def test_an_answer_from_another_mail_program_goes_out() -> None:
    parsed = parse(raw(mail(From=f"Zoë <{OWN}>", To="anna@customer.test"), "Sent;1;1", sent="yes", folder="Sent"))
    assert (parsed.direction, parsed.automatic) == ("out", "no")
    assert parsed.recipients[0].address.value == "anna@customer.test"


@pytest.mark.parametrize(
    ("headers", "envelope", "sender"),
    [
        ({"From": ""}, "ben@customer.test", "ben@customer.test"),
        ({"From": "", "Sender": "sec@customer.test"}, "", "sec@customer.test"),
        ({"From": ""}, "", "unknown@unknown.invalid"),
        ({"From": "root"}, "", "unknown@unknown.invalid"),
    ],
)
def test_a_mail_without_a_usable_sender_is_not_lost(headers: dict[str, str], envelope: str, sender: str) -> None:
    parsed = parse(raw(mail(**headers), envelope_from=envelope))
    assert parsed.sender.value == sender
    assert parsed.data["note"]


def test_attachments_and_inline_images_are_listed() -> None:
    content = mail(
        MIME_Version="1.0",
        Content_Type='multipart/mixed; boundary="b"',
        body="""--b
Content-Type: text/plain

Hello
--b
Content-Type: application/pdf; name="a.pdf"
Content-Disposition: attachment; filename="a.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--b--
""",
    )
    (attachment,) = parse(content).attachments
    assert (attachment.filename, attachment.content_type, attachment.content) == ("a.pdf", "application/pdf", b"%PDF-")


RESULTS = (
    "mx.acme.test; spf=pass smtp.mailfrom=customer.test; dkim=pass header.d=customer.test; "
    "dmarc=pass header.from=customer.test"
)


@pytest.mark.parametrize(
    ("results", "believed"),
    [
        (RESULTS, True),
        ("mx.acme.test; dkim=pass (2048-bit) header.d=mail.customer.test", True),
        ("mx.acme.test; dkim=pass header.d=evil.test; spf=pass smtp.mailfrom=evil.test", False),
        ("mx.acme.test; dmarc=fail header.from=customer.test; dkim=pass header.d=evil.test", False),
        ("mx.acme.test; dkim=pass header.d=test", False),
        ("mx.evil.test; dkim=pass header.d=customer.test", False),
        ("mx.acme.test; none", False),
    ],
)
def test_only_the_trusted_servers_aligned_result_vouches_for_the_sender(results: str, believed: bool) -> None:
    parsed = parse(mail(f"Authentication-Results: {results}"))
    assert bool(parsed.data.get("authenticated", False)) is believed
    assert not parse(mail(f"Authentication-Results: {results}"), authserv_id="").data.get("authenticated")


def test_a_result_that_the_sender_put_below_the_real_one_is_not_believed() -> None:
    parsed = parse(
        mail(
            "Authentication-Results: mx.acme.test; dkim=fail header.d=customer.test",
            f"Authentication-Results: {RESULTS}",
        )
    )
    assert not parsed.data.get("authenticated")


def test_a_mail_that_the_server_withholds_is_quarantined() -> None:
    with pytest.raises(ValueError, match="hand over"):
        CONNECTOR.parse(raw(b"x", problem="The mail server does not hand over this mail."), SETTINGS)
