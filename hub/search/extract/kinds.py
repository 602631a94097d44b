"""Which reader a file needs: by its beginning, for a name and a type are only what the sender said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MAX_TEXT: Final = 1_000_000
"""Letters that are kept of a file."""
PLAIN: Final = (
    "txt",
    "csv",
    "tsv",
    "log",
    "md",
    "json",
    "xml",
    "html",
    "htm",
    "ics",
    "vcf",
    "eml",
    "yaml",
    "yml",
    "ini",
)
Kind = str


@dataclass(frozen=True, slots=True)
class Extracted:
    """`reason` says why there is no text: unsupported, encrypted, too_large, broken, no_recognition."""

    text: str = ""
    reason: str = ""


Reader = Callable[[bytes], Extracted]


def kind_of(filename: str, content_type: str, head: bytes) -> Kind:
    """pdf, zip, picture, plain, html, or "" for what nobody here can read."""
    ending = filename.lower().rpartition(".")[2]
    if head.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if head[:4] == b"PK\x03\x04":
        return "zip"
    if head[:8] == b"\x89PNG\r\n\x1a\n" or head[:3] == b"\xff\xd8\xff" or head[:4] in (b"II*\x00", b"MM\x00*"):
        return "picture"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "picture"
    if b"\x00" in head[:1000] and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return ""
    if content_type == "text/html" or ending in ("html", "htm"):
        return "html"
    if content_type.startswith("text/") or content_type in ("application/json", "application/xml") or ending in PLAIN:
        return "plain"
    return ""


def clipped(text: str) -> str:
    """As much as is kept, without what a database cannot hold."""
    return text[:MAX_TEXT].replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
