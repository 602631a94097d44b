"""Who belongs together in the demo: a company of two, a task for it, and what was asked of a carrier beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import text

from hub.desk.tasks.actions import KIND as TASK
from hub.events.model import CustomerChanged, TaskChanged
from hub.events.outbox import Tx
from hub.people.actions import resolve_identity
from hub.sdk import Address
from hub.timeline.actions import add_participants, append_entry, open_conversation
from hub.timeline.model import NewEntry

_SUBJECT: Final = "Damaged goods in order 20418"
_TASK: Final = "Send two new hinges, and ask for the broken ones back"
_ASKED: Final = (
    "Hello Mr Krüger,\n\nparcel 20418 reached our customer with a crushed corner. Was it noted on your side?"
)
_ANSWERED: Final = (
    "Good afternoon,\n\nyes, the driver noted it when he loaded. We take the damage on us; please send me the invoice."
)

_CONVERSATION: Final = text(
    """
    select c.id, c.channel_id, c.identity_id, l.customer_id, c.last_entry_at
    from conversation c join channel on channel.id = c.channel_id and channel.demo
    join identity_link l on l.identity_id = c.identity_id and l.until is null
    where c.subject = :subject order by c.id limit 1
    """
)
_COMPANY: Final = text(
    "insert into company (name, domains, demo) values (:name, cast(:domains as text[]), true) returning id"
)
_BELONGS: Final = text(
    "update customer set company_id = :company_id, demo = true, version = version + 1 where id = :id"
)
_TASK_ROW: Final = text(
    """
    insert into task (identity_id, conversation_id, text, due_at, created_at)
    values (:identity_id, :conversation_id, :text, :due_at, :at) returning id
    """
)
_SIDE: Final = text(
    """
    update conversation set side_of_id = :side_of_id, state = 'resolved', resolved_at = :at, waiting_since = null
    where id = :id
    """
)
_SIDE_OF: Final = text("update conversation set side_of_id = :side_of_id, last_entry_at = :at where id = :id")


async def acquaint(tx: Tx) -> None:
    """Nothing, where the conversation that it is about is not there. Nothing of it is news: it lies in the past."""
    main = (await tx.connection.execute(_CONVERSATION, {"subject": _SUBJECT})).one_or_none()
    if main is None:
        return
    company_id = await tx.connection.scalar(
        _COMPANY, {"name": "Tischlerei Weber", "domains": ["tischlerei-weber.example"]}
    )
    colleague = await resolve_identity(tx, _mail("petra.weber@tischlerei-weber.example", "Petra Weber"))
    await add_participants(tx, main.id, [colleague.id])
    carrier = await resolve_identity(tx, _mail("dispo@spedition-krueger.example", "Spedition Krüger"))
    for customer_id, whose in (
        (main.customer_id, company_id),
        (colleague.customer_id, company_id),
        (carrier.customer_id, None),
    ):
        await tx.connection.execute(_BELONGS, {"id": customer_id, "company_id": whose})
        tx.emit(CustomerChanged(customer_id))

    side = await open_conversation(tx, channel_id=main.channel_id, identity_id=carrier.id, subject="Parcel 20418")
    at = main.last_entry_at + timedelta(minutes=4)
    await tx.connection.execute(_SIDE_OF, {"id": side.id, "side_of_id": main.id, "at": at})
    for minutes, direction, words in ((0, "out", _ASKED), (21, "in", _ANSWERED)):
        await append_entry(
            tx,
            NewEntry(
                side.id,
                "message",
                "out" if direction == "out" else "in",
                occurred_at=at + timedelta(minutes=minutes),
                channel_id=main.channel_id,
                author_identity_id=carrier.id if direction == "in" else None,
                data={"sender": {"name": "Lindenhof Supplies", "address": "hello@lindenhof-supplies.example"}}
                if direction == "out"
                else {},
                recipients=[{"address": carrier.address, "name": carrier.name, "role": "to"}]
                if direction == "out"
                else (),
                subject="Parcel 20418",
                text=words,
            ),
        )
    await tx.connection.execute(_SIDE, {"id": side.id, "side_of_id": main.id, "at": datetime.now(UTC)})

    written = at + timedelta(minutes=25)
    values = {"identity_id": main.identity_id, "conversation_id": main.id, "text": _TASK, "at": written}
    due_at = datetime.now(UTC) + timedelta(days=1)
    task_id: int = (await tx.connection.execute(_TASK_ROW, {**values, "due_at": due_at})).scalar_one()
    data = {"type": "added", "task_id": task_id, "assignee_id": None, "due_at": due_at.isoformat()}
    await append_entry(tx, NewEntry(main.id, TASK, "internal", occurred_at=written, text=_TASK, data=data))
    tx.emit(TaskChanged(task_id))


def _mail(address: str, name: str) -> Address:
    return Address("email", address, address, name)
