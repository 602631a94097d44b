"""Fetch the parts of other people that the pages use, and record what they are.

Run from anywhere, with npm on the path, and for the fonts `pip install "fonttools[woff]"`:

    python hub/web/ui/vendor/update.py            fetch the versions named in manifest.json
    python hub/web/ui/vendor/update.py --latest   move to the newest versions first
    python hub/web/ui/vendor/update.py --check    only compare the files with the manifest (no network)

The page needs no build step: what lies here is served as it is. The manifest holds version, licence and
SHA-256 of each file, and the names of the icons that go into the one sprite. Of a font it says what is kept: the
characters (as in the unicode-range of tokens.css), the features of its layout and the span of its weights; the licence
(OFL, without a reserved name) allows that.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[3]
MANIFEST = HERE / "manifest.json"
SOURCE_MAP = re.compile(rb"//# sourceMappingURL=\S*")
SVG_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(name: str, version: str, folder: Path) -> Path:
    """Unpack one npm package below `folder` and return its root."""
    packed = subprocess.run(  # noqa: S603 - fixed program, names from our own manifest
        ["npm", "pack", "--json", f"{name}@{version}"],  # noqa: S607
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    answer = json.loads(packed.stdout)
    first = answer[0] if isinstance(answer, list) else next(iter(answer.values()))
    target = folder / re.sub(r"\W+", "-", name)
    with tarfile.open(folder / first["filename"]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def without_source_map(content: bytes) -> bytes:
    """Empty the source-map comment but keep its line, so that line numbers in a report stay true."""
    return SOURCE_MAP.sub(b"//", content)


def sprite(icons: Path, names: list[str]) -> str:
    symbols = []
    for name in sorted(names):
        body = SVG_BODY.search((icons / f"{name}.svg").read_text("utf-8"))
        if body is None:
            raise SystemExit(f"icon {name!r} has no drawing: correct its name in {MANIFEST}")
        drawing = re.sub(r"\s+", " ", body.group(1)).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    joined = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{joined}\n</svg>\n'


def font(source: Path, keep: dict[str, str], folder: Path) -> bytes:
    """A variable font with no more than what is kept of it."""
    smaller, done = folder / "smaller.woff2", folder / "done.woff2"
    wanted = (f"--unicodes={keep['unicodes']}", f"--layout-features={keep['features']}", "--flavor=woff2")
    fonttools("subset", str(source), *wanted, "--no-hinting", "--notdef-outline", f"--output-file={smaller}")
    fonttools("varLib.instancer", str(smaller), f"wght={keep['weights']}", f"--output={done}")
    return done.read_bytes()


def fonttools(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "fontTools", *arguments], check=True, timeout=300)  # noqa: S603


def keep_licence(name: str, root: Path) -> None:
    text = next(root.glob("LICENSE*"), None)
    if text is not None:
        target = HERE / "licences" / (re.sub(r"[^a-z0-9]+", "-", name).strip("-") + ".txt")
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(text.read_bytes())


def update(manifest: dict[str, Any], latest: bool) -> None:
    for part in manifest["parts"]:
        with tempfile.TemporaryDirectory() as scratch:
            root = fetch(part["name"], "latest" if latest else part["version"], Path(scratch))
            facts = json.loads((root / "package.json").read_text("utf-8"))
            part["version"], part["licence"] = facts["version"], facts["license"]
            keep_licence(part["name"], root)
            for entry in part["files"]:
                target = ROOT / entry["to"]
                target.parent.mkdir(parents=True, exist_ok=True)
                if entry["from"] == "icons":
                    target.write_text(sprite(root / "icons", manifest["icons"]), "utf-8")
                elif "keep" in entry:
                    target.write_bytes(font(root / entry["from"], entry["keep"], Path(scratch)))
                else:
                    content = (root / entry["from"]).read_bytes()
                    target.write_bytes(without_source_map(content) if target.suffix == ".js" else content)
                entry["sha256"] = digest(target)
    MANIFEST.write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def check(manifest: dict[str, Any]) -> list[str]:
    """Return a sentence for each vendored file that is missing or differs from the manifest."""
    wrong = []
    for part in manifest["parts"]:
        for entry in part["files"]:
            path = ROOT / entry["to"]
            if not path.exists():
                wrong.append(f"{entry['to']} is missing: run update.py")
            elif digest(path) != entry["sha256"]:
                wrong.append(f"{entry['to']} was changed by hand: run update.py")
    return wrong


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--latest", action="store_true", help="move to the newest versions")
    options.add_argument("--check", action="store_true", help="only compare files and manifest")
    chosen = options.parse_args()
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    if chosen.check:
        wrong = check(manifest)
        print("\n".join(wrong) or "vendored parts are as recorded")  # noqa: T201
        return 1 if wrong else 0
    update(manifest, chosen.latest)
    return 0


if __name__ == "__main__":
    sys.exit(main())
