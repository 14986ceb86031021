"""The pinned card of each channel that wants one: a single message, kept current and pinned, put back when somebody
deletes it, and taken away when it is no longer wanted.

The ledger keeps all of it under keys: `card/0` is the first card of a channel, `card/0/pinned` that it was pinned,
`card/0/gone` that it is no more, so that `card/1` is the next. Any number of processes thus have one card.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

from bot.announcements.alerts import Alerts
from bot.announcements.delivery import Delivery, PostingContext
from bot.announcements.ledger import Ledger, SentPost
from bot.announcements.post import AlertSubject, CardSubject, PostSubject, keys
from bot.announcements.poster import Outcome, Posted, Refusal, Refused
from bot.domain.series import Series
from bot.domain.subscriptions import Address, Follower

_EDITIONS: Final = 16
"""Cards of a channel that are asked for at a time; there are more only where somebody keeps deleting them."""

_CHECKED_AFTER: Final = timedelta(days=1)
"""A card is edited so often even if it is right: that is how it is noticed that somebody has deleted it."""

_REFUSED: Final = timedelta(hours=1)
_NOT_DONE: Final = timedelta(minutes=1)
"""When something is tried again that the platform refused, or that could not be done."""

_ANY_TIME: Final = datetime.min.replace(tzinfo=UTC)

_Marks = frozenset[tuple[str, Address]]


@dataclass(frozen=True, slots=True)
class CardWork:
    """What is to be done about the card of one channel: to post one, to look after one, to take some away."""

    post: CardSubject | None = None
    status: SentPost | None = None
    pin: bool = False
    unwanted: tuple[SentPost, ...] = ()


NOTHING: Final = CardWork()


@dataclass(frozen=True, slots=True)
class _Look:
    """A card that was looked after: nothing is to be done about it until then, unless schedule or wishes change."""

    series: Series
    follower: Follower
    message: str
    looked_at: datetime
    checked_at: datetime
    until: datetime


class PinnedCards:
    """Looks after the cards."""

    def __init__(self, ledger: Ledger, delivery: Delivery, context: PostingContext, alerts: Alerts) -> None:
        self._ledger: Final = ledger
        self._delivery: Final = delivery
        self._reaches: Final = context.reaches
        self._now: Final = context.now
        self._journal: Final = context.journal
        self._alerts: Final = alerts
        self._looks: Final[dict[Address, _Look]] = {}
        self.in_use = False
        """Whether any channel wants a card."""

    async def plan(self, series: Series, followers: Mapping[Address, Follower]) -> dict[Address, CardWork]:
        """What is to be done now, by channel. Raises LedgerUnavailable."""
        wanting = {address for address, each in followers.items() if each.pinned and not address.is_person}
        marks, self.in_use = await self._marks(), bool(wanting)
        cards = await self._ledger.sent_with_keys({key for key, _ in marks if key.count("/") == 1})
        plan: dict[Address, CardWork] = {}
        for address in {*wanting, *(address for _, address in marks)}:
            here = tuple(each for each in cards if each.address == address)
            if not self._reaches(address):
                continue
            if address in wanting:
                plan[address] = self._wanted(series, followers[address], here, marks)
                continue
            edition = _edition(address, marks)
            if (_card(edition), address) in marks:
                await self._mark(CardSubject(edition, series.local(self._now())), address, "gone")
            plan[address] = CardWork(unwanted=here)
        return {address: work for address, work in plan.items() if work != NOTHING}

    async def do(self, series: Series, follower: Follower | None, work: CardWork) -> None:
        """Looks after a card that stands, and takes away what is not wanted. Raises LedgerUnavailable."""
        for unwanted in work.unwanted:
            outcome = await self._delivery.take_away(unwanted)
            if isinstance(outcome, Posted | Refused):  # a card out of reach can't be looked after either
                await self._ledger.forget_message(unwanted, "unwanted")
        if follower and work.status:
            await self._look_after(series, follower, work.status, pin=work.pin)

    async def _look_after(self, series: Series, follower: Follower, card: SentPost, *, pin: bool) -> None:
        now, before = self._now().astimezone(UTC), self._looks.get(card.address)
        checked_at = max(card.sent_at, before.checked_at) if before else card.sent_at
        outcomes: list[tuple[str, Outcome]] = []
        if self._delivery.is_wrong(follower, card) or now - checked_at >= _CHECKED_AFTER:
            outcomes.append(("edit", await self._delivery.reword(follower, card)))
            checked_at = now
        if pin:
            outcomes.append(("pin", await self._delivery.pin(card)))
            if isinstance(outcomes[-1][1], Posted):
                await self._mark(card.subject, card.address, "pinned")
        until = series.next_change(now)
        for step, outcome in outcomes:
            if isinstance(outcome, Refused) and outcome.why is Refusal.MESSAGE:
                await self._mark(card.subject, card.address, "gone")
                await self._ledger.forget_message(card, outcome.detail)
            elif isinstance(outcome, Refused):
                until = min(until, now + _REFUSED)
                self._journal.troubled(card.address, card.subject, step, f"{outcome.why}: {outcome.detail}")
                if step == "pin":
                    self._notify(series, card, outcome.detail)
            elif not isinstance(outcome, Posted):
                until = min(until, now + _NOT_DONE)
                self._journal.troubled(card.address, card.subject, step, outcome.detail)
        self._looks[card.address] = _Look(series, follower, card.message_id, now, checked_at, until)

    def _wanted(self, series: Series, follower: Follower, here: tuple[SentPost, ...], marks: _Marks) -> CardWork:
        """What is to be done where a card is wanted: at most one, the latest, is to be there."""
        edition = _edition(follower.address, marks)
        status = next((each for each in here if keys(each.subject) == (_card(edition),)), None)
        others = tuple(each for each in here if each is not status)
        if (_card(edition), follower.address) not in marks:
            return CardWork(CardSubject(edition, series.local(self._now())), unwanted=others)
        pin = (f"{_card(edition)}/pinned", follower.address) not in marks
        look, now = self._looks.get(follower.address), self._now().astimezone(UTC)
        if status is None or (
            look
            and (look.series, look.follower, look.message) == (series, follower, status.message_id)
            and look.looked_at <= now < look.until
        ):
            return CardWork(unwanted=others)
        return CardWork(status=status, pin=pin, unwanted=others)

    async def _marks(self) -> _Marks:
        """All keys about cards that are taken, and where."""
        marks: set[tuple[str, Address]] = set()
        first = 0
        while True:
            cards = [_card(edition) for edition in range(first, first + _EDITIONS)]
            found = await self._ledger.taken([f"{card}{mark}" for card in cards for mark in ("", "/pinned", "/gone")])
            marks |= found
            if not any(key == f"{cards[-1]}/gone" for key, _ in found):
                return frozenset(marks)
            first += _EDITIONS

    async def _mark(self, subject: PostSubject, address: Address, mark: str) -> None:
        (key,) = keys(subject)
        await self._ledger.skip(subject, [f"{key}/{mark}"], address, self._now(), mark)

    def _notify(self, series: Series, card: SentPost, detail: str) -> None:
        """Has the organizers told, once for each card, why it is not pinned."""
        values = {"where": self._delivery.name_of(card.address), "detail": detail}
        key = f"pin/{card.address}/{keys(card.subject)[0]}"
        self._alerts.tell(AlertSubject(key, "notice.not_pinned", values, series.local(self._now())))


def _card(edition: int) -> str:
    return keys(CardSubject(edition, _ANY_TIME))[0]


def _edition(address: Address, marks: _Marks) -> int:
    """Which card of the channel is or would be the present one: the first that is not gone."""
    return next(edition for edition in count() if (f"{_card(edition)}/gone", address) not in marks)
