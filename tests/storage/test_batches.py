"""What comes in quick succession shares a transaction, and what fails in one fails alone."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import pytest
from sqlalchemy import Connection

from bot.domain.errors import LedgerUnavailableError
from bot.storage import open_store, store
from bot.storage.batches import Batches
from tests.announcements.virtual_time import run_virtually
from tests.examples import TOKYO


class Written:
    """What a transaction took in; `wrong` items are refused."""

    def __init__(self, wrong: Sequence[int] = ()) -> None:
        self.transactions: list[list[int]] = []
        self._wrong = wrong

    def write(self, connection: Connection, items: Sequence[int]) -> bool:
        if refused := [item for item in items if item in self._wrong]:
            return not refused
        self.transactions.append([*items])
        return True


async def put_all(written: Written, pause: float) -> list[bool]:
    """Puts 45 items, one after the other, each waiting for its own end."""
    async with open_store("sqlite://", TOKYO) as opened:
        batches = Batches(opened.database, written.write)
        waiting = []
        for item in range(45):
            waiting.append(asyncio.create_task(batches.put(item)))
            await asyncio.sleep(pause)
        return await asyncio.gather(*waiting)


def test_forty_five_in_a_second_are_a_dozen_transactions() -> None:
    written = Written()
    assert all(run_virtually(put_all(written, 1 / 45)))
    assert sorted(item for each in written.transactions for item in each) == [*range(45)]
    assert len(written.transactions) <= 8 + 5


def test_one_now_and_then_does_not_wait() -> None:
    written = Written()
    assert all(run_virtually(put_all(written, 0.5)))
    assert written.transactions == [[item] for item in range(45)]


def test_one_that_can_not_be_written_fails_alone() -> None:
    written = Written(wrong=[20])
    assert run_virtually(put_all(written, 1 / 45)) == [item != 20 for item in range(45)]


async def test_what_nobody_waits_for_any_more_is_written_before_the_database_is_closed() -> None:
    written = Written()
    async with open_store("sqlite://", TOKYO) as opened:
        batches = Batches(opened.database, written.write)
        waiting = [asyncio.create_task(batches.put(item)) for item in range(20)]
        await asyncio.sleep(0)
        for each in waiting:
            each.cancel()
            with suppress(asyncio.CancelledError):
                await each
    assert sorted(item for each in written.transactions for item in each) == [*range(20)]


async def test_everybody_hears_that_the_database_is_away() -> None:
    batches = Batches(store("sqlite://", TOKYO).database, Written().write)
    results = await asyncio.gather(*(batches.put(item) for item in range(20)), return_exceptions=True)
    assert [type(each) for each in results] == [LedgerUnavailableError] * 20
    with pytest.raises(LedgerUnavailableError):
        await batches.put(1)
