"""How the tables came to be as they are, step by step; applied when the database is opened."""

from functools import cache
from typing import Final

import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, column, func, select, table, update

from bot.storage.database import Location
from bot.storage.errors import CannotOpenError

HEAD: Final = "0001"
"""The newest migration."""

VERSION_TABLE: Final = "lecturebot_version"
"""Its own name, so that another program's versions in the same database are not mistaken for the bot's."""

_VERSIONS: Final = table(VERSION_TABLE, column("version_num"))

_LOCK: Final = 0x6C656374
"""The number of PostgreSQL's lock by which only one process migrates."""

_log: Final = structlog.get_logger(__name__)


def migrate(connection: Connection, version: str = "head") -> None:
    """Brings the tables up to `version` within the transaction. Raises CannotOpenError if they are of a newer bot."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    known, newest = _versions()
    present = set(MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_heads())
    if not present <= known:
        raise CannotOpenError("store.newer", place=Location(connection.engine.url).place)
    if present != {newest}:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        _log.info("store.migrated", before=",".join(present) or None, now=version)
    else:
        # SQLite says that a file may only be read when something is written to it, and not before.
        connection.execute(update(_VERSIONS).values(version_num=_VERSIONS.c.version_num))


@cache
def _versions() -> tuple[frozenset[str], str | None]:
    """All versions that this bot knows, and the newest of them."""
    scripts = ScriptDirectory.from_config(_config())
    return frozenset(each.revision for each in scripts.walk_revisions()), scripts.get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.set_main_option("path_separator", "os")
    return config
