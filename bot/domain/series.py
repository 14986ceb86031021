"""The series: its lectures, its rules, and the questions that can be asked of the whole."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.domain.called import LECTURE, Called
from bot.domain.expectations import USUALLY, Expected
from bot.domain.language import Language, Localized, language_of, nearest
from bot.domain.lecture import Lecture, Mode, Person, Phase, in_order
from bot.domain.registration import NOBODY, Closing, Form, RegistrationPolicy
from bot.domain.reminder_times import SETTLING, TIMINGS, News, Stage, Timing
from bot.domain.text import squeezed

CLOSING_SOON = timedelta(hours=24)
"""How long before the deadline an open registration counts as closing soon."""

SETTLED_BEFORE = timedelta(minutes=30)
"""How long before the start nobody wants to hear any more that something is to be announced."""

_FAR_FUTURE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NamedLink:
    """An address under its name in the file, and how it is called if that is not what the name says."""

    name: str
    url: str
    label: Localized | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses that belong to the series as a whole: its page, and any others in their order."""

    page: str | None = None
    named: tuple[NamedLink, ...] = ()

    @property
    def contact(self) -> str | None:
        """Where the organizers can be asked."""
        return next((each.url for each in self.named if each.name == "contact"), None)


@dataclass(frozen=True, slots=True)
class Rules:
    """House rules, as sentences, by whom they concern."""

    registration: tuple[Localized, ...] = ()
    in_person: tuple[Localized, ...] = ()
    online: tuple[Localized, ...] = ()
    everyone: tuple[Localized, ...] = ()


@dataclass(frozen=True)
class Series:
    """A lecture series. `lectures` are in the order of their numbers, if they have any; their ids are unique.

    A stage that is absent from `timings` and news absent from `settling` are switched off; with `closes_posts`, the
    posts about a lecture are edited when its registration closes. `join` is the address at which one joins online; it
    is that of a meeting only if `meeting_links_public`.
    """

    name: Localized
    timezone: ZoneInfo
    language: Language = "ja"
    called: Called = LECTURE
    links: Links = Links()
    organizers: tuple[Person, ...] = ()
    usual_venue: Localized | None = None
    registration: RegistrationPolicy = NOBODY
    join: str | None = None
    meeting_links_public: bool = False
    expects: frozenset[Expected] = USUALLY
    rules: Rules = Rules()
    timings: Mapping[Stage, Timing] = field(default_factory=lambda: TIMINGS)
    settling: Mapping[News, timedelta] = field(default_factory=lambda: SETTLING)
    closes_posts: bool = True
    holidays: frozenset[date] = frozenset()
    lectures: tuple[Lecture, ...] = ()

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in which everything is to be told: those of its name or, if that has only one, its own."""
        tags = self.name.languages
        return tags if len(tags) > 1 else (self.language,)

    def language_for(self, locale: str | None) -> Language:
        """The language in which a reader with this locale is told things: one of the series' that is near to it, else
        that of the bot's sentences; where no locale is known, the series' own."""
        if not locale:
            return self.language
        wanted = locale.partition(".")[0].replace("_", "-")
        return nearest(wanted, (*self.languages, self.language)) or language_of(wanted)

    def local(self, instant: datetime) -> datetime:
        """An aware instant, told in the series' zone."""
        return instant.astimezone(self.timezone)

    def today(self, now: datetime) -> date:
        """The calendar day at `now` where the series takes place."""
        return self.local(now).date()

    @cached_property
    def _by_id(self) -> dict[str, Lecture]:
        return {lecture.id: lecture for lecture in self.lectures}

    def lecture(self, id: str) -> Lecture | None:  # noqa: A002 - as the lecture calls it
        """The lecture of that id, if there is one."""
        return self._by_id.get(id)

    def numbered(self, number: int) -> Lecture | None:
        """The lecture of that number, if there is one."""
        return next((lecture for lecture in self.lectures if lecture.number == number), None)

    def named(self, name: str) -> Lecture | None:
        """The lecture with that id or number."""
        return self.lecture(name) or (self.numbered(int(name)) if name.isdecimal() else None)

    @cached_property
    def is_numbered(self) -> bool:
        """Whether lectures have numbers here: some have, or there are none yet."""
        return not self.lectures or any(lecture.number is not None for lecture in self.lectures)

    @cached_property
    def calls_by_number(self) -> bool:
        """Whether some are called by their numbers, for want of labels, or there are none yet."""
        return not self.lectures or any(each.number is not None and not each.label for each in self.lectures)

    @property
    def next_number(self) -> int:
        """The number after the highest."""
        return max((lecture.number or 0 for lecture in self.lectures), default=0) + 1

    def free_id(self, day: date) -> str:
        """An id for a lecture without a number on that day."""
        taken = (f"{day}" if count == 1 else f"{day}-{count}" for count in range(1, len(self.lectures) + 2))
        return next(each for each in taken if not self.lecture(each))

    def expects_of(self, lecture: Lecture, what: Expected) -> bool:
        """Whether that is expected of the lecture."""
        return what in (self.expects if lecture.expects is None else lecture.expects)

    def over_at(self, lecture: Lecture) -> datetime | None:
        """The instant from which a dated lecture counts as over."""
        return lecture.over_at(time(tzinfo=self.timezone))

    def begins(self, lecture: Lecture) -> datetime | None:
        """The start, or the beginning of the day while the time is to be announced."""
        if lecture.starts or not lecture.day:
            return lecture.starts
        return datetime.combine(lecture.day, time(), self.timezone)

    def registers(self, lecture: Lecture) -> bool:
        """Whether anybody registers for the lecture; if not, nothing is said of registration."""
        entry = lecture.registration
        return not entry.waived and (self.registration.needed or bool(entry.url) or self.form(lecture) is not None)

    @cached_property
    def has_registration(self) -> bool:
        """Whether anybody registers for any lecture."""
        return any(map(self.registers, self.lectures)) or self.registration.needed

    def closing(self, lecture: Lecture) -> datetime | Closing | None:
        """Until when one is told to register: a moment in the series' zone, or what is told instead.

        Whatever rule or entry say, a moment is never after the start or, while the time is unknown, the end of the day.
        None where nobody registers, and for a lecture without a date that has no deadline of its own.
        """
        if not self.registers(lecture):
            return None
        closes = lecture.registration.closes or self.registration.closes
        if isinstance(closes, Closing):
            return closes if lecture.day else None
        if not isinstance(closes, datetime):
            if not lecture.day:
                return None
            closes = datetime.combine(lecture.day - timedelta(days=closes.days_before), closes.at, self.timezone)
        last = self._last_moment(lecture)
        return self.local(last if last and last < closes.astimezone(UTC) else closes)

    def deadline(self, lecture: Lecture) -> datetime | None:
        """The instant from which nobody can register any more, in the series' zone, whether or not it is told."""
        closes = self.closing(lecture)
        if not isinstance(closes, Closing):
            return closes
        last = self._last_moment(lecture)
        return self.local(last) if last else None

    def _last_moment(self, lecture: Lecture) -> datetime | None:
        return lecture.starts or self.over_at(lecture)

    def join_address(self, lecture: Lecture) -> str | None:
        """Where one joins the lecture online; nothing for one that can't be attended online."""
        return None if lecture.mode is Mode.IN_PERSON else lecture.join or self.join

    @cached_property
    def _in_time(self) -> tuple[Lecture, ...]:
        """All lectures by date, those without one last."""
        return tuple(sorted(self.lectures, key=lambda one: self.begins(one) or _FAR_FUTURE))

    @property
    def newest_first(self) -> tuple[Lecture, ...]:
        """All lectures, those without a date first, then from the latest to the earliest."""
        return self._in_time[::-1]

    def upcoming(self, now: datetime) -> list[Lecture]:
        """Lectures that are not over, soonest first; undated and postponed ones after them.

        A cancelled lecture stays listed until its day is over, so that nobody who saw it is left wondering.
        """
        local, instant = self.local(now), now.astimezone(UTC)
        dated, undated = [], []
        for lecture in self._in_time:
            phase = lecture.phase(local)
            if phase in (Phase.UNDATED, Phase.POSTPONED):
                undated.append(lecture)
            elif phase is Phase.CANCELLED:
                over_at = self.over_at(lecture)
                if over_at and instant < over_at:
                    dated.append(lecture)
            elif phase is not Phase.OVER:
                dated.append(lecture)
        return dated + undated

    def past(self, now: datetime) -> list[Lecture]:
        """Lectures that took place, latest first."""
        local = self.local(now)
        return [lecture for lecture in reversed(self._in_time) if lecture.phase(local) is Phase.OVER]

    def current_or_next(self, now: datetime) -> Lecture | None:
        """The lecture under way, else the next one that has a date and takes place."""
        local = self.local(now)
        attending = (Phase.UNDER_WAY, Phase.AHEAD)
        return next((lecture for lecture in self._in_time if lecture.phase(local) in attending), None)

    def beginning_with(self, lecture: Lecture, now: datetime) -> list[Lecture]:
        """The lecture and those that begin at the same instant, as far as they take place and are not over."""
        local, begins = self.local(now), self.begins(lecture)
        attending = (Phase.UNDER_WAY, Phase.AHEAD)
        return [each for each in self._in_time if self.begins(each) == begins and each.phase(local) in attending]

    def latest(self, now: datetime) -> Lecture | None:
        """The lecture that took place most recently."""
        return next(iter(self.past(now)), None)

    def is_day_off(self, day: date) -> bool:
        """Whether people are not at work on that day: a weekend or a holiday."""
        return day.weekday() >= 5 or day in self.holidays

    def working_day(self, day: date) -> date:
        """The first day from `day` on that is none of these, if there is one before long."""
        days = (day + timedelta(days=each) for each in range(60))
        return next((each for each in days if not self.is_day_off(each)), day)

    def is_unusual(self, lecture: Lecture) -> bool:
        """Whether people have to go elsewhere than usual for this lecture."""
        if not self.usual_venue or not lecture.venue or lecture.mode is Mode.ONLINE:
            return False
        usual = [squeezed(each) for each in self.usual_venue.variants]
        places = [squeezed(each) for each in lecture.venue.full_name.variants]
        return not any(each in place for each in usual for place in places)

    @cached_property
    def _forms(self) -> dict[str, Form]:
        forms: dict[str, Form] = {}
        for lecture in self.lectures:
            entry = lecture.registration
            if not entry.url:
                continue
            served = in_order((lecture.id, *entry.also_for))
            form = Form(entry.url, lecture.id, served, entry.opens)
            forms[lecture.id] = form
            for other in entry.also_for:
                forms.setdefault(other, form)
        return forms

    def form(self, lecture: Lecture) -> Form | None:
        """The form that serves this lecture: its own, one of another lecture that names it, or the series'."""
        if lecture.registration.waived:
            return None
        opens, url = lecture.registration.opens, self.registration.url
        return self._forms.get(lecture.id) or (Form(url, None, opens=opens) if url else None)

    @cached_property
    def _boundaries(self) -> tuple[datetime, ...]:
        """Every instant, in order, at which some lecture changes its phase or its registration its state."""
        instants: set[datetime] = set()
        for lecture in self.lectures:
            deadline, form = self.deadline(lecture), self.form(lecture)
            soon = deadline - CLOSING_SOON if deadline else None
            settled = lecture.starts - SETTLED_BEFORE if lecture.starts else None
            marks = (settled, lecture.starts, self.over_at(lecture), deadline, soon, form and form.opens)
            instants.update(at.astimezone(UTC) for at in marks if at)
        return tuple(sorted(instants))

    def next_change(self, now: datetime) -> datetime:
        """The first instant after `now` at which an answer about the series may turn out differently.

        That is the next of its boundaries or the next midnight, when the days left are one fewer.
        """
        midnight = datetime.combine(self.today(now) + timedelta(days=1), time(), self.timezone)
        position = bisect_right(self._boundaries, now)
        return min([midnight.astimezone(UTC), *self._boundaries[position : position + 1]])
