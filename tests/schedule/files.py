"""Schedule files for tests, and what is said of the broken ones."""

from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import read, written

HEAD = """\
series:
  name: {ja: 物理の講義, en: Physics Lectures}
  timezone: Asia/Tokyo
lectures:
"""


def series(text: str) -> Series:
    """The series of a valid file."""
    return read(text.encode(), "l.yaml").series


def lecture(fields: str) -> Lecture:
    """The lecture with these fields (number 9), which is the only one of a valid file."""
    return series(f"{HEAD}  - number: 9\n{_indented(fields)}").lectures[0]


def told(text: str | bytes, language: Language = "en", *, pure: bool = False) -> list[str]:
    """What is said of a file; empty if it is valid."""
    try:
        read(text.encode() if isinstance(text, str) else text, "l.yaml", pure=pure)
    except InvalidScheduleError as invalid:
        return [written(problem, language) for problem in invalid.problems]
    return []


def told_of_lecture(fields: str, language: Language = "en") -> list[str]:
    """What is said of a file whose only lecture has these fields beside its number, 9; the first of them is in line 6.

    Each without the file's name and the lecture.
    """
    lines = told(f"{HEAD}  - number: 9\n{_indented(fields)}", language)
    return [line.replace("l.yaml:", "").replace(" lectures[number 9].", " ") for line in lines]


def told_of_days(*days: str, language: Language = "en") -> list[str]:
    """What is said of a file whose lectures, numbered from 1, start on these days."""
    entries = "".join(f"  - number: {number}\n    starts: {day}\n" for number, day in enumerate(days, 1))
    return [line.replace("l.yaml:", "") for line in told(HEAD + entries, language)]


def _indented(fields: str) -> str:
    return "".join(f"    {line}\n" for line in fields.splitlines())
