"""The pages' many scripts as one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from hub.web import pack
from hub.web.pages import Pages

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
    assert "return { b };" in script


def test_minified_modules_default_exports_and_exports_of_another_module_are_read() -> None:
    script = packed(
        a='import lib, { more } from "lib";import { x } from "./b.js";lib(more, x);',
        b='export { inner as x } from "./c.js";',
        c="const t=1;function n(){};export{n as inner,t as other};",
        lib="var n=1;export default function(s){return s};export const more=2;",
    )
    assert 'const { default: lib, more } = $["lib.js"];' in script
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


def test_what_may_change_is_read_each_time_and_what_cannot_is_handed_over() -> None:
    script = packed(a='import { b } from "lib";', lib="export let b = 1;\nexport const c = 2;\nexport class D {}")
    assert "return { c, D, get b() { return b; } };" in script


def test_notes_and_indents_do_not_travel() -> None:
    script = packed(a='/** What it does. */\nfunction a() {\n  // why\n  return "https://a.example"; // here\n}')
    assert 'function a() {\nreturn "https://a.example"; // here\n}' in script
    assert "What it does" not in script


def test_a_drawing_or_font_is_asked_for_by_its_version() -> None:
    text = 'url("/ui/static/vendor/a.woff2") `/ui/static/b.svg#${name}` /ui/static/c.js /ui/static/d.svg?v=1'
    stamped = pack.stamp(text, lambda path: path[0])
    assert stamped == (
        'url("/ui/static/vendor/a.woff2?v=v") `/ui/static/b.svg?v=b#${name}` /ui/static/c.js /ui/static/d.svg?v=1'
    )


def test_a_circle_of_imports_is_refused_by_name() -> None:
    with pytest.raises(pack.PackError, match=r"a\.js → b\.js → a\.js"):
        packed(a='import { b } from "./b.js";', b='import { a } from "./a.js";')


def test_a_form_that_is_not_known_is_refused_by_name() -> None:
    with pytest.raises(pack.PackError, match=r"a\.js has a form"):
        packed(a='import * as all from "./b.js";')


async def test_the_first_picture_of_an_agents_day_is_light() -> None:
    """200 kB are the aim (bench_desk), and the answers of the API and all the headers need 20 to 40 of them. What makes
    it heavier belongs into js/pages/soon.js, or into a part of its own."""
    first = ["js/all.js", "css/all.css", "vendor/inter-latin.woff2", "locales/en.ftl", "vendor/icons.svg", "icon.svg"]
    pages = Pages()
    files = {name: await pages.file(name) for name in first}
    weights = {name: len(file.compressed or file.content) for name, file in files.items()}
    assert sum(weights.values()) <= 150_000, weights


def test_the_pages_pack_and_the_document_loads_only_the_two_files() -> None:
    def read(name: str) -> str:
        return (UI / name).read_text("utf-8")

    script, sheets, bare = pack.sources(read("index.html"))
    packed_script = "".join(pack.pack_scripts(script, bare, read).values())
    for path in (UI / "js").rglob("*.js"):
        name = path.relative_to(UI).as_posix()
        assert (f'$["{name}"] ??= ' in packed_script) == (name != "js/types.js"), f"{name} is used by no page"
    of_customers = {"css/callback.css"}  # hub/web/callback_pages/html.py
    assert {f"css/{path.name}" for path in (UI / "css").iterdir()} == set(sheets) | of_customers
    document = pack.pack_document(read("index.html"), {pack.SCRIPT_NAME: "one", pack.SHEET_NAME: "two"})
    assert document.count("<script") == document.count('rel="stylesheet"') == 1
    assert "js/all.js?v=one" in document
    assert "css/all.css?v=two" in document
    assert "modulepreload" not in document
    versions = {pack.SCRIPT_NAME: "one", pack.SHEET_NAME: "two", "js/b.js": "three"}
    early = pack.pack_document(read("index.html"), versions, early=["js/b.js"])
    assert '<link rel="modulepreload" href="/ui/static/js/b.js?packed&v=three" />' in early
