"""The schedule's file with what the source has otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final

from bot.domain.edits import FieldEdit
from bot.domain.lecture import in_order
from bot.i18n import Phrases
from bot.i18n.excerpts import shortened
from bot.schedule.draft import Draft, EditRefusedError
from bot.schedule.editing import edited, with_lecture
from bot.schedule.editor import ScheduleEditor
from bot.schedule.versions import VersionSource
from bot.sources.model import Difference
from bot.sources.wording import difference_written


def taken_over(text: str, edits: Iterable[FieldEdit]) -> str:
    """The file's text with these edits in it; an edit of a lecture as a whole adds it. Raises CannotEditError."""
    changed: list[FieldEdit] = []
    for each in edits:
        if each.path:
            changed.append(each)
        else:
            text = with_lecture(text, each.value if isinstance(each.value, Mapping) else {})
    return edited(text, changed) if changed else text


_LONGEST_REASON: Final = 300


async def take_over(
    editor: ScheduleEditor, differences: Sequence[Difference], origin: VersionSource, say: Phrases
) -> tuple[Difference, ...]:
    """Writes the differences, or those of the lectures where that can be done; returns them.

    Raises EditRefusedError or OutdatedDraftError if nothing was written, and LedgerUnavailableError.
    """
    possible = tuple(differences)
    try:
        draft = await _draft(editor, possible, say)
    except EditRefusedError:
        concerned = {each.lecture for each in differences}
        alone = {each for each in concerned if await _can_be_made(editor, each, differences, say)}
        possible = tuple(each for each in differences if each.lecture in alone)
        if not alone or alone == concerned:
            raise
        draft = await _draft(editor, possible, say)
    await editor.write_from(replace(origin, reason=draft.reason, lectures=draft.lectures), draft, say.language)
    return possible


async def _can_be_made(editor: ScheduleEditor, lecture: str, differences: Sequence[Difference], say: Phrases) -> bool:
    with suppress(EditRefusedError):
        await _draft(editor, [each for each in differences if each.lecture == lecture], say)
        return True
    return False


async def _draft(editor: ScheduleEditor, differences: Sequence[Difference], say: Phrases) -> Draft:
    lectures = in_order(each.lecture for each in differences)
    why = shortened(" ".join(difference_written(each, say) for each in differences), _LONGEST_REASON)
    return await editor.changed(
        lectures, partial(taken_over, edits=[each.edit for each in differences]), why, say.language
    )
