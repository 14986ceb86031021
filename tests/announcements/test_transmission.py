"""One claim's way to a platform that answers wrongly, late or not at all, in virtual time."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.announcements.ledger import Claim
from bot.announcements.post import FreeTextSubject
from bot.announcements.poster import NotSent, Outcome, Posted, Refusal, Refused, Unknown, Unreadable
from bot.announcements.timeouts import USUAL
from bot.announcements.transmission import Composed, Transmission, Transmitted
from bot.domain.language import Language, Localized
from bot.domain.message import Message
from bot.domain.subscriptions import Address, AddressKind
from tests.announcements.recording import Recording
from tests.announcements.virtual_time import run_virtually
from tests.examples import at

CHANNEL = Address("discord", AddressKind.CHANNEL, "1")
SUBJECT = FreeTextSubject("1", Localized.same("text"), at("2030-04-17T09:00"))
LOST = Unknown("the answer was lost")
THERE = Posted("9")
ABSENT = None
UNREADABLE = Unreadable("503")


@dataclass
class Platform(Recording):
    """It answers posts with the `outcomes`, looks at its history with `found`, and notes when it was asked."""

    outcomes: Sequence[Outcome]
    found: Sequence[Posted | Unreadable | None] = ()
    idempotent: bool = False
    sent: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        self.sent.append(_now())
        return self.outcomes[min(len(self.sent), len(self.outcomes)) - 1]

    async def find(self, address: Address, marker: str, since: datetime) -> Posted | Unreadable | None:  # type: ignore[override]
        self.looks.append(_now())
        return self.found[min(len(self.looks), len(self.found)) - 1]


def _now() -> float:
    return asyncio.get_running_loop().time()


def transmitted(platform: Platform, *words: str | None) -> Transmitted:
    """What came of it; the message says each of the `words` in turn, and the last from then on."""
    said = iter(words or ("text",))
    last: list[str | None] = [None]

    def compose() -> Composed | None:
        last[0] = next(said, last[0])
        return Composed(SUBJECT, Message(last[0]), last[0]) if last[0] else None

    async def run() -> Transmitted:
        claim = Claim("marker", CHANNEL, SUBJECT, USUAL.lease, 1)
        return await Transmission(platform, claim, compose, "en", None, at("2030-04-17T09:00"), USUAL, _now).run()

    return run_virtually(run())


def test_what_discord_did_not_answer_is_sent_again_with_the_same_nonce_after_1_2_and_4_seconds() -> None:
    platform = Platform([LOST, LOST, NotSent("refused connection"), THERE], idempotent=True)
    assert transmitted(platform) == (THERE, Composed(SUBJECT, Message("text"), "text"))
    assert platform.sent == [0, 1, 3, 7]


def test_of_a_repeated_post_that_has_other_words_by_now_nobody_knows_which_ones_stand_there() -> None:
    assert transmitted(Platform([LOST, THERE], idempotent=True), "open", "closed") == (THERE, None)


def test_what_slack_did_not_answer_is_looked_up_after_2_5_and_10_seconds_and_then_sent_again() -> None:
    platform = Platform([LOST, THERE], [ABSENT])
    assert transmitted(platform) == (THERE, Composed(SUBJECT, Message("text"), "text"))
    assert (platform.sent, platform.looks) == ([0, 10], [2, 5, 10])


def test_what_is_found_is_not_sent_again() -> None:
    platform = Platform([LOST], [ABSENT, THERE])
    assert transmitted(platform) == (THERE, None)
    assert (platform.sent, platform.looks) == ([0], [2, 5])


def test_a_history_that_cannot_be_read_is_read_again_as_soon_as_may_be() -> None:
    platform = Platform([LOST, THERE], [*[UNREADABLE] * 5, ABSENT])
    assert transmitted(platform).outcome == THERE
    assert platform.looks == [2, 5, 10, 11, 13, 17]


def test_a_history_that_may_not_be_read_is_left_for_later() -> None:
    platform = Platform([LOST], [Unreadable("no right", lasting=True)])
    assert transmitted(platform) == (LOST, None)
    assert platform.looks == [2]


@pytest.mark.parametrize("idempotent", [False, True])
def test_nothing_is_sent_when_not_enough_of_the_lease_is_left(idempotent: bool) -> None:
    platform = Platform([NotSent("refused connection")], idempotent=idempotent)
    assert transmitted(platform) == (NotSent("refused connection"), None)
    assert 90 < platform.sent[-1] <= USUAL.lease - USUAL.guard
    assert max(later - earlier for earlier, later in zip(platform.sent, platform.sent[1:], strict=False)) == 8


def test_where_nothing_but_lost_answers_came_it_stays_unknown() -> None:
    assert transmitted(Platform([LOST], idempotent=True)) == (LOST, None)
    assert transmitted(Platform([LOST, NotSent("refused connection")], idempotent=True)).outcome == Unknown(
        "refused connection"
    )


def test_one_refused_token_is_an_accident_and_three_are_a_verdict() -> None:
    refused = Refused(Refusal.CREDENTIALS, "401")
    assert transmitted(Platform([refused, refused, THERE])).outcome == THERE
    assert transmitted(Platform([refused])).outcome == refused


def test_a_refusal_is_told_at_once_unless_the_post_may_have_arrived_before() -> None:
    refused = Refused(Refusal.RIGHTS, "403")
    assert transmitted(Platform([refused])) == (refused, None)
    assert transmitted(Platform([LOST, refused], idempotent=True)).outcome == Unknown("403")


def test_what_is_refused_for_its_form_is_sent_once_more_as_plain_text() -> None:
    refused = Refused(Refusal.CONTENT, "400")
    platform = Platform([refused, THERE])
    assert transmitted(platform) == (THERE, Composed(SUBJECT, Message("text"), "text"))
    assert platform.sent == [0, 0]
    assert transmitted(Platform([refused])) == (refused, None)


def test_a_wait_that_the_platform_asks_for_is_not_sat_out_with_the_claim() -> None:
    platform = Platform([NotSent("429", 40.0)])
    assert transmitted(platform) == (NotSent("429", 40.0), None)
    assert platform.sent == [0]


def test_what_is_no_longer_right_is_not_sent_again() -> None:
    platform = Platform([NotSent("refused connection"), THERE])
    assert transmitted(platform, "open", None) == (NotSent("refused connection"), None)
    assert platform.sent == [0]
