"""What the post of a stage says: a first line that is enough on a phone's lock screen, then a row of facts; the whole
card only a week before.

A post is worded from the schedule as it is, whenever that is: at first when it is sent, and again for as long as it
stands in a channel, so that it never says what is no longer true.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.announcements.post import ReminderSubject
from bot.announcements.texts.called_off import called_off
from bot.announcements.texts.naming import all_named, apposed, begins, how_to_attend, joined, named, place, say_row
from bot.announcements.texts.registration import (
    closed_sentence,
    is_closed,
    is_usable,
    register_by,
    register_once,
    usable_until,
    was_closed_at,
)
from bot.cards.brief import brief_card, forms_card, whole_card
from bot.cards.dates import day_said, moment_said, time_said
from bot.cards.naming import referred
from bot.cards.rules import day_rules
from bot.cards.view import View
from bot.domain.deadlines import registration_status
from bot.domain.lecture import Lecture, Status
from bot.domain.message import Message, Part
from bot.domain.reminder_times import Stage
from bot.domain.reminders import DueStage, anchors
from bot.domain.series import Series

_A_WEEK: Final = 7
_SOON: Final = timedelta(hours=1)
"""How long before the start a lecture is about to begin."""


def stage_post(subject: ReminderSubject, view: View) -> Message:
    """The post as it is right at `view.now`, without anything to press."""
    lectures = [lecture for number in subject.lectures if (lecture := view.series.lecture(number))]
    if not lectures:
        names = [referred(each, view.series, view.say) for each in subject.lectures]
        return Message(joined([view.say("post.removed", subject=say_row(names, view))], view))
    kept = {lecture.id: found for lecture in lectures if (found := _leading(subject, lecture, view.series))}
    told = [*_sentences([(each, kept[each.id]) for each in lectures if each.id in kept], view)]
    told += [correction(each, view) for each in lectures if each.id not in kept]
    shown = [each for each in lectures if each.id in kept]
    return Message(joined(told, view), tuple(_parts(subject, shown, view)))


def is_as_planned(stage: DueStage, lecture: Lecture, series: Series) -> bool:
    """Whether the lecture still has what the stage was counted from."""
    return lecture.status is Status.PLANNED and stage.anchor in anchors(series, lecture, stage.stage)


def correction(lecture: Lecture, view: View) -> str:
    """What became of a lecture about which a post told something else."""
    if lecture.status is not Status.PLANNED:
        return called_off(lecture, view)
    if not lecture.day:
        return view.say("post.undated", subject=apposed(lecture, view))
    moved = view.say("post.moved", subject=apposed(lecture, view), when=begins(lecture, view))
    return joined([moved, register_by(lecture, view)], view)


def _leading(subject: ReminderSubject, lecture: Lecture, series: Series) -> DueStage | None:
    """The stage of the lecture that its first line is about, if there is one that still holds: a deadline before all
    else."""
    found = [each for each in subject.stages if each.lecture == lecture.id and is_as_planned(each, lecture, series)]
    return next((each for each in found if each.stage.concerns_registration), found[0] if found else None)


def _parts(subject: ReminderSubject, lectures: Sequence[Lecture], view: View) -> Iterator[Part]:
    """What the first line doesn't say: a week before all of it, of a deadline nothing but the form."""
    kinds = {(each.lecture, each.stage) for each in subject.stages}
    first = {(each.lecture, each.stage) for each in subject.stages if not each.repeat}
    alerts: list[Lecture] = []
    for lecture in lectures:
        told = {stage for each, stage in kinds if each == lecture.id}
        if (lecture.id, Stage.WEEK_BEFORE) in first:
            yield whole_card(lecture, view)
        elif Stage.MORNING not in told and any(each.concerns_registration for each in told):
            alerts.append(lecture)
        else:
            yield brief_card(lecture, view, titled=len(lectures) > 1)
    if any(is_usable(each, view) for each in alerts):
        yield forms_card(alerts, view)
    morning = [each for each in lectures if (each.id, Stage.MORNING) in kinds]
    if morning:
        yield from day_rules(morning, view)


def _sentences(leading: Sequence[tuple[Lecture, DueStage]], view: View) -> Iterator[str]:
    """One sentence for all lectures of which the same is told."""
    groups: dict[tuple[object, ...], list[tuple[Lecture, DueStage]]] = {}
    for lecture, stage in leading:
        about: object = stage.anchor
        if not stage.stage.concerns_registration:
            about = stage.anchor.date(), lecture.day
        state = registration_status(view.series, lecture, view.now)
        groups.setdefault((stage.stage, about, state.state, state.in_person_full), []).append((lecture, stage))
    for group in groups.values():
        lectures, stage = [lecture for lecture, _ in group], group[0][1]
        if stage.stage.concerns_registration:
            yield _deadline(stage, lectures, view)
        elif stage.stage is Stage.WEEK_BEFORE:
            yield _week_before(stage, lectures, view)
        else:
            yield _today(stage, lectures, view)


def _deadline(stage: DueStage, lectures: Sequence[Lecture], view: View) -> str:
    until, first = usable_until(lectures[0], view), lectures[0]
    if until is None:
        return closed_sentence(lectures, view)
    online = "_online" if first.registration.in_person_full else ""
    return view.say(
        f"post.{stage.stage}{online}",
        subject=all_named(lectures, view, dated=True),
        until=_weekday(stage, until, view) if stage.stage is Stage.LAST_WEEKDAY else moment_said(until, view),
        time=time_said(until, view),
    )


def _weekday(stage: DueStage, until: datetime, view: View) -> str:
    """A deadline within a week of the post, by the day of the week: 日曜 正午."""
    if view.language == "ja" and (until.date() - stage.due.date()).days < _A_WEEK:
        return view.say("date.moment", day=view.say(f"post.weekday_{until.weekday()}"), time=time_said(until, view))
    if view.language == "en":
        day = f"{view.say(f'post.weekday_{until.weekday()}')},{day_said(until.date(), view).partition(',')[2]}"
        return view.say("date.moment", day=day, time=time_said(until, view))
    return moment_said(until, view)


def _week_before(stage: DueStage, lectures: Sequence[Lecture], view: View) -> str:
    first = lectures[0]
    register = register_by(first, view)
    closed = not register and is_closed(lectures, view)
    if closed and not was_closed_at(stage.due, lectures, view):
        return closed_sentence(lectures, view, dated=True)
    week = _weeks_ahead(stage)
    if len({each.starts for each in lectures}) == 1:
        when, what = begins(first, view), all_named(lectures, view, beside_day=True)
    else:
        when = begins(first, view, clock=False)
        what = say_row([_at_its_time(each, view) for each in lectures], view)
    told = view.say(f"post.week_before{week}", when=when, subject=with_place(what, _shared_place(lectures, view), view))
    return joined([told, view.say("news.closed_already") if closed else register or register_once(first, view)], view)


def _weeks_ahead(stage: DueStage) -> str:
    """Whether that day is the next, in the week of the post or in the next, which begin on Mondays."""
    due, day = stage.due.date(), stage.anchor.date()
    if (day - due).days == 1:
        return "_tomorrow"
    weeks = (day - timedelta(days=day.weekday()) - due + timedelta(days=due.weekday())).days // _A_WEEK
    return {0: "_this", 1: "_next"}.get(weeks, "")


def _today(stage: DueStage, lectures: Sequence[Lecture], view: View) -> str:
    """That lectures begin on the day or, in a post of the evening before, on the next."""
    first, say = lectures[0], view.say
    where = _shared_place(lectures, view, joining=True)
    subject = all_named(lectures, view, beside_day=True)
    tomorrow = "_tomorrow" if stage.due.date() < stage.anchor.date() else ""
    further = (stage.anchor.date() - first.day).days if first.day else 0
    if further:
        return say("post.further_day", number=further + 1, subject=with_place(subject, where, view))
    if not first.starts:
        return say(f"post.on_the_day{tomorrow}", subject=with_place(subject, where, view))
    if len({each.starts for each in lectures}) > 1:
        row = say_row([_at_its_time(each, view) for each in lectures], view)
        return say(f"post.several_today{tomorrow}", lectures=with_place(row, where, view))
    soon = stage.stage is Stage.STARTING and stage.anchor - stage.due <= _SOON
    name = "post.starting" if soon else f"post.morning{tomorrow}"
    told = say(name, time=time_said(first.starts, view), subject=with_place(subject, where, view))
    register = "" if stage.stage is Stage.STARTING or len(lectures) > 1 else register_by(first, view)
    return say("post.and_register", told=told, register=register) if register else told


def _at_its_time(lecture: Lecture, view: View) -> str:
    if not lecture.starts:
        return named(lecture, view, beside_day=True)
    return view.say("post.at_time", time=time_said(lecture.starts, view), subject=named(lecture, view, beside_day=True))


def with_place(subject: str, where: str, view: View) -> str:
    """Something and where it takes place, if that is known."""
    return view.say("post.with_place", subject=subject, place=where) if where else subject


def _shared_place(lectures: Sequence[Lecture], view: View, *, joining: bool = False) -> str:
    """Where all of them take place; nothing if they differ: then each has its row."""
    places = {how_to_attend(each, view) if joining else place(each, view) for each in lectures}
    return places.pop() if len(places) == 1 else ""
