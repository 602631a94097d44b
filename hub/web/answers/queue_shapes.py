"""The JSON of queues: teams, labels, fields, views, changes of many."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict


class Team(TypedDict):
    id: int
    name: str
    member_ids: list[int]
    archived: bool


class Label(TypedDict):
    """`tint` is one of the eight hues of the pages."""

    id: int
    name: str
    tint: int
    archived: bool


class Field(TypedDict):
    """`key` names its values: in a customer's `attributes`, in a conversation's `fields`."""

    id: int
    noun: Literal["customer", "conversation"]
    key: str
    label: str
    type: Literal["text", "number", "boolean", "date", "choice", "url"]
    choices: list[str]
    archived: bool


class Condition(TypedDict):
    field: str
    op: Literal["is", "not", "over", "under", "has"]
    value: Any


class Filter(TypedDict):
    all: list[Condition]


class View(TypedDict):
    """`id` of a built-in one is a word, or "team:" and the team's id; of a saved one "v" and a number. `count` is at
    most 1000, which means "more than 999"; null where nobody counts."""

    id: str
    name: str
    icon: str
    shared: bool
    owner_id: int | None
    position: int
    filter: Filter
    sort: Literal["activity", "waiting", "priority"]
    count: int | None


class Bulk(TypedDict):
    """`done` and `failed` of `total` conversations; `reason` is why the first of those failed. One that is taken back
    goes through "undoing", in which `done` counts anew, to "undone"."""

    id: int
    total: int
    done: int
    failed: int
    state: Literal["running", "done", "undoing", "undone"]
    reason: str | None
