"""The customers' callback pages as HTML: made by the server, no script, usable without a mouse and at any size."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from aiohttp import web

from hub.callbacks.model import Window
from hub.web.callback_pages.words import Language, day, say, span

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
NUMBER_LENGTH: Final = 40
NAME_LENGTH: Final = 100
REASON_LENGTH: Final = 500


def answer(language: Language, title: str, body: str, *, status: int = 200, headers: dict[str, str]) -> web.Response:
    """A whole page. `title` and everything in `body` is text of ours, or escaped."""
    page = f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<link rel="icon" href="/favicon.ico">
<link rel="stylesheet" href="/ui/static/css/tokens.css">
<link rel="stylesheet" href="/ui/static/css/callback.css">
</head>
<body>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""
    return web.Response(
        status=status,
        text=page,
        content_type="text/html",
        charset="utf-8",
        headers={"Content-Security-Policy": _POLICY, "Vary": "Accept-Language", **headers},
    )


def problem(language: Language, message: str) -> str:
    """What went wrong, read aloud as soon as the page is there; "" for nothing."""
    if not message:
        return ""
    return (
        f'<p class="problem" id="problem" role="alert"><b>{escape(say(language, "problem"))}.</b> {escape(message)}</p>'
    )


def paragraph(text: str, css: str = "") -> str:
    return f'<p class="{css}">{escape(text)}</p>' if css else f"<p>{escape(text)}</p>"


def link(address: str, text: str) -> str:
    return f'<p><a href="{escape(address)}">{escape(text)}</a></p>'


def form(action: str, inside: str, button: str, css: str = "") -> str:
    return (
        f'<form method="post" action="{escape(action)}">{inside}'
        f'<button type="submit"{f" class={css}" if css else ""}>{escape(button)}</button></form>'
    )


def number_fields(language: Language, number: str, name: str, reason: str, *, wrong: bool) -> str:
    optional = f' <span class="hint">({escape(say(language, "optional"))})</span>'
    invalid = ' aria-invalid="true"' if wrong else ""
    described = "problem number-hint" if wrong else "number-hint"
    return f"""
<label for="number">{escape(say(language, "number"))}</label>
<input id="number" name="number" type="tel" autocomplete="tel" required maxlength="{NUMBER_LENGTH}"
 aria-describedby="{described}"{invalid} value="{escape(number)}">
<p class="hint" id="number-hint">{escape(say(language, "number_hint"))}</p>
<label for="name">{escape(say(language, "name"))}{optional}</label>
<input id="name" name="name" autocomplete="name" maxlength="{NAME_LENGTH}" value="{escape(name)}">
<label for="reason">{escape(say(language, "reason"))}{optional}</label>
<textarea id="reason" name="reason" rows="3" maxlength="{REASON_LENGTH}">{escape(reason)}</textarea>
"""


def code_field(language: Language, *, wrong: bool) -> str:
    invalid = ' aria-invalid="true" aria-describedby="problem"' if wrong else ""
    return f"""
<label for="code">{escape(say(language, "code"))}</label>
<input id="code" name="code" class="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="12"
 pattern="[0-9 ]*"{invalid}>
"""


def time_field(
    language: Language, days: Sequence[Sequence[Window]], zone: str, soon: str, chosen: Window | None = None
) -> str:
    """`soon` names the choice without a window."""
    groups = "".join(
        f'<optgroup label="{escape(day(language, windows[0].start, zone))}">'
        + "".join(
            f'<option value="{value(one)}"{" selected" if one == chosen else ""}>'
            f"{escape(span(language, one.start, one.end, zone))}</option>"
            for one in windows
        )
        + "</optgroup>"
        for windows in days
    )
    return f"""
<label for="window">{escape(say(language, "when"))}</label>
<select id="window" name="window" aria-describedby="zone"><option value="">{escape(soon)}</option>{groups}</select>
<p class="hint" id="zone">{escape(say(language, "zone", zone=zone.replace("_", " ")))}</p>
"""


def facts(pairs: Sequence[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in pairs) + "</dl>"


def value(window: Window) -> str:
    """A window as the form sends it back."""
    return f"{int(window.start.timestamp())}-{int(window.end.timestamp())}"
