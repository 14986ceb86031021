"""One example of each command that works when typed, made from the series in service."""

from datetime import timedelta
from typing import Final

from bot.cards.view import View
from bot.commands.registry import ADMIN, CommandSpec
from bot.domain.lecture import Lecture, Status
from bot.domain.subscriptions import Topic, topics_of
from bot.domain.text import is_japanese

_FIXED: Final = {
    "next": "next 2",
    "lectures": "lectures all",
    "notify": "notify on",
    "help": "help notify",
    f"{ADMIN} undo": f"{ADMIN} undo",
    f"{ADMIN} pause": f"{ADMIN} pause 2h",
    f"{ADMIN} help": f"{ADMIN} help move",
    f"{ADMIN} log": f"{ADMIN} log",
}


_FIELD_OF_VERB: Final = {
    "venue": "venue",
    "title": "title",
    "speaker": "speaker",
    "material": "materials",
    "registration": "registration",
}
"""What organizers say of a lecture, by the verb; a date is made from the present."""

_A_MONTH: Final = timedelta(days=30)


def example(spec: CommandSpec, view: View) -> str:
    """A line that begins with this command and can be answered."""
    if spec.name in _FIXED:
        return f"/{_FIXED[spec.name]}"
    if spec.name == "follow":
        return f"/follow {topics_of(view.series)[0]},{Topic.CHANGES} en"
    if spec.name == f"{ADMIN} restore":
        return f"/{spec.name} {_restored(view)}"
    lecture = known_lecture(view)
    if not lecture or not spec.parameters:
        return f"/{spec.name}"
    if spec.name == f"{ADMIN} add":
        return f"/{spec.name} {view.series.next_number}"
    if spec.name == "find":
        return f"/find {_word(lecture, view)}"
    return f"/{spec.name} {lecture.id} {_rest(spec, view)}".strip()


def _rest(spec: CommandSpec, view: View) -> str:
    """What follows the lecture where it is to be changed."""
    verb = spec.name.removeprefix(f"{ADMIN} ")
    if verb == "move":
        return _date(view)
    return field_example(_FIELD_OF_VERB[verb], view) if verb in _FIELD_OF_VERB else ""


def _restored(view: View) -> str:
    """One that was called off, rather one to come; one whose day is past gets another."""
    off = [each for each in view.series.lectures if each.status is not Status.PLANNED and each.day]
    lecture = max(off, key=lambda each: each.day or view.now.date(), default=known_lecture(view))
    if not lecture:
        return ""
    is_past = lecture.day is not None and lecture.day < view.now.date()
    return f"{lecture.id} {_date(view)}" if is_past else lecture.id


def _date(view: View) -> str:
    """A date that raises no question."""
    return f"{view.series.working_day((view.now + _A_MONTH).date())} 13:00-17:00"


def field_example(field: str, view: View) -> str:
    """A text that can be typed for that field of a lecture."""
    usual = view.series.usual_venue
    place = usual.into(view.language) if usual else view.say("fields.example.place")
    return view.say(f"fields.example.{field}", place=place)


def known_lecture(view: View) -> Lecture | None:
    """The lecture used in examples: the next, else the last, else any."""
    series = view.series
    return series.current_or_next(view.now) or series.latest(view.now) or next(iter(series.lectures), None)


def _word(lecture: Lecture, view: View) -> str:
    """Something that finds it."""
    if lecture.people:
        name = lecture.people[0].name.into(view.language)
        return name.split()[0 if is_japanese(name) else -1]
    return lecture.title.into(view.language).split()[0] if lecture.title else str(lecture.id)


def with_example(sentence: str, spec: CommandSpec, view: View) -> str:
    """The sentence, and the example below it."""
    return f"{sentence}\n{view.say('lookup.example', example=example(spec, view))}"
