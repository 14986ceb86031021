"""`/admin announce`, as an executable manual: shown first, posted once, and never anything that must stay private."""

from dataclasses import replace

import pytest
from inline_snapshot import snapshot

from bot.commands.context import ReplyStatus
from bot.domain.message import Card
from bot.domain.subscriptions import Follower
from tests.commands.acting import ALONE, HERE, somewhere
from tests.commands.admin.looking_after import ELSEWHERE, ORGANIZER, LookedAfter, looked_after
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
CARD plain: Lectures on Moon and Stars
  | Please bring *your* binoculars, @everyone.

See you there
SECTION Where
  • this channel
  • discord:2
  • slack:C05
NOTE Only you can answer this, within 15 minutes.
(Announce) -> admin confirm t1
(Discard) -> admin discard t1
DONE, again: None
""")
        await bot.ticks()
        assert bot.posted == []
        assert await bot.transcript("admin confirm t1") == snapshot("""\

It is being posted. To: this channel, discord:2, slack:C05
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
SECTION 投稿先
  • このチャンネル
NOTE 15 分以内に、操作した方だけが選べます。
(お知らせする) -> admin confirm t1
(破棄する) -> admin discard t1
DONE, again: None
""")
        assert await bot.transcript("admin confirm t1") == snapshot("""\

投稿します。送信先：このチャンネル
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
        assert (empty.outcome, empty.note) == (
            ReplyStatus.MISUNDERSTOOD,
            "For example: /admin announce Tomorrow the doors open at 12:30.",
        )
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
