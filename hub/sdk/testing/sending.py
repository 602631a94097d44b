"""The rules of conformance for what goes out, and for files and templates that lie with the provider."""

from __future__ import annotations

import asyncio
import logging

import pytest

from hub.sdk.calls import CallUpdate
from hub.sdk.errors import ConnectionTrouble, ConnectorError, SendError
from hub.sdk.messages import (
    Attachment,
    Inbound,
    RemoteFile,
)
from hub.sdk.optional import Fetching, Templating
from hub.sdk.testing.example import TOKEN, Example


class Sending(Example):
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
