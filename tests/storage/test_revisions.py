"""The versions of the schedule: numbered as they come, each made from the newest."""

from dataclasses import replace

from bot.schedule.revisions import Changes, History, Revision
from tests.storage.homes import NOW, Home, after

FIRST = Revision(0, NOW, "d1", "series:\n  name: 講義\n", "file", "lectures.yaml", "file", "")
SECOND = Revision(0, after(hours=1), "d2", "x" * 300_000, "discord:user:4", "甘木", "discord:123", "venue", ("13", "7"))


async def test_at_first_there_is_no_version(home: Home) -> None:
    async with home.opened() as store:
        assert await store.revisions.newest() is None
        assert await store.revisions.latest(10) == []
        assert await store.revisions.revision(1) is None


async def test_versions_are_numbered_as_they_come(home: Home) -> None:
    async with home.opened() as store:
        assert await store.revisions.add(FIRST, None) == replace(FIRST, id=1)
        assert await store.revisions.newest() == replace(FIRST, id=1)
        second = replace(SECOND, id=2, lectures=("7", "13"))
        assert await store.revisions.add(SECOND, 1) == second
        assert await store.revisions.newest() == second
        assert await store.revisions.latest(10) == [second, replace(FIRST, id=1)]
        assert await store.revisions.latest(1) == [second]
        assert await store.revisions.revision(1) == replace(FIRST, id=1)


async def test_a_version_made_from_another_than_the_newest_is_not_added(home: Home) -> None:
    async with home.opened() as store:
        assert await store.revisions.add(FIRST, 1) is None
        assert await store.revisions.add(FIRST, None)
        assert await store.revisions.add(SECOND, None) is None
        assert await store.revisions.add(SECOND, 2) is None
        assert await store.revisions.add(SECOND, 1)
        assert await store.revisions.add(replace(SECOND, digest="d3"), 1) is None
        assert [each.id for each in await store.revisions.latest(10)] == [2, 1]


async def test_the_versions_that_changed_a_lecture_can_be_asked_for(home: Home) -> None:
    async with home.opened() as store:
        for number, lectures in enumerate([("1", "2"), ("2",), (), ("2", "3"), ("2",)]):
            assert await store.revisions.add(replace(FIRST, lectures=lectures), number or None)
        assert [each.id for each in await store.revisions.latest(10, lecture="2")] == [5, 4, 2, 1]
        assert [each.id for each in await store.revisions.latest(2, lecture="2")] == [5, 4]
        assert [each.id for each in await store.revisions.latest(10, lecture="3")] == [4]
        assert await store.revisions.latest(10, lecture="9") == []


async def test_of_each_lecture_it_is_known_how_often_and_when_it_changed(home: Home) -> None:
    async with home.opened() as store:
        assert await store.revisions.history(1) is None
        for number, lectures in enumerate([(), ("1", "2"), ("2",), ()]):
            assert await store.revisions.add(
                replace(FIRST, created_at=after(hours=number), lectures=lectures), number or None
            )
        history = await store.revisions.history(4)
        assert history == History(
            Changes(2, after(hours=3)), {"1": Changes(1, after(hours=1)), "2": Changes(2, after(hours=2))}
        )
        assert await store.revisions.add(replace(FIRST, created_at=after(hours=4), lectures=("1",)), 4)
        assert await store.revisions.history(4) == history
        history = await store.revisions.history(5)
        assert history
        assert [history.of(str(number)) for number in (1, 2, 3)] == [
            Changes(4, after(hours=4)),
            Changes(4, after(hours=3)),
            Changes(2, after(hours=3)),
        ]


async def test_a_clock_that_was_ahead_makes_no_change_older_than_the_one_before(home: Home) -> None:
    async with home.opened() as store:
        for number, hours in enumerate([0, 900, 1, 2]):
            lectures = ("7",) if number else ()
            assert await store.revisions.add(
                replace(FIRST, created_at=after(hours=hours), lectures=lectures), number or None
            )
        history = await store.revisions.history(4)
        assert history
        assert history.of("7") == Changes(4, after(hours=900))
