"""The log: one place for ours and the libraries' records, in one form, without secrets."""

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, TextIO

import structlog
from structlog.typing import Processor

from bot.settings import LogFormat

_HIDDEN = "[secret]"
_LEVELS = {
    "discord": logging.WARNING,
    "slack_bolt": logging.WARNING,
    "slack_sdk": logging.WARNING,
    "aiohttp": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    "apscheduler": logging.WARNING,
}
"""Libraries whose everyday messages would only bury the bot's own."""


def set_up_logs(log_format: LogFormat, secrets: Sequence[str], stream: TextIO = sys.stderr) -> None:
    """Sends every record of this process to `stream`, from INFO on for the bot and WARNING for the libraries."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    handler = logging.StreamHandler(stream)
    handler.addFilter(_in_one_line)
    handler.setFormatter(_Discreet(secrets, _renderers(log_format, stream), shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _in_one_line(record: logging.LogRecord) -> bool:
    """Has discord.py tell of a connection that failed without a traceback: it is nobody's defect, and tried again."""
    if record.exc_info and record.name.startswith("discord."):
        kind = record.exc_info[0]
        record.msg, record.args = f"{record.getMessage()} ({kind.__name__ if kind else 'unknown'})", ()
        record.exc_info = record.exc_text = None
    return True


@contextmanager
def no_logs() -> Iterator[None]:
    """Nothing is logged meanwhile, for when an answer on the screen says all that is to be said."""
    before = structlog.get_config()
    structlog.configure(processors=[_dropped], cache_logger_on_first_use=False)
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        structlog.configure(**before)


def _dropped(*_: Any) -> NoReturn:
    raise structlog.DropEvent


def without(secrets: Sequence[str], text: str) -> str:
    """The text with each secret blotted out, the longest first, since one may be a part of another."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, _HIDDEN)
    return text


class _Discreet(structlog.stdlib.ProcessorFormatter):
    """Blots secrets out of the finished line, wherever in a message or traceback they came from."""

    def __init__(self, secrets: Sequence[str], renderers: Sequence[Processor], foreign: Sequence[Processor]) -> None:
        processors = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers]
        super().__init__(processors=processors, foreign_pre_chain=foreign)
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return without(self._secrets, super().format(record))


def _renderers(log_format: LogFormat, stream: TextIO) -> list[Processor]:
    """Neither form shows local variables beside a traceback: they may hold a token."""
    if log_format == "json":
        return [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    colours = stream.isatty() and not os.environ.get("NO_COLOR")
    return [structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)]
