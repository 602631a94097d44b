"""The mail provider that the tests of a module share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.peers.mailserver import MailServer

USERS = {
    "support@acme.test": "s3cret-support",
    "sales@acme.test": "s3cret-sales",
    "anna@customer.test": "s3cret-anna",
    "ben@customer.test": "s3cret-ben",
}


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    """Postfix and Dovecot with USERS."""
    if os.geteuid() != 0:
        pytest.skip("Postfix only starts as root; run the peer tests as root")
    with MailServer(USERS) as server:
        yield server
