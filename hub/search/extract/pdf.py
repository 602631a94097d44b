"""PDF: the text in it; where there is none, it is a scan, and its pages are read as pictures."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from hub.search.extract.kinds import MAX_TEXT, Extracted
from hub.search.extract.picture import recognise

MAX_PAGES: Final = 500
MAX_SCANNED: Final = 10
"""Pages of a scan that are read; each takes seconds."""
_SECONDS: Final = 20
_FEW: Final = 20
"""Letters; with fewer it is taken for a scan."""


def read_pdf(content: bytes) -> Extracted:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return Extracted(reason="encrypted")
        pieces: list[str] = []
        length = 0
        for page in reader.pages[:MAX_PAGES]:
            pieces.append(page.extract_text())
            length += len(pieces[-1])
            if length > MAX_TEXT:
                break
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as failure:
        return Extracted(reason=f"broken: {type(failure).__name__}")
    text = "\n".join(pieces)
    return Extracted(text) if len("".join(text.split())) >= _FEW else _scan(content, text)


def _scan(content: bytes, text: str) -> Extracted:
    if shutil.which("pdftoppm") is None or shutil.which("tesseract") is None:
        return Extracted(text, "" if text.strip() else "no_recognition")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scan.pdf"
        file.write_bytes(content)
        command = ["pdftoppm", "-r", "150", "-gray", "-png", "-l", str(MAX_SCANNED), str(file), str(Path(folder) / "p")]
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
        if done.returncode:
            return Extracted(text, "broken: pdftoppm")
        pages = [recognise(page.read_bytes()).text for page in sorted(Path(folder).glob("p*.png"))]
    return Extracted("\n".join([text, *pages]))
