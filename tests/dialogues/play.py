"""Dialogues: what is done, step by step, written down together with what people and both channels then see."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Literal

from tests.dialogues.hands import Hand
from tests.dialogues.reading import Seen
from tests.dialogues.seminar import Seminar

Who = Literal["organizer", "colleague", "member"]
Step = Callable[[Seminar], AsyncIterator[str]]

_AT_ONCE = timedelta()
_CONFIRMING = {"Announce", "Remove", "Save", "お知らせする"}
"""Buttons below a change that is shown before it is made."""


async def play(seminar: Seminar, *steps: Step) -> str:
    """The transcript. Whatever is done, the announcer does at once what has become due."""
    lines = [seminar.named(line) for step in steps async for line in step(seminar)]
    return "\n".join(["", *lines, ""])


def typed(line: str, by: Who = "organizer", *, whole: bool = False) -> Step:
    """Somebody types a command. Of a change that is to be confirmed, only the change is shown, or the `whole` answer
    with the posts that it would cause."""

    async def step(seminar: Seminar) -> AsyncIterator[str]:
        hand = _hand(seminar, by)
        yield f"{hand.name}: {line}"
        async for each in _answered(seminar, await hand.types(line), whole=whole):
            yield f"  {each}"

    return step


def pressed(label: str, by: Who = "organizer") -> Step:
    """Somebody presses a button below the latest answer."""

    async def step(seminar: Seminar) -> AsyncIterator[str]:
        hand = _hand(seminar, by)
        yield f"{hand.name} presses [{label}]"
        async for each in _answered(seminar, await hand.presses(label), whole=False):
            yield f"  {each}"

    return step


def passes(*, days: int = 0, hours: int = 0, minutes: int = 0) -> Step:
    """Time goes by, with everything that falls due in it."""

    async def step(seminar: Seminar) -> AsyncIterator[str]:
        amounts = (("day", days), ("hour", hours), ("minute", minutes))
        told = [f"{amount} {unit}{'s' if amount > 1 else ''}" for unit, amount in amounts if amount]
        yield f"{', '.join(told)} later"
        async for line in seminar.passes(timedelta(days=days, hours=hours, minutes=minutes)):
            yield f"  {line}"

    return step


def by_hand(old: str, new: str) -> Step:
    """Somebody edits the file itself."""

    async def step(seminar: Seminar) -> AsyncIterator[str]:
        yield f"in the file: {old} → {new}"
        seminar.room.by_hand(old, new)
        await seminar.room.schedule.look()
        await seminar.room.versions.take_in()
        async for line in seminar.passes(_AT_ONCE):
            yield f"  {line}"

    return step


def looked(back: int = 1) -> Step:
    """Somebody looks at a whole post in both channels: at the latest, or further `back`."""

    async def step(seminar: Seminar) -> AsyncIterator[str]:
        for board in seminar.boards:
            *_, seen = board.messages()[-back]
            yield f"{board.name} shows"
            for line in seen.lines:
                yield f"  | {line}"

    return step


def _hand(seminar: Seminar, by: Who) -> Hand:
    return {"organizer": seminar.organizer, "colleague": seminar.colleague, "member": seminar.member}[by]


async def _answered(seminar: Seminar, seen: Seen, *, whole: bool) -> AsyncIterator[str]:
    if whole or not _CONFIRMING & {*seen.buttons}:
        for line in seen.lines:
            yield line
    else:
        yield seen.headline
        for line in seen.parts[0]:
            yield line
        yield seen.button_line
    async for line in seminar.passes(_AT_ONCE):
        yield line
