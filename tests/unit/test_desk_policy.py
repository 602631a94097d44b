"""The policy: what an agent may do, what only an administrator may, and that nobody else may do anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hub.desk.model import Agent
from hub.desk.policy import Action, allowed

AGENT = Agent(1, "a@hub.test", "Ann Lee", "agent", "", "en", "system", disabled=False, has_password=True)
ADMINISTRATOR = replace(AGENT, id=2, role="administrator")
MANAGED = {action for action in Action if action.name.startswith("MANAGE_")}


@pytest.mark.parametrize("action", Action)
def test_nobody_and_the_disabled_may_do_nothing(action: Action) -> None:
    assert not allowed(None, action)
    assert not allowed(replace(ADMINISTRATOR, disabled=True), action)


@pytest.mark.parametrize("action", Action)
def test_only_administrators_manage(action: Action) -> None:
    assert allowed(ADMINISTRATOR, action)
    assert allowed(AGENT, action) == (action not in MANAGED)


def test_an_agent_changes_only_their_own_account() -> None:
    assert allowed(AGENT, Action.CHANGE_SELF, AGENT)
    assert not allowed(AGENT, Action.CHANGE_SELF, ADMINISTRATOR)
    assert not allowed(ADMINISTRATOR, Action.CHANGE_SELF, AGENT)


@pytest.mark.parametrize(
    ("name", "initials"), [("Ann Lee", "AL"), ("Maria de la Cruz", "MC"), ("Cher", "C"), ("", "A"), ("éva nagy", "ÉN")]
)
def test_initials_are_those_of_the_first_and_last_name(name: str, initials: str) -> None:
    assert replace(AGENT, name=name).initials == initials
