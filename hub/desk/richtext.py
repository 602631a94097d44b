"""HTML that agents write: cleaned to what mail programs show alike, and as plain text beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import nh3

if TYPE_CHECKING:
    from lxml import html as lxml_html

_TAGS: Final = frozenset((
    "a", "b", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "hr", "i", "li", "ol", "p", "pre", "s",
    "span", "strong", "sub", "sup", "u", "ul",
))  # fmt: skip
_SIGNATURE_TAGS: Final = _TAGS | {"img", "small", "table", "tbody", "td", "tr"}
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}, "*": {"dir", "lang"}}
_SIGNATURE_ATTRIBUTES: Final = {
    **_ATTRIBUTES,
    "img": {"src", "alt", "width", "height"},
    "td": {"width", "valign", "align"},
    "table": {"cellpadding", "cellspacing", "width"},
}
_BLOCKS: Final = frozenset(("blockquote", "div", "h1", "h2", "h3", "hr", "li", "ol", "p", "pre", "table", "tr", "ul"))
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_MANY_LINES: Final = re.compile(r"\n{3,}")


def clean_message(html: str) -> str:
    """What an agent wrote, without anything that acts, loads or looks like something else."""
    return _clean(html, _TAGS, _ATTRIBUTES)


def clean_signature(html: str) -> str:
    """As a message; it may have pictures, and tables to set them beside the words."""
    return _clean(html, _SIGNATURE_TAGS, _SIGNATURE_ATTRIBUTES)


def _clean(html: str, tags: Iterable[str], attributes: Mapping[str, set[str]]) -> str:
    return nh3.clean(
        html,
        tags=set(tags),
        clean_content_tags={"script", "style", "title", "template"},
        attributes=dict(attributes),
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


def as_text(html: str) -> str:
    """The words, with the lines, lists, quotes and links that can be shown in plain text."""
    if not html.strip():
        return ""
    from lxml import html as lxml_html  # loaded when first wanted: it takes 4 MB

    writer = _Writer()
    for part in lxml_html.fragments_fromstring(html):
        if isinstance(part, str):
            writer.say(part)
        else:
            writer.element(part)
    return writer.text()


class _Writer:
    """Lines as they are written, each with the quotes and lists that it stands in."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._before: list[str] = []
        self._item = ""

    def text(self) -> str:
        self._end_line()
        return _MANY_LINES.sub("\n\n", "\n".join(line.rstrip() for line in self._lines)).strip()

    def say(self, words: str | None, *, kept: bool = False) -> None:
        if not words:
            return
        if not kept:
            words = _SPACES.sub(" ", words)
            self._line += words.lstrip(" ") if not self._line or self._line.endswith(" ") else words
            return
        first, *more = words.split("\n")
        self._line += first
        for line in more:
            self._end_line(blank=True)
            self._line = line

    def element(self, element: lxml_html.HtmlElement, *, kept: bool = False) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "br":
            self._end_line(blank=True)
        elif tag == "hr":
            self._end_line()
            self._line = "--"
            self._end_line()
        elif tag == "img":
            self.say(element.get("alt"))
        elif tag:
            self._inside(tag, element, kept=kept or tag == "pre")
        self.say(element.tail, kept=kept)

    def _inside(self, tag: str, element: lxml_html.HtmlElement, *, kept: bool) -> None:
        block = tag in _BLOCKS
        if block:
            self._end_line()
        if tag in ("p", "h1", "h2", "h3", "blockquote") and self._lines and self._lines[-1].strip("> "):
            self._lines.append("".join(self._before).rstrip())
        if tag == "blockquote":
            self._before.append("> ")
        if tag == "li":
            self._item = _mark(element)
            self._before.append("  ")
        self.say(element.text, kept=kept)
        for child in element:
            self.element(child, kept=kept)
        href = element.get("href", "") if tag == "a" else ""
        shown = "".join(element.itertext()).strip()
        if href and href.removeprefix("mailto:").removeprefix("tel:") not in (shown, f"{shown}/"):
            self.say(f" <{href}>")
        if block:
            self._end_line()
        if tag in ("blockquote", "li"):
            self._before.pop()

    def _end_line(self, *, blank: bool = False) -> None:
        """`blank`: an empty line is one too."""
        if self._line.strip() or blank:
            before = "".join(self._before)
            if self._item:
                before = before.removesuffix("  ") + self._item
                self._item = ""
            self._lines.append(before + self._line.rstrip(" "))
        self._line = ""


def _mark(item: lxml_html.HtmlElement) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    start = parent.get("start", "1")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
    return f"{first + [one for one in parent if one.tag == 'li'].index(item)}. "
