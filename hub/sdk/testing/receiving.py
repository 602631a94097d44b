"""The rules of conformance for what comes in: parsing is pure, repeatable, and survives garbage."""

from __future__ import annotations

import builtins
import random
import socket
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hub.sdk.calls import CallUpdate
from hub.sdk.messages import (
    Ignored,
    Inbound,
    Introduction,
    Raw,
    StatusUpdate,
)
from hub.sdk.testing.example import Example

WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
GARBAGE = [
    b"",
    b"\0",
    b"\xff\xfe" * 500,
    b"{",
    b"[]",
    b"null",
    b'{"a": {"b": [1]}}',
    b"<xml",
    b"\r\n" * 5_000,
    b"(" * 50_000,
]


class Receiving(Example):
    def test_parsing_is_repeatable_and_needs_no_secret(self) -> None:
        assert self.raws, "give a raw of every kind that the provider sends"
        for raw in self.raws:
            first = list(self.connector.parse(raw, self.settings))
            assert list(self.connector.parse(raw, self.public_settings)) == first, raw.key
            assert first, f"{raw.key}: even what is ignored gives an Ignored with a reason"

    def test_parsing_gives_whole_messages(self) -> None:
        for raw in self.raws:
            for parsed in self.connector.parse(raw, self.public_settings):
                self._check(parsed)

    def _check(self, parsed: object) -> None:
        assert isinstance(parsed, Inbound | Introduction | StatusUpdate | CallUpdate | Ignored)
        if isinstance(parsed, Ignored):
            assert parsed.reason.strip()
            return
        if isinstance(parsed, Introduction):
            assert self.connector.normalise(parsed.sender.value) == parsed.sender.value
            assert parsed.claims
            return
        assert parsed.occurred_at.tzinfo is not None
        if isinstance(parsed, CallUpdate):
            assert parsed.provider_id or parsed.leg, "which call?"
            assert "\0" not in "".join((parsed.provider_id, parsed.leg, parsed.digits, parsed.text, parsed.reason))
            return
        if isinstance(parsed, StatusUpdate):
            assert parsed.attempt or parsed.provider_id or parsed.reference or parsed.otherwise is not None
            if parsed.otherwise is not None:
                self._check(parsed.otherwise)
            return
        assert self.connector.normalise(parsed.sender.value) == parsed.sender.value
        for recipient in parsed.recipients:
            assert self.connector.normalise(recipient.address.value) == recipient.address.value
        for text in (parsed.body.text, parsed.body.full_text, parsed.subject, parsed.body.html):
            assert "\0" not in text
            text.encode()  # no lone surrogates: they cannot be stored
        assert parsed.consent in ("", "stop", "start")
        assert len({file.key for file in parsed.remote}) == len(parsed.remote), "each file by a key of its own"
        for file in parsed.remote:
            assert file.key
            assert file.content_type
            assert file.size is None or file.size >= 0

    def test_parsing_touches_neither_network_nor_files(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for raw in self.raws:
            self.connector.parse(raw, self.public_settings)  # whatever is imported on the way is imported now

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("parse must be pure")

        monkeypatch.setattr(socket, "socket", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        monkeypatch.setattr(builtins, "open", refuse)
        for raw in self.raws:
            self.connector.parse(raw, self.public_settings)

    def test_garbage_raises_or_is_understood_and_never_hangs(self) -> None:
        dice = random.Random(11)  # noqa: S311
        mutated = []
        for raw in self.raws:
            for _ in range(20):
                content = bytearray(raw.content or b" ")
                for _ in range(1 + len(content) // 50):
                    content[dice.randrange(len(content))] = dice.randrange(256)
                mutated.append(replace(raw, content=bytes(content)))
                mutated.append(replace(raw, content=raw.content[: dice.randrange(len(raw.content) + 1)]))
        for raw in (*(Raw("garbage", content, WHEN) for content in GARBAGE), *mutated):
            started = time.monotonic()
            try:
                parsed = list(self.connector.parse(raw, self.public_settings))
            except Exception:  # noqa: BLE001, S112  # any exception quarantines it, which is as it should be
                continue
            finally:
                assert time.monotonic() - started < 10
            for one in parsed:
                self._check(one)
