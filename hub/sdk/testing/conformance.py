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
import logging
import random
from contextlib import suppress

import pytest

from hub.sdk.calls import Calling
from hub.sdk.contract import Limits
from hub.sdk.errors import ConnectorError, InvalidAddress
from hub.sdk.optional import Paced, Templating
from hub.sdk.testing.memory import FakeContext, MemorySink
from hub.sdk.testing.receiving import Receiving
from hub.sdk.testing.sending import Sending


class ConnectorConformance(Receiving, Sending):
    """Each test names a rule."""

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
