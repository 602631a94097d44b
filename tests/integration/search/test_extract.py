"""The text of files, read in a process of its own that a hostile one can end, and nothing else."""

from __future__ import annotations

import io
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from hub.search.child import Child, Died
from hub.search.extract.kinds import MAX_TEXT, Extracted
from tests.integration.search import specimens

WORDS = "Refund of invoice 7781"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def child() -> AsyncIterator[Child]:
    child = Child()
    yield child
    await child.close()


@pytest.mark.parametrize(
    ("filename", "content_type", "content"),
    [
        pytest.param("a.pdf", "application/pdf", specimens.pdf(WORDS), id="pdf"),
        pytest.param("a.bin", "application/octet-stream", specimens.pdf(WORDS), id="pdf by its beginning"),
        pytest.param("a.docx", "application/msword", specimens.docx(WORDS), id="docx"),
        pytest.param("a.xlsx", "", specimens.xlsx(WORDS), id="xlsx"),
        pytest.param("a.pptx", "", specimens.pptx(WORDS), id="pptx"),
        pytest.param("a.odt", "", specimens.odt(WORDS), id="odt"),
        pytest.param("a.txt", "text/plain", WORDS.encode(), id="text"),
        pytest.param("a.txt", "text/plain", ("\ufeff" + WORDS).encode("utf-16"), id="utf-16"),
        pytest.param("a.csv", "application/octet-stream", WORDS.encode(), id="csv"),
        pytest.param("a.html", "text/html", f"<p>{WORDS}<script>no()</script></p>".encode(), id="html"),
    ],
)
async def test_the_words_of_a_file_are_read(child: Child, filename: str, content_type: str, content: bytes) -> None:
    found = await child.extract(filename, content_type, content)
    assert found.reason == ""
    assert WORDS in " ".join(found.text.split())
    assert "HIDDEN" not in found.text
    assert "no()" not in found.text


async def test_cells_of_a_sheet_are_read_and_formulas_are_not(child: Child) -> None:
    text = (await child.extract("a.xlsx", "", specimens.xlsx(WORDS))).text
    assert text.split() == [*WORDS.split(), "4711"]


async def test_writing_on_a_picture_is_recognised(child: Child, tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    page.write_bytes(specimens.pdf("Refund of invoice"))
    subprocess.run(["pdftoppm", "-r", "100", "-png", page, tmp_path / "page"], check=True, timeout=60)
    (picture,) = tmp_path.glob("page*.png")
    found = await child.extract("scan.png", "image/png", picture.read_bytes())
    assert "invoice" in found.text.lower(), found


async def test_without_a_program_that_recognises_it_a_picture_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    child = Child()
    try:
        found = await child.extract("scan.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"0" * 50)
    finally:
        await child.close()
    assert (found.text, found.reason) == ("", "no_recognition")


@pytest.mark.parametrize(
    ("filename", "make"),
    [
        pytest.param("a.docx", specimens.zip_bomb, id="a zip that unpacks to much more"),
        pytest.param("a.docx", specimens.entity_bomb, id="entities of entities"),
        pytest.param("a.pdf", lambda: specimens.pdf("", raw=b"\0" * 200_000_000), id="a pdf that unpacks to much more"),
        pytest.param(
            "a.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj << /Kids [1 0 R] >> endobj " * 1000, id="a pdf in circles"
        ),
        pytest.param("a.docx", lambda: specimens.docx(WORDS)[:200], id="half a zip"),
        pytest.param("a.docx", lambda: specimens.archive(word__document_xml="<a><b>"), id="half an xml"),
        pytest.param("a.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\xff" * 1000, id="no picture"),
        pytest.param("a.exe", lambda: b"MZ\x00\x00" * 100, id="a program"),
        pytest.param("a.bin", lambda: b"", id="nothing"),
        pytest.param("a.txt", lambda: bytes(range(1, 32)) * 100, id="control characters"),
    ],
)
async def test_a_hostile_or_broken_file_costs_nobody_else(
    child: Child, filename: str, make: Callable[[], bytes]
) -> None:
    content = make()
    try:
        found = await child.extract(filename, "", content)
    except Died as failure:
        found = Extracted(reason=str(failure))
    assert found.text.strip() == ""
    assert found.reason
    assert WORDS in (await child.extract("a.txt", "text/plain", WORDS.encode())).text


async def test_a_file_that_takes_too_long_ends_its_process_and_no_more() -> None:
    child = Child(seconds=0.001)
    with pytest.raises(Died, match="longer"):
        await child.extract("a.pdf", "application/pdf", specimens.pdf(WORDS))
    await child.close()


async def test_a_million_spaces_are_nothing_and_take_no_time() -> None:
    child = Child(seconds=40)  # the square of them would take a minute
    found = await child.extract("a.docx", "", specimens.spaces())
    assert found == Extracted()
    await child.close()


async def test_a_long_text_is_kept_up_to_a_bound(child: Child) -> None:
    found = await child.extract("a.txt", "text/plain", io.BytesIO(b"word " * MAX_TEXT).getvalue())
    assert len(found.text) == MAX_TEXT
