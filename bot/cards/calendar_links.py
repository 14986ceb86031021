"""Links that add a lecture, or the calendar that can be followed, to calendars on the web."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from bot.cards.lecture import heading
from bot.cards.venues import venue_name
from bot.cards.view import View
from bot.domain.lecture import ASSUMED_LENGTH, Lecture, Status
from bot.domain.message import Link

_GOOGLE: Final = "https://calendar.google.com/calendar/render"
_OUTLOOK: Final = "https://outlook.office.com/calendar/0"


def event_links(lecture: Lecture, view: View) -> tuple[Link, ...]:
    """Links that open a new entry for a lecture which takes place on a known day; none for any other."""
    if lecture.day is None or lecture.status is not Status.PLANNED:
        return ()
    title = heading(lecture, view)
    place = venue_name(lecture.venue, view.say) if lecture.venue else ""
    told = "\n".join(_told(view))
    starts, ends = _span(lecture, lecture.day)
    google = {"action": "TEMPLATE", "text": title, "dates": f"{_compact(starts)}/{_compact(ends)}"}
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": starts.isoformat(),
        "enddt": ends.isoformat(),
        "allday": "false" if isinstance(starts, datetime) else "true",
    }
    return (
        Link("Google", _address(_GOOGLE, google | {"location": place, "details": told})),
        Link("Outlook", _address(f"{_OUTLOOK}/deeplink/compose", outlook | {"location": place, "body": told})),
    )


def feed_links(feed: str, name: str) -> tuple[Link, ...]:
    """Links that follow the calendar at this web address, under this name."""
    parts = urlsplit(feed)
    return (
        Link("Google", _address(_GOOGLE, {"cid": parts._replace(scheme="webcal").geturl()})),
        Link("Outlook", _address(f"{_OUTLOOK}/addfromweb", {"url": feed, "name": name})),
    )


def _span(lecture: Lecture, day: date) -> tuple[date, date]:
    """From when until when, as instants or, without a time, as whole days, of which the last is the first free one."""
    if lecture.starts is None:
        return day, day + timedelta(days=1)
    return lecture.starts, lecture.ends or lecture.starts + ASSUMED_LENGTH  # neither takes a start alone


def _compact(moment: date) -> str:
    if isinstance(moment, datetime):
        return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{moment:%Y%m%d}"


def _told(view: View) -> Iterator[str]:
    """What the entry says: of which series it is, and where to read more."""
    yield view.series.name.into(view.language)
    if view.series.links.page:
        yield view.series.links.page


def _address(base: str, values: dict[str, str]) -> str:
    return f"{base}?{urlencode({name: value for name, value in values.items() if value}, quote_via=quote)}"
