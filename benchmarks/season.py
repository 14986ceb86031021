"""What a season comes to for a channel: how many posts, of which kinds, and how much there is to read.

python -m benchmarks.season [--from 2023-10-01] [--to 2024-10-01] [--pages DIR] [--lectures FILE]
"""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.announcements.post import kinds, lectures_of
from bot.app.rehearse import rehearsed
from bot.app.simulation import AnnouncerAction
from bot.domain.language import LANGUAGES
from bot.domain.message import Card, Message
from bot.domain.reminder_times import Stage
from bot.domain.series import Series
from bot.domain.subscriptions import IMAGINARY, Follower
from bot.i18n import phrases
from bot.logs import no_logs
from bot.options import Options
from bot.platforms.terminal.rendering import plain_text
from bot.schedule.reader import read_file

_SHIPPED: Final = Path(__file__).resolve().parents[1] / "lectures.yaml"
_A_MONTH: Final = timedelta(days=30)
_FACTS_OF_A_WHOLE_CARD: Final = 3
"""Facts from which a card is more than a row."""


def measured(file: Path, since: str | None, until: str | None, pages: Path | None) -> dict[str, object]:
    """The figures of that time; by default from a month before the first lecture to a month after the last."""
    series = read_file(file).series
    days = sorted(lecture.day for lecture in series.lectures if lecture.day)
    begin = _instant(since or str(days[0] - _A_MONTH), series)
    end = _instant(until or str(days[-1] + _A_MONTH), series)
    options = Options(language="ja", data=file.parent, lectures=file)
    channel = Follower(IMAGINARY, begin, language="ja")
    with no_logs():
        happened = asyncio.run(rehearsed(options, begin, end, [channel], pages))
    posts = [(series, each) for series, each in happened if each.action == "post"]
    edits = [each for _, each in happened if each.action == "edit"]
    lectures = {about for _, each in posts for about in lectures_of(each.subject)}
    with_form = {about for series, each in posts for about in lectures_of(each.subject) if _has_form(series, about)}
    told = Counter(str(kind) for _, each in posts for kind in kinds(each.subject))
    return {
        "lectures": len(lectures),
        "lectures with a form": len(with_form),
        "posts": len(posts),
        "posts a lecture": round(len(posts) / len(lectures), 2),
        "posts a lecture with a form": round(_share(posts, with_form), 2),
        "edits": len(edits),
        "deadline alerts": sum(told[stage] for stage in Stage if stage.concerns_registration),
        "posts about registration without a form": sum(_about_no_form(series, each) for series, each in happened),
        "whole cards a lecture": round(sum(_whole_cards(each) for _, each in posts) / len(lectures), 2),
        "lines a post": round(sum(_lines(each) for _, each in posts) / len(posts), 1),
        "kinds told": dict(told.most_common()),
    }


def _instant(text: str, series: Series) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=series.timezone)


def _share(posts: Sequence[tuple[Series, AnnouncerAction]], lectures: set[str]) -> float:
    """Posts a lecture of these; one of several lectures counts for each by its part."""
    parts = (len(lectures & set(about)) / len(about) for _, each in posts if (about := lectures_of(each.subject)))
    return sum(parts) / max(len(lectures), 1)


def _has_form(series: Series, lecture_id: str) -> bool:
    lecture = series.lecture(lecture_id)
    return lecture is not None and series.form(lecture) is not None


def _about_no_form(series: Series, action: AnnouncerAction) -> bool:
    """Whether a message speaks of registration although none of its lectures has a form."""
    about = lectures_of(action.subject)
    if not action.message or not about or any(_has_form(series, each) for each in about):
        return False
    return any(_REGISTRATION in line for line in _text(action.message).splitlines())


_REGISTRATION: Final = phrases("ja")("registration.form_brief")


def _whole_cards(action: AnnouncerAction) -> int:
    return sum(1 for card in _cards(action.message) if len(card.facts) >= _FACTS_OF_A_WHOLE_CARD)


def _cards(message: Message | None) -> Iterator[Card]:
    yield from (each for each in (message.parts if message else ()) if isinstance(each, Card))


def _lines(action: AnnouncerAction) -> int:
    return len([line for line in _text(action.message).splitlines() if line.strip()]) if action.message else 0


def _text(message: Message) -> str:
    return plain_text(message, LANGUAGES[0])


def main(arguments: Sequence[str]) -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="since", metavar="ISO")
    parser.add_argument("--to", dest="until", metavar="ISO")
    parser.add_argument("--pages", type=Path, metavar="DIR")
    parser.add_argument("--lectures", type=Path, metavar="FILE", default=_SHIPPED)
    asked = parser.parse_args(arguments)
    figures = measured(asked.lectures, asked.since, asked.until, asked.pages)
    print(json.dumps(figures, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
