"""What was told, in memory beside a real ledger."""

from bot.announcements.post import FreeTextSubject
from bot.announcements.selection import Reason
from bot.announcements.told import Told
from bot.domain.subscriptions import Address, AddressKind
from bot.storage import open_store
from tests.examples import TOKYO, at, both

NOW = at("2030-04-16T12:00")
HERE, THERE = (Address("discord", AddressKind.CHANNEL, number) for number in "12")
TEXT = FreeTextSubject("1", both("開場は 12:30", "The doors open at 12:30."), NOW)
NONE: frozenset[str] = frozenset()


def keys(*each: str) -> frozenset[str]:
    return frozenset(each)


async def test_what_the_ledger_has_is_read_for_the_keys_that_are_asked_for() -> None:
    async with open_store("sqlite://", TOKYO) as store:
        await store.ledger.claim(TEXT, ["a", "b"], HERE, NOW)
        told = Told(store.ledger)
        await told.look(["a", "c"])
        assert (told.at(HERE, NONE), told.at(THERE, NONE)) == (keys("a"), NONE)
        told.note(THERE, ["c"])
        await told.look(["a", "b", "c"])
        assert (told.at(HERE, NONE), told.at(THERE, NONE)) == (keys("a", "b"), keys("c"))
        await told.look(["b"])
        assert (told.at(HERE, NONE), told.at(THERE, NONE)) == (keys("b"), NONE)


async def test_what_another_process_told_is_known_once_the_keys_were_forgotten() -> None:
    async with open_store("sqlite://", TOKYO) as store:
        told = Told(store.ledger)
        await told.look(["a"])
        await store.ledger.claim(TEXT, ["a"], HERE, NOW)
        await told.look(["a"])
        assert told.at(HERE, NONE) == NONE, "it is kept in memory"
        told.forget(["a"])
        await told.look(["a"])
        assert told.at(HERE, NONE) == keys("a")


async def test_what_was_skipped_as_stale_is_not_told_while_it_is_in_time_until_somebody_tells_it() -> None:
    async with open_store("sqlite://", TOKYO) as store:
        await store.ledger.skip(TEXT, ["a"], HERE, NOW, Reason.STALE)
        told = Told(store.ledger)
        await told.look(["a"])
        assert (told.at(HERE, NONE), told.at(HERE, keys("a"))) == (keys("a"), NONE)
        await store.ledger.claim(TEXT, ["a"], HERE, NOW)
        told.forget(["a"])
        await told.look(["a"])
        assert told.at(HERE, keys("a")) == keys("a")
