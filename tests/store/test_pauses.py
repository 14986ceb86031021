"""Pauses and posts that were asked for, in whatever database."""

from datetime import timedelta

from bot.announcements.ledger import Standing
from bot.announcements.matter import FreeMatter, keys
from bot.announcements.pause import Pause
from tests.store.homes import CHANNEL, NOW, OTHER, PERSON, Home, after

TEXT = FreeMatter("1", "The doors open at 12:30.\n開場は 12:30 です。", NOW)


async def test_a_pause_is_kept_with_who_began_it(home: Home) -> None:
    async with home.opened() as store:
        assert not await store.pauses.end("甘木", NOW)
        assert await store.pauses.begin("甘木", NOW)
        assert not await store.pauses.begin("rin", after(hours=1))
        assert await store.pauses.pause() == Pause("甘木", NOW)
        assert await store.pauses.end("rin", after(hours=2))
        assert await store.pauses.pause() is None
        assert await store.pauses.begin("rin", after(hours=3))
        assert await store.pauses.pause() == Pause("rin", after(hours=3))


async def test_a_post_that_was_asked_for_waits_at_each_address_and_is_asked_for_once(home: Home) -> None:
    async with home.opened() as store:
        await store.ledger.enqueue(TEXT, keys(TEXT), [CHANNEL, OTHER], NOW)
        await store.ledger.enqueue(TEXT, keys(TEXT), [OTHER, PERSON], NOW + timedelta(seconds=1))
        posts = await store.ledger.open_posts()
        assert {post.address for post in posts} == {CHANNEL, OTHER, PERSON}
        assert len(posts) == 3
        assert {post.standing for post in posts} == {Standing.WAITING}
        assert [post.matter for post in posts] == [TEXT] * 3
        assert await store.ledger.taken(keys(TEXT)) == {("free/1", each) for each in (CHANNEL, OTHER, PERSON)}
