"""What agents' browsers get of other people's HTML: nothing that acts, nothing that loads by itself."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.inbound.sanitise import MAX_HTML, sanitise_html

ALLOWED_ATTRIBUTES = frozenset(
    (
        "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "colspan", "color",
        "data-remote-src", "datetime", "dir", "face", "height", "href", "lang", "name", "nowrap", "rel",
        "rowspan", "scope", "size", "span", "src", "start", "style", "target", "title", "type", "valign",
        "value", "width",
    )
)  # fmt: skip
ACTIVE_ELEMENTS = frozenset(
    (
        "script", "style", "iframe", "frame", "object", "embed", "applet", "form", "input", "button",
        "select", "textarea", "base", "meta", "link", "svg", "math", "template", "noscript", "video", "audio",
        "source", "track", "canvas", "portal", "dialog", "marquee",
    )
)  # fmt: skip
FORBIDDEN_STYLE = re.compile(r"url|image|expression|behavior|position|@|\\|/\*|var\(|env\(", re.IGNORECASE)
VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src=`javascript:alert(1)`>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='jav&Tab;ascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='//evil.example/x.swf'>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css'; body{background:url(//evil.example)}</style>",
    "<div style='background:url(https://evil.example/x.png)'>x</div>",
    "<div style='background-image:image-set(\"https://evil.example/x.png\" 1x)'>x</div>",
    "<div style='background-color:red;width:expression(alert(1))'>x</div>",
    "<div style='color:\\75rl(//evil.example)'>x</div>",
    "<div style='color:red/*;*/;-moz-binding:url(//evil.example)'>x</div>",
    "<div style='position:fixed;top:0;left:0;width:100%'>x</div>",
    "<div style='font-family:\"x\";behavior:url(#default)'>x</div>",
    "<div style='list-style:url(//evil.example)'>x</div>",
    "<div style='width:var(--x);height:env(y)'>x</div>",
    "<img srcset='https://evil.example/x.png 1x'>",
    "<picture><source srcset='https://evil.example/x.png'><img src=cid:a></picture>",
    "<video poster='https://evil.example/x.png' src='https://evil.example/x.mp4'></video>",
    "<audio src='https://evil.example/x.mp3' autoplay></audio>",
    "<table background='https://evil.example/x.png'><tr><td background='//evil.example'>x</table>",
    "<body background='https://evil.example/x.png' onload=alert(1)>x",
    "<input type=image src='https://evil.example/x.png'>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<a ping='https://evil.example' href='https://x.example'>x</a>",
    "<img lowsrc='https://evil.example/x.png' dynsrc='https://evil.example'>",
    "<img src='https://evil.example/x.png'>",
    "<img src='//evil.example/x.png'>",
    "<img src='\\\\evil.example\\x.png'>",
    "<img src='/\\evil.example/x.png'>",
    "<img src='ht\ntps://evil.example/x.png'>",
    "<img src='ftp://evil.example/x.png'>",
    "<img src='blob:https://evil.example/1'>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<img src='data:text/html;base64,PHNjcmlwdD4='>",
    "<img src='relative.png'>",
    "<img src='\ue000https://evil.example/x.png'>",
    "<img alt='\" src=\"https://evil.example/x.png'>",
    "<img title=' src=\"\ue000' src='https://evil.example/x.png'>",
    "<p title='<img src=\"https://evil.example/x.png\">'>x</p>",
    "<!--[if mso]><img src=https://evil.example><![endif]-->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version=1?><img src=x onerror=alert(1)>",
    "<a href='//evil.example'>x</a>",
    "<a href='relative'>x</a>",
    "<a id=cookie name=cookie class=x href=#>x</a>",
    "<x:script>alert(1)</x:script>",
    "<plaintext><script>alert(1)</script>",
    "<xmp><script>alert(1)</script></xmp>",
    "<title><img src=x onerror=alert(1)></title>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<select><style></select><img src=x onerror=alert(1)>",
]  # fmt: skip


def elements(html: str) -> list[Element]:
    """As a browser parses it, and again as it would be written and parsed once more."""
    once = html5lib.parseFragment(html, namespaceHTMLElements=False)
    again = html5lib.parseFragment(html5lib.serialize(once, quote_attr_values="always"), namespaceHTMLElements=False)
    return [node for tree in (once, again) for node in tree.iter() if isinstance(node.tag, str)]


def assert_harmless(html: str) -> None:
    for node in elements(html):
        assert node.tag not in ACTIVE_ELEMENTS, html
        for name, value in node.attrib.items():
            assert name in ALLOWED_ATTRIBUTES, (name, html)
            if name == "src":
                assert re.match(r"cid:|/files/|data:image/(png|gif|jpe?g|webp|bmp);base64,", value), html
            elif name == "href":
                assert re.match(r"(https?|mailto|tel|sms):", value.strip(), re.IGNORECASE), html
            elif name == "style":
                assert not FORBIDDEN_STYLE.search(value), html


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_acts_and_nothing_loads(vector: str) -> None:
    assert_harmless(sanitise_html(vector).html)
    assert_harmless(sanitise_html(f"<div><p>before{vector}after").html)


FRAGMENTS = st.sampled_from(
    [piece for vector in VECTORS for piece in re.findall(r"<[^>]*>?|[^<]+", vector)]
    + [
        "<",
        ">",
        '"',
        "'",
        "`",
        "=",
        " ",
        "&quot;",
        "&lt;",
        "&#0;",
        "\x00",
        "</style>",
        "-->",
        "<!--",
        "]]>",
        "<p ",
        "/>",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(FRAGMENTS, max_size=14).map("".join))
def test_nothing_that_is_put_together_from_attacks_acts(html: str) -> None:
    assert_harmless(sanitise_html(html).html)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_plain_text_never_becomes_anything_else(text: str) -> None:
    assert_harmless(sanitise_html(text).html)


def test_remote_images_wait_for_the_agent() -> None:
    safe = sanitise_html('<img src="https://x.example/a.png?b=1&amp;c=2" alt=Logo><img src=//x.example/b.png>')
    assert safe.remote_images == 2
    assert 'data-remote-src="https://x.example/a.png?b=1&amp;c=2"' in safe.html
    assert 'data-remote-src="https://x.example/b.png"' in safe.html
    assert " src=" not in safe.html
    assert 'alt="Logo"' in safe.html


def test_inline_images_get_the_address_of_the_stored_file() -> None:
    safe = sanitise_html(
        '<img src="cid:a@x"><img src="CID:&lt;b@x&gt;"><img src=cid:c@x>', cid={"a@x": "/files/1", "b@x": "/files/2"}
    )
    assert re.findall(r'src="([^"]*)"', safe.html) == ["/files/1", "/files/2", "cid:c@x"]
    assert safe.remote_images == 0


def test_embedded_images_stay() -> None:
    assert sanitise_html('<img src="data:image/png;base64,iVBORw0KGgo=">').html.count("base64,iVBORw0KGgo=") == 1


def test_links_open_apart_and_tell_nothing() -> None:
    html = sanitise_html('<a href="https://x.example/?a=1">x</a><a href="mailto:a@b.example">y</a>').html
    assert html.count('target="_blank"') == 2
    assert html.count("noopener noreferrer") == 2
    assert 'href="https://x.example/?a=1"' in html


def test_the_look_of_a_mail_stays() -> None:
    html = sanitise_html(
        "<table width=600 bgcolor='#ffffff'><tr><td align=center style='color:#333; padding:4px 2px;"
        ' font-family:"Segoe UI",Arial; background-color:rgb(1, 2, 3)\'><b>Hi</b></td></tr></table>'
    ).html
    for kept in (
        'width="600"',
        'bgcolor="#ffffff"',
        "color:#333",
        "padding:4px 2px",
        "Segoe UI",
        "rgb(1, 2, 3)",
        "<b>Hi</b>",
    ):
        assert kept in html


def test_text_around_what_is_removed_stays() -> None:
    html = sanitise_html("one<script>two</script>three<form>four<input value=five></form><custom>six</custom>").html
    assert html == "onethreefoursix"


@pytest.mark.parametrize(
    "tag", ["div", "b", "font color=1", "blockquote", "span", "table><tr><td", "ul><li", "a href=x", "x"]
)
def test_deep_nesting_is_flattened_without_losing_text(tag: str) -> None:
    html = sanitise_html(f"<{tag}>" * 20_000 + "the text").html
    assert "the text" in html
    name = tag.split(maxsplit=1)[0].split(">", maxsplit=1)[0]
    assert html.count(f"<{name}") <= 120


def test_reopened_formatting_does_not_multiply() -> None:
    """Browsers repeat every open formatting element in each paragraph: 150 x 20,000 tags out of 60 kB."""
    html = "".join(f"<font color={number}>" for number in range(150)) + "<p>x" * 20_000
    assert len(sanitise_html(html).html) < 60 * len(html)


def test_more_than_anybody_reads_is_cut() -> None:
    assert len(sanitise_html("<p>" + "x" * (MAX_HTML * 2)).html) < MAX_HTML * 1.1


def test_unclosed_and_broken_markup_keeps_its_text() -> None:
    for html in ("<p>a<b>b", "a < b > c", "</div>a", "<div <b>a</b>"):
        assert "a" in sanitise_html(html).html
