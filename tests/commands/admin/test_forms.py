"""Forms of organizers: several fields, one change; and nothing is lost of what cannot be used yet."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from bot.commands.admin.drafts import VALID
from bot.commands.context import Reply, ReplyStatus
from bot.commands.parser import Request
from bot.domain.language import Language
from bot.domain.message import Form
from bot.i18n import phrases
from tests.commands.admin.table import KEN, MEMBER, SUMIRE, Table, table
from tests.commands.transcripts import texts, written_down
from tests.schedule.editing_room import FILE, HANA


@pytest.fixture
async def at(tmp_path: Path) -> AsyncIterator[Table]:
    """The table, at noon of 8 April 2030: lecture 3 is in ten days."""
    async with table(tmp_path / "lectures.yaml", FILE) as here:
        yield here


@pytest.fixture
async def ja(tmp_path: Path) -> AsyncIterator[Table]:
    """The same for organizers who read Japanese."""
    async with table(tmp_path / "lectures.yaml", FILE, "ja") as here:
        yield here


def changes(reply: Reply, language: Language = "en") -> list[str]:
    """What would change, line by line."""
    (section,) = [part for part in reply.parts if part.title in ("Changes", "変更")]
    lines = written_down(Reply("", (section,)), language).splitlines()
    return [line.removeprefix("  • ") for line in lines if line.startswith("  • ")]


def values(form: Form | None) -> dict[str, str]:
    """What a form says."""
    assert form
    return {each.name: each.value for each in form.fields}


async def test_a_lecture_is_shown_as_a_form_with_what_it_says_today(at: Table) -> None:
    assert await at.transcript("/admin edit 3") == snapshot("""\

Lecture 3 as it is today.
FORM Edit lecture 3 -> admin edit 3
  - Date and time (starts): '2030-04-18 13:00-15:00' -> admin move 3
    Such as 7/12 13:00-17:00; empty if undecided
  - Speaker (speaker): '大空 翼' -> admin speaker 3
    Such as Taro Yamada (University of Tokyo), Jane Doe (MIT)
  - Title (title): '銀河' -> admin title 3
    With (tentative) at its end as long as it is; Japanese and English with “ / ” between
  - Venue and room (venue): '西館 201教室' -> admin venue 3
    Such as University of Tokyo Room 134; with (tentative) at its end as long as it is
  - Registration form and deadline (registration): 'https://forms.example/3' -> admin registration 3
    Such as https://forms.gle/… closes 7/11 12:00
DONE, again: None
""")


async def test_the_longer_texts_have_a_form_of_their_own(ja: Table) -> None:
    assert await ja.transcript("/管理 編集 第4回 文章") == snapshot("""\

第4回の現在の文章です。
FORM 第4回の文章 -> admin edit 4 texts
  … 要約 (summary): '' -> admin edit 4 summary
    1、2文。日英は ja: … en: … で
  … 概要 (abstract): '' -> admin edit 4 abstract
    リンクは Markdown で。日英は ja: … と en: … を別の行に
  … 持ち物・備考 (notes): '' -> admin edit 4 notes
    日英は ja: … en: … で。なければ空欄
DONE, again: None
""")


async def test_a_new_lecture_begins_with_an_empty_form_and_the_next_number(ja: Table) -> None:
    assert await ja.transcript("/admin add") == snapshot("""\

講義を追加します。番号のほかは未定でもかまいません。
FORM 講義の追加 -> admin add
  * 番号 (number): '6' -> admin add
    あとから変更できません。
  - 日時 (starts): '' -> admin add 6
    例：7/12 13:00-17:00。未定なら空欄
  - 講師 (speaker): '' -> admin add 6 speaker:
    例：山田 太郎（東大）。英語は「 / 」の後に
  - 題目 (title): '' -> admin title 6
    仮題は末尾に（仮）。英語は「 / 」の後に
  - 会場と教室 (venue): '' -> admin venue 6
    例：東京大学 134教室。予定なら末尾に（予定）
DONE, again: None
""")


async def test_date_venue_and_deadline_change_together_and_nothing_else(at: Table) -> None:
    shown = await at.fill(
        "/admin edit 3",
        starts="4/25 13:00-15:00",
        venue="東館",
        registration="https://forms.example/3 closes 4/24 18:00",
    )
    assert [each.line for each in shown.actions] == [
        "admin confirm t1",
        "admin confirm t1 how=quietly",
        "admin posts t1",
        "admin discard t1",
    ]
    assert at.room.text == FILE
    await at.press(shown, "Announce")
    assert at.room.text == FILE.replace("2030-04-18T13:00", "2030-04-25T13:00").replace(
        "2030-04-18T15:00", "2030-04-25T15:00"
    ).replace("venue: {name: 西館, room: 201教室}", "venue: {name: 東館}").replace(
        "registration: {url: https://forms.example/3}",
        "registration: {url: https://forms.example/3, closes: 2030-04-24T18:00}",
    )
    assert (await at.room.log())[-1] == ("sumire", "admin edit 3 (starts, venue, registration)", ("3",))
    await at.room.passes(timedelta(minutes=16))
    assert len(at.headlines()) == 1


async def test_what_somebody_else_changed_meanwhile_stays_if_the_form_does_not_say_it(at: Table) -> None:
    form = (await at.reply("/admin edit 3")).form
    assert form
    await at.room.sets(3, ("title",), "渦巻銀河", HANA)
    said = values(form) | {"venue": "東館", "title": "渦巻銀河"}
    shown = await at.router.execute(Request(form.line, "en", user=SUMIRE, values=said))
    assert changes(shown) == snapshot(["Venue: 西館, 201教室 → 東館"])
    stale = await at.router.execute(Request(form.line, "en", user=SUMIRE, values=values(form)))
    assert changes(stale) == snapshot(["Title: “渦巻銀河” → “銀河”"])


async def test_a_field_that_does_not_come_back_is_left_alone(at: Table) -> None:
    shown = await at.router.execute(Request("admin edit 3", "en", user=SUMIRE, values={"speaker": "星野 かおる"}))
    assert changes(shown) == snapshot(["Speaker: 大空 翼 → 星野 かおる"])


async def test_a_form_that_comes_back_as_it_was_changes_nothing(at: Table) -> None:
    assert written_down(await at.fill("/admin edit 3"), "en") == snapshot("""\

Nothing would change by that.
(Edit the texts) -> admin edit 3 texts
DONE, again: None
""")
    assert (await at.fill("/admin edit 3 texts", notes=" ")).actions[0].line == "admin edit 3"


async def test_what_cannot_be_used_is_told_by_field_and_the_form_keeps_what_was_typed(at: Table) -> None:
    typed = {"starts": "4/18(Mon) 13:00-15:00", "venue": "@everyone *東館*", "speaker": "("}
    refused = await at.fill("/admin edit 3", **typed)
    assert written_down(refused, "en") == snapshot("""\

Some of this can't be used yet. Nothing was changed.
SECTION Why
  • Date and time: {Thu, 18 Apr 2030} is not a Monday. Which day is meant?
  • Speaker: “(” can't be read as a speaker's name and affiliation. Example: Taro Yamada (University of Tokyo)
NOTE What you typed is kept for 15 minutes.
(Back to the form) -> admin form t1
(Thu, 18 Apr 2030, 13:00–15:00 JST) -> admin form t1 2030-04-18(Thu) 13:00-15:00
(Mon, 15 Apr 2030, 13:00–15:00 JST) -> admin form t1 2030-04-15(Mon) 13:00-15:00
MISUNDERSTOOD, again: None
""")
    for _ in range(2):  # the form can be opened again as often as it is closed
        again = (await at.press(refused, "Back to the form")).form
        assert values(again) == {
            **typed,
            "title": "銀河",
            "registration": "https://forms.example/3",
        }
    assert at.room.text == FILE
    mended = values(again) | {"starts": "4/19 13:00-15:00", "venue": "東館", "speaker": "大空"}
    shown = await at.router.execute(Request("admin edit 3", "en", user=SUMIRE, values=mended))
    assert changes(shown) == snapshot(
        [
            "Date: Thu, 18 Apr, 13:00–15:00 → Fri, 19 Apr, 13:00–15:00",
            "Venue: 西館, 201教室 → 東館",
            "Registration deadline: Wed, 17 Apr, 12:00 → Thu, 18 Apr, 12:00",
            "Speaker: 大空 翼 → 大空",
        ]
    )


async def test_the_date_that_was_meant_is_a_button_and_everything_else_goes_along(ja: Table) -> None:
    asked = await ja.fill("/admin edit 3", starts="4/18(金) 13:00-15:00", venue="東館")
    assert asked.outcome is ReplyStatus.MISUNDERSTOOD
    assert [each.label for each in asked.actions] == snapshot(
        [
            "フォームに戻る",
            "2030/4/18(木) 13:00–15:00 JST",
            "2030/4/19(金) 13:00–15:00 JST",
            "2031/4/18(金) 13:00–15:00 JST",
        ]
    )
    shown = await ja.press(asked, "2030/4/19(金) 13:00–15:00 JST")
    assert changes(shown, "ja") == snapshot(
        [
            "日時：4/18(木) 13:00–15:00 → 4/19(金) 13:00–15:00",
            "会場：西館 201教室 → 東館",
            "参加登録の締切：4/17(水) 12:00 → 4/18(木) 12:00",
        ]
    )


async def test_an_odd_date_can_be_meant_as_it_was_typed(at: Table) -> None:
    asked = await at.fill("/admin edit 3", starts="2030-04-01 13:00-15:00", venue="東館")
    shown = await at.press(asked, "As typed")
    assert changes(shown) == snapshot(
        [
            "Date: Thu, 18 Apr, 13:00–15:00 → Mon, 1 Apr, 13:00–15:00",
            "Venue: 西館, 201教室 → 東館",
            "Registration deadline: Wed, 17 Apr, 12:00 → Sun, 31 Mar, 12:00",
        ]
    )


async def test_an_empty_field_removes_what_it_said(at: Table) -> None:
    shown = await at.fill("/admin edit 3", starts="", venue="", registration="")
    assert changes(shown) == snapshot(
        [
            "Date: Thu, 18 Apr, 13:00–15:00 → date to be announced",
            "Venue: 西館, 201教室 → to be announced",
            "Registration form withdrawn",
            "Registration deadline: Wed, 17 Apr, 12:00 → to be announced",
        ]
    )
    await at.press(shown, "Change quietly")
    assert "starts: 2030-04-18" not in at.room.text
    assert values((await at.reply("/admin edit 3")).form) == {
        "starts": "",
        "speaker": "大空 翼",
        "title": "銀河",
        "venue": "",
        "registration": "",
    }


async def test_a_postponed_lecture_takes_place_again_with_the_date_of_a_form(at: Table) -> None:
    await at.does("/admin postpone 3", "Change quietly")
    await at.press(await at.fill("/admin edit 3", starts="5/2 13:00-15:00"), "Change quietly")
    assert "status" not in at.room.text
    assert at.room.schedule.series.lectures[0].starts


async def test_a_lecture_is_added_by_form(ja: Table) -> None:
    shown = await ja.fill(
        "/admin add",
        starts="7/1(月) 13:00-15:00",
        speaker="流 星子（銀河大）",
        title="流星（仮）",
        venue="西館 118教室（予定）",
    )
    assert changes(shown, "ja") == snapshot(["新しい講義：第6回\u3000流星（仮題）、7/1(月) 13:00–15:00"])
    await ja.press(shown, "お知らせする")
    assert ja.room.text.removeprefix(FILE) == snapshot("""\
  - number: 6
    starts: 2030-07-01T13:00
    ends: 2030-07-01T15:00
    speaker: {name: 流 星子, affiliation: 銀河大}
    title: 流星
    title_tentative: true
    venue: {name: 西館, room: 118教室, tentative: true}
""")


async def test_a_number_that_is_taken_or_none_is_told_and_the_rest_stays_typed(at: Table) -> None:
    for number, problem in (("3", "Lecture 3 exists already."), ("six", "Please type a number."), ("", "Please type")):
        refused = await at.fill("/admin add", number=number, title="流星")
        assert refused.outcome is ReplyStatus.MISUNDERSTOOD
        assert problem in " ".join(texts(refused))
        again = (await at.press(refused, "Back to the form")).form
        assert values(again) == {"number": number, "starts": "", "speaker": "", "title": "流星", "venue": ""}
    assert again
    assert again.line == "admin add"


async def test_what_the_file_would_not_take_keeps_the_form_too(at: Table) -> None:
    refused = await at.fill("/admin edit 4", registration="https://forms.example/3x passcode: 123456")
    assert refused.outcome is ReplyStatus.MISUNDERSTOOD
    assert (await at.press(refused, "Back to the form")).form


async def test_a_form_is_kept_for_a_while_and_for_whoever_filled_it_in(at: Table) -> None:
    refused = await at.fill("/admin edit 3", speaker="(")
    assert (await at.press(refused, "Back to the form", KEN)).outcome is ReplyStatus.NOT_FOUND
    assert (await at.reply(refused.actions[0].line.replace("form", "confirm"))).outcome is ReplyStatus.NOT_FOUND
    assert (await at.press(refused, "Back to the form")).form
    at.room.clock.move_to(at.room.clock.now() + VALID)
    assert written_down(await at.press(refused, "Back to the form"), "en") == snapshot("""\

What was typed is not kept any more. Nothing was changed; please begin again with /admin edit or /admin add.
NOT_FOUND, again: None
""")


async def test_a_lecture_that_is_gone_meanwhile_is_not_there_any_more(at: Table) -> None:
    refused = await at.fill("/admin edit 5", speaker="(")
    at.room.by_hand("  - number: 5\n    starts: 2030-06-17\n", "")
    await at.room.schedule.look()
    assert (await at.press(refused, "Back to the form")).headline == "Lecture 5 is not there any more."


async def test_members_are_refused_before_any_form_and_a_form_of_theirs_does_nothing(at: Table) -> None:
    for line in ("/admin edit 3", "/admin edit 3 texts", "/admin add", "/admin form t1"):
        refused = await at.reply(line, MEMBER)
        assert (refused.form, refused.outcome) == (None, ReplyStatus.REFUSED)
    forged = await at.router.execute(Request("admin edit 3", "en", user=MEMBER, values={"title": "x"}))
    assert (forged.headline, forged.actions) == (phrases("en")("access.not_managing.discord"), ())
    assert at.room.text == FILE


async def test_a_field_that_is_longer_than_any_text_is_refused(at: Table) -> None:
    refused = await at.router.execute(Request("admin edit 3", "en", user=SUMIRE, values={"abstract": "あ" * 6001}))
    assert refused.outcome is ReplyStatus.MISUNDERSTOOD
