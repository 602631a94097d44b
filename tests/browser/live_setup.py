"""What administrators and agents set up while others have a page open, and the part of the state that it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from tests.browser.live_office import Office

Json = dict[str, Any]
OPEN: Final = {"field": "state", "op": "is", "value": "open"}
OURS: Final = {"all": [OPEN, {"field": "team", "op": "is", "value": "mine"}]}
TRADE: Final = {"all": [OPEN, {"field": "customer.plan", "op": "is", "value": "Trade"}]}
NEVER: Final[Json] = {"name": "Never", "time_zone": "Europe/Berlin"}
ALWAYS: Final[Json] = {
    **NEVER,
    "weekly": {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
}

PLAN: Final[Json] = {"noun": "customer", "key": "plan", "label": "Plan", "type": "text"}
CHAT: Final[Json] = {"kind": "webchat", "name": "Chat", "settings": {"origins": "https://shop.example"}}

Change = tuple[str, Callable[[], object]]


@dataclass
class Setup:
    """Things of the office that are changed again and again. Those of all by Lena, the administrator, some by Ben."""

    office: Office
    made: dict[str, Any] = field(default_factory=dict)
    turn: int = 0

    def begin(self) -> None:
        lena, ben = self.office.seats[0].hub, self.office.seats[1].hub
        self.made = {
            "fields": next(one["id"] for one in self.office.seats[0].items("/api/fields") if one["key"] == "plan"),
            "replies": lena.call("POST", "/api/replies", self.shared("Thanks", texts={"en": "Hi"}))["id"],
            "macros": lena.call("POST", "/api/macros", self.shared("Close", change={"state": "resolved"}))["id"],
            "brands": lena.call("POST", "/api/brands", {"name": "Acme"})["id"],
            "hours": lena.call("POST", "/api/hours", ALWAYS)["id"],
        }
        lena.call("PATCH", f"/api/conversations/{self.office.conversations[0]}", {"team_id": self.office.team})
        self.begin_again()
        ben.call("POST", "/api/views", {"name": "Trade", "shared": True, "filter": TRADE})
        lena.call("PATCH", f"/api/callback-queues/{self.office.lines.queue}", {"hours_id": self.made["hours"]})
        dora = {"name": "Dora Dahl", "email": "dora@acme.test", "role": "agent"}
        self.made["agents"] = lena.call("POST", "/api/agents", dora)["agent"]["id"]

    def begin_again(self) -> None:
        """After all of that."""
        lena, ben = self.office.seats[0].hub, self.office.seats[1].hub
        ours = {"name": "Ours", "shared": True, "filter": OURS}
        self.made["views"] = ben.call("POST", "/api/views", ours)["id"]
        self.made["channels"] = lena.call("POST", "/api/channels", CHAT)["id"]
        lena.call("PUT", self.one("hours"), ALWAYS)
        lena.call("PATCH", f"/api/callback-queues/{self.office.lines.queue}", {"state": "active"})

    @staticmethod
    def shared(name: str, **more: object) -> Json:
        return {"name": name, "scope": "shared", **more}

    def one(self, noun: str) -> str:
        return f"/api/{noun}/{self.made[noun]}"

    def anew(self, noun: str, body: Json) -> None:
        """Removed, and another one put in its place."""
        lena = self.office.seats[0].hub
        lena.call("DELETE", self.one(noun))
        self.made[noun] = lena.call("POST", f"/api/{noun}", body)["id"]

    def changes(self) -> list[Change]:
        """Each of them makes a difference, and the next time another one."""
        self.turn += 1
        office, n, odd = self.office, self.turn, self.turn % 2 == 1
        lena, ben = office.seats[0].hub, office.seats[1].hub
        plan = {"attributes": {"plan": "Trade" if odd else "Standard"}}
        label, team = f"/api/labels/{office.labels[0]}", f"/api/teams/{office.team}"
        customer = f"/api/customers/{office.customers[-1]}"
        queue = f"/api/callback-queues/{office.lines.queue}"

        def by(agent: Any, method: str, path: str, body: Json) -> Callable[[], object]:
            return lambda: agent.call(method, path, body)

        return [
            ("labels", by(lena, "POST", "/api/labels", {"name": f"New {n}", "tint": 4})),
            ("labels", by(lena, "PATCH", label, {"name": f"Checked {n}", "archived": odd})),
            ("teams", by(lena, "POST", "/api/teams", {"name": f"Team {n}", "member_ids": office.agents})),
            ("teams", by(lena, "PATCH", team, {"name": f"Shift {n}"})),
            ("lists", by(lena, "PATCH", team, {"member_ids": office.agents[-1:] if odd else office.agents})),
            ("fields", by(lena, "POST", "/api/fields", {**PLAN, "key": f"plan_{n}"})),
            ("fields", by(lena, "PATCH", self.one("fields"), {"label": f"Plan {n}"})),
            ("views", by(ben, "PATCH", self.one("views"), {"name": f"Ours {n}", "icon": "star" if odd else "box"})),
            ("lists", by(ben, "PATCH", self.one("views"), {"filter": {"all": [OPEN]} if odd else OURS})),
            ("views", by(ben, "PATCH", self.one("views"), {"shared": not odd})),
            ("replies", by(lena, "PATCH", self.one("replies"), {"texts": {"en": f"Hi {n}"}})),
            ("replies", lambda: self.anew("replies", self.shared(f"Thanks {n}", texts={"en": "Hi"}))),
            ("macros", by(lena, "PATCH", self.one("macros"), {"change": {"priority": "high" if odd else "low"}})),
            ("macros", lambda: self.anew("macros", self.shared(f"Close {n}", change={"state": "resolved"}))),
            ("brands", by(lena, "PATCH", self.one("brands"), {"signature_html": f"<p>Acme {n}</p>"})),
            ("brands", lambda: self.anew("brands", {"name": f"Acme {n}"})),
            ("queues", by(lena, "PATCH", queue, {"name": f"Support {n}", "dispositions": [f"Done {n}"]})),
            ("queues", by(lena, "PATCH", queue, {"state": "paused" if odd else "active"})),
            ("queues", by(lena, "PUT", self.one("hours"), NEVER if odd else ALWAYS)),
            ("channels", by(lena, "PATCH", self.one("channels"), {"state": "paused" if odd else "active"})),
            (
                "channels",
                by(lena, "PATCH", self.one("channels"), {"settings": {**CHAT["settings"], "title": f"Chat {n}"}}),
            ),
            ("agents availability", by(lena, "PATCH", self.one("agents"), {"disabled": odd})),
            ("agents", by(lena, "PATCH", self.one("agents"), {"role": "administrator" if odd else "agent"})),
            (
                "availability",
                by(lena, "PUT", f"/api/agents/{office.agents[2]}/capacity", {"capacity": 3 if odd else 2}),
            ),
            ("me", by(ben, "PATCH", "/api/me", {"signature": f"Ben {n}", "undo_seconds": 10 if odd else 30})),
            ("customers tasks", lambda: office.seats[1].attempt("PATCH", customer, {"name": f"Maria {n}"})),
            ("lists", lambda: office.seats[1].attempt("PATCH", customer, plan)),
        ]

    def ends(self) -> list[Change]:
        """What is gone for good."""
        lena, ben = self.office.seats[0].hub, self.office.seats[1].hub
        return [
            ("views", lambda: ben.call("DELETE", self.one("views"))),
            ("channels", lambda: lena.call("PATCH", self.one("channels"), {"state": "archived"})),
        ]
