"""An answer to a request."""

from dataclasses import dataclass
from enum import StrEnum

from bot.content import Message


class Outcome(StrEnum):
    """Whether the person got what was asked for."""

    DONE = "done"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    MISUNDERSTOOD = "misunderstood"


@dataclass(frozen=True, slots=True)
class Reply(Message):
    """An answer, complete in itself."""

    outcome: Outcome = Outcome.DONE
