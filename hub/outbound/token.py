"""Reply tokens: how an answer says which conversation it answers, in a form that nobody can guess or forge.

A token is lowercase base32 of the conversation's id and the first bytes of an HMAC of it, so it fits into a mail
address and survives a change of case. It says where a message wants to go, never who may go there.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from typing import Final

from hub.secrets import Vault

_PURPOSE: Final = "reply"
_MAC_BYTES: Final = 10
_ID_BYTES: Final = 5
_LENGTH: Final = (_ID_BYTES + _MAC_BYTES) * 8 // 5
_UNIQUE_BYTES: Final = 10


class ReplyTokens:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def make(self, conversation_id: int) -> str:
        """24 letters and digits; the same for the same conversation, always."""
        content = conversation_id.to_bytes(_ID_BYTES, "big")
        return base64.b32encode(content + self._mac(content)).decode().lower()

    def read(self, token: str) -> int | None:
        """The conversation, or None when this is no token of ours. Takes the same time for every wrong one."""
        if len(token) != _LENGTH or not token.isascii():
            return None
        try:
            decoded = base64.b32decode(token.upper())
        except binascii.Error:
            return None
        content, mac = decoded[:_ID_BYTES], decoded[_ID_BYTES:]
        return int.from_bytes(content, "big") if hmac.compare_digest(mac, self._mac(content)) else None

    def unique(self, conversation_id: int) -> str:
        """A token for one message: the conversation's, a dot, and something that no other message has."""
        random = base64.b32encode(secrets.token_bytes(_UNIQUE_BYTES)).decode().lower()
        return f"{self.make(conversation_id)}.{random}"

    def _mac(self, content: bytes) -> bytes:
        return self._vault.hmac(_PURPOSE, content)[:_MAC_BYTES]
