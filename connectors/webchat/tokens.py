"""Who is there: the token of a visitor's device, and the company's word (a JWT) for who is signed in on its site."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
import time
from dataclasses import dataclass, replace
from typing import Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from hub.sdk import Claim, Context

_PURPOSE: Final = "visitor"
_RENEW_SECONDS: Final = 86_400
_LIFE_SECONDS: Final = 400 * 86_400
_LEEWAY_SECONDS: Final = 60
_MAX_TOKEN: Final = 500
_MAX_JWT: Final = 4000
_MAX_VALUE: Final = 254


@dataclass(frozen=True, slots=True)
class Visitor:
    """A device. `who` is a fingerprint of the person whom the company named on it, "" for nobody."""

    id: str
    who: str = ""
    issued: int = 0

    @property
    def old(self) -> bool:
        """Whether its token is to be made anew."""
        return time.time() - self.issued > _RENEW_SECONDS


class Tokens:
    """Tokens belong to the device, never to the customer: whoever holds one reads what was said with this device."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def new(self) -> Visitor:
        return Visitor(secrets.token_hex(16))

    def issue(self, visitor: Visitor) -> str:
        content = json.dumps({"v": visitor.id, "w": visitor.who, "t": int(time.time())}).encode()
        return f"{_encode(content)}.{_encode(self._context.sign(_PURPOSE, content))}"

    def read(self, token: object) -> Visitor | None:
        """None for what was not issued here, or too long ago."""
        if not isinstance(token, str) or len(token) > _MAX_TOKEN:
            return None
        content, _, mac = token.partition(".")
        try:
            signed = _decode(content)
            if not self._context.verify(_PURPOSE, signed, _decode(mac)):
                return None
        except (binascii.Error, ValueError):
            return None
        found = json.loads(signed)
        visitor = Visitor(found["v"], found["w"], found["t"])
        return visitor if time.time() - visitor.issued < _LIFE_SECONDS else None


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the company named: by its own id of them, their email address, or both."""

    claims: tuple[Claim, ...]
    who: str

    def on(self, visitor: Visitor) -> Visitor | None:
        """The device with this person; None where it belongs to somebody else."""
        return replace(visitor, who=self.who) if visitor.who in ("", self.who) else None


def read_jwt(token: object, secret: str) -> Person | None:
    """None for one that is not signed with the secret, has no end or is over, or names nobody."""
    if not secret or not isinstance(token, str) or len(token) > _MAX_JWT:
        return None
    try:
        decoded = jwt.decode(token, OctKey.import_key(secret), algorithms=["HS256"])
        rules = jwt.JWTClaimsRegistry(leeway=_LEEWAY_SECONDS, exp={"essential": True})
        rules.validate(decoded.claims)
    except (JoseError, ValueError, TypeError, UnicodeError):
        return None
    said = decoded.claims
    name = _line(said.get("name"))
    claims = []
    if email := _line(said.get("email")).lower():
        claims.append(Claim("email", email, name, verified=True))
    if account := _line(said.get("sub")):
        claims.append(Claim("account", account, name, verified=True))
    if not claims:
        return None
    key = account or email
    return Person(tuple(claims), hashlib.sha256(key.encode()).hexdigest()[:16])


def _line(value: object) -> str:
    return " ".join(value.split())[:_MAX_VALUE] if isinstance(value, str) else ""


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _decode(content: str) -> bytes:
    return base64.urlsafe_b64decode(content + "=" * (-len(content) % 4))
