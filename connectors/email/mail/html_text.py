"""HTML to the text a reader sees, and the same without what is structurally a quote or a signature."""

from __future__ import annotations

import html as entities
import re
from itertools import islice

from lxml import etree

MAX_HTML = 1024 * 1024  # characters that are laid out; the rest would not be read by anybody
MAX_QUOTE = 8  # levels of '>' that are drawn
MAX_BORDERS = 50  # of Outlook's look that are read

_INVISIBLE = frozenset(("script", "style", "head", "title", "template", "noscript", "noframes", "object", "svg", "math",
                        "iframe", "select", "textarea", "xml"))  # fmt: skip
_PARAGRAPH = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "pre", "table"))
_BLOCK = _PARAGRAPH | frozenset(
    ("div", "tr", "li", "dt", "dd", "hr", "center", "address", "article", "section", "header", "footer", "main",
     "form", "fieldset", "figure", "body", "html", "caption", "thead", "tbody", "details", "summary", "nav", "aside")
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z!?][\w:-]*)[^<>]*>")
_BLANKS = re.compile(r"[ \t\n\r\f]+")

# Elements that are a quote by the markup of the client that wrote them (class, id, or how its id begins).
_QUOTE_CLASSES = frozenset((
    "gmail_quote", "gmail_quote_container", "gmail_attr", "moz-cite-prefix", "moz-forward-container", "yahoo_quoted",
    "yahooquoted", "ydp-yahoo-quoted", "protonmail_quote", "tutanota_quote", "zmail_extra", "zmail_extra_hr",
    "airmail_ext_on", "front-blockquote", "freshdesk_quote", "gd_quote", "quoted-text", "bloop_original_html",
    "ms-outlook-mobile-reference-message", "hushmail_quote", "spark_quote", "mailru-blockquote", "mail-quote-collapse",
))  # fmt: skip
_SIGNATURE_CLASSES = frozenset((
    "gmail_signature", "gmail_signature_prefix", "moz-signature", "protonmail_signature_block", "tutanota_signature",
    "bloop_sign", "spark_signature", "mailspring-signature",
))  # fmt: skip
_QUOTE_IDS = ("yahoo_quoted", "yahooquotedtext", "olk_src_body_section", "isforwardcontent", "isreplycontent",
              "mail-editor-reference-message-container", "reply-intro", "replyblockquote")  # fmt: skip
_SIGNATURE_IDS = ("applemailsignature", "ms-outlook-mobile-signature", "signature", "x_signature", "bloop_sign")
# From these on, everything to the end is the old mail.
_CUT_IDS = frozenset(("appendonsend", "divrplyfwdmsg", "x_divrplyfwdmsg", "x_appendonsend", "hmstopspelling_quote"))
# Outlook's rule above the old header: a top border and nothing else around a block that starts with "From:".
_OUTLOOK_BORDER = re.compile(
    r"border:\s*none;\s*border-top:\s*solid\s+(?:#(?:E1E1E1|B5C4DF)|windowtext)\s+1\.0pt", re.IGNORECASE
)
_LABEL = re.compile(r"\s*\*?\s*\S[^:：\n]{0,25}\s*[:：]")
QUOTE_MARKERS = ("gmail_quote", "blockquote", "divrplyfwdmsg", "moz-cite", "yahoo_quoted", "protonmail_quote",
                 "border-top:solid", "appendonsend", "olk_src", "zmail_extra", "tutanota_quote")  # fmt: skip


class Page:
    """A parsed HTML body. Parsing never raises and never loads anything."""

    def __init__(self, markup: str) -> None:
        self.markup = markup[:MAX_HTML]
        self.body = _parse(self.markup)

    def text(self) -> str:
        """The visible text; quoted blocks are drawn with '> ' as in plain mail."""
        return tidy(_flatten(self.markup)) if self.body is None else _Layout().draw(self.body)

    def cut_quotes(self) -> bool:
        """Removes what the markup says is a quote or a signature, unless nothing would be left.
        True when a quote was removed."""
        if self.body is None:
            return False
        quotes, signatures = _find_quotes(self.body)
        layout = _Layout(frozenset(quotes) | frozenset(signatures))
        if not (quotes or signatures) or not layout.draw(self.body):
            return False
        for element in (*quotes, *signatures):
            _remove(element)
        return bool(quotes)


def _parse(markup: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", "ignore"), parser)
    except (etree.LxmlError, ValueError):
        return None
    if root is None or any("depth" in entry.message for entry in parser.error_log):  # deeper is left out by libxml2
        return None
    return root


def _flatten(markup: str) -> str:
    """Tags removed without looking at their structure, for markup that no parser takes; linear."""
    out: list[str] = []
    position = 0
    inside = ""  # the element whose content nobody sees
    for tag in _TAG.finditer(markup):
        name = tag[2].lower()
        if not inside:
            out.append(markup[position : tag.start()])
            out.append("\n" if name in _BLOCK or name == "br" else "")
            inside = name if name in {"script", "style"} and not tag[1] else ""
        elif tag[1] and name == inside:
            inside = ""
        position = tag.end()
    out.append("" if inside else markup[position:])
    return entities.unescape("".join(out))


def tidy(text: str) -> str:
    """Blanks at line ends and more than one empty line in a row removed."""
    lines: list[str] = []
    for drawn in text.split("\n"):
        line = drawn.rstrip(" \t\u00a0")
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n")


class _Layout:
    """Draws a tree as lines, without recursion."""

    def __init__(self, left_out: frozenset[etree._Element] = frozenset()) -> None:
        self.left_out = left_out
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quote = 0
        self.preformatted = 0

    def draw(self, root: etree._Element) -> str:
        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skipped is None and event == "start":
                if element.tag in _INVISIBLE or element in self.left_out or _hidden(element):
                    skipped = element
                else:
                    self._open(element)
            if event == "end":
                if skipped is None:
                    self._close(element)
                elif skipped is element:
                    skipped = None
                if skipped is None and element.tail and element is not root:
                    self._words(element.tail)
        self._break()
        return tidy("\n".join(self.lines))

    def _open(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCK:
            self._break(blank=tag in _PARAGRAPH)
            if tag == "blockquote":
                self.quote += 1
            elif tag == "pre":
                self.preformatted += 1
            elif tag == "li":
                self.line.append("- ")
            elif tag == "hr":
                self.line.append("-" * 8)
                self._break()
        elif tag == "br":
            self._break(forced=True)
        elif tag in {"td", "th"} and self.line:
            self.line.append(" ")
        elif tag == "img" and (alternative := (element.get("alt") or "").strip()):
            self._words(f"[{alternative}]")
        if element.text:
            self._words(element.text)

    def _close(self, element: etree._Element) -> None:
        tag = element.tag
        if tag not in _BLOCK:
            return
        self._break()
        if tag == "blockquote":
            self.quote -= 1
        elif tag == "pre":
            self.preformatted -= 1
        self._break(blank=tag in _PARAGRAPH)

    def _words(self, text: str) -> None:
        if self.preformatted:
            first, *more = text.split("\n")
            self.line.append(first)
            for line in more:
                self._break(forced=True)
                self.line.append(line)
            return
        text = _BLANKS.sub(" ", text)
        if text == " " and not self.line:
            return
        self.line.append(text)

    def _break(self, *, blank: bool = False, forced: bool = False) -> None:
        content = "".join(self.line)
        content = content.rstrip() if self.preformatted else content.strip(" ")
        self.line = []
        prefix = "> " * min(self.quote, MAX_QUOTE)
        if content or forced:
            self.lines.append((prefix + content).rstrip(" "))
        if blank and self.lines and self.lines[-1].strip("> "):
            self.lines.append(prefix.rstrip(" "))


def _hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))


def _find_quotes(root: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    quotes: list[etree._Element] = []
    signatures: list[etree._Element] = []
    blockquote: etree._Element | None = None
    borders = 0
    for element in root.iter(etree.Element):
        tag = element.tag
        classes = {name.removeprefix("x_").lower() for name in (element.get("class") or "").split()}
        identity = (element.get("id") or "").lower()
        if identity in _CUT_IDS:
            quotes += _to_the_end(element)
            break
        if tag == "blockquote":
            if (element.get("type") or "").lower() == "cite" or classes & {"cite", "gmail_quote"}:
                quotes.append(element)
            else:
                blockquote = element
        elif classes & _QUOTE_CLASSES or identity.startswith(_QUOTE_IDS):
            quotes.append(element)
        elif tag in {"div", "p"} and _OUTLOOK_BORDER.search(element.get("style") or ""):
            borders += 1
            if borders <= MAX_BORDERS and _LABEL.match("".join(islice(element.itertext(), 20)).strip()[:60]):
                quotes += _to_the_end(element)
                break
        elif classes & _SIGNATURE_CLASSES or identity.startswith(_SIGNATURE_IDS):
            signatures.append(element)
    if not quotes and blockquote is not None and not _text_after(blockquote):
        quotes.append(blockquote)  # no client's mark on it, but it is the last thing in the mail
    return quotes, signatures


def _to_the_end(element: etree._Element) -> list[etree._Element]:
    """The element, the rule right above it, and everything after it in the document."""
    found = [element]
    above = element.getprevious()
    if above is not None and above.tag == "hr":
        found.append(above)
    here: etree._Element | None = element
    while here is not None:
        found += here.itersiblings()
        here = here.getparent()
    return found


def _text_after(element: etree._Element) -> bool:
    here: etree._Element | None = element
    while here is not None:
        if (here.tail or "").strip():
            return True
        if any("".join(sibling.itertext()).strip() for sibling in here.itersiblings(etree.Element)):
            return True
        here = here.getparent()
    return False


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    previous = element.getprevious()
    if element.tail:
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
