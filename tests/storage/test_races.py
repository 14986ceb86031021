"""Two workers at once, on connections of their own: one of them gets it, whatever it is."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.announcements.ledger import LEASE, Claim
from bot.announcements.state import LectureState, StateUpdate
from bot.domain.lecture import Lecture
from bot.domain.subscriptions import Address, AddressKind
from bot.schedule.revisions import Revision
from bot.storage import Store, open_store
from tests.storage.homes import CHANNEL, MATTER, NOW, TOKYO, Home

ROUNDS = 24


def known(number: int) -> LectureState:
    """A lecture that is remembered."""
    return LectureState(str(number), Lecture(number), None, NOW, NOW, NOW, NOW)


async def raced(stores: Sequence[Store], run: Callable[[Store], Awaitable[bool]]) -> int:
    """How many of the workers, started together, got through."""
    return sum(await asyncio.gather(*(run(store) for store in stores)))


async def test_of_two_who_claim_a_key_one_gets_it(shared_home: Home) -> None:
    async with shared_home.opened() as one, shared_home.opened() as other:
        for each in range(ROUNDS):

            async def claims(store: Store, key: str = f"a{each}") -> bool:
                return await store.ledger.claim(MATTER, [key], CHANNEL, NOW) is not None

            assert await raced([one, other] if each % 2 else [other, one], claims) == 1


async def test_of_many_whose_posts_share_keys_none_waits_for_another_for_ever(shared_home: Home) -> None:
    async with shared_home.opened() as one, shared_home.opened() as other:
        for each in range(ROUNDS // 4):
            keys = [f"{each}/{letter}" for letter in "abcd"]
            sets = [keys[:3], keys[1:], keys[::-1], [keys[3], keys[0]], [keys[2]], [keys[0]]]
            claims = await asyncio.gather(
                *((one, other)[at % 2].ledger.claim(MATTER, some, CHANNEL, NOW) for at, some in enumerate(sets))
            )
            told = [key for some, claim in zip(sets, claims, strict=True) if claim for key in some]
            assert told
            assert sorted(told) == sorted({*told}), "no key is told twice"
            assert await one.ledger.taken(keys) == {(key, CHANNEL) for key in told}


async def test_of_two_who_take_over_one_gets_it(shared_home: Home) -> None:
    async with shared_home.opened() as one, shared_home.opened() as other:
        for each in range(ROUNDS):
            address = Address("discord", AddressKind.CHANNEL, str(each))
            assert await one.ledger.claim(MATTER, ["a"], address, NOW)
        shared_home.passes(LEASE)
        posts = await one.ledger.open_posts()
        assert len(posts) == ROUNDS
        assert await other.ledger.open_posts() == posts

        async def takes_over(store: Store) -> list[Claim | None]:
            return [await store.ledger.take_over(post) for post in posts]

        for taken in zip(*await asyncio.gather(takes_over(one), takes_over(other)), strict=True):
            assert len([claim for claim in taken if claim]) == 1
        assert await one.ledger.open_posts() == []


async def test_of_whoever_records_and_whoever_takes_over_one_gets_through(shared_home: Home) -> None:
    async with shared_home.opened() as one, shared_home.opened() as other:
        for each in range(ROUNDS // 2):
            claim = await one.ledger.claim(MATTER, [f"a{each}"], CHANNEL, NOW)
            assert claim
            shared_home.passes(LEASE)
            (post,) = await other.ledger.open_posts()
            sent, taken = await asyncio.gather(
                one.ledger.record_sent(claim, "m1", "s1", NOW), other.ledger.take_over(post)
            )
            assert sent != (taken is not None)
            if taken:
                await other.ledger.drop(taken, "enough")


async def test_of_two_steps_from_the_same_memory_one_is_taken(shared_home: Home) -> None:
    async with shared_home.opened() as one, shared_home.opened() as other:
        for each in range(ROUNDS // 2):
            expected = await one.announced.lecture_states()

            async def steps(
                store: Store, number: int = each, before: Mapping[str, LectureState] | None = expected
            ) -> bool:
                return await store.announced.apply(StateUpdate([known(number)]), before)

            assert await raced([one, other], steps) == 1
            assert await one.announced.lecture_states() == await other.announced.lecture_states()
            assert len(await one.announced.lecture_states() or {}) == each + 1


async def test_of_two_versions_made_from_the_same_one_is_added(shared_home: Home) -> None:
    version = Revision(0, NOW, "d", "text", "file", "file", "file", "")
    async with shared_home.opened() as one, shared_home.opened() as other:
        for each in range(ROUNDS // 2):

            async def adds(store: Store, after: int | None = each or None) -> bool:
                made = replace(version, created_at=NOW + timedelta(hours=1))
                return await store.revisions.add(made, after) is not None

            assert await raced([one, other], adds) == 1
        newest = await other.revisions.newest()
        assert newest
        assert newest.id == ROUNDS // 2


async def test_who_opens_at_the_same_time_finds_one_complete_database(bare_home: Home) -> None:
    async def claims(number: int) -> None:
        async with open_store(bare_home.address, TOKYO) as store:
            assert await store.ledger.claim(MATTER, [f"a{number}"], CHANNEL, NOW)
            assert await store.revisions.newest() is None

    await asyncio.gather(*(claims(each) for each in range(5)))
    async with bare_home.opened() as store:
        assert len(await store.ledger.taken([f"a{each}" for each in range(5)])) == 5


async def test_hundreds_of_claims_at_once_all_get_their_turn(home: Home) -> None:
    async with home.opened() as store:
        channels = [Address("discord", AddressKind.CHANNEL, str(each)) for each in range(100)]
        claims = await asyncio.gather(*(store.ledger.claim(MATTER, ["a"], each, NOW) for each in channels))
        assert all(claims)
        assert {address for _, address in await store.ledger.taken(["a"])} == {*channels}
