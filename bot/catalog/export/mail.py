"""The announcement of one lecture for a mailing list: its subject, and its body laid out for plain text."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from bot.cards.view import View
from bot.catalog.export.letter import Block, blocks
from bot.domain.language import Language
from bot.domain.lecture import Lecture, Phase
from bot.domain.series import Series
from bot.phrases import day_and_month
from bot.phrases.lines import wrapped

COLUMNS: Final = 74
"""What a line may fill, wide characters counted as two; only addresses reach beyond, as they are to be clicked."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_POINT: Final = re.compile(r"(?:・|- )(?=\S)")
_ENDED: Final = frozenset({Phase.OVER, Phase.POSTPONED, Phase.CANCELLED})


def mail(series: Series, lecture: Lecture, now: datetime, languages: Sequence[Language]) -> str:
    """The mail with its subject in front and its body in each of the languages, one after the other."""
    views = [View(series, series.local(now), language) for language in languages]
    laid_out = [_subject(lecture, views[0]), *(view.say("mail.below") for view in views[1:])]
    for view in views:
        if view is not views[0]:
            laid_out.append("-" * COLUMNS)
        laid_out += ["\n".join(_lines(block)) for block in blocks(lecture, view)]
    return "\n\n".join(laid_out) + "\n"


def _subject(lecture: Lecture, view: View) -> str:
    say, phase = view.say, lecture.phase(view.now)
    about = day_and_month(lecture.day, view.language) if lecture.day else say("date.undecided")
    if lecture.speaker:
        about = say("mail.about", day=about, speaker=lecture.speaker.name.into(view.language))
    kind = phase.value if phase in _ENDED else "ahead"
    series = view.series.name.into(view.language)
    subject = say(f"mail.subject_{kind}", series=series, number=lecture.number, about=about)
    return say("mail.header", subject=" ".join(subject.split()))


def _lines(block: Block) -> Iterator[str]:
    """The block's lines as they fit; those of a point in a list are set in below its first."""
    for text in block:
        clean = _CONTROL.sub(" ", text).rstrip()
        yield from wrapped(clean, COLUMNS, hanging=2 if _POINT.match(clean) else 0)
