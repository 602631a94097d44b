"""What the house rules ask of every file, checked over the files git knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from itertools import pairwise
from pathlib import Path

import pytest

from hub import __version__
from hub.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LONGEST_MODULE = 600
VENDORED = ("hub/web/ui/vendor/", "tests/browser/vendor/")
TEXT = {".py", ".sql", ".md", ".toml", ".js", ".css", ".html", ".ftl", ".lock", ".json", ".cfg", ".ini", ".sh", ""}


@cache
def tracked() -> tuple[str, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    ).stdout.splitlines()
    return tuple(name for name in listed if (ROOT / name).is_file() and not name.startswith(VENDORED))


def modules(*folders: str) -> list[Path]:
    return [ROOT / name for name in tracked() if name.endswith(".py") and name.startswith(folders)]


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    sources = [ROOT / name for name in tracked() if name.endswith((".py", ".js", ".css"))]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in sources}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_imports_only_go_down() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_sdk_needs_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names | {"hub"}
    for path in modules("hub/sdk/"):
        if "testing" in path.parts:
            continue
        assert imported(path) <= allowed, path


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)(_|$)")
    assert [path for path in modules("hub/", "connectors/", "tests/") if empty.search(path.stem)] == []


@pytest.mark.parametrize(
    "forbidden",
    [
        pytest.param(r"/ro" r"ot/|/ho" r"me/\w", id="somebody's home"),
        pytest.param(r"(?<![\w.])/wo" r"rk/", id="a path of one machine"),
        pytest.param(
            r"\bpy" r"pi\b|files\.python" r"hosted|npm" r"js\.(org|com)|deb\.deb" r"ian|\bpython" r"hosted\b",
            id="a registry's host",
        ),
    ],
)
def test_no_file_names_machines_or_registries(forbidden: str) -> None:
    pattern = re.compile(forbidden, re.IGNORECASE)
    found = []
    for name in tracked():
        path = ROOT / name
        if path.suffix not in TEXT or name == "LICENSE":
            continue
        lines = path.read_text("utf-8", errors="replace").splitlines()
        found += [f"{name}:{number}: {line[:120]}" for number, line in enumerate(lines, 1) if pattern.search(line)]
    assert found == []


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text("utf-8")
        assert "://" not in lock
        pins = re.split(r"\n(?=\S)", lock.strip())
        assert len(pins) > 20
        assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_the_development_lock_holds_all_of_the_other() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([\w.-]+==[\w.]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_every_setting_is_described_for_operators() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| `(\w+)` \| (.+?) \| (.+) \|$", (ROOT / "config/README.md").read_text("utf-8"), re.M
    )
    assert [row[0] for row in rows] == list(Settings.model_fields)
    for name, variable, default, meaning in rows:
        assert variable == PREFIX + name.upper()
        assert len(meaning) > 20
        value = Settings.model_fields[name].default
        if isinstance(value, bool | int | float) or (isinstance(value, str) and value):
            assert f"`{str(value).lower()}`" == default, name


def test_every_setting_says_unit_default_and_reason_where_it_is_defined() -> None:
    tree = ast.parse((ROOT / "hub/settings.py").read_text("utf-8"))
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Settings").body
    for field, words in pairwise(body):
        if isinstance(field, ast.AnnAssign):
            assert isinstance(words, ast.Expr), ast.unparse(field)
            assert isinstance(words.value, ast.Constant), ast.unparse(field)


def test_the_example_file_names_every_setting_and_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (ROOT / "config/hub.toml").read_text("utf-8").splitlines()
    settings = [line.removeprefix("# ") for line in lines if re.match(r"# \w+ = ", line)]
    example = tmp_path / "hub.toml"
    example.write_text("\n".join(settings))
    assert list(tomllib.loads(example.read_text())) == list(Settings.model_fields)
    monkeypatch.setenv("HUB_CONFIG", str(example))
    assert Settings().public_url == "https://desk.example.com"


def test_the_version_is_the_same_everywhere() -> None:
    assert PROJECT["version"] == __version__


def test_everything_imported_is_declared() -> None:
    declared = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["s3"]]
    names = {re.sub(r"[-_.]+", "-", re.split(r"[\[<>=;@ ]", one)[0]).lower() for one in declared}
    own = {"hub", "connectors", "tests"}
    providers = packages_distributions()
    for path in modules("hub/", "connectors/"):
        if path.is_relative_to(ROOT / "hub/sdk/testing"):  # for those who test a connector, with tools of their own
            continue
        for module in imported(path) - sys.stdlib_module_names - own:
            given_by = {re.sub(r"[-_.]+", "-", one).lower() for one in providers.get(module, [])}
            assert given_by & names, f"{path.relative_to(ROOT)} imports {module}, which pyproject.toml does not declare"
