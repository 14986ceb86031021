"""`/follow` and `/unfollow`, as an executable manual."""

from dataclasses import replace

from inline_snapshot import snapshot

from bot.announcements.poster import Posted, Refusal, Refused
from bot.commands.context import ReplyStatus
from bot.commands.parser import User
from bot.domain.message import Card
from bot.domain.subscriptions import Follower, Topic
from tests.commands.acting import ALONE, HERE, MEMBER, MODERATOR, SeenChannels, counter, somewhere
from tests.examples import BEFORE_THREE, EXAMPLE


async def test_whoever_manages_a_channel_has_it_follow_and_the_channel_is_told() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        assert await at.transcript("/follow", MODERATOR) == snapshot("""\

This channel follows the series from now on. A first post was made here.
CARD plain: What this channel receives
  Topics = deadlines, reminders, changes, materials
  Language = Japanese
  Next post = {Thu, 11 Apr 2030, 09:00 JST}
NOTE To change it: /follow deadlines,changes en
(Change) -> follow choose=settings
(Stop posts here) -> unfollow
DONE, again: None
""")
        assert await at.store.followers.followers() == [Follower(HERE, BEFORE_THREE, greeting="1")]
        (channel, greeting), *others = at.channels.tried
        assert (channel, others, at.channels.woken) == (HERE, [], 1)
        assert greeting.headline == "このチャンネルに「月と星の講義」のお知らせを投稿します。"
        assert [action.line for action in greeting.actions] == ["next", "notify"]
        assert isinstance(greeting.parts[0], Card)


async def test_the_same_in_japanese_with_topics_language_and_a_role_in_any_order() -> None:
    async with counter(EXAMPLE, BEFORE_THREE, "ja") as at:
        assert await at.transcript("/follow en <@&77> 締切,materials", MODERATOR) == snapshot("""\

このチャンネルに今後のお知らせを投稿します。最初の投稿をしました。
CARD plain: このチャンネルの設定
  種類 = 締切、資料
  言語 = 英語
  メンション = ロール 1 つ（締切当日・延期・中止・緊急の変更のときだけ）
  次の投稿 = {2030/4/16(火) 12:00 JST}
NOTE 変更するには：/follow deadlines,changes en
(変更) -> follow choose=settings
(投稿を止める) -> unfollow
DONE, again: None
""")
        wanted = Follower(
            HERE, BEFORE_THREE, frozenset({Topic.DEADLINES, Topic.MATERIALS}), None, "en", "77", greeting="1"
        )
        assert await at.store.followers.followers() == [wanted]
        assert (
            at.channels.tried[0][1].headline == "This channel now receives the posts of “Lectures on Moon and Stars”."
        )


async def test_asking_again_changes_nothing_and_other_wishes_change_what_it_gets() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        await at.reply("/follow", MODERATOR)
        assert (await at.reply("/follow", MODERATOR)).headline == "This channel follows the series already."
        changed = await at.reply("/follow changes", MODERATOR)
        assert changed.headline == "What this channel receives was changed."
        assert await at.store.followers.followers() == [
            Follower(HERE, BEFORE_THREE, frozenset({Topic.CHANGES}), greeting="1")
        ]
        assert [each.message.headline for each in at.channels.edited] == [at.channels.tried[0][1].headline]
        assert len(at.channels.tried) == 1


async def test_nobody_is_told_of_what_could_not_be_kept() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        await at.store.database.read(lambda connection: connection.exec_driver_sql("PRAGMA query_only = ON"))
        refused = await at.reply("/follow", MODERATOR)
        assert refused.outcome is ReplyStatus.REFUSED
        assert at.channels.tried == []


async def test_the_role_that_is_pinged_is_named() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        at.channels.names[somewhere("discord:role:77")] = "@listeners"
        settings = (await at.reply("/follow <@&77>", MODERATOR)).parts[0]
        assert isinstance(settings, Card)
        assert "@listeners, for deadlines today, postponements, cancellations and urgent changes only" in [
            fact.value[0] for fact in settings.facts
        ]


async def test_a_greeting_that_somebody_deleted_is_posted_anew() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        await at.reply("/follow", MODERATOR)
        at.channels.editing = Refused(Refusal.MESSAGE, "404 10008 Unknown Message")
        at.channels.outcome = Posted("2")
        await at.reply("/follow changes", MODERATOR)
        assert len(at.channels.tried) == 2
        assert all(message.silent for _, message in at.channels.tried)
        (follower,) = await at.store.followers.followers()
        assert follower.greeting == "2"


async def test_a_member_and_a_direct_message_are_refused_and_an_organizer_is_not() -> None:
    async with counter(EXAMPLE, BEFORE_THREE, admins=frozenset({somewhere("discord:role:9")})) as at:
        refused = await at.reply("/follow", MEMBER)
        assert refused.outcome is ReplyStatus.REFUSED
        assert refused.headline == (
            "Only those who may manage this channel or this server can decide what it receives."
        )
        assert (await at.reply("/unfollow", MEMBER)).outcome is ReplyStatus.REFUSED
        assert (await at.reply("/follow", ALONE)).headline.startswith("A direct message can't follow.")
        assert await at.store.followers.followers() == []
        organizer = replace(MEMBER, groups=frozenset({"9"}))
        assert (await at.reply("/follow", organizer)).outcome is ReplyStatus.DONE


async def test_on_slack_the_administrators_are_named_as_those_who_may() -> None:
    async with counter(EXAMPLE, BEFORE_THREE, "ja") as at:
        user = User(somewhere("slack:U05"), somewhere("slack:C05"))
        reply = await at.reply("/follow", user)
        assert reply.headline == "ワークスペースの管理者と世話人だけが設定できます。"


async def test_a_channel_in_which_the_bot_may_not_post_does_not_follow_and_what_is_missing_is_told() -> None:
    seen = SeenChannels(Refused(Refusal.RIGHTS, "50013"), ("rights.discord.send", "rights.discord.history"))
    async with counter(EXAMPLE, BEFORE_THREE, channels=seen) as at:
        assert await at.transcript("/follow", MODERATOR) == snapshot("""\

The bot could not post here, so this channel does not follow yet (rights: 50013).
SECTION The bot still needs:
  • send messages
  • read the message history
NOTE Once that is mended, type /follow again.
REFUSED, again: None
""")
        assert await at.store.followers.followers() == []


async def test_a_channel_that_follows_is_warned_of_rights_that_will_be_missed_later() -> None:
    async with counter(EXAMPLE, BEFORE_THREE, channels=SeenChannels(missing=("rights.discord.history",))) as at:
        reply = await at.reply("/follow", MODERATOR)
        assert reply.outcome is ReplyStatus.DONE
        assert [part.title for part in reply.parts] == ["What this channel receives", "The bot still needs:"]


async def test_what_is_no_topic_language_or_role_is_named() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        reply = await at.reply("/follow everything", MODERATOR)
        assert (reply.outcome, reply.headline) == (
            ReplyStatus.MISUNDERSTOOD,
            "“everything” is no topic, language or role.",
        )


async def test_unfollowing_ends_it_unless_the_settings_say_otherwise() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        assert (await at.reply("/unfollow", MODERATOR)).headline == "This channel does not follow the series."
        await at.reply("/follow", MODERATOR)
        assert (await at.reply("/unfollow", MODERATOR)).headline.startswith("This channel receives no more posts.")
        assert await at.store.followers.followers() == []
    async with counter(EXAMPLE, BEFORE_THREE, fixed=frozenset({HERE})) as at:
        fixed = await at.reply("/unfollow", MODERATOR)
        assert fixed.outcome is ReplyStatus.REFUSED
        assert "LECTUREBOT_CHANNELS" in fixed.headline


async def test_a_card_of_the_next_lecture_is_pinned_or_no_longer() -> None:
    async with counter(EXAMPLE, BEFORE_THREE) as at:
        reply = await at.transcript("/follow pin", MODERATOR)
        assert "  Pinned card = the next lecture, always up to date\n" in reply
        assert await at.store.followers.followers() == [Follower(HERE, BEFORE_THREE, pinned=True, greeting="1")]
        await at.reply("/follow changes", MODERATOR)
        assert [each.pinned for each in await at.store.followers.followers()] == [True]
        await at.reply("/follow unpin", MODERATOR)
        assert [each.pinned for each in await at.store.followers.followers()] == [False]
