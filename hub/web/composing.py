"""Messages as the API takes them: free text, rich text or a template, made into what the queue takes."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from hub.desk.richtext import as_text, clean_message
from hub.inbound.sanitise import sanitise_html
from hub.outbound.model import ChosenTemplate, QueueMessage
from hub.outbound.opening import FirstMessage
from hub.web.errors import invalid
from hub.web.fields import Address, Id, Ids, Line, Name, RequestBody
from hub.web.routes import Call

Words = Annotated[str, Field(max_length=200_000)]
Html = Annotated[str, Field(max_length=500_000)]
Hold = Annotated[int, Field(ge=1, le=60)]
"""Seconds in which a message can be undone."""
VariableName = Annotated[str, Field(min_length=1, max_length=100)]
VariableValue = Annotated[str, Field(max_length=1024, pattern=r"^[^\x00-\x1f\x7f]*$")]


class TemplateChoice(RequestBody):
    """One of the channel's templates, and what stands for each of its variables."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    variables: Annotated[dict[VariableName, VariableValue], Field(max_length=100)] = Field(default_factory=dict)


class NewMessage(RequestBody):
    """Either `text`, which may be empty where there is a file, or `template`. `html` is the same words with their
    looks, for channels that carry them; where `text` is empty then, it is made of them. `last_seen_entry_id` is the
    newest entry that the agent had on the screen."""

    text: Words = ""
    template: TemplateChoice | None = None
    html: Html | None = None
    to_identity_id: Id
    channel_id: Id
    cc: Annotated[list[Address], Field(max_length=50)] = Field(default_factory=list)
    subject: Line | None = None
    attachment_ids: Ids = Field(default_factory=list)
    last_seen_entry_id: Annotated[int, Field(ge=0, le=2**63 - 1)]
    confirm_newer: bool = False


class NewIdentity(RequestBody):
    kind: Annotated[str, Field(min_length=1, max_length=40, pattern="^[a-z][a-z0-9_]*$")]
    address: Address
    name: Name | None = None


class NewFirst(RequestBody):
    """To whom, over which channel, and what: the first message of a conversation."""

    identity: NewIdentity
    channel_id: Id
    subject: Line | None = None
    text: Words = ""
    attachment_ids: Ids = Field(default_factory=list)

    def first(self, call: Call[Any, Any], template: ChosenTemplate | None = None) -> FirstMessage:
        return FirstMessage(
            kind=self.identity.kind,
            address=self.identity.address,
            name=self.identity.name or "",
            channel_id=self.channel_id,
            agent_id=call.agent.id,
            subject=self.subject or "",
            text=self.text if template is None else template.text,
            template=template,
            attachment_ids=self.attachment_ids,
            idempotency_key=call.idempotency_key,
        )


async def chosen_template(
    call: Call[Any, Any], text: str, template: TemplateChoice | None, channel_id: int
) -> ChosenTemplate | None:
    """The template that the message is, filled in; None for a text. Raises BadTemplate and TemplatesAway."""
    if template is None:
        return None
    if text:
        raise invalid("template", "Send a text or a template, not both.")
    return await call.services.templates.choose(channel_id, template.id, template.variables)


async def message_of(call: Call[Any, Any], body: NewMessage) -> QueueMessage:
    """What the agent who calls wants sent in the conversation of the path."""
    template = await chosen_template(call, body.text or body.html or "", body.template, body.channel_id)
    html = clean_message(sanitise_html(body.html).html) if body.html else ""
    words = template.text if template is not None else body.text if body.text.strip() else as_text(html)
    return QueueMessage(
        conversation_id=call.path["conversation_id"],
        agent_id=call.agent.id,
        identity_id=body.to_identity_id,
        channel_id=body.channel_id,
        cc=tuple(body.cc),
        subject=body.subject or "",
        text=words,
        template=template,
        html=html,
        attachment_ids=tuple(body.attachment_ids),
        idempotency_key=call.idempotency_key,
        last_seen_entry_id=body.last_seen_entry_id,
        confirm_newer=body.confirm_newer,
    )
