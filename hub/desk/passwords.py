"""Passwords are kept as argon2id hashes. A hash takes a good part of a second of one core: always in a thread."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER: Final = PasswordHasher()
# Two at a time: guessing passwords must not take the machine from everybody else.
_BUSY: Final = asyncio.Semaphore(2)


async def hash_password(password: str) -> str:
    async with _BUSY:
        return await asyncio.to_thread(_HASHER.hash, password)


async def verify_password(password_hash: str | None, password: str) -> bool:
    """Takes as long where there is no hash, so that the time does not tell who has an account."""
    async with _BUSY:
        matches = await asyncio.to_thread(_matches, password_hash, password)
    return matches and password_hash is not None


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")


def _matches(password_hash: str | None, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
