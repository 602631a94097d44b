"""Prism in front of the simulator: every request and answer is held to Twilio's published document."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.peers.ports import free_port

HERE = Path(__file__).parent
PROGRAM = HERE.parents[3] / ".venv/node/node_modules/.bin/prism"
STARTING = 60.0


def installed() -> bool:
    return PROGRAM.exists() and shutil.which("node") is not None


def prepared(name: str) -> dict[str, Any]:
    """The document, so that Prism understands it: lists are posted as repeated fields; and where its own examples have
    relative or empty addresses, it asks of addresses only that they be references."""
    document: dict[str, Any] = json.loads((HERE / name).read_text("utf-8"))
    for operation in (one for path in document["paths"].values() for one in path.values() if isinstance(one, dict)):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            for field, schema in content["schema"].get("properties", {}).items():
                if schema.get("type") == "array":
                    content.setdefault("encoding", {})[field] = {"style": "form", "explode": True}
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


@asynccontextmanager
async def prism(name: str, upstream: str, folder: Path) -> AsyncIterator[str]:
    """The address of Prism in front of `upstream`, for this document."""
    document = folder / name
    document.write_text(json.dumps(prepared(name)), "utf-8")
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(str(PROGRAM), "proxy", "--errors", "-h", "127.0.0.1", "-p", str(port), str(document), upstream),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "SCARF_ANALYTICS": "false", "HOME": str(folder)},
    )
    assert process.stdout is not None
    said: list[str] = []
    reader = None
    try:
        async with asyncio.timeout(STARTING):
            async for line in process.stdout:
                said.append(line.decode())
                if "Prism is listening" in said[-1]:
                    break
            else:
                raise RuntimeError("Prism did not start: " + "".join(said))
        reader = asyncio.create_task(process.stdout.read())  # so that it never waits for a reader
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        if reader is not None:
            await reader
