"""Thread references (Message-IDs and their like) as they are kept and looked up: by a hash of the whole."""

from __future__ import annotations

import hashlib


def reference_hash(reference: str) -> bytes | None:
    """The key of a reference; None, never that of an empty string, where there is none."""
    reference = reference.strip()
    return hashlib.sha256(reference.encode("utf-8", "surrogatepass")).digest() if reference else None
