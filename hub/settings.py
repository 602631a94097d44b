"""What an operator may set: by environment (`HUB_PORT=9000`) or in `hub.toml`; the environment wins.

Each field says its unit, its default and the reason for it. `config/README.md` describes them for operators,
and a test holds the two together.
"""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PREFIX = "HUB_"


class SettingsError(Exception):
    """A setting is unknown, malformed or contradicts another; the message names it and says what is allowed."""


def default_data_dir() -> Path:
    """Where a program's data belongs on this machine for this user (XDG base directories).

    Raises `SettingsError` for a user without a home.
    """
    base = os.environ.get("XDG_DATA_HOME", "")
    try:
        return (Path(base) if base.startswith("/") else Path.home() / ".local" / "share") / "allways"
    except RuntimeError:
        raise SettingsError(
            "This user has no home folder. Say where to keep the data: --data or HUB_DATA_DIR."
        ) from None


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path.expanduser()))  # keeps links: an operator finds the path they wrote


class Settings(BaseSettings):
    """Everything the hub is told at its start. Channels, agents and texts are set in the hub itself instead."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True)

    data_dir: Annotated[Path, AfterValidator(_absolute)] = Field(default_factory=default_data_dir)
    """Folder of everything the hub keeps: database, attachments, secret key. One hub at a time."""

    database_url: SecretStr | None = None
    """`postgresql://user:password@host:5432/name` of a PostgreSQL 15 or newer. Default: none, the hub runs its own."""

    secret_key: SecretStr | None = None
    """32 bytes, base64, that seal stored passwords. Default: none, made once and kept in `<data>/secret.key` (0600)."""

    demo: bool = False
    """Bring example customers and one who writes, marked and removable. Default false; `hub demo` sets it."""

    demo_stage: str = ""
    """Module that plays the providers of texts and calls in the demo. Default none; `deploy/start demo` names one."""

    host: str = "127.0.0.1"
    """Address to listen on. Default: this machine only; what others reach stands behind a TLS proxy."""

    port: int = Field(default=8080, ge=0, le=65535)
    """TCP port of the pages and the API; 0 takes a free one. Default 8080: needs no root and is seldom taken."""

    public_url: str = ""
    """Address people and providers reach the hub by, such as `https://desk.example.com`. Default: `http://host:port`."""

    trusted_proxies: int = Field(default=0, ge=0, le=10)
    """How many proxies of yours stand in front and add to `X-Forwarded-For`. Default 0: the header is not believed."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Least important line that is logged. Default `info`: what an operator acts on, without each request."""

    log_format: Literal["console", "json"] = "console"
    """`console` to read, `json` for a log collector (an object a line). Default `console`: seen in a terminal first."""

    attachments_url: str = ""
    """Where attachments are stored: `file:/folder` or `s3://bucket/prefix`. Default: `file:<data>/attachments`."""

    attachment_max_bytes: int = Field(default=30_000_000, ge=100_000, le=1_000_000_000)
    """Largest file that an agent may attach, in bytes. Default 30 MB: more than most mail servers take."""

    database_connections: int = Field(default=10, ge=2, le=200)
    """Most connections each of the hub's two pools opens. Default 10: beyond twice the cores more only queue."""

    worker_concurrency: int = Field(default=8, ge=1, le=200)
    """Background jobs run at once. Default 8: they mostly wait for other people's servers."""

    webhook_private_networks: str = ""
    """Networks outside the public internet that webhooks may call, such as `10.0.0.0/8,fd00::/8`. Default: none."""

    session_hours: int = Field(default=12, ge=1, le=24 * 90)
    """Hours without a request after which an agent signs in again. Default 12: a shift."""

    shutdown_seconds: float = Field(default=10, ge=1, le=120)
    """Seconds that work in hand gets to finish at a shutdown. Default 10: what process managers allow."""

    drain_seconds: float = Field(default=0, ge=0, le=60)
    """Seconds to go on serving, not ready, before a shutdown. Default 0: only a load balancer has to notice."""

    metrics_token: SecretStr | None = None
    """Bearer token for `/metrics`. Default none: answered to this machine only, and never through a proxy."""

    @field_validator("database_url", "secret_key", "metrics_token")
    @classmethod
    def _empty_is_none(cls, value: SecretStr | None) -> SecretStr | None:
        return value if value is not None and value.get_secret_value() else None

    @field_validator("database_url")
    @classmethod
    def _postgresql_only(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        if urlsplit(value.get_secret_value()).scheme not in ("postgresql", "postgres", "postgresql+asyncpg"):
            raise ValueError("must start with postgresql:// (other databases are not supported)")
        return value

    @field_validator("public_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("must be like https://desk.example.com")
        return value.rstrip("/")

    @field_validator("webhook_private_networks")
    @classmethod
    def _networks(cls, value: str) -> str:
        for one in filter(None, map(str.strip, value.split(","))):
            try:
                ip_network(one)
            except ValueError:
                raise ValueError("must be networks like 10.0.0.0/8, separated by commas") from None
        return value

    @field_validator("attachments_url")
    @classmethod
    def _known_store(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("file", "s3"):
            raise ValueError("must start with file: or s3://")
        return value

    @model_validator(mode="after")
    def _derived(self) -> Self:
        shown_host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104
        derived = {
            "public_url": self.public_url or f"http://{shown_host}:{self.port}",
            "attachments_url": self.attachments_url or f"file:{self.data_dir / 'attachments'}",
        }
        self.__dict__.update(derived)  # the model is frozen for everyone else
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        given = init_settings()
        file = config_file(given.get("data_dir"))
        if file is None:
            return (init_settings, env_settings)
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file))


def config_file(data_dir: object = None) -> Path | None:
    """The settings file in use: `HUB_CONFIG`, else `hub.toml` in the data folder if there is one.

    Raises `SettingsError` when `HUB_CONFIG` names a file that is not there.
    """
    named = os.environ.get(PREFIX + "CONFIG", "")
    if named:
        if not Path(named).is_file():
            raise SettingsError(f"HUB_CONFIG names {named}, which is not a file. Create it or unset HUB_CONFIG.")
        return Path(named)
    folder = data_dir or os.environ.get(PREFIX + "DATA_DIR", "") or default_data_dir()
    file = _absolute(Path(str(folder))) / "hub.toml"
    return file if file.is_file() else None


def load_settings(**given: object) -> Settings:
    """The settings from command line (`given`), environment and file, in this order of precedence.

    Raises `SettingsError` with every problem found, naming the setting but never its value.
    """
    unknown = sorted(
        name
        for name in os.environ
        if name.startswith(PREFIX)
        and name.removeprefix(PREFIX).lower() not in Settings.model_fields
        and name not in (PREFIX + "CONFIG", PREFIX + "FAILPOINT")
    )
    if unknown:
        raise SettingsError(f"Unknown setting in the environment: {', '.join(unknown)}. See config/README.md.")
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as invalid:
        problems = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in invalid.errors(include_input=False))
        raise SettingsError("Settings are wrong: " + "; ".join(problems) + ". See config/README.md.") from None
    except ValueError as unreadable:  # tomllib's error
        raise SettingsError(
            f"The settings file {config_file(given.get('data_dir'))} is not valid: {unreadable}"
        ) from None
