"""What the hub says now, in the shape of what a page holds (live_office.py)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tests.hub_process import HubProcess

Json = dict[str, Any]
LOOKED_UP: Final = ("conversations_open", "suggestions")
"""What is looked for among all when a customer is read: nobody tells what else came to resemble them."""
_NOTHING: Final = {"text": "", "note": ""}


@dataclass
class Fetch:
    """Each thing is asked for once."""

    hub: HubProcess
    customers: list[int]
    wanted: list[int]
    at_callbacks: bool
    answers: dict[str, Any] = field(default_factory=dict)

    def read(self, path: str) -> Any:
        if path not in self.answers:
            self.answers[path] = self.hub.call("GET", path)
        return self.answers[path]

    def items(self, path: str) -> list[Json]:
        found: list[Json] = self.read(path)["items"]
        return found

    def parts(self, only: Collection[str]) -> Json:
        """All of it, or `only` these parts."""
        parts: Mapping[str, Callable[[], Any]] = {
            "views": lambda: by_id([{key: one[key] for key in one if key != "count"} for one in self.views()]),
            "counts": lambda: {one["id"]: one["count"] for one in self.views()},
            "lists": lambda: {one["id"]: [it["id"] for it in self.listed(one)] for one in self.views()},
            "conversations": self.conversations,
            "timelines": lambda: {str(one): self.timeline(one) for one in self.customers},
            "customers": lambda: {str(one): self.customer(one) for one in self.customers},
            "companies": lambda: {str(one): self.company(one) for one in self.customers},
            "related": lambda: {str(one): self.related(one) for one in self.wanted},
            "scheduled": lambda: {str(one): self.items(f"/api/conversations/{one}/scheduled") for one in self.wanted},
            "drafts": self.drafts,
            "tasks": self.tasks,
            "mentions": lambda: self.items("/api/me/mentions"),
            "me": lambda: self.read("/api/session")["agent"],
            "queues": lambda: by_id(self.items("/api/callback-queues")),
            "callbacks": self.callbacks,
            "calls": lambda: by_id(self.items("/api/calls")),
            "availability": lambda: {str(one["agent_id"]): one for one in self.items("/api/agents/availability")},
            **{noun: self.noun(noun) for noun in ("agents", "labels", "teams", "fields", "channels")},
            **{noun: self.noun(noun) for noun in ("replies", "macros", "brands")},
        }
        return {name: part() for name, part in parts.items() if not only or name in only}

    def noun(self, noun: str) -> Callable[[], Json]:
        return lambda: by_id(self.items(f"/api/{noun}"))

    def views(self) -> list[Json]:
        return self.items("/api/views")

    def listed(self, view: Json) -> list[Json]:
        return self.items(f"/api/conversations?view={view['id']}&limit=50")

    def conversations(self) -> Json:
        """All that are on a list, or belong to one of those that are wanted."""
        seen = by_id([one for view in self.views() for one in self.listed(view)])
        for one in (each["id"] for it in self.wanted for each in self.around(it)["conversations"]):
            if str(one) not in seen:
                seen[str(one)] = self.read(f"/api/conversations/{one}")
        return {one: {key: it[key] for key in it if key != "seen_entry_id"} for one, it in seen.items()}

    def around(self, conversation: int) -> Json:
        found: Json = self.read(f"/api/conversations/{conversation}/related")
        return found

    def related(self, conversation: int) -> Json:
        return {key: value for key, value in self.around(conversation).items() if key != "conversations"}

    def timeline(self, customer: int) -> list[Json]:
        return self.items(f"/api/customers/{customer}/timeline?limit=50")[::-1]

    def customer(self, customer: int) -> Json:
        known = self.read(f"/api/customers/{customer}")
        return {key: known[key] for key in known if key not in LOOKED_UP}

    def company(self, customer: int) -> str | None:
        company: dict[str, str] | None = self.read(f"/api/customers/{customer}/related")["company"]
        return company["name"] if company else None

    def drafts(self) -> Json:
        drafts = {one["conversation_id"]: one["content"] for one in self.items("/api/drafts")}
        return {str(one): [drafts.get(one, _NOTHING)[key] for key in _NOTHING] for one in self.wanted}

    def tasks(self) -> Json:
        found = [it for one in self.customers for it in self.items(f"/api/tasks?customer={one}&state=all&limit=100")]
        return by_id([one for one in found if one["customer"]["id"] in self.customers])

    def callbacks(self) -> Json:
        """Of all where somebody looks at the list of them, else of these customers."""
        found = self.items("/api/callbacks?limit=200")
        return by_id([one for one in found if self.at_callbacks or one["customer"]["id"] in self.customers])


def attempt(hub: HubProcess, method: str, path: str, body: object = None) -> Any:
    """None where the hub refuses, as it may: somebody else was quicker."""
    try:
        return hub.call(method, path, body)
    except AssertionError as refusal:
        if any(f": {code} " in str(refusal) for code in (404, 409, 422)):
            return None
        raise


def by_id(items: list[Json]) -> dict[str, Json]:
    return {str(one["id"]): one for one in items}


def kept_true(state: Json, *, at_callbacks: bool) -> Json:
    """Without what nobody tells: how a channel does from one message to the next; and how long the others wait, where
    nobody looks at the list of callbacks."""
    for channel in state.get("channels", {}).values():
        channel["health"] = channel["health"]["state"]
    for callback in state.get("callbacks", {}).values():
        callback.pop("attempts", None)  # what was tried is read with one, not with the list
    if not at_callbacks:
        for queue in state.get("queues", {}).values():
            queue["now"] = queue["now"]["waiting"]
        for callback in state.get("callbacks", {}).values():
            del callback["place"], callback["expected_wait"]
    return state


def differences(held: object, fresh: object, where: str = "") -> list[str]:
    """The places where two values of JSON are not the same."""
    if isinstance(held, dict) and isinstance(fresh, dict):
        return [
            found
            for key in sorted({*held, *fresh})
            for found in differences(held.get(key, "absent"), fresh.get(key, "absent"), f"{where}/{key}")
        ]
    if isinstance(held, list) and isinstance(fresh, list) and len(held) == len(fresh):
        return [
            found
            for at, pair in enumerate(zip(held, fresh, strict=True))
            for found in differences(*pair, f"{where}/{at}")
        ]
    return [] if held == fresh else [f"{where}: the page has {str(held)[:300]}, the hub {str(fresh)[:300]}"]
