"""`/admin announce`, as an executable manual: shown first, posted once, and never anything that must stay private."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from bot.commands.context import Reply, ReplyStatus
from bot.domain.language import Language, Localized
from bot.domain.message import Card, Link
from bot.domain.subscriptions import Follower
from tests.commands.acting import ALONE, HERE, somewhere
from tests.commands.admin.looking_after import ELSEWHERE, ORGANIZER, LookedAfter, looked_after
from tests.commands.admin.table import Table, table
from tests.commands.transcripts import texts
from tests.dialogues.seminar import SPRING
from tests.examples import BEFORE_THREE, EXAMPLE

OTHER = somewhere("discord:2")
TEXT = "The doors open at 12:30.\nPlease bring *your* binoculars, @everyone.\n\nSee you there"


async def followed(bot: LookedAfter) -> None:
    """Has three channels and a person follow."""
    for each in (HERE, OTHER, ELSEWHERE, ALONE.person):
        await bot.store.followers.follow(Follower(each, bot.now), "t", bot.now)


async def test_a_text_is_shown_as_it_will_look_and_then_posted_once_to_each_channel() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        assert await bot.transcript(f"/admin announce {TEXT}") == snapshot("""\

Post this to 3 channels?
SECTION The post
  | The doors open at 12:30.
  | To: this channel, discord:2, slack:C05
CARD plain: 月と星の講義
  | Please bring *your* binoculars, @everyone.

See you there
NOTE Only you can answer this, within 15 minutes.
(Announce) -> admin confirm t1
(Discard) -> admin discard t1
DONE, again: None
""")
        await bot.ticks()
        assert bot.posted == []
        assert await bot.transcript("admin confirm t1") == snapshot("""\

It is being posted. To: this channel, discord:2, slack:C05
(Correct) -> admin announce of=t1
(Withdraw) -> admin announce withdraw of=t1
DONE, again: None
""")
        await bot.ticks()
        await bot.ticks()
        assert [each.address for each in sorted(bot.posted, key=lambda each: each.address)] == [HERE, OTHER, ELSEWHERE]
        message = bot.posted[0].message
        assert message.headline == "The doors open at 12:30."
        (card,) = message.parts
        assert isinstance(card, Card)
        assert card.body == (("Please bring *your* binoculars, @everyone.\n\nSee you there",),)
        assert "sumire" not in repr(message)
        again = await bot.reply("admin confirm t1")
        assert again.outcome is ReplyStatus.NOT_FOUND
        await bot.ticks()
        assert len(bot.posted) == 3


async def test_the_same_in_japanese_and_a_short_text_is_a_line() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE, "ja") as bot:
        await followed(bot)
        assert await bot.transcript("/管理 お知らせ 明日の開場は 12:30 です。 to=here") == snapshot("""\

1チャンネルに投稿しますか？
SECTION 投稿
  | 明日の開場は 12:30 です。
  | 投稿先：このチャンネル
NOTE 15 分以内に、操作した方だけが選べます。
(お知らせする) -> admin confirm t1
(破棄する) -> admin discard t1
DONE, again: None
""")
        assert await bot.transcript("admin confirm t1") == snapshot("""\

投稿します。送信先：このチャンネル
(訂正する) -> admin announce of=t1
(取り消す) -> admin announce withdraw of=t1
DONE, again: None
""")
        await bot.ticks()
        assert [(each.address, each.message.headline) for each in bot.posted] == [(HERE, "明日の開場は 12:30 です。")]


async def test_nobody_else_can_confirm_it_and_it_can_be_discarded() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        await bot.reply("/admin announce Hello")
        other = replace(ORGANIZER, person=somewhere("discord:user:8"))
        assert (await bot.reply("admin confirm t1", other)).outcome is ReplyStatus.NOT_FOUND
        await bot.reply("admin discard t1")
        assert (await bot.reply("admin confirm t1")).outcome is ReplyStatus.NOT_FOUND
        await bot.ticks()
        assert bot.posted == []


@pytest.mark.parametrize(
    ("to", "channels"),
    [
        ("here", [HERE]),
        ("discord", [HERE, OTHER]),
        ("slack", [ELSEWHERE]),
        ("2", [OTHER]),
        ("1,3", [HERE, ELSEWHERE]),
    ],
)
async def test_the_channels_can_be_chosen(to: str, channels: list[object]) -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        await bot.reply(f"/admin announce Hello to={to}")
        await bot.reply("admin confirm t1")
        await bot.ticks()
        assert sorted(each.address for each in bot.posted) == channels


@pytest.mark.parametrize("to", ["0", "4", "1,9", "terminal", "x"])
async def test_a_channel_that_is_none_is_refused(to: str) -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        reply = await bot.reply(f"/admin announce Hello to={to}")
        assert (reply.outcome, reply.headline) == (ReplyStatus.NOT_FOUND, f"“to={to}” is no channel that follows.")


async def test_what_must_stay_private_is_refused_and_not_repeated() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        for secret in ("https://us02web.zoom.us/j/81234567890", "Passcode: aB3xY9", "Meeting ID: 812 3456 7890"):
            reply = await bot.reply(f"/admin announce Join us {secret}")
            assert reply.outcome is ReplyStatus.REFUSED
            assert secret not in repr(reply)


async def test_nothing_too_much_and_nobody_are_refused() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        nobody = await bot.reply("/admin announce Hello")
        assert (nobody.outcome, nobody.headline) == (
            ReplyStatus.REFUSED,
            "No channel follows yet. To have one follow, type /follow in it.",
        )
        await followed(bot)
        empty = await bot.reply("/admin announce")
        assert empty.form
        assert empty.note == "For example: /admin announce Tomorrow the doors open at 12:30."
        long = await bot.reply(f"/admin announce {'x' * 1501}")
        assert long.headline == "This text is too long: 1501 characters, of at most 1500."


async def test_a_long_first_line_is_cut_above_and_whole_below() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        text = "word " * 60
        await bot.reply(f"/admin announce {text}to=here")
        await bot.reply("admin confirm t1")
        await bot.ticks()
        (post,) = bot.posted
        assert len(post.message.headline) <= 200
        assert post.message.headline.endswith("word…")
        (card,) = post.message.parts
        assert isinstance(card, Card)
        assert card.body == ((text.strip(),),)


async def test_it_goes_out_in_a_pause_and_is_never_edited() -> None:
    async with looked_after(EXAMPLE, BEFORE_THREE) as bot:
        await followed(bot)
        await bot.reply("/admin pause")
        await bot.reply("/admin announce Hello to=here")
        await bot.reply("admin confirm t1")
        await bot.ticks()
        await bot.dispatcher.accept(replace(EXAMPLE, language="en"), quietly=True)
        await bot.ticks()
        assert [(each.message.headline, each.edited) for each in bot.posted] == [("Hello", False)]


BOTH = "開場は 12:00 です。 / The doors open at 12:00."


async def announced(at: Table, line: str = f"/admin announce {BOTH}") -> Reply:
    """Announces something, which is then posted; the answer."""
    reply = await at.does(line)
    await at.room.passes()
    return reply


def standing(at: Table) -> dict[str, str]:
    """The first lines that stand in the channels now."""
    shown = {str(address): message.headline for address, message in (*at.room.posts, *at.room.edits)}
    return {place: shown[place] for place in sorted(shown)}


async def test_each_channel_gets_it_in_its_language(tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING) as at:
        assert [*texts(await at.reply(f"/admin announce {BOTH}"))][:7] == [
            "Post this to 2 channels?",
            "The post",
            "開場は 12:00 です。",
            "To: this channel",
            "The post",
            "The doors open at 12:00.",
            "To: slack:C05",
        ]
        await announced(at)
        assert standing(at) == {"discord:1": "開場は 12:00 です。", "slack:C05": "The doors open at 12:00."}


@pytest.mark.parametrize(("language", "correct"), [("en", "Correct"), ("ja", "訂正する")])
async def test_it_is_corrected_by_a_line_and_by_the_form_below_the_answer(
    language: Language, correct: str, tmp_path: Path
) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING, language) as at:
        asked = await at.reply(f"/admin announce {BOTH}")
        done = await at.reply(asked.actions[0].line)
        await at.room.passes()
        right = await at.reply("/admin announce correct 開場は 12:30 です。 / The doors open at 12:30.")
        assert right.actions[0].label == correct
        assert (await at.reply(right.actions[0].line)).outcome is ReplyStatus.DONE
        await at.room.passes()
        assert standing(at) == {"discord:1": "開場は 12:30 です。", "slack:C05": "The doors open at 12:30."}
        form = next(each.line for each in done.actions if each.label == correct)
        asked = await at.fill(form, en="The doors open at 12:45.\nSee the [map](https://maps.example/1).")
        await at.reply(asked.actions[0].line)
        await at.room.passes()
        assert standing(at) == {"discord:1": "開場は 12:30 です。", "slack:C05": "The doors open at 12:45."}
        (card,) = at.room.edits[-1][1].parts
        assert isinstance(card, Card)
        assert card.body == (("See the ", Link("map", "https://maps.example/1"), "."),)
        assert len(at.room.posts) == 2


async def test_a_form_that_can_not_be_posted_is_kept(tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING) as at:
        refused = await at.fill("/admin announce", en="Join us https://us02web.zoom.us/j/81234567890", ja="参加しよう")
        assert refused.outcome is ReplyStatus.REFUSED
        again = await at.press(refused, "Back to the form")
        assert again.form
        assert [each.value for each in again.form.fields] == [
            "参加しよう",
            "Join us https://us02web.zoom.us/j/81234567890",
        ]


async def test_it_is_withdrawn_in_all_channels_and_stays_away(tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING) as at:
        await announced(at)
        at.room.clock.move_to(at.room.clock.now() + timedelta(minutes=5))
        await announced(at, "/admin announce And coffee.")
        asked = await at.reply("/admin announce withdraw")
        assert [*texts(asked)][:4] == [
            "Delete the announcement of Mon, 8 Apr, 12:05 JST?",
            "Posted",
            "And coffee.",
            "To: this channel, slack:C05",
        ]
        earlier = await at.press(asked, "That of Mon, 8 Apr, 12:00 JST")
        done = await at.press(earlier, "Withdraw")
        assert (done.headline, done.actions) == ("It is being deleted. In: this channel, slack:C05", ())
        await at.room.passes(timedelta(days=1))
        assert sorted(place for place, _ in at.room.removed) == ["discord:1", "slack:C05"]
        left = await at.room.admin.operations.announcements()
        assert [each.subject.text for each in left] == [Localized.same("And coffee.")]


async def test_what_was_not_sent_yet_is_sent_as_corrected_and_not_at_all_when_withdrawn(tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING) as at:
        await at.does(f"/admin announce {BOTH}")
        await at.does("/admin announce correct Now at 12:30.", "Correct")
        await at.does("/admin announce Later.")
        await at.does("/admin announce withdraw", "Withdraw")
        await at.room.passes()
        assert standing(at) == {"discord:1": "Now at 12:30.", "slack:C05": "Now at 12:30."}
        assert (len(at.room.posts), at.room.edits, at.room.removed) == (2, [], [])


async def test_a_text_that_begins_with_the_word_for_withdrawing_is_a_text(tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING) as at:
        assert (await at.reply("/admin announce 撤回 の件について")).actions[0].label == "Announce"
