"""Teams, labels, priority, snooze, fields, views, bulk changes."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from hub.db.script import run_script

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(op.get_bind(), Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
