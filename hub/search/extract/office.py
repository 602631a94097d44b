"""Office documents: a zip with XML in it. Read in small pieces with a bound for each and for all, so that a file
that grows without end when it is unpacked ends there.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from lxml import etree

from hub.search.extract.kinds import MAX_TEXT, Extracted

MAX_PART: Final = 40 * 1024 * 1024
MAX_ALL: Final = 100 * 1024 * 1024
"""Bytes of XML, unpacked."""
MAX_PARTS: Final = 300
_CHUNK: Final = 64 * 1024
_PARTS: Final = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|xl/(sharedStrings|comments\d*|worksheets/sheet\d+)\.xml"
    r"|ppt/(slides/slide\d+|notesSlides/notesSlide\d+)\.xml"
    r"|content\.xml"
)
_LINE_ENDS: Final = re.compile(r"(?<![ \t])[ \t]*\n\s*")
"""Looked for from the first space of a run only: from each of them, a million would take a minute."""
_BREAKS: Final = frozenset(
    {"p", "h", "br", "tab", "row", "c", "si", "tc", "table-cell", "list-item", "s", "line-break"}
)
_SILENT: Final = frozenset({"instrText", "f", "binary-data"})
"""Not written to be read; neither are cells of type "s", which only number the shared strings."""
_FAILURES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


class _TooLarge(Exception):
    """It unpacks to more than anybody would have written."""


def read_office(content: bytes) -> Extracted:
    """docx, xlsx, pptx, odt, ods, odp."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [one for one in archive.infolist() if _PARTS.fullmatch(one.filename)]
            parts = sorted(parts, key=_order)[:MAX_PARTS]
            if not parts:
                return Extracted(reason="unsupported")
            if any(one.flag_bits & 1 for one in parts):
                return Extracted(reason="encrypted")
            pieces: list[str] = []
            unpacked = length = 0
            for part in parts:
                text, size = _text(archive, part, min(MAX_PART, MAX_ALL - unpacked))
                pieces.append(text)
                unpacked += size
                length += len(text)
                if length > MAX_TEXT:
                    break
    except _TooLarge:
        return Extracted(reason="too_large")
    except _FAILURES as failure:
        return Extracted(reason=f"broken: {type(failure).__name__}")
    return Extracted(_LINE_ENDS.sub("\n", "\n".join(pieces)).strip())


def _order(part: zipfile.ZipInfo) -> tuple[int, str]:
    """The body before headers and notes, slides in their order."""
    return len(part.filename), part.filename


class _Letters:
    """What the parser tells, in order; no tree is ever held."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self._silent = 0
        self._shared = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "c":
            self._shared = attributes.get("t") == "s"
        if self._silent or name in _SILENT or (name == "v" and self._shared):
            self._silent += 1

    def end(self, tag: str) -> None:
        if self._silent:
            self._silent -= 1
        elif tag.rpartition("}")[2] in _BREAKS:
            self.pieces.append("\n")

    def data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)
            self.length += len(data)

    def doctype(self, *_: object) -> None:
        """Entities are declared there, and made of each other without end; no program that writes documents has any."""
        raise ValueError("a document type")

    def close(self) -> None:
        return None


def _text(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> tuple[str, int]:
    """The text of one part and its size."""
    letters = _Letters()
    parser = etree.XMLParser(target=letters, resolve_entities=False, no_network=True, load_dtd=False)
    size = 0
    with archive.open(part) as file:
        while letters.length <= MAX_TEXT and (chunk := file.read(_CHUNK)):
            size += len(chunk)
            if size > most:
                raise _TooLarge
            try:
                parser.feed(chunk)
            except etree.XMLSyntaxError:
                if letters.length:
                    break  # what stands before the fault is worth having
                raise
    if size and not letters.length:
        parser.close()  # says what is missing at the end
    return "".join(letters.pieces), size
