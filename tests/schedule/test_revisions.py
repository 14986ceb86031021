"""Which version an undo takes back, found among many in a real database."""

from bot.schedule.revisions import Revision, Revisions, to_take_back, undoing, undone_by, unmarked
from bot.storage import open_store
from tests.examples import TOKYO, at

NOW = at("2030-04-08T12:00")


async def added(revisions: Revisions, why: str, *lectures: int) -> Revision:
    """One more version, which changed these lectures."""
    newest = await revisions.newest()
    after = newest.id if newest else None
    revision = await revisions.add(Revision(0, NOW, "", "", "file", "", "", why, lectures), after)
    assert revision
    return revision


async def left(revisions: Revisions, lecture: int | None = None) -> list[tuple[int, tuple[int, ...]]]:
    """What can be taken back, latest first."""
    return [(revision.id, numbers) async for revision, numbers in to_take_back(revisions, lecture)]


async def test_the_latest_versions_come_first_and_those_that_changed_no_lecture_not_at_all() -> None:
    async with open_store("sqlite://", TOKYO) as store:
        for lectures in ((), (1,), (1, 2), (), (3,)):
            await added(store.revisions, "edit", *lectures)
        assert await left(store.revisions) == [(5, (3,)), (3, (1, 2)), (2, (1,))]
        assert await left(store.revisions, 1) == [(3, (1,)), (2, (1,))]


async def test_what_was_taken_back_for_some_of_its_lectures_can_be_for_the_others() -> None:
    async with open_store("sqlite://", TOKYO) as store:
        await added(store.revisions, "start")
        edit = await added(store.revisions, "edit", 1, 2)
        await added(store.revisions, undoing(edit, "undo 1"), 1)
        assert await left(store.revisions) == [(2, (2,))]
        assert await left(store.revisions, 1) == []
        assert await left(store.revisions, 2) == [(2, (2,))]


async def test_a_long_history_is_gone_through_to_its_beginning() -> None:
    async with open_store("sqlite://", TOKYO) as store:
        edits = [await added(store.revisions, "edit", 1) for _ in range(40)]
        assert await left(store.revisions) == [(each.id, (1,)) for each in reversed(edits)]
        for edit in reversed(edits[1:]):
            await added(store.revisions, undoing(edit, "undo"), 1)
        assert await left(store.revisions, 1) == [(1, (1,))]


async def test_the_mark_of_an_undo_is_read_back_and_cannot_be_forged() -> None:
    async with open_store("sqlite://", TOKYO) as store:
        edit = await added(store.revisions, "edit", 1)
        undo = await added(store.revisions, undoing(edit, "↶7 undo"), 1)
        assert (undo.why, undone_by(undo), undone_by(edit)) == ("↶1 7 undo", 1, None)
        assert unmarked("↶↶1 edit") == "1 edit"
