"""Lectures as they stand on the organizers' page, ready to be pasted into it.

What is written here is a file's format, which the page's reader takes in: in Japanese the template that stands in a
comment on the first series' page, in other languages the same in English words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.cards.naming import reference
from bot.domain.expectations import Expected
from bot.domain.language import Language, language_of
from bot.domain.lecture import Lecture, Person, Phase, Status, Talk, Venue
from bot.domain.materials import Material
from bot.domain.missing import expects_a_place
from bot.domain.people import in_a_row
from bot.domain.registration import Form
from bot.domain.series import Series
from bot.domain.talk_lines import talk_line
from bot.exports.markdown import anchor, escaped, literal, running
from bot.i18n import Phrases, phrases
from bot.i18n.dates import day_written
from bot.i18n.languages import language_name


def page_part(series: Series, now: datetime, language: Language | None = None) -> str:
    """All lectures of the page, each under its heading: those to come, then those that are over."""
    ahead, over = divided(series, now)
    blocks = [page_block(series, lecture, now, language) for lecture in ahead]
    if over:
        heading = phrases(language or series.language, series.called)("block.over")
        blocks += [f"{heading}\n", *(page_block(series, lecture, now, language) for lecture in over)]
    return "\n".join(blocks)


def divided(series: Series, now: datetime) -> tuple[list[Lecture], list[Lecture]]:
    """The lectures to come, and those that are over; a postponed one is to come."""
    over = [lecture for lecture in series.lectures if _is_over(series, lecture, now)]
    return [lecture for lecture in series.lectures if lecture not in over], over


def page_block(series: Series, lecture: Lecture, now: datetime, language: Language | None = None) -> str:
    """One lecture under its heading, in the language of the series unless another is named."""
    said = Said(series, lecture, now, language or series.language)
    facts = [f"# {said.heading}", *_facts(said), *_texts(said)]
    blocks = [facts, _broken(said.form("[{}]")), _broken(said.own_materials("[{}]"))]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def _broken(text: str) -> list[str]:
    """The lines of a text as the page ends them."""
    return [f"{line} <br>" if line else "" for line in text.splitlines()]


def _facts(said: "Said") -> Iterator[str]:
    facts = {
        "when": said.when,
        "speaker": "" if said.is_told_by_talks else said.speakers,
        "title": said.title,
        "mode": said.mode,
        "venue": said.venue,
        "language": said.spoken,
        "deadline": said.deadline,
    }
    undecided = said.say("block.undecided")
    for name, value in facts.items():
        if value or (said.is_awaited(name) and not (name in ("speaker", "title") and said.lecture.talks)):
            yield _fact(said, name, value or undecided)


def _fact(said: "Said", name: str, value: str) -> str:
    return f"{said.say(f'block.label_{name}')}: {value} <br>"


def _texts(said: "Said") -> Iterator[str]:
    """The running texts that there are: an abstract of which the bot knows nothing may stand on the page."""
    for name, text in (("talks", said.talks), ("notes", said.notes), ("abstract", said.abstract)):
        if text:
            yield f"{said.say(f'block.label_{name}')}: <br>"
            yield from _broken(text)


def _is_over(series: Series, lecture: Lecture, now: datetime) -> bool:
    over_at = series.over_at(lecture)
    return over_at is not None and now.astimezone(UTC) >= over_at and lecture.status is not Status.POSTPONED


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a lecture on a page, piece by piece, as Markdown; empty where there is nothing."""

    series: Series
    lecture: Lecture
    now: datetime
    language: Language

    def literal(self, text: str) -> str:
        """The text in one line."""
        return literal(text)

    def running(self, text: str) -> str:
        """The text over several lines."""
        return "\n".join(running(text))

    def anchor(self, label: str, url: str | None, frame: str = "{}") -> str:
        """A link, perhaps one that leads nowhere yet; its label stands within the frame."""
        written = frame.format(escaped(label))
        return anchor(written, url) if url else f"[{written}]()"

    @property
    def say(self) -> Phrases:
        return phrases(self.language, self.series.called)

    @property
    def number(self) -> str:
        return "" if self.lecture.number is None else str(self.lecture.number)

    @property
    def heading(self) -> str:
        say = self.say
        heading = say("block.heading", lecture=self.literal(reference(self.lecture, say)))
        planned = self.lecture.status is Status.PLANNED
        return heading if planned else say(f"block.{self.lecture.status}", heading=heading)

    @property
    def status(self) -> str:
        planned = self.lecture.status is Status.PLANNED
        return "" if planned else self.say(f"block.status_{self.lecture.status}")

    @property
    def when(self) -> str:
        starts, ends = self.lecture.starts, self.lecture.ends
        if not starts:
            return self.say("block.time_undecided", day=self._day(self.lecture.day)) if self.lecture.day else ""
        if ends and ends.date() != starts.date():
            return f"{self._day(starts)} {starts:%H:%M}-{self._moment(ends)}"
        until = f"{ends:%H:%M}" if ends else ""
        return f"{self._day(starts)} {starts:%H:%M}-{until}{self._zone(starts)}"

    @property
    def speakers(self) -> str:
        return self._people(self.lecture.people)

    @property
    def is_told_by_talks(self) -> bool:
        """Whether its talks say who speaks."""
        return bool(self.lecture.talks) and not self.lecture.speakers

    @property
    def title(self) -> str:
        title = self.literal(self.lecture.title.into(self.language)) if self.lecture.title else ""
        return self.say("block.title_tentative", title=title) if title and self.lecture.title_tentative else title

    @property
    def mode(self) -> str:
        return self.say(f"block.mode_{self.lecture.mode}") if self.lecture.mode else ""

    @property
    def venue(self) -> str:
        venue = self.lecture.venue
        if not venue:
            return ""
        over = _is_over(self.series, self.lecture, self.now)
        remarks = [self.say("block.venue_tentative")] if venue.tentative else []
        remarks += [self.say("block.venue_unusual")] if not over and self.series.is_unusual(self.lecture) else []
        place = self._place(venue)
        return f"{place} ({self.say('block.between_remarks').join(remarks)})" if remarks else place

    def is_awaited(self, name: str) -> bool:
        """Whether there is a line for what is not known: of a place and a speaker only if expected."""
        series, lecture = self.series, self.lecture
        match name:
            case "when" | "title" | "mode":
                return True
            case "venue":
                return expects_a_place(Expected.VENUE, lecture, series)
            case "speaker":
                return series.expects_of(lecture, Expected.SPEAKER)
        return False

    @property
    def spoken(self) -> str:
        return language_name(self.lecture.language, self.language) if self.lecture.language else ""

    @property
    def deadline(self) -> str:
        closes = self.lecture.registration.closes
        return self._moment(self.series.local(closes)) if isinstance(closes, datetime) else ""

    @property
    def talks(self) -> str:
        """A line for each, with its materials behind it."""
        return "\n".join(map(self._talk, self.lecture.talks))

    @property
    def notes(self) -> str:
        return self.running(self.lecture.notes.into(self.language)) if self.lecture.notes else ""

    @property
    def summary(self) -> str:
        return self.running(self.lecture.summary.into(self.language)) if self.lecture.summary else ""

    @property
    def abstract(self) -> str:
        return self.running(self.lecture.abstract.into(self.language)) if self.lecture.abstract else ""

    def form(self, label: str = "{}") -> str:
        """The form under the numbers of all lectures that have no other, until the lecture is over."""
        form = self.series.form(self.lecture)
        if not form or not form.is_offered(self.now) or self.lecture.phase(self.series.local(self.now)) is Phase.OVER:
            return ""
        full = self.say("block.full") if self.lecture.registration.in_person_full else ""
        return f"{anchor(label.format(self._form_label(form)), form.url)}{full}"

    def materials(self, label: str = "{}") -> str:
        """A line for each; what is in preparation has a link that leads nowhere yet."""
        return self._links(self.lecture.all_materials, label)

    def own_materials(self, label: str = "{}") -> str:
        """The same without those that are behind their talks."""
        linked = [each for talk in self.lecture.talks for each in talk.materials if each.url]
        return self._links((each for each in self.lecture.all_materials if each not in linked), label)

    def _links(self, materials: Iterable[Material], label: str) -> str:
        return "\n".join(self._material(each, label) for each in materials)

    def _talk(self, talk: Talk) -> str:
        title, by = (
            talk.title.into(self.language) if talk.title else self.say("block.undecided"),
            self._people(talk.speakers),
        )
        about = self.say("talks.by", title=self.literal(title), speakers=by) if by else self.literal(title)
        until = f"-{talk.ends:%H:%M}" if talk.ends else ""
        when = f"{talk.starts:%H:%M}{until} " if talk.starts else ""
        links = [self.anchor(each.label.into(self.language), each.url) for each in talk.materials if each.url]
        return " ".join([when + talk_line(self.literal(title), by, usual=about), *links])

    def _people(self, people: Sequence[Person]) -> str:
        return in_a_row([self._person(each) for each in people], comma=self.say("block.comma"))

    def _form_label(self, form: Form) -> str:
        served = [each for each in map(self.series.lecture, form.serves) if each and self.series.form(each) == form]
        numbers = [self.literal(reference(each, self.say)) for each in served]
        return self.say("block.form", numbers=self.say("block.form_comma").join(numbers) or self.say("block.form_all"))

    def _material(self, material: Material, frame: str) -> str:
        link = self.anchor(material.label.into(self.language), material.url, frame)
        return link if material.url else f"{link}{self.say('block.in_preparation')}"

    def _person(self, person: Person) -> str:
        name = self.literal(person.name.into(self.language))
        return f"{name} ({self.literal(person.affiliation.into(self.language))})" if person.affiliation else name

    def _place(self, venue: Venue) -> str:
        name, room = venue.name.into(self.language), self.literal(venue.room.into(self.language)) if venue.room else ""
        if not venue.url:
            return f"{self.literal(name)} {room}".rstrip()
        gap = " " if room and room.isascii() else ""
        return anchor(escaped(name), venue.url) + gap + room

    def _moment(self, instant: datetime) -> str:
        return f"{self._day(instant)} {instant:%H:%M}{self._zone(instant)}"

    def _day(self, day: date) -> str:
        written = day_written(day, self.language)
        return written.replace("(", " (") if language_of(self.language) == "ja" else written

    def _zone(self, instant: datetime) -> str:
        """The zone if it is the one that the first series' page always names; others have no name that all readers
        know."""
        return " JST" if instant.tzname() == "JST" else ""
