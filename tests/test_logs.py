"""The log: one form for everybody's records, and no secret in any of them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import no_logs, set_up_logs
from bot.settings import LogFormat

SECRET = "xoxb-very-s3cret"


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {
        name: logging.getLogger(name).level for name in ("discord", "slack_bolt", "slack_sdk", "aiohttp", "asyncio")
    }
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def logged(log_format: LogFormat) -> str:
    """What is logged when ours and a library's records speak of a secret, also in a traceback and its variables."""
    stream = io.StringIO()
    set_up_logs(log_format, [SECRET, f"{SECRET}-longer"], stream)
    token = SECRET
    structlog.get_logger("bot.test").info("bot.said", token=token, 題名="機械学習")
    logging.getLogger("discord.client").warning("logging in with %s-longer", token)
    logging.getLogger("discord.client").info("too quiet to matter")
    try:
        raise ValueError(f"refused {token}")
    except ValueError:
        structlog.get_logger("bot.test").exception("bot.failed")
        logging.getLogger("library").exception("it failed")
    return stream.getvalue()


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_secret_is_in_the_log(log_format: LogFormat) -> None:
    out = logged(log_format)
    assert SECRET not in out
    assert "very-s3cret" not in out
    assert out.count("[secret]") >= 4
    assert "-longer" not in out


def test_json_is_one_object_a_line() -> None:
    records = [json.loads(line) for line in logged("json").splitlines()]
    assert [(record["event"], record["level"], record["logger"]) for record in records] == [
        ("bot.said", "info", "bot.test"),
        ("logging in with [secret]", "warning", "discord.client"),
        ("bot.failed", "error", "bot.test"),
        ("it failed", "error", "library"),
    ]
    assert all(record["timestamp"].endswith("Z") for record in records)
    assert "ValueError: refused [secret]" in records[2]["exception"]
    assert records[0]["題名"] == "機械学習"


def test_text_has_no_colours_in_a_pipe_and_no_variables_in_tracebacks() -> None:
    out = logged("text")
    assert "\x1b" not in out
    assert "機械学習" in out
    assert "ValueError: refused [secret]" in out
    assert "too quiet" not in out
    assert "locals" not in out


def test_a_connection_of_discord_py_that_fails_is_told_in_one_line() -> None:
    stream = io.StringIO()
    set_up_logs("text", (), stream)
    try:
        raise TypeError("odd hello")
    except TypeError:
        logging.getLogger("discord.shard").exception("Failed to connect for shard_id: %s. Retrying...", 0)
    (line,) = stream.getvalue().splitlines()
    assert "Failed to connect for shard_id: 0. Retrying... (TypeError)" in line


def test_silence_ends(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    with no_logs():
        structlog.get_logger("bot.test").error("bot.unsaid")
        logging.getLogger("discord.client").error("unsaid, too")
    assert (capsys.readouterr().out, caplog.messages) == ("", [])
    structlog.get_logger("bot.test").error("bot.said")
    logging.getLogger("discord.client").error("said again")
    assert "bot.said" in capsys.readouterr().out
    assert caplog.messages == ["said again"]
