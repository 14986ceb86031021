"""Any post in words, as it is right at some moment: first line, cards, and what can be pressed below it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.announcements.post import (
    AlertSubject,
    CardSubject,
    ChangeSubject,
    DigestSubject,
    FreeTextSubject,
    OwnSubject,
    PostSubject,
    PublicMatter,
    ReminderSubject,
    SharedAnswerSubject,
    free_post,
    kinds,
    lectures_of,
)
from bot.announcements.state import NewsItem
from bot.announcements.texts.changes import change_post
from bot.announcements.texts.digest import digest
from bot.announcements.texts.naming import begins, joined, named, place
from bot.announcements.texts.registration import is_closed, register_by
from bot.announcements.texts.reminders import stage_post, with_place
from bot.cards.lecture import lecture_card, passed_over
from bot.cards.listing import list_entry
from bot.cards.naming import reference
from bot.cards.view import View
from bot.domain.lecture import Lecture, Phase
from bot.domain.message import Action, Listing, Message, Section
from bot.domain.reminder_times import News, Stage
from bot.domain.series import Series
from bot.domain.subscriptions import Follower
from bot.i18n import Phrases

_MOST: Final = 6
"""Lectures without a date that are named where nothing is ahead; more of them are behind a button."""


def next_card(view: View) -> Message:
    """The card as it is right at `view.now`. It says nothing that is true for today only, such as the days left."""
    say, lecture = view.say, view.series.current_or_next(view.now)
    if lecture is None:
        waiting = view.series.upcoming(view.now)[:_MOST]
        entries = tuple(list_entry(each, view) for each in waiting)
        parts = (Listing(say("card.waiting"), entries),) if entries else ()
        return Message(
            say("next.nothing_ahead"), parts, actions=(Action(say("action.archive"), "materials"),), silent=True
        )
    card = lecture_card(lecture, view, notices=passed_over(lecture, view), lasting=True)
    return Message(_headline(lecture, view), (card,), actions=_card_actions(lecture, view), silent=True)


def _headline(lecture: Lecture, view: View) -> str:
    if lecture.phase(view.now) is Phase.UNDER_WAY:
        return joined([view.say("card.under_way", subject=named(lecture, view))], view)
    when = with_place(begins(lecture, view), place(lecture, view), view)
    told = view.say("card.next", subject=named(lecture, view), when=when)
    register = view.say("news.closed_already") if is_closed([lecture], view) else register_by(lecture, view)
    return joined([told, register], view)


def _card_actions(lecture: Lecture, view: View) -> tuple[Action, ...]:
    say, number = view.say, lecture.id
    ahead = lecture.phase(view.now) is Phase.AHEAD
    remind = (Action(say("action.remind_me"), f"notify {number} on"),) if ahead else ()
    calendar, others = Action(say("action.calendar"), f"calendar {number}"), Action(say("action.lectures"), "lectures")
    return (*remind, calendar, others)


_MOST_LECTURES = 2
"""Lectures for which a post offers reminders of their own; more of them would be a wall of buttons."""

_TO_COME = (Phase.UNDATED, Phase.AHEAD, Phase.UNDER_WAY, Phase.POSTPONED)


def render(
    subject: OwnSubject,
    items: Mapping[int, NewsItem],
    view: View,
    follower: Follower,
    troubles: Sequence[AlertSubject] = (),
) -> Message:
    """The post for that follower as it is right at `view.now`.

    `troubles` is what the organizers' digest has to tell besides what is missing.
    """
    match subject:
        case AlertSubject():
            return _notice(subject, view)
        case DigestSubject():
            return digest(troubles, view)
        case FreeTextSubject():
            return free_post(subject.text.into(view.language) if subject.text else "", view)
        case CardSubject():
            return next_card(view)
    edited = view.series.closes_posts and _was_open(subject, view)
    seen = view if edited else replace(view, now=_open_until(subject, view))
    message = stage_post(subject, seen) if isinstance(subject, ReminderSubject) else change_post(subject, items, seen)
    return replace(message, actions=_actions(subject, view, follower))


def is_settled(subject: PostSubject, series: Series, now: datetime) -> bool:
    """Whether the post can be left as it is for good: whatever happens, nobody will go by it any more.

    That is so once its lectures are over, save for posts about materials, which may yet be withdrawn; and for what
    organizers wrote themselves, unless they have changed it.
    """
    if isinstance(subject, FreeTextSubject):
        return subject.edition == 0
    if not isinstance(subject, PublicMatter | SharedAnswerSubject):
        return True
    if isinstance(subject, ChangeSubject) and subject.kinds == (News.MATERIALS,):
        return False
    phases = [lecture.phase(series.local(now)) for number in subject.lectures if (lecture := series.lecture(number))]
    return bool(phases) and all(phase is Phase.OVER for phase in phases)


def _notice(subject: AlertSubject, view: View) -> Message:
    say = view.say
    parts = tuple(
        Section(say(title), tuple((line,) for line in lines), bulleted=True) for title, lines in subject.details
    )
    actions = tuple(Action(say(label), line) for label, line in subject.actions)
    return Message(say(subject.phrase, **subject.values), parts, actions=actions)


def _was_open(subject: PostSubject, view: View) -> bool:
    """Whether there is or was a form for any of its lectures, so that registration can be told to have closed."""
    lectures = (view.series.lecture(number) for number in lectures_of(subject))
    return any(view.series.form(lecture) for lecture in lectures if lecture)


def _open_until(subject: PostSubject, view: View) -> datetime:
    """For posts that are not edited at the deadline: the moment before it, as of which they are told for good."""
    deadlines = [
        deadline
        for number in lectures_of(subject)
        if (lecture := view.series.lecture(number)) and (deadline := view.series.deadline(lecture))
    ]
    last = min(deadlines, default=view.now).astimezone(UTC) - timedelta(seconds=1)
    return view.series.local(max(min(view.now.astimezone(UTC), last), min(subject.due, view.now).astimezone(UTC)))


def _actions(subject: PostSubject, view: View, follower: Follower) -> tuple[Action, ...]:
    """Reminders of each lecture to come, to be switched on or, in a direct message, off; and its calendar entry.

    What is over leads to its card.
    """
    say = view.say
    lectures = [lecture for number in lectures_of(subject) if (lecture := view.series.lecture(number))]
    ahead = [lecture for lecture in lectures if lecture.phase(view.now) in _TO_COME][:_MOST_LECTURES]
    if follower.address.is_person and follower.lectures is None:
        return (Action(say("action.notify_off"), "notify off"),)
    actions: list[Action] = []
    if _is_brief(subject) and not follower.address.is_person:
        return _details(lectures, say)
    for lecture in ahead:
        name, state = ("remind_off", "off") if follower.address.is_person else ("remind_me", "on")
        label = say(f"action.{name}{'_of' if len(ahead) > 1 else ''}", lecture=reference(lecture, say))
        actions.append(Action(label, f"notify {lecture.id} {state}"))
    if len(ahead) == 1 and ahead[0].day and ahead[0].phase(view.now) in (Phase.AHEAD, Phase.UNDER_WAY):
        actions.append(Action(say("action.calendar"), f"calendar {ahead[0].id}"))
    return tuple(actions) or _details(lectures, say)


def _is_brief(subject: PostSubject) -> bool:
    """Whether the post is about one thing only, so that there is nothing else to press."""
    if isinstance(subject, ChangeSubject):
        return subject.kinds == (News.MATERIALS,)
    return isinstance(subject, ReminderSubject) and Stage.WEEK_BEFORE not in kinds(subject)


def _details(lectures: list[Lecture], say: Phrases) -> tuple[Action, ...]:
    """The way to all that is known of them; what was removed from the schedule has none."""
    if not lectures:
        return ()
    return (Action(say("action.details"), f"lecture {lectures[0].id}" if len(lectures) == 1 else "lectures"),)
