"""What becomes of a change of a schedule: the way from one version to the posts about it, and these written down."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.announcements.acceptance import accepted, first_states
from bot.announcements.news import settled
from bot.announcements.planner import planned_news
from bot.announcements.state import LectureState, NewsItem, StateUpdate
from bot.announcements.texts.changes import change_post
from bot.cards.view import View
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.message import Card, Countdown, Link, Listing, Message, Section, Span, Text, When
from bot.domain.series import Series
from bot.i18n import written
from tests.examples import with_lecture

Memory = Mapping[str, LectureState]


def after(step: StateUpdate | None, announced: Memory) -> dict[str, LectureState]:
    """What is remembered once a step was taken."""
    return {**announced, **{each.lecture: each for each in (step.lecture_states if step else ())}}


def known(series: Series, now: datetime) -> dict[str, LectureState]:
    """What is remembered after a first start."""
    return after(first_states(series, now), {})


def news_of(
    old: Series, new: Series, now: datetime, *, at: datetime | None = None, links: frozenset[str] = frozenset()
) -> list[NewsItem]:
    """The news, numbered from 1, that come of a schedule accepted at `now`; told at `at`, else an hour later.

    `links` are materials that were announced before.
    """
    announced = known(old, now - timedelta(days=1))
    announced = {
        number: replace(each, announced_links=each.announced_links | links) for number, each in announced.items()
    }
    announced = after(accepted(announced, new, now), announced)
    step = settled(announced, new, at or now + timedelta(hours=1))
    return [replace(each, id=number) for number, each in enumerate(step.news if step else (), 1)]


def posts(
    old: Series,
    new: Series,
    now: datetime,
    language: Language,
    *,
    current: Series | None = None,
    seen_at: datetime | None = None,
) -> list[Message]:
    """The posts about a schedule accepted at `now`; worded right then, or at `seen_at` from the schedule `current`."""
    items = news_of(old, new, now)
    series = current or new
    view = View(series, series.local(seen_at or now), language)
    return [change_post(subject, {each.id: each for each in items}, view) for subject in planned_news(new, items)]


def post_about(
    old: Lecture | None, new: Lecture | None, series: Series, now: datetime, language: Language = "ja"
) -> str:
    """The post about a lecture that was exchanged in a series, written down."""
    before = with_lecture(series, old) if old else series
    later = with_lecture(series, new) if new else series
    made = posts(before, later, now, language)
    return "\n".join(["", *(line for each in made for line in lines(each, language)), ""])


def first_line(old: Lecture | None, new: Lecture, series: Series, now: datetime, language: Language = "ja") -> str:
    """The first line of the one post about a lecture; empty if there is none."""
    before = with_lecture(series, old) if old else series
    return " | ".join(each.headline for each in posts(before, with_lecture(series, new), now, language))


def lines(message: Message, language: Language) -> Iterator[str]:
    """A message, written down: `{…}` is an instant or day, `[label](url)` a link."""
    yield message.headline
    for part in message.parts:
        match part:
            case Card():
                yield f"CARD {part.tone}: {part.title}".rstrip()
                yield from (f"  ! {as_text(notice, language)}" for notice in part.notices)
                yield from (f"  {_labelled(fact.label)}{as_text(fact.value, language)}" for fact in part.facts)
                yield from ([f"  > {as_text(part.call, language)}"] if part.call else [])
                yield from (f"  | {as_text(paragraph, language)}" for paragraph in part.body)
                yield from (f"  {_span(link, language)}" for link in part.links)
            case Section():
                yield f"SECTION {part.title}"
                yield from (f"  • {as_text(paragraph, language)}" for paragraph in part.paragraphs)
            case Listing():
                yield f"LIST {part.title}"
                for entry in part.entries:
                    yield f"  {entry.title}"
                    yield from (f"    {as_text(line, language)}" for line in entry.lines)


def as_text(text: Text, language: Language) -> str:
    """A run of text as one string."""
    return "".join(_span(span, language) for span in text)


def _labelled(label: str) -> str:
    return f"{label} = " if label else ""


def _span(span: Span, language: Language) -> str:
    if isinstance(span, When):
        return f"{{{written(span, language)}}}"
    if isinstance(span, Countdown):
        return span.words
    return f"[{span.label}]({span.url})" if isinstance(span, Link) else span
