"""Differences, warnings and refusals of the source as the lines that people read."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from bot.announcements.post import AlertSubject
from bot.cards.naming import by_id
from bot.domain.edits import FieldPath
from bot.domain.language import Localized
from bot.domain.text import one_line
from bot.i18n import Phrases
from bot.i18n.dates import weekday_written
from bot.i18n.excerpts import shortened
from bot.schedule.problems import Term, Value, shown
from bot.schedule.yaml_reader import Tree
from bot.sources.columns import Column
from bot.sources.model import Difference, SourceRefusedError, SourceWarning, field_name
from bot.sources.review import Review, warnings_key

_LONGEST: Final = 80
"""Characters of a text that a line repeats."""

_UNUSED: Final = frozenset({None, Column.IGNORED})

_WORDS: Final = frozenset({"status", "mode", "title_tentative", "lecture_language", "in_person", "tentative"})
"""Fields whose values are words of the file, for which each language has its own."""

_TEXTS: Final = frozenset({"title", "abstract", "notes", "summary", "name", "affiliation", "reading", "room", "label"})
"""Fields with texts, which may be there in several languages."""


def difference_written(difference: Difference, say: Phrases) -> str:
    """What is otherwise, in one line."""
    lecture = _lecture(difference.lecture, say)
    theirs = _value(difference.path, difference.theirs, say)
    if not difference.path:
        return f"{lecture}: {say('page.difference.listed', theirs=theirs)}"
    field = _field(difference.path, say)
    ours = _value(difference.path, difference.ours, say)
    if difference.ours is None:
        sentence = say("page.difference.added", field=field, theirs=theirs)
    elif difference.theirs is None:
        sentence = say("page.difference.removed", field=field, ours=ours)
    else:
        sentence = say("page.difference.changed", field=field, ours=ours, theirs=theirs)
    return f"{lecture}: {sentence}"


def _lecture(id: str, say: Phrases) -> str:  # noqa: A002 - as the lecture calls it
    return by_id(id, say) if id.isdecimal() else say("page.lecture", id=id)


def conflict_written(difference: Difference, say: Phrases) -> str:
    """What either side has, in one line, if neither is to give way by itself."""
    if not difference.path:
        return difference_written(difference, say)
    ours, theirs = (
        say("sync.nothing") if each is None else _value(difference.path, each, say)
        for each in (difference.ours, difference.theirs)
    )
    lecture = _lecture(difference.lecture, say)
    field = _field(difference.path, say)
    return f"{lecture}: {say('sync.conflict', field=field, ours=ours, theirs=theirs)}"


def _field(path: FieldPath, say: Phrases) -> str:
    """What the field is called, and of which talk it is."""
    position = next((part for part in path if isinstance(part, int)), None)
    field = say(f"page.field.{field_name(path)}")
    return field if position is None else say("page.field_of_talk", number=position + 1, field=field)


def columns_written(columns: Mapping[str, Column | None], say: Phrases) -> list[str]:
    """What the columns of a table are taken for, in a line, and in another one which are not used."""
    used = [f"{shown(heading)} → {column}" for heading, column in columns.items() if column not in _UNUSED]
    unused = [f"{shown(heading)}" for heading, column in columns.items() if column in _UNUSED]
    lines = [say("page.columns", columns=", ".join(used))] if used else []
    return [*lines, say("page.columns_unused", columns=", ".join(unused), example=unused[0])] if unused else lines


def warning_written(warning: SourceWarning, say: Phrases) -> str:
    """What should be looked at, and where, in one line."""
    values = {name: _word(value, say) for name, value in warning.values.items()}
    if "other" in values:
        values["other"] = _lecture(str(values["other"]), say)
    places = [say("page.line", line=warning.line)] if warning.line else []
    if warning.lecture is not None:
        places.append(_lecture(warning.lecture, say))
    return ": ".join([*places, say(f"page.{warning.name}", **values)])


def refusal_written(refusal: SourceRefusedError, say: Phrases) -> str:
    """Why the source is not taken over at all, in one line."""
    values = {name: _word(value, say) for name, value in refusal.values.items()}
    return say(f"page.{refusal.name}", **values)


def _word(value: Value, say: Phrases) -> str | int:
    if isinstance(value, Term):
        return say(f"page.{value.name}")
    return _day(value, say) if isinstance(value, date) else value


def _day(day: date, say: Phrases) -> str:
    written = f"{day.year}/{day.month}/{day.day} ({weekday_written(day, say.language)})"
    return f"{written} {day:%H:%M}" if isinstance(day, datetime) else written


def _value(path: FieldPath, value: Tree, say: Phrases) -> str:
    """A value of the file in one line."""
    name = str(path[-1]) if path else ""
    if value is None:
        return ""
    if isinstance(value, list):
        return say("page.and").join(_value(path, each, say) for each in value)
    if isinstance(value, str):
        if name in _WORDS:
            return say(f"page.value.{value}")
        if name in ("starts", "ends", "closes") and "talks" not in path:
            return _day(datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value), say)
        return shortened(one_line(value), _LONGEST)
    if name in _TEXTS:
        return _value(path, Localized.of({tag: str(each) for tag, each in value.items()}).into(say.language), say)
    return _entry(path, value, say)


def _entry(path: FieldPath, value: dict[str, Tree], say: Phrases) -> str:
    """A mapping in one line: a lecture by when, who and what, a material by its label, others by their names."""
    if not path:
        keys = [key for key in ("starts", "speaker", "title") if key in value]
        return say("page.and").join(_value((key,), value[key], say) for key in keys)
    if path[-1] == "talks":
        key = next(key for key in ("title", "speaker", "speakers") if key in value)
        return _value((key,), value[key], say)
    if path[-1] == "materials":
        label = _value(("label",), value.get("label"), say)
        return f"{label} ({say('page.value.in_preparation')})" if "url" not in value else label
    named = [_value((key,), value[key], say) for key in ("name", "room") if key in value]
    if "affiliation" in value:
        named.append(f"({_value(('affiliation',), value['affiliation'], say)})")
    if value.get("tentative") == "true":
        named.append(f"({say('page.value.true')})")
    return " ".join(named)


_MOST: Final = 10
"""Lines of a kind in a notice; the others are in the answer of `/admin sync`."""


def query(review: Review, say: Phrases, now: datetime) -> AlertSubject:
    """Asks about what is open, and tells of what else there is to look at; the same question has the same key."""
    command = f"admin sync {{}} {review.token}"
    actions = [
        ("action.sync_apply", command.format("apply")),
        ("action.sync_quietly", command.format("quietly")),
        ("action.sync_ignore", command.format("ignore")),
    ]
    if review.conflicts:
        actions.append(("action.sync_all", command.format("all")))
    differences = [difference_written(each, say) for each in review.open]
    return AlertSubject(
        f"page/{review.token}",
        "sync.notice.differs",
        {"count": str(len(review.open))},
        now,
        _details(("sync.differences", differences), *_besides(review, say), say=say),
        tuple(actions),
    )


def report(
    taken: Sequence[Difference], review: Review, version: str, say: Phrases, now: datetime
) -> AlertSubject | None:
    """Tells of what was taken over of a version of the source and, if nothing is left open, of what else there is to
    look at; None if that is nothing. What was told once is told again only beside something new."""
    besides = [] if review.open else _besides(review, say)
    if not taken and not any(lines for _, lines in besides):
        return None
    actions: list[tuple[str, str]] = [("action.undo", "admin undo")] if taken else []
    if review.conflicts and not review.open:
        actions.append(("action.sync_all", f"admin sync all {review.token}"))
    if taken:
        phrase, count = "sync.notice.taken", len(taken)
    elif review.conflicts:
        phrase, count = "sync.notice.conflicts", len(review.conflicts)
    else:
        phrase, count = "sync.notice.warnings", len(review.fresh)
    told = [difference_written(each, say) for each in taken]
    what = "\n".join((version if taken else "", *told, review.token, warnings_key(review.fresh)))
    return AlertSubject(
        f"page/{sha256(what.encode()).hexdigest()[:24]}",
        phrase,
        {"count": str(count)},
        now,
        _details(("sync.taken", told), *besides, say=say),
        tuple(actions),
    )


def trouble(reason: str, now: datetime) -> AlertSubject:
    """Tells, once a day, that the source can't be followed; `now` is in the series' zone."""
    return AlertSubject(f"page/{now:%Y-%m-%d}", "sync.notice.unreadable", {"reason": reason}, now)


def _besides(review: Review, say: Phrases) -> list[tuple[str, list[str]]]:
    return [
        ("sync.conflicts", [conflict_written(each, say) for each in review.conflicts]),
        ("sync.warnings", [warning_written(each, say) for each in review.fresh]),
    ]


def _details(*lists: tuple[str, Sequence[str]], say: Phrases) -> tuple[tuple[str, tuple[str, ...]], ...]:
    told: list[tuple[str, tuple[str, ...]]] = []
    for title, lines in lists:
        more = len(lines) - _MOST
        rest = [say("sync.more", count=more)] if more > 0 else []
        if lines:
            told.append((title, (*lines[:_MOST], *rest)))
    return tuple(told)
