"""The organizers' digest: on Mondays from nine on, once, worded when it is sent, and none if all is well."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from inline_snapshot import snapshot

from bot.announcements.post import AlertSubject, DigestSubject, keys
from bot.announcements.selection import Reason
from bot.announcements.texts.digest import digest, digest_due, next_digest
from bot.cards.view import View
from bot.commands.context import Reply
from bot.domain.expectations import Expected
from bot.domain.language import Language
from bot.domain.missing import Gap, to_ask_for
from bot.domain.series import Series
from bot.domain.subscriptions import Address, AddressKind, Follower
from tests.announcements.organized import organized
from tests.commands.transcripts import written_down
from tests.examples import BERLIN, EXAMPLE, NOT_YET_OPEN, at, dated, series_of, with_lecture

MONDAY = at("2030-05-13T09:00")
"""A week before lecture 4, which has neither form nor abstract, at a venue that isn't certain."""
ORGANIZERS = Address("discord", AddressKind.CHANNEL, "9")
TROUBLE = AlertSubject("a", "notice.refused.closed", {"where": "slack:C05", "detail": "x"}, MONDAY)


def said(series: Series, now: datetime, language: Language, *troubles: AlertSubject) -> str:
    """The digest, written down."""
    message = digest(troubles, View(series, series.local(now), language))
    return written_down(Reply(message.headline, message.parts, actions=message.actions), language)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2030-05-13T08:59", False),
        ("2030-05-13T09:00", True),
        ("2030-05-14T08:59", True),
        ("2030-05-14T09:00", False),
        ("2030-05-19T23:59", False),
    ],
)
def test_it_is_due_for_a_day_from_monday_nine_on(now: str, due: bool) -> None:
    expected = DigestSubject("2030-W20", MONDAY, MONDAY + timedelta(days=1)) if due else None
    assert digest_due(EXAMPLE, at(now)) == expected


def test_the_next_one_is_always_to_come() -> None:
    assert next_digest(EXAMPLE, MONDAY - timedelta(seconds=1)) == MONDAY
    assert next_digest(EXAMPLE, MONDAY) == MONDAY + timedelta(days=7)
    assert next_digest(EXAMPLE, at("2030-05-19T23:59")) == MONDAY + timedelta(days=7)


def test_it_is_nine_where_the_series_takes_place_whatever_the_clocks_do() -> None:
    series = series_of(zone=BERLIN)
    assert next_digest(series, at("2030-03-30T12:00", BERLIN)) == at("2030-04-01T09:00", BERLIN)  # changed on the 31st
    found = digest_due(series, at("2030-04-01T16:00"))
    assert found
    assert keys(found) == ("digest/2030-W14",)


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    found = digest_due(EXAMPLE, at("2029-12-31T10:00"))
    assert found
    assert found.week == "2030-W01"


def test_what_is_missing_is_told_with_what_to_type() -> None:
    assert said(EXAMPLE, MONDAY, "en", TROUBLE) == snapshot("""\

Lecture 4 (Mon, 20 May) lacks: registration form, venue, title, abstract. 1 more lecture lacks something.
SECTION Trouble
  • slack:C05 takes no direct messages (x).
LIST What is missing
  Lecture 4: The Far Side of the Moon (tentative title)
    {Mon, 20 May 2030}, 7 days to go
    No registration form yet: /admin registration 4 https://forms.gle/example4
    The venue is tentative. To confirm it: /admin venue 4 Institute of Tides
    The title is a working title. To confirm it: /admin title 4 final
    No abstract yet: /admin edit 4 abstract Text of the abstract
  Lecture 2: The Companion of Sirius
    {Thu, 14 Mar 2030}, 60 days ago
    Still “in preparation” (Video): /admin material 2 Video https://example.org/material
    If there will be none: /admin material 2 Video none
(All that is missing) -> admin todo
DONE, again: None
""")
    assert said(EXAMPLE, MONDAY, "ja", TROUBLE) == snapshot("""\

第4回（5/20(月)）の不足：参加登録フォーム、会場、題目、概要。ほかに1回分の不足があります。
SECTION 問題
  • slack:C05 はダイレクトメッセージを受け付けていません（x）。
LIST 不足しているもの
  第4回\u3000月の裏側（仮題）
    {2030/5/20(月)}（あと7日）
    参加登録フォームがありません：/admin registration 4 https://forms.gle/example4
    会場が予定のままです。確定するには：/admin venue 4 潮の研究所
    題目が仮のままです。確定するには：/admin title 4 確定
    概要がありません：/admin edit 4 abstract 概要の文章
  第2回\u3000シリウスの伴星
    {2030/3/14(木)}（60日前）
    「準備中」のままです（動画）：/admin material 2 動画 https://example.org/material
    公開しない場合：/admin material 2 動画 なし
(不足をすべて見る) -> admin todo
DONE, again: None
""")


def test_trouble_alone_is_told_too() -> None:
    assert said(series_of(), MONDAY, "en", TROUBLE) == snapshot("""\

There is 1 problem to look at.
SECTION Trouble
  • slack:C05 takes no direct messages (x).
(All that is missing) -> admin todo
DONE, again: None
""")
    assert said(series_of(), MONDAY, "ja", TROUBLE) == snapshot("""\

確認が必要な問題が1件あります。
SECTION 問題
  • slack:C05 はダイレクトメッセージを受け付けていません（x）。
(不足をすべて見る) -> admin todo
DONE, again: None
""")


def test_what_nobody_published_is_asked_for_in_two_digests_and_never_again() -> None:
    held = dated(1, "2030-01-10T13:00", "2030-01-10T15:00")
    series = replace(series_of(held), expects=frozenset({Expected.SLIDES, Expected.VIDEO}))
    asked: dict[Gap, list[str]] = {}
    for week in range(120):
        monday = at("2030-01-14T09:00") + timedelta(weeks=week)
        for each in to_ask_for(series, monday):
            asked.setdefault(each.gap, []).append(f"{monday:%m-%d}")
    assert asked == {Gap.SLIDES: ["01-21", "02-11"], Gap.VIDEO: ["02-11", "04-15"]}


def test_only_the_first_lectures_are_gone_into() -> None:
    series = series_of(*(dated(number, f"2030-05-{13 + number}T13:00") for number in range(1, 12)))
    message = digest((), View(series, MONDAY, "en"))
    assert message.headline.endswith(
        "lacks: speaker, registration form, venue, title. 10 more lectures lack something."
    )
    (listing,) = message.parts
    assert len(getattr(listing, "entries", ())) == 8


async def test_it_is_sent_once_to_the_organizers_alone_and_worded_when_it_is_sent() -> None:
    async with organized(EXAMPLE, MONDAY - timedelta(hours=1), ORGANIZERS) as bot:
        await bot.store.followers.follow(Follower(Address("slack", AddressKind.CHANNEL, "C1"), bot.now), "t", bot.now)
        await bot.ticks()
        wake = await bot.dispatcher.next_wake()
        assert wake.at == MONDAY
        bot.now = MONDAY
        await bot.ticks()
        await bot.ticks()
        assert sorted(f"{each.address}: {each.message.headline}" for each in bot.written) == snapshot(
            [
                "discord:9: 第4回（5/20(月)）の不足：参加登録フォーム、会場、題目、概要。ほかに1回分の不足があります。",
                "slack:C1: 来週 5/20(月) 10:00〜 第4回「月の裏側」（仮題、月島 光）、潮の研究所（予定、いつもと異なります）。",  # noqa: E501
            ]
        )


async def test_nothing_is_sent_when_nothing_is_missing_even_if_something_is_on_the_same_day() -> None:
    async with organized(series_of(), MONDAY - timedelta(hours=1), ORGANIZERS) as bot:
        await bot.dispatcher.accept(series_of(dated(1, "2031-01-01T13:00")))
        bot.now = MONDAY
        await bot.ticks()
        await bot.dispatcher.accept(with_lecture(series_of(), NOT_YET_OPEN))
        bot.now = MONDAY + timedelta(hours=2)
        await bot.ticks()
        assert [each.message.headline for each in bot.written if each.address == ORGANIZERS] == []
        (skipped,) = [reason for subject, reason in bot.journal.skips if isinstance(subject, DigestSubject)]
        assert skipped is Reason.NOTHING_MISSING


@pytest.mark.parametrize(("begins", "headlines"), [("2030-05-13T09:01", 0), ("2030-05-13T09:00", 1)])
async def test_a_bot_that_starts_on_a_monday_for_the_first_time_waits_a_week(begins: str, headlines: int) -> None:
    async with organized(EXAMPLE, at(begins), ORGANIZERS) as bot:
        bot.now = at("2030-05-13T10:00")
        await bot.ticks()
        assert len(bot.written) == headlines
        bot.now = MONDAY + timedelta(days=7)
        await bot.ticks()
        assert len(bot.written) == headlines + 1


async def test_a_bot_that_was_down_tells_it_until_tuesday_nine_and_then_no_more() -> None:
    async with organized(EXAMPLE, MONDAY - timedelta(days=3), ORGANIZERS) as bot:
        bot.now = MONDAY + timedelta(days=1)
        await bot.ticks()
        assert bot.written == []
        bot.now = MONDAY + timedelta(days=7, hours=23)
        await bot.ticks()
        assert [each.address for each in bot.written] == [ORGANIZERS]


async def test_without_organizers_there_is_none() -> None:
    async with organized(EXAMPLE, MONDAY - timedelta(days=1), None) as bot:
        bot.now = MONDAY
        await bot.ticks()
        assert bot.written == []
        assert (await bot.dispatcher.next_wake()).at != MONDAY + timedelta(days=7)


async def test_a_file_that_is_broken_is_told_of_on_each_day_until_it_is_mended() -> None:
    async with organized(series_of(), MONDAY, ORGANIZERS) as bot:
        for day in range(3):
            bot.now = MONDAY + timedelta(days=1 + day)
            broken = AlertSubject(f"file/{day}", "notice.broken_file", {"count": "1", "first": "line 3"}, bot.now)
            problems = [broken] if day < 2 else []
            bot.alerts.report("file", problems)
            await bot.ticks()
            assert bot.dispatcher.troubles == tuple(problems)
        assert len(bot.written) == 2


async def test_a_lecture_that_is_complete_by_then_is_not_asked_for() -> None:
    async with organized(EXAMPLE, MONDAY - timedelta(hours=1), ORGANIZERS) as bot:
        without = replace(EXAMPLE, lectures=tuple(each for each in EXAMPLE.lectures if each.number not in (2, 3, 4)))
        await bot.dispatcher.accept(without, quietly=True)
        bot.now = MONDAY
        await bot.ticks()
        assert bot.written == []
