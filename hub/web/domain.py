"""Which answer each refusal of the domain is. The refusals' own words are the detail: they say what to do."""

from __future__ import annotations

from typing import Final

from hub.callbacks.model import (
    AlreadyWaiting,
    BadCallback,
    CallbackError,
    QueueFull,
    UnknownCallback,
    UnknownQueue,
)
from hub.calls.model import BadDevice, CallError, NoDevice, UnknownCall
from hub.channels.errors import ChannelUnknown, ConsentFailed, SettingsInvalid
from hub.channels.registry import UnknownKind
from hub.compose.model import UnknownScheduled
from hub.desk.errors import (
    BadCredentials,
    BadValue,
    DeskError,
    EmailTaken,
    InviteUnknown,
    LastAdministrator,
    NameTaken,
    NotUndoable,
    UnknownAgent,
    UnknownBrand,
    UnknownBulk,
    UnknownField,
    UnknownLabel,
    UnknownMacro,
    UnknownReply,
    UnknownTeam,
    UnknownToken,
    UnknownView,
)
from hub.desk.tasks.actions import UnknownTask
from hub.files.actions import UnknownFile
from hub.outbound.errors import (
    NeedsTemplate,
    NewerEntry,
    NotPossible,
    OutboundError,
    TemplatesAway,
    UnknownMessage,
)
from hub.people.actions import PeopleError, UnknownCustomer, UnknownSuppression
from hub.people.companies import UnknownCompany
from hub.sdk import InvalidAddress
from hub.secrets import SecretsError
from hub.service.model import BadHours, HoursInUse, UnknownHours
from hub.timeline.actions import TimelineError, UnknownAttachment, UnknownConversation
from hub.timeline.related import UnknownLink
from hub.web.answers import entry_render
from hub.web.errors import Problem, invalid, not_found
from hub.webhooks.model import BadReceiver, UnknownDelivery, UnknownWebhook

_NOT_FOUND: Final[dict[type[Exception], str]] = {
    UnknownConversation: "conversation",
    UnknownCustomer: "customer",
    UnknownSuppression: "suppression",
    UnknownAgent: "agent",
    UnknownMessage: "message",
    UnknownScheduled: "message",
    UnknownReply: "canned reply",
    UnknownMacro: "macro",
    UnknownBrand: "brand",
    UnknownToken: "token",
    UnknownTask: "task",
    UnknownCompany: "company",
    UnknownLink: "link",
    UnknownTeam: "team",
    UnknownLabel: "label",
    UnknownField: "field",
    UnknownView: "view",
    UnknownBulk: "change of many conversations",
    UnknownHours: "business hours",
    UnknownWebhook: "webhook",
    UnknownDelivery: "delivery",
    ChannelUnknown: "channel",
    UnknownCall: "call",
    UnknownCallback: "callback",
    UnknownQueue: "callback queue",
    UnknownFile: "file",
}


def problem_of(failure: Exception) -> Problem | None:
    """The answer to a refusal; None for what is no refusal."""
    for kind, what in _NOT_FOUND.items():
        if isinstance(failure, kind):
            return not_found(what)
    match failure:
        case BadCredentials():
            return Problem(401, "bad_credentials", "You could not be signed in.", str(failure))
        case InviteUnknown():
            return Problem(404, "invite_unknown", "This link does not work any more.", str(failure))
        case EmailTaken():
            return Problem(409, "email_taken", "The address is taken.", str(failure), errors=[("email", str(failure))])
        case NameTaken():
            return Problem(409, "name_taken", "The name is taken.", str(failure), errors=[("name", str(failure))])
        case NotUndoable():
            return Problem(409, "not_undoable", "This cannot be taken back.", str(failure))
        case BadValue():
            return invalid(failure.where, str(failure))
        case LastAdministrator():
            return Problem(409, "last_administrator", "Somebody has to administrate.", str(failure))
        case NewerEntry():
            newer = [entry_render.entry(one) for one in failure.entries]
            return Problem(409, "newer_entry", "Somebody wrote in the meantime.", str(failure), newer=newer)
        case NeedsTemplate():
            return Problem(409, failure.code, "Only a template can be sent now.", str(failure))
        case TemplatesAway():
            return Problem(409, failure.code, "The templates cannot be read now.", str(failure))
        case NotPossible():
            return Problem(409, failure.code, "This cannot be done now.", str(failure))
        case OutboundError():
            return Problem(422, failure.code, "The message cannot be sent.", str(failure))
        case UnknownAttachment():
            return Problem(
                422, "attachment_gone", "A file is gone.", str(failure), errors=[("attachment_ids", str(failure))]
            )
        case SettingsInvalid():
            errors = [(_field(name), message) for name, message in failure.problems.items()]
            return Problem(422, "invalid", "Some settings are missing or wrong.", str(failure), errors=errors)
        case UnknownKind():
            errors = [("kind", str(failure))]
            return Problem(422, "unknown_kind", "There is no such kind of channel.", str(failure), errors=errors)
        case ConsentFailed():
            return Problem(422, "consent_failed", "The consent came to nothing.", str(failure))
        case BadHours():
            return Problem(
                422,
                "invalid",
                "Something in the request is wrong.",
                str(failure),
                errors=[(failure.where, str(failure))],
            )
        case HoursInUse():
            return Problem(409, "hours_in_use", "A channel goes by these hours.", str(failure))
        case BadReceiver():
            return Problem(
                422, "bad_receiver", "This address cannot be called.", str(failure), errors=[("url", str(failure))]
            )
        case InvalidAddress():
            return Problem(422, "bad_address", "This address cannot be written to.", str(failure))
        case BadDevice():
            return Problem(
                422, "bad_address", "This cannot be called.", str(failure), errors=[("address", str(failure))]
            )
        case BadCallback():
            return Problem(
                422,
                "invalid",
                "Something in the request is wrong.",
                str(failure),
                errors=[(failure.where, str(failure))],
            )
        case AlreadyWaiting():
            return Problem(
                409, "already_waiting", "This number is waiting.", str(failure), callback_id=failure.callback_id
            )
        case QueueFull():
            return Problem(409, "queue_full", "No callback can be taken.", str(failure))
        case CallbackError():
            return Problem(409, "not_now", "This cannot be done now.", str(failure))
        case NoDevice():
            return Problem(409, "no_device", "There is no telephone to call.", str(failure))
        case CallError():
            return Problem(409, "not_now", "This cannot be done now.", str(failure))
        case SecretsError():
            return Problem(409, "secrets_sealed", "The stored passwords cannot be opened.", str(failure))
        case DeskError() | PeopleError() | TimelineError():
            return Problem(409, "refused", "This cannot be done now.", str(failure))
        case _:
            return None


def _field(name: str) -> str:
    return name if name in ("name", "state") else f"settings.{name}"
