"""What is old goes, and nothing that anybody may still need."""

from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select

from bot.announcements.state import StateUpdate
from bot.domain.subscriptions import Follower
from bot.sources.versions import SourceVersion
from bot.storage import Store, pruning
from bot.storage.tables import followers, news, post_keys, posts, source_versions
from tests.storage.homes import CHANNEL, NOW, OTHER, Home, after, claimed, posted
from tests.storage.test_state import item, known

OLD = NOW - timedelta(days=1)


async def count(store: Store, table: Table) -> int | None:
    """How many rows a table has."""
    return await store.database.read(lambda connection: connection.scalar(select(func.count()).select_from(table)))


async def test_what_is_old_goes_and_ids_of_news_are_not_used_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "_AT_ONCE", 2)
    async with home.opened() as store:
        for number in range(5):
            await posted(store, [f"old/{number}", f"old/{number}/b"], str(number), OLD)
        await posted(store, ["new"], "9", NOW)
        await claimed(store, "open", at=OLD)
        await store.announced.apply(StateUpdate([known(11)], [item(11, OLD)]), None)
        for each in (CHANNEL, OTHER):
            await store.followers.follow(Follower(each, OLD), "test", OLD)
        await store.followers.unfollow(OTHER, "test", OLD)
        for source, digest in (("a", "1"), ("a", "2"), ("b", "3")):
            await store.source_versions.add(SourceVersion(source, digest, "text", NOW))
        await store.prune(NOW)
        tables = (posts, post_keys, news, followers, source_versions)
        assert [await count(store, table) for table in tables] == [2, 2, 0, 1, 2]
        latest = await store.source_versions.latest("a")
        assert latest
        assert latest.digest == "2"
        states = await store.announced.lecture_states()
        await store.announced.apply(StateUpdate([], [item(11, after(days=1))]), states)
        assert [each.id for each in await store.announced.news(NOW)] == [2]
