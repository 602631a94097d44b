"""Whether the receiving server vouches for the From address (Authentication-Results, RFC 8601)."""

from __future__ import annotations

import re

from connectors.email.mail import ParsedMail

_RESULT = re.compile(r"^\s*(dmarc|dkim|spf)\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"\b(header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*\"?([^\s;\"]{1,320})", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]{0,1000}\)")
_ALIGNED_BY = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}


def verdict(mail: ParsedMail, authserv_id: str) -> tuple[bool, str]:
    """(whether a check passed for the domain of From, the results that were believed, such as "dkim=pass spf=fail").

    Only the topmost result of the trusted server counts: what stands below it, a sender may have written.
    """
    if not authserv_id or len(mail.from_) != 1:
        return False, ""
    domain = mail.from_[0].address.rpartition("@")[2].lower()
    for header in mail.authentication_results:
        server, _, results = _COMMENT.sub(" ", header).partition(";")
        if server.split()[:1] and server.split()[0].lower() == authserv_id.lower():
            return _passed(results, domain)
    return False, ""


def _passed(results: str, domain: str) -> tuple[bool, str]:
    passed = False
    said = []
    for one in results.split(";"):
        found = _RESULT.match(one)
        if found is None:
            continue
        method, result = found[1].lower(), found[2].lower()
        said.append(f"{method}={result}")
        properties = {name.lower(): value.lower() for name, value in _PROPERTY.findall(one)}
        domains = [properties[name].rpartition("@")[2] for name in _ALIGNED_BY[method] if name in properties]
        passed = passed or (result == "pass" and any(_aligned(domain, other) for other in domains))
    return passed, " ".join(said)


def _aligned(domain: str, other: str) -> bool:
    """Relaxed alignment, where one is the other or a subdomain of it; never by a bare top-level domain."""
    return (
        domain == other
        or ("." in other and domain.endswith(f".{other}"))
        or ("." in domain and other.endswith(f".{domain}"))
    )
