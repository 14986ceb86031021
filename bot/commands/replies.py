"""An answer to a request."""

from dataclasses import dataclass
from enum import StrEnum

from bot.content import Action, Choice, File, Part


class Outcome(StrEnum):
    """Whether the person got what was asked for."""

    DONE = "done"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    MISUNDERSTOOD = "misunderstood"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer in one language, complete in itself.

    `headline` is what it comes down to, in one plain sentence: it stands above the parts, and alone where a platform
    shows nothing else (a notification, a screen reader's first line). `line` is the command line that gives the same
    answer again: sharing an answer with the channel means asking again in the channel's language, so an answer
    without it can't be shared.
    """

    headline: str
    parts: tuple[Part, ...] = ()
    choice: Choice | None = None
    actions: tuple[Action, ...] = ()
    file: File | None = None
    note: str | None = None
    line: str | None = None
    outcome: Outcome = Outcome.DONE
