"""Writing in batches: what comes in quick succession shares a transaction."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection

from bot.storage.database import Database

T = TypeVar("T")

_INTERVAL: Final = 0.2
_AT_ONCE: Final = 8
"""Seconds from one batch to the next, once so many items came within a second; until then each is written at once."""

_MOST: Final = 100


class Batches(Generic[T]):
    """Each item is written, even if whoever waits for it is cancelled.

    `write` takes some items and tells whether all could be written; otherwise that is undone, and each is tried alone.
    """

    def __init__(self, database: Database, write: Callable[[Connection, Sequence[T]], bool]) -> None:
        self._database: Final = database
        self._write: Final = write
        self._waiting: Final[list[tuple[T, asyncio.Future[bool]]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._written_at = float("-inf")
        self._came: Final[deque[float]] = deque(maxlen=_AT_ONCE)

    async def put(self, item: T) -> bool:
        """Whether the item could be written, once it is known. Raises LedgerUnavailableError."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[bool] = loop.create_future()
        self._waiting.append((item, done))
        self._came.append(loop.time())
        if self._writing is None or self._writing.done():
            self._writing = self._database.spawn(self._write_all())
        return await done

    async def _write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            if len(self._came) == _AT_ONCE and loop.time() - self._came[0] < 1.0:
                await asyncio.sleep(self._written_at + _INTERVAL - loop.time())
            batch = self._waiting[:_MOST]
            del self._waiting[:_MOST]
            self._written_at = loop.time()
            if len(batch) == 1 or not await self._written(batch):
                for each in batch:
                    await self._written([each])

    async def _written(self, batch: Sequence[tuple[T, asyncio.Future[bool]]]) -> bool:
        """Whether it is known what became of these."""
        written: bool | Exception
        try:
            written = await self._database.write(partial(self._tried, [item for item, _ in batch]))
        except Exception as error:
            written = error
        known = bool(written) or len(batch) == 1
        for done in (done for _, done in batch if known and not done.done()):
            if isinstance(written, Exception):
                done.set_exception(written)
            else:
                done.set_result(written)
        return known

    def _tried(self, items: Sequence[T], connection: Connection) -> bool:
        if self._write(connection, items):
            return True
        connection.rollback()
        return False
