"""`/admin todo`, as an executable manual."""

from dataclasses import replace

from inline_snapshot import snapshot

from bot.announcements.matter import NoticeMatter
from bot.content import Listing
from tests.commands.managing.looking_after import looked_after
from tests.examples import BEFORE_THREE, EXAMPLE, at, dated, series_of

BEFORE_FOUR = at("2030-05-16T12:00")


async def test_what_is_missing_is_told_by_lecture_the_next_one_first() -> None:
    async with looked_after(EXAMPLE, BEFORE_FOUR) as bot:
        assert await bot.transcript("/admin todo") == snapshot("""\

Lecture 4 (Mon, 20 May) lacks: registration form, venue, abstract. 2 more lectures lack something.
LIST What is missing
  Lecture 4: The Far Side of the Moon (tentative title)
    {Mon, 20 May 2030}, 4 days to go
    No registration form yet: /admin registration 4 https://…
    The venue is tentative (Institute of Tides). To confirm it: /admin venue 4 Institute of Tides
    No abstract yet: /admin edit 4 abstract …
  Lecture 3: Galaxies seen by Machine Learning
    {Thu, 18 Apr 2030}, 28 days ago
    No materials yet: /admin material 3 Slides https://…
  Lecture 2: The Companion of Sirius
    {Thu, 14 Mar 2030}, 63 days ago
    Still “in preparation” (Video): /admin material 2 Video https://…
(Lecture 4) -> lecture 4
(Lecture 3) -> lecture 3
(Lecture 2) -> lecture 2
DONE, again: None
""")


async def test_the_same_in_japanese() -> None:
    async with looked_after(EXAMPLE, BEFORE_FOUR, "ja") as bot:
        assert await bot.transcript("/管理 不足") == snapshot("""\

第4回（5/20(月)）の不足：参加登録フォーム、会場、講義概要。ほかに2回分の不足があります。
LIST 不足しているもの
  第4回\u3000月の裏側（仮題）
    {2030/5/20(月)}（あと4日）
    参加登録フォームがありません：/admin registration 4 https://…
    会場が予定のままです（潮の研究所）。確定するには：/admin venue 4 潮の研究所
    講義概要がありません：/admin edit 4 abstract …
  第3回\u3000機械学習で見る銀河
    {2030/4/18(木)}（28日前）
    資料がありません：/admin material 3 スライド https://…
  第2回\u3000シリウスの伴星
    {2030/3/14(木)}（63日前）
    「準備中」のままです（動画）：/admin material 2 動画 https://…
(第4回) -> lecture 4
(第3回) -> lecture 3
(第2回) -> lecture 2
DONE, again: None
""")


async def test_trouble_and_a_pause_come_first() -> None:
    async with looked_after(series_of(), BEFORE_THREE) as bot:
        refused = {"where": "slack:C05", "detail": "not_in_channel"}
        bot.dispatcher.tell(NoticeMatter("a", "notice.refused.closed", refused, BEFORE_THREE))
        bot.standing.append(NoticeMatter("b", "notice.broken_file", {"count": "1", "first": "x"}, BEFORE_THREE))
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
