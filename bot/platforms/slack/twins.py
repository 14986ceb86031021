"""Deliveries known again: Slack sends at least once, and what was done for the first is not done for its twin."""

from collections import OrderedDict
from typing import Final

_MOST_KEPT = 4096


class Twins:
    """The latest deliveries by the id that twins share: an event's event_id, a command's or click's trigger_id."""

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most: Final = most
        self._seen: Final[OrderedDict[str, None]] = OrderedDict()

    def first(self, delivery: str) -> bool:
        """Whether this delivery was not seen before; now it was."""
        if delivery in self._seen:
            return False
        self._seen[delivery] = None
        if len(self._seen) > self._most:
            self._seen.popitem(last=False)
        return True

    def forget(self, delivery: str) -> None:
        """What it asked for was not done: its next twin counts as the first."""
        self._seen.pop(delivery, None)
