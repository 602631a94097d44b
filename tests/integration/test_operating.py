"""What whoever operates the hub relies on: readiness, metrics, logs without people, an end in order."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import smtplib
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import requests

from tests.hub_process import HubProcess, until
from tests.peers.ports import free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(200)]
CANARY_ADDRESS, CANARY_NAME = "canary.7f3a@customer.test", "Canaria Nightingale"
CANARY_TEXT, CANARY_SUBJECT = "canary-text-91c2", "canary-subject-55e0"
CANARY_SECRET, CANARY_ANSWER = "canary-secret-b08d", "canary-answer-23ff"
CANARY_SEARCH = "canary-search-c41a"
TOKEN = "metrics-token-4412"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    folder: Path = tmp_path_factory.mktemp("operated")
    with HubProcess(folder, HUB_LOG_LEVEL="debug", HUB_LOG_FORMAT="json", HUB_DRAIN_SECONDS="6") as hub:
        hub.become_administrator(email="ada.canary@acme.test")
        yield hub


@pytest.fixture(scope="module")
def port(hub: HubProcess) -> int:
    """Where the channel takes mail. It sends through a server that is not there."""
    port = free_port()
    settings = {
        "address": "support@acme.test",
        "incoming": "receiver",
        "receiver_port": port,
        "outgoing": "smtp",
        "smtp_host": "127.0.0.1",
        "smtp_port": free_port(),
        "smtp_security": "none",
        "smtp_allow_plain": True,
        "smtp_auth": "own",
        "smtp_username": "canary-user-6a1e",
        "smtp_password": CANARY_SECRET,
    }
    hub.add_mailbox(settings, name="Canary channel 8d2b")
    return port


def write(port: int, subject: str, text: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{CANARY_NAME} <{CANARY_ADDRESS}>", "support@acme.test", subject
    mail.set_content(text)
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as smtp:
        smtp.send_message(mail)


def metrics(hub: HubProcess) -> dict[str, float]:
    answer = requests.get(f"{hub.address}/metrics", timeout=60)
    assert answer.ok, answer.text
    lines = (line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in lines}


def check(hub: HubProcess, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hub.cli", "check", "--data", str(hub.folder / "data"), *arguments],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**os.environ, **environment},
    )


def first(hub: HubProcess) -> dict[str, Any]:
    return until(lambda: next((one for one in hub.conversations() if one["subject"] == CANARY_SUBJECT), None), "mail")


def test_metrics_count_what_happens_and_name_nobody(hub: HubProcess, port: int) -> None:
    write(port, CANARY_SUBJECT, CANARY_TEXT)
    conversation = first(hub)
    hub.reply(conversation, CANARY_ANSWER)
    until(lambda: metrics(hub).get('hub_send_attempts_total{kind="email",outcome="transient"}'), "an attempt")

    def waiting() -> dict[str, float] | None:
        found = metrics(hub)
        ready = found.get('hub_jobs_waiting{kind="send",state="ready"}')
        deliveries = found['hub_deliveries{state="queued"}'] + found['hub_deliveries{state="held"}']
        return found if (ready, deliveries) == (1, 1) else None

    found = until(waiting, "it waits for the next try")
    assert found['hub_ingested_total{kind="email",outcome="stored"}'] == 1
    assert found["hub_ingest_batch_size_count"] >= 1
    assert found["hub_ready"] == 1
    assert found["hub_sockets"] == 0
    assert found["hub_loop_lag_seconds_count"] > 0
    assert found['hub_channel_up{channel="1",kind="email"}'] >= 0.5
    assert found['hub_http_requests_total{method="POST",route="/api/channels",status="201"}'] == 1
    assert found['hub_database_connections{pool="asyncpg",what="most"}'] == 10
    assert found["process_resident_memory_bytes"] > 1e6
    assert 0 <= found["hub_feed_lag_seconds"] < 60
    text = requests.get(f"{hub.address}/metrics", timeout=60).text
    assert not re.search("canar|acme|customer.test", text, re.I)


def test_metrics_are_for_this_machine_and_for_no_proxy_on_it(hub: HubProcess) -> None:
    for header in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
        assert (
            requests.get(f"{hub.address}/metrics", headers={header: "for=203.0.113.9"}, timeout=60).status_code == 403
        )


def test_with_a_token_only_the_token_counts(tmp_path: Path) -> None:
    with HubProcess(tmp_path, HUB_METRICS_TOKEN=TOKEN) as other:
        for header in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}):
            assert requests.get(f"{other.address}/metrics", headers=header, timeout=60).status_code == 403
        right = {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "203.0.113.9"}
        assert "hub_ready 1.0" in requests.get(f"{other.address}/metrics", headers=right, timeout=60).text
    assert TOKEN not in other.log.read_text()


def test_no_log_line_names_anybody_or_holds_a_secret(hub: HubProcess, port: int) -> None:
    write(port, CANARY_SUBJECT, CANARY_TEXT)
    conversation = first(hub)
    customer = conversation["customer"]["id"]
    hub.call("GET", f"/api/customers?query={CANARY_SEARCH}")
    key = {"Idempotency-Key": uuid.uuid4().hex}
    hub.call("POST", f"/api/conversations/{conversation['id']}/notes", {"text": CANARY_TEXT}, **key)
    hub.timeline(customer)
    wrong = {"email": CANARY_ADDRESS, "password": CANARY_SECRET}
    requests.post(f"{hub.address}/api/session", json=wrong, headers={"Origin": hub.address}, timeout=60)
    requests.get(f"{hub.address}/no/such/{CANARY_SEARCH}?q={CANARY_TEXT}", timeout=60)
    assert check(hub).returncode in (0, 1)
    log = hub.log.read_text()
    assert '"event"' in log
    log = re.sub(r"http\S+/welcome#\S+", "", log)  # said to the operator, on the terminal
    for canary in (*_canaries(), hub.csrf, *(one.value or "-" for one in hub._http.cookies)):
        assert canary.lower() not in log.lower(), canary


def _canaries() -> tuple[str, ...]:
    return (
        *(CANARY_ADDRESS, CANARY_NAME, CANARY_TEXT, CANARY_SUBJECT, CANARY_SECRET, CANARY_ANSWER, CANARY_SEARCH),
        *("Nightingale", "canary-user-6a1e", "ada.canary@acme.test", "support@acme.test", "correct horse"),
    )


def test_check_tries_everything_and_each_channel_live(hub: HubProcess, port: int) -> None:
    whole = check(hub, "--no-channels")
    assert whole.returncode == 0, whole.stdout
    assert whole.stdout.endswith("All is well.\n")
    tried = check(hub)
    assert tried.returncode == 1
    (problem,) = (line for line in tried.stdout.splitlines() if "PROBLEM" in line)
    assert "Connect to the SMTP server" in problem, "and not its own receiver, which is listening"
    assert "Check the port" in problem
    told = json.loads(check(hub, "--json").stdout)
    assert told["ok"] is False
    assert [one["area"] for one in told["checks"] if not one["ok"]] == ["channel"]
    assert {"settings", "key", "attachments", "database", "writing", "revision"} <= {
        one["area"] for one in told["checks"]
    }
    assert not list((hub.folder / "data" / "attachments").glob(".probe*"))


@pytest.mark.parametrize(
    ("variable", "value", "area"),
    [
        ("HUB_SECRET_KEY", base64.b64encode(b"n" * 32).decode(), "channel"),
        ("HUB_SECRET_KEY", "short", "key"),
        ("HUB_ATTACHMENTS_URL", "file:/proc/no-such-folder", "attachments"),
    ],
)
def test_check_finds_what_is_broken(hub: HubProcess, port: int, variable: str, value: str, area: str) -> None:
    done = check(hub, "--json", **{variable: value})
    assert done.returncode == 1, done.stderr
    broken = [one for one in json.loads(done.stdout)["checks"] if not one["ok"]]
    assert area in {one["area"] for one in broken}
    assert all(len(one["what"]) > 20 for one in broken)


def test_check_before_the_first_start_makes_nothing(tmp_path: Path) -> None:
    def checked(folder: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "hub.cli", "check", "--json", "--data", str(folder)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    done = checked(tmp_path / "new" / "data")
    assert done.returncode == 0, done.stdout + done.stderr
    later = {one["area"] for one in json.loads(done.stdout)["checks"] if "made at the first start" in one["what"]}
    assert later == {"data", "key", "attachments", "database"}
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("no folder")
    done = checked(tmp_path / "file" / "data")
    assert done.returncode == 1
    broken = [one for one in json.loads(done.stdout)["checks"] if not one["ok"]]
    assert {one["area"] for one in broken} == {"data", "attachments"}
    assert all("Make it" in one["next_step"] for one in broken)


def test_a_hub_that_goes_down_says_so_first_and_finishes_what_it_has_in_hand(hub: HubProcess) -> None:
    assert requests.get(f"{hub.address}/readyz", timeout=60).status_code == 200
    seen: list[int] = []

    def watch() -> None:
        until(lambda: seen.append(_ready(hub)) or 0 in seen, "the end")  # type: ignore[func-returns-value]

    codes: list[int] = []
    listening = threading.Event()
    socket = threading.Thread(target=lambda: asyncio.run(_listen(hub, listening, codes)))
    socket.start()
    assert listening.wait(60)
    watcher = threading.Thread(target=watch)
    watcher.start()
    hub._process.terminate()  # type: ignore[union-attr]
    until(lambda: 503 in seen, "not ready any more")
    assert requests.get(f"{hub.address}/healthz", timeout=60).ok, "alive, and serving"
    assert hub.call("GET", "/api/session")["agent"]["name"] == "Ada Agent"
    assert hub._process.wait(60) == 0  # type: ignore[union-attr]
    watcher.join()
    socket.join()
    assert codes == [1001], "the live socket is sent elsewhere"
    assert seen.index(503) < seen.index(0)
    assert set(seen[seen.index(503) :]) == {503, 0}


async def _listen(hub: HubProcess, listening: threading.Event, codes: list[int]) -> None:
    """An agent's live socket, until it is closed; notes the code, and how ready the hub says it is by then."""
    cookies = {one.name: one.value or "" for one in hub._http.cookies}
    async with (
        aiohttp.ClientSession(cookies=cookies) as http,
        http.ws_connect(hub.address + "/api/live", headers={"Origin": hub.address}) as live,
    ):
        await live.send_json({"type": "hello", "position": None, "csrf": hub.csrf})
        async with asyncio.timeout(60):
            async for message in live:
                if message.json()["type"] == "welcome":
                    listening.set()
        codes.append(live.close_code or 0)


def _ready(hub: HubProcess) -> int:
    """The status; 0 when nobody listens any more."""
    try:
        return requests.get(f"{hub.address}/readyz", timeout=60).status_code
    except requests.RequestException:
        return 0
