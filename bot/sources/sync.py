"""The schedule kept in step with what organizers keep elsewhere: what is new there is taken over or asked."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import structlog

from bot.announcements.alerts import Alerts
from bot.announcements.ledger import Ledger
from bot.announcements.post import AlertSubject, keys
from bot.domain.language import Language
from bot.i18n import Phrases, phrases
from bot.schedule.draft import Author, EditRefusedError, OutdatedDraftError
from bot.schedule.editor import ScheduleEditor
from bot.schedule.schema.page import PageEntry, Sync
from bot.schedule.versions import ScheduleVersions, VersionSource
from bot.sources.apply import take_over
from bot.sources.columns import NO_MAPPING
from bot.sources.fetch import Fetcher
from bot.sources.model import Difference, SourceRefusedError
from bot.sources.poll import Seen, SourcePoll
from bot.sources.review import Review, decided, reviewed
from bot.sources.state import SourceChangedError, SourceState, SourceUnreadableError
from bot.sources.versions import SourceVersion, SourceVersions
from bot.sources.wording import (
    conflict_written,
    difference_written,
    query,
    refusal_written,
    report,
    trouble,
    warning_written,
)

_SWEEP: Final = 20.0
"""Seconds after which is looked whether there is something to do, in case nobody said so."""

_WHO: Final = "page"
"""Where versions of the schedule come from that the source has made."""

_log: Final = structlog.get_logger(__name__)


class SourceSync:
    """Follows the source, and reports among the `alerts` what organizers should know or answer; `wake` has the
    announcer look at it."""

    def __init__(
        self,
        versions: ScheduleVersions,
        editor: ScheduleEditor,
        source_versions: SourceVersions,
        ledger: Ledger,
        alerts: Alerts,
        now: Callable[[], datetime],
        wake: Callable[[], None],
        fetcher: Fetcher | None = None,
    ) -> None:
        self._schedule: Final = versions.schedule
        self._revisions: Final = versions.revisions
        self._editor: Final = editor
        self._source_versions: Final = source_versions
        self._ledger: Final = ledger
        self._alerts: Final = alerts
        self._now: Final = now
        self._wake: Final = wake
        self._watch: Final = SourcePoll(lambda: self._settings, now, fetcher)
        self._busy: Final = asyncio.Lock()
        self._compared: str | None = None
        self._lacking: dict[str, int] = {}
        self._waiting = False
        self._refused: SourceRefusedError | None = None
        self._open: Review | None = None

    def look(self) -> None:
        """Has the source compared anew at the next turn: the schedule has changed."""
        self._compared = None

    @property
    def current_problems(self) -> list[AlertSubject]:
        """What organizers should know or answer at the moment."""
        series, sync = self._schedule.series, self._settings.sync
        if sync is Sync.OFF:
            return []
        now, language = series.local(self._now()), series.language
        say = self._say(language)
        why = self._watch.trouble(language) or (refusal_written(self._refused, say) if self._refused else None)
        return [
            *([trouble(why, now)] if why else []),
            *([query(self._open, say, now)] if self._open else []),
        ]

    async def run_due(self) -> float:
        """Follows the source; returns the seconds until there may be something to do. Raises LedgerUnavailableError."""
        await self.turn()
        return min(_SWEEP, self._watch.due_in) if self._settings.sync is not Sync.OFF else _SWEEP

    async def turn(self, *, at_once: bool = False) -> tuple[Difference, ...]:
        """Does what there is to do, with the source fetched if it is time or wanted; returns what was taken over.

        Raises LedgerUnavailableError.
        """
        async with self._busy:
            sync = self._settings.sync
            if at_once or (sync is not Sync.OFF and not self._watch.due_in):
                await self._watch.fetch()
                self._compared = None if self._waiting else self._compared
                self._wake()
            page = self._watch.page
            taken: tuple[Difference, ...] = ()
            if page is not None and sync is not Sync.OFF and self._compared != page.digest:
                taken = await self._followed(page, sync)
                self._wake()
            self._report()
            return taken

    async def compared(self, language: Language) -> SourceState:
        """The source fetched now beside the schedule. Raises SourceUnreadableError or LedgerUnavailableError."""
        taken = await self.turn(at_once=True)
        async with self._busy:
            page = self._watch.page
            why = phrases(language)("sync.no_address") if self._watch.address is None else self._watch.failure(language)
            if why or page is None:
                raise SourceUnreadableError(why or "")
            state = _state(await self._review_or_refusal(page, language), self._say(language))
            return replace(state, taken=_lines(taken, self._say(language)))

    async def take_over(
        self, token: str, author: Author, language: Language, *, quietly: bool, conflicts: bool
    ) -> tuple[str, ...]:
        """Takes over the differences, and the conflicts if wanted; returns what was taken over, in lines.

        Raises SourceChangedError, SourceUnreadableError, EditRefusedError, OutdatedDraftError or
        LedgerUnavailableError.
        """
        async with self._busy:
            page, review = await self._asked(token, language)
            chosen = (*review.open, *(review.conflicts if conflicts else ()))
            where = str(author.where) if author.where else ""
            origin = VersionSource(_WHO, author.name or str(author.person), where, quietly=quietly)
            taken = await take_over(self._editor, chosen, origin, self._say(language))
            await self._close(page, await self._review_or_refusal(page, language))
            self._report()
        self.look()
        return _lines(taken, self._say(language))

    async def ignore(self, token: str, language: Language) -> None:
        """Leaves the schedule as it is; that is asked about again only when the source changes.

        Raises SourceChangedError, SourceUnreadableError or LedgerUnavailableError.
        """
        async with self._busy:
            page, _ = await self._asked(token, language)
            await self._settle(page)
            self._open = None
            self._report()
        self.look()

    @property
    def _settings(self) -> PageEntry:
        return self._schedule.reading.settings.page or PageEntry()

    def _say(self, language: Language) -> Phrases:
        return phrases(language, self._schedule.series.called)

    # ---- what is asked in chat

    async def _asked(self, token: str, language: Language) -> tuple[Seen, Review]:
        """The source and what is to be decided, if that is still what the token stands for."""
        if self._watch.page is None:  # as after a restart
            await self._watch.fetch()
        page = self._watch.page
        if page is None:
            raise SourceUnreadableError(self._watch.failure(language) or phrases(language)("sync.no_address"))
        review = await self._review_or_refusal(page, language)
        if review.token != token:
            raise SourceChangedError(_state(review, self._say(language)))
        return page, review

    async def _review_or_refusal(self, page: Seen, language: Language) -> Review:
        try:
            return await self._review(page, await self._source_versions.latest(page.address))
        except SourceRefusedError as refusal:
            raise SourceUnreadableError(refusal_written(refusal, self._say(language))) from None

    # ---- following

    def _report(self) -> None:
        self._alerts.report("page", self.current_problems)

    async def _followed(self, page: Seen, sync: Sync) -> tuple[Difference, ...]:
        """Compares, and takes over or asks; returns what was taken over."""
        settled = await self._source_versions.latest(page.address)
        language = self._schedule.series.language
        taken: tuple[Difference, ...] = ()
        self._compared = page.digest
        try:
            review = await self._review(page, settled)
            if self._waits(review.lacking):
                return ()
            self._refused = None
            if sync is Sync.APPLY and review.plain:
                taken = await self._applied(review.plain, language)
                review = await self._review(page, settled) if taken else review
            if settled is None or settled.digest != page.digest:
                await self._tell(report(taken, review, page.digest, self._say(language), self._now()))
            await self._close(page, review)
        except SourceRefusedError as refusal:
            _log.warning("source.refused", reason=refusal_written(refusal, self._say("en")))
            if not self._waits({refusal.name}):
                self._refused, self._open = refusal, None
        except BaseException:
            self._compared = None
            raise
        return taken

    def _waits(self, lacking: Collection[str]) -> bool:
        """Whether the source lacks something that was not lacking at an earlier look: it may be a bad copy, and is
        looked at again soon."""
        looks = self._watch.looks
        self._lacking = {each: self._lacking.get(each, looks) for each in lacking}
        self._waiting = looks in self._lacking.values()
        if self._waiting:
            self._watch.hasten()
        return self._waiting

    async def _review(self, page: Seen, settled: SourceVersion | None) -> Review:
        """What becomes of the source's differences. Raises SourceRefusedError."""
        from bot.sources.comparing import compared  # many a bot follows no source, and reading one takes much

        before = settled.text if settled else None
        comparison = await asyncio.to_thread(
            compared,
            page.fetched.text,
            before,
            self._schedule.series,
            self._now(),
            self._settings.mapping or NO_MAPPING,
        )
        since = page.since or (settled.at if settled else None)
        return reviewed(comparison, await decided(self._revisions, comparison.news, since))

    async def _tell(self, notice: AlertSubject | None) -> None:
        if notice and self._alerts.organizers:
            await self._ledger.enqueue(notice, keys(notice), [self._alerts.organizers], self._now())

    async def _close(self, page: Seen, review: Review) -> None:
        """Is done with this version of the source, unless something in it is open."""
        self._open = review if review.open else None
        if not review.open:
            await self._settle(page)

    async def _settle(self, page: Seen) -> None:
        settled = await self._source_versions.latest(page.address)
        if settled is None or settled.digest != page.digest:
            await self._source_versions.add(SourceVersion(page.address, page.digest, page.fetched.text, self._now()))

    async def _applied(self, differences: Sequence[Difference], language: Language) -> tuple[Difference, ...]:
        """Takes over what raises no question; what can't be is asked about."""
        try:
            say = self._say(language)
            return await take_over(self._editor, differences, VersionSource(_WHO, say("sync.name")), say)
        except EditRefusedError as refusal:
            _log.warning("source.not_taken_over", reasons=refusal.sentences)
        except OutdatedDraftError:
            _log.info("source.edited_meanwhile")  # it is compared anew after that edit
        return ()


def _state(review: Review, say: Phrases) -> SourceState:
    return SourceState(
        review.token,
        differences=_lines(review.open, say),
        conflicts=tuple(conflict_written(each, say) for each in review.conflicts),
        warnings=tuple(warning_written(each, say) for each in review.warnings),
    )


def _lines(differences: Sequence[Difference], say: Phrases) -> tuple[str, ...]:
    return tuple(difference_written(each, say) for each in differences)
