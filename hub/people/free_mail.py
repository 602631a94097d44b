"""Mail domains that say nothing of a company."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_LIST: Final = Path(__file__).with_name("free_mail_domains.txt")


@cache
def free_mail_domains() -> frozenset[str]:
    """In lower case; the file says where they come from."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def company_domain(address: str) -> str | None:
    """The domain of a mail address, when whoever has an address there is probably with one company."""
    name, at, domain = address.strip().lower().rpartition("@")
    return domain if name and at and "." in domain and domain not in free_mail_domains() else None
