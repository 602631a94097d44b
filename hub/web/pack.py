"""Many small scripts and style sheets as one of each, so that a first visit needs a handful of requests.

The pages are written as ES modules that a browser can load as they lie there; this only spares the round trips. Each
module becomes a function in the order of its imports, so it keeps a scope of its own. It reads the plain forms of
`import` and `export` that we and the vendored parts use, and refuses a circle; of the blanks and comments it leaves out
those that no reading of the language is needed for. What a page asks for with `import("…")` comes later, as a script of
its own.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Iterable
from typing import Final

Read = Callable[[str], str]
"""Gives the text of a file by its path below the folder of the pages."""

_ENDS: Final = r"(?:^|(?<=[;}\n]))[ \t]*"
_IMPORT: Final = re.compile(
    _ENDS + r"import\s*(?:(?P<default>[\w$]+)\s*,?\s*)?(?:\{(?P<names>[^}]*)\}\s*)?(?:from\s*)?"
    r"[\"'](?P<from>[^\"'\n]+)[\"'];?",
    re.MULTILINE,
)
_REEXPORT: Final = re.compile(
    _ENDS + r"export\s*\{(?P<names>[^}]*)\}\s*from\s*[\"'](?P<from>[^\"'\n]+)[\"'];?", re.MULTILINE
)
_EXPORT_LIST: Final = re.compile(_ENDS + r"export\s*\{(?P<names>[^}]*)\};?", re.MULTILINE)
_EXPORT_DEFAULT: Final = re.compile(_ENDS + r"export\s+default\s+", re.MULTILINE)
_EXPORT: Final = re.compile(
    _ENDS + r"export\s+(?P<kind>const|let|class|function\*?|async\s+function)\s+(?P<name>[\w$]+)", re.MULTILINE
)
_LATER: Final = re.compile(r"(?<![\w$.{])import\(\s*\"(?P<from>[^\"]+)\"\s*\)(?!\.(?!then\b))")
_NOTE: Final = re.compile(r"/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*\n?|^[ \t]*//.*\n", re.MULTILINE)
_INDENT: Final = re.compile(r"^[ \t]+", re.MULTILINE)
_IMPORT_MAP: Final = re.compile(r'<script type="importmap">(.*?)</script>\s*', re.DOTALL)
_COMMENT: Final = re.compile(r"[ \t]*<!-- .*?-->\n", re.DOTALL)
_ASSET: Final = re.compile(r"/ui/static/(?P<path>[\w/.-]+\.(?:svg|woff2))(?![\w?])")
_SCRIPT: Final = re.compile(r'<script type="module" src="/ui/static/([^"?]+)"></script>')
_SHEET: Final = re.compile(r'[ \t]*<link rel="stylesheet" href="/ui/static/([^"?]+)" />\n')

SCRIPT_NAME: Final = "js/all.js"
SHEET_NAME: Final = "css/all.css"


class PackError(ValueError):
    """A script is written in a form that cannot be packed; the message names it."""


def sources(document: str) -> tuple[str, list[str], dict[str, str]]:
    """What the document loads: the first script, the style sheets in order, and what bare names stand for."""
    script, found = _SCRIPT.search(document), _IMPORT_MAP.search(document)
    if script is None or found is None:
        raise PackError("index.html has no module script or no import map")
    imports = json.loads(found[1])["imports"]
    return (
        script[1],
        _SHEET.findall(document),
        {name: path.removeprefix("/ui/static/") for name, path in imports.items()},
    )


def stamp(text: str, version: Callable[[str], str]) -> str:
    """The text with the version in the address of each drawing and font, so that a browser keeps it and never asks."""
    return _ASSET.sub(lambda found: f"{found[0]}?v={version(found['path'])}", text)


def later_address(path: str, version: str) -> str:
    """Where the script lies that an `import("…")` of this module asks for."""
    return f"/ui/static/{path}?packed&v={version}"


def pack_document(document: str, versions: dict[str, str], early: Iterable[str] = ()) -> str:
    """The document that loads the packed script and style sheet of these versions; the modules of `early` are fetched
    beside the first script, which will ask for them."""
    document = _COMMENT.sub("", _IMPORT_MAP.sub("", document))
    sheet = f'    <link rel="stylesheet" href="/ui/static/{SHEET_NAME}?v={versions[SHEET_NAME]}" />\n'
    first = _SHEET.search(document)
    at = first.start() if first else 0
    document = document[:at] + sheet + _SHEET.sub("", document[at:])
    address = f"/ui/static/{SCRIPT_NAME}?v={versions[SCRIPT_NAME]}"
    links = "".join(f'\n    <link rel="modulepreload" href="{later_address(one, versions[one])}" />' for one in early)
    return _SCRIPT.sub(f'<script type="module" src="{address}"></script>{links}', document)


def pack_sheets(names: list[str], read: Read) -> str:
    """The style sheets one after the other. All lie in one folder, so addresses in them stay true."""
    return "\n".join(read(name) for name in names)


def pack_scripts(entry: str, bare: dict[str, str], read: Read) -> dict[str, str]:
    """Scripts by their addresses: SCRIPT_NAME does what loading `entry` with all its modules does, and each of the
    others brings what an `import("…")` asks for later and the first has not. Raises PackError for a circle of imports.
    """
    first, modules, wanted = _bundle(entry, bare, read, frozenset())
    later: dict[str, str] = {}
    while wanted:
        path = wanted.pop()
        if path not in modules and path not in later:
            later[path], _, more = _bundle(path, bare, read, modules)
            wanted += more
    scripts = {path: f"const {{ $, later }} = globalThis.packed;\n{script}" for path, script in later.items()}
    versions = {path: hashlib.sha256(script.encode()).hexdigest()[:20] for path, script in sorted(scripts.items())}
    return {SCRIPT_NAME: _RUNTIME % json.dumps(versions) + first} | scripts


_RUNTIME: Final = """const $ = {};
const versions = %s;
let tries = 0;
const later = async (path) => {
if (path in $) return $[path];
const address = `/ui/static/${path}?packed&v=${versions[path]}`;
try {
await import(address + (tries ? `&try=${tries}` : ""));
} catch (problem) {
tries += 1;
const { status } = await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(10000) });
const taken = [404, 410].includes(status) && !dispatchEvent(new Event("outdated", { cancelable: true }));
if (!taken) throw problem;
await new Promise(() => undefined);
}
return $[path];
};
globalThis.packed = { $, later };
"""
"""A browser may remember that a script could not be loaded, so another try has another address. Where the hub has no
such part any more, the page is older than the hub: js/renewal.js hears that, and loads the page again."""


def _bundle(
    entry: str, bare: dict[str, str], read: Read, known: frozenset[str]
) -> tuple[str, frozenset[str], list[str]]:
    """The module and all that it imports but for `known`; which they are; and what they may ask for later."""
    packed: list[str] = []
    done: set[str] = set(known)
    later: list[str] = []

    def add(path: str, above: tuple[str, ...]) -> None:
        if path in above:
            raise PackError(f"modules import each other in a circle: {' → '.join((*above, path))}")
        if path in done:
            return
        body, wanted = _module(path, read(path), bare, later)
        for one in wanted:
            add(one, (*above, path))
        done.add(path)
        packed.append(body)

    add(entry, ())
    return "\n".join(packed), frozenset(done), later


def _module(path: str, text: str, bare: dict[str, str], later: list[str]) -> tuple[str, list[str]]:
    """The module as one assignment, and the paths of what it imports, in order. What it imports later joins `later`.

    A module that two scripts bring runs once: the first wins."""
    wanted: list[str] = []
    constant: dict[str, str] = {}
    exports: dict[str, str] = {}
    """What may still get another value is read each time."""

    def find(name: str) -> str:
        return bare.get(name) or posixpath.normpath(posixpath.join(posixpath.dirname(path), name))

    def resolve(name: str) -> str:
        wanted.append(find(name))
        return f"$[{json.dumps(wanted[-1])}]"

    def ask(match: re.Match[str]) -> str:
        later.append(find(match["from"]))
        return f"later({json.dumps(later[-1])})"

    def reexport(match: re.Match[str]) -> str:
        source = resolve(match["from"])
        exports.update({public: f"{source}.{name}" for name, public in _names(match["names"])})
        return ""

    def take(match: re.Match[str]) -> str:
        source = resolve(match["from"])
        parts = [f"default: {match['default']}"] if match["default"] else []
        parts += [name if name == local else f"{name}: {local}" for name, local in _names(match["names"] or "")]
        return f"const {{ {', '.join(parts)} }} = {source};" if parts else ""

    def listed(match: re.Match[str]) -> str:
        exports.update({public: name for name, public in _names(match["names"])})
        return ""

    def declared(match: re.Match[str]) -> str:
        (exports if match["kind"] == "let" else constant)[match["name"]] = match["name"]
        return f"{match['kind']} {match['name']}"

    def default(_: re.Match[str]) -> str:
        exports["default"] = "$default"
        return "const $default = "

    text = _INDENT.sub("", _NOTE.sub("", text))
    text = _IMPORT.sub(take, _REEXPORT.sub(reexport, text))
    text = _EXPORT.sub(declared, _EXPORT_DEFAULT.sub(default, _EXPORT_LIST.sub(listed, text)))
    text = _LATER.sub(ask, text)
    if left := re.search(r"^\s*(?:export|import)\b.*", text, re.MULTILINE):
        raise PackError(f"{path} has a form of import or export that is not known here: {left[0].strip()[:80]}")
    public = ", ".join([*constant, *(f"get {name}() {{ return {local}; }}" for name, local in exports.items())])
    return f"$[{json.dumps(path)}] ??= (() => {{\n{text}\nreturn {{ {public} }};\n}})();", wanted


def _names(listed: str) -> list[tuple[str, str]]:
    """`a, b as c` as [("a", "a"), ("b", "c")]."""
    pairs = [one.split(" as ") for one in (part.strip() for part in listed.split(",")) if one]
    return [(pair[0].strip(), pair[-1].strip()) for pair in pairs]
