"""Answers that are good for a while, so that Slack isn't asked the same at every click."""

import time
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_MOST_KEPT = 1024


class Recent(Generic[T]):
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
