"""The description of the API is valid, and the API does what it says."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

import pytest
import schemathesis
from jsonschema_rs import ValidationError

from hub.web.server import all_routes
from tests.integration.web.hub import Browser

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
    "negative_data_rejection,unsupported_method"
)
APART = (
    "/api/session",
    "/api/me/password",
    "/api/demo",
    "/api/live",
    "/api/channels/test",
    "/api/webhooks/{webhook_id}/test",
)
"""They end the session or the data that the run needs, are no HTTP, or reach out to other machines."""


async def test_the_description_is_valid_and_complete(nobody: Browser) -> None:
    answer = await nobody.get("/api/openapi.json")
    assert answer.status == 200
    schemathesis.openapi.from_dict(answer.json).validate()
    described = {f"{method.upper()} {path}" for path, item in answer.json["paths"].items() for method in item}
    assert described == {route.name for route in all_routes()}


async def test_an_invalid_description_would_be_noticed(nobody: Browser) -> None:
    document = (await nobody.get("/api/openapi.json")).json
    document["paths"]["/api/agents"]["get"]["responses"] = {"200": {}}
    with pytest.raises(ValidationError):
        schemathesis.openapi.from_dict(document).validate()


async def tried(administrator: Browser, folder: Path, *options: str) -> bytes:
    """What schemathesis says of the hub; it must find nothing."""
    cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in administrator.http.cookie_jar)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "run", administrator.base + "/api/openapi.json"),
        *("--header", f"Cookie: {cookies}", "--header", f"X-CSRF: {administrator.csrf}"),
        *("--generation-deterministic", "--generation-with-security-parameters", "false", "--no-color"),
        *(part for path in APART for part in ("--exclude-path", path)),
        *options,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, (said := output.decode())[max(0, said.find("= FAILURES =")) :][:6000]
    return output


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_generated_requests_find_nothing_that_breaks(administrator: Browser, tmp_path: Path) -> None:
    output = await tried(
        administrator, tmp_path, "--checks", CHECKS, "--max-examples", "10", "--phases", "coverage,fuzzing"
    )
    tested = re.search(rb"Tested: (\d+)", output)
    assert tested is not None
    assert int(tested[1]) >= len(all_routes()) - 2 * len(APART)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_generated_chains_of_requests_find_nothing_that_breaks(administrator: Browser, tmp_path: Path) -> None:
    """What one request makes the next ones use: read, changed, removed, used after it was removed."""
    output = await tried(
        administrator,
        tmp_path,
        *("--checks", f"{CHECKS},use_after_free,ensure_resource_availability"),
        *("--max-examples", "15", "--phases", "stateful"),
    )
    assert re.search(rb"[1-9]\d* (passed|links|covered|selected)|Stateful", output), output.decode()[-3000:]
