"""What an SMTP server's refusal means."""

from __future__ import annotations

import pytest

from connectors.email.replies import Stage, refused, worst
from hub.sdk import AuthSend, PermanentSend, RateLimited, SendError, SuppressSend, TransientSend


@pytest.mark.parametrize(
    ("code", "message", "stage", "expected"),
    [
        (550, "5.1.1 <x@y>: Recipient address rejected: User unknown", "rcpt", SuppressSend),
        (550, "No such user here", "rcpt", SuppressSend),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; not found", "rcpt", SuppressSend),
        (550, "5.2.1 The email account that you tried to reach is disabled", "rcpt", SuppressSend),
        (550, "5.1.1 User unknown", "data", PermanentSend),
        (550, "5.7.1 Message rejected as spam", "rcpt", PermanentSend),
        (554, "5.7.1 Relay access denied", "rcpt", PermanentSend),
        (552, "5.2.2 Mailbox full", "rcpt", PermanentSend),
        (552, "5.3.4 Message too big", "mail", PermanentSend),
        (550, "5.1.8 Sender address rejected: Domain not found", "mail", PermanentSend),
        (550, "5.4.5 Daily user sending quota exceeded", "data", RateLimited),
        (530, "5.7.0 Authentication required", "mail", AuthSend),
        (535, "5.7.8 Error: authentication failed", "connect", AuthSend),
        (421, "4.7.0 Try again later, closing connection", "connect", RateLimited),
        (450, "4.7.1 Greylisted", "rcpt", RateLimited),
        (452, "4.5.3 Too many recipients", "rcpt", RateLimited),
        (451, "4.3.0 Temporary lookup failure", "rcpt", TransientSend),
        (450, "4.2.1 mailbox busy", "rcpt", TransientSend),
        (454, "4.7.0 Temporary authentication failure", "connect", RateLimited),
    ],
)
def test_each_refusal_has_its_class(code: int, message: str, stage: Stage, expected: type[SendError]) -> None:
    error = refused(code, message, stage)
    assert type(error) is expected
    assert error.code.startswith(str(code))
    assert message[:20] in error.reason


def test_nobody_is_given_up_while_another_recipient_may_still_be_reached() -> None:
    gone, busy = refused(550, "5.1.1 unknown", "rcpt"), refused(451, "4.3.0 later", "rcpt")
    assert worst([gone, busy]) is busy
    assert worst([gone, gone]) is gone
