"""One example of each command that works when typed, made from the series in service."""

from datetime import timedelta
from typing import Final

from bot.cards.lecture import View
from bot.commands.registry import ADMIN, CommandSpec
from bot.domain.lecture import Lecture
from bot.domain.subscriptions import Topic
from bot.domain.text import is_japanese

_FIXED: Final = {
    "next": "next 2",
    "lectures": "lectures all",
    "notify": "notify on",
    "help": "help notify",
    "follow": f"follow {Topic.DEADLINES},{Topic.CHANGES} en",
}


_CHANGES: Final = {
    "venue": "University of Tsukuba, room: 118",
    "title": "Machine Learning",
    "speaker": "Masato Taki (Rikkyo University)",
    "material": "slides https://example.org/slides.pdf",
    "registration": "full",
}
"""What organizers may say of a lecture, by the verb."""

_A_MONTH: Final = timedelta(days=30)


def example(spec: CommandSpec, view: View) -> str:
    """A line that begins with this command and can be answered."""
    if spec.name in _FIXED:
        return f"/{_FIXED[spec.name]}"
    lecture = known_lecture(view)
    if not lecture or not spec.parameters:
        return f"/{spec.name}"
    if spec.name == "find":
        return f"/find {_word(lecture, view)}"
    return f"/{spec.name} {lecture.number} {_rest(spec, view)}".strip()


def _rest(spec: CommandSpec, view: View) -> str:
    """What follows the lecture where it is to be changed."""
    if spec.name == f"{ADMIN} move":
        return f"{(view.now + _A_MONTH):%Y-%m-%d} 13:00-17:00"
    return _CHANGES.get(spec.name.removeprefix(f"{ADMIN} "), "")


def known_lecture(view: View) -> Lecture | None:
    """A lecture that people have in mind: the next, else the last, else any."""
    series = view.series
    return series.current_or_next(view.now) or series.latest(view.now) or next(iter(series.lectures), None)


def _word(lecture: Lecture, view: View) -> str:
    """Something that finds it."""
    if lecture.speakers:
        name = lecture.speakers[0].name.into(view.language)
        return name.split()[0 if is_japanese(name) else -1]
    return lecture.title.into(view.language).split()[0] if lecture.title else str(lecture.number)


def with_example(sentence: str, spec: CommandSpec, view: View) -> str:
    """The sentence, and the example below it."""
    return f"{sentence}\n{view.say('lookup.example', example=example(spec, view))}"
