"""Templates: texts that a provider has approved, asked of the channel's session and filled in."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import structlog

from hub.outbound.errors import BadTemplate, TemplatesAway
from hub.outbound.model import ChosenTemplate
from hub.outbound.pace import Sessions
from hub.sdk import ConnectorError, Session, TemplateInfo, Templating

KEPT_SECONDS: Final = 60.0
ASK_SECONDS: Final = 20.0
_VARIABLE: Final = re.compile(r"{{\s*(\w+)\s*}}")
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Kept:
    session: Session
    until: float
    templates: tuple[TemplateInfo, ...]


class Templates:
    """What the providers of the channels that run here know, kept for a minute."""

    def __init__(self, sessions: Sessions, now: Callable[[], float] = time.monotonic) -> None:
        self._sessions = sessions
        self._now = now
        self._kept: dict[int, _Kept] = {}
        self._asking: dict[int, asyncio.Lock] = {}

    async def of(self, channel_id: int) -> tuple[TemplateInfo, ...]:
        """All of the channel's, newest first; () where it has none. Raises TemplatesAway."""
        async with self._asking.setdefault(channel_id, asyncio.Lock()):
            with self._sessions.lend(channel_id) as lent:
                if lent is None:
                    raise TemplatesAway("The channel is not running at the moment. Try again soon.")
                session, connector = lent
                kept = self._kept.get(channel_id)
                if kept is None or kept.session is not session or kept.until < self._now():
                    templates = await _ask(session, connector.kind) if connector.capabilities.templates else ()
                    kept = self._kept[channel_id] = _Kept(session, self._now() + KEPT_SECONDS, templates)
                return kept.templates

    async def choose(self, channel_id: int, template_id: str, variables: Mapping[str, str]) -> ChosenTemplate:
        """The template, filled in. Raises BadTemplate and TemplatesAway."""
        info = next((one for one in await self.of(channel_id) if one.id == template_id), None)
        if info is None:
            raise BadTemplate("This channel does not have this template (any more). Choose another one.")
        return fill_in(info, variables)


async def _ask(session: Session, kind: str) -> tuple[TemplateInfo, ...]:
    if not isinstance(session, Templating):
        return ()
    try:
        async with asyncio.timeout(ASK_SECONDS):
            return tuple(await session.templates())
    except ConnectorError as failure:
        raise TemplatesAway(f"The provider does not give its templates: {failure}") from failure
    except TimeoutError:
        raise TemplatesAway("The provider takes too long to give its templates. Try again soon.") from None
    except Exception as failure:
        _log.exception("templates not read", kind=kind)
        raise TemplatesAway("The connector could not read the templates; the hub's log says why.") from failure


def fill_in(info: TemplateInfo, variables: Mapping[str, str]) -> ChosenTemplate:
    """Raises BadTemplate, naming what is missing or not wanted."""
    wanted = dict.fromkeys((*info.variables, *_VARIABLE.findall(info.body)))
    given = {name: value.strip() for name, value in variables.items()}
    missing = [name for name in wanted if not given.get(name)]
    if missing:
        raise BadTemplate(f"Something is missing: fill in {', '.join(missing)}.")
    strange = [name for name in given if name not in wanted]
    if strange:
        raise BadTemplate(f"This template has no {', '.join(strange)}. Choose it again.")
    text = _VARIABLE.sub(lambda found: given[found[1]], info.body)
    return ChosenTemplate(info, {name: given[name] for name in wanted}, text)
