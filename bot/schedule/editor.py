"""Changing the schedule: a change is drafted, written against the version it was made from, and taken back."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Final, TypeVar

from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.language import Language
from bot.domain.lecture import in_order
from bot.i18n import phrases
from bot.schedule.draft import Author, Draft, EditRefusedError, NewerChangeError, OutdatedDraftError
from bot.schedule.editing import CannotEditError, edited, entry, with_entries, with_lecture, without_lecture
from bot.schedule.problems import InvalidScheduleError, Problem
from bot.schedule.reader import Reading, digest_of, read, sentence, with_holidays, written
from bot.schedule.revisions import Revision, Undoable
from bot.schedule.versions import ScheduleVersions, VersionSource
from bot.schedule.writer import NotWritableError, StaleFileError, write

T = TypeVar("T")

_ATTEMPTS: Final = 5
"""How often an edit is made anew when the file changes just before it is written."""


_MOST_PROBLEMS: Final = 5
"""Sentences that say why something is refused; who mends those sees the next."""


@dataclass(frozen=True, slots=True)
class _Version:
    """A version of the file as it is or would be."""

    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class _FileDraft(Draft):
    """A draft that can be made of any version of the file: `change` makes the new text of a text, `again` the draft of
    the file as it is then. `idle` if nothing in the file would change."""

    change: Callable[[str], str]
    again: Callable[[], Awaitable[Draft | None]]
    idle: bool


class ScheduleEditor:
    """Drafts and makes edits of the schedule's file; `wake` has the announcer look at what has changed.

    Every method raises EditRefusedError or LedgerUnavailableError.

    A version that is written stays so even if whoever waits for it gives up meanwhile.
    """

    def __init__(self, versions: ScheduleVersions, wake: Callable[[], None]) -> None:
        self._versions: Final = versions
        self._schedule: Final = versions.schedule
        self._wake: Final = wake
        self._writing: Final[set[asyncio.Task[Revision | None]]] = set()

    async def edited(self, edits: Sequence[FieldEdit], reason: str, language: Language) -> Draft:
        """The draft of edits of lectures that exist."""
        change = partial(edited, edits=edits)
        lectures = in_order(each.lecture for each in edits)
        again = partial(self.edited, edits, reason, language)
        return await self._draft(lectures, change, reason, language, again)

    async def added(
        self, entry: dict[str, FieldValue], reason: str, language: Language, edits: Sequence[FieldEdit] = ()
    ) -> Draft:
        """The draft of a new lecture, which is edited further right away."""
        lectures = (str(entry.get("id", entry.get("number"))),)

        def change(text: str) -> str:
            return edited(with_lecture(text, entry), edits)

        again = partial(self.added, entry, reason, language, edits)
        return await self._draft(lectures, change, reason, language, again)

    async def removed(self, lecture: str, reason: str, language: Language) -> Draft:
        """The draft of the schedule without that lecture."""
        return await self.changed((lecture,), partial(without_lecture, lecture=lecture), reason, language)

    async def changed(
        self, lectures: tuple[str, ...], change: Callable[[str], str], reason: str, language: Language
    ) -> Draft:
        """The draft of what `change` makes of the file's text, meaning these lectures."""
        again = partial(self.changed, lectures, change, reason, language)
        return await self._draft(lectures, change, reason, language, again)

    async def undone(
        self, lecture: str | None, reason: str, language: Language, version: int | None = None
    ) -> Draft | None:
        """The draft that takes the latest change back which was not taken back before, or the one of that version.

        Of several lectures that were changed at once, only `lecture` is as it was before, if there is one given. Raises
        NewerChangeError if a lecture of that version was changed again.
        """
        async with self._versions.lock():
            present = await self._present(language)
            await self._versions.accept(present.reading, present.text)
        if version is not None:
            return await self._undone(await self._undoable(version, lecture), lecture, reason, language)
        revisions = self._versions.revisions
        found = await revisions.undoable(lecture)
        while found:
            draft = await self._undone(found, lecture, reason, language)
            if draft:
                return draft
            found = await revisions.undoable(lecture, before=found.revision_id)
        return None

    async def _undone(
        self, found: Undoable | None, lecture: str | None, reason: str, language: Language
    ) -> _FileDraft | None:
        """The draft that takes back what was found; None if there is nothing to be done."""
        before = await self._versions.revisions.revision(found.revision_id - 1) if found else None
        if not (found and before):
            return None
        again = partial(self.undone, lecture, reason, language, found.revision_id)
        change = partial(with_entries, source=before.text, lectures=found.lectures)
        draft = await self._draft(found.lectures, change, reason, language, again, undoes=found.revision_id)
        return None if draft.idle else draft

    async def _undoable(self, version: int, lecture: str | None) -> Undoable | None:
        """The lectures for which that version can be taken back, as it is the latest of each."""
        revisions = self._versions.revisions
        made = await revisions.revision(version)
        lectures: list[str] = []
        for each in made.lectures if made else ():
            latest = await revisions.undoable(each) if lecture in (None, each) else None
            if latest and latest.revision_id > version and (newer := await revisions.revision(latest.revision_id)):
                raise NewerChangeError(newer)
            if latest and latest.revision_id == version:
                lectures.append(each)
        return Undoable(version, tuple(lectures)) if lectures else None

    async def write(self, draft: Draft, author: Author, language: Language, *, quietly: bool) -> Revision:
        """Writes the draft and takes it into service."""
        source = VersionSource(
            str(author.person),
            author.name,
            str(author.where) if author.where else "",
            draft.reason,
            draft.lectures,
            quietly,
            draft.undoes,
        )
        return await self.write_from(source, draft, language)

    async def write_from(self, origin: VersionSource, draft: Draft, language: Language) -> Revision:
        """The same, wherever the change comes from."""
        if not isinstance(draft, _FileDraft):
            raise TypeError("a draft of another editor")
        writing = asyncio.create_task(self._write(draft, origin, language), name="edit of the schedule")
        self._writing.add(writing)
        writing.add_done_callback(self._writing.discard)
        if revision := await asyncio.shield(writing):
            return revision
        again = await draft.again()
        if again is None:
            raise EditRefusedError(phrases(language)("managing.no_change"))
        raise OutdatedDraftError(again)

    async def _write(self, draft: _FileDraft, origin: VersionSource, language: Language) -> Revision | None:
        """The revision; None if the draft is outdated."""
        async with self._versions.lock():
            for _ in range(_ATTEMPTS):
                present = await self._present(language)
                if await self._asked(_key, present.text, draft.lectures, language=language) != draft.key:
                    return None
                await self._versions.accept(present.reading, present.text)
                made = await self._made(present, draft.change, draft.lectures, language)
                if made.text == present.text:
                    raise EditRefusedError(phrases(language)("managing.no_change"))
                self._versions.expect(made.reading.digest, origin)
                if not await self._replaced(present, made, language):
                    continue
                self._schedule.take(made.reading)
                revision = await self._versions.accept(made.reading, made.text)
                self._wake()
                return revision
        raise EditRefusedError(phrases(language)("writing.stale"))

    async def _replaced(self, present: _Version, made: _Version, language: Language) -> bool:
        """Whether the file was replaced; not if it is another one by now."""
        path = self._schedule.path
        try:
            await asyncio.to_thread(write, path, made.text.encode(), present.reading.digest)
        except StaleFileError:
            self._versions.expect(made.reading.digest, None)
            return False
        except NotWritableError as refusal:
            self._versions.expect(made.reading.digest, None)
            raise EditRefusedError(phrases(language)(refusal.name, **refusal.values)) from None
        return True

    async def _draft(
        self,
        lectures: tuple[str, ...],
        change: Callable[[str], str],
        reason: str,
        language: Language,
        again: Callable[[], Awaitable[Draft | None]],
        undoes: int | None = None,
    ) -> _FileDraft:
        present = await self._present(language)
        made = await self._made(present, change, lectures, language)
        key = await self._asked(_key, present.text, lectures, language=language)
        before, after = await asyncio.to_thread(lambda: [with_holidays(each.reading) for each in (present, made)])
        return _FileDraft(lectures, before, after, key, reason, undoes, change, again, idle=made.text == present.text)

    async def _present(self, language: Language) -> _Version:
        """The file as it is, which is then in service."""
        if refusal := self._versions.left_behind:
            raise EditRefusedError(phrases(language)(refusal.name, **refusal.values))
        for _ in range(_ATTEMPTS):
            reading = self._schedule.reading
            content = await asyncio.to_thread(self._schedule.content)
            if content is not None and digest_of(content) == reading.digest:
                return _Version(content.decode(), reading)
            await self._schedule.look()
            if problems := self._schedule.problems:
                name = self._schedule.path.name
                said = [written(replace(each, file=name), language) for each in problems[:_MOST_PROBLEMS]]
                raise EditRefusedError(phrases(language)("editing.unreadable"), *said)
        raise EditRefusedError(phrases(language)("writing.stale"))

    async def _made(
        self, present: _Version, change: Callable[[str], str], lectures: tuple[str, ...], language: Language
    ) -> _Version:
        text = await self._asked(change, present.text, language=language)
        if text == present.text:
            return present
        try:
            reading = await asyncio.to_thread(read, text.encode(), str(self._schedule.path))
        except InvalidScheduleError as invalid:
            said = dict.fromkeys(_said(each, lectures, language) for each in invalid.problems)
            raise EditRefusedError(*[*said][:_MOST_PROBLEMS]) from None
        return _Version(text, reading)

    async def _asked(self, function: Callable[..., T], *values: object, language: Language) -> T:
        """What a function of the file's text returns, which takes its time."""
        try:
            return await asyncio.to_thread(function, *values)
        except CannotEditError as refusal:
            raise EditRefusedError(phrases(language)(refusal.name, **refusal.values)) from None


def _said(problem: Problem, lectures: tuple[str, ...], language: Language) -> str:
    """What is wrong with a result, for somebody who sees no file: the field, of the lecture that is being edited."""
    field = problem.field
    if len(lectures) == 1 and field.startswith("lectures["):
        field = field.partition("].")[2] or field
    return f"{field}: {sentence(problem, language)}"


def _key(text: str, lectures: tuple[str, ...]) -> str:
    """What identifies the entries of these lectures, whatever comes after them."""
    found = (entry(text, each).text for each in lectures)
    return sha256(repr([each and each.strip() for each in found]).encode()).hexdigest()
