"""Sealing what must not be readable in the database or a backup: passwords and tokens of channels.

The key comes from `HUB_SECRET_KEY` or from `<data>/secret.key`, made at the first start. What is sealed names its
key, so that a new key can seal while the old ones still open: write the new key as the first line of the file
(or first in the variable, separated by commas), the old ones below it. Losing the key loses the sealed values:
back it up apart from the database.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hub.folder import make_private
from hub.settings import Settings

KEY_FILE: Final = "secret.key"
_KEY_BYTES: Final = 32
_ID_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_FORMAT: Final = b"\x01"


class SecretsError(Exception):
    """The key is missing or malformed, or does not open what was sealed; the message says what to do."""


class Vault:
    """Seals and opens with AES-256-GCM, and derives keys for signatures."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """`keys`: 32 bytes each; the first seals, every one opens. Raises `SecretsError` on any other length."""
        if not keys or any(len(key) != _KEY_BYTES for key in keys):
            raise SecretsError("A secret key is 32 bytes in base64. Make one with: openssl rand -base64 32")
        self._ciphers = {hashlib.sha256(b"allways key id" + key).digest()[:_ID_BYTES]: AESGCM(key) for key in keys}
        self._sealing = next(iter(self._ciphers))
        self._oldest = keys[-1]
        self._derived: dict[str, bytes] = {}

    def __repr__(self) -> str:
        return "Vault()"

    @property
    def key_id(self) -> str:
        """Names the key that seals now, and tells nothing of it."""
        return self._sealing.hex()

    def seal(self, values: Mapping[str, str], *, context: str = "") -> bytes:
        """Encrypt. `context` says what it belongs to (`channel:7`) and must be the same when it is opened."""
        nonce = os.urandom(_NONCE_BYTES)
        head = _FORMAT + self._sealing
        content = orjson.dumps(dict(values))
        return head + nonce + self._ciphers[self._sealing].encrypt(nonce, content, head + context.encode())

    def unseal(self, sealed: bytes, *, context: str = "") -> dict[str, str]:
        """Decrypt. Raises `SecretsError` when the key is unknown, or the bytes or their context were changed."""
        head, rest = sealed[: 1 + _ID_BYTES], sealed[1 + _ID_BYTES :]
        cipher = self._ciphers.get(head[1:])
        if head[:1] != _FORMAT or cipher is None:
            raise SecretsError(
                "A stored secret was sealed with another key. Put the key back (HUB_SECRET_KEY or secret.key), "
                "or enter the channel's passwords again."
            )
        try:
            content = cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], head + context.encode())
        except (InvalidTag, ValueError):
            raise SecretsError("A stored secret is damaged. Enter the channel's passwords again.") from None
        values: dict[str, str] = orjson.loads(content)
        return values

    def hmac(self, purpose: str, data: bytes) -> bytes:
        """SHA-256 HMAC of `data` under a key of this purpose's own.

        It comes from the oldest key, so that what customers hold (reply tokens) outlives a new key.
        """
        key = self._derived.get(purpose)
        if key is None:
            key = HKDF(hashes.SHA256(), _KEY_BYTES, salt=None, info=f"allways {purpose}".encode()).derive(self._oldest)
            self._derived[purpose] = key
        return hmac.digest(key, data, "sha256")


def open_vault(settings: Settings) -> Vault:
    """The vault with this installation's keys; makes `<data>/secret.key` at the first start.

    Raises `SecretsError` when the key is malformed or its file is readable by others.
    """
    if settings.secret_key is not None:
        return Vault(_keys(settings.secret_key.get_secret_value().replace(",", "\n"), "HUB_SECRET_KEY"))
    file = make_private(settings.data_dir) / KEY_FILE
    if not file.exists():
        _make_key(file)
    mode = file.stat().st_mode & 0o777
    if mode & 0o077:
        raise SecretsError(f"{file} may be read by other users (mode {mode:04o}). Run: chmod 600 {file}")
    return Vault(_keys(file.read_text(encoding="ascii"), str(file)))


def key_text(settings: Settings) -> str:
    """The keys as `secret.key` holds them, one a line: for a backup of them. Raises as `open_vault` does."""
    open_vault(settings)
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().replace(",", "\n").strip() + "\n"
    return (settings.data_dir / KEY_FILE).read_text(encoding="ascii")


def _make_key(file: Path) -> None:
    """Write a new key so that a crash leaves the whole file or none, and never over another's."""
    unfinished = file.with_name(f".{KEY_FILE}.{os.getpid()}")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(base64.b64encode(os.urandom(_KEY_BYTES)) + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(unfinished, file)
    except FileExistsError:
        pass  # another process made it first: theirs counts
    finally:
        unfinished.unlink()


def _keys(text: str, source: str) -> list[bytes]:
    try:
        return [base64.b64decode(line.strip(), validate=True) for line in text.splitlines() if line.strip()]
    except (binascii.Error, ValueError):
        raise SecretsError(f"{source} is not base64. Make a key with: openssl rand -base64 32") from None
