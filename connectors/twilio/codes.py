"""What Twilio's error codes mean: each documented one in exactly one class. Data; errors.py acts on it.

suppress   they opted out: nothing more until they opt in again
permanent  never, as it is
policy     a carrier, Meta or Twilio does not want this content or sender; repeating it makes it worse
template   only a template may be sent to them now
rate       too many at once
transient  worth another try
ambiguous  it may have been accepted
auth       the account or the channel's settings are at fault: held until an administrator has looked

Sources: Twilio's dictionary, a page for each code at twilio.com/docs/api/errors/<code>, and for 63xxx its “List of
Corresponding Twilio and WhatsApp Error Codes”. The titles found there stand in tests/connectors/twilio/fixtures;
UNCONFIRMED are those whose page could not be read.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Kind = Literal["suppress", "permanent", "policy", "template", "rate", "transient", "ambiguous", "auth"]


class Fault(NamedTuple):
    kind: Kind
    reason: str


_SETTINGS: Final = "Check the channel's settings."
_CODES: Final[dict[Kind, dict[int, str]]] = {
    "suppress": {
        21610: "They asked for no more messages (STOP).",
    },
    "template": {
        63016: "More than 24 hours have passed since they last wrote: WhatsApp now takes a template only.",
    },
    "rate": {
        20429: "Twilio wants fewer requests; it will be tried again.",
        21611: "Too many messages wait to go out from this number; it will be tried again.",
        30022: "The campaign's rate is used up for the moment.",
        30023: "The brand's messages for today are used up at this carrier.",
        30027: "The brand's messages for today are used up at this carrier.",
        30454: "The account's messages are used up for the moment.",
        63017: "WhatsApp wants fewer messages; it will be tried again.",
        63018: "Too many messages at once; it will be tried again.",
        63038: "The account's messages for today are used up.",
        14107: "Too many messages to this number in a short time.",
    },
    "transient": {
        20503: "Twilio is not available for the moment.",
        21730: "Twilio is being maintained; it will be tried again.",
        30001: "Twilio's queue was full.",
        30003: "The phone is switched off or out of reach.",
        30008: "The carrier failed and did not say why.",
        30017: "The carrier's network is overloaded.",
        30020: "Twilio failed inside.",
        30021: "Twilio failed inside.",
        30036: "It could not be delivered in time.",
        30410: "The carrier did not answer in time.",
        30500: "Twilio failed inside.",
        63009: "WhatsApp failed and did not say why.",
        63010: "Twilio failed inside.",
        63012: "WhatsApp failed inside.",
        63023: "WhatsApp failed and did not say why.",
        63036: "The number cannot be reached on this channel at the moment.",
    },
    "ambiguous": {
        20500: "Twilio failed while it had the message. It may be on its way, or not.",
    },
    "auth": {
        20003: "Twilio refuses the account's credentials.",
        20005: "The Twilio account is not active.",
        20006: "These credentials may not do this.",
        20008: "These are test credentials; the account's live ones are needed.",
        20403: "These credentials may not do this.",
        20404: "Twilio does not know this account or sender.",
        21210: f"The sender's number is not verified. {_SETTINGS}",
        21212: f"The sender's number is not valid. {_SETTINGS}",
        21215: "The account may not send to this country; an administrator can allow it in Twilio's console.",
        21264: f"The sender's number is not verified. {_SETTINGS}",
        21267: "A trial account cannot send from a name; it needs a number.",
        21603: f"No sender is set. {_SETTINGS}",
        21606: f"The sender's number cannot send messages. {_SETTINGS}",
        21607: f"The sender's number is not one of this account. {_SETTINGS}",
        21616: f"The sender's number exists twice in this account. {_SETTINGS}",
        21659: f"The sender's number is not one of Twilio's. {_SETTINGS}",
        21660: f"The sender's number is not one of this account. {_SETTINGS}",
        21661: f"The sender's number cannot send text messages. {_SETTINGS}",
        21701: f"The messaging service does not exist. {_SETTINGS}",
        21703: "The messaging service has no number yet; add one in Twilio's console.",
        21704: "The messaging service has no number yet; add one in Twilio's console.",
        21705: f"The messaging service does not exist. {_SETTINGS}",
        21709: f"The sender's name may not be used by the messaging service. {_SETTINGS}",
        21711: f"The sender's number does not belong to the messaging service. {_SETTINGS}",
        21712: f"The sender's number belongs to another messaging service. {_SETTINGS}",
        30002: "The Twilio account is suspended.",
        30032: "The toll-free number is not verified yet; do that in Twilio's console.",
        30037: "Twilio has switched off outgoing messages for this account.",
        63001: "WhatsApp refuses the sender's credentials; look at the sender in Twilio's console.",
        63002: f"WhatsApp does not know the sender. {_SETTINGS}",
        63007: f"This number is no WhatsApp sender of this account. {_SETTINGS}",
        63008: "The sender is not set up right at Twilio; look at it in Twilio's console.",
        63020: "Meta's Business Manager has not accepted Twilio's invitation, or has no way to pay.",
        63022: "WhatsApp does not accept the sender's name; look at the sender in Twilio's console.",
    },
    "permanent": {
        11200: "Twilio could not fetch the file from this hub.",
        11751: "The files are larger than the channel takes.",
        12300: "The receiver does not take files of this type.",
        20001: "Twilio does not understand the request.",
        20004: "Twilio does not understand the request.",
        21201: "There is no number to send to.",
        21205: "Twilio does not accept this hub's public address.",
        21211: "This is not a valid phone number.",
        21214: "This number cannot be reached.",
        21217: "This is not a valid phone number.",
        21219: "A trial account can only write to verified numbers.",
        21265: "A short code cannot be written to.",
        21266: "Sender and receiver are the same number.",
        21401: "This is not a valid phone number.",
        21407: "This kind of number cannot receive text messages.",
        21408: "Messages to this country are not switched on; an administrator can do so in Twilio's console.",
        21421: "This is not a valid phone number.",
        21601: "This number cannot receive text messages.",
        21602: "The message is empty.",
        21604: "There is no number to send to.",
        21605: "The message is too long.",
        21608: "A trial account can only write to verified numbers.",
        21609: "Twilio does not accept this hub's public address; it has to be reachable from the internet.",
        21612: "This number cannot be reached from the sender's number.",
        21614: "This is not a mobile number.",
        21617: "The message is longer than 1,600 characters.",
        21618: "The message has characters that cannot be sent.",
        21619: "The message is empty.",
        21620: "Twilio could not use the address of the file; this hub has to be reachable from the internet.",
        21621: "The sender's number cannot send pictures and files.",
        21622: "Pictures and files cannot be sent to this country.",
        21623: "There are more than ten files.",
        21635: "This is a landline, which receives no text messages.",
        21653: "A text message goes to one person.",
        21654: "There are values for a template and no template.",
        21655: "Twilio does not know this template.",
        21656: "The template's variables are not filled in as it needs them.",
        21658: "A part of the message is longer than Twilio takes.",
        21910: "Sender and receiver are on different channels.",
        30004: "The receiver's number or carrier blocks the message.",
        30005: "This number is not in service.",
        30006: "This is a landline, or its carrier takes no text messages.",
        30009: "A part of the message got lost.",
        30010: "The message costs more than was allowed.",
        30011: "The receiver's phone does not take pictures and files.",
        30019: "The files are larger than the carrier takes.",
        63003: "WhatsApp does not know this number.",
        63005: "WhatsApp did not accept the content.",
        63006: "WhatsApp does not take content of this kind.",
        63011: "WhatsApp could not work with the request.",
        63014: "They blocked you, or took back their consent.",
        63015: "They have not joined the sandbox: they first have to send its “join” words.",
        63019: "WhatsApp could not fetch the file from this hub.",
        63024: "They cannot receive WhatsApp messages.",
        63025: "The file exists already.",
        63027: "The template does not exist in this language.",
        63028: "The template has other variables than were given.",
        63029: "The receiver's phone could not take the template.",
        63030: "The template does not take this variable.",
        63031: "Sender and receiver are the same number.",
        63033: "They blocked messages from you.",
        63035: "The sender has not been launched yet, or not for this person.",
        63040: "WhatsApp rejected the template.",
        63041: "WhatsApp has paused the template.",
        63042: "WhatsApp has switched the template off.",
    },
    "policy": {
        30007: "The carrier's filter took it for spam.",
        30018: "The carrier wants the sender to be registered first.",
        30024: "The carrier wants the sender to be registered first.",
        30033: "The campaign is suspended.",
        30034: "The sender's number is not registered for texting in the United States (A2P 10DLC).",
        30035: "The sender's number is still being registered for texting in the United States.",
        30038: "Twilio stops codes for one use that are sent to its own numbers.",
        30039: "Twilio stopped it so that two programs do not answer each other for ever.",
        30040: "The carrier wants the sender to be registered first.",
        30041: "The sender's number is not registered for texting to the United Kingdom.",
        30043: "The carrier does not take messages from abroad on this way.",
        30450: "Twilio's protection against abuse stopped it.",
        30453: "Twilio stopped it and says only that it could not be delivered.",
        30485: "Twilio stopped it and says only that it could not be delivered.",
        63013: "It is against WhatsApp's rules.",
        63021: "WhatsApp does not take content like this.",
        63032: "WhatsApp limits messages to this person for the moment.",
        63049: "WhatsApp chose not to deliver this marketing message.",
        63062: "The terms of WhatsApp's marketing messages have not been accepted for this business.",
    },
}
CODES: Final[dict[int, Fault]] = {
    code: Fault(kind, reason) for kind, reasons in _CODES.items() for code, reason in reasons.items()
}
CLASSES: Final = _CODES
# fmt: off
UNCONFIRMED: Final = frozenset((
    14107, 20001, 20004, 20005, 20006, 20008, 20403, 20404, 21201, 21205, 21214, 21215, 21217, 21219, 21601, 21603,
    21609, 21618, 21622, 21623, 21635, 21703, 21704, 30004, 30017, 30018, 30023, 30033, 30035, 30410, 30453, 63002,
    63015, 63040, 63041, 63042, 63049,
))
# fmt: on
