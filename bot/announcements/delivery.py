"""One post's way out: claimed, checked, sent once, recorded; and what becomes of it when any of that goes wrong."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.announcements.alerts import Alerts, trouble_key
from bot.announcements.doubts import ASK_AGAIN, Doubts
from bot.announcements.journal import Journal
from bot.announcements.ledger import Claim, OpenPost, PostStatus, SentPost
from bot.announcements.planner import still_planned
from bot.announcements.post import AlertSubject, FreeTextSubject, PostSubject, is_late, is_withdrawn, keys
from bot.announcements.poster import NotSent, Outcome, Posted, Poster, Refusal, Refused, Unknown, Unreadable
from bot.announcements.selection import Reason
from bot.announcements.snapshot import PlanningState
from bot.announcements.store import AnnouncementStore
from bot.announcements.timeouts import USUAL, DeliveryTimeouts
from bot.announcements.told import Told
from bot.announcements.transmission import Composed, Transmission, as_it_is, limited, looked_up
from bot.announcements.urgency import LEAST_URGENT, pings, urgency
from bot.announcements.wordings import Wording, Wordings
from bot.domain.message import unadorned
from bot.domain.subscriptions import Address, Follower


@dataclass(frozen=True, slots=True)
class PostingContext:
    """What all that posts works with: the platforms by name, the aware present, what hears of it, the time limits."""

    posters: Mapping[str, Poster]
    now: Callable[[], datetime]
    journal: Journal
    timeouts: DeliveryTimeouts = USUAL

    def reaches(self, address: Address) -> bool:
        """Whether something can be posted there, as far as is known."""
        poster = self.posters.get(address.platform)
        return poster is not None and poster.ready


_LOOK_AGAIN: Final = 5.0
"""Seconds that double with each attempt until a history that may not be read is tried again."""

_HICCUPS: Final = 3
"""Attempts after which organizers are told that a history can't be read: one failed request is nothing to do about."""

_LONGEST_WAIT: Final = 600.0
"""Seconds. A platform that asks for a longer wait is asked again sooner, and the organizers are told."""


class Delivery:
    """Sends posts and edits them. What may not be sent in a pause is left as it stands, to be sent later."""

    def __init__(
        self, store: AnnouncementStore, context: PostingContext, planning: PlanningState, told: Told, alerts: Alerts
    ) -> None:
        self._ledger: Final = store.ledger
        self._followers: Final = store.followers
        self._elapsed: Final = store.elapsed
        self._posters: Final = context.posters
        self._now: Final = context.now
        self._journal: Final = context.journal
        self._timeouts: Final = context.timeouts
        self._planning: Final = planning
        self._wordings: Final = Wordings(planning)
        self._told: Final = told
        self._alerts: Final = alerts
        self._doubts: Final = Doubts(store.elapsed)

    async def send(self, follower: Follower, subject: PostSubject) -> bool:
        """Sends a post that is due, unless it has become wrong or somebody else has claimed it meanwhile.

        Returns whether nothing is left to be seen to.
        """
        now = self._now()
        true = self._still(subject, now)
        if not true or not self._planning.may_send(subject):
            return False
        told = keys(true)
        claim = await self._ledger.claim(true, told, follower.address, now)
        if not claim:
            self._told.forget(told)
            return False
        self._told.note(follower.address, told)
        sent = await self._post_in_turn(claim, follower, now)
        return sent and true == subject

    async def resume(self, follower: Follower | None, post: OpenPost) -> bool:
        """Takes up a post that nobody works on: looks whether it went out after all, and sends it only if it didn't.

        Without a `follower` nobody wants it any more. Returns whether nothing is left to be seen to.
        """
        if not self._planning.may_send(post.subject):
            return False
        claim = await self._ledger.take_over(post)
        if not claim:
            return False
        poster = self._posters[post.address.platform]
        if post.status is not PostStatus.WAITING and not await self._certainly_unsent(poster, claim, post.created_at):
            return False
        if follower is None:
            await self._drop(claim, Reason.UNFOLLOWED)
        elif true := self._still(claim.subject, self._now()):
            return await self._post_in_turn(replace(claim, subject=true), follower, post.created_at)
        else:
            await self._drop(claim, self._reason(claim.subject))
        return True

    def is_wrong(self, follower: Follower, post: SentPost) -> bool:
        """Whether a message says something else than it should by now. That it came late may stay, and goes with the
        first edit."""
        if is_withdrawn(post.subject):
            return True
        wording = self._should_say(follower, post)
        if wording.digest == post.content_digest:
            return False
        return not is_late(post.subject, post.sent_at) or wording.late_digest != post.content_digest

    async def correct(self, follower: Follower, post: SentPost) -> bool:
        """Edits a message if it says what is no longer true, or deletes it if it was withdrawn; whether it is as it
        should be, or never will be."""
        if not self.is_wrong(follower, post):
            return True
        if self._doubts.is_pending(post.address):
            return False
        withdrawn = is_withdrawn(post.subject)
        outcome = await (self.take_away(post) if withdrawn else self.reword(follower, post))
        match outcome:
            case Posted():
                self._doubts.accepted(post.address)
                if withdrawn:
                    await self._ledger.forget_message(post, "withdrawn")
                return True
            case Refused(why, detail) if not self._doubts.confirmed(post.address, why):
                self._journal.troubled(post.address, post.subject, "edit", f"{why}: {detail}")
                return False
            case Refused(why, detail):
                await self._ledger.forget_message(post, f"{why}: {detail}")
                self._journal.troubled(post.address, post.subject, "edit", f"{why}: {detail}")
                if isinstance(post.subject, FreeTextSubject) and why is not Refusal.MESSAGE:
                    self._notify("notice.not_changed", post.address, detail)
                return True
            case NotSent() | Unknown():
                self._journal.troubled(post.address, post.subject, "edit", outcome.detail)
                return False

    async def reword(self, follower: Follower, post: SentPost) -> Outcome:
        """Has a message say what it should by now, even if it does; what came of it is recorded if it did not."""
        poster = self._posters[post.address.platform]
        await poster.turn(post.address, LEAST_URGENT)
        wording = self._should_say(follower, post)
        language = self._planning.snapshot.language(follower)
        outcome: Outcome = NotSent("")
        for form in (as_it_is, unadorned):
            message = form(wording.message)
            outcome = await limited(
                poster.edit(post.address, post.message_id, message, language, post.marker), self._timeouts.call
            )
            if not isinstance(outcome, Refused) or outcome.why is not Refusal.CONTENT:
                break
        if isinstance(outcome, Posted) and wording.digest != post.content_digest:
            await self._ledger.record_edit(post, wording.digest)
            self._journal.edited(post.address, post.subject, wording.message)
        return outcome

    async def pin(self, post: SentPost) -> Outcome:
        """Pins a message where it stands."""
        return await limited(
            self._posters[post.address.platform].pin(post.address, post.message_id), self._timeouts.call
        )

    def name_of(self, address: Address) -> str:
        """What a channel is called where it is."""
        poster = self._posters.get(address.platform)
        return poster.name_of(address) if poster else str(address)

    async def take_away(self, post: SentPost) -> Outcome:
        """Deletes a message."""
        return await limited(
            self._posters[post.address.platform].remove(post.address, post.message_id), self._timeouts.call
        )

    def _should_say(self, follower: Follower, post: SentPost) -> Wording:
        return self._wordings.wording(post.subject, follower, self._now())

    def _still(self, subject: PostSubject, now: datetime) -> PostSubject | None:
        snapshot = self._planning.snapshot
        return still_planned(subject, snapshot.series, snapshot.lecture_states, now)

    def _reason(self, subject: PostSubject) -> Reason:
        until = getattr(subject, "until", None)
        return Reason.STALE if until and self._now() >= until else Reason.NO_LONGER_TRUE

    async def _certainly_unsent(self, poster: Poster, claim: Claim, since: datetime) -> bool:
        """Looks a post up whose outcome is unknown; if it is there it is recorded, if that can't be told it is held."""
        match await looked_up(poster, claim, since, self._timeouts.call):
            case Posted(message):
                await self._found(claim, message)
                return False
            case Unreadable(detail, lasting):
                longest = self._timeouts.look_again if lasting else self._timeouts.pause
                await self._ledger.hold(claim, min(_LOOK_AGAIN * 2.0**claim.attempt, longest), detail)
                self._journal.troubled(claim.address, claim.subject, "lookup", detail)
                if claim.attempt > _HICCUPS:
                    self._notify("notice.held", claim.address, detail)
                return False
            case None:
                return True

    async def _found(self, claim: Claim, message: str) -> None:
        """Records a message that stands there, whatever exactly it says."""
        if await self._ledger.record_sent(claim, message, "", self._now()):
            self._journal.troubled(claim.address, claim.subject, "lookup", "found sent")

    async def _post_in_turn(self, claim: Claim, follower: Follower, since: datetime) -> bool:
        """Sends a claimed post once the platform's rates let it, if it is then still to be sent; whether it stands."""
        poster = self._posters[claim.address.platform]
        try:
            await poster.turn(claim.address, urgency(claim.subject))
        except asyncio.CancelledError:
            await self._ledger.retry_later(claim, 0.0, "stopped")
            raise
        if not self._planning.may_send(claim.subject):
            await self._ledger.retry_later(claim, 0.0, "paused")
            return False
        if not self._still(claim.subject, self._now()):
            await self._drop(claim, self._reason(claim.subject))
            return True
        return await self._post(poster, claim, follower, since)

    async def _post(self, poster: Poster, claim: Claim, follower: Follower, since: datetime) -> bool:
        transmission = Transmission(
            poster,
            claim,
            lambda: self._composed(claim.subject, follower),
            self._planning.snapshot.language(follower),
            follower.ping if pings(claim.subject) else None,
            since,
            self._timeouts,
            self._elapsed,
        )
        try:
            outcome, standing = await transmission.run()
        except asyncio.CancelledError:
            await self._ledger.hold(claim, transmission.settles_in, "stopped")
            raise
        match outcome:
            case Posted(message) if standing:
                self._doubts.accepted(claim.address)
                sent = replace(claim, subject=standing.subject)
                recorded = await self._ledger.record_sent(sent, message, standing.digest, self._now())
                if recorded:
                    self._journal.posted(claim.address, standing.subject, standing.message)
                return recorded and standing.subject == claim.subject
            case Posted(message):
                await self._found(claim, message)
            case NotSent(detail, wait):
                await self._wait(claim, wait, detail)
            case Refused(why, detail):
                self._journal.troubled(claim.address, claim.subject, "send", f"{why}: {detail}")
                await self._refused(claim, why, detail)
            case Unknown(detail):
                await self._ledger.hold(claim, transmission.settles_in, detail)
                self._journal.troubled(claim.address, claim.subject, "send", f"outcome unknown: {detail}")
        return False

    def _composed(self, subject: PostSubject, follower: Follower) -> Composed | None:
        """What is true of the subject by now, in words; None if nothing is, or in a pause."""
        now = self._now()
        true = self._still(subject, now)
        if not true or not self._planning.may_send(true):
            return None
        wording = self._wordings.wording(true, follower, now)
        if is_late(true, now):
            return Composed(true, wording.late, wording.late_digest)
        return Composed(true, wording.message, wording.digest)

    async def _wait(self, claim: Claim, wait: float | None, detail: str) -> None:
        """Gives back what was certainly not sent, to be tried again."""
        if wait is not None and wait > _LONGEST_WAIT:
            self._notify("notice.wait", claim.address, f"{wait / 60:.0f}")
        pause = self._timeouts.pause if wait is None else wait
        await self._ledger.retry_later(claim, min(pause, _LONGEST_WAIT), detail)
        self._journal.troubled(claim.address, claim.subject, "send", detail)

    async def _refused(self, claim: Claim, why: Refusal, detail: str) -> None:
        if not self._doubts.confirmed(claim.address, why):
            await self._ledger.retry_later(claim, ASK_AGAIN, f"{why}: {detail}")
            return
        if claim.address.is_person and why in (Refusal.CLOSED, Refusal.GONE):
            await self._ledger.drop(claim, f"{why}: {detail}")
            await self._followers.unfollow(claim.address, "closed", self._now())
            return
        if why is Refusal.CONTENT:
            await self._ledger.drop(claim, f"{why}: {detail}")
        else:
            await self._ledger.retry_later(claim, self._timeouts.refused, f"{why}: {detail}")
        if not isinstance(claim.subject, AlertSubject):
            self._notify(f"notice.refused.{why}", claim.address, detail)

    async def _drop(self, claim: Claim, reason: Reason) -> None:
        await self._ledger.drop(claim, reason)
        self._journal.skipped(claim.address, claim.subject, reason)

    def _notify(self, phrase: str, address: Address, detail: str) -> None:
        """Has the organizers told, once a day for the same trouble at the same place."""
        now = self._planning.snapshot.series.local(self._now())
        values = {"where": self.name_of(address), "detail": detail}
        self._alerts.tell(AlertSubject(trouble_key(phrase, address, now), phrase, values, now))
