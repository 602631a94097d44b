"""Strangers' programs that benches measure against."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from hub.db.binaries import find_binaries, find_owner


def pgbench(url: str, script: str, clients: int, seconds: float) -> str:
    """The output of pgbench running `script` on the database at `url`."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    host = query.get("host", [parts.hostname or ""])[0]
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [str(find_binaries(find_owner()).folder / "pgbench"), "-n", "-M", "prepared", "-f", file.name]
        command += ["-c", str(clients), "-j", "1", "-T", str(max(1, round(seconds)))]
        command += ["-h", host, "-U", parts.username or "postgres", parts.path.lstrip("/") or "postgres"]
        port = query.get("port", [str(parts.port or "")])[0]
        command += ["-p", port] if port else []
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=seconds + 60,
            check=False,
            env={**os.environ, "PGPASSWORD": parts.password or ""},
            cwd=Path(tempfile.gettempdir()),
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout
