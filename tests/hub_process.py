"""A real hub in a process of its own, that a test can kill, start again, and talk to as an agent's browser does."""

from __future__ import annotations

import copy
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import requests

from tests.peers.ports import free_port

T = TypeVar("T")
START_SECONDS = 60.0
PASSWORD = "correct horse battery staple"


def until(probe: Callable[[], T | None], what: str, seconds: float = 60.0) -> T:
    """The first true value that `probe` gives; fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while not (found := probe()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.1)
    return found


class HubProcess:
    """`with HubProcess(folder) as hub` starts it, and ends it in order at the end."""

    def __init__(self, folder: Path, command: str = "serve", **environment: str) -> None:
        self.folder = folder
        self.command = command
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = environment
        self.log = folder / "hub.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._http = requests.Session()
        self.csrf = ""

    def __enter__(self) -> HubProcess:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()

    def start(self, failpoint: str = "", *, ready: bool = True) -> None:
        """Starts, and waits until it is ready, or with `ready=False` returns at once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        environment |= self.environment
        if failpoint:
            environment["HUB_FAILPOINT"] = failpoint
        command = [sys.executable, "-m", "hub.cli", self.command, "--data", str(self.folder / "data")]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--port", str(self.port)], stdout=log, stderr=log, env=environment, cwd=self.folder
            )
        if ready:
            until(self.is_ready, f"the hub is ready\n{self.tail()}", START_SECONDS)

    def is_ready(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise AssertionError(f"the hub ended with {self._process.returncode}\n{self.tail()}")
        try:
            return requests.get(f"{self.address}/readyz", timeout=10).ok
        except requests.RequestException:
            return False

    def kill(self) -> None:
        """kill -9, of the hub alone."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(60)

    def kill_and_start(self) -> None:
        self.kill()
        self.start()

    def wait_for_death(self, seconds: float = 60.0) -> int:
        """Until it ends by itself, as a failpoint makes it; the exit code."""
        if self._process is None:
            raise AssertionError("the hub was never started")
        return self._process.wait(seconds)

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        if self._process is None:
            raise AssertionError("the hub was never started")
        self._process.terminate()
        return self._process.wait(60)

    def resident_kilobytes(self) -> int:
        """The memory of the hub's own process, its database apart."""
        if self._process is None:
            raise AssertionError("the hub was never started")
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0])

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-4000:]

    def first_link(self) -> str:
        """The link that the hub printed for its first administrator, the newest one."""
        link = re.compile(r"http\S+/welcome#\S+")
        links: list[str] = until(lambda: link.findall(self.log.read_text(errors="replace")), "a link")
        return links[-1]

    def become_administrator(self, name: str = "Ada Agent", email: str = "ada@acme.test") -> dict[str, Any]:
        """Accepts the first link; from here on `call` is signed in."""
        token = self.first_link().partition("#")[2]
        body = {"name": name, "email": email, "password": PASSWORD}
        session: dict[str, Any] = self.call("POST", f"/api/invites/{token}", body)
        self.csrf = session["csrf"]
        return session

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The JSON answer of the API. Raises AssertionError for anything but success."""
        given = {"Origin": self.address, "X-CSRF": self.csrf, "Idempotency-Key": uuid.uuid4().hex, **headers}
        answer = self._http.request(method, self.address + path, json=body, headers=given, timeout=60)
        if not answer.ok:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text[:2000]}")
        return answer.json() if answer.content else None

    def colleague(self, name: str, email: str) -> HubProcess:
        """Another agent of the same hub, signed in: `call`, `cookies` and what reads by them are theirs."""
        link = self.call("POST", "/api/agents", {"name": name, "email": email, "role": "agent"})["invite_url"]
        other = copy.copy(self)
        other._http = requests.Session()
        body = {"name": name, "email": email, "password": PASSWORD}
        other.csrf = other.call("POST", f"/api/invites/{link.partition('#')[2]}", body)["csrf"]
        return other

    def cookies(self) -> list[dict[str, str]]:
        """The session, as a browser wants it."""
        return [{"name": one.name, "value": one.value or "", "url": self.address} for one in self._http.cookies]

    def add_mailbox(self, settings: Mapping[str, object], name: str = "Support") -> dict[str, Any]:
        """Sets up an email channel, and waits until it works."""
        secret = {key for key in settings if key.endswith(("password", "secret"))}
        body = {
            "kind": "email",
            "name": name,
            "settings": {key: value for key, value in settings.items() if key not in secret},
            "secrets": {key: settings[key] for key in secret},
        }
        channel: dict[str, Any] = self.call("POST", "/api/channels", body)
        return self.wait_for_channel(channel["id"])

    def wait_for_channel(self, channel_id: int) -> dict[str, Any]:
        def healthy() -> dict[str, Any] | None:
            channel: dict[str, Any] = self.call("GET", f"/api/channels/{channel_id}")
            return channel if channel["health"]["state"] == "ok" else None

        return until(healthy, "the channel works")

    def conversations(self, view: str = "open") -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.call("GET", f"/api/conversations?view={view}")["items"]
        return items

    def timeline(self, customer_id: int) -> list[dict[str, Any]]:
        """Newest first."""
        items: list[dict[str, Any]] = self.call("GET", f"/api/customers/{customer_id}/timeline")["items"]
        return items

    def reply(self, conversation: Mapping[str, Any], text: str) -> dict[str, Any]:
        """Answers through the API, as the composer does."""
        places = self.call("GET", f"/api/conversations/{conversation['id']}/destinations")["items"]
        place = next(one for one in places if one["default"])
        newest = max(one["id"] for one in self.timeline(conversation["customer"]["id"]))
        body = {
            "text": text,
            "to_identity_id": place["identity_id"],
            "channel_id": place["channel_id"],
            "attachment_ids": [],
            "last_seen_entry_id": newest,
        }
        key = {"Idempotency-Key": str(uuid.uuid4())}
        entry: dict[str, Any] = self.call("POST", f"/api/conversations/{conversation['id']}/messages", body, **key)
        return entry
