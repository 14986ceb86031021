"""A pause: what comes of the schedule waits, what organizers are told or say goes out; nothing is lost or doubled."""

from dataclasses import replace
from datetime import timedelta

from bot.announcements.post import AlertSubject, FreeTextSubject, ReminderSubject, keys
from bot.announcements.poster import NotSent
from bot.announcements.selection import Reason
from bot.announcements.state import Pause
from bot.domain.language import Localized
from bot.domain.lecture import Status
from bot.domain.reminder_times import Stage
from bot.domain.subscriptions import Address, AddressKind, Follower
from tests.announcements.organized import Organized, organized
from tests.examples import BEFORE_THREE, EXAMPLE, OPEN, at, with_lecture

CHANNEL = Address("slack", AddressKind.CHANNEL, "C1")
PERSON = Address("discord", AddressKind.USER, "4")
ORGANIZERS = Address("discord", AddressKind.CHANNEL, "9")
CLOSING_TODAY = at("2030-04-17T09:00")


async def followed(bot: Organized) -> None:
    """Has a channel and a person follow."""
    for address in (CHANNEL, PERSON):
        await bot.store.followers.follow(Follower(address, bot.now, language="en"), "t", bot.now)


def lines(bot: Organized, address: Address) -> list[str]:
    """The first lines that arrived there."""
    return [each.message.headline for each in bot.written if each.address == address and not each.edited]


async def test_it_is_kept_with_who_began_it_and_ends_only_once() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        pauses, later = bot.store.pauses, BEFORE_THREE + timedelta(hours=1)
        assert await pauses.pause(later) is None
        assert not await pauses.end("hana", BEFORE_THREE)
        assert await pauses.begin("hana", BEFORE_THREE)
        assert not await pauses.begin("rin", later)
        assert await pauses.pause(later) == Pause("hana", BEFORE_THREE)
        assert await pauses.end("rin", later)
        assert not await pauses.end("rin", later)
        assert await pauses.pause(later) is None
        assert await pauses.begin("rin", later)
        assert await pauses.pause(later) == Pause("rin", later)


async def test_stages_and_news_wait_and_what_is_still_of_use_goes_out_afterwards() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, ORGANIZERS) as bot:
        await followed(bot)
        await bot.store.pauses.begin("hana", bot.now)
        bot.now = at("2030-04-10T12:00")
        changed = with_lecture(EXAMPLE, replace(OPEN, status=Status.POSTPONED))
        await bot.dispatcher.accept(changed)
        await bot.ticks()
        bot.now = at("2030-04-10T13:00")
        await bot.dispatcher.accept(EXAMPLE)
        bot.now = CLOSING_TODAY
        await bot.ticks()
        assert bot.written == [], "week before, the postponement, and the deadline"
        await bot.store.pauses.end("hana", bot.now)
        await bot.ticks()
        (line,) = [line for line in lines(bot, CHANNEL) if "Register" in line]
        assert line.startswith("Register today by noon")
        stale = [subject for subject, reason in bot.journal.skips if reason is Reason.STALE]
        assert {subject.stage for subject in stale if isinstance(subject, ReminderSubject)} == {
            Stage.WEEK_BEFORE,
            Stage.CLOSING_SOON,
        }
        told = list(bot.written)
        await bot.ticks()
        assert bot.written == told, "nothing is told twice"


async def test_a_post_that_was_to_be_tried_again_waits_too() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None, [NotSent("busy", 1.0)]) as bot:
        await bot.store.followers.follow(Follower(PERSON, bot.now, language="en"), "t", bot.now)
        bot.now = at("2030-04-16T12:00")
        await bot.ticks()
        await bot.store.pauses.begin("hana", bot.now)
        bot.now += timedelta(minutes=30)
        await bot.ticks()
        assert bot.written == []
        await bot.store.pauses.end("hana", bot.now)
        await bot.ticks()
        assert len(bot.written) == 1


async def test_a_pause_with_an_end_wakes_the_announcer_then_and_what_is_of_use_goes_out() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        await followed(bot)
        bot.now = at("2030-04-11T08:30")
        await bot.store.pauses.begin("hana", bot.now, at("2030-04-11T10:30"))
        bot.now = at("2030-04-11T09:00")
        await bot.ticks()
        assert bot.written == []
        assert (await bot.dispatcher.next_wake()).at == at("2030-04-11T10:30")
        bot.now = at("2030-04-11T10:30")
        await bot.ticks()
        (line,) = lines(bot, CHANNEL)
        assert "Next Thu, 18 Apr" in line


async def test_organizers_are_told_of_trouble_and_can_speak_meanwhile() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, ORGANIZERS) as bot:
        await followed(bot)
        await bot.store.pauses.begin("hana", bot.now)
        bot.alerts.tell(AlertSubject("a", "notice.held", {"where": "slack:C1", "detail": "?"}, bot.now))
        free = FreeTextSubject("1", Localized.same("The doors open at 12:30."), bot.now)
        await bot.store.ledger.enqueue(free, keys(free), [CHANNEL], bot.now)
        bot.now = CLOSING_TODAY
        await bot.ticks()
        assert lines(bot, CHANNEL) == ["The doors open at 12:30."]
        assert len(lines(bot, ORGANIZERS)) == 1
        assert lines(bot, PERSON) == []


async def test_earlier_posts_are_still_kept_true() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        await followed(bot)
        bot.now = at("2030-04-11T09:00")
        await bot.ticks()
        await bot.store.pauses.begin("hana", bot.now)
        bot.now += timedelta(minutes=1)
        await bot.dispatcher.accept(with_lecture(EXAMPLE, replace(OPEN, status=Status.CANCELLED)))
        await bot.ticks()
        assert [(each.edited, each.message.headline[:9]) for each in bot.written] == [
            (False, "Next Thu,"),
            (True, "Cancelled"),
        ]


async def test_a_digest_says_that_posts_are_held_back() -> None:
    monday = at("2030-04-15T09:00")
    async with organized(replace(EXAMPLE, lectures=()), BEFORE_THREE, ORGANIZERS) as bot:
        await bot.dispatcher.accept(replace(EXAMPLE, lectures=(OPEN,)), quietly=True)
        await bot.dispatcher.accept(replace(EXAMPLE, lectures=(replace(OPEN, abstract=OPEN.title),)), quietly=True)
        await bot.store.pauses.begin("hana", bot.now)
        bot.now = monday
        await bot.ticks()
        (post,) = bot.written
        assert post.message.headline == "確認が必要な問題が1件あります。"
        assert "hana" in repr(post.message.parts)


async def test_a_free_text_reaches_each_channel_once_whoever_asks_how_often() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        await followed(bot)
        free = FreeTextSubject("1", Localized.same("The doors open at 12:30."), bot.now)
        other = FreeTextSubject("2", Localized.same("The doors open at 12:30."), bot.now)
        for subject in (free, free, other):
            await bot.store.ledger.enqueue(subject, keys(subject), [CHANNEL, PERSON], bot.now)
            await bot.ticks()
        assert (len(lines(bot, CHANNEL)), len(lines(bot, PERSON))) == (2, 2)


async def test_a_free_text_for_a_channel_that_no_longer_follows_is_dropped() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        free = FreeTextSubject("1", Localized.same("Hello"), bot.now)
        await bot.store.ledger.enqueue(free, keys(free), [CHANNEL], bot.now)
        await bot.ticks()
        assert bot.written == []
        assert bot.journal.skips == [(free, Reason.UNFOLLOWED)]
