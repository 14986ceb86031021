"""Which lecture a person means: by number, by `next` and `last`, or by part of a title or a name."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.domain.text import bigrams, folded

_NUMBER = re.compile(r"(?:第|#|no\.?|lecture)?\s*(\d{1,6})\s*回?")
_NEXT = frozenset({"next", "次", "次回", "次の講義"})
_LAST = frozenset({"last", "latest", "previous", "前回", "最新", "直近"})
_ALIKE = 0.3
"""Share of the typed character pairs that a title or name must have to count as near, so that a slip in one word of a
long title is still near to it."""


@dataclass(frozen=True, slots=True)
class Match:
    """The lectures that were meant; none where nothing fits, and then `nearest` names what might have been."""

    lectures: tuple[Lecture, ...] = ()
    nearest: tuple[Lecture, ...] = ()


def match(series: Series, which: str, now: datetime) -> Match:
    """The lectures that `which` may mean, be it `7`, `第7回`, `#7`, `next`, `last` or part of a title or name."""
    wanted = folded(which)
    if wanted in _NEXT:
        return _one(series.current_or_next(now))
    if wanted in _LAST:
        return _one(series.latest(now))
    number = number_meant(which)
    if number is not None:
        lecture = series.lecture(number)
        return _one(lecture) if lecture else Match(nearest=_near_numbers(series, number))
    headed = series.headed(which)
    return Match(tuple(headed)) if headed else Match(nearest=_alike(series, which))


def number_meant(which: str) -> int | None:
    """The number in `7`, `第7回`, `７`, `#7`; None for any other text."""
    numbered = _NUMBER.fullmatch(folded(which))
    return int(numbered[1]) if numbered else None


def _one(lecture: Lecture | None) -> Match:
    return Match((lecture,)) if lecture else Match()


def _near_numbers(series: Series, number: int, most: int = 3) -> tuple[Lecture, ...]:
    near = sorted(series.lectures, key=lambda lecture: abs(lecture.number - number))[:most]
    return tuple(sorted(near, key=lambda lecture: lecture.number))


def _alike(series: Series, words: str, most: int = 3) -> tuple[Lecture, ...]:
    wanted = bigrams(words)
    scored = []
    for lecture in series.lectures:
        texts = [*lecture.title.variants] if lecture.title else []
        texts += lecture.speaker.name.variants if lecture.speaker else ()
        score = max((_likeness(wanted, bigrams(text)) for text in texts), default=(0.0, 0.0))
        if score[0] >= _ALIKE:
            scored.append((score, lecture.number, lecture))
    ranked = sorted(scored, reverse=True)[:most]
    return tuple(lecture for score, _, lecture in ranked if 2 * score[0] >= ranked[0][0][0])


def _likeness(wanted: frozenset[str], held: frozenset[str]) -> tuple[float, float]:
    """The share of what is wanted that is held and, to order equals by, the share of both in common."""
    common = len(wanted & held)
    return common / max(1, len(wanted)), common / max(1, len(wanted | held))
