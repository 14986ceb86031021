"""The clock on which leases run."""

from pathlib import Path
from uuid import UUID

from bot.announcements.ledger import LEASE
from bot.storage import open_store
from bot.storage.leases import elapsed, this_boot_id
from tests.storage.homes import TOKYO, claimed, holds

SECRET = "wr0ng-s3cret/:@"


def test_the_machine_says_which_run_of_it_this_is() -> None:
    assert UUID(this_boot_id()).version == 4
    assert this_boot_id() == this_boot_id()
    assert 0 < elapsed() <= elapsed()


async def test_without_a_clock_of_ones_own_leases_run_on_the_machines(tmp_path: Path) -> None:
    async with open_store(tmp_path / "lecturebot.db", TOKYO) as store:
        before = elapsed()
        claim = await claimed(store, "a")
        assert before + LEASE <= claim.ends <= elapsed() + LEASE
        assert await holds(store, claim)
        assert store.elapsed is elapsed
    async with open_store(tmp_path / "lecturebot.db", TOKYO) as store:
        assert await holds(store, claim), "another process of the same boot sees the lease go on"
