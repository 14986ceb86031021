"""The day on which registration closes at noon, with processes that come and go around that moment."""

from collections import Counter
from typing import Final

from tests.crashes.trial import CANCELLED, DUE, SETTLES_WITHIN, Trial, connected, until
from tests.examples import at

_BEFORE_NOON: Final = at("2030-04-18T11:59:58")
_AFTER_NOON: Final = at("2030-04-18T12:01")

_CLOSED: Final = ("Registration for lecture 2, “The Companion of Sirius”, is closed.", *DUE[1:])
"""What stands in a channel once what was said in the morning is true no more."""

_LATE: Final = (f"{DUE[2]} (This comes late.)",)
"""What is said after a morning's silence: whoever reads it has four more days for it."""


async def killed_in_the_morning_and_started_around_the_deadline(trial: Trial) -> None:
    """All is said at nine; at noon it is edited, and afterwards only what is new is said."""
    async with trial.bot():
        sent = len(DUE) * len(trial.channels)
        await until(lambda: trial.book.count("sent") == sent, "the morning's posts", SETTLES_WITHIN)
    async with trial.bot(at=_BEFORE_NOON):
        await until(lambda: _says(trial, _CLOSED), "the edits", SETTLES_WITHIN)
    trial.cancel()
    async with trial.bot(at=_AFTER_NOON) as bot:
        await trial.all_said_by(bot)
    trial.check((*_CLOSED, CANCELLED))


async def down_until_the_deadline(trial: Trial) -> None:
    """What nobody can follow any more is left unsaid."""
    async with trial.bot(at=_BEFORE_NOON):
        await until(lambda: _says(trial, _LATE), "what is still of use", SETTLES_WITHIN)
    trial.cancel()
    async with trial.bot(at=_AFTER_NOON) as bot:
        await connected(bot)
        sent = 2 * len(trial.channels)
        await until(lambda: trial.book.count("sent") == sent, "what is new, all recorded", SETTLES_WITHIN)
        assert await bot.told_to_end() == 0
    trial.check((*_LATE, CANCELLED))
    skipped = Counter((each.address, each.reason) for each in trial.book.entries() if each.status == "skipped")
    assert skipped == {(channel, "stale"): 2 for channel in trial.channels}


def _says(trial: Trial, lines: tuple[str, ...]) -> bool:
    return all(Counter(line for _, line in messages) == Counter(lines) for messages in trial.channels.values())
