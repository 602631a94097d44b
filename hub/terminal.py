"""Words for the person who started the hub: on their terminal, and never in a log, which others read."""

from __future__ import annotations

import sys


def say(*lines: str) -> None:
    """Print the lines at once, to standard output."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def complain(*lines: str) -> None:
    """Print the lines at once, to standard error."""
    sys.stderr.write("\n".join(lines) + "\n")
    sys.stderr.flush()
