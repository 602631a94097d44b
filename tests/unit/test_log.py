from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from hub.log import configure_logging, redact_text
from hub.settings import Settings


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logging(Settings(log_format="json"), stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_line_is_one_json_object_with_time_level_and_fields(lines: io.StringIO) -> None:
    structlog.get_logger("hub.test").info("message stored", entry_id=7)
    line = json.loads(lines.getvalue())
    assert line["event"] == "message stored"
    assert (line["entry_id"], line["level"], line["logger"]) == (7, "info", "hub.test")
    assert "timestamp" in line


@pytest.mark.parametrize(
    "field", ["password", "imap_password", "token", "csrf_token", "secret", "api_key", "authorization", "cookie"]
)
def test_secrets_never_reach_the_log(lines: io.StringIO, field: str) -> None:
    structlog.get_logger("hub.test").warning("refused", **{field: "hunter2"}, nested={field: "hunter2"})
    assert "hunter2" not in lines.getvalue()


@pytest.mark.parametrize("field", ["email", "address", "subject", "body", "text", "sender", "recipients", "raw"])
def test_personal_data_never_reaches_the_log(lines: io.StringIO, field: str) -> None:
    structlog.get_logger("hub.test").info("received", **{field: "jane"})
    assert "jane" not in lines.getvalue()


def test_addresses_and_tokens_inside_sentences_are_hidden(lines: io.StringIO) -> None:
    structlog.get_logger("hub.test").error("550 no such user jane.doe@example.org")
    logging.getLogger("some.library").error("GET with Authorization: Bearer %s", "abcdefghijkl")
    logging.getLogger("some.library").error("cannot reach postgresql://user:hunter2@host/db")
    shown = lines.getvalue()
    assert "jane" not in shown
    assert "abcdefgh" not in shown
    assert "hunter2" not in shown
    assert "no such user" in shown


def test_tracebacks_are_redacted_too(lines: io.StringIO) -> None:
    try:
        raise ValueError("bad address jane.doe@example.org")
    except ValueError:
        structlog.get_logger("hub.test").exception("failed")
    assert "Traceback" in lines.getvalue()
    assert "jane" not in lines.getvalue()


def test_plain_words_stay_as_they_are() -> None:
    assert redact_text("migrated from 0001 to 0002 in 3 s") == "migrated from 0001 to 0002 in 3 s"
