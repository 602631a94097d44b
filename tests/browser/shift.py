"""A whole shift to look at: a hub with 200 conversations over all channels, which an agent then works by hand.

python -m tests.browser.shift FOLDER    fills it, prints where it is, and runs until Ctrl+C
"""

from __future__ import annotations

import asyncio
import base64
import json
import signal
import smtplib
import sys
import time
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from types import FrameType
from typing import Any, Final

import aiohttp
import requests
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.browser.shift_people import Customer, customers
from tests.hub_process import HubProcess, until
from tests.peers.ports import free_port
from tests.peers.twilio.stage import NUMBER

OWN: Final = "support@lindenhof.example"
SHOP: Final = "http://localhost:8999"
PICTURE: Final = Path(__file__).parents[2] / "connectors/demo/chipped-cups.png"
COUNT: Final = 190  # and ten of the demo's own


class Sent:
    """What the agents send, each in a file of its own: a third party answers it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        (self.folder / f"{time.time_ns()}.eml").write_bytes(envelope.original_content or b"")
        return "250 kept"


class Shift:
    def __init__(self, hub: HubProcess, mail_out: int) -> None:
        self.hub = hub
        self.mail_in = free_port()
        self.stage = hub.call("GET", "/api/session")["hub"]["demo_page"].removesuffix("/simulator/phone")
        settings = {
            "address": OWN,
            "from_name": "Lindenhof Supplies",
            "incoming": "receiver",
            "receiver_port": self.mail_in,
            "outgoing": "smtp",
            "smtp_host": "127.0.0.1",
            "smtp_port": mail_out,
            "smtp_security": "none",
            "smtp_auth": "none",
            "smtp_allow_plain": True,
        }
        self.mail = hub.add_mailbox(settings, "Lindenhof mail")["id"]
        chat = {
            "kind": "webchat",
            "name": "Shop chat",
            "settings": {"origins": SHOP, "title": "Lindenhof"},
            "secrets": {},
        }
        self.chat = hub.call("POST", "/api/channels", chat)["id"]

    def fill(self, everybody: list[Customer]) -> None:
        """Half of them by mail, the others by what they have at hand; some by two ways."""
        for who in everybody:
            way = ("mail", "chat", "mail", "sms", "mail", "whatsapp", "mail", "call")[who.number // 8 % 8]
            if way == "mail":
                self.write(who)
            elif way == "chat":
                asyncio.run(self.visit(who))
            elif way == "call":
                self.ring(who)
            else:
                self.text(who, whatsapp=way == "whatsapp")

    def write(self, who: Customer) -> None:
        subject, text = who.letter(who.number // 3)
        ago = timedelta(hours=(who.number * 5) % 230, minutes=who.number)
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = f"{who.name} <{who.mail}>", OWN, subject
        if who.number % 9 == 0:
            mail["Cc"] = "accounts@hotel-adler.example, Ute Öz <ute.oez@hotel-adler.example>"
        mail["Message-ID"] = f"<{who.number}.{id(self)}@customer.example>"
        mail["Date"] = format_datetime(datetime.now(UTC) - ago)
        mail.set_content(text)
        if who.number % 4 == 0:
            lines = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
            mail.add_alternative(f"<div style='font-family:Georgia'>{lines}</div>", subtype="html")
        if who.number % 5 == 0:
            mail.add_attachment(
                PICTURE.read_bytes(), maintype="image", subtype="png", filename="Crate 2, left side.png"
            )
        if who.number % 11 == 0:
            name = "Delivery note with a very long name that somebody's scanner gave it 2026-11-20 (final, signed).txt"
            mail.add_attachment(f"Order {who.order}\n".encode(), maintype="text", subtype="plain", filename=name)
        with smtplib.SMTP("127.0.0.1", self.mail_in, timeout=20) as line:
            line.send_message(mail)

    async def visit(self, who: Customer) -> None:
        address = self.hub.address.replace("http", "ws") + f"/sockets/{self.chat}/visitor"
        hello: dict[str, Any] = {
            "type": "hello",
            "token": None,
            "jwt": None,
            "since": 0,
            "epoch": None,
            "lang": who.language,
        }
        hello["page"] = {"url": f"{SHOP}/products/{who.order}", "title": "Lindenhof: stoneware, set of six"}
        async with aiohttp.ClientSession() as session, session.ws_connect(address, origin=self.hub.address) as socket:
            await socket.send_json(hello)
            await asyncio.wait_for(self._heard(socket, "welcome"), 20)
            lines = [who.short] if who.number % 3 else [who.short, "👋", who.letter(1)[1]]
            for at, line in enumerate(lines):
                await socket.send_json({"type": "msg", "cid": f"{who.number}-{at}", "text": line, "uploads": []})
                await asyncio.wait_for(self._heard(socket, "log"), 20)

    async def _heard(self, socket: aiohttp.ClientWebSocketResponse, wanted: str) -> None:
        async for message in socket:
            frame = json.loads(message.data)
            if frame["type"] == "refused":
                raise AssertionError(frame)
            if frame["type"] == wanted:
                return

    def text(self, who: Customer, *, whatsapp: bool) -> None:
        prefix = "whatsapp:" if whatsapp else ""
        body: dict[str, Any] = {"from": prefix + who.telephone, "to": prefix + NUMBER, "body": who.short}
        if whatsapp:
            body["whatsapp"] = {"ProfileName": who.name}
            if who.number % 2:
                picture = base64.b64encode(PICTURE.read_bytes()).decode()
                body["media"] = [{"content_type": "image/png", "base64": picture}]
        requests.post(f"{self.stage}/simulator/texts", json=body, timeout=30).raise_for_status()

    def ring(self, who: Customer) -> None:
        """Nobody takes it: a missed call."""
        phone = f"{self.stage}/simulator/phones/{who.telephone}"
        requests.post(
            f"{phone}/behaviour", json={"does": "answers", "hangs_up_after": 3}, timeout=30
        ).raise_for_status()
        requests.post(f"{phone}/call", json={"to": NUMBER}, timeout=30).raise_for_status()

    def furnish(self) -> None:
        """What an administrator has set up, and what lies about on a desk."""
        hub = self.hub
        me = hub.call("GET", "/api/session")["agent"]["id"]
        names = ("Damaged", "Refund", "VIP", "Waiting for the carrier’s investigation", "Wholesale", "Vertrag", "شحن")
        known = {one["name"] for one in hub.call("GET", "/api/labels")["items"]}
        for at, name in enumerate(name for name in names if name not in known):
            hub.call("POST", "/api/labels", {"name": name, "tint": at + 1})
        self.colleague = hub.colleague("Jonas Petersen", "jonas@acme.test")
        other = self.colleague.call("GET", "/api/session")["agent"]["id"]
        self.arabic = hub.colleague("أمينة الصالح", "amina@acme.test")
        self.arabic.call("PATCH", "/api/me", {"locale": "ar"})
        third = self.arabic.call("GET", "/api/session")["agent"]["id"]
        hub.call("PATCH", f"/api/agents/{third}", {"role": "administrator"})
        hub.call("POST", "/api/teams", {"name": "Returns and complaints", "member_ids": [me, other]})
        hub.call("POST", "/api/teams", {"name": "Sales", "member_ids": [other]})
        choice = {"label": "Reason", "type": "choice", "choices": ["Damage", "Delay", "Wrong goods", "Price"]}
        hub.call("POST", "/api/fields", {"noun": "conversation", "key": "shift_reason", **choice})
        labels = [one["id"] for one in hub.call("GET", "/api/labels")["items"]]
        teams = [one["id"] for one in hub.call("GET", "/api/teams")["items"]]
        for at, one in enumerate(hub.call("GET", "/api/conversations?view=open&limit=100")["items"]):
            change: dict[str, Any] = {}
            if at % 3 == 0:
                change["label_ids_add"] = labels[at % len(labels) :][: 1 + at % 3]
            if at % 5 == 0:
                change["assignee_id"] = me if at % 2 else other
            if at % 7 == 0:
                change["team_id"] = teams[at % len(teams)]
            if at % 6 == 0:
                change["priority"] = ("urgent", "high", "low")[at % 3]
            if change:
                hub.call("PATCH", f"/api/conversations/{one['id']}", change)


def main(folder: Path) -> None:
    out = Controller(Sent(folder / "sent"), hostname="127.0.0.1", port=free_port())
    out.start()
    with HubProcess(folder, "demo", HUB_DEMO_STAGE="tests.peers.twilio.stage") as hub:
        hub.become_administrator("Lena Hoffmann", "lena@acme.test")
        until(lambda: len(hub.conversations()) >= 10, "the demo's history is there", 120)
        shift = Shift(hub, out.port)
        shift.fill(customers(COUNT))
        shift.furnish()
        about = {"address": hub.address, "cookies": hub.cookies(), "csrf": hub.csrf, "stage": shift.stage}
        about |= {"mail_in": shift.mail_in, "arabic": shift.arabic.cookies(), "colleague": shift.colleague.cookies()}
        about["colleague_csrf"] = shift.colleague.csrf
        (folder / "about.json").write_text(json.dumps(about))
        print(f"{hub.address} is filled; {folder}/about.json has the session", flush=True)
        signal.signal(signal.SIGTERM, _end)
        try:
            signal.pause()
        finally:
            out.stop()


def _end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main(Path(sys.argv[1]))
