"""Calls as the hub tells of them on a page's live line and timeline, for tests of the page alone."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, Route, WebSocketRoute

from tests.browser.phone_network import CUSTOMER
from tests.hub_process import HubProcess, until

Json = dict[str, Any]


def ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat()


class Line:
    """The live line of a page: what the hub says goes on, and a test can say more."""

    def __init__(self, page: Page) -> None:
        self.asked: list[tuple[str, Any]] = []
        self._page = page
        self._socket: WebSocketRoute | None = None
        self._position = ""
        page.route_web_socket(re.compile("/api/live"), self._open)
        page.route("**/api/calls/*", self._answer)
        page.route("**/api/calls/*/*", self._answer)
        self.call: Json = {}

    def _open(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        self._socket, self._position = socket, ""

        def heard(message: str | bytes) -> None:
            if self._socket is socket:
                self._position = json.loads(message).get("position", self._position)
            socket.send(message)

        server.on_message(heard)

    def _answer(self, route: Route) -> None:
        self.asked.append(
            (route.request.method + " " + route.request.url.partition("/api/")[2], route.request.post_data_json)
        )
        if route.request.method == "PATCH":
            said = json.loads(route.request.post_data or "{}")
            if said.pop("wrapped_up", False):
                said["wrap_up_agent_id"] = None
            self.call |= said
        self.call["version"] += 1
        route.fulfill(json=self.call)

    def tell(self, call: Json) -> None:
        """The call has changed."""
        self.call = deepcopy(call)
        until(lambda: self._page.evaluate("1") and self._position, "the page's line is up")
        assert self._socket is not None
        items = [{"type": "call", "call": call}]
        self._socket.send(json.dumps({"type": "events", "position": self._position, "items": items}))

    def goto(self, address: str) -> None:
        """Another page, with a line of its own."""
        self._socket, self._position = None, ""
        self._page.goto(address)


def ringing(conversation: Json, **changes: Any) -> Json:
    """An incoming call of this conversation's customer that rings at Lena's telephone."""
    leg = {"id": 1, "role": "customer", "agent": None, "address": CUSTOMER, "state": "answered", "accepted": False}
    times = {"reason": None, "started_at": ago(20), "answered_at": ago(15), "ended_at": None}
    mine = {
        "id": 2,
        "role": "agent",
        "agent": {"id": 1, "name": "Lena Hoffmann"},
        "address": "+4930111",
        "state": "ringing",
    }
    return {
        "id": 71,
        "version": 1,
        "direction": "in",
        "state": "waiting",
        "stage": "queue",
        "channel_id": 1,
        "conversation_id": conversation["id"],
        "entry_id": 1,
        "customer": conversation["customer"],
        "identity": {"id": 1, "kind": "phone", "address": CUSTOMER, "name": ""},
        "callback_id": None,
        "started_at": ago(20),
        "answered_at": None,
        "ended_at": None,
        "waited_seconds": 20,
        "talk_seconds": 0,
        "held_seconds": 0,
        "held_since": None,
        "transferred": False,
        "recorded": False,
        "recording": False,
        "consent": None,
        "transcript": None,
        "disposition": None,
        "notes": None,
        "said": [],
        "wrap_up_agent_id": None,
        "legs": [leg | times, {**mine, "accepted": False, "declined": False, **times, "answered_at": None}],
        "next_steps": ["hang_up", "decline"],
        **changes,
    }


def talking(conversation: Json, **changes: Any) -> Json:
    call = ringing(
        conversation, version=2, state="talking", stage="room", answered_at=ago(65), recording=True, recorded=True
    )
    call["legs"][1] |= {"state": "answered", "accepted": True, "answered_at": ago(65)}
    return {**call, "next_steps": ["hang_up", "hold", "pause_recording", "transfer"], **changes}


def ended(conversation: Json, **changes: Any) -> Json:
    call = talking(
        conversation, version=5, state="ended", stage="over", ended_at=ago(0), talk_seconds=125, recording=False
    )
    call["legs"][1] |= {"state": "completed", "ended_at": ago(0)}
    return {**call, "next_steps": [], "wrap_up_agent_id": 1, **changes}


def call_entry(hub: HubProcess, page: Page, conversation: Json, **data: Any) -> None:
    """Puts a call into the timeline that the page reads."""
    entry = {
        "call_id": 71,
        "direction": "in",
        "state": "ended",
        "started_at": ago(400),
        "answered_at": ago(380),
        "ended_at": ago(200),
        "waited_seconds": 20,
        "talk_seconds": 185,
        "held_seconds": 42,
        "agent_ids": [1],
        "transferred": True,
        "disposition": "",
        "notes": "",
        "recorded": True,
        "consent": "announced",
        "transcript": "Hello, this is Maria. Two cups of my order are chipped.",
        "said": [
            {"at": ago(370), "who": "customer", "text": "Hello, this is Maria. Two cups of my order are chipped."},
            {"at": ago(360), "who": "agent", "text": "I am sorry. We send you two new ones."},
        ],
        "callback_id": None,
        **data,
    }
    sound = {
        "id": 900,
        "filename": "call.wav",
        "content_type": "audio/wav",
        "size": 48_000,
        "inline": False,
        "note": "",
        "url": "/api/attachments/900",
    }

    def add(route: Route) -> None:
        items = hub.timeline(conversation["customer"]["id"])
        newest = items[0]
        made = {**newest, "id": 9_000_001, "version": 1, "kind": "call", "direction": entry["direction"], "text": ""}
        made |= {"data": entry, "delivery": None, "attachments": [sound], "pending_files": [], "occurred_at": ago(200)}
        made |= {"has_more_text": False, "has_html": False, "subject": None, "automatic": "no"}
        route.fulfill(json={"items": [made, *items], "next": None, "previous": None, "seen": None, "head": ""})

    page.route("**/timeline?*", add)
    page.route("**/api/attachments/900", lambda route: route.fulfill(status=200, content_type="audio/wav", body=b""))
