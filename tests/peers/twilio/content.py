"""Content templates and their approval by WhatsApp (content.twilio.com)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

from tests.peers.twilio.account import Account
from tests.peers.twilio.answers import Refused, found, iso, new_sid


@dataclass
class Template:
    """`types` as posted: {"twilio/text": {"body": "Hello {{1}}"}}, {"twilio/quick-reply": {"body": …, "actions":
    [{"title": …, "id": …}]}}. `status`: unsubmitted, received, pending, approved, rejected, paused, disabled."""

    sid: str
    name: str
    language: str
    types: dict[str, dict[str, Any]]
    variables: dict[str, str] = field(default_factory=dict)
    created: datetime = datetime.min
    status: str = "unsubmitted"
    category: str = ""
    rejection_reason: str = ""

    @property
    def body(self) -> str:
        return next((str(one["body"]) for one in self.types.values() if "body" in one), "")


def rendered(template: Template, variables: Mapping[str, str]) -> str:
    """The body with its variables, or their defaults, filled in."""
    values = {**template.variables, **variables}
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda match: values.get(match[1], match[0]), template.body)


class Contents:
    def __init__(self, account: Account) -> None:
        self.account = account
        self.all: dict[str, Template] = {}

    def add(
        self,
        name: str,
        body: str,
        *,
        variables: Mapping[str, str] | None = None,
        quick_replies: Mapping[str, str] | None = None,
        language: str = "en",
        status: str = "approved",
        category: str = "UTILITY",
    ) -> Template:
        """A template that exists already; `quick_replies` are ids and titles."""
        types: dict[str, dict[str, Any]] = {"twilio/text": {"body": body}}
        if quick_replies:
            actions = [{"id": key, "title": title} for key, title in quick_replies.items()]
            types = {"twilio/quick-reply": {"body": body, "actions": actions}}
        created = self.account.clock.now()
        template = Template(new_sid("HX"), name, language, types, dict(variables or {}), created, status, category)
        self.all[template.sid] = template
        return template

    def routes(self) -> list[web.RouteDef]:
        base = "/v1/Content"
        return [
            web.post(base, self.create, name="content.create"),
            web.get(base, self.list, name="content.list"),
            web.get("/v1/ContentAndApprovals", self.list_with_approvals, name="content.approvals"),
            web.get(base + "/{sid}", self.fetch, name="content.fetch"),
            web.delete(base + "/{sid}", self.delete, name="content.delete"),
            web.get(base + "/{sid}/ApprovalRequests", self.fetch_approval, name="content.approval"),
            web.post(base + "/{sid}/ApprovalRequests/whatsapp", self.submit, name="content.submit"),
        ]

    async def create(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            raise Refused(20001, "The Content API takes JSON")
        try:
            asked = json.loads(await request.text())
        except ValueError as bad:
            raise Refused(20001, "Invalid JSON") from bad
        if not asked.get("language") or not asked.get("types"):
            raise Refused(20001, "language and types are required")
        template = Template(
            new_sid("HX"),
            asked.get("friendly_name") or "",
            asked["language"],
            asked["types"],
            asked.get("variables") or {},
            self.account.clock.now(),
        )
        self.all[template.sid] = template
        self.account.ledger.append("content", template.sid, template.created)
        return web.json_response(self.shown(template), status=201)

    async def list(self, request: web.Request) -> web.Response:
        return self._page(request, self.shown)

    async def list_with_approvals(self, request: web.Request) -> web.Response:
        return self._page(request, lambda one: self._core(one) | {"approval_requests": self._approval(one)})

    async def fetch(self, request: web.Request) -> web.Response:
        return web.json_response(self.shown(found(self.all, request.match_info["sid"])))

    async def delete(self, request: web.Request) -> web.Response:
        del self.all[found(self.all, request.match_info["sid"]).sid]
        return web.Response(status=204)

    async def fetch_approval(self, request: web.Request) -> web.Response:
        template = found(self.all, request.match_info["sid"])
        shown = {
            "sid": template.sid,
            "account_sid": self.account.sid,
            "whatsapp": {"type": "whatsapp"} | self._approval(template),
            "url": str(request.url),
        }
        return web.json_response(shown)

    async def submit(self, request: web.Request) -> web.Response:
        """Hands it to WhatsApp; the judgment is the test's (`template.status = …`)."""
        template = found(self.all, request.match_info["sid"])
        asked = json.loads(await request.text())
        template.name, template.category, template.status = asked["name"], asked["category"], "received"
        return web.json_response(self._approval(template), status=201)

    def _approval(self, template: Template) -> dict[str, Any]:
        return {
            "name": template.name,
            "category": template.category,
            "content_type": next(iter(template.types)),
            "status": template.status,
            "rejection_reason": template.rejection_reason,
            "allow_category_change": True,
        }

    def _core(self, template: Template) -> dict[str, Any]:
        return {
            "sid": template.sid,
            "account_sid": self.account.sid,
            "friendly_name": template.name,
            "language": template.language,
            "variables": template.variables,
            "types": template.types,
            "date_created": iso(template.created),
            "date_updated": iso(template.created),
        }

    def shown(self, template: Template) -> dict[str, Any]:
        url = f"{self.account.url}/v1/Content/{template.sid}"
        links = {
            "approval_create": f"{url}/ApprovalRequests/whatsapp",
            "approval_fetch": f"{url}/ApprovalRequests",
        }
        return self._core(template) | {"url": url, "links": links}

    def _page(self, request: web.Request, shown: Callable[[Template], dict[str, Any]]) -> web.Response:
        """This API pages with `meta` and absolute addresses."""
        size = min(max(int(request.query.get("PageSize", "50")), 1), 1000)
        number = int(request.query.get("Page", "0"))
        everything = list(reversed(self.all.values()))
        here = everything[number * size : (number + 1) * size]
        base = f"{self.account.url}{request.path}?PageSize={size}&Page="
        meta = {
            "page": number,
            "page_size": size,
            "first_page_url": f"{base}0",
            "previous_page_url": f"{base}{number - 1}" if number else None,
            "url": f"{base}{number}",
            "next_page_url": f"{base}{number + 1}" if (number + 1) * size < len(everything) else None,
            "key": "contents",
        }
        return web.json_response({"contents": [shown(one) for one in here], "meta": meta})
