"""The files of the pages, without a browser: contrast, words, icons, vendored parts, what is preloaded."""

from __future__ import annotations

import importlib.util
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "hub/web/ui"
SCRIPTS = sorted((UI / "js").rglob("*.js"))
STYLES = sorted((UI / "css").glob("*.css"))

Colour = tuple[float, float, float]
COLOUR = re.compile(r"--([\w-]+):\s*light-dark\(oklch\(([^)/]+)\),\s*oklch\(([^)/]+)\)\);")


def linear_srgb(lightness: float, chroma: float, hue: float) -> Colour:
    """OKLCH to linear sRGB, clipped to what a screen shows."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return tuple(min(1.0, max(0.0, channel)) for channel in (red, green, blue))  # type: ignore[return-value]


def luminance(colour: Colour) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(one: Colour, other: Colour) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def tokens(theme: int) -> dict[str, Colour]:
    """The colours of tokens.css by name; theme 0 is light, 1 is dark."""
    found = COLOUR.findall((UI / "css/tokens.css").read_text("utf-8"))
    return {name: linear_srgb(*(float(part) for part in values[theme].split())) for name, *values in found}


GROUNDS = ["canvas", "surface", "surface-raised", "surface-sunken", "surface-hover"]
TEXT_PAIRS = [
    *[
        (text, ground)
        for text in ("text", "text-muted", "text-faint", "accent-text", "danger-text")
        for ground in GROUNDS
    ],
    *[("text", f"{name}-ground") for name in ("accent", "danger", "warning", "success", "note")],
    *[(f"{name}-text", f"{name}-ground") for name in ("accent", "danger", "warning", "success", "note")],
    *[(f"{name}-text", ground) for name in ("warning", "success") for ground in GROUNDS],
    *[("text-muted", f"{name}-ground") for name in ("accent", "danger", "warning", "note")],
    ("text-muted", "surface-active"),
    ("text-on-accent", "accent"),
    ("text-on-accent", "accent-hover"),
    ("surface", "danger"),
]
CHANNELS = ["email", "sms", "whatsapp", "chat", "voice", "fax", "visit", "social", "other"]
MARK_PAIRS = [
    *[(f"channel-{name}", ground) for name in CHANNELS for ground in ("surface", "accent-ground", "note-ground")],
    *[(f"thread-{number}", ground) for number in range(1, 7) for ground in ("canvas", "surface")],
    *[(name, "surface") for name in ("accent", "danger", "warning", "success", "focus", "line-strong")],
    *[("focus", ground) for ground in GROUNDS],
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground_it_stands_on(theme: int) -> None:
    colours = tokens(theme)
    weak = {
        pair: round(ratio, 2) for pair in TEXT_PAIRS if (ratio := contrast(colours[pair[0]], colours[pair[1]])) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_marks_can_be_told_from_their_ground(theme: int) -> None:
    colours = tokens(theme)
    weak = {
        pair: round(ratio, 2) for pair in MARK_PAIRS if (ratio := contrast(colours[pair[0]], colours[pair[1]])) < 3.0
    }
    assert weak == {}


def test_the_contrast_is_computed_as_wcag_does() -> None:
    white, black = linear_srgb(1, 0, 0), linear_srgb(0, 0, 0)
    assert contrast(white, black) == pytest.approx(21, abs=0.01)
    grey = linear_srgb(0.5999, 0, 0)  # #808080
    assert contrast(white, grey) == pytest.approx(3.95, abs=0.02)


def test_every_custom_property_that_is_used_is_defined() -> None:
    text = "\n".join(path.read_text("utf-8") for path in STYLES)
    defined = set(re.findall(r"(--[\w-]+)\s*:", text)) | {"--pane-list", "--pane-customer"}
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= defined


def messages(language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((UI / "locales" / language).glob("*.ftl")):
        for name, body in re.findall(r"^([a-z][\w-]*) = ?(.*(?:\n[ \t]+.*)*)", path.read_text("utf-8"), re.MULTILINE):
            assert name not in found, f"{name} is defined twice for {language}"
            found[name] = body
    return found


def test_every_word_that_a_page_asks_for_exists() -> None:
    source = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    asked = set(re.findall(r'\bt\(\s*"([\w-]+)"', source))
    asked |= {name for pair in re.findall(r'\bt\([^"(){},]*\? "([\w-]+)" : "([\w-]+)"', source) for name in pair}
    assert asked
    assert asked - set(messages("en")) == set()


@pytest.mark.parametrize("language", sorted(path.name for path in (UI / "locales").iterdir()))
def test_a_translation_has_the_same_words_and_variables_as_english(language: str) -> None:
    english, other = messages("en"), messages(language)
    assert set(other) == set(english)
    for name, body in english.items():
        assert set(re.findall(r"\$(\w+)", other[name])) <= set(re.findall(r"\$(\w+)", body)), name


def icons() -> Iterator[str]:
    for path in SCRIPTS:
        text = path.read_text("utf-8")
        yield from re.findall(r'<\$\{Icon\} name="([\w-]+)"', text)
        yield from re.findall(r'\bicon(?:End)?[=:]\s*"([\w-]+)"', text)


def test_every_icon_that_is_used_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (UI / "vendor/icons.svg").read_text("utf-8")))
    assert sprite == set(json.loads((UI / "vendor/manifest.json").read_text("utf-8"))["icons"])
    used = set(icons())
    assert used
    assert used - sprite == set()


def updater() -> ModuleType:
    spec = importlib.util.spec_from_file_location("vendor_update", UI / "vendor/update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_vendored_parts_are_those_of_the_manifest() -> None:
    manifest: dict[str, Any] = json.loads((UI / "vendor/manifest.json").read_text("utf-8"))
    assert updater().check(manifest) == []
    assert all(part["version"] and part["licence"] for part in manifest["parts"])
    listed = {entry["to"] for part in manifest["parts"] for entry in part["files"]}
    served = {
        f"hub/web/ui/{path.relative_to(UI)}"
        for path in (UI / "vendor").rglob("*")
        if path.suffix in {".js", ".woff2", ".svg"}
    }
    assert served <= listed
    faces = (UI / "css/tokens.css").read_text("utf-8").split("@font-face")
    for entry in (entry for part in manifest["parts"] for entry in part["files"] if "keep" in entry):
        face = next(one for one in faces if Path(entry["to"]).name in one)
        assert re.findall(r"U\+[0-9A-F-]+", face) == entry["keep"]["unicodes"].split(",")


def test_no_vendored_part_asks_for_a_source_map() -> None:
    assert not [path for path in (UI / "vendor").rglob("*.js") if "sourceMappingURL" in path.read_text("utf-8")]


IMPORT = re.compile(r'(?:import|export)\b[^"\'();]*?from\s*"([^"]+)"|^import\s*"([^"]+)"', re.MULTILINE)


def test_nothing_in_the_pages_needs_a_looser_policy() -> None:
    """The CSP forbids inline styles, inline handlers and every address that is not ours."""
    for path in [*SCRIPTS, UI / "index.html"]:
        text = path.read_text("utf-8")
        assert not re.search(r"<[^>`]*\sstyle=", text), f"{path} has an inline style"
        assert not re.search(r"<[^>`$]*\son[a-z]+=\"", text), f"{path} has an inline handler"
        assert not re.search(
            r"\b(?:(?:inner|outer)HTML\s*[+?|&]*=(?!=)|insertAdjacentHTML|dangerouslySetInnerHTML)", text
        ), path
    for path in STYLES:
        assert "http" not in path.read_text("utf-8"), f"{path} loads from elsewhere"


def test_a_component_knows_nothing_of_the_application() -> None:
    for path in (UI / "js/components").glob("*.js"):
        names = {"".join(match) for match in IMPORT.findall(path.read_text("utf-8"))}
        strange = {name for name in names if re.search(r"/(state|pages)/|/(store|api|live|router)\.js", name)}
        assert not strange, f"{path.name} imports {strange}"
