"""Which version an undo takes back, found among many in a real database."""

from bot.schedule.revisions import Revision, Revisions
from bot.storage import open_store
from tests.examples import TOKYO, at

NOW = at("2030-04-08T12:00")


async def added(revisions: Revisions, *lectures: str, undoes: int | None = None) -> int:
    """One more version, which changed these lectures."""
    newest = await revisions.newest_id()
    revision = await revisions.add(Revision(0, NOW, "", "", "file", "", "", "", lectures, undoes), newest)
    assert revision
    return revision.id


async def undoable(revisions: Revisions, lecture: str | None = None) -> list[tuple[int, tuple[str, ...]]]:
    """What can be taken back, latest first."""
    found = []
    before = None
    while each := await revisions.undoable(lecture, before):
        found.append((each.revision_id, each.lectures))
        before = each.revision_id
    return found


async def test_the_latest_versions_come_first_and_those_that_changed_no_lecture_not_at_all() -> None:
    async with open_store("sqlite://", TOKYO) as store:
        for lectures in ((), ("1",), ("1", "2"), (), ("3",)):
            await added(store.revisions, *lectures)
        assert await undoable(store.revisions) == [(5, ("3",)), (3, ("1", "2")), (2, ("1",))]
        assert await undoable(store.revisions, "1") == [(3, ("1",)), (2, ("1",))]


async def test_what_was_taken_back_for_some_of_its_lectures_can_be_for_the_others() -> None:
    async with open_store("sqlite://", TOKYO) as store:
        await added(store.revisions)
        edit = await added(store.revisions, "1", "2")
        await added(store.revisions, "1", undoes=edit)
        assert await undoable(store.revisions) == [(2, ("2",))]
        assert await undoable(store.revisions, "1") == []
        assert await undoable(store.revisions, "2") == [(2, ("2",))]


async def test_a_long_history_is_gone_through_to_its_beginning() -> None:
    async with open_store("sqlite://", TOKYO) as store:
        edits = [await added(store.revisions, "1") for _ in range(40)]
        assert await undoable(store.revisions) == [(each, ("1",)) for each in reversed(edits)]
        for edit in reversed(edits[1:]):
            await added(store.revisions, "1", undoes=edit)
        assert await undoable(store.revisions, "1") == [(1, ("1",))]
