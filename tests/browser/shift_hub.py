"""The hub of the shift, for who prepares a state: asked as an agent's page asks, and written to as customers do."""

from __future__ import annotations

import smtplib
import uuid
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests

from tests.browser.shift import OWN
from tests.hub_process import until


class Hub:
    """What an agent's page asks of the hub, for who prepares a state."""

    def __init__(self, folder: Path, about: dict[str, Any]) -> None:
        self.folder, self.about = folder, about
        self.address: str = about["address"]
        self.stage: str = about["stage"]

    def call(self, method: str, path: str, body: Any = None, who: str = "") -> Any:
        cookies = self.about[who or "cookies"]
        csrf = self.about[f"{who}_csrf" if who else "csrf"]
        headers = {"Origin": self.address, "X-CSRF": csrf, "Idempotency-Key": uuid.uuid4().hex}
        jar = {one["name"]: one["value"] for one in cookies}
        answer = requests.request(method, self.address + path, json=body, headers=headers, cookies=jar, timeout=30)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:1000]}"
        return answer.json() if answer.content else None

    def writes(self, sender: str, name: str, subject: str, text: str, **more: Any) -> str:
        """A mail arrives; its Message-ID."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = f'"{name}" <{sender}>', OWN, subject
        mail["Message-ID"] = make_msgid(domain="customer.example")
        for key, value in more.get("headers", {}).items():
            mail[key] = value
        mail.set_content(text)
        for filename, kind, content in more.get("files", ()):
            maintype, subtype = kind.split("/")
            mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=filename)
        with smtplib.SMTP("127.0.0.1", self.about["mail_in"], timeout=20) as line:
            line.send_message(mail)
        return str(mail["Message-ID"])

    def conversations_of(self, address: str) -> list[dict[str, Any]]:
        """Newest first, once there is one."""

        def look() -> list[dict[str, Any]]:
            people = self.call("GET", f"/api/customers?query={quote(address)}&limit=1")["items"]
            found: list[dict[str, Any]] = []
            for one in people:
                found = self.call("GET", f"/api/customers/{one['id']}/conversations?limit=50")["items"]
            return found

        return until(look, f"a conversation with {address}", 30)

    def simulate(self, path: str, body: Any = None) -> Any:
        answer = requests.post(f"{self.stage}/simulator/{path}", json=body or {}, timeout=30)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text[:300]}"
        return answer.json() if answer.content else None
