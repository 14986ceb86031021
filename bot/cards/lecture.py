"""A lecture as it is shown: its heading, its card, and what stands on that."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from bot.cards import naming
from bot.cards.abstract import excerpt
from bot.cards.dates import countdown, date_text, near
from bot.cards.people import everybody, names
from bot.cards.registration import form_links, join_links, registration_text
from bot.cards.venues import venue_text
from bot.cards.view import View
from bot.domain.deadlines import RegistrationState, registration_status
from bot.domain.expectations import Expected
from bot.domain.lecture import TO_COME, Field, Lecture, Mode, Phase, Status, Talk
from bot.domain.materials import Material
from bot.domain.message import Card, Countdown, Fact, Link, Span, Text, Tone, When
from bot.domain.series import SETTLED_BEFORE, Series
from bot.i18n import Phrases
from bot.i18n.languages import language_name

_TONES: Final[Mapping[RegistrationState, Tone]] = {
    RegistrationState.OPEN: Tone.OPEN,
    RegistrationState.CLOSING_SOON: Tone.URGENT,
    RegistrationState.CLOSED: Tone.CLOSED,
    RegistrationState.FULL: Tone.CLOSED,
}
_SETTLED_TONES: Final[Mapping[Phase, Tone]] = {
    Phase.CANCELLED: Tone.CANCELLED,
    Phase.POSTPONED: Tone.POSTPONED,
    Phase.OVER: Tone.OFF,
}

_MOST_TALKS: Final = 20
"""Talks that a card lists."""


def heading(lecture: Lecture, view: View) -> str:
    """Number and title in one line, saying so if the title is tentative or, where one is awaited, to be announced."""
    awaited = lecture.phase(view.now) is not Phase.OVER and awaits_title(view.series, lecture)
    return naming.heading(lecture, view.say, awaited=awaited)


def awaits_title(series: Series, lecture: Lecture) -> bool:
    """Whether a title that is missing is to be announced."""
    return lecture.status is not Status.CANCELLED and series.expects_of(lecture, Expected.TITLE)


def named(lecture: Lecture, view: View, *, beside_day: bool = False) -> str:
    """A lecture by name and speaker, by whom people know it: `第9回（瀧 雅人）`, `lecture 9 (Masato Taki)`.

    `beside_day`, its day is told already and never names it.
    """
    name = naming.reference(lecture, view.say, alone=not beside_day)
    if not lecture.people or not (beside_day or naming.has_name(lecture) or naming.sole_title(lecture)):
        return name
    return view.say("lecture.number_and_speaker", lecture=name, speaker=names(lecture.people, view.say))


def tone(lecture: Lecture, view: View, *, lasting: bool = False) -> Tone:
    """The state of a lecture as its card's colour, the same in answers and posts.

    Nothing is said of a registration of which no form is known. A `lasting` card doesn't change its colour when the
    deadline comes near, but when it has passed.
    """
    settled = _SETTLED_TONES.get(lecture.phase(view.now))
    if settled:
        return settled
    state = registration_status(view.series, lecture, view.now).state
    if lasting and state is RegistrationState.CLOSING_SOON:
        state = RegistrationState.OPEN
    return _TONES.get(state, Tone.PLAIN) if view.series.form(lecture) else Tone.PLAIN


def lecture_card(
    lecture: Lecture,
    view: View,
    *,
    notices: tuple[Text, ...] = (),
    lasting: bool = False,
    materials: bool = True,
) -> Card:
    """All about one lecture; `notices` come before its own.

    A `lasting` card says nothing that is true for today only, such as the days left: it stands in a channel for weeks.
    Without `materials` it doesn't name them: they are told by a post of their own.
    """
    without = () if materials else (Field.MATERIALS,)
    return Card(
        title=heading(lecture, view),
        notices=(*notices, *_notices(lecture, view)),
        facts=lecture_facts(lecture, view, lasting=lasting, without=without),
        body=excerpt(lecture, view.language),
        links=(*form_links(lecture, view), *join_links(lecture, view)),
        tone=tone(lecture, view, lasting=lasting),
        call=registration_text(lecture, view),
        lecture=lecture.id,
    )


def passed_over(lecture: Lecture, view: View) -> tuple[Text, ...]:
    """Cancelled and postponed lectures that people may have expected before this one."""
    series = view.series
    begins = series.begins(lecture)
    sentences = []
    for each in series.lectures:
        over_at, earlier = series.over_at(each), series.begins(each)
        if not over_at or not earlier or not begins or not view.now < over_at or earlier > begins:
            continue
        phase = each.phase(view.now)
        if phase in (Phase.CANCELLED, Phase.POSTPONED):
            when = (When(each.day),) if each.day else ()
            sentences.append(
                view.say.text(f"next.{phase}", lecture=naming.reference(each, view.say, alone=not each.day), when=when)
            )
    return tuple(sentences)


def registration_card(lecture: Lecture, view: View, *, alone: bool) -> Card:
    """What somebody who wants to register needs to know of one lecture; if it is `alone`, the first line says who it is
    and until when one can register."""
    card = replace(lecture_card(lecture, view, materials=False), body=())
    if not alone:
        return card
    status = registration_status(view.series, lecture, view.now)
    more_to_say = status.in_person_full or (status.form and status.form.is_for_all)
    call = () if isinstance(status.closes, datetime) and not more_to_say else card.call
    return replace(card, facts=lecture_facts(lecture, view, without=(Field.SPEAKER, Field.MATERIALS)), call=call)


def lecture_facts(
    lecture: Lecture, view: View, *, lasting: bool = False, without: Collection[Field] = ()
) -> tuple[Fact, ...]:
    """Who, when, where and how, as far as it is known or expected, but for the fields `without`."""
    shown = lecture.with_materials(lambda _: Field.MATERIALS not in without)
    facts = _facts(shown, view, lasting=lasting)
    return tuple(fact for field, fact in facts if field not in without)


def material_spans(materials: Iterable[Material], say: Phrases) -> Text:
    """Materials in a row, published ones as links."""
    spans: list[Span] = []
    for material in materials:
        label = material.label.into(say.language)
        if spans:
            spans.append(" · ")
        spans.append(Link(label, material.url) if material.url else say("materials.in_preparation", label=label))
    return tuple(spans)


def talk_line(talk: Talk, say: Phrases) -> str:
    """A talk in a line, as far as it is known: when, what, by whom."""
    title = talk.title.into(say.language) if talk.title else ""
    by = everybody(talk.speakers, say) if talk.speakers else ""
    about = say("talks.by", title=title, speakers=by) if title and by else title or by
    return say("talks.at", time=f"{talk.starts:%H:%M}", talk=about) if talk.starts else about


def talk_lines(lecture: Lecture, say: Phrases) -> Iterator[Text]:
    """A line for each talk, with its materials; of very many the first ones, and how many more there are."""
    for talk in lecture.talks[:_MOST_TALKS]:
        materials = material_spans(talk.materials, say)
        yield (talk_line(talk, say), " · ", *materials) if materials else (talk_line(talk, say),)
    more = len(lecture.talks) - _MOST_TALKS
    if more > 0:
        yield (say("talks.more", count=more),)


def _notices(lecture: Lecture, view: View) -> Iterator[Text]:
    say, phase = view.say, lecture.phase(view.now)
    if phase in (Phase.CANCELLED, Phase.POSTPONED):
        why = lecture.reason.into(view.language) if lecture.reason else ""
        yield (say(f"notice.{phase}_why", reason=why) if why else say(f"notice.{phase}"),)


def _facts(lecture: Lecture, view: View, *, lasting: bool) -> Iterator[tuple[Field, Fact]]:
    say, ahead = view.say, lecture.phase(view.now) in TO_COME
    if len(lecture.talks) == 1 and not lecture.title:  # which gives the whole its name
        lecture = replace(lecture, speakers=lecture.people, materials=lecture.all_materials, talks=())
    if lecture.speakers:
        yield Field.SPEAKER, Fact("", (everybody(lecture.speakers, say),))
    elif not lecture.talks and _is_missed(Expected.SPEAKER, lecture, view, lasting=lasting):
        yield Field.SPEAKER, Fact("", begun((say("speaker.undecided"),)))
    yield Field.STARTS, Fact("", begun(_date_with_countdown(lecture, view, lasting=lasting)))
    place = _place(lecture, view, lasting=lasting)
    if place:
        yield Field.VENUE, Fact("", place)
    if lecture.mode:
        yield Field.MODE, Fact("", (say(f"mode.{lecture.mode}"),), beside=bool(place))
    if lecture.language and lecture.language != view.language:
        spoken = say("language.held_in", language=language_name(lecture.language, view.language))
        yield Field.LANGUAGE, Fact("", (spoken,), beside=True)
    yield from ((Field.TALKS, Fact("", line)) for line in talk_lines(lecture, say))
    if lecture.notes and ahead:
        yield Field.NOTES, Fact("", (lecture.notes.into(view.language),))
    if lecture.materials:
        yield Field.MATERIALS, Fact("", material_spans(lecture.materials, say))


def begun(text: Text) -> Text:
    """The text as a line of its own, with a capital letter."""
    first, *rest = text
    return (first[:1].upper() + first[1:] if isinstance(first, str) else first, *rest)


def _is_missed(what: Expected, lecture: Lecture, view: View, *, lasting: bool) -> bool:
    """Whether people still expect to be told what is undecided; a lasting card isn't edited for that."""
    phase = lecture.phase(view.now)
    if not view.series.expects_of(lecture, what):
        return False
    if lasting or phase is Phase.UNDATED:
        return phase in TO_COME
    if phase is not Phase.AHEAD:
        return False
    return not lecture.starts or view.now.astimezone(UTC) < lecture.starts.astimezone(UTC) - SETTLED_BEFORE


def _place(lecture: Lecture, view: View, *, lasting: bool) -> Text:
    if not lecture.venue:
        missed = lecture.mode is not Mode.ONLINE and _is_missed(Expected.VENUE, lecture, view, lasting=lasting)
        return begun((view.say("venue.undecided"),)) if missed else ()
    ahead = lecture.phase(view.now) in TO_COME
    venue = lecture.venue if ahead else replace(lecture.venue, tentative=False)
    return venue_text(venue, view.say, unusual=ahead and view.series.is_unusual(lecture))


def _date_with_countdown(lecture: Lecture, view: View, *, lasting: bool) -> Text:
    """The day and time in full; a lasting one doesn't change when the lecture begins."""
    phase = lecture.phase(view.now)
    if phase is Phase.POSTPONED:
        return (view.say("date.new_undecided"),)
    if phase is Phase.OVER and lecture.day and not lasting:
        return (When(lecture.day),)
    when = tuple(near(span, view) if isinstance(span, When) else span for span in date_text(lecture, view.say))
    if not lecture.starts or phase is Phase.CANCELLED:
        return when
    aside = "" if lasting else view.say("date.aside", text=countdown(lecture, view))
    return (*when, aside) if phase is Phase.UNDER_WAY and not lasting else (*when, Countdown(lecture.starts, aside))
