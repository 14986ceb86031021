"""Long loops that let others run."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from typing import Final, TypeVar

T = TypeVar("T")

_SLICE: Final = 0.001
"""Seconds after which others run: an answer takes several turns of the event loop."""


async def in_slices(items: Iterable[T]) -> AsyncIterator[T]:
    """The items; every millisecond the event loop does something else."""
    ends = time.perf_counter() + _SLICE
    for item in items:
        yield item
        if time.perf_counter() >= ends:
            await asyncio.sleep(0)
            ends = time.perf_counter() + _SLICE
