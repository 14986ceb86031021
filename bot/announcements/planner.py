"""Which posts are due when, from the schedule and what has been told; whether they still hold."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.announcements.news_kinds import WEIGHTIEST_FIRST, stages_said
from bot.announcements.post import ChangeSubject, DigestSubject, PostSubject, ReminderSubject, is_withdrawn
from bot.announcements.selection import with_stages
from bot.announcements.state import LectureState, NewsItem
from bot.announcements.urgency import kind_rank
from bot.domain.lecture import Phase, rank
from bot.domain.reminder_times import TOGETHER, News, Stage
from bot.domain.reminders import DueStage, stages
from bot.domain.series import Series


def planned_stages(
    series: Series, since: datetime, before: datetime, lecture_states: Mapping[str, LectureState] | None = None
) -> list[ReminderSubject]:
    """The posts of stages due from `since` on and before `before` (aware instants), in order.

    With `lecture_states`, those stages are left out whose moment was past when the lecture, its date, deadline or form
    became known. Stages of one lecture that are due shortly one after the other are one post, at the first one's
    moment; so are those of several lectures that begin with the same kind at the same moment.
    """
    together: dict[tuple[Stage, datetime], list[DueStage]] = {}
    for lecture in series.lectures:
        known = lecture_states.get(lecture.id) if lecture_states is not None else None
        if lecture_states is not None and known is None:
            continue
        for first, *others in _bundles(stages(series, lecture), known):
            if since <= first.due < before:
                together.setdefault((first.stage, first.due), []).extend((first, *others))
    return sorted(
        (ReminderSubject(tuple(group)) for group in together.values()),
        key=lambda subject: (subject.due, [*map(rank, subject.lectures)]),
    )


def _bundles(found: Iterable[DueStage], known: LectureState | None) -> list[list[DueStage]]:
    """The stages of one lecture, those together that are told in one post; each was known when the first is due."""
    bundles: list[list[DueStage]] = []
    for stage in sorted(found, key=lambda each: (each.due.astimezone(UTC), kind_rank(each.stage))):
        since = _known_since(known, stage) if known else None
        if since and since > stage.due:
            continue
        first = bundles[-1][0] if bundles else None
        if first and stage.due - first.due <= TOGETHER and (since is None or since <= first.due):
            bundles[-1].append(stage)
        else:
            bundles.append([stage])
    return bundles


def planned_news(series: Series, items: Sequence[NewsItem]) -> list[ChangeSubject]:
    """The posts that tell of these news: those that have the same weightiest kind at one moment share theirs."""
    together: dict[tuple[object, ...], list[NewsItem]] = {}
    for item in items:
        together.setdefault((item.settled_at, item.kinds[0], item.urgent), []).append(item)
    return [_news_post(group, series) for group in together.values()]


def _news_post(group: Sequence[NewsItem], series: Series) -> ChangeSubject:
    found = {kind for each in group for kind in each.kinds}
    said = frozenset(Stage).intersection(*(stages_said(each, series) for each in group))
    return ChangeSubject(
        tuple(each.id for each in group),
        tuple(kind for kind in WEIGHTIEST_FIRST if kind in found),
        tuple(each.lecture for each in group),
        series.local(group[0].settled_at),
        group[0].urgent,
        tuple(stage for stage in Stage if stage in said),
        tuple(_awaited(group, series, said)) if found == {News.DETAILS} else (),
    )


def _awaited(group: Sequence[NewsItem], series: Series, said: Collection[Stage]) -> list[DueStage]:
    """The next stage of each of these lectures; none if one of them has none that is due soon, or one that need not be
    told since these news, which show more, have `said` the same shortly before."""
    found: list[DueStage] = []
    for item in group:
        lecture = series.lecture(item.lecture)
        ahead = [each for each in (stages(series, lecture) if lecture else ()) if each.due > item.settled_at]
        following = min(ahead, key=lambda each: each.due, default=None)
        if following is None or following.due - item.settled_at > _soon(following.stage):
            return []
        if following.stage in said and following.due - item.settled_at <= TOGETHER:
            return []
        found.append(following)
    return found


def _soon(stage: Stage) -> timedelta:
    """How long details of a lecture wait for the stage: longer for the one that shows all about it."""
    return timedelta(days=7 if stage is Stage.WEEK_BEFORE else 4)


def still_planned(
    subject: PostSubject, series: Series, lecture_states: Mapping[str, LectureState], now: datetime
) -> PostSubject | None:
    """The subject as the schedule has it now: without stages that no longer hold, None if none does.

    News hold for ever; what they say is made from the schedule when they are sent.
    """
    if is_withdrawn(subject):
        return None
    if isinstance(subject, DigestSubject):
        return subject if now < subject.until else None
    if not isinstance(subject, ReminderSubject):
        return subject
    return with_stages(subject, (each for each in subject.stages if _holds(each, series, lecture_states, now)))


def next_due(series: Series, lecture_states: Mapping[str, LectureState], now: datetime) -> datetime | None:
    """The first moment after `now` at which a stage falls due."""
    return min(_dues(series, lecture_states, now), default=None)


def _dues(series: Series, lecture_states: Mapping[str, LectureState], now: datetime) -> Iterator[datetime]:
    for lecture in series.lectures:
        known = lecture_states.get(lecture.id)
        if known and lecture.phase(series.local(now)) is not Phase.OVER:
            yield from (each.due for each in stages(series, lecture) if each.due > now)


def _known_since(known: LectureState, stage: DueStage) -> datetime:
    """Since when all that the stage depends on has been known."""
    if stage.stage.concerns_registration:
        return max(known.date_changed_at, known.deadline_changed_at, known.form_added_at)
    return known.date_changed_at


def _holds(stage: DueStage, series: Series, lecture_states: Mapping[str, LectureState], now: datetime) -> bool:
    lecture, known = series.lecture(stage.lecture), lecture_states.get(stage.lecture)
    if not lecture or not known or now >= stage.until.astimezone(UTC):
        return False
    if lecture.phase(series.local(now)) not in (Phase.AHEAD, Phase.UNDER_WAY):
        return False
    return any(
        (each.stage, each.anchor, each.repeat) == (stage.stage, stage.anchor, stage.repeat)
        and _known_since(known, each) <= stage.due
        for each in stages(series, lecture)
    )
