"""TLS towards the mail servers: certificates are always checked, by the system's authorities and the company's own."""

from __future__ import annotations

import ssl

from connectors.email.model import EmailSettings
from hub.sdk import ConfigurationError


def client_context(settings: EmailSettings) -> ssl.SSLContext:
    """Raises ConfigurationError for a certificate authority that is none."""
    context = ssl.create_default_context()
    if settings.tls_ca.strip():
        try:
            context.load_verify_locations(cadata=settings.tls_ca)
        except (ssl.SSLError, ValueError):
            raise ConfigurationError(
                "The own certificate authority is not PEM text. Paste the whole text from BEGIN CERTIFICATE to "
                "END CERTIFICATE, or leave the field empty."
            ) from None
    return context


def explain(error: Exception) -> str:
    """What went wrong on the way to a server, in plain words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate cannot be trusted ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return "it does not speak TLS on this port"
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers on this port"
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, ConnectionError):
        return "the connection was cut"
    return str(error) or type(error).__name__
