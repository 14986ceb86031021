"""A second reader of calendar files, written from RFC 5545 (and 7986) alone and strict: what it refuses, some calendar
out there refuses, too."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

_NAME = r"[A-Za-z0-9-]+"
_QUOTED = r'"[^"\x00-\x08\x0a-\x1f\x7f]*"'
_SAFE = r'[^";:,\x00-\x08\x0a-\x1f\x7f]*'
_LINE = re.compile(
    rf"(?P<name>{_NAME})(?P<parameters>(?:;{_NAME}=(?:{_QUOTED}|{_SAFE})(?:,(?:{_QUOTED}|{_SAFE}))*)*)"
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_LOCAL = re.compile(r"[0-9]{8}T[0-9]{6}")
_DURATION = re.compile(r"(?P<sign>[+-]?)P(?:(?P<days>[0-9]+)D)?(?:T(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?)?")
_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})")

_REQUIRED = {
    "VCALENDAR": {"PRODID", "VERSION", "METHOD"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
}
_ONCE = {
    "VCALENDAR": {"CALSCALE", "NAME", "REFRESH-INTERVAL"},
    "VEVENT": {"DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "TRANSP", "SEQUENCE", "LAST-MODIFIED", "URL"},
    "VALARM": set[str](),
    "VTIMEZONE": set[str](),
    "STANDARD": {"TZNAME", "RDATE"},
    "DAYLIGHT": {"TZNAME", "RDATE"},
}
"""What this bot may write; beside that, names that begin with X-."""

_WITHIN = {"VCALENDAR": {"VEVENT", "VTIMEZONE"}, "VEVENT": {"VALARM"}, "VTIMEZONE": {"STANDARD", "DAYLIGHT"}}
_WORDS = {
    "VERSION": {"2.0"},
    "CALSCALE": {"GREGORIAN"},
    "METHOD": {"PUBLISH"},
    "STATUS": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "TRANSP": {"OPAQUE", "TRANSPARENT"},
    "ACTION": {"DISPLAY"},
}

Value = str | int | date | datetime | timedelta


@dataclass
class Component:
    """A component with its properties as they stand in the file, and the components in it."""

    name: str
    lines: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    inner: list["Component"] = field(default_factory=list)

    def named(self, name: str) -> list["Component"]:
        """The components of that name in it."""
        return [each for each in self.inner if each.name == name]

    def only(self, name: str) -> str:
        """The property that is there once, as it stands."""
        (value,) = [value for each, _, value in self.lines if each == name]
        return value


def read(content: bytes) -> tuple[dict[str, Value], list[dict[str, Value]]]:
    """The calendar's own properties and those of every entry, all instants in UTC; of an alarm its time before.

    Whatever the standards don't allow fails.
    """
    calendar = _component(_lines(content))
    zones = {zone.only("TZID"): zone for zone in calendar.named("VTIMEZONE")}
    assert len(zones) == len(calendar.named("VTIMEZONE"))
    entries = []
    for entry in calendar.named("VEVENT"):
        values = _values(entry, zones)
        for alarm in entry.named("VALARM"):
            values["ALARM"] = _values(alarm, zones)["TRIGGER"]
        starts, ends = values["DTSTART"], values.get("DTEND")
        assert ends is None or (type(ends) is type(starts) and ends > starts)  # type: ignore[operator]
        entries.append(values)
    assert len({entry["UID"] for entry in entries}) == len(entries)
    return _values(calendar, zones), entries


def _lines(content: bytes) -> Iterator[tuple[str, dict[str, str], str]]:
    """The content lines, unfolded and taken apart (3.1)."""
    assert content.endswith(b"\r\n")
    physical = content.removesuffix(b"\r\n").split(b"\r\n")
    for line in physical:
        assert 0 < len(line) <= 75
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode("utf-8")  # nothing is folded in the middle of a character
    for line in content.removesuffix(b"\r\n").replace(b"\r\n ", b"").split(b"\r\n"):
        found = _LINE.fullmatch(line.decode("utf-8"))
        assert found, line
        parameters = dict(each.split("=", 1) for each in found["parameters"].split(";")[1:])
        yield found["name"].upper(), parameters, found["value"]


def _component(lines: Iterator[tuple[str, dict[str, str], str]]) -> Component:
    root = Component("")
    within = [root]
    for name, parameters, value in lines:
        if name == "BEGIN":
            component = Component(value)
            assert within[-1] is root or value in _WITHIN[within[-1].name]
            within[-1].inner.append(component)
            within.append(component)
        elif name == "END":
            ended = within.pop()
            assert ended.name == value
            _check(ended)
        else:
            assert within[-1] is not root
            within[-1].lines.append((name, parameters, value))
    assert within == [root]
    (calendar,) = root.inner
    assert calendar.name == "VCALENDAR"
    return calendar


def _check(component: Component) -> None:
    names = Counter(name for name, _, _ in component.lines)
    required, once = _REQUIRED[component.name], _ONCE[component.name]
    assert required <= names.keys()
    assert {name for name in names if not name.startswith("X-")} <= required | once
    assert [name for name, times in names.items() if times > 1] == []
    if component.name in ("VCALENDAR", "VTIMEZONE"):
        assert component.inner


def _values(component: Component, zones: dict[str, Component]) -> dict[str, Value]:
    return {name: _value(name, parameters, value, zones) for name, parameters, value in component.lines}


def _value(name: str, parameters: dict[str, str], value: str, zones: dict[str, Component]) -> Value:
    if name in ("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED"):
        return _moment(name, parameters, value, zones)
    if name == "REFRESH-INTERVAL":
        assert parameters == {"VALUE": "DURATION"}
        return _duration(value)
    assert parameters == {}, name
    if name in ("TRIGGER", "X-PUBLISHED-TTL"):
        return _duration(value)
    if name == "SEQUENCE":
        assert re.fullmatch("[0-9]+", value)
        return int(value)
    if name == "URL":
        assert urlsplit(value).scheme
        return value
    if name in _WORDS:
        assert value in _WORDS[name]
    assert _TEXT.fullmatch(value), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def _duration(value: str) -> timedelta:
    found = _DURATION.fullmatch(value)
    assert found
    assert any(found.group("days", "hours", "minutes"))
    span = timedelta(**{unit: int(found[unit] or 0) for unit in ("days", "hours", "minutes")})
    return -span if found["sign"] == "-" else span


def _moment(name: str, parameters: dict[str, str], value: str, zones: dict[str, Component]) -> date | datetime:
    if parameters == {"VALUE": "DATE"}:
        assert name in ("DTSTART", "DTEND")
        assert re.fullmatch("[0-9]{8}", value)
        return date.fromisoformat(value)
    if value.endswith("Z"):
        assert parameters == {}
        return _clock(value[:-1]).replace(tzinfo=UTC)
    assert name in ("DTSTART", "DTEND")  # the others are in UTC
    assert parameters.keys() == {"TZID"}  # nothing floats
    return _instant(_clock(value), zones[parameters["TZID"]])


def _clock(value: str) -> datetime:
    assert _LOCAL.fullmatch(value)
    return datetime.fromisoformat(value)


def _instant(clock: datetime, zone: Component) -> datetime:
    """The first instant at which clocks in the zone show that time (3.3.5, 3.6.5)."""
    observances = []
    for each in zone.inner:
        values = [value for name, _, value in each.lines if name in ("DTSTART", "RDATE")]
        before, after = _offset(each.only("TZOFFSETFROM")), _offset(each.only("TZOFFSETTO"))
        observances += [(_clock(value) - before, after) for value in ",".join(values).split(",")]
    found = []
    for _, offset in observances:
        instant = clock - offset
        if max(each for each in observances if each[0] <= instant)[1] == offset:
            found.append(instant)
    return min(found).replace(tzinfo=UTC)


def _offset(value: str) -> timedelta:
    found = _OFFSET.fullmatch(value)
    assert found
    span = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -span if found[1] == "-" else span
