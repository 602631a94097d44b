"""Prism in front of the simulator: every request and answer is held to Twilio's published document."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.peers.ports import free_port
from tests.peers.twilio.contract.cut import SERVED

HERE = Path(__file__).parent
PROGRAM = HERE.parents[3] / ".venv/node/node_modules/.bin/prism"
STARTING = 60.0


def installed() -> bool:
    return PROGRAM.exists() and shutil.which("node") is not None


def prepared() -> dict[str, Any]:
    """Both documents in one, so that Prism understands it: lists are posted as repeated fields; and where their own
    examples have relative or empty addresses, addresses are only asked to be references."""
    parts = [json.loads((HERE / name).read_text("utf-8")) for name in SERVED]
    document: dict[str, Any] = parts[0]
    for part in parts[1:]:
        assert not set(document["paths"]) & set(part["paths"])
        document["paths"] |= part["paths"]
        for kind, named in part["components"].items():
            ours = document["components"].setdefault(kind, {})
            assert all(ours.get(name, one) == one for name, one in named.items())
            ours |= named
    for operation in (one for path in document["paths"].values() for one in path.values() if isinstance(one, dict)):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            for posted, schema in content["schema"].get("properties", {}).items():
                if schema.get("type") == "array":
                    content.setdefault("encoding", {})[posted] = {"style": "form", "explode": True}
        for schema in _schemas(operation.get("responses", {})):
            _relax(schema)
    for name, schema in document["components"]["schemas"].items():
        if name.startswith("api."):
            _relax(schema)
    return document


def _schemas(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "format" in node or "properties" in node:
            yield node
        for one in node.values():
            yield from _schemas(one)


def _relax(schema: dict[str, Any]) -> None:
    for one in _schemas(schema):
        if one.get("format") == "uri":
            one["format"] = "uri-reference"


@dataclass
class Prism:
    """`said` is its log."""

    url: str
    said: list[str] = field(default_factory=list)

    def refused(self) -> list[str]:
        """Requests and answers that the documents do not allow, or do not know."""
        return [line.strip() for line in self.said if "Request terminated with error" in line]


@asynccontextmanager
async def prism(upstream: str, folder: Path) -> AsyncIterator[Prism]:
    """In front of `upstream`."""
    document = folder / "twilio.json"
    document.write_text(json.dumps(prepared()), "utf-8")
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(str(PROGRAM), "proxy", "--errors", "-h", "127.0.0.1", "-p", str(port), str(document), upstream),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "SCARF_ANALYTICS": "false", "HOME": str(folder)},
    )
    assert process.stdout is not None
    running = Prism(f"http://127.0.0.1:{port}")
    reader = asyncio.create_task(_read(process.stdout, running.said))
    try:
        async with asyncio.timeout(STARTING):
            while not any("Prism is listening" in line for line in running.said):
                if reader.done():
                    raise RuntimeError("Prism did not start: " + "".join(running.said))
                await asyncio.sleep(0.05)
        yield running
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        await reader


async def _read(stream: asyncio.StreamReader, said: list[str]) -> None:
    while line := await stream.readline():
        said.append(line.decode())
