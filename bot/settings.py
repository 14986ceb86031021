"""The settings: read once from the environment and `.env`, checked as a whole, secrets kept from view."""

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values
from pydantic import BeforeValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from bot.domain.subscriptions import Address, AddressKind, address, community
from bot.options import ConfigurationError

LogFormat = Literal["text", "json"]
SlackCommands = Literal["default", "all", "one"]

DATABASE_FILE: Final = "lecturebot.db"
"""The database's name in the data folder, where no other is chosen."""

_TOKEN = re.compile(r"[!-~]+")
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,15}")
_BOT_TOKENS = ("xoxb-", "xoxe.xoxb-")
_APP_TOKENS = ("xapp-",)
_NEAR = 0.86
"""How much of two names must be the same, as difflib counts, for one to be taken for the other."""
_TELLING = 6
"""Characters from which on a password is blotted out of the log by itself, without the address around it."""


def _stripped(value: object) -> object:
    return (value.strip() or None) if isinstance(value, str) else value


Secret = Annotated[SecretStr | None, BeforeValidator(_stripped)]
Word = Annotated[str | None, BeforeValidator(_stripped)]

_ONE_OF = {"lecturebot_log": "text, json", "slack_commands": "default, all, one"}
"""The settings with few values, and those."""


class Settings(BaseSettings):
    """Every setting under its own name in lower case; an empty one counts as absent."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True)

    discord_token: Secret = None
    slack_bot_token: Secret = None
    slack_app_token: Secret = None
    slack_signing_secret: Secret = None
    database_url: Secret = None
    discord_api_url: Word = None
    slack_api_url: Word = None
    slack_command_prefix: Word = None
    slack_commands: Annotated[SlackCommands | None, BeforeValidator(_stripped)] = None
    lecturebot_home: Word = None
    lecturebot_admins: Word = None
    lecturebot_admin_channel: Word = None
    lecturebot_channels: Word = None
    lecturebot_log: Annotated[LogFormat | None, BeforeValidator(_stripped)] = None

    @property
    def homes(self) -> tuple[Address, ...]:
        """The servers and workspaces whose managers are organizers, at most one of a platform."""
        return tuple(found for part in _parts(self.lecturebot_home) if (found := community(part)))

    @property
    def admins(self) -> tuple[Address, ...]:
        """Who may change the schedule: people, roles and user groups."""
        return _addresses(self.lecturebot_admins)

    @property
    def admin_channel(self) -> Address | None:
        """Where organizers are told of trouble."""
        return address(self.lecturebot_admin_channel) if self.lecturebot_admin_channel else None

    @property
    def channels(self) -> tuple[Address, ...]:
        """Channels that follow from the start."""
        return _addresses(self.lecturebot_channels)

    def database(self, data: Path) -> str | Path:
        """Where the bot remembers: the address that is set, which may hold a password, or a file in the data folder."""
        return self.database_url.get_secret_value() if self.database_url else data / DATABASE_FILE

    @property
    def log_format(self) -> LogFormat:
        """How the log is written."""
        return self.lecturebot_log or "text"

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret in clear, for the log to leave out."""
        held = (self.discord_token, self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        tokens = tuple(secret.get_secret_value() for secret in held if secret)
        address = self.database_url.get_secret_value() if self.database_url else ""
        return (*tokens, *((address, *_passwords(address)) if address else ()))

    @property
    def has_platform(self) -> bool:
        """Whether there is a token for any platform."""
        return bool(self.discord_token or self.slack_bot_token)

    def check_slack(self, *, http: bool) -> None:
        """Raises ConfigurationError unless Slack can be served, or not at all; `http` tells if there is a server."""
        way_in = self.slack_app_token or self.slack_signing_secret
        if self.slack_bot_token and not way_in:
            raise ConfigurationError("cli.settings.slack_half")
        if way_in and not self.slack_bot_token:
            raise ConfigurationError("cli.settings.slack_no_bot_token")
        if self.slack_bot_token and not self.slack_app_token and not http:
            raise ConfigurationError("cli.settings.slack_no_http")


def read_settings(env_file: Path = Path(".env")) -> Settings:
    """The settings of this process; the environment goes before the file. Raises ConfigurationError."""
    settings = unchecked_settings(env_file)
    for problem in misshapen(settings):
        raise problem
    return settings


def unchecked_settings(env_file: Path = Path(".env")) -> Settings:
    """The same, whatever tokens and addresses look like. Raises ConfigurationError."""
    if env_file.exists() and not env_file.is_file():
        raise ConfigurationError("cli.settings.env_file", file=str(env_file))
    try:
        # The two arguments are documented but hidden from type checkers by pydantic's dataclass_transform.
        return Settings(_env_file=env_file, _env_file_encoding="utf-8-sig")  # type: ignore[call-arg]
    except ValidationError as invalid:
        name = str(invalid.errors(include_input=False, include_context=False)[0]["loc"][0])
        raise ConfigurationError("cli.settings.not_one_of", name=name.upper(), values=_ONE_OF[name]) from None
    except (OSError, UnicodeDecodeError, SettingsError):
        raise ConfigurationError("cli.settings.env_file", file=str(env_file)) from None


def misspelled_names(env_file: Path = Path(".env")) -> list[tuple[str, str]]:
    """Names in the environment or the file that are no setting's but near one, each with the one that is meant."""
    known = [name.upper() for name in Settings.model_fields]
    names = sorted({*os.environ, *(dotenv_values(env_file) if env_file.is_file() else ())} - {*known})
    near = ((name, get_close_matches(name.upper(), known, 1, _NEAR)) for name in names)
    return [(name, meant[0]) for name, meant in near if meant]


def misshapen(settings: Settings) -> Iterator[ConfigurationError]:
    """What can't be right: tokens and addresses of another form than theirs."""
    tokens = {
        "DISCORD_TOKEN": settings.discord_token,
        "SLACK_BOT_TOKEN": settings.slack_bot_token,
        "SLACK_APP_TOKEN": settings.slack_app_token,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
    }
    for name, token in tokens.items():
        if token and not _TOKEN.fullmatch(token.get_secret_value()):
            yield ConfigurationError("cli.settings.no_token", name=name)
    yield from _begins("SLACK_BOT_TOKEN", settings.slack_bot_token, _BOT_TOKENS)
    yield from _begins("SLACK_APP_TOKEN", settings.slack_app_token, _APP_TOKENS)
    for name, url in (("DISCORD_API_URL", settings.discord_api_url), ("SLACK_API_URL", settings.slack_api_url)):
        if url and not _is_web_address(url):
            yield ConfigurationError("cli.settings.no_url", name=name)
    yield from _misshapen_homes(settings)
    yield from _unknown("LECTUREBOT_ADMINS", settings.lecturebot_admins, {AddressKind.USER, AddressKind.ROLE})
    for name, listed in (
        ("LECTUREBOT_ADMIN_CHANNEL", settings.lecturebot_admin_channel),
        ("LECTUREBOT_CHANNELS", settings.lecturebot_channels),
    ):
        yield from _unknown(name, listed, {AddressKind.CHANNEL})
    if len(_parts(settings.lecturebot_admin_channel)) > 1:
        yield ConfigurationError("cli.settings.one_channel", name="LECTUREBOT_ADMIN_CHANNEL")
    if settings.slack_command_prefix and not _PREFIX.fullmatch(settings.slack_command_prefix):
        yield ConfigurationError("cli.settings.prefix")


def _misshapen_homes(settings: Settings) -> Iterator[ConfigurationError]:
    """Complaints about homes that are none, two of a platform, and a home whose everyone role is an organizer."""
    name, homes = "LECTUREBOT_HOME", settings.homes
    if wrong := next((part for part in _parts(settings.lecturebot_home) if community(part) is None), None):
        yield ConfigurationError(
            "cli.settings.no_address", name=name, typed=wrong[:40], example="discord:123, slack:T05"
        )
    if len({each.platform for each in homes}) < len(homes):
        yield ConfigurationError("cli.settings.one_home", name=name)
    everyone = {Address("discord", AddressKind.ROLE, each.id) for each in homes if each.platform == "discord"}
    if everyone & {*settings.admins}:
        yield ConfigurationError("cli.settings.everyone", name="LECTUREBOT_ADMINS")


def _begins(name: str, token: SecretStr | None, beginnings: tuple[str, ...]) -> Iterator[ConfigurationError]:
    if token and not token.get_secret_value().startswith(beginnings):
        yield ConfigurationError("cli.settings.token_kind", name=name, beginning=beginnings[0])


def _unknown(name: str, listed: str | None, kinds: set[AddressKind]) -> Iterator[ConfigurationError]:
    """A complaint about the first of the addresses that is none, or leads to something else than `kinds`."""
    example = "discord:user:4, slack:U05" if AddressKind.USER in kinds else "discord:123, slack:C05"
    for part in _parts(listed):
        found = address(part)
        if found is None or found.kind not in kinds:
            yield ConfigurationError("cli.settings.no_address", name=name, typed=part[:40], example=example)
            return


def _addresses(listed: str | None) -> tuple[Address, ...]:
    return tuple(found for part in _parts(listed) if (found := address(part)))


def _parts(listed: str | None) -> list[str]:
    return [part.strip() for part in (listed or "").split(",") if part.strip()]


def _passwords(address: str) -> set[str]:
    """The password in a database's address, as it stands there and as it is meant.

    A very short one is left out: blotting it out of other words would give it away.
    """
    try:
        written = urlsplit(address).password or ""
    except ValueError:
        return set()
    return {each for each in (written, unquote(written)) if len(each) >= _TELLING}


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        return whole and "@" not in parts.netloc and not parts.query and not parts.fragment
    except ValueError:
        return False
