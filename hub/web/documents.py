"""Content from outside, as a browser may safely have it: a message's HTML, and files.

Both are behind policies of their own: no script, no form, nothing from the network unless the agent asked for the
remote images; a file is a download, but for the few kinds of image and sound that cannot act.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, unquote

from hub.timeline.model import Attachment

SAFE_IMAGES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
SAFE_SOUNDS: Final = frozenset(
    {"audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/wav", "audio/x-wav", "audio/wave", "audio/webm"}
)
_CID: Final = re.compile(r'src="cid:([^"]*)"', re.I)
_SANDBOX: Final = "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
_STYLE: Final = (
    "html{background:#fff;color:#1a1a1a;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}"
    "body{margin:8px}img{max-width:100%;height:auto}img[data-remote-src]{min-width:16px;min-height:16px;"
    "background:#eee;border:1px dashed #bbb}pre{white-space:pre-wrap}table{max-width:100%}"
)
# Browsers refuse to open a sandboxed document in a tab of its own under any other opener policy.
_OWN_TAB: Final = {"Cross-Origin-Opener-Policy": "unsafe-none"}
FILE_HEADERS: Final = {**_OWN_TAB, "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'"}


def message_document(content: str, attachments: tuple[Attachment, ...], *, remote: bool) -> str:
    """A whole document around a message's (already sanitised) HTML, with its inline images in place."""
    urls = {one.cid: f"/api/attachments/{one.id}/content" for one in attachments if one.cid}
    content = _CID.sub(lambda found: _inline(found, urls), content)
    if remote:
        content = content.replace(" data-remote-src=", " src=")
    return (
        '<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        f'<meta name="viewport" content="width=device-width"><base target="_blank"><style>{_STYLE}</style></head>'
        f"<body>{content}</body></html>"
    )


def message_headers(*, remote: bool) -> dict[str, str]:
    """The document acts on nothing and is shown in our own page alone. `allow-same-origin`, without scripts, lets our
    page measure its height, and the inline images be loaded with the agent's session."""
    images = "data: 'self' https:" if remote else "data: 'self'"
    upgrade = "; upgrade-insecure-requests" if remote else ""
    return {
        **_OWN_TAB,
        "Content-Security-Policy": (
            f"default-src 'none'; img-src {images}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
            f"frame-ancestors 'self'; {_SANDBOX}{upgrade}"
        ),
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
    }


def _inline(found: re.Match[str], urls: Mapping[str, str]) -> str:
    cid = html.unescape(found[1])
    url = urls.get(cid) or urls.get(unquote(cid)) or urls.get(cid.strip("<>"))
    return f'src="{url}"' if url else 'alt="(missing image)"'


def file_headers(filename: str, content_type: str, *, inline: bool = True) -> dict[str, str]:
    """Headers for a file from outside: a download of no particular type, unless it is a safe image or sound."""
    shown = inline and content_type in SAFE_IMAGES | SAFE_SOUNDS
    plain = re.sub(r"[^\w .()+-]", "_", filename, flags=re.ASCII)[:150] or "file"
    whole = quote(filename[:200], errors="replace")
    disposition = "inline" if shown else "attachment"
    return {
        **FILE_HEADERS,
        "Content-Type": content_type if shown else "application/octet-stream",
        "Content-Disposition": f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{whole}",
        "Cache-Control": "private, no-cache",
    }
