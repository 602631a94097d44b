"""What is put around content of strangers."""

from __future__ import annotations

import pytest

from hub.timeline.model import Attachment
from hub.web.documents import file_headers, message_document
from hub.web.pages import content_policy


def inline(cid: str) -> Attachment:
    return Attachment(7, "logo.png", "image/png", 10, True, cid, "", b"h" * 32)


@pytest.mark.parametrize("cid", ["logo@x", "a&amp;b@x", "sp%20ace@x"])
def test_inline_images_are_found_by_their_content_id(cid: str) -> None:
    stored = {"logo@x": "logo@x", "a&amp;b@x": "a&b@x", "sp%20ace@x": "sp ace@x"}[cid]
    document = message_document(f'<img src="cid:{cid}">', (inline(stored),), remote=False)
    assert '<img src="/api/attachments/7/content">' in document


def test_an_image_that_is_not_there_loads_nothing() -> None:
    assert "src=" not in message_document('<img src="cid:gone@x">', (inline("logo@x"),), remote=False)


def test_text_that_speaks_of_cid_stays_text() -> None:
    assert "cid:logo@x in words" in message_document("<p>cid:logo@x in words</p>", (inline("logo@x"),), remote=False)


@pytest.mark.parametrize("name", ['a"b.txt', "a\r\nSet-Cookie: x=1", "a;b", "日本.pdf", "x" * 1000, "../x", "\udcff"])
def test_no_file_name_breaks_out_of_its_header(name: str) -> None:
    value = file_headers(name, "text/plain")["Content-Disposition"]
    assert value.startswith("attachment; filename=")
    assert value.isascii()
    assert not {"\r", "\n"} & set(value)
    assert value.count('"') == 2


def test_a_page_without_an_import_map_allows_no_inline_script() -> None:
    assert "script-src 'self';" in content_policy(b"<html></html>")
    assert "script-src 'self' 'sha256-" in content_policy(b'<script type="importmap">{}</script>')
