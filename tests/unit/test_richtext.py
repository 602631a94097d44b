"""What agents write as rich text: cleaned, and as words."""

from __future__ import annotations

import pytest

from hub.desk.richtext import as_text, clean_message, clean_signature


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<div>Hello <b>Maria</b>,</div><div><br></div><div>bye</div>", "Hello Maria,\n\nbye"),
        ("<div>a<br></div><div><br></div><div>b</div>", "a\n\nb"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<ul><li>one</li><li>two<br>more</li></ul>", "- one\n- two\n  more"),
        ('<ol start="3"><li>x</li><li>y</li></ol>', "3. x\n4. y"),
        ("<blockquote>he<br>said</blockquote><div>so</div>", "> he\n> said\nso"),
        ('<a href="https://x.test/a">here</a>', "here <https://x.test/a>"),
        (
            '<a href="https://x.test">https://x.test</a> <a href="mailto:a@b.test">a@b.test</a>',
            "https://x.test a@b.test",
        ),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("", ""),
    ],
)
def test_the_words_keep_lines_lists_quotes_and_links(html: str, words: str) -> None:
    assert as_text(clean_message(html)) == words


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<div onclick="alert(1)" style="position:fixed">',
        '<a href="javascript:alert(1)">',
        '<img src="https://tracker.test/alert(1)">',
        "<style>alert(1)</style>",
    ],
)
def test_nothing_that_acts_or_loads_is_left_in_a_message(html: str) -> None:
    cleaned = clean_message(html)
    assert "alert" not in cleaned
    assert "style" not in cleaned


def test_a_signature_may_have_a_picture() -> None:
    assert "https://acme.test/logo.png" in clean_signature('<img src="https://acme.test/logo.png" onload="x()">')
    assert "onload" not in clean_signature('<img src="https://acme.test/logo.png" onload="x()">')
