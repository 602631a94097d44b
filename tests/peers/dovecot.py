"""A Dovecot of the tests' own: IMAP with TLS, LMTP, passwords and XOAUTH2, on loopback ports and in its own folder."""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from tests.peers.certificates import Authority
from tests.peers.ports import free_port, wait_for_port, wait_until_free

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
mail_uid = {mail_user}
mail_gid = {mail_group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
recipient_delimiter = +
lmtp_rcpt_check_quota = no
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = yes
auth_mechanisms = plain login{oauth_mechanisms}
auth_failure_delay = 0
auth_username_format = %Lu
import_environment = TZ
{oauth_passdb}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Archive {{
    auto = subscribe
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {imap_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp_port}
  }}
}}
service auth {{
  inet_listener {{
    port = {auth_port}
  }}
  unix_listener auth-userdb {{
    mode = 0600
    user = {mail_user}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""

OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth.conf
}}
"""

INTROSPECTION = """
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


class Dovecot:
    """`imap_port` (TLS), `lmtp_port` and `auth_port` (for Postfix) are set at once; `start` and `stop` as often as
    wanted. `introspection_url` lets it accept access tokens that this address vouches for."""

    def __init__(
        self, folder: Path, authority: Authority, users: Mapping[str, str], introspection_url: str = ""
    ) -> None:
        self.folder = folder
        self.imap_port, self.lmtp_port, self.auth_port = free_port(), free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        certificate, key = authority.issue(folder)
        for name in ("run", "state", "mail", "home"):
            (folder / name).mkdir(mode=0o755, exist_ok=True)
        accounts = _accounts()
        for name in ("mail", "home"):
            shutil.chown(folder / name, accounts["mail_user"], accounts["mail_group"])
        uid, gid = pwd.getpwnam(accounts["mail_user"]).pw_uid, grp.getgrnam(accounts["mail_group"]).gr_gid
        lines = (f"{name}:{password}:{uid}:{gid}::{folder}/home/{name}::\n" for name, password in users.items())
        (folder / "users").write_text("".join(lines))
        (folder / "oauth.conf").write_text(INTROSPECTION.format(url=introspection_url))
        values = {
            **accounts,
            "folder": folder,
            "certificate": certificate,
            "key": key,
            "imap_port": self.imap_port,
            "lmtp_port": self.lmtp_port,
            "auth_port": self.auth_port,
            "oauth_mechanisms": " xoauth2 oauthbearer" if introspection_url else "",
            "oauth_passdb": OAUTH.format(folder=folder) if introspection_url else "",
        }
        (folder / "dovecot.conf").write_text(CONFIG.format(**values))
        self._mail_user = accounts["mail_user"]
        self._mail_group = accounts["mail_group"]

    def start(self) -> None:
        ports = (self.imap_port, self.lmtp_port, self.auth_port)
        for port in ports:
            wait_until_free(port)
        log = (self.folder / "dovecot.out").open("ab")
        with log:
            self._process = subprocess.Popen(
                [_program("dovecot"), "-F", "-c", self.folder / "dovecot.conf"],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for port in ports:
            wait_for_port(port)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Every process of it at once, in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if how is signal.SIGKILL:
                os.killpg(process.pid, how)
            else:
                process.send_signal(how)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    def put(self, user: str, mails: list[bytes], folder: str = "INBOX", arrived: float | None = None) -> None:
        """Straight into the user's folder, as quickly as files are written. `arrived` in seconds of the epoch."""
        place = self.folder / "mail" / user / ("" if folder == "INBOX" else f".{folder}")
        for name in ("tmp", "new", "cur"):
            (place / name).mkdir(parents=True, exist_ok=True)
        when = time.time() if arrived is None else arrived
        for index, mail in enumerate(mails):
            path = place / "tmp" / f"{int(when)}.M{time.time_ns()}P{index}.test"
            path.write_bytes(mail)
            shutil.chown(path, self._mail_user, self._mail_group)
            os.utime(path, (when, when))
            path.rename(place / "new" / path.name)
        for path in (self.folder / "mail" / user, place, place / "tmp", place / "new", place / "cur"):
            shutil.chown(path, self._mail_user, self._mail_group)

    def messages(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """Every mail of the folder, oldest first."""
        place = self.folder / "mail" / user / ("" if folder == "INBOX" else f".{folder}")
        while True:  # a mail that the server moves or marks just now has another name when it is to be read
            found = _listed(place)
            try:
                dated = sorted((path.stat().st_mtime_ns, path.name, path.read_bytes()) for path in found)
            except FileNotFoundError:
                continue
            if _listed(place) == found:
                return [content for *_, content in dated]

    def admin(self, *words: str) -> str:
        """doveadm, whose answer it gives."""
        command = [_program("doveadm"), "-c", str(self.folder / "dovecot.conf"), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout

    def renumber(self, user: str, folder: str = "INBOX") -> None:
        """A new UIDVALIDITY, as after a restore from a backup. Every mail stays."""
        place = self.folder / "mail" / user / ("" if folder == "INBOX" else f".{folder}")
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (place / name).unlink(missing_ok=True)
        for path in (self.folder / "mail" / user).glob("dovecot-uidvalidity*"):
            path.unlink()

    @property
    def log(self) -> str:
        path = self.folder / "dovecot.log"
        return path.read_text(errors="replace") if path.exists() else ""


def _listed(place: Path) -> list[Path]:
    return sorted(path for name in ("new", "cur") for path in (place / name).glob("*"))


def _accounts() -> dict[str, str]:
    """Root runs it as the system's package does; anybody else runs all of it as themselves."""
    if os.geteuid() == 0:
        return {
            "internal": "dovecot",
            "internal_group": "dovecot",
            "login": "dovenull",
            "mail_user": "mail",
            "mail_group": "mail",
        }
    user, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
    return {"internal": user, "internal_group": group, "login": user, "mail_user": user, "mail_group": group}


def _program(name: str) -> str:
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin")
    if path is None:
        raise FileNotFoundError(f"{name} is not installed; the tests install it with dovecot-imapd and dovecot-lmtpd")
    return path
