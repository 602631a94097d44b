"""Limits on guessing, and who is calling."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request

from hub.web.auth import Door
from hub.web.errors import Problem
from hub.web.ratelimit import RateLimit
from hub.web.security import Origin, client_address


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_a_limit_opens_again_as_time_goes_by() -> None:
    clock = Clock()
    limit = RateLimit(2, 60, now=clock)
    for _ in range(2):
        assert limit.wait("a") == 0
        limit.record("a")
        clock.at += 10
    assert limit.wait("a") == 40
    assert limit.wait("b") == 0
    clock.at += 40
    assert limit.wait("a") == 0


def test_a_limit_remembers_only_so_many_keys() -> None:
    limit = RateLimit(1, 60, keys=100)
    for number in range(10_000):
        limit.record(str(number))
    assert limit.wait("9999") > 0
    assert limit.wait("1") == 0
    assert len(limit._tries) == 100


def test_one_who_guesses_does_not_lock_out_the_agent_elsewhere() -> None:
    door = Door()
    for _ in range(10):
        door.knock("203.0.113.9", "Ada@hub.test")
    with pytest.raises(Problem) as refused:
        door.knock("203.0.113.9", " ada@HUB.test ")
    assert refused.value.status == 429
    door.knock("198.51.100.1", "ada@hub.test")


def test_guessing_one_account_from_many_addresses_is_stopped_too() -> None:
    door = Door()
    for number in range(50):
        door.knock(f"203.0.113.{number}", "ada@hub.test")
    with pytest.raises(Problem):
        door.knock("198.51.100.1", "ada@hub.test")


def test_guessing_many_accounts_from_one_address_is_stopped_too() -> None:
    door = Door()
    for number in range(100):
        door.knock("203.0.113.9", f"agent{number}@hub.test")
    with pytest.raises(Problem):
        door.knock("203.0.113.9", "another@hub.test")


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [(0, "1.2.3.4", ""), (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"), (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"), (1, "", "")],
)
def test_a_forged_forwarding_header_is_not_believed(trusted: int, forwarded: str, address: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("GET", "/", headers=headers)
    assert client_address(request, trusted) == (address or request.remote or "")


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Origin": "https://desk.example.com"}, True),
        ({"Origin": "HTTPS://DESK.example.com"}, True),
        ({"Origin": "https://localhost:8080", "Host": "localhost:8080"}, True),
        ({"Origin": "http://desk.example.com"}, False),
        ({"Origin": "https://desk.example.com.evil.test"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "https://desk.example.com", "Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
    ],
)
def test_only_our_own_pages_may_send(headers: dict[str, str], allowed: bool) -> None:
    request = make_mocked_request("POST", "/", headers={"Host": "desk.example.com", **headers})
    assert Origin("https://desk.example.com").allows(request) is allowed
