"""What is written of a date is read back, whatever wrote it, and in time linear to the length of the text."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.date_parsing import (
    JAPAN,
    NotADateError,
    Origin,
    ParsedDate,
    RelativeDay,
    Unclear,
    parse_date,
    utc_offset,
)
from bot.domain.date_scanning import written_date
from bot.domain.language import LANGUAGES, Language
from bot.domain.message import When
from bot.domain.written_date import WrittenDate
from bot.i18n import moment_written, written
from bot.schedule.moments import moment
from bot.sources.fields.values import span
from tests.domain.generated import ZONES
from tests.growth import LINEAR, growth


def _relative(origin: Origin, days: int = 0) -> ParsedDate:
    return ParsedDate(relative=RelativeDay(origin, days))


def _friday(origin: Origin, days: int = 0) -> ParsedDate:
    return ParsedDate(relative=RelativeDay(origin, days), weekday=4)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("7/12", ParsedDate(month=7, day=12)),
        ("２０２４年７月１２日（金）１３：００", ParsedDate(2024, 7, 12, weekday=4, start=time(13))),
        ("2024年7月12日金曜日", ParsedDate(2024, 7, 12, weekday=4)),
        ("7月12日金", ParsedDate(month=7, day=12, weekday=4)),
        ("7/12日", ParsedDate(month=7, day=12, weekday=6)),
        ("令和6年7月12日", ParsedDate(2024, 7, 12)),
        ("Friday, July 12th", ParsedDate(month=7, day=12, weekday=4)),
        ("【金】2024/7/12", ParsedDate(2024, 7, 12, weekday=4)),
        ("2024/7/12 木・祝 正午〜5pm", ParsedDate(2024, 7, 12, weekday=3, start=time(12), end=time(17))),
        ("7/12 noon-2pm", ParsedDate(month=7, day=12, start=time(12), end=time(14))),
        ("7/12 時刻未定", ParsedDate(month=7, day=12, undecided=True)),
        ("2024-07-12T13:00:00.5Z", ParsedDate(2024, 7, 12, start=time(13), zone=timedelta())),
        ("2024-07-12 13:00+0530", ParsedDate(2024, 7, 12, start=time(13), zone=timedelta(hours=5, minutes=30))),
        ("7/12 13:00 -03", ParsedDate(month=7, day=12, start=time(13), zone=timedelta(hours=-3))),
        ("7/12 9:00 -12", ParsedDate(month=7, day=12, start=time(9), end=time(12))),
        ("7/12 9:00-12:00 -11", ParsedDate(month=7, day=12, start=time(9), end=time(12), zone=timedelta(hours=-11))),
        ("7/12 +09", ParsedDate(month=7, day=12, rest="+09")),
        ("7/12 -10", ParsedDate(month=7, day=12, rest="10")),
        ("7/12 13:00 (CEST)", ParsedDate(month=7, day=12, start=time(13), zone="CEST")),
        ("7/12 日本時間13:00", ParsedDate(month=7, day=12, start=time(13), zone=JAPAN)),
        ("午後1時から", ParsedDate(start=time(13))),
        ("金曜", ParsedDate(weekday=4)),
        ("未定", ParsedDate(undecided=True)),
        ("", ParsedDate()),
    ],
)
def test_what_is_left_out_is_not_there(text: str, parts: ParsedDate) -> None:
    assert parse_date(text) == parts


@pytest.mark.parametrize(
    ("texts", "parts"),
    [
        (("今日", "本日", "today", "ＴＯＤＡＹ"), _relative(Origin.TODAY)),
        (("明日", "あした", "tomorrow"), _relative(Origin.TODAY, 1)),
        (("明後日", "あさって", "the day after tomorrow"), _relative(Origin.TODAY, 2)),
        (("in 3 days", "in three days", "3 days from now", "three days from today"), _relative(Origin.TODAY, 3)),
        (("in a week", "in 1 week", "a week from now"), _relative(Origin.TODAY, 7)),
        (("3日後", "三日後", "３日後に", "3 days later"), _relative(Origin.TODAY_OR_SO_FAR, 3)),
        (("2週間後", "二週間後", "two weeks later"), _relative(Origin.TODAY_OR_SO_FAR, 14)),
        (("+14d", "＋２週間後", "+ 2 weeks"), _relative(Origin.SO_FAR, 14)),
        (("−3日",), _relative(Origin.SO_FAR, -3)),
        (("次の金曜", "今度の金曜日", "coming Friday", "this coming Fri."), _friday(Origin.COMING)),
        (("next Friday", "NEXT FRI"), _friday(Origin.NEXT)),
        (("今週の金曜", "今週金曜日", "this Friday", "Friday this week"), _friday(Origin.WEEK)),
        (
            ("来週の金曜", "来週(金)", "翌週金曜", "Friday next week", "next week on Friday", "Friday of next week"),
            _friday(Origin.WEEK, 7),
        ),
        (("再来週の金曜日", "Friday the week after next"), _friday(Origin.WEEK, 14)),
    ],
)
def test_relative_words_are_read_in_both_languages(texts: tuple[str, ...], parts: ParsedDate) -> None:
    for text in texts:
        assert parse_date(text) == parts


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("2024/7/12 (金) 13:00-17:00 ※会場未定", "※会場未定"),
        ("【変更】2024/7/12 13:00開始（予定）", "【変更】 開始(予定)"),
        ("7/12 room 5", "room 5"),
        ("7/12 7-9", "7-9"),
        ("7/12 13:00 18:00", "18:00"),
        ("1-5 July", "1"),
        ("来週のどこか", "どこか"),
        ("7/12 ※明日は木曜日", "※明日は木曜日"),
    ],
)
def test_what_is_no_part_of_the_date_is_the_rest(text: str, rest: str) -> None:
    assert parse_date(text).rest == rest


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2024/7/12 → 2024/7/19", Unclear.SEVERAL_DAYS),
        ("7/12 25:00", Unclear.NO_SUCH_TIME),
        ("1/2/24", Unclear.AMBIGUOUS),
        ("1.2.2024", Unclear.AMBIGUOUS),
    ],
)
def test_what_can_be_no_date_is_refused(text: str, reason: Unclear) -> None:
    with pytest.raises(NotADateError) as refused:
        parse_date(text)
    assert refused.value.reason is reason


def test_an_offset_from_utc_is_read_in_every_form() -> None:
    assert utc_offset("Z") == timedelta()
    assert utc_offset("+09:00") == utc_offset("+0900") == utc_offset("+09") == JAPAN
    assert utc_offset("-03:30") == -timedelta(hours=3, minutes=30)


# ---- what the bot writes


_DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
_TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(_DAYS, _TIMES, st.none() | _TIMES, st.sampled_from(ZONES), st.sampled_from(LANGUAGES))
def test_what_is_shown_to_readers_is_read_back(
    day: date, start: time, end: time | None, zone: ZoneInfo, language: Language
) -> None:
    starts = datetime.combine(day, start, zone)
    # `9:00 -12` is a span, as people write it; only islands in the Pacific have such an offset for a name
    assume(end or not str(starts.tzname()).startswith("-1"))
    ends = datetime.combine(day, end, zone) if end else None
    parts = parse_date(written(When(starts, ends), language))
    assert (parts.year, parts.month, parts.day, parts.weekday) == (day.year, day.month, day.day, day.weekday())
    assert (parts.start, parts.end, parts.rest) == (start, end, "")
    assert parts.zone in (starts.tzname(), starts.utcoffset())
    short = parse_date(moment_written(starts, language))
    assert (short.year, short.month, short.day, short.start, short.rest) == (None, day.month, day.day, start, "")


@pytest.mark.parametrize("day", [date(2024, 1, 15), date(2024, 7, 15)])
def test_the_names_of_all_zones_are_read_back(day: date) -> None:
    for key in available_timezones() - {"localtime", "Factory"}:
        starts, ends = (datetime.combine(day, time(hour), ZoneInfo(key)) for hour in (13, 17))
        parts = parse_date(written(When(starts, ends), "en"))
        assert (parts.start, parts.end, parts.rest) == (time(13), time(17), ""), key
        assert parts.zone in (starts.tzname(), starts.utcoffset()), key


@given(_DAYS, st.none() | _TIMES, st.none() | _TIMES)
def test_chat_page_and_file_read_the_same_date_alike(day: date, start: time | None, end: time | None) -> None:
    end = end if start else None
    text = WrittenDate(day, start, end).text
    now = datetime(2024, 4, 5, 15, tzinfo=ZONES[0])
    typed = written_date(text, now=now)
    on_page = span(text, ZONES[0])
    assert on_page
    assert (typed.day, typed.start, typed.end) == (on_page.day, on_page.starts, on_page.ends) == (day, start, end)
    assume(not end)
    in_file = moment(text)
    assert (in_file.day, in_file.at, in_file.weekday) == (day, start, day.weekday())


@given(st.text() | st.text("0123456789/:-年月日時分(金)TZ+ apm次来週後", max_size=40))
def test_no_text_makes_the_reading_fail(text: str) -> None:
    with suppress(NotADateError):
        parse_date(text)


# ---- how long it takes


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        *(
            ("", piece)
            for piece in ("1", "1 ", "7/", "7/12 ", "2024-", "1月", "日", "午後", "13:00-", "1T", "+1", "1:")
        ),
        *(("", piece) for piece in ("(", "(月", "(祝", "jan ", "this ", "in a ", "next ", "at ", "の", "未", "令和")),
        *(("1", "-"), ("1 jan", ","), ("jan 1", ", "), ("13:00", " "), ("13:00 ", "~")),
    ],
)
def test_reading_takes_time_linear_to_the_length(before: str, piece: str) -> None:
    def read(text: str) -> None:
        with suppress(NotADateError):
            parse_date(text)

    assert growth(read, piece, before) < LINEAR
