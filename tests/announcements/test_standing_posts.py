"""Posts stay true for as long as they offer something that ends, however long ago they were sent."""

from dataclasses import replace
from datetime import date

from bot.clock import SimulatedClock
from bot.domain.lecture import Status
from tests.announcements.dispatching import simulated_announcer
from tests.examples import OPEN, at, both, series_of


async def test_a_post_of_half_a_year_ago_says_that_registration_is_closed() -> None:
    async with simulated_announcer(series_of(), SimulatedClock(at("2029-10-01T12:00"), 0)) as announcer:
        await announcer.dispatcher.accept(series_of(OPEN))
        (post,) = await announcer.advance(at("2029-10-02T00:00"))
        assert post.message
        assert post.message.headline.endswith("参加登録は 4/17(水) 正午まで。")
        await announcer.advance(at("2030-04-17T11:59"))
        edits = [each for each in await announcer.advance(at("2030-04-17T12:00")) if each.subject == post.subject]
        assert [each.message.headline for each in edits if each.message] == [
            "新しい講義：第3回「機械学習で見る銀河」（大空 翼）、4/18(木) 13:00〜、銀河大学 西館 201教室。"
        ]


async def test_a_post_of_half_a_year_ago_says_where_the_lecture_takes_place_now() -> None:
    async with simulated_announcer(series_of(), SimulatedClock(at("2029-10-01T12:00"), 0)) as announcer:
        await announcer.dispatcher.accept(series_of(OPEN))
        (post,) = await announcer.advance(at("2029-10-02T00:00"))
        await announcer.advance(at("2030-03-01T12:00"))
        await announcer.dispatcher.accept(series_of(replace(OPEN, venue=None)))
        done = await announcer.advance(at("2030-03-01T12:01"))
        assert [(each.action, each.subject) for each in done] == [("edit", post.subject)]


async def test_a_reminder_of_a_lecture_that_was_postponed_for_long_tells_its_new_date() -> None:
    postponed = replace(OPEN, status=Status.POSTPONED, day=None, starts=None, ends=None)
    async with simulated_announcer(series_of(OPEN), SimulatedClock(at("2030-04-01T12:00"), 0)) as announcer:
        (reminder,) = await announcer.advance(at("2030-04-11T12:00"))
        await announcer.dispatcher.accept(series_of(postponed))
        await announcer.advance(at("2030-07-30T12:00"))
        again = replace(OPEN, day=date(2030, 9, 5), starts=at("2030-09-05T13:00"), ends=at("2030-09-05T15:00"))
        await announcer.dispatcher.accept(series_of(again))
        done = await announcer.advance(at("2030-07-30T12:30"))
        (edit,) = (each for each in done if each.subject == reminder.subject)
        assert edit.message
        assert "9/5(木)" in edit.message.headline


async def test_a_reminder_says_why_its_lecture_was_postponed() -> None:
    off = replace(OPEN, status=Status.POSTPONED, reason=both("講師の都合により", "as the speaker can't come"))
    async with simulated_announcer(series_of(OPEN), SimulatedClock(at("2030-04-01T12:00"), 0)) as announcer:
        (reminder,) = await announcer.advance(at("2030-04-11T12:00"))
        await announcer.dispatcher.accept(series_of(off))
        (edit,) = (each for each in await announcer.advance(at("2030-04-11T12:30")) if each.subject == reminder.subject)
        assert edit.message
        assert edit.message.headline == (
            "【延期】第3回「機械学習で見る銀河」（大空 翼）は、講師の都合により延期になりました。"
            "新しい日程は決まり次第お知らせします。"
        )
