"""A whole mail provider of strangers' parts: Postfix takes and sends mail, Dovecot keeps it.

server = MailServer({"support@acme.test": "secret", "anna@customer.test": "hunter2"})
server.start()
server.swaks("anna@customer.test", "support@acme.test", subject="Hello", body="…")
server.settings("support@acme.test")     # the settings of an email channel for that mailbox
server.wait_for_mail("anna@customer.test")
server.stop()
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tests.peers.certificates import Authority
from tests.peers.dovecot import Dovecot
from tests.peers.postfix import Postfix


class MailServer:
    """Users are {address: password}; `routes` are Postfix's. `with MailServer(…) as server` starts and stops it."""

    def __init__(
        self,
        users: Mapping[str, str],
        *,
        introspection_url: str = "",
        message_size: int = 30_000_000,
        routes: Mapping[str, str] | None = None,
    ) -> None:
        self.users = dict(users)
        self._temporary = tempfile.TemporaryDirectory(prefix="mail-", ignore_cleanup_errors=True)
        folder = Path(self._temporary.name)
        folder.chmod(0o755)  # the servers' own users must reach it
        for name in ("dovecot", "postfix"):
            (folder / name).mkdir(mode=0o755)
        self.authority = Authority()
        self.dovecot = Dovecot(folder / "dovecot", self.authority, users, introspection_url)
        self.postfix = Postfix(
            folder / "postfix",
            self.authority,
            users,
            self.dovecot.lmtp_port,
            self.dovecot.auth_port,
            message_size=message_size,
            routes=routes or {},
        )

    def __enter__(self) -> MailServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def imap_port(self) -> int:
        return self.dovecot.imap_port

    @property
    def smtp_port(self) -> int:
        """Where strangers deliver: no sign-in."""
        return self.postfix.smtp_port

    def start(self) -> None:
        try:
            self.dovecot.start()
            self.postfix.start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        self.postfix.stop()
        self.dovecot.stop()
        self._temporary.cleanup()

    def settings(self, address: str, **changes: object) -> dict[str, object]:
        """Everything an email channel needs to know to use this mailbox."""
        return {
            "address": address,
            "incoming": "imap",
            "imap_host": "localhost",
            "imap_port": self.imap_port,
            "imap_password": self.users[address],
            "outgoing": "smtp",
            "smtp_host": "localhost",
            "smtp_port": self.postfix.smtps_port,
            "smtp_security": "tls",
            "tls_ca": self.authority.pem,
            **changes,
        }

    def swaks(
        self,
        sender: str,
        recipient: str,
        *,
        subject: str = "Hello",
        body: str = "Hello\n",
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> None:
        """Delivers a mail as a stranger does; with `content`, exactly that mail."""
        command = ["swaks", "--server", "127.0.0.1", "--port", str(self.smtp_port), "--from", sender, "--to", recipient]
        if content is not None:
            command += ["--data", "-"]
        else:
            command += ["--h-Subject", subject, "--body", body]
            for name, value in (headers or {}).items():
                command += ["--add-header", f"{name}: {value}"]
        result = subprocess.run(command, check=False, input=content, capture_output=True, timeout=60)
        if result.returncode:
            raise AssertionError(f"swaks failed:\n{result.stdout.decode()}\n{result.stderr.decode()}")

    def sendmail(self, sender: str, recipients: Iterable[str], content: bytes) -> None:
        self.postfix.sendmail(sender, recipients, content)

    def inbox(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """The mails in a user's folder, oldest first."""
        return self.dovecot.messages(address, folder)

    def settle(self, seconds: float = 60.0) -> None:
        """Waits until Postfix has nothing left to deliver: what was sent, and the reports about it, have arrived."""
        deadline = time.monotonic() + seconds
        empty = 0
        while empty < 2:  # a mail on its way from one queue to the next may be overlooked
            empty = empty + 1 if "is empty" in self.postfix.queue() else 0
            if time.monotonic() > deadline:
                raise AssertionError(f"mail is left over.\n{self.postfix.queue()}\n{self.postfix.log[-3000:]}")

    def wait_for_mail(
        self, address: str, count: int = 1, seconds: float = 60.0, where: Callable[[bytes], bool] = lambda _: True
    ) -> list[bytes]:
        """The mails in a user's inbox as soon as there are so many that fit."""
        deadline = time.monotonic() + seconds
        while len(found := [mail for mail in self.inbox(address) if where(mail)]) < count:
            if time.monotonic() > deadline:
                tail = self.postfix.log[-3000:] + self.dovecot.log[-2000:]
                raise AssertionError(f"{address} has {len(found)} of {count} mails.\n{self.postfix.queue()}\n{tail}")
            time.sleep(0.05)
        return found
