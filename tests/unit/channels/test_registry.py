"""Connectors are found by their entry points; one that is broken does not stop the hub."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from hub.channels import registry
from hub.channels.registry import Registry, UnknownKind
from tests.connectors.scripted import Scripted


def test_a_connector_is_found_by_its_kind() -> None:
    connector = Scripted()
    found = Registry([connector])
    assert found.get("scripted") is connector
    assert list(found) == [connector]
    assert found.find("pigeon") is None


def test_an_unknown_kind_says_what_to_do() -> None:
    with pytest.raises(UnknownKind, match="Install"):
        Registry([]).get("pigeon")


def test_two_connectors_cannot_claim_one_kind() -> None:
    with pytest.raises(ValueError, match="Uninstall one"):
        Registry([Scripted(), Scripted()])


def test_a_connector_that_cannot_be_loaded_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = EntryPoint("broken", "no_such_module:CONNECTOR", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [broken])
    found = Registry.load()
    assert found.find("broken") is None
    assert list(found) == []


def test_the_installed_connectors_are_found() -> None:
    assert "email" in {one.kind for one in Registry.load()}


def test_a_connector_that_nobody_uses_is_not_loaded() -> None:
    program = "import sys; from hub.channels.registry import Registry; Registry.load().get('demo'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "connectors.demo" in loaded
    assert "connectors.email" not in loaded
