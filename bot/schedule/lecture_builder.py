"""From an entry of the file to the lecture, with what is wrong between its fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from bot.domain.dates import FAR, YEARS
from bot.domain.edits import FieldPath
from bot.domain.expectations import USUALLY, Expected, expectations
from bot.domain.lecture import Lecture, Mode, Person, Registration, Talk, Venue
from bot.domain.materials import Material
from bot.domain.registration import Closing
from bot.schedule.moments import Clock, Moment
from bot.schedule.problems import Finding, RefusedValueError, Term, Value
from bot.schedule.program import Times, talk_times
from bot.schedule.schema.expectations import ExpectsEntry
from bot.schedule.schema.lecture import LectureEntry
from bot.schedule.schema.materials import MaterialEntry
from bot.schedule.schema.people import PersonEntry
from bot.schedule.schema.registration import WAIVED, Places
from bot.schedule.schema.series import DefaultsEntry
from bot.schedule.schema.talks import TalkEntry
from bot.schedule.times import fault_of_day, local, on_day, settled

_LONGEST: Final = timedelta(days=7)
"""A lecture that ends later than this after its start has a mistyped end."""


@dataclass(slots=True)
class Translation:
    """Turns entries into lectures of a series and collects what is wrong with each on the way.

    `ids` are those of the lectures by all that identifies them. `unknown` is where the entry at hand could not be read;
    nothing that depends on that is checked.
    """

    zone: ZoneInfo
    page: str | None
    ids: Mapping[str, str]
    defaults: DefaultsEntry
    expects: frozenset[Expected] = USUALLY
    findings: list[Finding] = field(default_factory=list)
    unknown: frozenset[FieldPath] = frozenset()
    _path: FieldPath = ()

    def lecture(self, identity: str, entry: LectureEntry, path: FieldPath, unknown: frozenset[FieldPath]) -> Lecture:
        """The lecture of that id; where something is wrong with it, what could be understood of it."""
        self._path, self.unknown = path, unknown
        begins = self._begins(entry)
        starts, ends = self._span(entry, begins)
        day = begins.day if begins else None
        return Lecture(
            number=entry.number,
            id=identity,
            label=entry.label,
            status=entry.status,
            day=day,
            starts=starts,
            ends=ends,
            speakers=self._speakers(entry, ()),
            talks=self._talks(entry, begins, (starts, ends)),
            title=entry.title,
            title_tentative=entry.title_tentative,
            mode=entry.mode or self.defaults.mode,
            venue=self._venue(entry),
            summary=entry.summary,
            abstract=entry.abstract,
            notes=entry.notes,
            language=entry.lecture_language or self.defaults.lecture_language,
            registration=self._registration(entry, day, ends),
            join=entry.join,
            reason=entry.reason,
            materials=self._materials(entry, ()),
            expects=self._expects(entry.expects) if entry.expects else None,
        )

    def _expects(self, entry: ExpectsEntry) -> frozenset[Expected] | None:
        """What is expected of a lecture, if that is otherwise than of the series."""
        expected = expectations(entry.said, self.expects)
        return expected if expected != self.expects else None

    def _fault(self, path: FieldPath, name: str, **values: Value) -> None:
        self.findings.append(Finding(self._path + path, name, values))

    def _instant(self, written: Moment, path: FieldPath) -> datetime | None:
        try:
            return local(written, self.zone)
        except (RefusedValueError, OverflowError) as fault:
            if isinstance(fault, RefusedValueError):
                self.findings += [each.within(self._path + path) for each in fault.findings]
            return None

    def _begins(self, entry: LectureEntry) -> Moment | None:
        """The start as it is meant: a day alone is at the usual time; `-09:00` an offset, where the zone has that."""
        if entry.starts is None:
            return None
        begins = settled(entry.starts, self.zone)
        return begins if begins.at else begins._replace(at=self.defaults.at)

    def _span(self, entry: LectureEntry, begins: Moment | None) -> tuple[datetime | None, datetime | None]:
        """Start and end; the day of the start is checked among those of the other lectures."""
        starts = self._instant(begins, ("starts",)) if begins and begins.at else None
        if self.unknown & {("starts",), ("ends",)}:
            return starts, None
        if begins and begins.until and entry.ends:
            self._fault(("ends",), "ends.twice", understood=entry.ends.written, starts=begins.written)
            return starts, None
        written = entry.ends or (begins.until if begins else None)
        if written:
            return starts, self._ends(written, begins, starts, ("ends",) if entry.ends else ("starts",))
        lasts = self.defaults.lasts
        return starts, (starts.astimezone(UTC) + lasts).astimezone(self.zone) if starts and lasts else None

    def _ends(
        self, written: Moment | Clock, begins: Moment | None, starts: datetime | None, path: FieldPath
    ) -> datetime | None:
        if isinstance(written, Moment):
            if not self._is_sound_day(written, path, begins.day if begins else None):
                return None
            if written.at is None:
                self._fault(path, "ends.no_time", understood=written.written)
                return None
        if begins is None:
            self._fault(path, "ends.no_start")
        elif begins.at is None:
            self._fault(path, "ends.no_start_time", starts=begins.written)
        elif starts:
            ends = self._instant(on_day(written, begins) if isinstance(written, Clock) else written, path)
            if ends and ends <= starts:
                self._fault(path, "ends.too_early", understood=written.written, starts=begins.written)
            elif ends and ends - starts > _LONGEST:
                self._fault(path, "ends.too_late", understood=written.written, starts=begins.written)
            else:
                return ends
        return None

    def _is_sound_day(self, written: Moment, path: FieldPath, near: date | None) -> bool:
        fault = fault_of_day(written, [near] if near else [])
        if fault:
            self.findings += [each.within(self._path + path) for each in fault.findings]
        return fault is None

    def _registration(self, entry: LectureEntry, day: date | None, ends: datetime | None) -> Registration:
        own = entry.registration
        if own is None or own is WAIVED:
            return Registration(waived=own is WAIVED)
        closes = self._closes(own.closes, entry, day, ends) if isinstance(own.closes, Moment) else own.closes
        return Registration(
            url=own.url,
            closes=closes,
            in_person_full=own.in_person is Places.FULL,
            also_for=tuple(self.ids.get(each, each) for each in own.also_for or ()),
            opens=self._opens(own.opens, day, closes) if own.opens else None,
        )

    def _opens(self, written: Moment, day: date | None, closes: datetime | Closing | None) -> datetime | None:
        """When the form opens; a day alone is that from its beginning."""
        path = ("registration", "opens")
        if not self._is_sound_day(written, path, day):
            return None
        opens = self._instant(written, path)
        if opens and ((isinstance(closes, datetime) and opens >= closes) or (day and opens.date() > day)):
            until = f"{closes:%Y-%m-%dT%H:%M}" if isinstance(closes, datetime) else str(day)
            self._fault(path, "opens.too_late", understood=written.written, until=until)
        return opens

    def _closes(self, written: Moment, entry: LectureEntry, day: date | None, ends: datetime | None) -> datetime | None:
        path = ("registration", "closes")
        if not self._is_sound_day(written, path, day):
            return None
        if written.at is None:
            self._fault(path, "closes.no_time", understood=written.written)
            return None
        closes = self._instant(written, path)
        if closes is None or day is None or day.year not in YEARS or self.unknown & {("starts",), ("ends",)}:
            return closes
        over_at = ends or datetime.combine(day + timedelta(days=1), time(), self.zone)
        if closes > over_at:
            end = f"{ends:%Y-%m-%dT%H:%M}" if ends else day.isoformat()
            self._fault(path, "closes.too_late", understood=written.written, ends=end)
        elif written.weekday is None and day - written.day > FAR:
            self._fault(
                path,
                "closes.too_early",
                understood=written.written,
                starts=day.isoformat(),
                actual=written.on(written.day),
            )
        return closes

    def _speakers(self, entry: LectureEntry | TalkEntry, path: FieldPath) -> tuple[Person, ...]:
        if entry.speaker and entry.speakers:
            self._fault((*path, "speakers"), "speakers.both")
        return tuple(map(person, entry.speakers or entry.speaker or ()))

    def _venue(self, entry: LectureEntry) -> Venue | None:
        """The venue, of which what is not said is as usual; nobody meets at the usual one for a lecture online."""
        own, usual = entry.venue, self.defaults.venue
        if own is None:
            if usual is None or entry.mode is Mode.ONLINE:
                return None
            own = usual
        elif own.name is None and usual:
            own = usual.model_copy(update={key: getattr(own, key) for key in own.model_fields_set})
        if own.name is None:
            self._fault(("venue", "name"), "missing", example=Term("example.venue_name"))
            return None
        return Venue(own.name, own.room, self._resolved(own.url, ("venue", "url")), own.tentative)

    def _talks(self, entry: LectureEntry, begins: Moment | None, session: Times) -> tuple[Talk, ...]:
        """The talks, by time where all of them have one."""
        found = [self._talk(each, place, begins, session) for place, each in enumerate(entry.talks or ())]
        timed = [(each.starts, place) for place, each in enumerate(found) if each.starts]
        return tuple(found[place] for _, place in sorted(timed)) if len(timed) == len(found) else tuple(found)

    def _talk(self, entry: TalkEntry, position: int, begins: Moment | None, session: Times) -> Talk:
        path: FieldPath = ("talks", position)
        starts, ends = None, None
        if not any(each[: len(path)] == path for each in self.unknown) and ("starts",) not in self.unknown:
            if not (entry.title or entry.speaker or entry.speakers):
                self._fault(path, "talk.empty")
            try:
                starts, ends = talk_times(entry, begins, session, self.zone)
            except RefusedValueError as fault:
                self.findings += [each.within(self._path + path) for each in fault.findings]
        people, materials = self._speakers(entry, path), self._materials(entry, path)
        return Talk(entry.title, people, starts, ends, entry.abstract, materials, position)

    def _materials(self, entry: LectureEntry | TalkEntry, path: FieldPath) -> tuple[Material, ...]:
        several = enumerate(entry.materials or ())
        return tuple(self._material(each, (*path, "materials", position)) for position, each in several)

    def _material(self, entry: MaterialEntry, path: FieldPath) -> Material:
        if any(each[: len(path)] == path for each in self.unknown):
            return Material(entry.label, entry.kind)
        if entry.url and entry.status:
            self._fault(path, "material.both")
        elif not entry.url and not entry.status:
            self._fault(path, "material.neither")
        return Material(entry.label, entry.kind, self._resolved(entry.url, (*path, "url")))

    def _resolved(self, url: str | None, path: FieldPath) -> str | None:
        """An absolute address: relative ones are meant from the organizers' page."""
        if url is None or url.lower().startswith(("http://", "https://")):
            return url
        if self.page is None:
            self._fault(path, "link.relative", understood=url)
            return None
        return urljoin(self.page, url)


def person(entry: PersonEntry) -> Person:
    return Person(entry.name, entry.affiliation, entry.reading)
