"""How much organizers do for what they do most: lines typed, buttons pressed, characters typed.

python -m benchmarks.organizing

Each task is done at a real editor and announcer, in the shortest of its ways that reaches the goal; a task that none
reaches is told, too.
"""

import asyncio
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.cards.view import View
from bot.commands.admin.fields import text_in_form
from bot.commands.context import Reply, ReplyStatus
from bot.domain.lecture import Field, Lecture, Status
from bot.domain.materials import Material
from bot.logs import no_logs
from tests.commands.admin.table import Table, table
from tests.dialogues.seminar import SPRING

PRESS: Final = "[what is wanted mostly]"
"""A step: the primary button below the answer."""

_SETTLED: Final = timedelta(minutes=15)

Way = Sequence[str]


@dataclass(frozen=True)
class Task:
    """What is wanted, the ways to it, shortest first, and how one sees that it is reached."""

    name: str
    ways: Sequence[Way]
    reached: Callable[[Table, Reply], bool]
    before: Way = ()
    """What was done before, which does not count."""


def _lecture(at: Table, number: str) -> Lecture | None:
    return at.room.schedule.series.lecture(number)


def _says(number: str, **values: str) -> Callable[[Table, Reply], bool]:
    """Whether the lecture's card has exactly these values."""
    return lambda at, _: all(_value(at, number, name) == value for name, value in values.items())


def _value(at: Table, number: str, name: str) -> str:
    lecture = _lecture(at, number)
    return (
        text_in_form(Field(name), lecture, View(at.room.schedule.series, at.room.clock.now(), "en")) if lecture else ""
    )


def _told(*lines: str) -> Callable[[Table, Reply], bool]:
    """Whether each of these texts stands in a channel now, and in no more than one."""
    return lambda at, _: all(sum(line in each for each in _standing(at)) == 1 for line in lines)


def _standing(at: Table) -> list[str]:
    """What the channels show now, as each was posted or last edited."""
    return [*{str(address): message.headline for address, message in (*at.room.posts, *at.room.edits)}.values()]


def _is(number: str, status: Status) -> Callable[[Table, Reply], bool]:
    return lambda at, _: (lecture := _lecture(at, number)) is not None and lecture.status is status


def _materials(at: Table, number: str) -> Sequence[Material]:
    lecture = _lecture(at, number)
    return lecture.materials if lecture else ()


_SLIDES: Final = "https://files.example/9.pdf"
_VIDEO: Final = "https://videos.example/9"
_LONG: Final = "渦巻はなぜできるのか。観測と計算から考える。 / Why do galaxies have arms? Observations and theory."

TASKS: Final = (
    Task(
        "add a lecture with date, speaker and title",
        [
            [
                "/admin add 6/20 13:00-17:00 speaker: 流 星子 / Seiko Nagare title: 流れ星 / Meteors",
                PRESS,
            ],
            [
                "/admin add 6/20 13:00-17:00 speaker: 流 星子 / Seiko Nagare",
                PRESS,
                "/admin title 11 流れ星 / Meteors",
                PRESS,
            ],
        ],
        _says("11", starts="2030-06-20 13:00-17:00", speaker="流 星子 / Seiko Nagare", title="流れ星 / Meteors"),
    ),
    Task(
        "another date, place and form",
        [
            [
                "/admin move 9 5/2 13:00-17:00 venue: 東館 / East Hall form: https://forms.example/9a",
                PRESS,
            ],
            [
                "/admin move 9 5/2 13:00-17:00",
                PRESS,
                "/admin venue 9 東館 / East Hall",
                PRESS,
                "/admin registration 9 https://forms.example/9a",
                PRESS,
            ],
        ],
        _says(
            "9",
            starts="2030-05-02 13:00-17:00",
            venue="東館 / East Hall",
            registration="https://forms.example/9a",
        ),
    ),
    Task("another room", [["/admin venue 9 room: 3F", PRESS]], _says("9", venue="西館 3F / West Hall 3F")),
    Task(
        "a form",
        [["/admin registration 10 https://forms.example/10", PRESS]],
        _says("10", registration="https://forms.example/10"),
    ),
    Task(
        "speaker, title and summary",
        [
            [f"/admin edit 10 speaker: 山 月子 / Tsukiko Yama title: 月 / Moon summary: {_LONG}", PRESS],
            [
                "/admin speaker 10 山 月子 / Tsukiko Yama",
                PRESS,
                "/admin title 10 月 / Moon",
                PRESS,
                f"/admin edit 10 summary {_LONG}",
                PRESS,
            ],
        ],
        _says("10", speaker="山 月子 / Tsukiko Yama", title="月 / Moon", summary=_LONG),
    ),
    Task(
        "slides and video",
        [
            [f"/admin material 9 スライド {_SLIDES} 動画 {_VIDEO}", PRESS],
            [
                f"/admin material 9 スライド {_SLIDES}",
                PRESS,
                f"/admin material 9 動画 {_VIDEO}",
                PRESS,
            ],
        ],
        lambda at, _: [each.url for each in _materials(at, "9")] == [_SLIDES, _VIDEO],
    ),
    Task("postpone", [["/admin postpone 9 講師の都合により", PRESS]], _is("9", Status.POSTPONED)),
    Task("cancel", [["/admin cancel 9 講師の都合により", PRESS]], _is("9", Status.CANCELLED)),
    Task(
        "announce something in both languages",
        [
            ["/admin announce 開場は12:30です。 / The doors open at 12:30.", PRESS],
            [
                "/admin announce 開場は12:30です。 to=discord",
                PRESS,
                "/admin announce The doors open at 12:30. to=slack",
                PRESS,
            ],
        ],
        _told("開場は12:30です。", "The doors open at 12:30."),
    ),
    Task(
        "take back",
        [["/admin undo", PRESS]],
        _says("9", venue="西館 201教室 / West Hall Room 201"),
        before=["/admin venue 9 room: 3F", PRESS],
    ),
    Task(
        "see what is missing",
        [["/admin todo"]],
        lambda _, reply: reply.outcome is ReplyStatus.DONE,
    ),
    Task("hold posts back", [["/admin pause 2h"]], lambda _, reply: "held back until" in reply.headline),
    Task(
        "correct an announcement",
        [
            ["/admin announce correct 開場は12:30です。 / The doors open at 12:30.", PRESS],
        ],
        _told("開場は12:30です。", "The doors open at 12:30."),
        before=["/admin announce 開場は12:00です。 / The doors open at 12:00.", PRESS],
    ),
    Task(
        "remove a lecture entered by mistake",
        [["/admin remove 10", PRESS]],
        lambda at, _: _lecture(at, "10") is None,
    ),
)


async def _done(task: Task, way: Way) -> bool:
    """Whether that way leads to the goal."""
    with tempfile.TemporaryDirectory() as folder:
        async with table(Path(folder) / "lectures.yaml", SPRING) as at:
            reply = Reply("")
            for steps in (task.before, way):
                for step in steps:
                    line = step
                    if step == PRESS:
                        primary = [each for each in reply.actions if each.primary]
                        if not primary:
                            return False
                        line = primary[0].line
                    reply = await at.reply(line)
                await at.room.passes(_SETTLED)
            return task.reached(at, reply)


async def measured(task: Task) -> dict[str, object]:
    """The figures of the shortest way that leads to the goal."""
    for way in task.ways:
        if await _done(task, way):
            typed = [step for step in way if step != PRESS]
            return {
                "task": task.name,
                "lines": len(typed),
                "buttons": len(way) - len(typed),
                "characters": sum(map(len, typed)),
            }
    return {"task": task.name, "lines": None}


async def main() -> None:
    """Prints the figures, one task a line."""
    with no_logs():
        await _print_all()


async def _print_all() -> None:
    for task in TASKS:
        print(json.dumps(await measured(task)))


if __name__ == "__main__":
    asyncio.run(main())
