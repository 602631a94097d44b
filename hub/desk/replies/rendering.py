"""A canned reply filled in for a conversation, in the customer's language."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB

from hub.desk import liquid
from hub.desk.errors import BadValue
from hub.desk.model import Agent
from hub.desk.replies.model import CannedReply, Rendered
from hub.desk.replies.store import copy_files
from hub.events.outbox import Tx
from hub.timeline.actions import UnknownConversation

_VARIABLES: Final = text(
    """
    select c.id, c.subject, customer.name, customer.attributes, i.kind, i.address, i.shown, i.name as identity_name,
           channel.name as channel, coalesce(brand.name, '') as brand, coalesce(company.name, '') as company,
           (select other.address from identity_link theirs join identity other on other.id = theirs.identity_id
            where theirs.customer_id = customer.id and theirs.until is null and other.kind = 'email'
            order by other.verified_at desc nulls last, other.id limit 1) as email,
           (select other.shown from identity_link theirs join identity other on other.id = theirs.identity_id
            where theirs.customer_id = customer.id and theirs.until is null and other.kind = 'phone'
            order by other.verified_at desc nulls last, other.id limit 1) as phone,
           (select e.data ->> 'language' from entry e where e.id = c.last_in_id) as written_in
    from conversation c
    join identity i on i.id = c.identity_id
    join identity_link l on l.identity_id = i.id and l.until is null
    join customer on customer.id = l.customer_id
    join channel on channel.id = c.channel_id
    left join brand on brand.id = channel.brand_id and brand.removed_at is null
    left join company on company.id = customer.company_id
    where c.id = :id
    """
).columns(attributes=JSONB)
_LANGUAGE_KEYS: Final = ("language", "locale", "lang")


async def render_for(
    tx: Tx, reply: CannedReply, conversation_id: int, agent: Agent, *, lang: str | None = None
) -> Rendered:
    """`lang`: another language than the customer's. Its files become uploads of the agent's.

    Raises UnknownConversation, and BadValue where the variables make it impossible.
    """
    row = (await tx.connection.execute(_VARIABLES, {"id": conversation_id})).one_or_none()
    if row is None:
        raise UnknownConversation(f"Conversation {conversation_id} does not exist. Reload the page.")
    wanted = [lang or "", language_of(row.attributes), (row.written_in or "").lower(), agent.locale, "en"]
    chosen = choose_language(reply.texts, wanted)
    try:
        words = liquid.render(reply.texts[chosen], variables_of(row, agent))
    except liquid.BadLiquid as failure:
        raise BadValue(f"texts.{chosen}", str(failure)) from None
    files = await copy_files(tx.connection, [one.id for one in reply.attachments], agent.id)
    return Rendered(words, as_html(words), chosen, files)


def variables_of(row: Any, agent: Agent) -> liquid.Variables:
    """What canned replies can say: customer, agent, conversation, company, brand."""
    name = row.name or row.identity_name
    attributes = {
        key: str(value) for key, value in (row.attributes or {}).items() if isinstance(value, str | int | float)
    }
    return {
        "customer": {
            **attributes,
            "name": name,
            "first_name": name.partition(" ")[0] if "@" not in name else "",
            "email": row.email or "",
            "phone": row.phone or "",
            "address": row.shown or row.address,
        },
        "agent": {"name": agent.name, "first_name": agent.name.partition(" ")[0], "email": agent.email},
        "conversation": {"id": str(row.id), "subject": row.subject, "channel": row.channel},
        "company": {"name": row.company or str(attributes.get("company", ""))},
        "brand": {"name": row.brand},
    }


def language_of(attributes: Mapping[str, object] | None) -> str:
    """The language that is known of a customer; "" where none is."""
    for key in _LANGUAGE_KEYS:
        value = (attributes or {}).get(key)
        if isinstance(value, str) and value.strip():
            return value.strip().replace("_", "-").lower()
    return ""


def choose_language(texts: Mapping[str, str], wanted: list[str]) -> str:
    """The first of the wanted languages that there are words in, else whichever comes first."""
    for lang in filter(None, wanted):
        for candidate in (lang, lang.partition("-")[0]):
            if candidate in texts:
                return candidate
    return min(texts)


def as_html(words: str) -> str:
    """The words as the rich-text editor holds them: one block for each line."""
    return "".join(f"<div>{html.escape(line, quote=False) or '<br>'}</div>" for line in words.split("\n"))
