"""The settings schema of a connector: the form, the validation and the secrecy all come from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

FieldType = Literal["text", "number", "boolean", "select", "secret", "email", "host", "port", "multiline", "hook"]
Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One setting. `show_if` (field, values): asked for, and required, only when that field is itself asked for and
    has one of the values. A field of the type "hook" has no value: it shows the address of the channel's webhook that
    is named as the field, and its help says where to paste it."""

    name: str
    label: str
    help: str
    type: FieldType = "text"
    required: bool = False
    default: Value = None
    options: tuple[Option, ...] = ()
    group: str = ""
    show_if: tuple[str, tuple[Value, ...]] | None = None
    placeholder: str = ""
    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class SettingsSchema:
    """A field's `show_if` names a field before it."""

    fields: tuple[Field, ...]

    @property
    def secret_names(self) -> frozenset[str]:
        return frozenset(field.name for field in self.fields if field.type == "secret")

    def shown(self, values: Mapping[str, object]) -> Sequence[Field]:
        """The fields that apply to these values."""
        asked: dict[str, Field] = {}
        for one in self.fields:
            if one.show_if is None or (one.show_if[0] in asked and values.get(one.show_if[0]) in one.show_if[1]):
                asked[one.name] = one
        return list(asked.values())

    def with_defaults(self, values: Mapping[str, object]) -> dict[str, object]:
        defaults = {one.name: one.default for one in self.fields if one.default is not None}
        return {**defaults, **{name: value for name, value in values.items() if value is not None}}

    def problems(self, values: Mapping[str, object]) -> dict[str, str]:
        """What is wrong, by field name: unknown, missing, of the wrong type or outside its bounds."""
        values = self.with_defaults(values)
        known = {one.name for one in self.fields if one.type != "hook"}
        found = {name: "This setting does not exist." for name in values if name not in known}
        for one in self.shown(values):
            problem = _problem(one, values.get(one.name))
            if problem:
                found[one.name] = problem
        return found


def _problem(one: Field, value: object) -> str:
    if value is None or value == "":
        return "This is needed." if one.required else ""
    if one.type in ("number", "port"):
        if not isinstance(value, int) or isinstance(value, bool):
            return "This must be a whole number."
        low = one.min if one.min is not None else (1 if one.type == "port" else None)
        high = one.max if one.max is not None else (65535 if one.type == "port" else None)
        if low is not None and value < low:
            return f"This must be at least {low}."
        return f"This must be at most {high}." if high is not None and value > high else ""
    if one.type == "boolean":
        return "" if isinstance(value, bool) else "This must be on or off."
    if not isinstance(value, str):
        return "This must be text."
    if one.type != "multiline" and any(ord(letter) < 32 for letter in value):
        return "Line breaks and control characters are not allowed here."
    if one.type == "select" and value not in {option.value for option in one.options}:
        return "Choose one of the options."
    if one.type == "email" and (value.count("@") != 1 or value.startswith("@") or value.endswith("@") or " " in value):
        return "This must be an email address."
    if one.type == "host" and (
        "/" in value or " " in value or (":" in value.strip("[]") and not value.startswith("["))
    ):
        return "This must be a host name such as imap.example.org, without a scheme or port."
    return ""
