"""Answers in side conversations, and tasks that fall due."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from hub.db.script import run_script

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
