"""Settings: what is refused, what counts as absent, and that secrets stay secret."""

import traceback
from pathlib import Path

import pytest

from bot.options import ConfigurationError
from bot.settings import Settings, read_settings
from tests.processes import ROOT

NAMES = (
    "DISCORD_TOKEN",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "DISCORD_API_URL",
    "SLACK_API_URL",
    "SLACK_COMMAND_PREFIX",
    "SLACK_COMMANDS",
    "LECTUREBOT_LOG",
    "DATABASE_URL",
)
SECRET = "hidden-s3cret"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def settings(**environment: str) -> Settings:
    """Settings from a `.env` file in the current folder with these lines."""
    Path(".env").write_text("".join(f"{name}={value}\n" for name, value in environment.items()), encoding="utf-8")
    return read_settings()


def refused(**environment: str) -> str:
    """The name of the phrase that says what is wrong with these settings."""
    with pytest.raises(ConfigurationError) as caught:
        settings(**environment).check_slack(http=False)
    return caught.value.phrase


def test_with_nothing_set_there_is_nothing() -> None:
    assert read_settings() == Settings()
    assert not read_settings().has_platform
    assert read_settings().log_format == "text"


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_COMMAND_PREFIX", "from-environment")
    assert settings(SLACK_COMMAND_PREFIX="from-file").slack_command_prefix == "from-environment"


def test_empty_and_blank_values_count_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, " ")
    assert read_settings() == Settings()
    assert settings(**dict.fromkeys(NAMES, "")) == Settings()


def test_space_around_a_token_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", f" {SECRET}\r\n")
    token = read_settings().discord_token
    assert token
    assert token.get_secret_value() == SECRET


def test_a_file_with_byte_order_mark_is_read() -> None:
    Path(".env").write_text(f"\ufeffDISCORD_TOKEN={SECRET}\n", encoding="utf-8")
    assert read_settings().has_platform


@pytest.mark.parametrize(
    ("environment", "phrase"),
    [
        ({"DISCORD_TOKEN": "'two words'"}, "cli.settings.no_token"),
        ({"DISCORD_TOKEN": "トークン"}, "cli.settings.no_token"),
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xapp-1"}, "cli.settings.token_kind"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xoxb-1"}, "cli.settings.token_kind"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "cli.settings.slack_half"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "cli.settings.slack_no_bot_token"),
        ({"SLACK_SIGNING_SECRET": "abc"}, "cli.settings.slack_no_bot_token"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "abc"}, "cli.settings.slack_no_http"),
        ({"DISCORD_API_URL": "discord.com/api"}, "cli.settings.no_url"),
        ({"DISCORD_API_URL": "https://"}, "cli.settings.no_url"),
        ({"DISCORD_API_URL": "https://user:password@proxy"}, "cli.settings.no_url"),
        ({"SLACK_API_URL": "http://host:99999/"}, "cli.settings.no_url"),
        ({"SLACK_API_URL": "ftp://host/"}, "cli.settings.no_url"),
        ({"SLACK_COMMAND_PREFIX": "講義"}, "cli.settings.prefix"),
        ({"SLACK_COMMAND_PREFIX": "a-prefix-that-is-too-long"}, "cli.settings.prefix"),
        ({"LECTUREBOT_LOG": "xml"}, "cli.settings.not_one_of"),
        ({"SLACK_COMMANDS": "few"}, "cli.settings.not_one_of"),
    ],
)
def test_what_cannot_work_is_refused(environment: dict[str, str], phrase: str) -> None:
    assert refused(**environment) == phrase


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISCORD_TOKEN": SECRET},
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"},
        {"SLACK_BOT_TOKEN": "xoxe.xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "abc"},
        {"SLACK_API_URL": "http://127.0.0.1:8080/api/", "DISCORD_API_URL": "http://[::1]:80/api/v10"},
    ],
)
def test_what_can_work_is_taken(environment: dict[str, str]) -> None:
    settings(**environment).check_slack(http=False)


def test_a_signing_secret_alone_serves_with_an_http_server() -> None:
    settings(SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="abc").check_slack(http=True)


def test_no_secret_shows_in_the_settings_or_in_what_is_raised() -> None:
    held = settings(DISCORD_TOKEN=SECRET, SLACK_BOT_TOKEN=f"xoxb-{SECRET}", SLACK_SIGNING_SECRET=SECRET)
    assert SECRET not in f"{held} {held!r} {held.model_dump_json()}"
    assert set(held.secrets) == {SECRET, f"xoxb-{SECRET}"}
    for environment in (
        {"DISCORD_TOKEN": f"'{SECRET} {SECRET}'"},
        {"SLACK_BOT_TOKEN": SECRET},
        {"DISCORD_API_URL": f"https://user:{SECRET}@proxy"},
        {"LECTUREBOT_LOG": SECRET, "DISCORD_TOKEN": SECRET},
    ):
        with pytest.raises(ConfigurationError) as caught:
            settings(**environment)
        assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_the_address_of_the_database_is_a_secret_and_so_is_the_password_in_it() -> None:
    written = "postgresql://bot:p%40ss-w0rd@db.example/lectures"
    held = settings(DATABASE_URL=f" {written} ")
    assert held.database_url
    assert held.database_url.get_secret_value() == written
    assert "ss-w0rd" not in f"{held} {held!r} {held.model_dump_json()}"
    assert set(held.secrets) == {written, "p%40ss-w0rd", "p@ss-w0rd"}
    for address in ("postgresql://bot:abc@db.example/lectures", "sqlite:///data/lecturebot.db", "postgresql://[half"):
        assert settings(DATABASE_URL=address).secrets == (address,)


def test_a_folder_or_gibberish_as_env_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    with pytest.raises(ConfigurationError) as caught:
        read_settings()
    assert caught.value.phrase == "cli.settings.env_file"
    (tmp_path / "binary").write_bytes(b"DISCORD_TOKEN=\xff\xfe\n")
    with pytest.raises(ConfigurationError):
        read_settings(tmp_path / "binary")


def test_the_example_file_names_every_setting() -> None:
    example = ROOT / ".env.example"
    lines = example.read_text(encoding="utf-8").splitlines()
    names = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)
    assert read_settings(example) == Settings()
