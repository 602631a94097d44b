"""What the desk refuses; each message says what to do.

DeskError
├── BadCredentials      no such agent, or the wrong password; which of them is not said
├── InviteUnknown       the link was used, has expired, or never was
├── EmailTaken          another agent has this address
├── UnknownAgent        there is no such agent, or they cannot be given work
├── UnknownToken        there is no such token, or it was revoked
├── UnknownTeam         there is no such team
├── UnknownLabel        there is no such label
├── UnknownField        there is no such field
├── UnknownView         there is no such view, or it is somebody else's own
├── UnknownBulk         there is no such change of many conversations, or it is somebody else's
├── NameTaken           another team, label or field is called so
├── BadValue            a value cannot be set; it knows which
├── NotUndoable         the change of many goes on still, or was undone
├── UnknownReply        there is no such canned reply, or it is somebody else's own
├── UnknownMacro        there is no such macro, or it is somebody else's own
├── UnknownBrand        there is no such brand
├── StaleDraft          the draft was changed meanwhile, on another device
└── LastAdministrator   it would leave the hub without an administrator
"""

from __future__ import annotations


class DeskError(Exception):
    """Base of what the desk refuses."""


class BadCredentials(DeskError):
    """No such agent, or the wrong password; which of them is not said."""


class InviteUnknown(DeskError):
    """The link was used, has expired, or never was."""


class EmailTaken(DeskError):
    """Another agent has this address."""


class UnknownAgent(DeskError):
    """There is no such agent, or they cannot be given work."""


class UnknownToken(DeskError):
    """There is no such token, or it was revoked."""


class UnknownTeam(DeskError):
    """There is no such team."""


class UnknownLabel(DeskError):
    """There is no such label."""


class UnknownField(DeskError):
    """There is no such field."""


class UnknownView(DeskError):
    """There is no such view, or it is somebody else's own."""


class UnknownBulk(DeskError):
    """There is no such change of many conversations, or it is somebody else's."""


class NameTaken(DeskError):
    """Another team, label or field is called so."""


class BadValue(DeskError):
    """A value cannot be set. `where` is the path to it, as in "fields.order"."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


class NotUndoable(DeskError):
    """The change of many goes on still, or was undone."""


class LastAdministrator(DeskError):
    """It would leave the hub without an administrator."""


class UnknownReply(DeskError):
    """There is no such canned reply, or it is somebody else's own."""


class UnknownMacro(DeskError):
    """There is no such macro, or it is somebody else's own."""


class UnknownBrand(DeskError):
    """There is no such brand."""


class StaleDraft(DeskError):
    """The draft was changed meanwhile, on another device."""
