"""The widget's files: small enough for any page, whole in every language, nothing that a strict policy stops."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

WIDGET = Path(__file__).resolve().parents[3] / "connectors/webchat/widget"
LOCALES = sorted((WIDGET / "locales").glob("*.json"))
LIMIT = 30_000
LOADER_LIMIT = 5_000


def gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def test_a_visitor_loads_less_than_30_kb() -> None:
    code = [path for path in WIDGET.iterdir() if path.suffix in {".js", ".css", ".html"}]
    assert {"widget.js", "frame.js", "frame.css", "frame.html"} <= {path.name for path in code}
    largest_locale = max(gzipped(path) for path in LOCALES)
    assert sum(gzipped(path) for path in code) + largest_locale < LIMIT


def test_a_page_that_only_shows_the_button_runs_a_small_script() -> None:
    assert gzipped(WIDGET / "widget.js") < LOADER_LIMIT


def test_every_language_that_is_offered_has_its_file() -> None:
    (offered,) = re.findall(r"SPOKEN = (\[.*?\])", (WIDGET / "words.js").read_text("utf-8"))
    assert sorted(json.loads(offered)) == [path.stem for path in LOCALES]


@pytest.mark.parametrize("path", LOCALES, ids=lambda path: path.stem)
def test_every_language_says_everything_with_the_same_blanks(path: Path) -> None:
    def blanks(text: str) -> set[str]:
        return set(re.findall(r"\{\w+\}", text))

    english = json.loads((WIDGET / "locales/en.json").read_text("utf-8"))
    texts = json.loads(path.read_text("utf-8"))
    assert texts.keys() == english.keys()
    for key, text in texts.items():
        if isinstance(text, dict):
            assert "other" in text
            assert blanks(text["other"]) == blanks(english[key]["other"])
        else:
            assert text.strip()
            assert blanks(text) == blanks(english[key]), key


def test_every_word_that_the_code_asks_for_exists() -> None:
    english = json.loads((WIDGET / "locales/en.json").read_text("utf-8"))
    code = "".join(path.read_text("utf-8") for path in WIDGET.iterdir() if path.suffix in {".js", ".html"})
    asked = set(re.findall(r'\bsay\("(\w+)"', code)) | set(re.findall(r'data-(?:text|label)="(\w+)"', code))
    choices = re.findall(r'\bsay\([^")]*\? "(\w+)" : "(\w+)"', code)
    asked |= {word for pair in choices for word in pair}
    assert len(asked) > 40
    assert asked <= english.keys()
    assert english.keys() <= set(re.findall(r'"(\w+)"', code)), "words that nobody says"


def test_the_frame_asks_for_all_its_modules_at_once() -> None:
    frame = (WIDGET / "frame.html").read_text("utf-8")
    modules = {path.name for path in WIDGET.glob("*.js")} - {"widget.js"}
    assert set(re.findall(r'assets/([\w.]+\.js)"', frame)) == modules


def test_nothing_needs_a_laxer_policy() -> None:
    for path in WIDGET.rglob("*.*"):
        text = path.read_text("utf-8")
        assert not re.search(r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write", text), (
            path
        )
        if path.suffix == ".html":
            assert not re.search(r'\sstyle="|\son\w+="|<style|<script(?![^>]*\bsrc=)', text)
