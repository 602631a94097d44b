"""Who or what wrote a mail: automatic senders, mailing lists, and the token of the address it was sent to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import headers
from .tree import Node

_LIST_FIELDS = (
    "list-id", "list-unsubscribe", "list-post", "list-help", "list-archive", "list-subscribe", "mailing-list",
    "x-mailing-list", "x-beenthere", "x-mailman-version", "x-ml-name",
)  # fmt: skip
_BULK = frozenset(("bulk", "list"))
_AUTOREPLY_FIELDS = ("x-autoreply", "x-autorespond", "x-autoreply-from", "x-autoresponder", "x-mail-autoreply")
_OUT_OF_OFFICE_SUBJECT = re.compile(
    r"\s*(?:auto(?:matic|matische|matisk|mático)?[ -]?(?:reply|response|antwort|svar|re:)|automatic reply|autoreply|"
    r"out of (?:the )?office|vacation (?:reply|response)|abwesenheits|automatische antwort|automatisch antwoord|"
    r"réponse automatique|absence du bureau|respuesta automática|fuera de (?:la )?oficina|risposta automatica|"
    r"resposta automática|automatiskt svar|automatisk svar|automaattinen vastaus|odpowiedź automatyczna|"
    r"automatická odpověď|автоответ|автоматический ответ|автоматична відповідь|otomatik yanıt|自動返信|自动回复|"
    r"自動回覆|자동 회신|automatikus válasz|răspuns automat|αυτόματη απάντηση|מענה אוטומטי|رد تلقائي)",
    re.IGNORECASE,
)
_DELIVERY_FIELDS = (
    "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "x-forwarded-to",
)  # fmt: skip
_PLUS = re.compile(r"([^\s<>@+]+)\+([^\s<>@]+)@")


def is_list(root: Node) -> bool:
    """Sent through a mailing list or as a mass mailing."""
    return any(name in root.fields for name in _LIST_FIELDS) or root.first("precedence").strip().lower() in _BULK


def is_auto_submitted(root: Node, subject: str) -> bool:
    """Written by a program: nothing that answers by itself may answer it (RFC 3834)."""
    auto_submitted = root.first("auto-submitted").strip().lower()
    if auto_submitted:
        return not auto_submitted.startswith("no")
    return (
        root.content_type == "multipart/report"
        or any(name in root.fields for name in _AUTOREPLY_FIELDS)
        or root.first("precedence").strip().lower() in {"auto_reply", "auto-reply", "junk"}
        or root.first("return-path").strip() == "<>"
        or _OUT_OF_OFFICE_SUBJECT.match(subject) is not None
    )


def delivered_to(root: Node) -> tuple[str, ...]:
    """The addresses that the mail was delivered to, as the servers on its way noted them."""
    values = [value for name in _DELIVERY_FIELDS for value in root.fields.get(name, ())]
    return tuple(dict.fromkeys(one.address for one in headers.addresses(values)))


def reply_token(addresses: Iterable[str]) -> str:
    """The token of a plus address (`reply+TOKEN@`); of several, that of `reply`."""
    tokens = [(match[1].lower() != "reply", match[2]) for one in addresses if (match := _PLUS.match(one))]
    return min(tokens, key=lambda token: token[0])[1] if tokens else ""
