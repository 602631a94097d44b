"""A small random world to search in, and a plain evaluation of what a search should find in it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hub.db.engine import Database
from hub.search.query import Operator, Query, Term
from hub.search.words import words

START = datetime(2024, 11, 20, tzinfo=UTC)
WORDS = [
    "parcel",
    "parcels",
    "refund",
    "refunds",
    "Größe",
    "naïve",
    "invoice",
    "2024",
    "東京タワー",
    "don't",
    "lost",
    "late",
]
NAMES = ["Maria Silva", "Mária Novák", "José Silva", "Anna Schmidt", "李小龍"]
SUBJECTS = ["", "Your invoice", "Parcel lost", "Größe 42", "Re: refund late"]
LABELS = ["vip", "very late"]
TEAMS = ["Billing", "Second line"]
AGENTS = ["Ada Agent", "Bert Silva"]
CHANNELS = [("email", "Support"), ("sms", "Text line")]
FILES = [("invoice.pdf", "application/pdf"), ("Größe.png", "image/png"), ("notes.txt", "text/plain")]


@dataclass
class Doc:
    """A document as a reader sees it."""

    key: tuple[int, int]
    at: datetime
    conversation_id: int
    subject: str
    texts: list[str]
    filenames: list[str]
    senders: list[tuple[str, str]]
    recipients: list[tuple[str, str]]
    kind: str
    channel: tuple[str, str]
    customer: int
    agent_id: int | None
    has: set[str]


@dataclass
class World:
    docs: list[Doc] = field(default_factory=list)
    conversations: dict[int, dict[str, Any]] = field(default_factory=dict)
    customers: dict[int, tuple[str, str]] = field(default_factory=dict)
    agents: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    teams: dict[int, str] = field(default_factory=dict)


def sentence(random_: random.Random) -> str:
    return " ".join(random_.choice(WORDS) for _ in range(random_.randint(1, 6)))


async def build(database: Database, seed: int, entries: int = 150) -> World:
    """Fills an empty database; nothing is indexed yet."""
    chance = random.Random(seed)
    world = World()
    pool = database.pool
    for name in AGENTS:
        insert = "insert into agent (email, name, role) values ($1, $2, 'agent') returning id"
        world.agents[await pool.fetchval(insert, f"{name.split()[0].lower()}@desk.test", name)] = name
    for name in LABELS:
        world.labels[await pool.fetchval("insert into label (name, tint) values ($1, 1) returning id", name)] = name
    for name in TEAMS:
        world.teams[await pool.fetchval("insert into team (name) values ($1) returning id", name)] = name
    channels = {}
    for kind, name in CHANNELS:
        id_ = await pool.fetchval("insert into channel (kind, name) values ($1, $2) returning id", kind, name)
        channels[id_] = (kind, name)
    identities = {}
    for number, name in enumerate(NAMES):
        customer = await pool.fetchval("insert into customer (name) values ($1) returning id", name)
        address = f"person{number}@{'acme' if number % 2 else 'shop'}.test"
        insert = "insert into identity (kind, address, shown, name) values ('email', $1, $1, $2) returning id"
        identity = await pool.fetchval(insert, address, name)
        await pool.execute("insert into identity_link (identity_id, customer_id) values ($1, $2)", identity, customer)
        identities[identity] = (customer, address, name)
        world.customers[customer] = (name, address)
    for _ in range(entries // 6):
        await _conversation(pool, world, chance, channels, identities)
    ids = list(world.conversations)
    for _ in range(entries):
        await _entry(pool, world, chance, chance.choice(ids), identities)
    return world


async def _conversation(pool: Any, world: World, chance: random.Random, channels: Any, identities: Any) -> None:
    channel, identity = chance.choice(list(channels)), chance.choice(list(identities))
    state = chance.choice(["open", "open", "resolved"])
    snoozed = state == "open" and chance.random() < 0.3
    assignee = chance.choice([None, *world.agents])
    team = chance.choice([None, *world.teams])
    labels = sorted(chance.sample(list(world.labels), chance.randint(0, 2)))
    id_ = await pool.fetchval(
        """insert into conversation (channel_id, identity_id, state, snoozed, assignee_id, team_id, label_ids)
           values ($1, $2, $3, $4, $5, $6, $7) returning id""",
        channel, identity, state, snoozed, assignee, team, labels,
    )  # fmt: skip
    world.conversations[id_] = {
        "channel_id": channel, "channel": channels[channel], "identity": identity, "assignee": assignee, "team": team,
        "labels": set(labels), "state": "snoozed" if snoozed else state, "seq": 0,
    }  # fmt: skip


async def _entry(pool: Any, world: World, chance: random.Random, conversation_id: int, identities: Any) -> None:
    conversation = world.conversations[conversation_id]
    conversation["seq"] += 1
    customer, address, name = identities[conversation["identity"]]
    kind = chance.choice(["message", "message", "message", "note"])
    direction = "internal" if kind == "note" else chance.choice(["in", "out"])
    agent = None if direction == "in" else chance.choice(list(world.agents))
    subject = chance.choice(SUBJECTS) if kind == "message" else ""
    text = sentence(chance)
    at = START + timedelta(hours=chance.randint(0, 24 * 90), minutes=chance.randint(0, 59))
    recipients = (
        [("team@desk.test", "The Team")] if direction == "in" else [(address, name)] if kind == "message" else []
    )
    files = [chance.choice(FILES) for _ in range(chance.choice([0, 0, 0, 1, 2]))]
    id_ = await pool.fetchval(
        """insert into entry (conversation_id, identity_id, seq, kind, direction, occurred_at, channel_id,
               author_identity_id, author_agent_id, subject, text, recipients, attachment_count)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id""",
        conversation_id, conversation["identity"], conversation["seq"], kind, direction, at, conversation["channel_id"],
        conversation["identity"] if direction == "in" else None, agent, subject, text,
        [{"address": one, "name": other, "role": "to"} for one, other in recipients], len(files),
    )  # fmt: skip
    await pool.execute("update conversation set seq = $2 where id = $1", conversation_id, conversation["seq"])
    sender = (
        (address, name)
        if agent is None
        else (f"{world.agents[agent].split()[0].lower()}@desk.test", world.agents[agent])
    )
    shared = {
        "at": at, "conversation_id": conversation_id, "senders": [sender], "recipients": recipients, "kind": kind,
        "channel": conversation["channel"], "customer": customer, "agent_id": agent,
    }  # fmt: skip
    world.docs.append(Doc((id_, 0), subject=subject, texts=[text], filenames=[], has=what(files), **shared))
    for filename, content_type in files:
        said = sentence(chance)
        blob = await pool.fetchval(
            "insert into blob (hash, size) values (sha256(convert_to($1, 'UTF8')), 9) returning hash",
            f"{id_}{filename}{said}{chance.random()}",
        )
        attachment = await pool.fetchval(
            """insert into attachment (entry_id, blob_hash, filename, content_type, size)
               values ($1, $2, $3, $4, 9) returning id""",
            id_, blob, filename, content_type,
        )  # fmt: skip
        await pool.execute(
            """insert into search_file (blob_hash, filename, content_type, size, state, indexed, text)
               values ($1, $2, $3, 9, 'read', true, $4)""",
            blob, filename, content_type, said,
        )  # fmt: skip
        world.docs.append(
            Doc(
                (id_, attachment),
                subject="",
                texts=[said],
                filenames=[filename],
                has=what([(filename, content_type)]),
                **shared,
            )
        )


def what(files: Sequence[tuple[str, str]]) -> set[str]:
    kinds = {"pdf": "pdf", "png": "image"}
    found = {kinds[ending] for name, _ in files if (ending := name.rpartition(".")[2]) in kinds}
    return found | {"attachment"} if files else set()


def expected(world: World, query: Query, me: int) -> list[tuple[int, int]]:
    """The keys of the documents that a reader would say are meant, newest first."""
    found = [one for one in world.docs if matches(world, one, query, me)]
    return [one.key for one in sorted(found, key=lambda one: (one.at, *one.key), reverse=True)]


def matches(world: World, doc: Doc, query: Query, me: int) -> bool:
    people = [f"{name}\n{address}" for address, name in (*doc.senders, *doc.recipients)]
    places = [words(one) for one in (doc.subject, *doc.texts, *doc.filenames, *people)]
    if any(stands(one, places) == one.negated for one in query.terms):
        return False
    return all(holds(world, doc, one, me) != one.negated for one in query.operators)


def stands(term: Term, places: Sequence[Sequence[str]]) -> bool:
    if any(word in term.forms for there in places for word in there):
        return True
    size = len(term.words)
    for there in places:
        for at in range(len(there) - size + 1):
            *firsts, last = there[at : at + size]
            ends = last.startswith(term.words[-1]) if term.prefix else last == term.words[-1]
            if ends and tuple(firsts) == term.words[:-1]:
                return True
    return False


def holds(world: World, doc: Doc, one: Operator, me: int) -> bool:
    conversation, value = world.conversations[doc.conversation_id], one.value.lower()
    match one.name:
        case "from":
            return doc.agent_id == me if value == "me" else is_person(value, doc.senders)
        case "to":
            return is_person(value, doc.recipients)
        case "subject":
            return stands(Term(tuple(words(value)), prefix=True), [words(doc.subject)])
        case "channel":
            return value == doc.channel[0] or named(value, doc.channel[1])
        case "customer":
            name, address = world.customers[doc.customer]
            return all(one in words(f"{name} {address}") for one in words(value))
        case "has":
            return value in doc.has
        case "kind":
            return doc.kind == value
        case "before":
            return doc.at < datetime.fromisoformat(value).replace(tzinfo=UTC)
        case "after":
            return doc.at >= datetime.fromisoformat(value).replace(tzinfo=UTC)
        case "assigned":
            assignee = conversation["assignee"]
            if value == "nobody":
                return assignee is None
            return assignee is not None and (assignee == me if value == "me" else named(value, world.agents[assignee]))
        case "team":
            return conversation["team"] is not None and named(value, world.teams[conversation["team"]])
        case "label":
            return any(named(value, world.labels[id_]) for id_ in conversation["labels"])
        case "is":
            return bool(conversation["state"] == value)
    raise AssertionError(one.name)


def is_person(value: str, people: Sequence[tuple[str, str]]) -> bool:
    if value.startswith("@"):
        return any(address.endswith(value) for address, _ in people)
    if "@" in value:
        return any(address == value for address, _ in people)
    there = {word for address, name in people for word in words(f"{address} {name}")}
    *firsts, last = words(value)
    return set(firsts) <= there and any(one.startswith(last) for one in there)


def named(value: str, name: str) -> bool:
    return stands(Term(tuple(words(value)), prefix=True), [words(name)])
