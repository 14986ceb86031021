"""What organizers are told of the page: questions to be answered by buttons, what was taken over, and trouble."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from bot.announcements.matter import NoticeMatter
from bot.catalog.page.judging import Judgement, warnings_key
from bot.catalog.page.sides import Difference
from bot.catalog.page.wording import conflict_written, difference_written, warning_written
from bot.domain.language import Language
from bot.phrases import phrases

_MOST: Final = 10
"""Lines of a kind in a notice; the others are in the answer of `/admin sync`."""


def question(judgement: Judgement, language: Language, now: datetime) -> NoticeMatter:
    """Asks about what is open, and tells of what else there is to look at; the same question has the same key."""
    command = f"admin sync {{}} {judgement.token}"
    actions = [
        ("action.sync_apply", command.format("apply")),
        ("action.sync_quietly", command.format("quietly")),
        ("action.sync_ignore", command.format("ignore")),
    ]
    if judgement.conflicts:
        actions.append(("action.sync_all", command.format("all")))
    differences = [difference_written(each, language) for each in judgement.open]
    return NoticeMatter(
        f"page/{judgement.token}",
        "sync.notice.differs",
        {"count": str(len(judgement.open))},
        now,
        _details(("sync.differences", differences), *_besides(judgement, language), language=language),
        tuple(actions),
    )


def report(
    taken: Sequence[Difference], judgement: Judgement, version: str, language: Language, now: datetime
) -> NoticeMatter | None:
    """Tells of what was taken over of a version of the page and, if nothing is left open, of what else there is to look
    at; None if that is nothing. What was told once is told again only beside something new."""
    besides = [] if judgement.open else _besides(judgement, language)
    if not taken and not any(lines for _, lines in besides):
        return None
    actions: list[tuple[str, str]] = [("action.undo", "admin undo")] if taken else []
    if judgement.conflicts and not judgement.open:
        actions.append(("action.sync_all", f"admin sync all {judgement.token}"))
    if taken:
        phrase, count = "sync.notice.taken", len(taken)
    elif judgement.conflicts:
        phrase, count = "sync.notice.conflicts", len(judgement.conflicts)
    else:
        phrase, count = "sync.notice.warnings", len(judgement.fresh)
    told = [difference_written(each, language) for each in taken]
    what = "\n".join((version if taken else "", *told, judgement.token, warnings_key(judgement.fresh)))
    return NoticeMatter(
        f"page/{sha256(what.encode()).hexdigest()[:24]}",
        phrase,
        {"count": str(count)},
        now,
        _details(("sync.taken", told), *besides, language=language),
        tuple(actions),
    )


def trouble(reason: str, now: datetime) -> NoticeMatter:
    """Tells, once a day, that the page can't be followed; `now` is in the series' zone."""
    return NoticeMatter(f"page/{now:%Y-%m-%d}", "sync.notice.unreadable", {"reason": reason}, now)


def _besides(judgement: Judgement, language: Language) -> list[tuple[str, list[str]]]:
    return [
        ("sync.conflicts", [conflict_written(each, language) for each in judgement.conflicts]),
        ("sync.warnings", [warning_written(each, language) for each in judgement.fresh]),
    ]


def _details(*lists: tuple[str, Sequence[str]], language: Language) -> tuple[tuple[str, tuple[str, ...]], ...]:
    told: list[tuple[str, tuple[str, ...]]] = []
    for title, lines in lists:
        more = len(lines) - _MOST
        rest = [phrases(language)("sync.more", count=more)] if more > 0 else []
        if lines:
            told.append((title, (*lines[:_MOST], *rest)))
    return tuple(told)
