"""Who looks at which conversation."""

from __future__ import annotations

from hub.web.presence import EXPIRES_SECONDS, Presence


def test_moving_on_tells_both_conversations() -> None:
    presence: Presence[str] = Presence()
    assert presence.look("ada", 1, False) == {1}
    assert presence.look("ada", 2, False) == {1, 2}
    assert presence.viewers(1) == {}
    assert presence.viewers(2) == {"ada": False}
    assert presence.look("ada", None, False) == {2}


def test_saying_the_same_again_tells_nobody_and_keeps_it_alive() -> None:
    now = [0.0]
    presence: Presence[str] = Presence(now=lambda: now[0])
    presence.look("ada", 1, True)
    now[0] = EXPIRES_SECONDS - 1
    assert presence.look("ada", 1, True) == set()
    now[0] = EXPIRES_SECONDS + 1
    assert presence.expire() == set()
    now[0] = 3 * EXPIRES_SECONDS
    assert presence.expire() == {1}
    assert presence.viewers(1) == {}


def test_a_closed_socket_leaves() -> None:
    presence: Presence[str] = Presence()
    presence.look("ada", 1, False)
    presence.look("bob", 1, True)
    assert presence.leave(["ada", "nobody"]) == {1}
    assert presence.viewers(1) == {"bob": True}
