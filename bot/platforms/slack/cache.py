"""Answers that are good for a while, so that Slack isn't asked the same at every click."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_MOST_KEPT = 1024


class TtlCache(Generic[T]):
    """The latest answers, by what they are about, each kept for so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds: Final = seconds
        self._kept: Final[dict[str, tuple[float, T]]] = {}

    async def known(self, about: str, ask: Callable[[], Awaitable[T]]) -> T:
        """The answer; asked for if there is none, or only an old one. Errors are not kept."""
        kept = self._kept.get(about)
        if kept and time.monotonic() - kept[0] < self._seconds:
            return kept[1]
        answer = await ask()
        self._kept.pop(about, None)
        self._kept[about] = (time.monotonic(), answer)
        if len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return answer


_MOST_IDS = 4096


class Deduplicator:
    """The latest deliveries by the id that twins share: an event's event_id, a command's or click's trigger_id."""

    def __init__(self, most: int = _MOST_IDS) -> None:
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
