"""Text files, and pages of the web."""

from __future__ import annotations

from typing import Final

from lxml import etree, html

from hub.search.extract.kinds import MAX_TEXT, Extracted

_MOST_HTML: Final = 5_000_000
_CONTROLS: Final = 0.05


def read_plain(content: bytes) -> Extracted:
    text = decoded(content[: 4 * MAX_TEXT])
    controls = sum(1 for letter in text[:2000] if ord(letter) < 32 and letter not in "\t\r\n\f\x1b")
    if controls > _CONTROLS * min(len(text), 2000):
        return Extracted(reason="unsupported")
    return Extracted(text)


def read_html(content: bytes) -> Extracted:
    if len(content) > _MOST_HTML:
        return Extracted(reason="too_large")
    try:
        tree = html.document_fromstring(decoded(content).encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return Extracted(reason="broken: html")
    etree.strip_elements(tree, "script", "style", "head", "noscript", etree.Comment, with_tail=False)
    return Extracted("\n".join(piece.strip() for piece in tree.itertext() if piece.strip()))


def decoded(content: bytes) -> str:
    """UTF-16 where it says so, UTF-8 where it is, and the commonest of the others."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
