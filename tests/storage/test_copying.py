"""Copies of a database: everything as of one moment, in SQLite and PostgreSQL, from either to either; and the gap."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.announcements.ledger import PostStatus
from bot.announcements.post import ChangeSubject, ReminderSubject
from bot.announcements.state import StateUpdate
from bot.domain.errors import LedgerUnavailableError
from bot.domain.reminder_times import News
from bot.domain.subscriptions import Follower
from bot.storage import CannotOpenError, Store, open_store
from bot.storage.copying import copy, copy_to_file
from bot.storage.engine import location
from bot.storage.tables import copies, leases, metadata
from tests.storage.cluster import Cluster
from tests.storage.homes import CHANNEL, MATTER, NOW, OTHER, TOKYO, Home, after, claimed, posted
from tests.storage.test_revisions import FIRST, SECOND
from tests.storage.test_state import item, known

LATER = after(days=3)


def content(connection: Connection) -> dict[str, list[Any]]:
    """All rows of all tables, but what belongs to one database only."""
    tables = [each for each in metadata.sorted_tables if each not in (copies, leases)]
    return {each.name: [*map(repr, connection.execute(select(each).order_by(*each.primary_key)))] for each in tables}


async def filled(address: str | Path) -> dict[str, list[Any]]:
    """Puts something of all sorts into a database; returns what is in it."""
    async with open_store(address, TOKYO) as store:
        await posted(store, ["a/1", "a/2"], "77", NOW)
        await claimed(store, "b/1")
        await store.followers.follow(Follower(CHANNEL, NOW, ping="5"), "test", NOW)
        await store.announced.apply(StateUpdate([known(11)], [item(11, NOW), item(11, LATER)]), None)
        await store.revisions.add(FIRST, None)
        await store.revisions.add(replace(SECOND, undoes=1), 1)
        return await store.database.read(content)


async def read(address: str | Path) -> dict[str, list[Any]]:
    """What is in a database."""
    async with open_store(address, TOKYO) as store:
        return await store.database.read(content)


async def news_ids(store: Store) -> list[int]:
    """The ids of all news, after another one was added."""
    states = await store.announced.lecture_states()
    assert await store.announced.apply(StateUpdate([], [item(11, after(days=9))]), states)
    return [each.id for each in await store.announced.news(NOW)]


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(each.name for each in folder.iterdir())


async def test_everything_is_moved_to_postgresql_and_back(postgresql: Cluster, tmp_path: Path) -> None:
    first, server, back = tmp_path / "a.db", postgresql.url(), tmp_path / "b.db"
    before = await filled(first)
    assert all(before[name] for name in ("posts", "post_keys", "news", "followers", "revisions", "lecture_states"))
    copy(location(first), location(server), LATER)
    assert await read(server) == before
    copy(location(server), location(back), LATER)
    assert await read(back) == before
    for address in (server, back):
        async with open_store(address, TOKYO) as store:
            assert await news_ids(store) == [1, 2, 3]


async def test_a_backup_is_one_file_of_one_moment_while_others_write(tmp_path: Path) -> None:
    database, file = tmp_path / "data" / "lecturebot.db", tmp_path / "backup.db"
    before = await filled(database)
    async with open_store(database, TOKYO) as store:
        with closing(sqlite3.connect(database)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("DELETE FROM followers")
            copy_to_file(location(database), file, NOW)
            other.rollback()
        await store.followers.follow(Follower(OTHER, NOW), "test", NOW)
    assert names(tmp_path) == ["backup.db", "data"]
    assert await read(file) == before
    copy(location(file), location(database), LATER, in_place=True)
    assert await read(database) == before


async def test_what_is_there_is_not_written_over_by_a_copy_and_what_is_none_is_no_source(tmp_path: Path) -> None:
    first, second, notes = tmp_path / "a.db", tmp_path / "b.db", tmp_path / "notes"
    await filled(first)
    before = await filled(second)
    notes.write_bytes(b"These are my notes.\n" * 100)
    for source, phrase in ((first, "store.used"), (notes, "store.unreadable"), (tmp_path / "none", "store.missing")):
        with pytest.raises(CannotOpenError) as refused:
            copy(location(source), location(second), LATER, in_place=source is not first)
        assert refused.value.phrase == phrase
    assert await read(second) == before


async def test_what_fell_due_in_the_gap_is_held_to_be_looked_up(shared_home: Home, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    async with shared_home.opened() as store:
        await store.ledger.enqueue(MATTER, ["w/1"], [CHANNEL], NOW)
    copy_to_file(location(shared_home.address), backup, NOW)
    copy(location(backup), location(shared_home.address), NOW, in_place=True)
    in_gap, ahead = _due(days=1), _due(days=9)
    async with shared_home.opened() as store:
        assert [each.status for each in await store.ledger.open_posts()] == [PostStatus.HELD]
        await store.copies.serve(after(days=5))
        assert await store.ledger.claim(in_gap, ["g/1"], CHANNEL, after(days=5)) is None
        _, held = await store.ledger.open_posts()
        assert (held.status, held.created_at) == (PostStatus.HELD, in_gap.due)
        assert await store.ledger.claim(ahead, ["n/1"], CHANNEL, after(days=9))
    async with shared_home.opened() as again:
        assert await again.ledger.claim(in_gap, ["g/2"], CHANNEL, after(days=5)) is None


async def test_news_after_the_gap_are_none_that_were_told_in_it(shared_home: Home, tmp_path: Path) -> None:
    copy_to_file(await _filled(shared_home), tmp_path / "backup.db", NOW)
    copy(location(tmp_path / "backup.db"), location(shared_home.address), NOW, in_place=True)
    async with shared_home.opened() as store:
        *_, told_again = await news_ids(store)
        await store.copies.serve(LATER)
        await store.copies.renumber_news()
        *_, new = await news_ids(store)
        for number, is_claimed in ((told_again, False), (new, True)):
            news = ChangeSubject((number,), (News.CHANGED,), ("11",), after(days=9))
            claim = await store.ledger.claim(news, [f"news/{number}"], CHANNEL, after(days=9))
            assert (claim is not None) == is_claimed


async def test_a_bot_notices_that_its_database_was_put_back(shared_home: Home, tmp_path: Path) -> None:
    copy_to_file(await _filled(shared_home), tmp_path / "backup.db", NOW)
    async with shared_home.opened() as store:
        await store.copies.serve(NOW)
        await store.probe()
        copy(location(tmp_path / "backup.db"), location(shared_home.address), LATER, in_place=True)
        with pytest.raises(LedgerUnavailableError, match="was restored while the bot was running; restart it"):
            await store.probe()
        with pytest.raises(LedgerUnavailableError, match="was restored"):
            await store.followers.follow(Follower(OTHER, NOW), "test", NOW)


async def _filled(home: Home) -> Any:
    await filled(home.address)
    return location(home.address)


def _due(**time: float) -> ReminderSubject:
    stage = MATTER.stages[0]
    return ReminderSubject((replace(stage, due=after(**time)),))
