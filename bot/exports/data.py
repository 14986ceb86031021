"""The schedule for programs: the structure and the names of lectures.yaml, as JSON, which YAML readers take as well."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.domain.called import CALLED, LECTURE, Called
from bot.domain.expectations import USUALLY, Expected
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Person, Registration, Status, Talk, Venue
from bot.domain.materials import Material
from bot.domain.registration import Closing, RegistrationPolicy
from bot.domain.reminder_times import SETTLING, TIMINGS, News, Stage, Timing
from bot.domain.series import Links, NamedLink, Rules, Series
from bot.schedule.moments import Moment
from bot.schedule.schema.announcements import AnnouncementsEntry
from bot.schedule.schema.materials import Preparation
from bot.schedule.schema.page import PageEntry
from bot.schedule.schema.registration import NOBODY, Places
from bot.schedule.schema.series import DefaultsEntry, MeetingLinks, SeriesEntry
from bot.schedule.times import faults_of_order

_NOT_AS_SUCH_IN_YAML: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that stand for themselves in JSON, but in YAML not at all or for a break of the line."""

_LONG: Final = timedelta(days=90)
"""A deadline so long before its lecture may look mistyped, and has its weekday beside it."""

_WEEKDAYS: Final = "月火水木金土日"
_UNITS: Final = (("d", timedelta(days=1)), ("h", timedelta(hours=1)), ("m", timedelta(minutes=1)))


def text_of(sections: Mapping[str, Any]) -> str:
    """Sections as a JSON text, which is YAML as well: `read` takes those of a schedule for the same schedule."""
    text = json.dumps(sections, ensure_ascii=False, indent=2)
    return _NOT_AS_SUCH_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def structure(series: Series, settings: SeriesEntry | None = None) -> dict[str, Any]:
    """The sections of lectures.yaml; links are absolute, and `settings` adds what only the bot itself goes by."""
    announcements = dict(_announcements(series))
    return {
        "series": _series(series, settings),
        **({"announcements": announcements} if announcements else {}),
        "lectures": list(_lectures(series)),
    }


def _series(series: Series, settings: SeriesEntry | None) -> dict[str, Any]:
    listed = [day.isoformat() for day in sorted(series.holidays)]
    return _without_gaps(
        {
            "name": _text(series.name),
            "timezone": series.timezone.key,
            "language": series.language,
            "called": _called(series.called),
            "page": _page(series.links, settings.page if settings else None),
            "links": {each.name: _link(each) for each in series.links.named},
            "organizers": [_person(each) for each in series.organizers],
            "usual_venue": _text(series.usual_venue),
            "registration": _policy(series.registration) if series.registration.needed else None,
            "meeting_links": MeetingLinks.PUBLIC.value if series.meeting_links_public else None,
            "join": series.join,
            "defaults": _defaults(settings.defaults) if settings and settings.defaults else None,
            "expects": _expects(series.expects, USUALLY),
            "holidays": _holidays(settings.holidays) if settings and settings.holidays else listed,
            "rules": _rules(series.rules),
        }
    )


def _called(called: Called) -> str | dict[str, Any] | None:
    """The usual word for it, or the words of its own."""
    usual = next((word for word, each in CALLED.items() if each == called), None)
    if usual:
        return usual if called != LECTURE else None
    ja, en = called.ja, called.en
    return {
        "ja": {"one": ja.one, "numbered": ja.numbered},
        "en": {"one": en.one, "many": en.many, "numbered": en.numbered},
    }


def _policy(policy: RegistrationPolicy) -> dict[str, Any]:
    rule = policy.closes
    closes = rule.value if isinstance(rule, Closing) else {"days_before": rule.days_before, "at": f"{rule.at:%H:%M}"}
    return _without_gaps({"url": policy.url, "closes": closes})


def _page(links: Links, settings: PageEntry | None) -> dict[str, Any]:
    if not settings:
        return _without_gaps({"url": links.page})
    every = _duration(settings.every) if settings.every else None
    return _without_gaps({"url": links.page, "source": settings.source, "sync": settings.sync.value, "every": every})


def _holidays(entry: Sequence[str | date]) -> list[str] | str:
    codes = [each if isinstance(each, str) else each.isoformat() for each in entry]
    return codes[0] if len(codes) == 1 and isinstance(entry[0], str) else codes


def _link(link: NamedLink) -> str | dict[str, Any]:
    return {"label": _text(link.label), "url": link.url} if link.label else link.url


def _duration(span: timedelta) -> str:
    """As few units as say it exactly: 15m, 2h."""
    return next(f"{span // unit}{letter}" for letter, unit in _UNITS if not span % unit)


def _defaults(entry: DefaultsEntry) -> dict[str, Any]:
    place = entry.venue
    return _without_gaps(
        {
            "at": f"{entry.at:%H:%M}" if entry.at else None,
            "lasts": _duration(entry.lasts) if entry.lasts else None,
            "mode": entry.mode.value if entry.mode else None,
            "venue": _venue(Venue(place.name, place.room, place.url)) if place and place.name else None,
            "lecture_language": entry.lecture_language,
        }
    )


def _rules(rules: Rules) -> dict[str, Any]:
    audiences = ("registration", "in_person", "online", "everyone")
    return _without_gaps({audience: [_text(rule) for rule in getattr(rules, audience)] for audience in audiences})


def _announcements(series: Series) -> Iterator[tuple[str, Any]]:
    """The stages that are not as usual."""
    for name in AnnouncementsEntry.model_fields:
        if name == "closed":
            if not series.closes_posts:
                yield name, False
        elif name in set(Stage):
            timing = series.timings.get(Stage(name))
            if timing != TIMINGS[Stage(name)]:
                yield name, _timings(Stage(name), timing) if timing else False
        else:
            settled = series.settling.get(News(name))
            if settled != SETTLING[News(name)]:
                yield name, {"minutes": settled // timedelta(minutes=1)} if settled is not None else False


def _timings(stage: Stage, timing: Timing) -> dict[str, Any] | list[dict[str, Any]]:
    first = _timing(stage, timing)
    return [first, *(_timing(stage, each) for each in timing.again)] if timing.again else first


def _timing(stage: Stage, timing: Timing) -> dict[str, Any]:
    if timing.at is not None:
        return ({"days": timing.days} if timing.days else {}) | {"at": f"{timing.at:%H:%M}"}
    if stage is Stage.CLOSING_SOON:
        return {"hours": timing.before // timedelta(hours=1)}
    return {"minutes": timing.before // timedelta(minutes=1)}


def _lectures(series: Series) -> Iterator[dict[str, Any]]:
    dated = [lecture for lecture in series.lectures if lecture.day]
    days = [Moment(lecture.day, None, None, None, "") for lecture in dated if lecture.day]
    unlikely = {dated[position].id for position, _ in faults_of_order(days)}
    for lecture in series.lectures:
        yield _lecture(lecture, series, lecture.id in unlikely)


def _lecture(lecture: Lecture, series: Series, unlikely: bool) -> dict[str, Any]:
    """One lecture; beside an unlikely year stands the weekday, without which it would be taken for mistyped."""
    starts = lecture.starts or lecture.day
    return _without_gaps(
        {
            "number": lecture.number,
            "id": lecture.id if lecture.id != str(lecture.number) else None,
            "label": _text(lecture.label),
            "status": lecture.status.value if lecture.status is not Status.PLANNED else None,
            "reason": _text(lecture.reason),
            "starts": _written(starts, unlikely) if starts else None,
            "ends": _written(lecture.ends) if lecture.ends else None,
            **_speakers(lecture.speakers),
            "talks": [talk_data(each) for each in lecture.talks],
            "title": _text(lecture.title),
            "title_tentative": lecture.title_tentative or None,
            "mode": lecture.mode.value if lecture.mode else None,
            "venue": _venue(lecture.venue) if lecture.venue else None,
            "summary": _text(lecture.summary),
            "abstract": _text(lecture.abstract),
            "notes": _text(lecture.notes),
            "lecture_language": lecture.language,
            "registration": _registration(lecture.registration, lecture.day, series),
            "join": lecture.join,
            "materials": [_material(each) for each in lecture.materials],
            "expects": _expects(lecture.expects, series.expects) if lecture.expects is not None else None,
        }
    )


def talk_data(talk: Talk) -> dict[str, Any]:
    """A talk as the file has it."""
    return _without_gaps(
        {
            "title": _text(talk.title),
            **_speakers(talk.speakers),
            "starts": _written(talk.starts) if talk.starts else None,
            "ends": _written(talk.ends) if talk.ends else None,
            "abstract": _text(talk.abstract),
            "materials": [_material(each) for each in talk.materials],
        }
    )


def _expects(expected: frozenset[Expected], otherwise: frozenset[Expected]) -> dict[str, bool]:
    """What is expected otherwise than it would be."""
    return {each.value: each in expected for each in Expected if (each in expected) is not (each in otherwise)}


def _registration(own: Registration, day: date | None, series: Series) -> dict[str, Any] | str:
    if own.waived:
        return NOBODY
    return _without_gaps(
        {
            "url": own.url,
            "opens": _written(series.local(own.opens)) if own.opens else None,
            "closes": own.closes.value if isinstance(own.closes, Closing) else _deadline(own.closes, day, series),
            "in_person": Places.FULL.value if own.in_person_full else None,
            "also_for": [int(each) if each.isdecimal() else each for each in own.also_for],
        }
    )


def _deadline(closes: datetime | None, day: date | None, series: Series) -> str | None:
    local = series.local(closes) if closes else None
    return _written(local, with_weekday=bool(day and day - local.date() > _LONG)) if local else None


def _venue(venue: Venue) -> dict[str, Any]:
    return _without_gaps(
        {
            "name": _text(venue.name),
            "room": _text(venue.room),
            "url": venue.url,
            "tentative": venue.tentative or None,
        }
    )


def _material(material: Material) -> dict[str, Any]:
    where = {"url": material.url} if material.url else {"status": Preparation.IN_PREPARATION.value}
    return {"label": _text(material.label), "kind": material.kind.value, **where}


def _speakers(people: Sequence[Person]) -> dict[str, Any]:
    if len(people) == 1:
        return {"speaker": _person(people[0])}
    return {"speakers": [_person(each) for each in people]}


def _person(person: Person) -> dict[str, Any]:
    return _without_gaps(
        {"name": _text(person.name), "affiliation": _text(person.affiliation), "reading": _text(person.reading)}
    )


def _text(text: Localized | None) -> str | dict[str, str] | None:
    return text.tree if text else None


def _written(moment: date, with_weekday: bool = False) -> str:
    """A day, or an instant by its own clock, as lectures.yaml has it."""
    day = f"{moment:%Y-%m-%d}" + (f"({_WEEKDAYS[moment.weekday()]})" if with_weekday else "")
    return f"{day}T{moment:%H:%M}" if isinstance(moment, datetime) else day


def _without_gaps(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value is not None and value != [] and value != {}}
