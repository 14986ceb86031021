"""One example of each command that works when typed, made from the series in service."""

from typing import Final

from bot.cards.lecture import View
from bot.commands.registry import CommandSpec
from bot.domain.lecture import Lecture
from bot.domain.subscriptions import Topic

_FIXED: Final = {
    "next": "next 2",
    "lectures": "lectures all",
    "notify": "notify on",
    "help": "help notify",
    "follow": f"follow {Topic.DEADLINES},{Topic.CHANGES} en",
}


def example(spec: CommandSpec, view: View) -> str:
    """A line that begins with this command and can be answered."""
    if spec.name in _FIXED:
        return f"/{_FIXED[spec.name]}"
    lecture = _known(view)
    if not lecture or not spec.parameters:
        return f"/{spec.name}"
    return f"/{spec.name} {_word(lecture, view) if spec.name == 'find' else lecture.number}"


def _known(view: View) -> Lecture | None:
    """A lecture that people have in mind: the next, else the last, else any."""
    series = view.series
    return series.current_or_next(view.now) or series.latest(view.now) or next(iter(series.lectures), None)


def _word(lecture: Lecture, view: View) -> str:
    """Something that finds it."""
    if lecture.speaker:
        return lecture.speaker.name.into(view.language).split()[-1 if view.language == "en" else 0]
    return lecture.title.into(view.language).split()[0] if lecture.title else str(lecture.number)


def with_example(sentence: str, spec: CommandSpec, view: View) -> str:
    """The sentence, and the example below it."""
    return f"{sentence}\n{view.say('lookup.example', example=example(spec, view))}"
