"""The pinned card through a season: one message in each channel that wants it, always about the next lecture."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from inline_snapshot import snapshot

from bot.announcements.delivery import PostingContext
from bot.announcements.ledger import SentPost
from bot.announcements.post import CardSubject, keys
from bot.announcements.poster import NotSent, Outcome, Posted, Refusal, Refused
from bot.announcements.texts.render import next_card
from bot.cards.view import View
from bot.commands.context import Reply
from bot.domain.language import Language
from bot.domain.lecture import Status
from bot.domain.message import Message
from bot.domain.series import Series
from bot.domain.subscriptions import Address, AddressKind, Follower
from tests.announcements.dispatching import dispatcher_of
from tests.announcements.organized import Organized, organized
from tests.announcements.recording import Recording
from tests.commands.transcripts import written_down
from tests.examples import BEFORE_THREE, EXAMPLE, OPEN, at, with_lecture

HERE = Address("discord", AddressKind.CHANNEL, "1")
ORGANIZERS = Address("slack", AddressKind.CHANNEL, "C9")


class Channel(Recording):
    """A channel with what stands in it, which people may change."""

    def __init__(self) -> None:
        super().__init__("discord", [])
        self.messages: dict[str, Message] = {}
        self.pinned: list[str] = []
        self.pin_outcome: Outcome | None = None
        self.edit_outcome: Outcome | None = None
        self.edits = 0

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        self.messages[marker] = message
        return Posted(marker)

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        self.edits += 1
        if self.edit_outcome:
            return self.edit_outcome
        if message_id not in self.messages:
            return Refused(Refusal.MESSAGE, "10008")
        self.messages[message_id] = message
        return Posted(message_id)

    async def pin(self, address: Address, message_id: str) -> Outcome:
        if self.pin_outcome:
            return self.pin_outcome
        if message_id not in self.pinned:
            self.pinned.append(message_id)
        return Posted(message_id)

    async def remove(self, address: Address, message_id: str) -> Outcome:
        return Posted(message_id) if self.messages.pop(message_id, None) else Refused(Refusal.MESSAGE, "10008")

    @property
    def lines(self) -> list[str]:
        """The first lines of what stands there."""
        return [each.headline for each in self.messages.values()]


async def wanting(bot: Organized, *, pinned: bool = True) -> Channel:
    """A channel that wants the card and no posts."""
    channel = Channel()
    bot.posters["discord"] = channel
    await bot.store.followers.follow(change(pinned=pinned), "t", bot.now)
    return channel


def change(*, pinned: bool) -> Follower:
    """A follower that gets no posts."""
    return Follower(HERE, BEFORE_THREE, lectures=frozenset(), language="en", pinned=pinned)


def card(series: Series, now: datetime, language: Language = "en") -> str:
    """The card, written down."""
    message = next_card(View(series, series.local(now), language))
    return written_down(Reply(message.headline, message.parts, actions=message.actions), language)


def test_it_says_what_is_next_in_words_that_last() -> None:
    assert card(EXAMPLE, BEFORE_THREE) == snapshot("""\

Next: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Thu, 18 Apr, 13:00, Galaxy University, West Hall, Room 201. Please register by Wed, 17 Apr, noon.
CARD open: Lecture 3: Galaxies seen by Machine Learning
  Tsubasa Ozora (Galaxy University)
  {Thu, 18 Apr, 13:00–17:00 JST}
  [Galaxy University, West Hall, Room 201](https://maps.example/west)
  In person and online
  in Japanese
  Please bring binoculars.
  > Register by {Wed, 17 Apr, 12:00}
  | Shapes of galaxies are classified.
  [Register: lecture 3, Thu, 18 Apr, Tsubasa Ozora](https://forms.example/3)
(Remind me) -> notify 3 on
(Calendar) -> calendar 3
(Lectures ahead) -> lectures
DONE, again: None
""")  # noqa: E501


def test_in_japanese_after_the_deadline_and_under_way() -> None:
    subject = "第3回「機械学習で見る銀河」（大空 翼）"
    for moment, line in (
        (
            "2030-04-17T13:00",
            f"次回：{subject}、4/18(木) 13:00〜、銀河大学 西館 201教室。参加登録は締め切りました。",
        ),
        ("2030-04-18T14:00", f"開催中：{subject}。"),
    ):
        assert next_card(View(EXAMPLE, at(moment), "ja")).headline == line


def test_with_nothing_ahead_it_says_so_and_names_what_is_without_a_date() -> None:
    assert card(EXAMPLE, at("2030-07-01T12:00")) == snapshot("""\

No further lecture is scheduled at the moment.
LIST Lectures without a date, or not taking place
  Lecture 6 (title to be announced)
    Date to be announced
(All materials) -> materials
DONE, again: None
""")
    assert next_card(View(replace(EXAMPLE, lectures=()), BEFORE_THREE, "en")).parts == ()


def test_a_lecture_that_people_may_have_expected_before_is_named() -> None:
    postponed = with_lecture(EXAMPLE, replace(OPEN, status=Status.POSTPONED))
    assert "Lecture 3, planned for {Thu, 18 Apr 2030}, has been postponed." in card(postponed, BEFORE_THREE)


def test_its_wording_changes_with_the_states_of_lectures_only() -> None:
    changes, before = [], ""
    moment = BEFORE_THREE
    while moment < at("2030-06-19T00:00"):
        present = card(EXAMPLE, moment)
        if present != before:
            changes.append(f"{moment:%m-%d %H:%M}")
        before, moment = present, moment + timedelta(hours=2)
    assert changes == snapshot(
        [
            "04-08 12:00",
            "04-17 12:00",
            "04-18 14:00",
            "04-18 18:00",
            "05-20 10:00",
            "05-20 12:00",
            "06-18 00:00",
        ]
    )


async def test_one_message_follows_the_next_lecture_over_the_season() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        channel = await wanting(bot)
        seen: list[str] = []
        while bot.now < at("2030-07-01T00:00"):
            await bot.ticks()
            assert len(channel.lines) == 1
            seen += channel.lines if channel.lines != seen[-1:] else []
            wake = await bot.dispatcher.next_wake()
            assert wake.at
            assert wake.at > bot.now
            bot.now = wake.at
        assert [line.partition(".")[0] for line in seen] == snapshot(
            [
                "Next: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Thu, 18 Apr, 13:00, Galaxy University, West Hall, Room 201",  # noqa: E501
                "Next: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora), Thu, 18 Apr, 13:00, Galaxy University, West Hall, Room 201",  # noqa: E501
                "Under way: lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora)",
                "Next: lecture 4, “The Far Side of the Moon” (working title; Hikaru Tsukishima), Mon, 20 May, 10:00, Institute of Tides (tentative; not the usual venue)",  # noqa: E501
                "Under way: lecture 4, “The Far Side of the Moon” (working title; Hikaru Tsukishima)",
                "Next: lecture 5 (Seiko Nagare), Mon, 17 June",
                "No further lecture is scheduled at the moment",
            ]
        )
        assert channel.pinned == [*channel.messages], "pinned once"


async def test_a_change_of_the_schedule_is_in_the_card_at_once() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        channel = await wanting(bot)
        await bot.ticks()
        await bot.dispatcher.accept(with_lecture(EXAMPLE, replace(OPEN, status=Status.CANCELLED)))
        await bot.ticks()
        assert [line.partition("”")[0] for line in channel.lines] == ["Next: lecture 4, “The Far Side of the Moon"]


async def test_a_card_that_somebody_deletes_is_put_back_within_a_day() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        channel = await wanting(bot)
        await bot.ticks()
        await bot.ticks()
        (first,) = channel.messages
        channel.messages.clear()
        bot.now += timedelta(days=1, hours=12)
        for _ in range(3):
            await bot.ticks()
        (second,) = channel.messages
        assert (first != second, channel.pinned) == (True, [first, second])


async def test_what_is_right_is_edited_once_a_day_at_most() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        channel = await wanting(bot)
        for _ in range(3 * 24):
            await bot.ticks()
            bot.now += timedelta(hours=1)
        assert channel.edits <= 3
        assert channel.lines == [next_card(View(EXAMPLE, EXAMPLE.local(bot.now), "en")).headline]


async def test_a_restart_and_a_second_process_make_no_second_card() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        channel = await wanting(bot)
        for _ in range(2):
            context = PostingContext({"discord": channel}, lambda: bot.now, bot.journal)
            other = dispatcher_of(EXAMPLE, bot.store, context)
            await other.accept(EXAMPLE)
            await asyncio.gather(other.tick(), bot.dispatcher.tick())
            await asyncio.gather(other.idle(), bot.dispatcher.idle())
        assert (len(channel.messages), len(channel.pinned)) == (1, 1)


async def test_no_longer_wanted_or_followed_it_is_deleted_and_wanted_again_it_is_back() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        channel = await wanting(bot)
        await bot.ticks()
        await bot.store.followers.follow(change(pinned=False), "t", bot.now)
        await bot.ticks()
        await bot.ticks()
        assert channel.messages == {}
        await bot.store.followers.follow(change(pinned=True), "t", bot.now)
        await bot.ticks()
        assert len(channel.messages) == 1
        await bot.store.followers.unfollow(HERE, "t", bot.now)
        await bot.ticks()
        await bot.ticks()
        assert channel.messages == {}


async def test_where_it_can_not_be_pinned_it_stays_and_organizers_are_told_once() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, ORGANIZERS) as bot:
        channel = await wanting(bot)
        channel.pin_outcome = Refused(Refusal.RIGHTS, "403 50013 Missing Permissions")
        for _ in range(30):
            await bot.ticks()
            bot.now += timedelta(hours=1)
        told = [each.message.headline for each in bot.written if each.address == ORGANIZERS and not each.edited]
        assert [line for line in told if "固定" in line] == [
            "discord:1 で次回の講義のカードを固定できませんでした（403 50013 Missing Permissions）。"
            "カードはそのまま残ります。メッセージを固定する権限をボットに付けてください。"
        ]
        assert len(channel.messages) == 1
        channel.pin_outcome = None
        bot.now += timedelta(hours=1)
        await bot.ticks()
        assert len(channel.pinned) == 1


@pytest.mark.parametrize("outcome", [Refused(Refusal.RIGHTS, "50001"), Refused(Refusal.GONE, "x"), NotSent("away")])
async def test_a_channel_out_of_reach_for_a_while_keeps_its_card(outcome: Outcome) -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        channel = await wanting(bot)
        await bot.ticks()
        await bot.ticks()
        channel.edit_outcome = outcome
        bot.now = at("2030-04-17T12:30")
        for _ in range(5):
            await bot.ticks()
        assert channel.edits == 1, "it is not asked over and over"
        channel.edit_outcome = None
        bot.now += timedelta(hours=1)
        await bot.ticks()
        assert (len(channel.messages), "closed" in channel.lines[0]) == (1, True)


async def test_it_is_kept_current_for_years() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        channel = await wanting(bot)
        await bot.ticks()
        bot.now += timedelta(days=800)
        await bot.ticks()
        assert channel.lines == ["No further lecture is scheduled at the moment."]


async def test_the_ledger_finds_what_was_sent_under_a_key() -> None:
    async with organized(EXAMPLE, BEFORE_THREE, None) as bot:
        ledger, subject = bot.store.ledger, CardSubject(0, BEFORE_THREE)
        claim = await ledger.claim(subject, keys(subject), HERE, bot.now)
        assert claim
        assert await ledger.sent_with_keys(keys(subject)) == []
        await ledger.record_sent(claim, "m", "s", bot.now)
        (found,) = await ledger.sent_with_keys([*keys(subject), "card/1"])
        assert found == SentPost(claim.marker, HERE, subject, "m", "s", BEFORE_THREE.astimezone(UTC))
        assert await ledger.sent_with_keys([]) == await ledger.sent_with_keys(["card/1"]) == []
        await ledger.forget_message(found, "gone")
        assert await ledger.sent_with_keys(keys(subject)) == []
