"""Followers: what each wants is kept; who left is none, and begins anew when coming back."""

from dataclasses import replace
from datetime import timedelta

from bot.announcements.ledger import PostStatus
from bot.announcements.post import FreeTextSubject, keys
from bot.announcements.state import Pause
from bot.domain.language import Localized
from bot.domain.subscriptions import Address, AddressKind, Follower, Topic
from tests.storage.homes import CHANNEL, NOW, OTHER, PERSON, Home, after, posted

WISHES = Follower(
    PERSON,
    NOW,
    topics=frozenset({Topic.CHANGES, Topic.DEADLINES}),
    lectures=frozenset({"12", "7"}),
    language="en",
    ping="555",
    pinned=True,
    greeting="77",
)


async def test_whoever_follows_is_kept_with_all_wishes(home: Home) -> None:
    async with home.opened() as store:
        plain = Follower(CHANNEL, after(days=1))
        await store.followers.follow(WISHES, "discord:user:4", NOW)
        await store.followers.follow(plain, "settings", NOW)
        assert await store.followers.follower(PERSON) == WISHES
        assert await store.followers.follower(CHANNEL) == plain
        assert await store.followers.follower(OTHER) is None


async def test_a_limit_to_no_lecture_is_not_the_same_as_no_limit(home: Home) -> None:
    async with home.opened() as store:
        nothing = Follower(CHANNEL, NOW, topics=frozenset(), lectures=frozenset())
        await store.followers.follow(nothing, "file", NOW)
        assert await store.followers.follower(CHANNEL) == nothing


async def test_followers_come_in_the_order_of_their_addresses(home: Home) -> None:
    async with home.opened() as store:
        odd = Address("terminal", AddressKind.CHANNEL, "a:b:c")
        for address in (OTHER, odd, PERSON, CHANNEL):
            await store.followers.follow(Follower(address, NOW), "file", NOW)
        assert [each.address for each in await store.followers.followers()] == [CHANNEL, PERSON, OTHER, odd]


async def test_following_again_changes_what_is_wanted(home: Home) -> None:
    async with home.opened() as store:
        await store.followers.follow(WISHES, "discord:user:4", NOW)
        changed = replace(WISHES, topics=frozenset(Topic), lectures=None, language=None, ping=None, pinned=False)
        await store.followers.follow(changed, "discord:user:4", after(hours=1))
        assert await store.followers.followers() == [changed]


async def test_who_left_follows_no_more_but_what_was_sent_stays(home: Home) -> None:
    async with home.opened() as store:
        await store.followers.follow(Follower(CHANNEL, NOW), "file", NOW)
        await posted(store, ["a"], "m1", NOW)
        assert await store.followers.unfollow(CHANNEL, "discord:user:4", after(hours=1))
        assert not await store.followers.unfollow(CHANNEL, "discord:user:4", after(hours=2))
        assert not await store.followers.unfollow(OTHER, "discord:user:4", after(hours=2))
        assert await store.followers.followers() == []
        assert await store.followers.follower(CHANNEL) is None
        assert await store.ledger.taken(["a"]) == {("a", CHANNEL)}


async def test_who_comes_back_begins_anew(home: Home) -> None:
    async with home.opened() as store:
        await store.followers.follow(WISHES, "discord:user:4", NOW)
        assert await store.followers.unfollow(PERSON, "closed", after(hours=1))
        again = Follower(PERSON, after(days=30))
        await store.followers.follow(again, "discord:user:4", after(days=30))
        assert await store.followers.followers() == [again]


TEXT = FreeTextSubject("1", Localized.same("The doors open at 12:30.\n開場は 12:30 です。"), NOW)


async def test_a_pause_is_kept_with_who_began_it(home: Home) -> None:
    async with home.opened() as store:
        assert not await store.pauses.end("甘木", NOW)
        assert await store.pauses.begin("甘木", NOW)
        assert not await store.pauses.begin("rin", after(hours=1))
        assert await store.pauses.pause(after(hours=1)) == Pause("甘木", NOW)
        assert await store.pauses.end("rin", after(hours=2))
        assert await store.pauses.pause(after(hours=2)) is None
        assert await store.pauses.begin("rin", after(hours=3))
        assert await store.pauses.pause(after(hours=4)) == Pause("rin", after(hours=3))


async def test_a_pause_ends_by_itself_and_can_be_given_another_end(home: Home) -> None:
    async with home.opened() as store:
        assert await store.pauses.begin("甘木", NOW, after(hours=2))
        assert await store.pauses.pause(after(hours=1)) == Pause("甘木", NOW, after(hours=2))
        assert await store.pauses.pause(after(hours=2)) is None
        assert not await store.pauses.end("rin", after(hours=2))
        assert await store.pauses.begin("rin", after(hours=2), after(hours=5))
        assert not await store.pauses.begin("甘木", after(hours=3), after(hours=5))
        assert await store.pauses.begin("甘木", after(hours=3), after(hours=4))
        assert await store.pauses.pause(after(hours=3)) == Pause("甘木", after(hours=3), after(hours=4))
        assert await store.pauses.begin("rin", after(hours=3))
        assert await store.pauses.pause(after(hours=99)) == Pause("rin", after(hours=3))


async def test_a_post_that_was_asked_for_waits_at_each_address_and_is_asked_for_once(home: Home) -> None:
    async with home.opened() as store:
        await store.ledger.enqueue(TEXT, keys(TEXT), [CHANNEL, OTHER], NOW)
        await store.ledger.enqueue(TEXT, keys(TEXT), [OTHER, PERSON], NOW + timedelta(seconds=1))
        posts = await store.ledger.open_posts()
        assert {post.address for post in posts} == {CHANNEL, OTHER, PERSON}
        assert len(posts) == 3
        assert {post.status for post in posts} == {PostStatus.WAITING}
        assert [post.subject for post in posts] == [TEXT] * 3
        assert await store.ledger.taken(keys(TEXT)) == {("free/1", each) for each in (CHANNEL, OTHER, PERSON)}
