"""The machine's own Chromium, for every test that needs a page."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Browser, Playwright, expect

WAIT_MS: Final = 30_000
"""A page may take long where the machine is busy; what is there is not waited for."""
expect.set_options(timeout=WAIT_MS)

PATH: Final = "/usr/bin/chromium"
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",  # a page may chime though nobody has touched it yet
    # what is not on loopback is not found
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE [::1], EXCLUDE localhost, EXCLUDE *.localhost",
)


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=PATH, args=list(ARGUMENTS))
