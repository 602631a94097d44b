"""Content templates as the hub shows them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from hub.sdk import TemplateInfo

_VARIABLE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def template(found: Mapping[str, Any]) -> TemplateInfo | None:
    """One of Content's listing with its approval; None for a kind that has no text (a carousel, a catalogue)."""
    kinds = found.get("types") or {}
    body = ""
    replies: tuple[str, ...] = ()
    for kind in kinds.values():
        if isinstance(kind, dict) and isinstance(kind.get("body"), str):
            body = kind["body"]
            actions = kind.get("actions") or ()
            replies = tuple(str(one.get("title", "")) for one in actions if isinstance(one, dict))
            break
    if not body:
        return None
    approval = found.get("approval_requests") or {}
    given = {str(name): str(value) for name, value in (found.get("variables") or {}).items()}
    used = dict.fromkeys(_VARIABLE.findall(body))
    return TemplateInfo(
        id=found["sid"],
        name=found.get("friendly_name") or approval.get("name") or found["sid"],
        language=found.get("language") or "",
        body=_VARIABLE.sub(r"{{\1}}", body),
        variables={name: given.get(name, "") for name in used} | given,
        quick_replies=replies,
        approved=approval.get("status") == "approved",
        category=str(approval.get("category") or "").lower(),
    )
