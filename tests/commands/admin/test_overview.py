"""`/admin plan, log, channels, health, pause, resume`, as an executable manual."""

from dataclasses import replace
from datetime import timedelta

import pytest
from inline_snapshot import snapshot

from bot.announcements.operations import HealthReport
from bot.announcements.post import AlertSubject
from bot.commands.context import ReplyStatus
from bot.domain.language import Language
from bot.domain.lecture import Status
from bot.domain.message import Listing
from bot.domain.subscriptions import Follower, Topic
from bot.i18n import phrases
from bot.schedule.revisions import Revision
from tests.commands.acting import HERE, SeenChannels, somewhere
from tests.commands.admin.looking_after import ELSEWHERE, ORGANIZER, LookedAfter, looked_after
from tests.examples import BEFORE_THREE, EXAMPLE, OPEN, at, both, dated, series_of, with_lecture

PERSON = somewhere("discord:user:4")


async def followed(bot: LookedAfter) -> None:
    """Has two channels and a person follow."""
    for follower in (
        Follower(HERE, bot.now, language="en", ping="77"),
        Follower(ELSEWHERE, bot.now, frozenset({Topic.DEADLINES})),
        Follower(PERSON, bot.now),
    ):
        await bot.store.followers.follow(follower, "t", bot.now)


async def test_the_plan_tells_what_goes_where_when_and_how_it_begins() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        assert await bot.transcript("/admin plan") == snapshot("""\

The next post goes out on Thu, 11 Apr, 09:00 JST (lecture 3: a week before).
LIST Posts to come
  Lecture 3: a week before
    {Thu, 11 Apr 2030, 09:00 JST}
    To: this channel
    Next Thu, 18 Apr, 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall,…
  Lecture 3: the day before the deadline
    {Tue, 16 Apr 2030, 12:00 JST}
    To: this channel, slack:C05, 1 person by direct message
    Register by Wed, 17 Apr, noon: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00)
  Lecture 3: deadline today
    {Wed, 17 Apr 2030, 09:00 JST}
    To: this channel, slack:C05
    Register today by noon: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00)
  Lecture 3: the morning of the day
    {Thu, 18 Apr 2030, 08:00 JST}
    To: this channel, 1 person by direct message
    Today at 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall, Room 201,…
  Lecture 3: starting soon
    {Thu, 18 Apr 2030, 12:30 JST}
    To: this channel
    Starting at 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall, Room…
  Lecture 4: a week before
    {Mon, 13 May 2030, 09:00 JST}
    To: this channel
    Next Mon, 20 May, 10:00: lecture 4, “The Far Side of the Moon” (working title; Hikaru Tsukishima), Institute of Tides…
  Lecture 4: the morning of the day, starting soon
    {Mon, 20 May 2030, 08:00 JST}
    To: this channel
    Today at 10:00: lecture 4, “The Far Side of the Moon” (working title; Hikaru Tsukishima), Institute of Tides (not the…
  Lecture 4: the morning of the day
    {Mon, 20 May 2030, 08:00 JST}
    To: 1 person by direct message
    本日 10:00 開始：第4回「月の裏側」（仮題、月島 光）、潮の研究所（いつもと異なります）
  Lecture 5: a week before
    {Mon, 10 June 2030, 09:00 JST}
    To: this channel
    Next Mon, 17 June: lecture 5 (Seiko Nagare).
  Lecture 5: the morning of the day
    {Mon, 17 June 2030, 08:00 JST}
    To: this channel, 1 person by direct message
    Today: lecture 5 (Seiko Nagare), online
DONE, again: None
""")  # noqa: E501


async def test_the_same_in_japanese() -> None:
    async with looked_after(with_lecture(EXAMPLE, OPEN), at("2030-06-15T12:00"), "ja") as bot:
        await followed(bot)
        assert await bot.transcript("/管理 投稿予定") == snapshot("""\

次の投稿は 6/17(月) 08:00 JST です（第5回：当日朝のお知らせ）。
LIST これからの投稿
  第5回：当日朝のお知らせ
    {2030/6/17(月) 08:00 JST}
    送信先：このチャンネル、DM で1人
    Today: lecture 5 (Seiko Nagare), online
DONE, again: None
""")


async def test_news_that_still_settle_are_planned_too() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        bot.now += timedelta(minutes=1)
        await bot.dispatcher.accept(with_lecture(EXAMPLE, replace(OPEN, title=both("銀河", "Galaxies"))))
        (first, *_) = await bot.services.admin.operations.upcoming(5) if bot.services.admin else []
        assert (first.due, first.text) == (
            bot.now + timedelta(minutes=15),
            snapshot(
                "Change to lecture 3 (Tsubasa Ozora, Thu, 18 Apr, 13:00): the title is “Galaxies”. Please register by Wed, 17 Apr, noon."  # noqa: E501
            ),
        )
        assert [each.address for each in first.followers] == [HERE, PERSON]
        bot.now += timedelta(minutes=15)
        await bot.ticks()
        (here,) = [each.message.headline for each in bot.posted if each.address == HERE]
        assert here == first.text, "the plan has told the very words"


async def test_the_plan_has_pages_and_no_posts_have_a_reason() -> None:
    async with looked_after(with_lecture(EXAMPLE, dated(7, "2030-07-01T13:00")), BEFORE_THREE) as bot:
        empty = await bot.reply("/admin plan")
        assert (empty.headline, empty.note) == (
            "No posts are planned.",
            "Posts need a lecture with a date to come, and a channel that follows (/follow).",
        )
        await followed(bot)
        second = await bot.reply("/admin plan page=2")
        assert second.note == "Page 2 of 2"
        assert [each.line for each in second.actions] == ["admin plan page=1"]


async def test_the_log_tells_who_changed_what_where_and_why() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        assert (await bot.reply("/admin log")).headline == "Nothing was changed yet."
        person = "discord:user:7"
        versions = [
            Revision(0, at("2030-04-01T09:00"), "a", "…", "file", "", "", "", ("3",)),
            Revision(0, at("2030-04-02T09:00"), "b", "…", person, "sumire", "slack:C05", "admin move 3 4/18", ("3",)),
            Revision(0, at("2030-04-03T09:00"), "c", "…", person, "sumire", str(HERE), "admin venue 4 Hall", ("4",)),
            Revision(0, at("2030-04-04T09:00"), "d", "…", person, "sumire", "", "admin undo", ("3", "4")),
        ]
        for count, each in enumerate(versions):
            await bot.store.revisions.add(each, count or None)
        assert await bot.transcript("/admin log") == snapshot("""\

Last change: Thu, 4 Apr, 09:00 JST, sumire.
LIST Changes
  sumire: lectures 3 and 4
    {Thu, 4 Apr 2030, 09:00 JST} · direct message
    admin undo
  sumire: lecture 4
    {Wed, 3 Apr 2030, 09:00 JST} · this channel
    admin venue 4 Hall
  sumire: lecture 3
    {Tue, 2 Apr 2030, 09:00 JST} · slack:C05
    admin move 3 4/18
  an edit of the file: lecture 3
    {Mon, 1 Apr 2030, 09:00 JST}
(Undo) -> admin undo
DONE, again: None
""")
        of_three = await bot.reply("/admin log 3")
        (listing,) = of_three.parts
        assert isinstance(listing, Listing)
        assert len(listing.entries) == 3
        assert [each.line for each in of_three.actions] == ["admin undo 3"]
        assert (await bot.reply("/admin log 5")).headline == "No change of lecture 5 is on record."
        assert (await bot.reply("/admin log 77")).outcome is ReplyStatus.NOT_FOUND
        bot.language = "ja"
        assert await bot.transcript("/管理 記録 4") == snapshot("""\

最後の変更：4/4(木) 09:00 JST（sumire）
LIST 変更の記録
  sumire：第3回、第4回
    {2030/4/4(木) 09:00 JST} · DM
    admin undo
  sumire：第4回
    {2030/4/3(水) 09:00 JST} · このチャンネル
    admin venue 4 Hall
(取り消す) -> admin undo 4
DONE, again: None
""")


async def test_the_log_has_pages() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        for count in range(10):
            each = Revision(0, at("2030-04-01T09:00"), str(count), "…", "file", "", "", "", ("3",))
            await bot.store.revisions.add(each, count or None)
        reply = await bot.reply("/admin log 3")
        assert [each.line for each in reply.actions] == ["admin log 3 page=2", "admin undo 3"]


async def test_the_channels_are_told_with_what_they_get_and_what_is_missing_there() -> None:
    seen = SeenChannels(missing=("rights.discord.send", "rights.discord.history"))
    async with looked_after(EXAMPLE, BEFORE_THREE, channels=seen, fixed=frozenset({ELSEWHERE})) as bot:
        assert (await bot.reply("/admin channels")).headline == (
            "No channel follows yet. To have one follow, type /follow in it."
        )
        await followed(bot)
        assert await bot.transcript("/admin channels") == snapshot("""\

2 channels follow. In 2 of them the bot lacks rights.
LIST Channels that follow
  1. this channel
    deadlines, reminders, changes, materials · English · pings one role
    Since {Mon, 8 Apr 2030}
    The bot still needs: send messages, read the message history
  2. slack:C05
    deadlines · Japanese
    Since {Mon, 8 Apr 2030}
    By the bot's settings (LECTUREBOT_CHANNELS)
    The bot still needs: send messages, read the message history
NOTE Besides, 1 person gets reminders by direct message.
DONE, again: None
""")
        bot.language = "ja"
        assert await bot.transcript("/管理 投稿先") == snapshot("""\

2チャンネルに投稿しています。うち2チャンネルで権限が足りません。
LIST 投稿先
  1. このチャンネル
    締切、開催案内、変更、資料 · 英語 · ロール 1 つにメンション
    {2030/4/8(月)} から
    足りない権限：メッセージを送ること、メッセージの履歴を読むこと
  2. slack:C05
    締切 · 日本語
    {2030/4/8(月)} から
    ボットの設定による（LECTUREBOT_CHANNELS）
    足りない権限：メッセージを送ること、メッセージの履歴を読むこと
NOTE ほかに1人が DM でリマインドを受け取っています。
DONE, again: None
""")


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_many_channels_are_on_pages_by_the_numbers_that_name_them_and_pings_by_the_roles_name(
    language: Language,
) -> None:
    seen = SeenChannels()
    seen.names[somewhere("discord:role:77")] = "@listeners"
    async with looked_after(EXAMPLE, BEFORE_THREE, language, seen) as bot:
        for number in range(31):
            follower = Follower(somewhere(f"discord:{100 + number}"), BEFORE_THREE, ping="77")
            await bot.store.followers.follow(follower, "t", BEFORE_THREE)
        first, last = await bot.reply("/admin channels"), await bot.reply("/admin channels page=3")
        for reply, count, begins in ((first, 15, "1"), (last, 1, "31")):
            (listing,) = reply.parts
            assert isinstance(listing, Listing)
            assert len(listing.entries) == count
            assert listing.entries[0].title.startswith(begins)
            assert phrases(language)("overview.pings", role="@listeners") in listing.entries[0].lines[0]
            assert "31" in reply.headline


async def test_health_tells_that_all_is_well() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        assert await bot.transcript("/admin health") == snapshot("""\

All is well.
CARD open: The bot
  Discord = connected
  Slack = connected
  Home on Discord = discord:1 (set in LECTUREBOT_HOME)
  Database = fine
  Clock = right
  Schedule file = fine
  Posts = going out
  Next post = {Thu, 11 Apr 2030, 09:00 JST}
(All that is missing) -> admin todo
DONE, again: None
""")
        bot.language = "ja"
        assert await bot.transcript("/管理 状態") == snapshot("""\

正常に動いています。
CARD open: ボットの状態
  Discord = 接続中
  Slack = 接続中
  Discord のホーム = discord:1（LECTUREBOT_HOME で指定）
  データベース = 正常
  時計 = 正確
  講義データ = 正常
  投稿 = 投稿中
  次の投稿 = {2030/4/11(木) 09:00 JST}
(不足をすべて見る) -> admin todo
DONE, again: None
""")


async def test_health_tells_what_is_wrong() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        bot.condition = HealthReport(
            (("discord", False, "no network"), ("slack", True, "")),
            database=True,
            clock_skew=-31.2,
            mistakes=("a", "b"),
        )
        values = {"count": "2", "first": "lectures.yaml:3: a"}
        bot.alerts.report("file", [AlertSubject("file", "notice.broken_file", values, bot.now)])
        await bot.reply("/admin pause")
        assert await bot.transcript("/admin health") == snapshot("""\

There are 3 problems to look at.
CARD urgent: The bot
  Discord = not connected (no network)
  Slack = connected
  Home on Discord = discord:1 (set in LECTUREBOT_HOME)
  Database = fine
  Clock = off by 31 seconds: posts come early or late by as much
  Schedule file = 2 mistakes; the last good version is in service
  Posts = paused since {Mon, 8 Apr 2030, 12:00 JST}, by sumire
SECTION Trouble
  • The schedule's file has 2 mistakes, so the last good version stays in service. The first: lectures.yaml:3: a
NOTE On the bot's machine, this says more, and what to do: lecturebot doctor
(Resume posts) -> admin resume
(All that is missing) -> admin todo
DONE, again: None
""")


async def test_a_pause_is_told_as_it_begins_lasts_and_ends() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        assert await bot.transcript("/admin pause") == snapshot("""\

All posts are held back from now on, until /admin resume.
LIST Held back
  Lecture 3: a week before
    {Thu, 11 Apr 2030, 09:00 JST} · waits for /admin resume
    To: this channel
    Next Thu, 18 Apr, 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall,…
  Lecture 3: the day before the deadline
    {Tue, 16 Apr 2030, 12:00 JST} · waits for /admin resume
    To: this channel, slack:C05, 1 person by direct message
    Register by Wed, 17 Apr, noon: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00)
  Lecture 3: deadline today
    {Wed, 17 Apr 2030, 09:00 JST} · waits for /admin resume
    To: this channel, slack:C05
    Register today by noon: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00)
  Lecture 3: the morning of the day
    {Thu, 18 Apr 2030, 08:00 JST} · waits for /admin resume
    To: this channel, 1 person by direct message
    Today at 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall, Room 201,…
  Lecture 3: starting soon
    {Thu, 18 Apr 2030, 12:30 JST} · waits for /admin resume
    To: this channel
    Starting at 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall, Room…
  5 more posts
SECTION During the pause
  • Reminders and news of changes wait. Afterwards, only those go out that are still of use.
  • Earlier posts are still corrected. What you write with /admin announce goes out, and so do warnings to organizers.
  • Questions are answered as always.
(Resume posts) -> admin resume
DONE, again: None
""")  # noqa: E501
        bot.now = at("2030-04-11T09:00")
        await bot.ticks()
        again = await bot.reply("/admin pause", replace(ORGANIZER, name="ken"))
        assert again.headline == "Posts are held back already, since Mon, 8 Apr, 12:00 JST, by sumire."
        plan = await bot.reply("/admin plan")
        assert plan.headline == "Posts are paused: nothing goes out until /admin resume."
        assert bot.posted == []
        assert await bot.transcript("/admin resume") == snapshot("""\

Posts go out again. 1 post was waiting and goes out now.
LIST Going out now
  Lecture 3: a week before
    {Thu, 11 Apr 2030, 09:00 JST}
    To: this channel
    Next Thu, 18 Apr, 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall,…
(Pause posts) -> admin pause
DONE, again: None
""")  # noqa: E501
        await bot.ticks()
        assert [each.address for each in bot.posted] == [HERE]
        assert (await bot.reply("/admin resume")).headline == "Posts were not paused."


async def test_a_pause_for_a_time_says_what_it_holds_and_ends_by_itself() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        bot.now = at("2030-04-11T08:30")
        assert await bot.transcript("/admin pause 2h") == snapshot("""\

All posts are held back until Thu, 11 Apr, 10:30 JST, and then go out again by themselves.
LIST Held back
  Lecture 3: a week before
    {Thu, 11 Apr 2030, 09:00 JST} · waits until {Thu, 11 Apr 2030, 10:30 JST}
    To: this channel
    Next Thu, 18 Apr, 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall,…
SECTION During the pause
  • Reminders and news of changes wait. Afterwards, only those go out that are still of use.
  • Earlier posts are still corrected. What you write with /admin announce goes out, and so do warnings to organizers.
  • Questions are answered as always.
(Resume posts) -> admin resume
DONE, again: None
""")  # noqa: E501
        again = await bot.reply("/admin pause until 10:30", replace(ORGANIZER, name="ken"))
        assert (
            again.headline
            == "Posts are held back until Thu, 11 Apr, 10:30 JST already, since Thu, 11 Apr, 08:30 JST, by sumire."
        )
        longer = await bot.transcript("/admin pause until 4/19 12:00", replace(ORGANIZER, name="ken"))
        assert longer == snapshot("""\

All posts are held back until Fri, 19 Apr, 12:00 JST, and then go out again by themselves.
LIST Held back
  Lecture 3: a week before
    {Thu, 11 Apr 2030, 09:00 JST} · of no use after the pause, so it will not be sent
    To: this channel
    Next Thu, 18 Apr, 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall,…
  Lecture 3: the day before the deadline
    {Tue, 16 Apr 2030, 12:00 JST} · of no use after the pause, so it will not be sent
    To: this channel, slack:C05, 1 person by direct message
    Register by Wed, 17 Apr, noon: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00)
  Lecture 3: deadline today
    {Wed, 17 Apr 2030, 09:00 JST} · of no use after the pause, so it will not be sent
    To: this channel, slack:C05
    Register today by noon: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00)
  Lecture 3: the morning of the day
    {Thu, 18 Apr 2030, 08:00 JST} · of no use after the pause, so it will not be sent
    To: this channel, 1 person by direct message
    Today at 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall, Room 201,…
  Lecture 3: starting soon
    {Thu, 18 Apr 2030, 12:30 JST} · of no use after the pause, so it will not be sent
    To: this channel
    Starting at 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall, Room…
SECTION During the pause
  • Reminders and news of changes wait. Afterwards, only those go out that are still of use.
  • Earlier posts are still corrected. What you write with /admin announce goes out, and so do warnings to organizers.
  • Questions are answered as always.
(Resume posts) -> admin resume
DONE, again: None
""")  # noqa: E501
        plan = await bot.reply("/admin plan")
        assert plan.headline == "Posts are paused until Fri, 19 Apr, 12:00 JST, and then go out again by themselves."
        bot.now = at("2030-04-11T10:30")
        await bot.reply("/admin pause 1h")
        assert (
            await bot.reply("/admin health")
        ).headline == "Posts are paused until Thu, 11 Apr, 11:30 JST, and then go out again by themselves."
        bot.now = at("2030-04-11T11:30")
        assert (await bot.reply("/admin health")).headline == "All is well."
        assert (await bot.reply("/admin resume")).headline == "Posts were not paused."


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("30m", "2030-04-08T12:30"),
        ("1h30m", "2030-04-08T13:30"),
        ("for 2 hours and 5 minutes", "2030-04-08T14:05"),
        ("2時間", "2030-04-08T14:00"),
        ("２時間半", "2030-04-08T14:30"),
        ("3日間", "2030-04-11T12:00"),
        ("until 18:00", "2030-04-08T18:00"),
        ("18時まで", "2030-04-08T18:00"),
        ("until 9:00", "2030-04-09T09:00"),
        ("明日 9:00まで", "2030-04-09T09:00"),
        ("until Friday 8:00", "2030-04-12T08:00"),
        ("4/20 10:00", "2030-04-20T10:00"),
    ],
)
async def test_how_the_end_of_a_pause_is_written(typed: str, end: str) -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await bot.reply(f"/admin pause {typed}")
        held = await bot.store.pauses.pause(BEFORE_THREE)
        assert held
        assert held.until == at(end)


async def test_the_same_pause_in_japanese() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE, "ja") as bot:
        assert await bot.transcript("/管理 一時停止") == snapshot("""\

投稿を一時停止しました。/admin resume で再開するまで続きます。
SECTION 止まる投稿
  | その間に予定されている投稿はありません。
SECTION 一時停止中の動作
  • 講義のお知らせと変更の通知は送らずに待ちます。再開すると、まだ役に立つものだけを送ります。
  • 投稿済みのお知らせの訂正、/admin announce の投稿、世話人への連絡は続けます。
  • 質問には普段どおり答えます。
(投稿を再開) -> admin resume
DONE, again: None
""")
        assert await bot.transcript("/管理 投稿再開") == snapshot("""\

投稿を再開しました。待っている投稿はありません。
(投稿を一時停止) -> admin pause
DONE, again: None
""")


async def test_what_was_called_off_is_planned_no_more() -> None:
    off = tuple(replace(each, status=Status.CANCELLED) for each in EXAMPLE.lectures)
    async with looked_after(replace(EXAMPLE, lectures=off), BEFORE_THREE) as bot:
        await followed(bot)
        assert (await bot.reply("/admin plan")).headline == "No posts are planned."
    async with looked_after(series_of(), BEFORE_THREE) as bot:
        assert (await bot.reply("/admin health")).headline == "All is well."


BEFORE_FOUR = at("2030-05-16T12:00")


async def test_what_is_missing_is_told_by_lecture_the_next_one_first() -> None:
    async with looked_after(EXAMPLE, BEFORE_FOUR) as bot:
        assert await bot.transcript("/admin todo") == snapshot("""\

Lecture 4 (Mon, 20 May) lacks: registration form, venue, title, abstract. 2 more lectures lack something.
LIST What is missing
  Lecture 4: The Far Side of the Moon (tentative title)
    {Mon, 20 May 2030}, 4 days to go
    No registration form yet: /admin registration 4 https://forms.gle/example4
    The venue is tentative. To confirm it: /admin venue 4 Institute of Tides
    The title is a working title. To confirm it: /admin title 4 final
    No abstract yet: /admin edit 4 abstract Text of the abstract
  Lecture 3: Galaxies seen by Machine Learning
    {Thu, 18 Apr 2030}, 28 days ago
    No materials yet: /admin material 3 Slides https://example.org/slides.pdf
    If there will be none: /admin material 3 Slides none
  Lecture 2: The Companion of Sirius
    {Thu, 14 Mar 2030}, 63 days ago
    Still “in preparation” (Video): /admin material 2 Video https://example.org/material
    If there will be none: /admin material 2 Video none
(Lecture 4) -> lecture 4
(Lecture 3) -> lecture 3
(Lecture 2) -> lecture 2
DONE, again: None
""")


async def test_what_is_missing_in_japanese() -> None:
    async with looked_after(EXAMPLE, BEFORE_FOUR, "ja") as bot:
        assert await bot.transcript("/管理 不足") == snapshot("""\

第4回（5/20(月)）の不足：参加登録フォーム、会場、題目、概要。ほかに2回分の不足があります。
LIST 不足しているもの
  第4回\u3000月の裏側（仮題）
    {2030/5/20(月)}（あと4日）
    参加登録フォームがありません：/admin registration 4 https://forms.gle/example4
    会場が予定のままです。確定するには：/admin venue 4 潮の研究所
    題目が仮のままです。確定するには：/admin title 4 確定
    概要がありません：/admin edit 4 abstract 概要の文章
  第3回\u3000機械学習で見る銀河
    {2030/4/18(木)}（28日前）
    資料がありません：/admin material 3 スライド https://example.org/slides.pdf
    公開しない場合：/admin material 3 スライド なし
  第2回\u3000シリウスの伴星
    {2030/3/14(木)}（63日前）
    「準備中」のままです（動画）：/admin material 2 動画 https://example.org/material
    公開しない場合：/admin material 2 動画 なし
(第4回) -> lecture 4
(第3回) -> lecture 3
(第2回) -> lecture 2
DONE, again: None
""")


async def test_trouble_and_a_pause_come_first() -> None:
    async with looked_after(series_of(), BEFORE_THREE) as bot:
        refused = {"where": "slack:C05", "detail": "not_in_channel"}
        bot.alerts.tell(AlertSubject("a", "notice.refused.closed", refused, BEFORE_THREE))
        broken = AlertSubject("b", "notice.broken_file", {"count": "1", "first": "x"}, BEFORE_THREE)
        bot.alerts.report("file", [broken])
        await bot.reply("/admin pause")
        assert await bot.transcript("/admin todo") == snapshot("""\

There are 2 problems to look at.
SECTION Trouble
  • All posts are held back since {Mon, 8 Apr 2030, 12:00 JST}, by sumire. To let them go out again: /admin resume
  • The schedule's file has 1 mistakes, so the last good version stays in service. The first: x
  • slack:C05 takes no direct messages (not_in_channel).
DONE, again: None
""")


async def test_when_all_is_well_it_says_so() -> None:
    async with looked_after(replace(EXAMPLE, lectures=()), BEFORE_THREE) as bot:
        assert await bot.transcript("/admin todo") == snapshot("""\

Nothing is missing.
DONE, again: None
""")


async def test_many_lectures_come_page_by_page() -> None:
    series = series_of(*(dated(number, f"2030-04-{8 + number:02}T13:00") for number in range(1, 13)))
    async with looked_after(series, BEFORE_THREE) as bot:
        shown = []
        for page in (1, 2, 3):
            reply = await bot.reply(f"/admin todo page={page}")
            (listing,) = [part for part in reply.parts if isinstance(part, Listing)]
            shown += [entry.title for entry in listing.entries]
            assert [each.line for each in reply.actions if "page" in each.line] == [
                f"admin todo page={each}" for each in (page - 1, page + 1) if 1 <= each <= 3
            ]
        assert len(set(shown)) == 12
