"""The channels that would receive what is planned: those that follow, and those that the settings fix."""

import asyncio
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

from rich.text import Text as Line

from bot.announcements.acceptance import first_states
from bot.announcements.news import steps_to_come
from bot.announcements.planner import planned_news, planned_stages
from bot.announcements.post import PostSubject, PublicMatter, kinds, lectures_of
from bot.announcements.reasons import reason
from bot.announcements.selection import wanted_by
from bot.announcements.snapshot import PlanningSnapshot
from bot.app.database import exists, opened
from bot.domain.language import Language
from bot.domain.message import Message, When
from bot.domain.series import Series
from bot.domain.subscriptions import IMAGINARY, Address, Follower
from bot.i18n import phrases, written
from bot.options import Options
from bot.platforms.terminal.rendering import Layout, plain_text, rendered
from bot.platforms.terminal.screen import Screen
from bot.schedule.reader import read_file, with_holidays
from bot.settings import Settings

_EVER = datetime.min.replace(tzinfo=UTC)


def audience(options: Options, settings: Settings) -> Sequence[Follower]:
    """The channels, by address, in the language that was asked for; none if none follows. People's own reminders are
    nobody else's business.

    Raises ConfigurationError for a database that can't be opened.
    """
    database = settings.database(options.data)
    known = asyncio.run(_followers(database)) if exists(database) else []
    return audience_of(settings.channels, known, options)


def audience_of(fixed: Iterable[Address], known: Iterable[Follower], options: Options) -> list[Follower]:
    """The same from the channels that the settings fix and from all who follow."""
    channels = {each: Follower(each, _EVER) for each in fixed}
    channels |= {each.address: each for each in known if not each.address.is_person}
    return [replace(each, language=options.chosen or each.language) for _, each in sorted(channels.items())]


async def _followers(database: str | Path) -> Sequence[Follower]:
    async with opened(database) as store:
        return await store.followers.followers()


_INDENT: Final = Line("    ")


@dataclass(frozen=True, slots=True)
class PreviewedPost:
    """One post as `lecturebot plan` tells of it; `at` is aware, in the series' zone.

    `language` is that of the post, whatever the reader's; what is skipped has no message. `action` is what is done:
    `post`, `edit` or `skip`.
    """

    at: datetime
    target: str
    kind: str
    lectures: tuple[str, ...]
    message: Message | None
    language: Language
    why: str
    action: str = "post"

    @property
    def structure(self) -> dict[str, object]:
        """The same for JSON."""
        return {
            "at": self.at.isoformat(),
            "target": self.target,
            "kind": self.kind,
            "lectures": list(self.lectures),
            "text": plain_text(self.message, self.language) if self.message else "",
            "why": self.why,
        }


def previewed(
    options: Options, since: str | None, until: str | None, followers: Sequence[Follower]
) -> list[PreviewedPost]:
    """The posts due from `since` (default: now) until before `until` (default: all there are), for these followers or
    for one imaginary channel.

    Raises InvalidSchedule for the file and ConfigurationError for an instant that is none.
    """
    series = with_holidays(read_file(options.file))
    begin = options.instant(since, series.timezone) if since else options.present(series.timezone)
    end = options.instant(until, series.timezone) if until else datetime.max.replace(tzinfo=series.timezone)
    snapshot, openings = _with_openings(series, begin)
    subjects = [each for each in openings if begin <= each.due < end] + planned_stages(series, begin, end)
    return [
        _previewed(snapshot, wanted, follower, options.language)
        for subject in sorted(subjects, key=lambda each: each.due)
        for follower in followers or (Follower(IMAGINARY, begin, language=options.language),)
        if (wanted := wanted_by(follower, subject))
    ]


def _with_openings(series: Series, now: datetime) -> tuple[PlanningSnapshot, list[PublicMatter]]:
    """The forms that open at moments of their own as the posts that tell of them, and what these are worded from."""
    states = {each.lecture: each for each in first_states(series, now).lecture_states}
    news = [item for _, step in steps_to_come(states, series, now) for item in step.news]
    items = {position: replace(item, id=position) for position, item in enumerate(news)}
    return PlanningSnapshot(series, states, items), [*planned_news(series, [*items.values()])]


def show(posts: list[PreviewedPost], language: Language, stream: TextIO = sys.stdout) -> None:
    """Prints the posts one after the other, each with its moment, its reason and its text."""
    screen = Screen(stream)
    screen.show(_lines(posts, screen.layout(language)))


def named(address: Address, language: Language) -> str:
    """Where a post goes, as plans and rehearsals write it."""
    return phrases(language)("plan.one_channel") if address == IMAGINARY else str(address)


def _previewed(
    snapshot: PlanningSnapshot, subject: PostSubject, follower: Follower, language: Language
) -> PreviewedPost:
    return PreviewedPost(
        subject.due,
        named(follower.address, language),
        str(next(iter(kinds(subject)))),
        lectures_of(subject),
        snapshot.message(subject, follower, subject.due),
        snapshot.language(follower),
        reason(snapshot.series, subject, language),
    )


def _lines(posts: list[PreviewedPost], layout: Layout) -> Iterator[Line]:
    say = phrases(layout.language)
    if not posts:
        yield Line(say("plan.nothing"))
    for position, each in enumerate(posts):
        if position:
            yield Line()
        kind = each.kind if each.action == "post" else say(f"plan.{each.action}", kind=each.kind)
        yield Line(f"{written(When(each.at), layout.language)}  {kind}  {each.target}", style="bold")
        yield Line(f"  {say('plan.why', why=each.why)}", style="dim")
        if each.message:
            shown = replace(each.message, actions=(), parts=each.message.parts if each.action == "post" else ())
            inner = replace(layout, language=each.language, width=layout.width - len(_INDENT))
            yield Line()
            for line in rendered(shown, inner):
                yield _INDENT + line if line.plain else line
