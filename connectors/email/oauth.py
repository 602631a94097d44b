"""The consent that a provider's sign-in page is asked for. The hub itself runs it."""

from __future__ import annotations

from connectors.email.model import EmailSettings
from hub.sdk import ConfigurationError, Consent

_MICROSOFT = "https://login.microsoftonline.com"


def consent(settings: EmailSettings) -> Consent | None:
    """Raises ConfigurationError where a part of it is missing."""
    if not settings.uses_oauth:
        return None
    if settings.oauth_provider == "google":
        authorize, token = "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token"
        scopes: tuple[str, ...] = ("https://mail.google.com/",)
        extra = {"access_type": "offline", "prompt": "consent", "login_hint": settings.username}
    elif settings.oauth_provider == "microsoft":
        base = f"{_MICROSOFT}/{settings.oauth_tenant or 'common'}/oauth2/v2.0"
        authorize, token = f"{base}/authorize", f"{base}/token"
        scopes = (
            "https://outlook.office.com/IMAP.AccessAsUser.All",
            "https://outlook.office.com/SMTP.Send",
            "offline_access",
        )
        extra = {"login_hint": settings.username}
    else:
        authorize, token = settings.oauth_authorize_url, settings.oauth_token_url
        scopes, extra = tuple(settings.oauth_scopes.split()), {}
    if not (authorize and token and settings.oauth_client_id):
        raise ConfigurationError("The sign-in page needs a client ID and both addresses. Complete the settings.")
    return Consent(
        authorize_url=authorize,
        token_url=token,
        scopes=scopes,
        client_id=settings.oauth_client_id,
        client_secret=settings.oauth_client_secret,
        account=settings.username,
        extra=extra,
    )
