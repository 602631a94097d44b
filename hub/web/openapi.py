"""The description of the API (OpenAPI 3.1), made of the routes and their types, so that it cannot say anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, Literal, get_origin, get_type_hints

from pydantic import BaseModel, TypeAdapter
from typing_extensions import is_typeddict

from hub.desk.policy import SCOPES, Action
from hub.web.routes import Public, Route

_PARAMETER: Final = re.compile(r"{(\w+)}")
_REFERENCE: Final = "#/components/schemas/{model}"
LARGEST_ID: Final = 2**63 - 1
_DESCRIPTION: Final = """\
Programs send a token: `Authorization: Bearer alw_…`, made in the hub's settings or with POST /api/tokens. Each \
operation names the scopes of which a token needs one. Pages sign in with POST /api/session; unsafe methods then need \
the session's `csrf` in X-CSRF.

Whatever goes wrong is a problem (RFC 9457): `code` is for programs, `title` and `detail` are for people. Lists have \
`items`; where they have `next`, give it back as `?after=` for the following page, until it is null. Operations that \
send take an Idempotency-Key: repeating a request with the same key within 24 hours does nothing twice and answers the \
same.

Webhooks (POST /api/webhooks) tell a receiver of yours what happens, as JSON {id, type, created_at, data}: at least \
once, in order of each conversation, again and again for three days until it answers 2xx. Events may come twice: \
remember their `id`. Allways-Signature is `t=<Unix seconds>,v1=<hex>`; v1 is the HMAC-SHA256, with the webhook's \
secret, of "<t>.<body>". Compare it in constant time, and refuse a `t` older than five minutes.
"""
_PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


def document(routes: Iterable[Route], version: str) -> dict[str, Any]:
    """The OpenAPI document of these routes."""
    routes = list(routes)
    schemas, components = _schemas(routes)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        operation = _operation(route, schemas)
        links = _links(route, routes)
        if links:
            operation["responses"][str(route.status)]["links"] = links
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Allways",
            "version": version,
            "description": _DESCRIPTION,
        },
        "paths": paths,
        "components": {
            "schemas": {**components, "Problem": _PROBLEM},
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "hub_session"},
                "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF"},
                "token": {"type": "http", "scheme": "bearer", "bearerFormat": "alw_…"},
            },
        },
    }


def is_json(answer: Any) -> bool:
    """Whether a route's answer type is one of the shapes, rather than nothing or a response of its own."""
    return is_typeddict(get_origin(answer) or answer)


def _schemas(routes: list[Route]) -> tuple[dict[tuple[str, str], Any], dict[str, Any]]:
    """The JSON schema of each body, query and answer by (route name, role), and the components they refer to."""
    wanted: list[tuple[tuple[str, str], Literal["validation", "serialization"], TypeAdapter[Any]]] = []
    for route in routes:
        if route.body is not None:
            wanted.append(((route.name, "body"), "validation", TypeAdapter(route.body)))
        if is_json(route.answer):
            wanted.append(((route.name, "answer"), "serialization", TypeAdapter(route.answer)))
    found, extra = TypeAdapter.json_schemas(wanted, ref_template=_REFERENCE)
    return {name: schema for (name, _), schema in found.items()}, extra.get("$defs", {})


def _operation(route: Route, schemas: dict[tuple[str, str], Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _operation_id(route),
        "summary": route.summary,
        "tags": [route.path.split("/")[2] if route.path.startswith("/api/") else "hub"],
        "parameters": [*_path_parameters(route), *_query_parameters(route.query), *_header_parameters(route)],
        "responses": {
            str(route.status): _answer(route, schemas),
            "default": {
                "description": "It could not be done; the problem says why.",
                "content": {
                    "application/problem+json": {"schema": {"$ref": _REFERENCE.format(model="Problem")}},
                    **({"text/html": {"schema": {"type": "string"}}} if route.produces == "text/html" else {}),
                },
            },
        },
    }
    if route.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {route.consumes: {"schema": schemas[route.name, "body"]}},
        }
    elif route.consumes == "multipart/form-data":
        file = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
        operation["requestBody"] = {"required": True, "content": {route.consumes: {"schema": file}}}
    elif route.consumes == "application/x-www-form-urlencoded":
        form = {"type": "object", "additionalProperties": {"type": "string"}}
        operation["requestBody"] = {"content": {route.consumes: {"schema": form}}}
    if not isinstance(route.policy, Public):
        session: dict[str, list[str]] = {"session": [], "csrf": []} if route.unsafe and route.csrf else {"session": []}
        scopes = [name for name, actions in SCOPES.items() if route.policy in actions]
        with_token = bool(scopes) or route.policy is Action.READ_SELF
        operation["security"] = [session, {"token": []}] if with_token and not route.socket else [session]
        if scopes:
            operation["x-scopes"] = scopes
    return operation


def _operation_id(route: Route) -> str:
    return re.sub(r"\W+", "_", route.name.lower().replace("/api/", "")).strip("_")


_IDENTIFIED: Final = {
    "Agent": "agent_id",
    "Attachment": "attachment_id",
    "Bulk": "bulk_id",
    "Brand": "brand_id",
    "CannedReply": "reply_id",
    "Macro": "macro_id",
    "Scheduled": "scheduled_id",
    "CallbackDetail": "callback_id",
    "CallbackQueue": "queue_id",
    "Channel": "channel_id",
    "Conversation": "conversation_id",
    "Customer": "customer_id",
    "Entry": "entry_id",
    "Field": "field_id",
    "Hours": "hours_id",
    "Label": "label_id",
    "NewToken": "token_id",
    "NewWebhook": "webhook_id",
    "Team": "team_id",
}
"""The parameter that the `id` of each shape is."""


def _links(route: Route, routes: Iterable[Route]) -> dict[str, Any]:
    """Where what was just made can be gone on with: every operation that takes its id, and no other."""
    if route.method != "POST" or not is_json(route.answer):
        return {}
    answer = get_origin(route.answer) or route.answer
    fields = [("", answer), *((f"/{name}", kind) for name, kind in get_type_hints(answer).items())]
    found = {
        _IDENTIFIED[kind.__name__]: f"$response.body#{place}/id"
        for place, kind in fields
        if getattr(kind, "__name__", "") in _IDENTIFIED
    }
    links = {}
    for other in routes:
        parameters = _PARAMETER.findall(other.path)
        if len(parameters) == 1 and parameters[0] in found and not other.socket:
            name = _operation_id(other)
            links[name] = {"operationId": name, "parameters": {parameters[0]: found[parameters[0]]}}
    return links


def _answer(route: Route, schemas: dict[tuple[str, str], Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done."}
    if (route.name, "answer") in schemas:
        answer["content"] = {route.produces: {"schema": schemas[route.name, "answer"]}}
    elif route.answer is not type(None) and route.status == 200:
        answer["content"] = {route.produces: {"schema": {"type": "string"}}}
    return answer


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    number = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
    return [
        {"name": name, "in": "path", "required": True, "schema": number if is_id(name) else {"type": "string"}}
        for name in _PARAMETER.findall(route.path)
    ]


def is_id(name: str) -> bool:
    """Whether a variable part of a path is a number by its name."""
    return name == "id" or name.endswith("_id")


def _query_parameters(query: type[BaseModel] | None) -> list[dict[str, Any]]:
    if query is None:
        return []
    schema = query.model_json_schema()
    required = set(schema.get("required", ()))
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _without_null(one)}
        for name, one in schema["properties"].items()
    ]


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A query parameter is left out, never null."""
    schema = {name: value for name, value in schema.items() if name not in ("title", "default") or value is not None}
    kinds = [one for one in schema.pop("anyOf", []) if one != {"type": "null"}]
    return {**schema, **kinds[0]} if kinds else schema


def _header_parameters(route: Route) -> list[dict[str, Any]]:
    if not route.idempotent:
        return []
    key = {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,100}$"}
    return [{"name": "Idempotency-Key", "in": "header", "required": True, "schema": key}]
