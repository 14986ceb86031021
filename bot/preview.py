"""The posts to come, for whoever wants to see them before anybody else does. Nothing is sent."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO

from bot.announcements.plan import PlannedPost, planned_posts
from bot.announcements.posts import post
from bot.announcements.reasons import reason
from bot.catalog.holidays import with_holidays
from bot.catalog.reading import read_file
from bot.content import When
from bot.domain.language import Language
from bot.domain.series import Series
from bot.options import Options
from bot.phrases import phrases, written


@dataclass(frozen=True, slots=True)
class PreviewedPost:
    """One post as `lecturebot plan` tells of it; `at` is aware, in the series' zone, `text` the post's first line
    in the language of the series' posts."""

    at: datetime
    target: str
    kind: str
    lectures: tuple[int, ...]
    text: str
    why: str

    @property
    def structure(self) -> dict[str, object]:
        """The same for JSON."""
        return {
            "at": self.at.isoformat(),
            "target": self.target,
            "kind": self.kind,
            "lectures": list(self.lectures),
            "text": self.text,
            "why": self.why,
        }


def previewed(options: Options, since: str | None, until: str | None) -> list[PreviewedPost]:
    """The posts due from `since` (default: now) until before `until` (default: all there are).

    Raises InvalidSchedule for the file and ConfigurationError for an instant that is none.
    """
    series = with_holidays(read_file(options.file))
    begin = options.instant(since, series.timezone) if since else options.present(series.timezone)
    end = options.instant(until, series.timezone) if until else datetime.max.replace(tzinfo=series.timezone)
    return [_previewed(series, planned, options.language) for planned in planned_posts(series, begin, end)]


def show(posts: list[PreviewedPost], language: Language, stream: TextIO = sys.stdout) -> None:
    """Prints the posts one after the other, each with its moment, its first line and its reason."""
    for line in _lines(posts, language):
        print(line, file=stream)


def _previewed(series: Series, planned: PlannedPost, language: Language) -> PreviewedPost:
    text = post(series, planned, series.language).headline
    why = reason(series, planned, language)
    target = phrases(language)("plan.one_channel")
    return PreviewedPost(planned.due, target, planned.stage.value, planned.lectures, text, why)


def _lines(posts: list[PreviewedPost], language: Language) -> Iterator[str]:
    say = phrases(language)
    if not posts:
        yield say("plan.nothing")
    for position, each in enumerate(posts):
        if position:
            yield ""
        yield f"{written(When(each.at), language)}  {each.kind}  {each.target}"
        yield f"  {each.text}"
        yield f"  {say('plan.why', why=each.why)}"
