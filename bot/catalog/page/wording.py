"""Differences, warnings and refusals of the page as the lines that people read."""

from datetime import date, datetime
from typing import Final

from babel.dates import format_date

from bot.catalog.document import Tree
from bot.catalog.page.lectures import NotThePage, PageWarning
from bot.catalog.page.sides import Difference, Path
from bot.catalog.page.text import tidy
from bot.catalog.problems import Term, Value
from bot.domain.excerpt import shortened
from bot.domain.language import Language
from bot.phrases import phrases

_LONGEST: Final = 80
"""Characters of a text that a line repeats."""

_WORDS: Final = frozenset({"status", "mode", "title_tentative", "lecture_language", "in_person", "tentative"})
"""Fields whose values are words of the file, for which each language has its own."""


def difference_written(difference: Difference, language: Language) -> str:
    """What is otherwise, in one line."""
    say = phrases(language)
    lecture = say("page.lecture", number=difference.number)
    theirs = _value(difference.path, difference.theirs, language)
    if not difference.path:
        return f"{lecture}: {say('page.difference.listed', theirs=theirs)}"
    field = say(f"page.field.{'_'.join(map(str, difference.path))}")
    ours = _value(difference.path, difference.ours, language)
    if difference.ours is None:
        sentence = say("page.difference.added", field=field, theirs=theirs)
    elif difference.theirs is None:
        sentence = say("page.difference.removed", field=field, ours=ours)
    else:
        sentence = say("page.difference.changed", field=field, ours=ours, theirs=theirs)
    return f"{lecture}: {sentence}"


def conflict_written(difference: Difference, language: Language) -> str:
    """What either side has, in one line, if neither is to give way by itself."""
    if not difference.path:
        return difference_written(difference, language)
    say = phrases(language)
    ours, theirs = (
        say("sync.nothing") if each is None else _value(difference.path, each, language)
        for each in (difference.ours, difference.theirs)
    )
    lecture = say("page.lecture", number=difference.number)
    field = say(f"page.field.{'_'.join(map(str, difference.path))}")
    return f"{lecture}: {say('sync.conflict', field=field, ours=ours, theirs=theirs)}"


def warning_written(warning: PageWarning, language: Language) -> str:
    """What should be looked at, and where, in one line."""
    say = phrases(language)
    values = {name: _word(value, language) for name, value in warning.values.items()}
    places = [say("page.line", line=warning.line)] if warning.line else []
    if warning.number is not None:
        places.append(say("page.lecture", number=warning.number))
    return ": ".join([*places, say(f"page.{warning.name}", **values)])


def refusal_written(refusal: NotThePage, language: Language) -> str:
    """Why the page is not taken over at all, in one line."""
    values = {name: _word(value, language) for name, value in refusal.values.items()}
    return phrases(language)(f"page.{refusal.name}", **values)


def _word(value: Value, language: Language) -> str | int:
    if isinstance(value, Term):
        return phrases(language)(f"page.{value.name}")
    return _day(value, language) if isinstance(value, date) else value


def _day(day: date, language: Language) -> str:
    written = f"{day.year}/{day.month}/{day.day} ({format_date(day, 'EEE', locale=language)})"
    return f"{written} {day:%H:%M}" if isinstance(day, datetime) else written


def _value(path: Path, value: Tree, language: Language) -> str:
    """A value of the file in one line."""
    name = str(path[-1]) if path else ""
    if value is None:
        return ""
    if isinstance(value, list):
        return phrases(language)("page.and").join(_value(path, each, language) for each in value)
    if isinstance(value, str):
        if name in _WORDS:
            return phrases(language)(f"page.value.{value}")
        if name in ("starts", "ends", "closes"):
            return _day(datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value), language)
        return shortened(tidy(value), _LONGEST)
    if value.keys() <= {"ja", "en"}:
        return _value(path, value.get(language) or next(iter(value.values())), language)
    return _entry(path, value, language)


def _entry(path: Path, value: dict[str, Tree], language: Language) -> str:
    """A mapping in one line: a lecture by when, who and what, a material by its label, others by their names."""
    say = phrases(language)
    if not path:
        keys = [key for key in ("starts", "speaker", "title") if key in value]
        return say("page.and").join(_value((key,), value[key], language) for key in keys)
    if path[-1] == "materials":
        label = _value(("label",), value.get("label"), language)
        return f"{label} ({say('page.value.in_preparation')})" if "url" not in value else label
    named = [_value((key,), value[key], language) for key in ("name", "room") if key in value]
    if "affiliation" in value:
        named.append(f"({_value(('affiliation',), value['affiliation'], language)})")
    if value.get("tentative") == "true":
        named.append(f"({say('page.value.true')})")
    return " ".join(named)
