"""The channels that would receive what is planned: those that follow, and those that the settings fix."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.announcements.ledger import LedgerUnavailable
from bot.domain.audience import Follower
from bot.options import ConfigurationError, Options
from bot.settings import Settings
from bot.store import DATABASE_FILE, CannotOpen, open_store

_EVER = datetime.min.replace(tzinfo=UTC)


def audience(options: Options, settings: Settings) -> list[Follower]:
    """The channels, by address; none if none follows. People's own reminders are nobody else's business.

    Raises ConfigurationError for a database that can't be opened.
    """
    fixed = {each: Follower(each, _EVER) for each in settings.channels}
    kept = asyncio.run(_kept(settings.database(options.data), options)) if _exists(options, settings) else []
    known = {each.address: each for each in kept if not each.address.is_person}
    return [each for _, each in sorted({**fixed, **known}.items())]


def _exists(options: Options, settings: Settings) -> bool:
    return isinstance(settings.database(options.data), str) or (options.data / DATABASE_FILE).exists()


async def _kept(database: str | Path, options: Options) -> list[Follower]:
    try:
        async with open_store(database, UTC) as store:
            return await store.followers.followers()
    except CannotOpen as fault:
        raise ConfigurationError(fault.phrase, **fault.values) from None
    except LedgerUnavailable as fault:
        raise ConfigurationError("cli.database.unavailable", reason=str(fault)) from None
