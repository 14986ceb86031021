"""The App Home: what members see of it, what only organizers see, and what its switches do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import orjson
import pytest
import structlog
from inline_snapshot import snapshot

from bot.commands.access import Access
from bot.commands.context import CommandServices, Reply
from bot.commands.parser import Request
from bot.commands.parser import User as Member
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.series import Series
from bot.domain.subscriptions import Follower, Topic
from bot.i18n import phrases
from bot.platforms.slack import SlackPlatform
from bot.platforms.slack.client import Web
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.home import Home
from bot.storage import open_store
from tests.commands.acting import SeenChannels, somewhere
from tests.commands.admin.looking_after import ELSEWHERE, LookedAfter, looked_after
from tests.commands.transcripts import numbered_calendar
from tests.examples import BEFORE_THREE, EXAMPLE, OPEN, at, both, dated, series_of, with_lecture
from tests.platforms.slack.conftest import FAST
from tests.schedule.editing_room import FILE, editing_room
from tests.standins.slack import Drop, Error, LoseAnswer, SlackStandIn, Status, View
from tests.standins.slack.state import User

GLANCING = replace(FAST, home_check=0.02)


class FrailRouter(CommandRouter):
    """A router that has defects in `broken` lines, and whose services may be `away`."""

    def __init__(self, bot: LookedAfter) -> None:
        self.broken: set[str] = set()
        self.away = False
        super().__init__(
            lambda: bot.series, lambda: bot.now, numbered_calendar, lambda: None if self.away else bot.services
        )

    async def execute(self, request: Request) -> Reply:
        if request.line in self.broken:
            raise ZeroDivisionError("a defect")
        return await super().execute(request)


@dataclass
class Served:
    """A bot whose home people open, and who they are: a member and an organizer of each language."""

    slack: SlackStandIn
    bot: LookedAfter
    router: FrailRouter
    member: User
    organizer: User

    async def opened(self, user: User) -> View:
        """The home as that person sees it after opening it."""
        before = len(self.slack.calls_of("views.publish"))
        await self.slack.open_home(user)
        await self.slack.until(lambda: len(self.slack.calls_of("views.publish")) > before)
        return await shown(self.slack, user)

    async def pressed(self, user: User, value: str, words: str) -> View:
        """The home after a button was pressed, once it shows these words."""
        await self.slack.click(self.slack.homes[user], value=value)
        return await shown(self.slack, user, words)


async def shown(slack: SlackStandIn, user: User, words: str = "") -> View:
    """The home of that person, once it shows these words."""

    def view() -> View | None:
        found = slack.homes.get(user)
        return found if found and words in found.shown.replace("\n", "") else None

    return cast(View, await slack.until(view))


async def modal(slack: SlackStandIn, user: User, words: str) -> View:
    """The modal on top of that person's screen, once it shows these words."""

    def view() -> View | None:
        found = slack.modal(user)
        return found if found and words in found.shown.replace("\n", "") else None

    return cast(View, await slack.until(view))


def lines(view: View) -> list[str]:
    """The command lines of all buttons and menus."""
    return [each["value"] for shown in view.elements for each in shown.get("options", [shown]) if "value" in each]


@asynccontextmanager
async def serving(slack: SlackStandIn, router: CommandRouter, prefix: str = "") -> AsyncIterator[None]:
    """Serves the workspace from this router."""
    platform = SlackPlatform(
        slack.bot_token, slack.app_token, slack.signing_secret, slack.api_url, CommandNames(prefix), timings=GLANCING
    )
    running = asyncio.create_task(platform.run(router))
    await slack.socket.connected()
    try:
        yield
    finally:
        await platform.close()
        await asyncio.gather(running, return_exceptions=True)


@asynccontextmanager
async def serving_series(slack: SlackStandIn, series: Series, prefix: str = "") -> AsyncIterator[Served]:
    async with looked_after(series, BEFORE_THREE) as bot:
        router = FrailRouter(bot)
        async with serving(slack, router, prefix):
            yield Served(
                slack, bot, router, slack.users.add("hanako"), slack.users.add("sumire", locale="en-US", admin=True)
            )


@pytest.fixture
async def served(slack: SlackStandIn) -> AsyncIterator[Served]:
    """The example series, ten days before its third lecture."""
    async with serving_series(slack, EXAMPLE) as served:
        yield served


async def test_a_member_sees_what_is_next_what_is_to_come_and_the_own_reminders(served: Served) -> None:
    home = await served.opened(served.member)
    assert home.shown == snapshot("""\
As of Mon, 8 Apr, 12:00 JST
Thu, 18 Apr: lecture 3 (Tsubasa Ozora)
Lecture 3: Galaxies seen by Machine Learning
Tsubasa Ozora (Galaxy University)
Thu, 18 Apr, 13:00–17:00 JST (in 10 days)
<https://maps.example/west|Galaxy University, West Hall, Room 201>
In person and online
in Japanese
Please bring binoculars.
Register by Wed, 17 Apr, 12:00
Shapes of galaxies are classified.
Register
Whole abstract
Calendar
Remind me
There are 4 lectures ahead.
Lectures ahead
Lecture 3: Galaxies seen by Machine Learning

Thu, 18 Apr, 13:00–17:00 · Tsubasa Ozora · registration open


Lecture 4: The Far Side of the Moon (tentative title)

Mon, 20 May, 10:00–12:00 · Hikaru Tsukishima
Institute of Tides (tentative; not the usual venue)


Lecture 5 (title to be announced)

Mon, 17 June, time to be announced · Seiko Nagare


Lecture 6 (title to be announced)

Date to be announced
Choose a lecture
Choose one
Lecture 3: Galaxies seen by Machine Learning
Thu, 18 Apr 2030 · Tsubasa Ozora
Lecture 4: The Far Side of the Moon (tentative title)
Mon, 20 May 2030 · Hikaru Tsukishima
Lecture 5 (title to be announced)
Mon, 17 June 2030 · Seiko Nagare
Lecture 6 (title to be announced)
All materials
Past lectures
You get no reminders.
Remind me of all
/lecturebot help shows what you can ask.\
""")
    assert lines(home) == snapshot(
        [
            "lecture 3 part=abstract",
            "calendar 3",
            "notify 3 on",
            "lecture 3",
            "lecture 4",
            "lecture 5",
            "lecture 6",
            "materials",
            "lectures past",
            "notify on",
        ]
    )


async def test_a_member_sees_it_in_japanese(served: Served) -> None:
    served.member.locale = "ja-JP"
    assert (await served.opened(served.member)).shown == snapshot("""\
4/8(月) 12:00 JST 現在
次回：4/18(木)、第3回（大空 翼）
第3回 機械学習で見る銀河
大空 翼（銀河大）
4/18(木) 13:00–17:00 JST（あと10日）
<https://maps.example/west|銀河大学 西館 201教室>
対面とオンライン
双眼鏡をお持ちください。
締切 4/17(水) 12:00
銀河の形を分類します。
参加登録
概要の全文
カレンダー
リマインド
今後の予定は4回です。
今後の講義
第3回 機械学習で見る銀河

4/18(木) 13:00–17:00 · 大空 翼 · 受付中


第4回 月の裏側（仮題）

5/20(月) 10:00–12:00 · 月島 光
潮の研究所（予定、いつもと異なります）


第5回（題目未定）

6/17(月)・時刻未定 · 流 星子


第6回（題目未定）

日程未定
講義を選ぶ
選択してください
第3回 機械学習で見る銀河
2030/4/18(木) · 大空 翼
第4回 月の裏側（仮題）
2030/5/20(月) · 月島 光
第5回（題目未定）
2030/6/17(月) · 流 星子
第6回（題目未定）
これまでの資料
これまでの講義
リマインドは設定されていません。
すべてリマインドする
/lecturebot help で使い方を表示します。\
""")


async def test_an_organizer_sees_what_is_missing_the_forms_and_the_posts_to_come(served: Served) -> None:
    await served.bot.store.followers.follow(Follower(ELSEWHERE, BEFORE_THREE, language="en"), "test", BEFORE_THREE)
    member, organizer = await served.opened(served.member), await served.opened(served.organizer)
    assert organizer.shown.startswith(member.shown.removesuffix("/lecturebot help shows what you can ask."))
    assert organizer.shown.removeprefix(
        member.shown.removesuffix("/lecturebot help shows what you can ask.")
    ) == snapshot("""\
Only organizers see what follows. Nothing is missing.
Edit the schedule. What would follow is shown before anything is changed.
Edit another lecture
Choose one
Lecture 2: The Companion of Sirius · Kaoru Hoshino · Thu, 14 Mar 2030
Lecture 1: Phases of the Moon · Hikaru Tsukishima · Thu, 14 Feb 2030
Edit lecture 3
Edit lecture 4
Edit lecture 5
Edit lecture 6
Add a lecture
Undo the last change
The next post goes out on Thu, 11 Apr, 09:00 JST (lecture 3: a week before).
Posts to come
Lecture 3: a week before

Thu, 11 Apr 2030, 09:00 JST
To: slack:C05
Next Thu, 18 Apr, 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall,…


Lecture 3: the day before the deadline

Tue, 16 Apr 2030, 12:00 JST
To: slack:C05
Register by Wed, 17 Apr, noon: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00)


Lecture 3: deadline today

Wed, 17 Apr 2030, 09:00 JST
To: slack:C05
Register today by noon: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora, Thu, 18 Apr, 13:00)


Lecture 3: the morning of the day

Thu, 18 Apr 2030, 08:00 JST
To: slack:C05
Today at 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall, Room 201,…


Lecture 3: starting soon

Thu, 18 Apr 2030, 12:30 JST
To: slack:C05
Starting at 13:00: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Galaxy University, West Hall, Room…
All posts to come
Pause posts
/lecturebot help shows what you can ask.\
""")
    assert lines(organizer)[len(lines(member)) :] == snapshot(
        [
            "admin edit 2",
            "admin edit 1",
            "admin edit 3",
            "admin edit 4",
            "admin edit 5",
            "admin edit 6",
            "admin add",
            "admin undo",
            "admin plan",
            "admin pause",
        ]
    )


async def test_an_organizer_sees_it_in_japanese(served: Served) -> None:
    served.organizer.locale = "ja-JP"
    home = await served.opened(served.organizer)
    assert home.shown.partition("すべてリマインドする\n")[2] == snapshot("""\
ここから下は世話人にだけ表示されます。不足はありません。
予定の編集。変更する前に、その影響をお見せします。
ほかの講義を編集
選択してください
第2回 シリウスの伴星 · 星野 かおる · 2030/3/14(木)
第1回 月の満ち欠け · 月島 光 · 2030/2/14(木)
第3回を編集
第4回を編集
第5回を編集
第6回を編集
講義を追加
直前の変更を取り消す
投稿の予定はありません。
投稿には、日程の決まった講義と、投稿先のチャンネル（/lecturebot follow）が必要です。
投稿を一時停止
/lecturebot help で使い方を表示します。\
""")


async def test_nothing_of_the_organizers_part_reaches_a_member(served: Served) -> None:
    home = await served.opened(served.member)
    assert b"admin" not in orjson.dumps(home.body)
    assert "organizers" not in home.shown


async def test_a_switch_is_shown_on_by_the_home_itself(served: Served) -> None:
    await served.opened(served.member)
    home = await served.pressed(served.member, "notify on", "You get reminders by direct message.")
    assert "notify materials on" in lines(home)
    home = await served.pressed(served.member, "notify materials on", "Switch materials off")
    home = await served.pressed(served.member, "notify deadlines off", "Switch deadlines on")
    assert "deadlines, " not in home.shown
    follower = await served.bot.store.followers.follower(somewhere(f"slack:{served.member.id}"))
    assert follower
    assert follower.topics == {Topic.REMINDERS, Topic.CHANGES, Topic.MATERIALS}
    await served.pressed(served.member, "notify off", "You get no reminders.")
    assert served.slack.modal(served.member) is None


async def test_a_switch_stays_on_over_a_restart(slack: SlackStandIn, tmp_path: Path) -> None:
    alice = slack.user

    @asynccontextmanager
    async def started() -> AsyncIterator[None]:
        async with open_store(tmp_path / "lecturebot.db", EXAMPLE.timezone) as store:
            services = CommandServices(store.followers, SeenChannels())
            async with serving(
                slack, CommandRouter(lambda: EXAMPLE, lambda: BEFORE_THREE, numbered_calendar, lambda: services)
            ):
                yield

    async with started():
        await slack.open_home()
        await slack.click(await shown(slack, alice, "You get no reminders."), value="notify 3 on")
        home = await shown(slack, alice, "About: lecture 3")
    async with started():
        await slack.click(home, value="notify materials on")  # of the home that was there before
        await shown(slack, alice, "Switch materials off")
        await shown(slack, alice, "About: lecture 3")


async def test_the_reminder_of_one_lecture_is_switched_on_where_the_lecture_is_shown(served: Served) -> None:
    await served.opened(served.member)
    await served.slack.select(served.slack.homes[served.member], "lecture 4")
    window = await modal(served.slack, served.member, "The Far Side")
    await served.slack.click(window, value="notify 4 on")
    await modal(served.slack, served.member, "You will be reminded by direct message")
    await shown(served.slack, served.member, "About: lecture 4")


async def test_a_press_that_changes_nothing_to_be_seen_is_answered_in_a_window(served: Served) -> None:
    await served.opened(served.member)
    await served.pressed(served.member, "notify on", "You get reminders by direct message.")
    await served.slack.click(served.slack.homes[served.member], value="notify 3 on")
    await modal(served.slack, served.member, "Lecture 3 is included: you get reminders of all lectures.")


async def test_of_several_presses_at_once_the_home_shows_all(served: Served) -> None:
    home = await served.opened(served.member)
    home = await served.pressed(served.member, "notify on", "Stop all reminders")
    values = ["notify deadlines off", "notify changes off", "notify materials on"]
    await asyncio.gather(*(served.slack.click(home, value=value) for value in values))
    await shown(served.slack, served.member, "Topics: reminders, materials")


async def test_twins_of_a_press_and_of_an_opening_are_answered_once(served: Served) -> None:
    opened = await served.slack.open_home(served.member)
    await served.slack.repeat(opened)
    home = await shown(served.slack, served.member)
    pressed = await served.slack.click(home, value="notify on")
    await served.slack.repeat(pressed)
    await shown(served.slack, served.member, "You get reminders by direct message.")
    assert len(served.slack.calls_of("views.publish")) == 2
    assert served.slack.modal(served.member) is None


async def test_a_home_that_could_not_be_shown_is_shown_when_the_event_comes_again(served: Served) -> None:
    served.slack.faults.add("views.publish", Error("user_not_found"))
    served.slack.ack_within = 1.0
    opened = await served.slack.open_home(served.member)
    await shown(served.slack, served.member, "Thu, 18 Apr: lecture 3")
    assert opened.deliveries == 2


@pytest.mark.parametrize("fault", [Drop(), LoseAnswer(), Status(503)], ids=["dropped", "answer lost", "503"])
async def test_a_home_of_which_it_is_unknown_whether_it_is_shown_is_shown_again(
    served: Served, fault: Drop | LoseAnswer | Status
) -> None:
    home = await served.opened(served.member)
    served.slack.faults.add("views.publish", fault)
    pressed = await served.slack.click(home, value="notify on")
    await served.slack.until(lambda: len(served.slack.calls_of("views.publish")) == 3)
    await shown(served.slack, served.member, "You get reminders by direct message.")
    assert pressed.deliveries == 1


async def test_a_switch_whose_home_could_not_be_shown_is_answered_in_a_window(served: Served) -> None:
    home = await served.opened(served.member)
    served.slack.faults.add("views.publish", Error("user_not_found"))
    with structlog.testing.capture_logs() as logged:
        await served.slack.click(home, value="notify on")
        await modal(served.slack, served.member, "You will be reminded of every lecture")
    assert [(each["event"], each["problem"]) for each in logged] == [
        ("slack.home_not_shown", "views.publish: user_not_found")
    ]


async def test_without_a_database_the_rest_is_shown_and_said_what_is_lacking(served: Served) -> None:
    served.router.away = True
    home = await served.opened(served.organizer)
    sorry = "Your reminders can't be shown at the moment. Please open this page again in a minute."
    assert sorry in home.shown
    assert "Thu, 18 Apr: lecture 3 (Tsubasa Ozora)" in home.shown
    assert "Lectures ahead" in home.shown
    assert b"admin" not in orjson.dumps(home.body)
    await served.slack.click(home, value="notify 3 on")
    await modal(served.slack, served.organizer, "The bot can't reach its database at the moment.")
    served.router.away = False
    assert sorry not in (await served.opened(served.organizer)).shown


@pytest.mark.parametrize(
    ("broken", "sorry"),
    [
        ("next", "Sorry, that could not be answered. Please try again in a while."),
        ("lectures", "Sorry, that could not be answered. Please try again in a while."),
        ("notify", "Your reminders can't be shown at the moment. Please open this page again in a minute."),
        ("admin plan", "The posts to come can't be shown at the moment. Please open this page again in a minute."),
    ],
)
async def test_a_defect_in_one_part_leaves_the_others(served: Served, broken: str, sorry: str) -> None:
    served.router.broken = {broken}
    with structlog.testing.capture_logs() as logged:
        left = (await served.opened(served.organizer)).shown.splitlines()
    headlines = {
        "next": "Thu, 18 Apr: lecture 3 (Tsubasa Ozora)",
        "lectures": "There are 4 lectures ahead.",
        "notify": "You get no reminders.",
        "admin plan": "No posts are planned.",
    }
    assert [line for line in left if line in {*headlines.values(), sorry}] == [
        sorry if line == broken else headline for line, headline in headlines.items()
    ]
    assert ("slack.home_part_failed", broken) in [(each["event"], each.get("line")) for each in logged]


async def test_a_defect_shows_nobody_what_is_for_organizers_alone(served: Served) -> None:
    served.router.broken = {"admin todo"}
    assert b"admin" not in orjson.dumps((await served.opened(served.organizer)).body)


async def test_holding_posts_back_is_explained_and_the_home_offers_the_way_back(served: Served) -> None:
    home = await served.opened(served.organizer)
    assert "admin resume" not in lines(home)
    await served.slack.click(home, value="admin pause")
    await modal(served.slack, served.organizer, "All posts are held back from now on, until /lecturebot admin resume.")
    home = await shown(served.slack, served.organizer, "Resume posts")
    assert "admin pause" not in lines(home)
    await served.slack.click(home, value="admin resume")
    await shown(served.slack, served.organizer, "Pause posts")


async def test_who_is_no_organizer_any_more_sees_nothing_of_it_when_opening_it_again(
    slack: SlackStandIn, served: Served
) -> None:
    home = await served.opened(served.organizer)
    served.bot.services = replace(served.bot.services, access=Access(frozenset({somewhere("slack:U77")})))
    await slack.click(home, value="admin pause")
    await modal(slack, served.organizer, phrases("en")("access.not_named"))
    assert b"admin" not in orjson.dumps((await served.opened(served.organizer)).body)


async def test_a_home_says_from_when_it_is(served: Served) -> None:
    assert (await served.opened(served.member)).shown.startswith("As of Mon, 8 Apr, 12:00 JST\n")
    served.bot.now += timedelta(hours=26)
    assert (await served.opened(served.member)).shown.startswith("As of Tue, 9 Apr, 14:00 JST\n")


async def test_a_home_that_is_looked_at_follows_the_schedule(served: Served) -> None:
    await served.opened(served.member)
    await asyncio.sleep(0.1)
    assert len(served.slack.calls_of("views.publish")) == 1
    served.bot.series = with_lecture(EXAMPLE, replace(OPEN, title=both("星雲", "Nebulae")))
    await shown(served.slack, served.member, "Lecture 3: Nebulae")
    served.bot.now = at("2030-04-17T12:00")
    await shown(served.slack, served.member, "Registration is closed.")


async def test_a_home_opened_long_ago_waits_until_it_is_opened_again(slack: SlackStandIn, served: Served) -> None:
    now, web = 0.0, Web(slack.bot_token, slack.api_url, lambda _: None)

    async def language(_: str) -> Language:
        return "en"

    async def user(person: str) -> Member:
        return Member(somewhere(f"slack:{person}"))

    home = Home(served.router, web, CommandNames(), language, user, lambda: now)
    try:
        assert not await home.refresh(served.member.id)
        await home.open(served.member.id)
        now = 3599.0
        assert await home.refresh(served.member.id)
        now = 3601.0
        assert not await home.refresh(served.member.id)
        assert len(slack.calls_of("views.publish")) == 2
    finally:
        await web.close()


async def test_what_is_missing_comes_with_forms_for_lectures_that_are_over_too(served: Served) -> None:
    served.bot.now = at("2030-05-10T12:00")
    home = await served.opened(served.organizer)
    assert (
        "Only organizers see what follows. Lecture 4 (Mon, 20 May) lacks: registration form, venue, title, abstract."
        in home.shown
    )
    assert home.shown.partition("lacks something.\n")[2].partition("Add a lecture")[0] == snapshot("""\
What is missing
Lecture 4: The Far Side of the Moon (tentative title)

Mon, 20 May 2030, 10 days to go
No registration form yet: /lecturebot admin registration 4 \n\
https://forms.gle/example4

The venue is tentative. To confirm it: /lecturebot admin venue 4 Institute of Tides
The title is a working title. To confirm it: /lecturebot admin title 4 final
No abstract yet: /lecturebot admin edit 4 abstract Text of the abstract


Lecture 3: Galaxies seen by Machine Learning

Thu, 18 Apr 2030, 22 days ago
No materials yet: /lecturebot admin material 3 Slides \n\
https://example.org/slides.pdf

If there will be none: /lecturebot admin material 3 Slides none
Edit the schedule. What would follow is shown before anything is changed.
Edit another lecture
Choose one
Lecture 2: The Companion of Sirius · Kaoru Hoshino · Thu, 14 Mar 2030
Lecture 1: Phases of the Moon · Hikaru Tsukishima · Thu, 14 Feb 2030
Edit lecture 3
Edit lecture 4
Edit lecture 5
Edit lecture 6
""")
    assert [line for line in lines(home) if line.startswith("admin edit")] == snapshot(
        ["admin edit 2", "admin edit 1", "admin edit 3", "admin edit 4", "admin edit 5", "admin edit 6"]
    )


async def test_a_long_series_fits_and_every_lecture_can_be_edited(slack: SlackStandIn) -> None:
    lectures = [dated(number, f"2030-{4 + number // 28:02}-{number % 28 + 1:02}T13:00") for number in range(8, 68)]
    titled = [replace(each, title=both("長い題目" * 40, "A long title " * 20)) for each in lectures]
    async with serving_series(slack, series_of(*titled)) as served:
        home = await served.opened(served.organizer)
        assert "There are 60 lectures ahead." in home.shown
        assert len(home.blocks) <= 100
        edited = [int(line.split()[-1]) for line in lines(home) if line.startswith("admin edit")]
        assert sorted(edited) == [*range(8, 68)]
        await slack.click(home, value="lectures page=2")
        await modal(slack, served.organizer, "Page 2 of 10")


async def test_commands_are_spelled_as_the_workspace_calls_them(slack: SlackStandIn) -> None:
    async with serving_series(slack, EXAMPLE, prefix="lec") as served:
        home = await served.opened(served.organizer)
        assert home.blocks[-1]["elements"][0]["text"] == "/lec-lecturebot help shows what you can ask."
        assert "(/lec-lecturebot follow)" in home.shown


async def test_what_an_organizer_changes_in_a_window_is_shown_by_the_home_behind_it(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    path = tmp_path / "lectures.yaml"
    path.write_text(FILE, encoding="utf-8")
    sumire = slack.users.add("sumire", admin=True)
    async with editing_room(path) as room:
        await room.sets(3, ("title",), "星雲")
        services = CommandServices(
            room.store.followers, SeenChannels(), room.services.community.access, admin=room.admin
        )
        router = CommandRouter(lambda: room.schedule.series, room.clock.now, numbered_calendar, lambda: services)
        async with serving(slack, router):
            await slack.open_home(sumire)
            home = await shown(slack, sumire, "Lecture 3: 星雲")
            await slack.click(home, value="admin undo")
            window = await modal(slack, sumire, "Title: “星雲” → “銀河”")
            confirm = next(each for each in lines(window) if each.startswith("admin confirm"))
            await slack.click(window, value=confirm)
            await shown(slack, sumire, "Lecture 3: 銀河")
    assert "title: 銀河" in path.read_text(encoding="utf-8")
