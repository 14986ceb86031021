"""Brings the tables up to date, step by step, when the database is opened.

Alembic, which takes long to load, is loaded only if they are not.
"""

from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy import Connection, column, func, inspect, select, table, update

from bot.storage.engine import Location
from bot.storage.errors import CannotOpenError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = "0001"
"""The newest migration."""

VERSION_TABLE: Final = "lecturebot_version"
"""Its own name, so that another program's versions in the same database are not mistaken for the bot's."""

_VERSIONS: Final = table(VERSION_TABLE, column("version_num"))

_LOCK: Final = 0x6C656374
"""The number of PostgreSQL's lock by which only one process migrates."""

_log: Final = structlog.get_logger(__name__)


def migrate(connection: Connection, version: str = HEAD) -> None:
    """Brings the tables up to `version` within the transaction. Raises CannotOpenError if they are of a newer bot."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    if (present := _present(connection)) != version:
        _upgrade(connection, present, version)
        _log.info("store.migrated", before=present, now=version)
    else:
        # SQLite says that a file may only be read when something is written to it, and not before.
        connection.execute(update(_VERSIONS).values(version_num=_VERSIONS.c.version_num))


def is_present(connection: Connection) -> bool:
    """Whether the tables are there, as this version has them."""
    return _present(connection) == HEAD


def _present(connection: Connection) -> str | None:
    """The version of the tables; None if there are none yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: str | None = connection.scalar(select(_VERSIONS.c.version_num))
    return version


def _upgrade(connection: Connection, present: str | None, version: str) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = _config()
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    if present and present not in known:
        raise CannotOpenError("store.newer", place=Location(connection.engine.url).place)
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.set_main_option("path_separator", "os")
    return config
