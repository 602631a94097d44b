"""What the desk refuses; each message says what to do.

DeskError
├── BadCredentials      no such agent, or the wrong password; which of them is not said
├── InviteUnknown       the link was used, has expired, or never was
├── EmailTaken          another agent has this address
├── UnknownAgent        there is no such agent, or they cannot be given work
├── UnknownToken        there is no such token, or it was revoked
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


class LastAdministrator(DeskError):
    """It would leave the hub without an administrator."""
