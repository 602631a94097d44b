"""What a reader sees of an HTML mail."""

from __future__ import annotations

import pytest

from connectors.email.mail.html_text import Page


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("one <b>bold</b>, <i>italic</i>\n  and   more", "one bold, italic and more"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a b\nc d"),
        ("<pre>a\n  b\n</pre>", "a\n  b"),
        ("<blockquote>one<br>two</blockquote>three", "> one\n> two\n\nthree"),
        ("a<hr>b", "a\n--------\nb"),
        ("<head><title>x</title><style>p{}</style></head><script>y</script>seen", "seen"),
        ('<div style="display:none">preview</div>seen', "seen"),
        ("<!-- comment -->seen<![if mso]>", "seen"),
        ("&lt;tag&gt; &amp; &nbsp;&euro;&#8364;&#x20ac;", "<tag> & \u00a0€€€"),
        ('<img src="x" alt="Logo">', "[Logo]"),
        ("plain text only", "plain text only"),
        ("", ""),
        ("<p>un<b>closed", "unclosed"),
        ("a < b and c > d", "a < b and c > d"),
        ("<o:p>Word</o:p>", "Word"),
    ],
)
def test_text(markup: str, expected: str) -> None:
    assert Page(markup).text() == expected


@pytest.mark.parametrize(
    "quote",
    [
        '<div class="gmail_quote">On Monday<blockquote>old</blockquote></div>',
        '<blockquote type="cite">old</blockquote>',
        '<div class="moz-cite-prefix">X wrote:</div><blockquote type="cite">old</blockquote>',
        '<div id="yahoo_quoted_1">old</div>',
        '<div class="protonmail_quote">old</div>',
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: x</div><div>old</div>',
        '<hr><div id="divRplyFwdMsg">From: x</div><div>old</div>',
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p>Von: x</p></div><p>old</p>',
        '<div class="zmail_extra">old</div>',
        "<blockquote>old</blockquote>",
        '<div class="x_gmail_quote">old</div>',  # as Outlook renames it
    ],
)
def test_quotes_are_cut_by_their_markup(quote: str) -> None:
    page = Page(f"<html><body><div>new <b>text</b></div>{quote}</body></html>")
    assert page.cut_quotes()
    assert page.text() == "new text"


def test_text_after_a_quote_stays() -> None:
    page = Page('<blockquote type="cite">old</blockquote><p>answer</p>')
    assert page.cut_quotes()
    assert page.text() == "answer"


def test_a_quotation_that_the_writer_put_between_their_words_stays() -> None:
    page = Page("<p>It says:</p><blockquote>5 chairs</blockquote><p>but I got 4.</p>")
    assert not page.cut_quotes()
    assert page.text() == "It says:\n\n> 5 chairs\n\nbut I got 4."


def test_a_mail_that_is_only_a_quote_stays_whole() -> None:
    page = Page('<div class="gmail_quote">forwarded text</div>')
    assert not page.cut_quotes()
    assert page.text() == "forwarded text"


def test_signatures_are_cut_with_quotes() -> None:
    page = Page('<p>new</p><div class="gmail_signature">Ann, ACME</div><div class="gmail_quote">old</div>')
    assert page.cut_quotes()
    assert page.text() == "new"


def test_no_depth_loses_the_text() -> None:
    for depth in (100, 300, 3_000, 50_000):
        assert Page("<div>" * depth + "deep" + "</div>" * depth + "<p>after").text().split() == ["deep", "after"]
