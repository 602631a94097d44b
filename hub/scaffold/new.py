"""Writes a new connector's package from the templates beside this file.

They are whole files with three placeholders: `@kind@` (sms), `@Kind@` (Sms) and `@package@` (allways_sms).
"""

from __future__ import annotations

import keyword
import re
from importlib.resources import files
from pathlib import Path
from typing import Final

_KIND: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST: Final = 40
_TEMPLATE: Final = ".tmpl"
_FOLDERS: Final = {
    "": ("pyproject.toml", "README.md"),
    "@package@": ("__init__.py", "connector.py", "client.py", "settings.py", "wire.py", "quality.toml", "py.typed"),
    "tests": ("__init__.py", "provider.py", "test_connector.py", "test_wire.py"),
    "tests/fixtures": ("message__text.json", "status__delivered.json"),
}
"""What is written where. A template's name is its file's; those of `_EMPTY` have none."""
_EMPTY: Final = {"tests/__init__.py", "@package@/py.typed"}


class ScaffoldError(Exception):
    """The connector cannot be written; the message says why and what to do."""


def new_connector(kind: str, folder: Path, taken: frozenset[str] = frozenset()) -> list[Path]:
    """Writes the package of a connector of this kind into a new folder; what was written.

    `taken` are the kinds that exist already. Raises ScaffoldError.
    """
    if not _KIND.fullmatch(kind) or len(kind) > _LONGEST or keyword.iskeyword(kind):
        raise ScaffoldError(
            f"{kind!r} cannot be the name of a kind of channel. Use small letters, digits and single underscores, "
            f"beginning with a letter, at most {_LONGEST}: sms, my_provider."
        )
    if kind in taken:
        raise ScaffoldError(f"There is a connector for {kind!r} already. Choose another name.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ScaffoldError(f"{folder} is there already, and is not empty. Name another with --folder.")
    names = {
        "@kind@": kind,
        "@Kind@": "".join(part.capitalize() for part in kind.split("_")),
        "@package@": f"allways_{kind}",
    }
    templates = files("hub.scaffold").joinpath("templates")
    written = []
    for place, members in _FOLDERS.items():
        for name in members:
            empty = f"{place}/{name}" in _EMPTY
            text = "" if empty else templates.joinpath(name + _TEMPLATE).read_text(encoding="utf-8")
            file = folder / _filled(place, names) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_filled(text, names), encoding="utf-8")
            written.append(file)
    return written


def _filled(text: str, names: dict[str, str]) -> str:
    for placeholder, name in names.items():
        text = text.replace(placeholder, name)
    return text
