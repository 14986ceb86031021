"""The database itself: what happens when it is away, broken or elsewhere, and that no password is ever told."""

import asyncio
import sqlite3
import traceback
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import Connection, text

from bot.domain.errors import LedgerUnavailableError
from bot.i18n import phrases
from bot.storage import CannotOpenError, open_store
from bot.storage.database import Database
from bot.storage.engine import location
from tests.storage.cluster import PASSWORD, Cluster
from tests.storage.homes import CHANNEL, MATTER, NOW, TOKYO, Home, claimed, holds, posted

SECRET = "wr0ng-s3cret/:@"


async def had(turn: Callable[[], AbstractAsyncContextManager[None]]) -> None:
    """Has the turn once."""
    async with turn():
        pass


async def refusal(address: str | Path) -> CannotOpenError:
    """Why that database can't be opened; said in both languages without the secret."""
    with pytest.raises(CannotOpenError) as caught:
        async with open_store(address, TOKYO):
            pass
    for language in ("ja", "en"):
        assert SECRET not in phrases(language)(caught.value.phrase, **caught.value.values)
    assert_discreet(caught.value)
    return caught.value


def assert_discreet(error: BaseException) -> None:
    """Whatever is printed of it, no secret shows."""
    told = "".join(traceback.format_exception(error)) + repr(error)
    for secret in (SECRET, PASSWORD, quote(SECRET, safe=""), quote(PASSWORD, safe="")):
        assert secret not in told


@pytest.mark.parametrize(
    "address",
    [
        "",
        "lecturebot.db",
        "mysql://user:%s@localhost/lectures",
        "postgresql+asyncpg://user:%s@localhost/lectures",
        "postgresql://user:%s@localhost:many/lectures",
        "://user:%s@localhost",
    ],
)
async def test_what_is_no_address_of_a_database_is_refused(address: str) -> None:
    assert (await refusal(address.replace("%s", quote(SECRET, safe="")))).phrase == "store.wrong_url"


@pytest.mark.parametrize(
    ("address", "url", "place"),
    [
        ("sqlite://", "sqlite+aiosqlite://", ":memory:"),
        ("sqlite:///:memory:", None, ":memory:"),
        ("sqlite:///data/x.db", "sqlite+aiosqlite:///data/x.db", "data/x.db"),
        (" sqlite:////srv/x.db\n", "sqlite+aiosqlite:////srv/x.db", "/srv/x.db"),
        (Path("/srv/講義 #1?.db"), None, "/srv/講義 #1?.db"),
        ("postgres://a:b@host/name", "postgresql+psycopg://a:***@host/name", "host/name"),
        ("POSTGRESQL://a@host:5433/name", "postgresql+psycopg://a@host:5433/name", "host/name"),
        ("postgresql+psycopg://host/n?sslmode=require", "postgresql+psycopg://host/n?sslmode=require", "host/n"),
        ("postgresql:///name?host=/run/postgresql", "postgresql+psycopg:///name?host=%2Frun%2Fpostgresql", "name"),
    ],
)
def test_addresses_are_taken_as_people_write_them(address: str | Path, url: str | None, place: str) -> None:
    found = location(address)
    assert found.place == place
    assert url is None or str(found.url) == url
    assert found.is_sqlite == found.url.drivername.startswith("sqlite")


async def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "lecturebot.db"
    file.write_bytes(b"These are my notes.\n" * 100)
    found = await refusal(file)
    assert (found.phrase, found.values) == ("store.unreadable", {"place": str(file)})
    assert file.read_bytes() == b"These are my notes.\n" * 100


async def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    assert (await refusal(tmp_path)).phrase == "store.not_writable"


async def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert (await refusal(tmp_path / "data" / "lecturebot.db")).phrase == "store.not_writable"


async def test_a_file_that_can_only_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "lecturebot.db"
    async with open_store(file, TOKYO):
        pass
    assert (await refusal(f"sqlite:///file:{file}?mode=ro&uri=true")).phrase == "store.not_writable"


async def test_a_user_without_rights_in_the_schema_is_refused(postgresql: Cluster) -> None:
    postgresql.execute(f"CREATE ROLE guest LOGIN PASSWORD '{SECRET}'")
    url = postgresql.address(SECRET).replace("://lecturebot:", "://guest:")
    assert (await refusal(url)).phrase == "store.not_writable"


async def test_a_server_that_is_away_or_refuses_may_be_there_later(postgresql: Cluster) -> None:
    wrong_password, nobody_there = postgresql.address(SECRET), postgresql.address(PASSWORD, port=1)
    for address, said in (
        (wrong_password, "password authentication failed"),
        (nobody_there, "connection refused"),
        (nobody_there.replace("127.0.0.1", "nowhere.invalid"), ""),
    ):
        with pytest.raises(LedgerUnavailableError) as caught:
            async with open_store(address, TOKYO):
                pass
        assert said in str(caught.value).lower()
        assert "127.0.0.1" not in str(caught.value)
        assert_discreet(caught.value)


async def test_after_a_restart_of_the_server_everything_goes_on(postgresql: Cluster) -> None:
    home = Home(postgresql.url(), postgresql)
    async with home.opened() as store:
        claim = await claimed(store, "a")
        postgresql.stop()
        try:
            for _ in range(2):
                with pytest.raises(LedgerUnavailableError) as caught:
                    await store.ledger.record_sent(claim, "m1", "s1", NOW)
                assert_discreet(caught.value)
                with pytest.raises(LedgerUnavailableError):
                    await store.announced.lecture_states()
        finally:
            postgresql.start()
        assert await holds(store, claim)
        assert await store.ledger.record_sent(claim, "m1", "s1", NOW)


async def test_the_lock_is_had_by_one_and_ends_with_the_server_at_the_latest(postgresql: Cluster) -> None:
    home = Home(postgresql.url(), postgresql)
    async with home.opened() as one, home.opened() as other:
        assert one.schedule_lock
        assert other.schedule_lock
        async with one.schedule_lock():
            waiting = asyncio.create_task(had(other.schedule_lock))
            await asyncio.wait([waiting], timeout=0.2)
            assert not waiting.done()
        await asyncio.wait_for(waiting, 10)
        async with one.schedule_lock():
            postgresql.stop()
            try:
                with pytest.raises(LedgerUnavailableError):
                    await had(other.schedule_lock)
            finally:
                postgresql.start()
            await had(other.schedule_lock)
        await had(one.schedule_lock)


async def test_connections_that_the_server_has_ended_are_replaced(postgresql: Cluster) -> None:
    home = Home(postgresql.url(), postgresql)
    async with home.opened() as store:
        await claimed(store, "a")
        postgresql.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lecturebot'"
        )
        await claimed(store, "b")


async def test_a_file_locked_by_another_program_is_unavailable_for_the_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.engine.BUSY_TIMEOUT", 50)
    home = Home(tmp_path / "lecturebot.db")
    async with home.opened() as store:
        other = sqlite3.connect(tmp_path / "lecturebot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerUnavailableError, match="database is locked"):
            await store.ledger.claim(MATTER, ["a"], CHANNEL, NOW)
        assert await store.ledger.taken(["a"]) == set(), "reading goes on"
        other.execute("ROLLBACK")
        other.close()
        await claimed(store, "a")


async def test_a_new_file_that_another_process_prepares_is_waited_for(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "lecturebot.db", isolation_level=None)
    other.executescript("CREATE TABLE other (id); BEGIN IMMEDIATE")
    asyncio.get_running_loop().call_later(0.3, other.execute, "ROLLBACK")
    async with Home(tmp_path / "lecturebot.db").opened() as store:
        assert not other.in_transaction
        await claimed(store, "a")
    other.close()


@pytest.mark.parametrize("state", ["deleted", "replaced"])
async def test_a_file_that_is_no_longer_in_its_place_takes_nothing_in(tmp_path: Path, state: str) -> None:
    file = tmp_path / "lecturebot.db"
    async with open_store(file, TOKYO) as store:
        await store.followers.followers()
        file.rename(tmp_path / "elsewhere.db")
        if state == "replaced":
            file.touch()
        with pytest.raises(LedgerUnavailableError, match=f"was {state} while the bot was running"):
            await store.followers.followers()
        (tmp_path / "elsewhere.db").rename(file)
        await store.followers.followers()


async def test_tables_that_vanish_make_it_unavailable(bare_home: Home) -> None:
    async with bare_home.opened() as store:
        database: Database = store.ledger._database  # type: ignore[attr-defined]
        await database.write(lambda connection: connection.execute(text("DROP TABLE post_keys")))
        with pytest.raises(LedgerUnavailableError):
            await store.ledger.taken(["a"])


async def test_a_transaction_is_finished_even_if_nobody_waits_for_it_any_more(home: Home) -> None:
    async with home.opened() as store:
        claim = await claimed(store, "a")
        recording = asyncio.ensure_future(store.ledger.record_sent(claim, "m1", "s1", NOW))
        await asyncio.sleep(0)
        recording.cancel()
        with pytest.raises(asyncio.CancelledError):
            await recording
        for _ in range(200):
            if await store.ledger.posts_since(NOW):
                break
            await asyncio.sleep(0.01)
        assert [each.message_id for each in await store.ledger.posts_since(NOW)] == ["m1"]


async def test_closing_waits_for_what_is_under_way(shared_home: Home) -> None:
    async with shared_home.opened() as store:
        claim = await claimed(store, "a")
        recording = asyncio.ensure_future(store.ledger.record_sent(claim, "m1", "s1", NOW))
        await asyncio.sleep(0)
    assert await recording
    async with shared_home.opened() as store:
        assert [each.message_id for each in await store.ledger.posts_since(NOW)] == ["m1"]


async def test_two_databases_in_memory_know_nothing_of_each_other() -> None:
    async with Home("sqlite://").opened() as one, Home("sqlite://").opened() as other:
        await claimed(one, "a")
        await claimed(other, "a")


async def test_a_file_survives_a_power_cut_and_lets_others_read(tmp_path: Path) -> None:
    database = Database(location(tmp_path / "lecturebot.db"))

    def settings(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]

    await database.open(lambda connection: None)
    assert await database.read(settings) == ["wal", 2, 1]
    await database.close()


async def test_instants_are_kept_to_the_microsecond_and_in_order_whatever_their_zone(home: Home) -> None:
    east, west = timezone(timedelta(hours=14)), timezone(-timedelta(hours=11))
    moments = [
        datetime(2024, 3, 31, 0, 59, 59, 999999, UTC).astimezone(west),
        datetime(2024, 3, 31, 1, 0, tzinfo=UTC).astimezone(east),
        datetime(2024, 3, 31, 1, 0, 0, 1, UTC),
    ]
    async with home.opened() as store:
        for at in reversed(moments):
            await posted(store, [f"{at:%f}"], f"{at:%f}", at)
        for since, at in enumerate(moments):
            found = [each.sent_at for each in await store.ledger.posts_since(at)]
            assert found == moments[since:]
            assert {each.tzinfo for each in found} == {UTC}
