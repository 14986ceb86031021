"""The verbs that change the schedule, as an executable manual: what is typed, shown, confirmed and then posted."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from bot.commands.context import ReplyStatus
from bot.domain.language import Localized
from tests.commands.admin.table import KEN, MEMBER, SUMIRE, Table, table
from tests.schedule.editing_room import FILE

SETTLED = timedelta(minutes=16)


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


async def test_a_change_is_shown_with_what_it_causes_before_it_is_made(at: Table) -> None:
    assert await at.transcript("/admin move 3 4/25 13:00-15:00") == snapshot("""\

Change lecture 3 like this?
SECTION Changes
  • Date: Thu, 18 Apr, 13:00–15:00 → Thu, 25 Apr, 13:00–15:00
  • Registration deadline: Wed, 17 Apr, 12:00 → Wed, 24 Apr, 12:00
SECTION Would be posted
  | 日程変更：第3回（大空 翼）：4/18(木) → 4/25(木)、時刻は 13:00 のまま。参加登録は 4/24(水) 正午まで。
  | To: this channel
SECTION Would be posted
  | New day for lecture 3 (大空 翼): Thu, 18 Apr → Thu, 25 Apr, still at 13:00. Please register by Wed, 24 Apr, noon.
  | To: slack:C05
SECTION What follows
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
  • Later posts that are dropped: 5
  • Later posts that are new: 5
NOTE Only you can answer this, within 15 minutes.
(Announce) -> admin confirm t1
(Change quietly) -> admin confirm t1 how=quietly
(Show in full) -> admin posts t1
(Discard) -> admin discard t1
DONE, again: None
""")
    assert at.room.text == FILE


async def test_the_same_in_japanese(ja: Table) -> None:
    assert await ja.transcript("/管理 日程変更 第3回 4/25(木) 13:00〜15:00") == snapshot("""\

第3回を次のように変更しますか。
SECTION 変更
  • 日時：4/18(木) 13:00–15:00 → 4/25(木) 13:00–15:00
  • 参加登録の締切：4/17(水) 12:00 → 4/24(水) 12:00
SECTION 投稿される内容
  | 日程変更：第3回（大空 翼）：4/18(木) → 4/25(木)、時刻は 13:00 のまま。参加登録は 4/24(水) 正午まで。
  | 投稿先：このチャンネル
SECTION 投稿される内容
  | New day for lecture 3 (大空 翼): Thu, 18 Apr → Thu, 25 Apr, still at 13:00. Please register by Wed, 24 Apr, noon.
  | 投稿先：slack:C05
SECTION このあと
  • 2030/4/8(月) 12:15 JST に、それまでの変更とまとめて投稿します。
  • 取りやめる投稿：5件
  • 新たに予定する投稿：5件
NOTE 15 分以内に、操作した方だけが選べます。
(お知らせする) -> admin confirm t1
(お知らせせずに変更) -> admin confirm t1 how=quietly
(全文を見る) -> admin posts t1
(破棄する) -> admin discard t1
DONE, again: None
""")


async def test_once_confirmed_it_is_in_the_file_and_told_when_it_has_settled(at: Table) -> None:
    done = await at.does("/admin move 3 4/25 13:00-15:00")
    assert (done.headline, [action.line for action in done.actions]) == ("Changed.", ["admin undo of=2"])
    assert at.room.text == FILE.replace("2030-04-18T13", "2030-04-25T13").replace("2030-04-18T15", "2030-04-25T15")
    await at.room.passes(timedelta(minutes=14))
    assert at.headlines() == []
    await at.room.passes(timedelta(minutes=2))
    assert at.headlines() == snapshot(
        ["日程変更：第3回（大空 翼）：4/18(木) → 4/25(木)、時刻は 13:00 のまま。参加登録は 4/24(水) 正午まで。"]
    )
    assert at.headlines("slack:C05") == snapshot(
        [
            "New day for lecture 3 (大空 翼): Thu, 18 Apr → Thu, 25 Apr, still at 13:00. Please register by Wed, 24 Apr, noon."  # noqa: E501
        ]
    )


async def test_quietly_nothing_is_posted(at: Table) -> None:
    done = await at.does("/admin title 3 星雲 / Nebulae", "Change quietly")
    assert done.headline == "Changed, without a post."
    await at.room.passes(SETTLED)
    assert at.headlines() == []
    assert "星雲" in at.room.text


async def test_nothing_is_changed_by_whoever_changes_their_mind(at: Table) -> None:
    assert (await at.does("/admin cancel 3", "Discard")).headline == "Nothing was changed."
    assert at.room.text == FILE


async def test_only_who_asked_can_confirm_and_only_once_and_not_too_late(at: Table) -> None:
    shown = await at.reply("/admin venue 3 room: 118")
    assert (await at.press(shown, "Announce", KEN)).outcome is ReplyStatus.NOT_FOUND
    assert (await at.press(shown, "Announce", MEMBER)).outcome is ReplyStatus.REFUSED
    assert (await at.press(shown, "Announce")).headline == "Changed."
    assert (await at.press(shown, "Announce")).outcome is ReplyStatus.NOT_FOUND
    shown = await at.reply("/admin venue 3 room: 119")
    await at.room.passes(timedelta(minutes=15))
    late = await at.press(shown, "Announce")
    assert late.outcome is ReplyStatus.NOT_FOUND
    assert late.headline.startswith("There is nothing to confirm")


async def test_if_somebody_else_was_faster_the_new_state_is_shown_again(at: Table) -> None:
    one = await at.reply("/admin venue 3 room: 118", KEN)
    other = await at.reply("/admin venue 3 room: 119")
    await at.press(one, "Announce", KEN)
    again = await at.press(other, "Announce")
    assert again.headline.startswith("Somebody has changed this in the meantime.")
    assert "118" in str(again.parts[0])
    assert (await at.press(again, "Announce")).headline == "Changed."
    lecture = at.room.schedule.series.lecture("3")
    assert lecture
    assert lecture.venue
    assert lecture.venue.room == Localized.same("119")


async def test_postponing_goes_out_at_once_and_the_planned_posts_are_dropped(at: Table) -> None:
    assert await at.transcript("/admin postpone 3") == snapshot("""\

Change lecture 3 like this?
SECTION Changes
  • Date: Thu, 18 Apr, 13:00–15:00 → postponed (new date to be announced)
SECTION Would be posted
  | 【延期】4/18(木) 13:00 からの第3回「銀河」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。
  | To: this channel
SECTION Would be posted
  | Postponed: lecture 3, “銀河” (大空 翼), Thu, 18 Apr, 13:00. A new date will be announced.
  | To: slack:C05
SECTION What follows
  • It is posted at once.
  • Later posts that are dropped: 5
NOTE Only you can answer this, within 15 minutes. To give a reason, too: /admin postpone 3 as the speaker can't come
(Announce) -> admin confirm t1
(Change quietly) -> admin confirm t1 how=quietly
(Show in full) -> admin posts t1
(Discard) -> admin discard t1
DONE, again: None
""")
    await at.does("/admin postpone 3")
    await at.room.passes()
    assert at.headlines() == snapshot(
        [
            "【延期】4/18(木) 13:00 からの第3回「銀河」（大空 翼）は延期になりました。新しい日程は決まり次第お知らせします。"  # noqa: E501
        ]
    )
    await at.room.passes(timedelta(days=12))
    assert len(at.headlines()) == 1


async def test_the_reason_is_told_kept_exchanged_and_gone_once_the_lecture_has_a_new_date(at: Table) -> None:
    await at.does("/admin postpone 3 講師の都合により")
    await at.room.passes()
    assert "は、講師の都合により延期になりました。" in at.headlines()[-1]
    assert "    reason: 講師の都合により\n" in at.room.text
    await at.does("/admin postpone 3 会場の都合により", "Save")
    await at.room.passes(SETTLED)
    assert len(at.headlines()) == 1, "the post is edited"
    assert "    reason: 会場の都合により\n" in at.room.text
    await at.does("/admin restore 3")
    assert "reason" not in at.room.text


async def test_a_postponed_lecture_gets_a_new_date_and_its_posts_again(at: Table) -> None:
    await at.does("/admin postpone 3")
    await at.room.passes(SETTLED)
    await at.does("/admin move 3 5/9 13:00-15:00")
    await at.room.passes(SETTLED)
    assert at.headlines()[1:] == snapshot(
        [
            "【再設定】延期していた第3回「銀河」（大空 翼）は 5/9(木) 13:00〜、西館 201教室で開催します。参加登録は 5/8(水) 正午まで。"  # noqa: E501
        ]
    )
    await at.room.passes(timedelta(days=32))
    assert at.headlines()[2:] == snapshot(
        [
            "来週 5/9(木) 13:00〜 第3回「銀河」（大空 翼）、西館 201教室。参加登録は 5/8(水) 正午まで。",
            "参加登録は 5/8(水) 正午まで：第3回「銀河」（大空 翼、5/9(木) 13:00〜）",
            "参加登録は本日 正午まで：第3回「銀河」（大空 翼、5/9(木) 13:00〜）",
            "本日 13:00 開始：第3回「銀河」（大空 翼）、西館 201教室／オンライン（接続先は登録アドレス宛のメール）",
            "まもなく 13:00 開始：第3回「銀河」（大空 翼）、西館 201教室／オンライン（接続先は登録アドレス宛のメール）",
        ]
    )


async def test_a_weekday_that_contradicts_the_date_is_asked_about(at: Table) -> None:
    asked = await at.transcript("/admin move 3 4/26(木) 13:00-15:00")
    assert asked == snapshot("""\

Is this date right? Nothing was changed yet.
SECTION Fri, 26 Apr 2030, 13:00–15:00 JST
  | {Fri, 26 Apr 2030} is not a Thursday. Which day is meant?
NOTE Choose what you meant, or type the command again.
For example: /admin move 3 5/7 13:00-17:00
(Fri, 26 Apr 2030, 13:00–15:00 JST) -> admin move 3 2030-04-26(Fri) 13:00-15:00
(Thu, 25 Apr 2030, 13:00–15:00 JST) -> admin move 3 2030-04-25(Thu) 13:00-15:00
(Thu, 26 Apr 2029, 13:00–15:00 JST) -> admin move 3 2029-04-26(Thu) 13:00-15:00
MISUNDERSTOOD, again: None
""")
    assert at.room.text == FILE


async def test_words_that_can_mean_two_days_are_asked_about_and_the_day_is_shown(at: Table) -> None:
    asked = await at.reply("/admin move 3 next Friday 13:00-15:00")
    assert asked.headline == "Is this date right? Nothing was changed yet."
    assert [action.label for action in asked.actions] == [
        "Fri, 12 Apr 2030, 13:00–15:00 JST",
        "Fri, 19 Apr 2030, 13:00–15:00 JST",
    ]
    chosen = await at.press(asked, "Fri, 12 Apr 2030, 13:00–15:00 JST")
    assert chosen.headline == "Change lecture 3 like this?"
    shown = await at.transcript("/admin move 3 来週の金曜の13時〜15時")
    assert "19 Apr, 13:00–15:00" in shown
    assert (await at.reply("/admin add 6 来週の金曜 13:00-15:00")).headline == "Change lecture 6 like this?"


async def test_a_past_date_can_be_meant_and_is_asked_about_all_the_same(at: Table) -> None:
    asked = await at.reply("/admin move 3 2030-04-01 13:00-15:00")
    assert asked.outcome is ReplyStatus.MISUNDERSTOOD
    sure = await at.press(asked, "As typed")
    assert sure.headline == "Change lecture 3 like this?"


async def test_a_lecture_is_added_with_almost_everything_undecided(at: Table) -> None:
    assert await at.transcript("/admin add 6") == snapshot("""\

Change lecture 6 like this?
SECTION Changes
  • New: Lecture 6 (title to be announced), date to be announced
SECTION Would be posted
  | 新しい講義（日程未定）：第6回。
  | To: this channel
SECTION Would be posted
  | New, date to be announced: lecture 6.
  | To: slack:C05
SECTION What follows
  • It is posted at Mon, 8 Apr 2030, 12:15 JST, together with whatever else changes until then.
NOTE Only you can answer this, within 15 minutes.
(Announce) -> admin confirm t1
(Change quietly) -> admin confirm t1 how=quietly
(Show in full) -> admin posts t1
(Discard) -> admin discard t1
DONE, again: None
""")
    await at.does("/admin add 7 7/12 speaker: 流 星子（銀河大）")
    await at.room.passes(SETTLED)
    assert at.headlines() == snapshot(["新しい講義：第7回（流 星子）、7/12(金)。"])
    assert "number: 7" in at.room.text


async def test_undo_takes_back_the_change_and_what_was_posted(at: Table) -> None:
    await at.does("/admin venue 4 東館 101教室")
    await at.room.passes(SETTLED)
    assert await at.transcript("/admin undo 4") == snapshot("""\

Take this back: the change of Mon, 8 Apr, 12:00 JST, by sumire (/admin venue 4 東館 101教室)?
SECTION Changes
  • Venue: 東館, 101教室 → to be announced
SECTION Would be posted
  | お知らせした変更は取り消します：第4回「月の裏側」（月島 光）、会場は東館 101教室。
  | To: this channel
SECTION Would be posted
  | Taken back: lecture 4, “月の裏側” (月島 光): at 東館, 101教室.
  | To: slack:C05
SECTION What follows
  • It is posted at Mon, 8 Apr 2030, 12:31 JST, together with whatever else changes until then.
  • Earlier posts that are corrected: 2
NOTE Only you can answer this, within 15 minutes.
(Announce) -> admin confirm t2
(Change quietly) -> admin confirm t2 how=quietly
(Show in full) -> admin posts t2
(Discard) -> admin discard t2
DONE, again: None
""")
    await at.does("/admin undo")
    await at.room.passes(SETTLED)
    assert at.room.text == FILE
    assert at.headlines() == snapshot(
        [
            "【決定】第4回「月の裏側」（月島 光、5/20(月) 10:00〜）：会場は東館 101教室。",
            "お知らせした変更は取り消します：第4回「月の裏側」（月島 光）、会場は東館 101教室。",
        ]
    )
    assert [message.headline for address, message in at.room.edits if str(address) == "discord:1"] == snapshot(
        ["お知らせした変更は取り消します：第4回「月の裏側」（月島 光）、会場は東館 101教室。"]
    )


async def test_what_is_wrong_is_said_with_an_example_and_changes_nothing(at: Table) -> None:
    for line in (
        "/admin venue 3 https://us02web.zoom.us/j/123456789",
        "/admin material 3 スライド ftp://example.org/a",
        "/admin registration 3 https://docs.google.com/forms/d/1abc/edit",
        "/admin move 3 soon",
        "/admin move 99 4/25",
        "/admin move",
        "/admin edit 3 shoes brown",
        "/admin restore 3",
        "/admin add 3",
        "/admin undo",
        "/admin venue 3 room: 201教室",
    ):
        reply = await at.reply(line)
        assert reply.headline, line
        assert not any("confirm" in action.line for action in reply.actions), line
    assert at.room.text == FILE


async def test_a_member_is_refused_whatever_the_verb(at: Table) -> None:
    for line in ("/admin", "/admin move 3 4/25", "/admin todo", "/admin confirm t1", "/admin log"):
        assert (await at.reply(line, MEMBER)).outcome is ReplyStatus.REFUSED
    elsewhere = replace(SUMIRE, manages_community=False, manages_channel=True)
    assert (await at.reply("/admin", elsewhere)).outcome is ReplyStatus.REFUSED


async def test_three_edits_in_four_minutes_make_one_post(at: Table) -> None:
    await at.does("/admin venue 4 東館 101教室")
    await at.room.passes(timedelta(minutes=2))
    await at.does("/admin title 4 月の表側")
    await at.room.passes(timedelta(minutes=2))
    await at.does("/admin registration 4 https://forms.example/4")
    await at.room.passes(SETTLED)
    assert at.headlines() == snapshot(
        [
            "【決定】第4回（月島 光、5/20(月) 10:00〜）：会場は東館 101教室。題目は「月の表側」。参加登録は 5/19(日) 正午まで。"  # noqa: E501
        ]
    )


async def test_slides_are_published_once_relabelled_quietly_and_withdrawn_from_the_post(at: Table) -> None:
    await at.room.passes(timedelta(days=11))
    before = len(at.headlines())
    await at.does("/admin material 3 スライド https://files.example/3.pdf")
    await at.room.passes(SETTLED)
    assert at.headlines()[before:] == snapshot(["第3回「銀河」（大空 翼）のスライドを公開しました。"])
    relabelled = await at.reply("/admin material 3 講義資料 https://files.example/3.pdf")
    assert "Announce" not in [action.label for action in relabelled.actions]
    await at.press(relabelled, "Save")
    await at.room.passes(SETTLED)
    assert len(at.headlines()) == before + 1
    await at.does("/admin material 3 remove 講義資料", "Save")
    await at.room.passes(SETTLED)
    assert len(at.headlines()) == before + 1
    last = [message for address, message in at.room.edits if str(address) == "discord:1"][-1]
    assert "https://files.example/3.pdf" not in str(last)


async def test_in_person_full_is_urgent_and_says_that_online_stays_open(at: Table) -> None:
    await at.does("/admin registration 3 full")
    await at.room.passes()
    assert at.headlines() == snapshot(
        ["対面は満席です：第3回「銀河」（大空 翼、4/18(木)）。オンラインの参加登録は 4/17(水) 正午まで。"]
    )


async def test_one_form_for_two_lectures_is_told_for_both(at: Table) -> None:
    shown = await at.reply("/admin registration 3 also 4")
    assert shown.parts[0].title == "Changes"
    await at.press(shown, "Announce")
    await at.room.passes(SETTLED)
    assert at.headlines() == snapshot(
        ["第4回「月の裏側」（月島 光、5/20(月)）の参加登録を受け付けています（5/19(日) 正午まで）。"]
    )


async def test_undo_says_whose_change_it_is_and_offers_ones_own(at: Table) -> None:
    await at.does("/admin title 4 月の表側")
    await at.does("/admin venue 3 東館 101教室", user=KEN)
    asked = await at.reply("/admin undo")
    assert (
        asked.headline == "Take this back: the change of Mon, 8 Apr, 12:00 JST, by ken (/admin venue 3 東館 101教室)?"
    )
    mine = await at.press(asked, "My own latest instead")
    assert "by sumire (/admin title 4 月の表側)" in mine.headline
    await at.press(mine, mine.actions[0].label)
    assert "東館" in at.room.text
    assert "月の表側" not in at.room.text


async def test_the_button_below_a_change_never_takes_back_a_newer_one(at: Table) -> None:
    done = await at.does("/admin title 4 月の表側")
    await at.does("/admin venue 4 東館 101教室", user=KEN)
    text = at.room.text
    refused = await at.press(done, "Undo")
    assert refused.outcome is ReplyStatus.REFUSED
    assert "by ken (/admin venue 4 東館 101教室)" in refused.headline
    assert at.room.text == text
    newer = await at.press(refused, "Take the newer one back")
    await at.press(newer, newer.actions[0].label)
    assert "東館" not in at.room.text
    first = await at.press(done, "Undo")
    assert (await at.press(first, first.actions[0].label)).headline == "Changed."
    assert "月の表側" not in at.room.text


async def test_days_off_are_asked_about_unless_they_are_meant(at: Table) -> None:
    for typed, oddity in (("5/11 13:00-15:00", "on a weekend"), ("4/29 13:00-15:00", "a holiday")):
        asked = await at.reply(f"/admin move 3 {typed}")
        assert oddity in repr(asked.parts), typed
        assert (await at.press(asked, "As typed")).actions[0].label == "Announce"
    assert (await at.reply("/admin move 3 5/11(Sat) 13:00-15:00")).actions[0].label == "Announce"


async def test_what_is_over_is_not_postponed_nor_restored_unasked(at: Table) -> None:
    at.room.clock.move_to(datetime.fromisoformat("2030-04-20T12:00+09:00"))
    refused = await at.reply("/admin postpone 3")
    assert (refused.outcome, refused.headline) == (
        ReplyStatus.REFUSED,
        "Lecture 3 is over and can no longer be postponed.",
    )
    await at.does("/admin cancel 3", "Save")
    asked = await at.reply("/admin restore 3")
    assert "has passed already" in repr(asked.parts)
    sure = await at.press(asked, "As typed")
    assert any(action.line.startswith("admin confirm") for action in sure.actions)


async def test_in_full_a_draft_is_asked_about_in_the_same_words_with_the_same_buttons(at: Table) -> None:
    asked = await at.reply("/admin remove 3 by mistake")
    in_full = await at.press(asked, "Show in full")
    assert (in_full.headline, in_full.note) == (asked.headline, asked.note)
    labels = [action.label for action in asked.actions]
    assert labels == ["Remove", "Show in full", "Cancel it instead", "Discard"]
    assert [action.label for action in in_full.actions] == ["Remove", "Cancel it instead", "Discard"]
    assert (await at.press(in_full, "Remove")).headline == "Changed."
