"""What a connector or its session may offer besides the contract; the hub asks for each by its protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from hub.sdk.contract import ChannelSettings, Limits
from hub.sdk.messages import Outgoing, RemoteFile, TemplateInfo


@dataclass(frozen=True, slots=True)
class MailWords:
    """What is said around chat messages that go on by mail, in one language: `opening` before an answer, `asked` over
    the person's own words and `answered` over those of the agent {name}; `transcript` is the subject of one, `you` the
    person in it."""

    subject: str
    opening: str
    asked: str
    answered: str
    transcript: str
    you: str


@dataclass(frozen=True, slots=True)
class Continuation:
    """Answers that stay unread for `seconds` (0: never by themselves) go on over the channel `channel_id` (0: the first
    that can), to a verified address of the person. `words` by language; the person's is the "language" in the data of
    their messages."""

    channel_id: int
    seconds: int
    words: Mapping[str, MailWords]
    fallback: str = "en"

    def words_for(self, language: str) -> MailWords:
        """Those of "de" for "de-AT" too; of the fallback where the language is not spoken here."""
        return self.words.get(language.lower().partition("-")[0]) or self.words[self.fallback]


@runtime_checkable
class Continuing(Protocol):
    """A Connector whose unread answers can go on elsewhere."""

    def continuation(self, settings: ChannelSettings) -> Continuation | None:
        """None where these settings want none. `settings` without secrets."""
        ...


@runtime_checkable
class Paced(Protocol):
    """A Connector whose limits depend on the settings (what the sender's number is allowed)."""

    def limits_of(self, settings: ChannelSettings) -> Limits:
        """`settings` without secrets."""
        ...


@runtime_checkable
class Weighing(Protocol):
    """A Connector whose provider counts some messages as several (a long text by its segments)."""

    def weight(self, message: Outgoing) -> int:
        """How many messages of `Limits.rate` this one is; at least 1."""
        ...


@runtime_checkable
class Regional(Protocol):
    """A Connector whose addresses are written shorter at home (a phone number without its country code)."""

    def normalise_at_home(self, address: str, settings: ChannelSettings) -> str:
        """As `normalise`, for what somebody typed in who uses this channel. `settings` without secrets."""
        ...


@runtime_checkable
class Fetching(Protocol):
    """A Session whose messages come with files that lie with the provider."""

    async def fetch(self, file: RemoteFile) -> bytes:
        """The content. Raises ConnectionTrouble to be asked again, CredentialsRefused, and LookupError when it is not
        there, too large, or nowhere the connector trusts."""
        ...

    async def forget(self, file: RemoteFile) -> None:
        """Deletes it at the provider, once it is stored here; nothing when it is gone. Raises ConnectionTrouble."""
        ...


@runtime_checkable
class Templating(Protocol):
    """A Session with templates that the provider approves."""

    async def templates(self) -> Sequence[TemplateInfo]:
        """All of them, newest first. Raises ConnectionTrouble and CredentialsRefused."""
        ...
