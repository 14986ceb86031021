"""Work that goes on in the background."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

T = TypeVar("T")


class BackgroundTasks:
    """Tasks under way. Each looks after its own errors."""

    def __init__(self) -> None:
        self._under_way: Final[set[asyncio.Task[Any]]] = set()

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Starts a task and holds it until it is done."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def finish(self, within: float) -> None:
        """Waits until all is done, what is begun meanwhile too; what takes longer is cancelled."""
        try:
            async with asyncio.timeout(within):
                while self._under_way:
                    await asyncio.wait(self._under_way)
        except TimeoutError:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)
