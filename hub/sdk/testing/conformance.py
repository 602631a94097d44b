"""What every connector must do, as tests. Subclass it in a test module of your own:

    class TestMyConnector(ConnectorConformance):
        connector = MyConnector()
        settings = {"token": "s3cret-token", …}              # complete and valid, secrets included; reaches nobody
        addresses = {"+44 20 7946 0000": "+442079460000"}    # as written: as normalised
        bad_addresses = ["", "not a number"]
        raws = [Raw("SM1", b"…", WHEN), …]                   # of every kind the provider sends

        def reply_to(self, message): return Raw(…)           # only where capabilities.threads is set

Needs pytest with pytest-asyncio in auto mode.
"""

from __future__ import annotations

import asyncio
import builtins
import logging
import random
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from hub.sdk.calls import Calling, CallUpdate
from hub.sdk.contract import Connector, Limits, Session
from hub.sdk.errors import ConnectionTrouble, ConnectorError, InvalidAddress, SendError
from hub.sdk.messages import (
    Address,
    Attachment,
    Ignored,
    Inbound,
    Introduction,
    Outgoing,
    Raw,
    RemoteFile,
    StatusUpdate,
)
from hub.sdk.optional import Fetching, Paced, Templating
from hub.sdk.testing.memory import FakeContext, MemorySink

TOKEN = "k3f9q2mzx7ab"  # noqa: S105  # a conversation's token, as the hub makes them
REFERENCE_TOKEN = f"{TOKEN}.5wdm3q"
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


class ConnectorConformance:
    """Each test names a rule; `reply_to` and the class variables are what a connector's author fills in."""

    connector: ClassVar[Connector]
    settings: ClassVar[Mapping[str, object]]
    addresses: ClassVar[Mapping[str, str]]
    bad_addresses: ClassVar[Sequence[str]]
    raws: ClassVar[Sequence[Raw]]

    def reply_to(self, message: Outgoing) -> Raw:
        """What comes in when a customer answers that message."""
        raise NotImplementedError("A connector whose messages belong to threads gives the reply to one.")

    # --- what the author need not touch ---

    @property
    def secrets(self) -> list[str]:
        names = self.connector.schema.secret_names
        return [str(value) for name, value in self.settings.items() if name in names and value]

    @property
    def public_settings(self) -> dict[str, object]:
        names = self.connector.schema.secret_names
        return {name: value for name, value in self.settings.items() if name not in names}

    def outgoing(self, **changes: object) -> Outgoing:
        value = next(iter(self.addresses.values()))
        message = Outgoing(
            attempt="a1b2c3",
            reference=self.connector.reference(self.settings, REFERENCE_TOKEN),
            token=TOKEN,
            to=(Address(self.connector.address_kind, value, value, "Someone"),),
            text="Hello",
            subject="Hello" if self.connector.capabilities.subject else "",
        )
        return replace(message, **changes)  # type: ignore[arg-type]

    def session(self) -> Session:
        return self.connector.open(FakeContext(self.connector.schema.with_defaults(self.settings)))

    def assert_no_secret(self, text: str) -> None:
        for secret in self.secrets:
            assert secret not in text, "a secret shows"

    # --- description and settings ---

    def test_it_introduces_itself(self) -> None:
        connector = self.connector
        assert connector.kind.isidentifier()
        assert connector.kind == connector.kind.lower()
        for text in (connector.version, connector.name, connector.description, connector.address_kind):
            assert text.strip()

    def test_every_setting_is_explained(self) -> None:
        fields = self.connector.schema.fields
        names = [field.name for field in fields]
        assert len(names) == len(set(names))
        for index, field in enumerate(fields):
            assert field.name.isidentifier()
            assert field.label.strip(), field.name
            assert len(field.help) >= 10, f"{field.name}: the help is for somebody who sees this for the first time"
            assert (field.type == "select") == bool(field.options), field.name
            if field.type == "select" and field.default is not None:
                assert field.default in {option.value for option in field.options}
            if field.show_if is not None:
                assert field.show_if[0] in names[:index], f"{field.name} depends on a setting that comes before it"
            if field.type == "secret":
                assert field.default is None, f"{field.name}: a secret has no default"
            if field.type == "hook":
                assert not field.required, f"{field.name}: the address of a webhook is shown, never asked for"
                assert field.default is None, f"{field.name}: the address of a webhook is the hub's to say"

    def test_the_example_settings_are_valid_and_empty_ones_are_not(self) -> None:
        schema = self.connector.schema
        assert schema.problems(self.settings) == {}
        assert schema.problems({}), "a channel without any settings is not possible"
        assert "no_such_setting" in schema.problems({**self.settings, "no_such_setting": 1})

    def test_limits_are_possible(self) -> None:
        self._check_limits(self.connector.limits)
        if isinstance(self.connector, Paced):
            self._check_limits(self.connector.limits_of(self.connector.schema.with_defaults(self.public_settings)))

    def _check_limits(self, limits: Limits) -> None:
        assert limits.rate > 0
        assert limits.burst >= 1
        assert limits.max_bytes > 0
        assert limits.send_timeout > 0
        assert limits.max_text is None or limits.max_text > 0
        assert limits.max_files is None or limits.max_files >= 0

    def test_what_it_can_do_its_session_does(self) -> None:
        capabilities, session = self.connector.capabilities, self.session()
        assert not capabilities.templates or isinstance(session, Templating)
        assert not capabilities.calls or isinstance(session, Calling)
        assert capabilities.window >= 0
        assert not capabilities.window or capabilities.templates, "outside the window there must be a way to write"

    def test_a_session_shows_no_secret(self) -> None:
        session = self.session()
        self.assert_no_secret(repr(session))
        self.assert_no_secret(str(session))
        for value in vars(session).values() if hasattr(session, "__dict__") else ():
            if not isinstance(value, FakeContext):
                self.assert_no_secret(repr(value))

    def test_consent_shows_no_secret(self) -> None:
        self.assert_no_secret(repr(self.connector.consent(self.settings)))

    # --- addresses ---

    def test_addresses_have_one_spelling(self) -> None:
        for written, value in self.addresses.items():
            assert self.connector.normalise(written) == value
            assert self.connector.normalise(value) == value
            assert self.connector.normalise(f"  {written} ") == value

    def test_junk_is_no_address(self) -> None:
        for junk in (*self.bad_addresses, "", " ", "\0", "a\r\nb"):
            with pytest.raises(InvalidAddress):
                self.connector.normalise(junk)

    def test_any_text_is_an_address_or_is_refused(self) -> None:
        dice = random.Random(7)  # noqa: S311
        letters = "aZ0@+. -_<>\"'\\,;:()\t\n\0é中\u202e"
        for _ in range(2_000):
            text = "".join(dice.choice(letters) for _ in range(dice.randrange(12)))
            with suppress(InvalidAddress):
                value = self.connector.normalise(text)
                assert self.connector.normalise(value) == value

    def test_its_own_address_is_normalised(self) -> None:
        own = self.connector.own_address(self.settings)
        assert own
        assert self.connector.normalise(own) == own

    # --- receiving ---

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

    # --- sending ---

    def test_references_are_unique_and_stable(self) -> None:
        made = [self.connector.reference(self.settings, f"{TOKEN}.{number}") for number in range(100)]
        assert len(set(made)) == 100
        assert made[0] == self.connector.reference(self.public_settings, f"{TOKEN}.0")

    def test_a_reply_finds_its_thread(self) -> None:
        if not self.connector.capabilities.threads:
            return
        message = self.outgoing()
        replies = [
            one
            for one in self.connector.parse(self.reply_to(message), self.public_settings)
            if isinstance(one, Inbound)
        ]
        assert replies
        for reply in replies:
            assert message.reference in reply.thread.replies_to or reply.thread.token == message.token
            assert reply.automatic == "no"

    async def test_a_message_beyond_the_limits_is_not_sent(self) -> None:
        limits = self.connector.limits
        session = self.session()
        if limits.max_text is not None:
            with pytest.raises(SendError) as refused:
                await asyncio.wait_for(session.send(self.outgoing(text="x" * (limits.max_text + 1))), 10)
            assert not refused.value.retryable, "it will never become shorter"
        if self.connector.capabilities.attachments:
            large = Attachment("large.bin", "application/octet-stream", bytes(limits.max_bytes + 1))
            with pytest.raises(SendError) as refused:
                await asyncio.wait_for(session.send(self.outgoing(attachments=(large,))), 10)
            assert not refused.value.retryable, "it will never become smaller"
        await session.close()

    async def test_failing_to_send_says_what_follows_and_shows_no_secret(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        session = self.session()
        with pytest.raises(SendError) as refused:
            await asyncio.wait_for(session.send(self.outgoing()), 60)
        assert refused.value.reason.strip()
        self.assert_no_secret(f"{refused.value!r} {refused.value} {refused.value.__cause__!r}")
        self.assert_no_secret(caplog.text)
        await session.close()

    async def test_header_injection_is_impossible(self) -> None:
        session = self.session()
        evil = "Hello\r\nBcc: everybody@example.org"
        for changes in (
            {"subject": evil},
            {"sender_name": evil},
            {"reference": evil},
            {"attachments": (Attachment(evil, "text/plain", b""),)},
        ):
            with pytest.raises(SendError) as refused:
                await asyncio.wait_for(session.send(self.outgoing(**changes)), 60)
            assert not refused.value.retryable, f"{next(iter(changes))}: it was tried, not refused"
        await session.close()

    # --- files and templates that lie with the provider ---

    async def test_files_are_fetched_from_the_provider_and_from_nowhere_else(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        parsed = [one for raw in self.raws for one in self.connector.parse(raw, self.public_settings)]
        told = [file for one in parsed if isinstance(one, Inbound) for file in one.remote]
        told += [one.recording for one in parsed if isinstance(one, CallUpdate) and one.recording is not None]
        session = self.session()
        if not isinstance(session, Fetching):
            assert not told, "who tells of files fetches them"
            return
        for url in (
            "http://169.254.169.254/latest/meta-data",
            "https://elsewhere.example/file",
            "file:///etc/passwd",
            "",
            "no address",
        ):
            with pytest.raises((LookupError, ConnectionTrouble)):
                await asyncio.wait_for(session.fetch(RemoteFile("key", url, "image/png")), 10)
        for file in told[:2]:
            with pytest.raises((ConnectorError, LookupError)) as refused:
                await asyncio.wait_for(session.fetch(file), 60)
            self.assert_no_secret(f"{refused.value!r} {refused.value.__cause__!r}")
        self.assert_no_secret(caplog.text)
        await session.close()

    async def test_asking_for_templates_shows_no_secret(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        session = self.session()
        if self.connector.capabilities.templates and isinstance(session, Templating):
            with pytest.raises(ConnectorError) as refused:
                await asyncio.wait_for(session.templates(), 60)
            self.assert_no_secret(f"{refused.value!r} {refused.value} {refused.value.__cause__!r}")
            self.assert_no_secret(caplog.text)
        await session.close()

    # --- life ---

    async def test_running_ends_with_an_error_of_the_contract_or_when_cancelled(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        session, sink = self.session(), MemorySink()
        running = asyncio.ensure_future(session.run(sink))
        await asyncio.wait({running}, timeout=3)
        if running.done():
            error = running.exception()
            assert isinstance(error, ConnectorError), f"run() ended with {error!r}"
            self.assert_no_secret(f"{error!r} {error}")
        running.cancel()
        await asyncio.wait({running}, timeout=5)
        assert running.done(), "run() must end when it is cancelled"
        self.assert_no_secret(caplog.text)
        await session.close()

    async def test_testing_the_settings_says_what_to_do(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        session = self.session()
        steps = await asyncio.wait_for(session.test(), 65)
        assert steps
        for step in steps:
            assert step.name
            assert step.label
            if not step.ok:
                assert step.detail.strip()
                assert step.next_step.strip(), f"{step.name} failed without saying what to do"
            self.assert_no_secret(repr(step))
        self.assert_no_secret(caplog.text)
        await session.close()

    async def test_closing_is_quick_and_may_be_repeated(self) -> None:
        session = self.session()
        async with asyncio.timeout(5):
            await session.close()
            await session.close()

    def test_hooks_are_plain_data(self) -> None:
        names = [hook.name for hook in self.session().hooks()]
        assert len(names) == len(set(names))
        for hook in self.session().hooks():
            assert hook.methods
            assert hook.name.replace("-", "").replace("_", "").replace(".", "").isalnum()

    def test_sockets_are_plain_data(self) -> None:
        names = [socket.name for socket in self.session().sockets()]
        assert len(names) == len(set(names))
        assert all(name.isalnum() for name in names)
