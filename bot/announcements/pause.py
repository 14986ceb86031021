"""All posts held back by an organizer: the port to where that is kept, for all processes and beyond a restart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Pause:
    """Posts to channels and people wait since that aware instant; `by` is what people call whoever wanted it."""

    by: str
    since: datetime


class Pauses(Protocol):
    """Whether posts are held back. Any method may raise LedgerUnavailable."""

    async def pause(self) -> Pause | None:
        """The pause in force, if there is one."""

    async def begin(self, by: str, now: datetime) -> bool:
        """Begins a pause; False, and who began it stays on record, if there was one already."""

    async def end(self, by: str, now: datetime) -> bool:
        """Ends it; False if there was none."""
