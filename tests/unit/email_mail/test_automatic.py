"""Who or what wrote a mail, and to which conversation it was addressed."""

from __future__ import annotations

import pytest

from connectors.email.mail import parse_mail


@pytest.mark.parametrize(
    ("field", "automatic"),
    [
        (b"Auto-Submitted: auto-replied", True),
        (b"Auto-Submitted: auto-generated; x=y", True),
        (b"Auto-Submitted: no", False),
        (b"Auto-Submitted: No (a person)", False),
        (b"Precedence: auto_reply", True),
        (b"Precedence: junk", True),
        (b"Precedence: list", False),
        (b"X-Autoreply: yes", True),
        (b"Return-Path: <>", True),
        (b"Return-Path: <ann@c.example>", False),
        (b"Subject: Out of Office: chairs", True),
        (b"Subject: Automatische Antwort: Stuhl", True),
        (b"Subject: =?utf-8?b?6Ieq5YuV6L+U5L+h?=", True),
        (b"Subject: Is your office out of chairs?", False),
        (b"Subject: Re: Out of office chairs", False),
        (b"X-Auto-Response-Suppress: All", False),  # asks for no answers; says nothing of who wrote
    ],
)
def test_programs_are_told_from_people(field: bytes, automatic: bool) -> None:
    assert parse_mail(b"From: ann@c.example\n" + field + b"\n\nhello").auto_submitted is automatic


@pytest.mark.parametrize(
    ("field", "listed"),
    [
        (b"List-Id: <x.lists.example>", True),
        (b"List-Unsubscribe: <mailto:x@lists.example>", True),
        (b"Precedence: bulk", True),
        (b"Precedence: list", True),
        (b"Precedence: first-class", False),
        (b"X-List: no", False),
    ],
)
def test_lists_and_mass_mailings_are_recognised(field: bytes, listed: bool) -> None:
    assert parse_mail(b"From: ann@c.example\n" + field + b"\n\nhello").is_list is listed


@pytest.mark.parametrize(
    ("fields", "token"),
    [
        (b"To: reply+abc@desk.example", "abc"),
        (b"To: Support <reply+a.b-c_d@desk.example>", "a.b-c_d"),
        (b"Cc: x@y.example, reply+abc@desk.example", "abc"),
        (b"To: help@desk.example\nDelivered-To: reply+abc@desk.example", "abc"),
        (b"To: ann+news@c.example, reply+abc@desk.example", "abc"),
        (b"To: help+abc@desk.example", "abc"),
        (b"To: help@desk.example", ""),
        (b"To: +abc@desk.example", ""),
    ],
)
def test_the_token_of_the_address_is_found(fields: bytes, token: str) -> None:
    assert parse_mail(b"From: ann@c.example\n" + fields + b"\n\nhello").reply_token == token
