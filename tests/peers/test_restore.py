"""An old backup restored, with strangers' parts: mailboxes fill in what came since, and nothing goes out twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.hub_process import PASSWORD, HubProcess, until
from tests.peers.mailserver import MailServer

pytestmark = [pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(300)]
SUPPORT, ANNA = "support@acme.test", "anna@customer.test"


def command(hub: HubProcess, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "hub.cli", *arguments, "--data", str(hub.folder / "data")],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def subjects(hub: HubProcess) -> list[str]:
    """Of Anna's. Delivery reports about answers that the backup does not know come in as well, for people to see."""
    return sorted(one["subject"] for one in hub.conversations() if "Delivery Report" not in one["subject"])


def test_an_old_backup_is_filled_from_the_mailbox_and_sends_nothing_again(
    tmp_path: Path, mail_server: MailServer
) -> None:
    archive = tmp_path / "old.backup"
    with HubProcess(tmp_path / "hub") as hub:
        hub.become_administrator()
        channel = hub.add_mailbox(mail_server.settings(SUPPORT, start_from="new"))
        mail_server.swaks(ANNA, SUPPORT, subject="Before", body="Where is my parcel?\n")
        until(lambda: subjects(hub) == ["Before"], "the first mail")
        command(hub, "backup", str(archive))

        mail_server.swaks(ANNA, SUPPORT, subject="Since", body="And the second one?\n")
        until(lambda: subjects(hub) == ["Before", "Since"], "the second mail")
        for conversation in hub.conversations():
            hub.reply(conversation, f"An answer to {conversation['subject']}.")
        answers = mail_server.wait_for_mail(ANNA, 2, 60)
        hub.stop()

        assert "Restored" in command(hub, "restore", "--replace", str(archive))
        hub.start()
        hub.csrf = hub.call("POST", "/api/session", {"email": "ada@acme.test", "password": PASSWORD})["csrf"]
        hub.wait_for_channel(channel["id"])
        until(lambda: subjects(hub) == ["Before", "Since"], "what came since the backup comes in again")
        mail_server.swaks(ANNA, SUPPORT, subject="After", body="Still there?\n")
        until(lambda: subjects(hub) == ["After", "Before", "Since"], "new mail comes in, each once")
        assert mail_server.inbox(ANNA) == answers, "and nobody hears anything twice"
