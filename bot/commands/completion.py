"""Completion of the parameters of commands while a person types."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.cards.view import View
from bot.commands.guide import commands_named, described
from bot.commands.registry import Parameter, ParameterKind
from bot.commands.suggestions import suggestions
from bot.domain.language import LANGUAGES, Localized
from bot.domain.lecture import Lecture
from bot.domain.materials import MaterialKind
from bot.domain.message import Option
from bot.domain.text import searchable
from bot.domain.written_date import WrittenDate
from bot.i18n import phrases

_WEEKS: Final = 4
"""How many weeks ahead dates are offered."""

_KINDS: Final = tuple(each for each in MaterialKind if each is not MaterialKind.OTHER)

Filled = Mapping[str, str]
"""What the other parameters say so far, by their names."""


def completions(parameter: Parameter, typed: str, filled: Filled, view: View, most: int) -> tuple[Option, ...]:
    """At most `most` values that `typed` may become; an option's `line` is the value. Anything else may be typed."""
    if parameter.kind is ParameterKind.CHOICES:
        found = _several(parameter, typed, view)
    elif parameter.kind is ParameterKind.LECTURE:
        found = (*_choices(parameter, typed, view), *suggestions(view.series, view.now, typed, view.language, most))
    elif parameter.choices:
        found = _choices(parameter, typed, view)
    else:
        found = tuple(_OTHERS[parameter.name](typed, filled, view)) if parameter.name in _OTHERS else ()
    return found[:most]


def completes(parameter: Parameter) -> bool:
    """Whether there is anything to offer for it."""
    return bool(parameter.choices) or parameter.kind is ParameterKind.LECTURE or parameter.name in _OTHERS


def _choices(parameter: Parameter, typed: str, view: View) -> tuple[Option, ...]:
    return tuple(Option(view.say(f"choice.{each}"), each) for each in parameter.choices if _is_meant(each, typed))


def _is_meant(choice: str, typed: str) -> bool:
    """Whether a choice may be what is being typed, in either language."""
    return _may_become(typed, (choice, *(phrases(language)(f"choice.{choice}") for language in LANGUAGES)))


def _may_become(typed: str, names: Iterable[str]) -> bool:
    said = searchable(typed)
    return not said or any(said in searchable(each) for each in names)


def _several(parameter: Parameter, typed: str, view: View) -> tuple[Option, ...]:
    """The last of several choices with commas between them."""
    before, comma, last = typed.replace("、", ",").rpartition(",")
    taken = {each.strip() for each in before.split(",")}
    left = replace(parameter, choices=tuple(each for each in parameter.choices if each not in taken))
    offered = _choices(left, last, view)
    return tuple(Option(f"{before}{comma}{each.label}", f"{before}{comma}{each.line}") for each in offered)


def _commands(typed: str, filled: Filled, view: View) -> Iterator[Option]:
    for spec in (each for each in commands_named(view.series) if not each.organizers):
        names = [spec.name, *(phrases(language)(f"command.{spec.key}.name") for language in LANGUAGES)]
        if _may_become(typed, names):
            yield Option(f"/{spec.name}: {described(spec, view)}", spec.name)


def _fields(typed: str, filled: Filled, view: View) -> Iterator[Option]:
    from bot.commands.admin.fields import TYPED_FIELDS  # what edits the schedule takes longer to load than a question

    for field in TYPED_FIELDS:
        names = [field, *(phrases(language)(f"fields.name.{field}") for language in LANGUAGES)]
        if _may_become(typed, names):
            yield Option(view.say(f"fields.name.{field}"), field)


def _kinds(typed: str, filled: Filled, view: View) -> Iterator[Option]:
    return _texts(
        typed, (Localized.of({each: phrases(each)(f"choice.{kind}") for each in LANGUAGES}) for kind in _KINDS), view
    )


def _dates(typed: str, filled: Filled, view: View) -> Iterator[Option]:
    """What the typed text means as a date, else the lecture's weekday and hours in the weeks to come."""
    from bot.commands.admin.fields import FieldError, date_label, lecture_date

    lecture = _lecture(filled, view)
    if typed.strip():
        try:
            meant = lecture_date(typed, lecture or Lecture(view.series.next_number), view)
        except FieldError:
            return
        odd = meant.queries[0].suggestions if meant.queries else ()
        dates = [*odd, meant]
    else:
        dates = [*_coming(lecture, view)]
    for each in dict.fromkeys(replace(each, queries=()) for each in dates):
        yield Option(date_label(each, view), each.text)


def _coming(lecture: Lecture | None, view: View) -> Iterator[WrittenDate]:
    """The same weekday and hours in each of the coming weeks, as this lecture has or else the latest."""
    dated = [each for each in view.series.lectures if each.day]
    like = (
        lecture if lecture and lecture.day else max(dated, key=lambda each: each.day or view.now.date(), default=None)
    )
    if like is None or like.day is None:
        return
    first = max(like.day, view.now.date() - timedelta(days=1))
    day = first + timedelta(days=(like.day.weekday() - first.weekday()) % 7 or 7)
    start = like.starts.time() if like.starts else None
    for week in range(_WEEKS):
        yield WrittenDate(day + timedelta(weeks=week), start, like.ends.time() if start and like.ends else None)


def _venues(typed: str, filled: Filled, view: View) -> Iterator[Option]:
    return _texts(typed, (each.venue.name for each in view.series.lectures if each.venue), view)


def _rooms(typed: str, filled: Filled, view: View) -> Iterator[Option]:
    venues = [each.venue for each in view.series.lectures if each.venue and each.venue.room]
    place = filled.get("venue", "")
    there = [each for each in venues if not place or _may_become(place, each.name.variants)]
    return _texts(typed, (each.room for each in there or venues if each.room), view)


def _replaced(typed: str, filled: Filled, view: View) -> Iterator[Option]:
    lecture = _lecture(filled, view)
    return _texts(typed, (each.label for each in lecture.all_materials), view) if lecture else iter(())


def _texts(typed: str, texts: Iterable[Localized], view: View) -> Iterator[Option]:
    for each in dict.fromkeys(texts):
        if _may_become(typed, each.variants):
            text = each.into(view.language)
            yield Option(text, text)


def _lecture(filled: Filled, view: View) -> Lecture | None:
    return view.series.lecture(filled.get("lecture", ""))


_OTHERS: Final[Mapping[str, Callable[[str, Filled, View], Iterator[Option]]]] = {
    "command": _commands,
    "field": _fields,
    "label": _kinds,
    "when": _dates,
    "venue": _venues,
    "room": _rooms,
    "replaces": _replaced,
}
"""What is offered for a parameter without choices, by its name."""
