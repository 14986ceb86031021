"""What is remembered for a while, so that Slack isn't asked the same at every click."""

from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

from cachetools import FIFOCache, TTLCache

T = TypeVar("T")

_MOST_KEPT: Final = 1024
_MOST_IDS: Final = 4096


class TtlCache(Generic[T]):
    """The latest answers, by what they are about, each kept for so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._kept: Final[TTLCache[str, T]] = TTLCache(_MOST_KEPT, seconds)

    async def known(self, about: str, ask: Callable[[], Awaitable[T]]) -> T:
        """The answer; asked for if there is none, or only an old one. Errors are not kept."""
        try:
            return self._kept[about]
        except KeyError:
            answer = self._kept[about] = await ask()
            return answer


class Deduplicator:
    """The latest deliveries by the id that their repetitions share: an event's event_id, a command's or click's
    trigger_id."""

    def __init__(self, most: int = _MOST_IDS) -> None:
        self._seen: Final = FIFOCache[str, bool](most)

    def first(self, delivery: str) -> bool:
        """Whether this delivery was not seen before; now it was."""
        if delivery in self._seen:
            return False
        self._seen[delivery] = True
        return True

    def forget(self, delivery: str) -> None:
        """What it asked for was not done: its next twin counts as the first."""
        self._seen.pop(delivery, None)
