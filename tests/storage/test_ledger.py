"""The ledger: what is claimed by one is nobody else's, what ran out can be taken over, what was told stays told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.announcements.ledger import LEASE, OpenPost, PostStatus, SentPost, marker_of
from bot.announcements.post import ReminderSubject, SharedAnswerSubject, keys
from bot.storage import Store
from tests.storage.homes import CHANNEL, MATTER, NOTICE, NOW, OTHER, PERSON, Home, after, claimed, holds, posted


def margin(home: Home) -> float:
    """By how much seconds may differ: the server's clock runs on by itself."""
    return 30.0 if home.server else 1e-6


async def only_open(store: Store) -> OpenPost:
    """The one post that nobody works on."""
    (post,) = await store.ledger.open_posts()
    return post


async def test_a_claim_belongs_to_its_process_for_the_length_of_the_lease(home: Home) -> None:
    async with home.opened() as store:
        claim = await claimed(store, "a", "b")
        assert (claim.marker, claim.address, claim.subject) == (marker_of(["b", "a"], CHANNEL), CHANNEL, MATTER)
        assert (claim.ends, claim.version, claim.attempt) == (home.seconds + LEASE, 1, 1)
        assert await holds(store, claim)
        assert await store.ledger.open_posts() == []


async def test_what_is_claimed_cannot_be_claimed_or_skipped_by_anybody(home: Home) -> None:
    async with home.opened() as store:
        await claimed(store, "a")
        assert await store.ledger.claim(MATTER, ["a"], CHANNEL, NOW) is None
        assert not await store.ledger.skip(MATTER, ["a"], CHANNEL, NOW, "stale")


async def test_if_one_key_is_taken_the_others_stay_free(home: Home) -> None:
    async with home.opened() as store:
        await claimed(store, "b")
        assert await store.ledger.claim(MATTER, ["a", "b", "c"], CHANNEL, NOW) is None
        assert not await store.ledger.skip(MATTER, ["a", "b", "c"], CHANNEL, NOW, "stale")
        assert await store.ledger.taken(["a", "b", "c"]) == {("b", CHANNEL)}
        await claimed(store, "a", "c")


async def test_each_address_has_its_own_keys(home: Home) -> None:
    async with home.opened() as store:
        first = await claimed(store, "a")
        second = await claimed(store, "a", to=OTHER)
        assert first.marker != second.marker
        assert await store.ledger.skip(MATTER, ["a"], PERSON, NOW, "unfollowed")
        assert await store.ledger.taken(["a"]) == {("a", CHANNEL), ("a", OTHER), ("a", PERSON)}
        assert await store.ledger.taken([]) == set()


async def test_more_keys_can_be_asked_for_than_fit_into_one_statement(home: Home) -> None:
    async with home.opened() as store:
        await claimed(store, "k34999", "k3")
        assert await store.ledger.taken([f"k{each}" for each in range(35_000)]) == {
            ("k3", CHANNEL),
            ("k34999", CHANNEL),
        }


async def test_what_was_skipped_as_stale_is_claimed_after_all_by_one_if_the_clock_was_wrong(home: Home) -> None:
    async with home.opened() as store:
        assert await store.ledger.skip(MATTER, ["a", "b"], CHANNEL, NOW, "stale")
        assert await store.ledger.skip(MATTER, ["c"], CHANNEL, NOW, "superseded")
        assert await store.ledger.stale(["a", "b", "c"]) == {("a", CHANNEL), ("b", CHANNEL)}
        assert await store.ledger.claim(MATTER, ["a"], CHANNEL, NOW) is None
        assert await store.ledger.claim(MATTER, ["c"], CHANNEL, NOW) is None
        claim = await claimed(store, "a", "b", at=after(seconds=-7))
        assert (claim.version, claim.attempt, claim.ends) == (2, 1, home.seconds + LEASE)
        assert await holds(store, claim)
        assert await store.ledger.claim(MATTER, ["a", "b"], CHANNEL, NOW) is None
        assert (await store.ledger.stale(["a", "b"]), await store.ledger.stale([])) == (set(), set())
        home.passes(LEASE)
        assert (await only_open(store)).created_at == after(seconds=-7)
        assert await store.ledger.record_sent(claim, "m1", "s1", NOW)


async def test_a_post_without_keys_is_refused(home: Home) -> None:
    async with home.opened() as store:
        with pytest.raises(ValueError, match="without keys"):
            await store.ledger.claim(MATTER, [], CHANNEL, NOW)


async def test_what_was_sent_stands_with_what_it_was_about_in_the_end(home: Home) -> None:
    async with home.opened() as store:
        claim = await claimed(store, "a", "b")
        shorter = ReminderSubject(MATTER.stages[1:])
        assert await store.ledger.record_sent(replace(claim, subject=shorter), "m1", "s1", after(seconds=2))
        assert await store.ledger.posts_since(NOW) == [
            SentPost(claim.marker, CHANNEL, shorter, "m1", "s1", after(seconds=2))
        ]


async def test_standing_posts_are_those_since_an_instant_and_the_oldest_come_first(home: Home) -> None:
    async with home.opened() as store:
        for key, hours in (("c", 3), ("a", 1), ("b", 2)):
            await posted(store, [key], f"m{hours}", after(hours=hours))
        assert [post.message_id for post in await store.ledger.posts_since(NOW)] == ["m1", "m2", "m3"]
        assert [post.message_id for post in await store.ledger.posts_since(after(hours=2))] == ["m2", "m3"]
        assert await store.ledger.posts_since(after(hours=3, microseconds=1)) == []


async def test_a_reworded_message_is_known_to_say_something_else(home: Home) -> None:
    async with home.opened() as store:
        await posted(store, ["a"], "m1", NOW)
        (post,) = await store.ledger.posts_since(NOW)
        await store.ledger.record_edit(post, "corrected")
        assert await store.ledger.posts_since(NOW) == [replace(post, content_digest="corrected")]


async def test_a_message_out_of_reach_no_longer_stands_but_stays_told(home: Home) -> None:
    async with home.opened() as store:
        await posted(store, ["a"], "m1", NOW)
        await posted(store, ["b"], "m2", NOW)
        post = next(each for each in await store.ledger.posts_since(NOW) if each.message_id == "m1")
        await store.ledger.forget_message(post, "deleted")
        assert [each.message_id for each in await store.ledger.posts_since(NOW)] == ["m2"]
        assert await store.ledger.taken(["a"]) == {("a", CHANNEL)}


async def test_an_answer_that_was_shared_stands_like_a_post_whenever_that_was(home: Home) -> None:
    async with home.opened() as store:
        await posted(store, ["a"], "m1", NOW)
        subject = SharedAnswerSubject("next", "ja", "m2", ("12",), NOW)
        shared = SentPost(marker_of(keys(subject), OTHER), OTHER, subject, "m2", "shown", after(hours=1))
        for _ in range(2):
            await store.ledger.keep(shared)
        assert await store.ledger.shared_answers() == [shared]
        assert [each.message_id for each in await store.ledger.posts_since(NOW)] == ["m1", "m2"]
        assert await store.ledger.open_posts() == []
        await store.ledger.record_edit(shared, "corrected")
        assert await store.ledger.shared_answers() == [replace(shared, content_digest="corrected")]
        await store.ledger.forget_message(shared, "deleted")
        assert await store.ledger.shared_answers() == []


async def test_posts_are_found_by_how_their_keys_begin_letter_by_letter(home: Home) -> None:
    async with home.opened() as store:
        for number, key in enumerate(("morning/1/a", "morning/1/b", "morning/10/a", "Morning/1/a", "morning/1")):
            await posted(store, [key], f"m{number}", after(hours=number))
        found = await store.ledger.sent_with_keys(["morning/1"], ["morning/1/", "starting/1/"])
        assert [post.message_id for post in found] == ["m0", "m1", "m4"]


async def test_a_claim_that_ran_out_is_open_and_says_since_when_it_may_be_there(home: Home) -> None:
    async with home.opened() as store:
        claim = await claimed(store, "a")
        home.passes(LEASE - margin(home))
        assert await store.ledger.open_posts() == []
        home.passes(margin(home))
        assert not await holds(store, claim)
        assert await store.ledger.open_posts() == [
            OpenPost(claim.marker, CHANNEL, MATTER, PostStatus.CLAIMED, version=1, attempt=1, created_at=NOW)
        ]


async def test_a_message_is_recorded_after_the_lease_unless_somebody_took_over(home: Home) -> None:
    async with home.opened() as store:
        claim = await claimed(store, "a")
        home.passes(LEASE)
        assert await store.ledger.record_sent(claim, "m1", "s1", NOW)
        assert await store.ledger.open_posts() == []


async def test_only_open_posts_of_the_addresses_in_question_are_given(home: Home) -> None:
    async with home.opened() as store:
        await claimed(store, "a", to=CHANNEL)
        await claimed(store, "a", to=OTHER, at=after(seconds=1))
        home.passes(LEASE)
        assert [each.address for each in await store.ledger.open_posts()] == [CHANNEL, OTHER]
        assert [each.address for each in await store.ledger.open_posts([OTHER, PERSON])] == [OTHER]
        assert await store.ledger.open_posts([]) == []


async def test_whoever_takes_over_has_the_claim_and_who_had_it_can_change_nothing(home: Home) -> None:
    async with home.opened() as store:
        before = await claimed(store, "a")
        home.passes(LEASE)
        claim = await store.ledger.take_over(await only_open(store))
        assert claim is not None
        assert claim == replace(before, ends=home.seconds + LEASE, version=2, attempt=2)
        assert not await store.ledger.record_sent(before, "m0", "s0", NOW)
        await store.ledger.retry_later(before, 0.0, "busy")
        await store.ledger.hold(before, 0.0, "unreadable")
        await store.ledger.drop(before, "stale")
        assert not await holds(store, before)
        assert await holds(store, claim)
        assert await store.ledger.open_posts() == []
        assert await store.ledger.record_sent(claim, "m1", "s1", NOW)
        assert [each.message_id for each in await store.ledger.posts_since(NOW)] == ["m1"]


async def test_an_open_post_is_taken_over_once(home: Home) -> None:
    async with home.opened() as store:
        await claimed(store, "a")
        home.passes(LEASE)
        post = await only_open(store)
        assert await store.ledger.take_over(post)
        assert await store.ledger.take_over(post) is None
        home.passes(LEASE)
        assert await store.ledger.take_over(post) is None


@pytest.mark.parametrize("status", [PostStatus.WAITING, PostStatus.HELD])
async def test_what_was_given_back_is_open_after_its_pause(home: Home, status: PostStatus) -> None:
    async with home.opened() as store:
        claim = await claimed(store, "a")
        give_back = store.ledger.retry_later if status is PostStatus.WAITING else store.ledger.hold
        await give_back(claim, 600.0, "too many requests\0\ud800")
        assert not await holds(store, claim)
        assert not await store.ledger.record_sent(claim, "m1", "s1", NOW)
        home.passes(600.0 - margin(home))
        assert await store.ledger.open_posts() == []
        home.passes(margin(home))
        post = await only_open(store)
        assert (post.status, post.version, post.attempt, post.created_at) == (status, 2, 1, NOW)
        again = await store.ledger.take_over(post)
        assert again
        assert (again.version, again.attempt) == (3, 2)


async def test_what_was_given_up_is_never_open_again_and_stays_taken(home: Home) -> None:
    async with home.opened() as store:
        claim = await claimed(store, "a", subject=NOTICE)
        await store.ledger.drop(claim, "forbidden")
        assert await store.ledger.skip(NOTICE, ["b"], CHANNEL, NOW, "stale")
        home.passes(LEASE)
        assert await store.ledger.open_posts() == []
        assert await store.ledger.posts_since(NOW - timedelta(days=1)) == []
        assert await store.ledger.taken(["a", "b"]) == {("a", CHANNEL), ("b", CHANNEL)}


async def test_it_is_known_when_the_next_lease_or_pause_runs_out(home: Home) -> None:
    async with home.opened() as store:
        assert await store.ledger.next_open() is None
        await posted(store, ["sent"], "m1", NOW)
        assert await store.ledger.next_open() is None
        claim = await claimed(store, "a")
        assert await store.ledger.next_open() == pytest.approx(LEASE, abs=margin(home))
        await store.ledger.retry_later(claim, 1000.0, "busy")
        await claimed(store, "b")
        home.passes(20.0)
        assert await store.ledger.next_open() == pytest.approx(LEASE - 20.0, abs=margin(home))
        home.passes(LEASE - 20.0)
        assert await store.ledger.next_open() == pytest.approx(1000.0 - LEASE, abs=margin(home))
        home.passes(1000.0 - LEASE)
        assert await store.ledger.next_open() is None


async def test_a_lease_of_another_boot_has_run_out_where_the_machine_measures(shared_home: Home) -> None:
    async with shared_home.opened("before") as store:
        claim = await claimed(store, "a")
        await store.ledger.retry_later(await claimed(store, "b"), 600.0, "busy")
    shared_home.seconds = 5.0
    async with shared_home.opened("after") as store:
        if shared_home.server:
            assert await store.ledger.open_posts() == []
            return
        assert {each.status for each in await store.ledger.open_posts()} == {PostStatus.CLAIMED, PostStatus.WAITING}
        assert not await holds(store, claim)
        assert await store.ledger.next_open() is None
        for post in await store.ledger.open_posts():
            assert await store.ledger.take_over(post)
        assert await store.ledger.open_posts() == []
        assert await store.ledger.next_open() == pytest.approx(LEASE)


async def test_what_was_kept_is_there_after_a_restart(shared_home: Home) -> None:
    async with shared_home.opened() as store:
        await posted(store, ["a"], "m1", NOW)
        claim = await claimed(store, "b")
    async with shared_home.opened() as store:
        assert [each.message_id for each in await store.ledger.posts_since(NOW)] == ["m1"]
        assert await holds(store, claim)
