"""Where a process is killed, point by point: before and after each step of a post."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from tests.crashes.holds import LOOKUP, POST, hold
from tests.crashes.trial import BEGINS, SETTLES_WITHIN, Trial, connected, until


async def before_anything_is_due(trial: Trial) -> None:
    """Nothing is claimed."""
    async with trial.bot(at=BEGINS, speed=0) as bot:
        await connected(bot)
    assert trial.book.entries() == []


async def as_soon_as_a_post_is_claimed(trial: Trial) -> None:
    """The row is there; what else was done by then is left to chance."""
    async with trial.bot():
        await until(lambda: bool(trial.book.entries()), "a claim", SETTLES_WITHIN, every=0.001)


async def before_the_platform_takes_it(trial: Trial) -> None:
    """Claimed and written into the socket, but nothing comes of it."""
    held = hold(trial, POST)
    async with trial.bot():
        await held.arrive()
    held.lose()


async def and_the_platform_takes_it_afterwards(trial: Trial) -> None:
    """What a process wrote is applied although the process is dead."""
    held = hold(trial, POST)
    async with trial.bot():
        await held.arrive()
    held.release()


async def before_the_answer_comes(trial: Trial) -> None:
    """Said, but nobody knows its id."""
    held = hold(trial, POST, applied=True)
    async with trial.bot():
        await held.arrive()
    held.lose()


async def as_soon_as_a_post_is_recorded(trial: Trial) -> None:
    """All is known of one; the others are anywhere."""
    async with trial.bot():
        await until(lambda: trial.book.count("sent") > 0, "a record", SETTLES_WITHIN, every=0.001)


async def while_it_is_looked_up(trial: Trial) -> None:
    """A second process took the post over and asks the channel's history."""
    await before_the_answer_comes(trial)
    held = hold(trial, LOOKUP)
    async with trial.bot():
        await held.arrive()
    held.lose()


async def before_the_answer_to_the_second_attempt(trial: Trial) -> None:
    """The first attempt was lost, the second one was said: the third must find it."""
    await before_the_platform_takes_it(trial)
    held = hold(trial, POST, applied=True)
    async with trial.bot():
        await held.arrive()
    held.lose()


def _then_settled(point: Callable[[Trial], Awaitable[None]]) -> Callable[[Trial], Awaitable[None]]:
    async def course(trial: Trial) -> None:
        await point(trial)
        await trial.settled()

    return course


POINTS: Final[Mapping[str, Callable[[Trial], Awaitable[None]]]] = {
    each.__name__: _then_settled(each)
    for each in (
        before_anything_is_due,
        as_soon_as_a_post_is_claimed,
        before_the_platform_takes_it,
        and_the_platform_takes_it_afterwards,
        before_the_answer_comes,
        as_soon_as_a_post_is_recorded,
        while_it_is_looked_up,
        before_the_answer_to_the_second_attempt,
    )
}
