"""Whether a value may be set: each type's own JSON. Text and addresses are strings, a date is "2026-11-30"."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from hub.desk.errors import BadValue
from hub.desk.fields.model import Field

LONGEST: Final = 2000
LARGEST: Final = 1e15
"""Up to here whole numbers are exact everywhere, the page included."""


def checked(field: Field, value: object, where: str) -> object:
    """The value as it is stored; None for nothing. Raises BadValue at `where`."""
    if value is None or value == "":
        return None
    if field.archived:
        raise BadValue(where, f"“{field.label}” was archived and takes no new values. Reload the page.")
    match field.type:
        case "number":
            ok = isinstance(value, int | float) and not isinstance(value, bool)
            if not ok or not math.isfinite(float(str(value))) or abs(float(str(value))) > LARGEST:
                raise BadValue(where, f"“{field.label}” is a number.")
            return value
        case "boolean":
            if not isinstance(value, bool):
                raise BadValue(where, f"“{field.label}” is yes or no.")
            return value
    if not isinstance(value, str) or len(value) > LONGEST or "\x00" in value:
        raise BadValue(where, f"“{field.label}” is a text of at most {LONGEST} characters.")
    match field.type:
        case "date":
            if not _is_date(value):
                raise BadValue(where, f"“{field.label}” is a date such as 2026-11-30.")
        case "choice":
            if value not in field.choices:
                raise BadValue(where, f"“{field.label}” is one of: {', '.join(field.choices)}.")
        case "url":
            if not _is_url(value):
                raise BadValue(where, f"“{field.label}” is an address that begins with https:// or http://.")
    return value


def checked_all(fields: Sequence[Field], values: Mapping[str, object], where: str) -> dict[str, object]:
    """The values of those keys that a field has; other keys as they are. Raises BadValue at `where`.key."""
    known = {field.key: field for field in fields}
    return {
        key: checked(known[key], value, f"{where}.{key}") if key in known else value for key, value in values.items()
    }


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(one.isspace() for one in value)
