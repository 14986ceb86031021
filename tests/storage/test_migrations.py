"""Migrations: from nothing and from each version to the newest, and never from a newer one."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, String, inspect, text

from bot.announcements.state import StateUpdate
from bot.i18n import phrases
from bot.schedule.revisions import Revision
from bot.storage import CannotOpenError
from bot.storage.database import Database
from bot.storage.engine import location
from bot.storage.migrations import HEAD, VERSION_TABLE, _config, migrate
from bot.storage.tables import metadata
from tests.storage.homes import CHANNEL, NOW, Home, posted

VERSIONS = [each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()][::-1]


def differences(connection: Connection) -> list[object]:
    """What the tables in the database have otherwise than those in the code."""
    options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def migrated(home: Home, version: str) -> list[object]:
    """Brings the database to that version; what it then has otherwise than the code."""
    database = Database(location(home.address))
    try:
        await database.open(lambda connection: migrate(connection, version))
        return await database.read(differences)
    finally:
        await database.close()


async def executed(home: Home, statement: str) -> None:
    """Executes a statement in the database, whatever its tables are."""

    def execute(connection: Connection) -> None:
        connection.execute(text(statement))

    database = Database(location(home.address))
    try:
        await database.open(execute)
    finally:
        await database.close()


async def test_migrations_and_tables_agree(bare_home: Home) -> None:
    assert await migrated(bare_home, HEAD) == []


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_database_of_an_older_version_is_brought_up_to_date_with_all_that_is_in_it(
    bare_home: Home, version: str
) -> None:
    before = await migrated(bare_home, version)
    assert (before == []) == (version == HEAD)
    await executed(bare_home, "INSERT INTO versions (name, version) VALUES ('lecture_states', 41)")
    async with bare_home.opened() as store:
        assert await store.announced.lecture_states() == {}
        assert await store.announced.apply(StateUpdate([]), {})
        assert await store.revisions.add(Revision(0, NOW, "d", "t", "file", "file", "file", ""), None)
    assert await migrated(bare_home, HEAD) == []


async def test_keys_are_ordered_by_code_points_whatever_the_locale_is(home: Home) -> None:
    database = Database(location(home.address))
    try:
        await database.open(migrate)
        key = await database.read(lambda connection: inspect(connection).get_columns("post_keys")[0])
    finally:
        await database.close()
    assert key["name"] == "key"
    assert isinstance(key["type"], String)
    assert key["type"].collation == ("C" if home.server else None)


def test_the_newest_version_is_the_last_one() -> None:
    assert VERSIONS[-1] == HEAD


_OPENS = """
import asyncio, sys
from pathlib import Path
from zoneinfo import ZoneInfo
from bot.storage import open_store

async def main():
    async with open_store(Path(sys.argv[1]), ZoneInfo("UTC")):
        print("alembic" in sys.modules)

asyncio.run(main())
"""


def test_alembic_is_loaded_only_to_migrate(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _OPENS, str(tmp_path / "lecturebot.db")]
    loaded = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1] for _ in range(2)]
    assert loaded == ["True", "False"]


async def test_opening_again_changes_nothing(bare_home: Home) -> None:
    async with bare_home.opened() as store:
        await posted(store, ["a"], "m1", NOW)
    async with bare_home.opened() as store:
        assert await store.ledger.taken(["a"]) == {("a", CHANNEL)}


async def test_a_database_of_a_newer_version_is_left_alone(bare_home: Home) -> None:
    await migrated(bare_home, HEAD)
    await executed(bare_home, "UPDATE lecturebot_version SET version_num = '9'")
    with pytest.raises(CannotOpenError) as caught:
        async with bare_home.opened():
            pass
    assert caught.value.phrase == "store.newer"
    assert Path(caught.value.values["place"]).name in ("lecturebot.db", "postgres")
    for language in ("ja", "en"):
        assert caught.value.values["place"] in phrases(language)(caught.value.phrase, **caught.value.values)


async def test_tables_of_another_program_are_left_alone(bare_home: Home) -> None:
    await executed(bare_home, "CREATE TABLE news (headline TEXT)")
    with pytest.raises(CannotOpenError) as caught:
        async with bare_home.opened():
            pass
    assert caught.value.phrase == "store.occupied"
    database = Database(location(bare_home.address))
    await database.open(lambda connection: None)
    assert await database.read(lambda connection: inspect(connection).get_table_names()) == ["news"]
    await database.close()
