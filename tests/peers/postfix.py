"""A Postfix of the tests' own, on loopback ports and with its own configuration and queue. Needs root."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.peers.certificates import Authority
from tests.peers.ports import free_port, wait_for_port, wait_until_free

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_bind_address = 127.0.0.1
myhostname = mx.test
mydomain = test
myorigin = mx.test
mydestination =
mynetworks = 127.0.0.0/8
local_recipient_maps =
local_transport = error:no local mail
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:{lmtp_port}
relay_domains = texthash:{folder}/relayed
relay_recipient_maps =
transport_maps = texthash:{folder}/transport
default_transport = error:5.4.4 this test knows no such domain
recipient_delimiter = +
lmtp_tls_security_level = none
smtp_tls_security_level = none
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = may
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth_port}
smtpd_sasl_security_options = noanonymous
smtpd_tls_auth_only = yes
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, permit
smtpd_peername_lookup = no
smtputf8_enable = yes
disable_dns_lookups = yes
message_size_limit = {message_size}
mailbox_size_limit = 0
virtual_mailbox_limit = 0
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
bounce_queue_lifetime = 1h
in_flow_delay = 0
smtpd_error_sleep_time = 0
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 1000
biff = no
"""

MASTER = """
127.0.0.1:{smtp_port} inet n - n - - smtpd
127.0.0.1:{submission_port} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{smtps_port} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """`smtp_port` is the one strangers write to, without sign-in; `submission_port` (STARTTLS) and `smtps_port` (TLS)
    want a user's password. `late.test` is accepted and only refused at delivery, which makes a bounce. `routes` say
    where the mail of more domains goes, such as {"hub.test": "lmtp:inet:127.0.0.1:2424"}."""

    def __init__(
        self,
        folder: Path,
        authority: Authority,
        mailboxes: Iterable[str],
        lmtp_port: int,
        auth_port: int,
        message_size: int = 30_000_000,
        routes: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.smtp_port, self.submission_port, self.smtps_port = free_port(), free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        certificate, key = authority.issue(folder)
        (folder / "queue").mkdir(mode=0o755)
        (folder / "data").mkdir(mode=0o755)
        shutil.chown(folder / "data", "postfix", "postfix")
        boxes = sorted(mailboxes)
        (folder / "mailboxes").write_text("".join(f"{box} x\n" for box in boxes))
        to = {"late.test": f"lmtp:inet:127.0.0.1:{lmtp_port}", **(routes or {})}
        (folder / "relayed").write_text("".join(f"{name} x\n" for name in to))
        (folder / "transport").write_text("".join(f"{name} {transport}\n" for name, transport in to.items()))
        values = {
            "folder": folder,
            "domains": " ".join(sorted({box.partition("@")[2] for box in boxes})),
            "lmtp_port": lmtp_port,
            "auth_port": auth_port,
            "certificate": certificate,
            "key": key,
            "smtp_port": self.smtp_port,
            "submission_port": self.submission_port,
            "smtps_port": self.smtps_port,
            "message_size": message_size,
        }
        (folder / "main.cf").write_text(MAIN.format(**values))
        (folder / "master.cf").write_text(MASTER.format(**values))

    def start(self) -> None:
        if os.geteuid() != 0:
            raise PermissionError("Postfix only starts as root; run these tests as root")
        ports = (self.smtp_port, self.submission_port, self.smtps_port)
        for port in ports:
            wait_until_free(port)
        self._run("check")
        with (self.folder / "postfix.out").open("ab") as log:
            self._process = subprocess.Popen(
                ["/usr/sbin/postfix", "-c", self.folder, "start-fg"], stdout=log, stderr=log, start_new_session=True
            )
        for port in ports:
            wait_for_port(port)

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(subprocess.CalledProcessError, subprocess.TimeoutExpired):
            self._run("stop")
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)

    def kill(self) -> None:
        """Every process of it at once."""
        process, self._process = self._process, None
        if process is not None:
            master = int((self.folder / "queue" / "pid" / "master.pid").read_text())
            for group in {process.pid, os.getpgid(master)}:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(group, signal.SIGKILL)
            process.wait(20)

    def flush(self) -> None:
        """Tries everything that waits, now."""
        subprocess.run(["/usr/sbin/postqueue", "-c", self.folder, "-f"], check=True, timeout=60)

    def queue(self) -> str:
        """What still waits, as postqueue -p shows it."""
        command = ["/usr/sbin/postqueue", "-c", str(self.folder), "-p"]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout

    def sendmail(self, sender: str, recipients: Iterable[str], content: bytes, *options: str) -> None:
        """The sendmail program, as scripts use it."""
        command = ["/usr/sbin/sendmail", "-C", str(self.folder), "-i", "-f", sender, *options, "--", *recipients]
        subprocess.run(command, input=content, check=True, capture_output=True, timeout=60)

    @property
    def log(self) -> str:
        path = self.folder / "postfix.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _run(self, what: str) -> None:
        command = ["/usr/sbin/postfix", "-c", str(self.folder), what]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
