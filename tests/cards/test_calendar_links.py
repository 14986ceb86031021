"""Links that add a lecture, or the whole calendar, to calendars on the web."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.cards.calendar_links import event_links, feed_links
from bot.cards.view import View
from bot.domain.lecture import Lecture, Status
from bot.domain.message import Link
from tests.examples import BEFORE_THREE, EXAMPLE

VIEW = View(EXAMPLE, BEFORE_THREE, "en")


def third() -> Lecture:
    lecture = EXAMPLE.lecture("3")
    assert lecture
    assert lecture.starts
    return lecture


def query(link: Link) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(link.url).query).items()}


def test_a_lecture_is_entered_with_its_instants_place_and_title() -> None:
    google, outlook = event_links(third(), VIEW)
    assert google.url.startswith("https://calendar.google.com/calendar/render?action=TEMPLATE&text=Lecture%203")
    assert query(google)["dates"] == "20300418T040000Z/20300418T080000Z"
    assert outlook.url.startswith("https://outlook.office.com/calendar/0/deeplink/compose?")
    told = query(outlook)
    assert (told["startdt"], told["enddt"], told["allday"]) == (
        "2030-04-18T13:00:00+09:00",
        "2030-04-18T17:00:00+09:00",
        "false",
    )
    assert query(google)["text"] == told["subject"]
    assert query(google)["location"] == told["location"]
    assert query(google)["details"].splitlines()[0] == EXAMPLE.name.into("en")
    assert max(len(google.url), len(outlook.url)) < 2000


def test_without_an_end_it_is_as_long_as_is_assumed_and_without_a_time_the_whole_day() -> None:
    google, _ = event_links(replace(third(), ends=None), VIEW)
    assert query(google)["dates"] == "20300418T040000Z/20300418T060000Z"
    google, outlook = event_links(replace(third(), starts=None, ends=None), VIEW)
    assert query(google)["dates"] == "20300418/20300419"
    assert (query(outlook)["startdt"], query(outlook)["allday"]) == ("2030-04-18", "true")


@pytest.mark.parametrize("changed", [{"day": None, "starts": None, "ends": None}, {"status": Status.CANCELLED}])
def test_what_does_not_take_place_on_a_known_day_is_not_entered(changed: dict[str, object]) -> None:
    assert event_links(replace(third(), **changed), VIEW) == ()  # type: ignore[arg-type]


def test_the_calendar_is_followed_by_its_address() -> None:
    google, outlook = feed_links("https://bot.example.org/calendar.ics?lang=en", "Talks")
    assert query(google) == {"cid": "webcal://bot.example.org/calendar.ics?lang=en"}
    assert query(outlook) == {"url": "https://bot.example.org/calendar.ics?lang=en", "name": "Talks"}
