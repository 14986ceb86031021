"""Posts stay true for as long as they offer something that ends, however long ago they were sent."""

from dataclasses import replace

from bot.clock import SimulatedClock
from tests.announcements.dispatching import simulated_announcer
from tests.examples import OPEN, at, series_of


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
