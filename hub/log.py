"""Logging: events with fields, no secrets, no personal data.

Log what happened and the ids of what it happened to (`log.info("message stored", entry_id=7)`), never addresses,
subjects, bodies, headers or tokens: an id leads whoever may see them to the rest.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Final, TextIO

import structlog

from hub.settings import Settings

_SECRET_NAME: Final = re.compile(
    r"pass(word|wd|phrase)?$|secret|token|cookie|authorization|api_?key|credential|_key$", re.I
)
_PERSONAL_NAME: Final = re.compile(
    r"^(e?mail|address|recipients?|sender|from|to|cc|subject|body|text|html|phone|name|display_name|headers?|raw)$",
    re.I,
)
_URL_PASSWORD: Final = re.compile(r"(?<=://)([^\s/@:]*):([^\s/@]+)@")
_BEARER: Final = re.compile(r"\b(bearer|basic)\s+[\w+/=.~-]{8,}", re.I)
_MAIL_ADDRESS: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_HIDDEN: Final = "[hidden]"
_QUIET: Final = ("asyncio", "aiohttp.access", "mail.log", "alembic", "aioimaplib", "aiosmtplib")


def redact_text(text: str) -> str:
    """The text without passwords in addresses, bearer tokens and mail addresses."""
    text = _URL_PASSWORD.sub(rf"\1:{_HIDDEN}@", text)
    text = _BEARER.sub(rf"\1 {_HIDDEN}", text)
    return _MAIL_ADDRESS.sub("[address]", text)


def _redacted(value: object) -> object:
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, Mapping):
        return {key: _field(str(key), one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(one) for one in value]
    if isinstance(value, bytes | bytearray):
        return f"[{len(value)} bytes]"
    return value


def _field(name: str, value: object) -> object:
    if value is not None and (_SECRET_NAME.search(name) or _PERSONAL_NAME.search(name)):
        return _HIDDEN
    return _redacted(value)


def redact(_logger: object, _method: str, event: MutableMapping[str, object]) -> Mapping[str, object]:
    """The structlog processor behind the promise above: a net under the callers' own care."""
    return {name: value if name in _OUR_OWN else _field(name, value) for name, value in event.items()}


_OUR_OWN: Final = frozenset({"level", "timestamp", "logger", "exc_info", "stack_info"})


def configure_logging(settings: Settings, stream: TextIO | None = None) -> None:
    """Send everything, the libraries' own lines included, through one redacting chain to `stream` (stderr)."""
    stream = stream or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if settings.log_format == "json":
        last: list[structlog.typing.Processor] = [
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
    else:
        last = [
            structlog.processors.format_exc_info,
            redact,
            structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback),
        ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name in _QUIET:  # one line a request, or lines with people's data in them
        logging.getLogger(name).setLevel(logging.WARNING)
