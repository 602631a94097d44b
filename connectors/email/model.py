"""The settings of an email channel as typed data. settings.py has them as the form to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

from hub.sdk import ConfigurationError


@dataclass(frozen=True, slots=True)
class EmailSettings:
    """The same, typed; secrets stay out of its repr. Read by `read_settings`."""

    address: str
    from_name: str = ""
    incoming: Literal["imap", "receiver", "none"] = "imap"
    imap_host: str = ""
    imap_port: int = 993
    imap_username: str = ""
    auth: Literal["password", "oauth"] = "password"
    imap_password: str = field(default="", repr=False)
    oauth_provider: Literal["google", "microsoft", "custom"] = "google"
    oauth_tenant: str = "common"
    oauth_authorize_url: str = ""
    oauth_token_url: str = ""
    oauth_scopes: str = ""
    oauth_client_id: str = ""
    oauth_client_secret: str = field(default="", repr=False)
    folder: str = "INBOX"
    start_from: Literal["days", "new"] = "days"
    start_days: int = 30
    after_store: Literal["leave", "seen", "move"] = "leave"
    move_to: str = ""
    sent_copies: bool = True
    sent_folder: str = ""
    receiver_protocol: Literal["smtp", "lmtp"] = "smtp"
    receiver_host: str = "127.0.0.1"
    receiver_port: int = 2525
    receiver_allow_from: str = "127.0.0.0/8, ::1"
    receiver_accept: str = ""
    outgoing: Literal["smtp", "none"] = "smtp"
    smtp_host: str = ""
    smtp_security: Literal["tls", "starttls", "none"] = "tls"
    smtp_allow_plain: bool = False
    smtp_port: int | None = None
    smtp_auth: Literal["same", "own", "none"] = "same"
    smtp_username: str = ""
    smtp_password: str = field(default="", repr=False)
    delivery_reports: bool = True
    plus_addressing: bool = False
    authserv_id: str = ""
    tls_ca: str = ""

    @property
    def username(self) -> str:
        return self.imap_username or self.address

    @property
    def uses_oauth(self) -> bool:
        return self.incoming == "imap" and self.auth == "oauth"

    @property
    def port_for_sending(self) -> int:
        return self.smtp_port or {"tls": 465, "starttls": 587, "none": 25}[self.smtp_security]

    def redact(self, text: str) -> str:
        """The text without any of the secrets, for what a server answered."""
        for secret in (self.imap_password, self.smtp_password, self.oauth_client_secret):
            if len(secret) > 3:
                text = text.replace(secret, "•••")
        return text


_NAMES = tuple(one.name for one in fields(EmailSettings))


def read_settings(values: Mapping[str, object]) -> EmailSettings:
    """Raises ConfigurationError for values that no EmailSettings can be made of."""
    if not isinstance(values.get("address"), str):
        raise ConfigurationError("The email address is missing. Enter it in the settings of this channel.")
    known = {name: values[name] for name in _NAMES if values.get(name) is not None}
    return EmailSettings(**known)  # type: ignore[arg-type]  # the schema has checked the types
