"""A channel of texts for tests of the hub: the scripted one, with opt-out, files that lie with the provider,
templates, a window for free text and limits by its settings. Its addresses are the scripted one's."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from hub.sdk import (
    Capabilities,
    ChannelSettings,
    Context,
    Field,
    Inbound,
    Limits,
    Parsed,
    Raw,
    RemoteFile,
    SettingsSchema,
    TemplateInfo,
)
from tests.connectors.scripted import SCHEMA, Scripted, ScriptedSession

URL = "https://files.test"
WINDOW_SECONDS = 24 * 3600
GREETING = TemplateInfo(
    "HX1", "greeting", "en", "Hello {{1}}, your order {{order}} is here.", {"1": "Maria", "order": "4711"}, ("Thanks",)
)
DRAFTED = TemplateInfo("HX2", "drafted", "en", "Nobody has approved this.", approved=False)


@dataclass
class Files:
    """What lies with the provider, by key: content, or the error that asking for it ends with (each one once)."""

    contents: dict[str, bytes] = field(default_factory=dict)
    errors: dict[str, list[Exception]] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)

    def stumble(self, what: str) -> None:
        if self.errors.get(what):
            raise self.errors[what].pop(0)


class Texting(Scripted):
    """JSON as the scripted connector, and: "consent", and "files" as [{"key", "type", "name", "size"}]."""

    capabilities = Capabilities(segments=True, window=WINDOW_SECONDS, templates=True)
    schema = SettingsSchema((*SCHEMA.fields, Field("rate", "Rate", "Messages a second.", type="number", default=1000)))

    def __init__(self, *, window: int = WINDOW_SECONDS) -> None:
        super().__init__()
        self.capabilities = dataclasses.replace(type(self).capabilities, window=window)
        self.files = Files()
        self.templates: list[TemplateInfo] = [GREETING, DRAFTED]
        self.templates_asked = 0
        self.templates_errors: list[Exception] = []

    def limits_of(self, settings: ChannelSettings) -> Limits:
        assert "password" not in settings
        return dataclasses.replace(self.limits, rate=float(str(settings["rate"])), max_text=1600)

    def parse(self, raw: Raw, settings: ChannelSettings) -> Sequence[Parsed]:
        found = json.loads(raw.content)
        remote = tuple(
            RemoteFile(one["key"], f"{URL}/{one['key']}", one["type"], one.get("name", ""), one.get("size"))
            for one in found.get("files", ())
        )
        more = {"remote": remote, "consent": found.get("consent", "")}
        parsed = super().parse(raw, settings)
        return [dataclasses.replace(one, **more) if isinstance(one, Inbound) else one for one in parsed]

    def open(self, context: Context) -> TextingSession:
        return TextingSession(self, context)


class TextingSession(ScriptedSession):
    def __init__(self, connector: Texting, context: Context) -> None:
        super().__init__(connector, context)
        self._connector = connector

    async def fetch(self, file: RemoteFile) -> bytes:
        files = self._connector.files
        files.fetched.append(file.key)
        files.stumble(file.key)
        return files.contents[file.key]

    async def forget(self, file: RemoteFile) -> None:
        files = self._connector.files
        files.stumble(f"forget {file.key}")
        files.forgotten.append(file.key)

    async def templates(self) -> Sequence[TemplateInfo]:
        self._connector.templates_asked += 1
        if self._connector.templates_errors:
            raise self._connector.templates_errors.pop(0)
        return list(self._connector.templates)
