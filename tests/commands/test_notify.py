"""`/notify`, as an executable manual."""

import pytest
from inline_snapshot import snapshot

from bot.announcements.poster import Refusal, Refused
from bot.commands.context import ReplyStatus
from bot.commands.parser import Request, User
from bot.commands.router import CommandRouter
from bot.domain.subscriptions import Follower, Topic
from tests.commands.acting import ALONE, MEMBER, MODERATOR, counter, somewhere
from tests.commands.transcripts import numbered_calendar
from tests.examples import BEFORE_THREE, EXAMPLE

USUAL = frozenset({Topic.DEADLINES, Topic.REMINDERS, Topic.CHANGES})


async def test_nobody_is_reminded_of_anything_unasked() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        assert await at.transcript("/notify") == snapshot("""\

You get no reminders.
NOTE Examples: /notify on, /notify 3 on, /notify materials on, /notify off
(Remind me of all) -> notify on
DONE, again: None
""")
        assert await at.store.followers.followers() == []


async def test_reminders_of_everything_in_the_language_in_which_they_were_asked_for() -> None:
    async with counter(EXAMPLE, BEFORE_THREE, "ja") as at:
        assert await at.transcript("/notify on", ALONE) == snapshot("""\

すべての講義について、締切の前、当日の朝、変更があったときにダイレクトメッセージでお知らせします。
CARD plain: リマインドの設定
  対象 = すべての講義
  種類 = 締切、開催案内、変更
  次のリマインド = {2030/4/16(火) 12:00 JST}
NOTE 例：/notify on、/notify 3 on、/notify materials on、/notify off
(締切をオフにする) -> notify deadlines off
(開催案内をオフにする) -> notify reminders off
(変更をオフにする) -> notify changes off
(資料をオンにする) -> notify materials on
(種類を選ぶ) -> notify choose=topics
(すべてのリマインドを止める) -> notify off
DONE, again: None
""")
        assert await at.store.followers.followers() == [Follower(ALONE.person, BEFORE_THREE, USUAL, None, "ja")]
        assert (await at.reply("/notify off")).headline == "リマインドをすべて止めました。"
        assert await at.store.followers.followers() == []


async def test_reminders_of_one_lecture_and_then_of_another_and_then_of_neither() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        assert await at.transcript("notify 3 on") == snapshot("""\

You will be reminded by direct message: Lecture 3: Galaxies seen by Machine Learning
CARD plain: Your reminders
  About = lecture 3
  Topics = deadlines, reminders, changes
  Next reminder = {Tue, 16 Apr 2030, 12:00 JST}
NOTE Examples: /notify on, /notify 3 on, /notify materials on, /notify off
(Switch deadlines off) -> notify deadlines off
(Switch reminders off) -> notify reminders off
(Switch changes off) -> notify changes off
(Switch materials on) -> notify materials on
(Choose) -> notify choose=topics
(Stop all reminders) -> notify off
DONE, again: None
""")
        await at.reply("/notify 4")
        follower = await at.store.followers.follower(MEMBER.person)
        assert follower
        assert follower.lectures == frozenset({"3", "4"})
        assert (await at.reply("/notify 3 off")).headline == "You will get no more reminders of lecture 3."
        await at.reply("/notify 4 off")
        assert await at.store.followers.follower(MEMBER.person) is None


@pytest.mark.parametrize("line", ["/notify リマインド", "/notify リマインド オン", "/notify 全部"])
async def test_reminders_by_that_name_are_all_of_them(line: str) -> None:
    async with counter(EXAMPLE, BEFORE_THREE, "ja") as at:
        await at.reply(line, ALONE)
        (follower,) = await at.store.followers.followers()
        assert (follower.lectures, follower.topics) == (None, USUAL)


async def test_a_topic_is_switched_by_its_name_in_either_language() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        await at.reply("/notify on")
        assert (await at.reply("/notify 資料 on")).headline == "You will be told of materials."
        await at.reply("/notify deadlines off")
        follower = await at.store.followers.follower(MEMBER.person)
        assert follower
        assert follower.topics == {Topic.REMINDERS, Topic.CHANGES, Topic.MATERIALS}
        for topic in follower.topics:
            await at.reply(f"/notify {topic} off")
        assert await at.store.followers.followers() == []


async def test_who_is_reminded_of_all_lectures_can_not_leave_out_one() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        await at.reply("/notify on")
        assert (await at.reply("/notify 3 on")).headline == "Lecture 3 is included: you get reminders of all lectures."
        kept = await at.reply("/notify 3 off")
        assert kept.headline.startswith("You get reminders of all lectures;")
        assert kept.actions[-1].line == "notify off"


@pytest.mark.parametrize("line", ["/notify 1 on", "/notify 99 on", "/notify 98 99 on", "/notify nonsense on"])
async def test_what_can_not_be_reminded_of_is_said(line: str) -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        assert (await at.reply(line)).outcome is not ReplyStatus.DONE
        assert await at.store.followers.followers() == []


async def test_every_button_of_every_answer_leads_on() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        lines = {"notify", "notify on", "notify 3 on", "notify materials on", "notify off"}
        for _ in range(2):
            for line in sorted(lines):
                reply = await at.reply(line)
                assert reply.outcome is ReplyStatus.DONE, line
                lines |= {action.line for action in reply.actions}


async def test_pings_are_opted_in_to_and_out_of_where_a_channel_has_a_role_for_them() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        assert (await at.reply("/notify pings on")).outcome is ReplyStatus.NOT_FOUND
        await at.reply("/follow <@&77>", MODERATOR)
        assert (await at.reply("/notify pings on")).headline == (
            "You will be pinged here for deadlines, postponements, cancellations and urgent changes."
        )
        assert (await at.reply("/notify pings off")).headline == "You will no longer be pinged here."
        assert at.channels.groups == [(MEMBER.person, "77", True), (MEMBER.person, "77", False)]
        at.channels.outcome = Refused(Refusal.RIGHTS, "50013")
        assert "manage roles" in (await at.reply("/notify pings on")).headline


async def test_on_slack_people_join_the_group_themselves() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        here = somewhere("slack:C05")
        await at.reply("/follow <!subteam^S05|@lectures>", User(somewhere("slack:U01"), here, manages_channel=True))
        reply = await at.reply("/notify pings on", User(somewhere("slack:U02"), here))
        assert "User groups" in reply.headline


async def test_nothing_is_changed_for_somebody_unknown_or_without_a_database() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        unknown = await at.router.execute(Request("/notify on", "en"))
        assert unknown.outcome is ReplyStatus.REFUSED
    router = CommandRouter(lambda: EXAMPLE, lambda: BEFORE_THREE, numbered_calendar)
    away = await router.execute(Request("/notify on", "en", user=MEMBER))
    assert away.headline.startswith("The bot can't reach its database at the moment.")
