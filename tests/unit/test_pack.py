"""The pages' many scripts as one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from hub.web import pack

UI = Path(pack.__file__).parent / "ui"


def packed(**files: str) -> str:
    return scripts(**files)[pack.SCRIPT_NAME]


def scripts(**files: str) -> dict[str, str]:
    return pack.pack_scripts("a.js", {"lib": "lib.js"}, lambda path: files[path.removesuffix(".js")])


def test_a_module_comes_after_what_it_imports_and_only_once() -> None:
    script = packed(
        a='import { b } from "./b.js";\nimport { c as d } from "./c.js";\nb(d);',
        b='import { c } from "./c.js";\nexport function b() { return c; }',
        c="export const c = 1;",
    )
    assert [script.count(f'$["{name}.js"] ??= ') for name in "abc"] == [1, 1, 1]
    assert script.index('$["c.js"] ??= ') < script.index('$["b.js"] ??= ') < script.index('$["a.js"] ??= ')
    assert 'const { c: d } = $["c.js"];' in script
    assert "get b() { return b; }" in script


def test_minified_modules_default_exports_and_exports_of_another_module_are_read() -> None:
    script = packed(
        a='import lib, { more } from "lib";import { x } from "./b.js";lib(more, x);',
        b='export { inner as x } from "./c.js";',
        c="const t=1;function n(){};export{n as inner,t as other};",
        lib="var n=1;export default function(s){return s};export const more=2;",
    )
    assert 'const { default: lib, more: more } = $["lib.js"];' in script
    assert 'get x() { return $["c.js"].inner; }' in script
    assert "get inner() { return n; }, get other() { return t; }" in script


def test_what_is_asked_for_later_comes_as_a_script_of_its_own_without_what_is_there() -> None:
    made = scripts(
        a='import { c } from "./c.js";\nconst open = () => import("./b.js").then((it) => it.b(c));',
        b='import { c } from "./c.js";\nimport { d } from "./d.js";\nexport const b = () => c + d;',
        c="export const c = 1;",
        d='export const d = 2;\nexport const again = () => import("./c.js");',
    )
    assert set(made) == {pack.SCRIPT_NAME, "b.js"}
    assert 'later("b.js").then' in made[pack.SCRIPT_NAME]
    assert '$["b.js"] ??=' not in made[pack.SCRIPT_NAME]
    assert [f'$["{name}.js"] ??=' in made["b.js"] for name in "bcd"] == [True, False, True]
    assert 'later("c.js")' in made["b.js"]
    assert hashlib.sha256(made["b.js"].encode()).hexdigest()[:20] in made[pack.SCRIPT_NAME]


def test_a_circle_of_imports_is_refused_by_name() -> None:
    with pytest.raises(pack.PackError, match=r"a\.js → b\.js → a\.js"):
        packed(a='import { b } from "./b.js";', b='import { a } from "./a.js";')


def test_a_form_that_is_not_known_is_refused_by_name() -> None:
    with pytest.raises(pack.PackError, match=r"a\.js has a form"):
        packed(a='import * as all from "./b.js";')


def test_the_pages_pack_and_the_document_loads_only_the_two_files() -> None:
    def read(name: str) -> str:
        return (UI / name).read_text("utf-8")

    script, sheets, bare = pack.sources(read("index.html"))
    packed_script = "".join(pack.pack_scripts(script, bare, read).values())
    for path in (UI / "js").rglob("*.js"):
        name = path.relative_to(UI).as_posix()
        assert (f'$["{name}"] ??= ' in packed_script) == (name != "js/types.js"), f"{name} is used by no page"
    of_customers = {"css/callback.css"}  # hub/web/callback_html.py
    assert {f"css/{path.name}" for path in (UI / "css").iterdir()} == set(sheets) | of_customers
    document = pack.pack_document(read("index.html"), {pack.SCRIPT_NAME: "one", pack.SHEET_NAME: "two"})
    assert document.count("<script") == document.count('rel="stylesheet"') == 1
    assert "js/all.js?v=one" in document
    assert "css/all.css?v=two" in document
