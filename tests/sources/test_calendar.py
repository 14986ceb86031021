"""Events of calendars."""

from zoneinfo import ZoneInfo

from bot.sources.calendar import calendar_entries, is_calendar
from bot.sources.columns import Column
from bot.sources.document import Anchor
from bot.sources.rows import Found

C = Column
BERLIN = ZoneInfo("Europe/Berlin")


def found(*events: str, head: str = "") -> Found:
    """The entries of a calendar with these events."""
    body = "".join(f"BEGIN:VEVENT\r\n{each}END:VEVENT\r\n" for each in events)
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{body}END:VCALENDAR\r\n"
    assert is_calendar(text)
    return calendar_entries(text, BERLIN)


def test_an_event_is_an_entry_in_the_times_of_the_series() -> None:
    event = (
        "UID:1@example.org\r\nDTSTART:20260608T120000Z\r\nDTEND:20260608T130000Z\r\nSUMMARY:Waves\\, once more\r\n"
        "LOCATION:Room 5\r\nURL:https://example.org/waves\r\n"
        "DESCRIPTION:Speaker: Ada (Analytical)\\nOn shallow water.\\nAnd deep.\r\n"
    )
    (entry,) = found(event).entries
    assert [entry.text(each) for each in (C.STARTS, C.TITLE, C.VENUE, C.SPEAKER, C.ABSTRACT)] == [
        "2026-06-08 14:00-15:00",
        "Waves, once more",
        "Room 5",
        "Ada (Analytical)",
        "On shallow water. And deep.",
    ]
    assert entry.line == 3
    assert [line.anchors for _, line in entry.links] == [
        (Anchor("https://example.org/waves", "https://example.org/waves"),)
    ]


def test_whole_days_durations_and_clocks_without_a_zone() -> None:
    day = found("DTSTART;VALUE=DATE:20260608\r\nDTEND;VALUE=DATE:20260609\r\nSUMMARY:Waves\r\n")
    length = found("DTSTART:20260608T140000\r\nDURATION:PT90M\r\nSUMMARY:Waves\r\n")
    night = found("DTSTART:20260608T220000\r\nDTEND:20260609T010000\r\nSUMMARY:Waves\r\n")
    assert [each.entries[0].text(C.STARTS) for each in (day, length, night)] == [
        "2026-06-08",
        "2026-06-08 14:00-15:30",
        "2026-06-08 22:00",
    ]


def test_what_is_cancelled_says_so() -> None:
    assert (
        found("DTSTART:20260608T140000\r\nSUMMARY:W\r\nSTATUS:CANCELLED\r\n").entries[0].text(C.STATUS) == "cancelled"
    )


def test_an_event_that_repeats_is_named_and_its_single_dates_are_read() -> None:
    made = found(
        "UID:1\r\nDTSTART:20260601T140000\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Seminar\r\n",
        "UID:1\r\nRECURRENCE-ID:20260608T140000\r\nDTSTART:20260608T140000\r\nSUMMARY:Waves\r\n",
    )
    assert [(each.line, each.name) for each in made.notices] == [(3, "event.repeats")]
    assert [each.text(C.TITLE) for each in made.entries] == ["Waves"]


def test_what_is_no_calendar() -> None:
    assert not is_calendar("# Calendar\n")
    assert calendar_entries("BEGIN:VCALENDAR\r\nX", BERLIN) == Found()
