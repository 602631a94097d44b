"""The one place where HTML from outside is made safe, whatever channel it came by.

Nothing in the result acts, and nothing loads from the network by itself: a remote image becomes
`<img data-remote-src="…">`, which the page loads only when the agent asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import nh3

MAX_HTML = 2 * 1024 * 1024  # characters; what is longer is cut
MAX_DEPTH = 100  # open elements; nh3 takes time quadratic in it
MAX_FORMATTING = 200_000  # (tags x formatting elements open at them): browsers reopen those at every block

_TAGS = frozenset((
    "a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br",
    "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt",
    "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i",
    "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section", "small",
    "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time",
    "tr", "tt", "u", "ul", "var", "wbr",
))  # fmt: skip
_DROPPED_WITH_CONTENT = frozenset((
    "script", "style", "title", "template", "noscript", "iframe", "object", "embed", "svg", "math", "textarea",
    "select",
))  # fmt: skip
_ATTRIBUTES = {
    "*": {"align", "dir", "lang", "style", "title", "valign"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height", "border"},
    "font": {"color", "face", "size"},
    "table": {"width", "height", "border", "cellpadding", "cellspacing", "bgcolor"},
    "tr": {"bgcolor", "height"},
    "td": {"width", "height", "colspan", "rowspan", "bgcolor", "nowrap"},
    "th": {"width", "height", "colspan", "rowspan", "bgcolor", "nowrap", "scope"},
    "col": {"width", "span"},
    "colgroup": {"width", "span"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "li": {"value"},
    "hr": {"width", "size", "color"},
    "div": {"bgcolor"},
    "time": {"datetime"},
}
_STYLES = frozenset((
    "background-color", "border", "border-bottom", "border-bottom-color", "border-bottom-style",
    "border-bottom-width", "border-collapse", "border-color", "border-left", "border-left-color",
    "border-left-style", "border-left-width", "border-radius", "border-right", "border-right-color",
    "border-right-style", "border-right-width", "border-spacing", "border-style", "border-top",
    "border-top-color", "border-top-style", "border-top-width", "border-width", "box-sizing", "clear", "color",
    "direction", "display", "float", "font", "font-family", "font-size", "font-style", "font-variant",
    "font-weight", "height", "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom",
    "margin-left", "margin-right", "margin-top", "max-height", "max-width", "min-height", "min-width",
    "padding", "padding-bottom", "padding-left", "padding-right", "padding-top", "table-layout", "text-align",
    "text-decoration", "text-indent", "text-transform", "vertical-align", "white-space", "width", "word-break",
    "word-spacing", "word-wrap", "overflow-wrap",
))  # fmt: skip
# Values that can only be lengths, names, colours and fonts: no escape, no comment, no function that loads or computes.
_STYLE_VALUE = re.compile(r"(?:[\w\s#%.,'\"!+-]|(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]{1,40}\)){1,300}", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(?:png|gif|jpe?g|webp|bmp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_IGNORED_IN_URLS = re.compile("[\x00-\x20\x7f]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")

_NEVER_NEST = frozenset((  # void elements, and those that a sibling closes
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dd", "dt", "tr", "td", "th", "option", "tbody", "thead", "tfoot",
))  # fmt: skip
_FORMATTING = frozenset((
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
))  # fmt: skip
_REMOTE = "\ue000"  # marks, inside one call, the image sources to be renamed


@dataclass(frozen=True, slots=True)
class SafeHtml:
    """HTML that may be shown to an agent, and how many images in it wait for the agent's consent."""

    html: str
    remote_images: int


def sanitise_html(html: str, *, cid: Mapping[str, str] = MappingProxyType({})) -> SafeHtml:
    """`html` with everything active and everything that loads by itself removed.

    `cid` maps Content-IDs (without `cid:` and brackets) to the URLs of stored inline images; an image whose id is not
    in it keeps its `cid:` address. Takes time linear in the length of `html`, and does not raise.
    """
    html = html[:MAX_HTML].replace(_REMOTE, "").replace("\x00", "")
    remote = 0

    def keep(tag: str, attribute: str, value: str) -> str | None:
        nonlocal remote
        if attribute == "style":
            return _style(value) or None
        if attribute == "href":
            return _link(value)
        if attribute != "src":
            return value
        address = _IGNORED_IN_URLS.sub("", value)
        if address[:4].lower() == "cid:":
            return cid.get(address[4:].strip("<>"), address)
        if _EMBEDDED.fullmatch(address):
            return address
        if address.lower().startswith(("https://", "http://")):
            remote += 1
            return _REMOTE + address
        if address.startswith("//"):
            remote += 1
            return _REMOTE + "https:" + address
        return None

    safe = nh3.clean(
        _flattened(html),
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=keep,
        url_schemes={"http", "https", "mailto", "tel", "sms", "cid", "data"},
        set_tag_attribute_values={"a": {"target": "_blank"}},
        link_rel="noopener noreferrer nofollow",
    )
    return SafeHtml(safe.replace(f' src="{_REMOTE}', ' data-remote-src="'), remote)


def _link(value: str) -> str | None:
    scheme = _SCHEME.match(_IGNORED_IN_URLS.sub("", value))
    return value if scheme and scheme[1].lower() in {"http", "https", "mailto", "tel", "sms"} else None


def _style(value: str) -> str:
    kept = []
    for declaration in value.split(";"):
        name, _, setting = declaration.partition(":")
        name, setting = name.strip().lower(), setting.strip()
        if name in _STYLES and _STYLE_VALUE.fullmatch(setting):
            kept.append(f"{name}:{setting}")
    return ";".join(kept)


def _flattened(html: str) -> str:
    """`html` without the tags that nest deeper than anybody writes. One pass."""
    out: list[str] = []
    stack: list[str] = []
    formatting = 0  # of those in the stack
    reopened = 0
    position = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if tag[1]:
            if stack and stack[-1] == name:
                stack.pop()
                formatting -= name in _FORMATTING
            continue
        reopened += formatting
        if name in _NEVER_NEST:
            continue
        if len(stack) >= MAX_DEPTH or (name in _FORMATTING and reopened > MAX_FORMATTING):
            out.append(html[position : tag.start()])
            position = tag.end()
            continue
        stack.append(name)
        formatting += name in _FORMATTING
    out.append(html[position:])
    return "".join(out)
