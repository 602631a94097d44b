"""Which mail domains say something of a company."""

from __future__ import annotations

import pytest

from hub.people.companies import clean_domains
from hub.people.free_mail import company_domain, free_mail_domains


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("ole@nordlicht.example", "nordlicht.example"),
        (" Ole@NordLicht.Example ", "nordlicht.example"),
        ("ole@gmail.com", None),
        ("ole@GMX.de", None),
        ("ole@localhost", None),
        ("@nordlicht.example", None),
        ("+49 151 23456789", None),
        ("", None),
    ],
)
def test_a_domain_is_a_companys_unless_it_is_a_provider_for_everybody(address: str, domain: str | None) -> None:
    assert company_domain(address) == domain


def test_the_list_is_whole_and_in_lower_case() -> None:
    domains = free_mail_domains()
    assert {"gmail.com", "outlook.com", "web.de", "orange.fr", "icloud.com"} <= domains
    assert all(one == one.strip().lower() and "." in one and "#" not in one for one in domains)


def test_domains_are_kept_as_they_are_compared() -> None:
    assert clean_domains(["@Nord.example", "www.nord.example", "nord.example ", ""]) == ["nord.example"]
