"""Dates in other languages than Japanese and English, as far as tables and pages have them."""

from datetime import time

import pytest

from bot.domain.date_parsing import ParsedDate, parse_date
from bot.domain.date_words import DayOrder, in_english, numbers_first

DAY, MONTH = DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Do, 12.06.2026", (2026, 6, 12, 3)),
        ("Donnerstag, den 12. Juni 2026", (2026, 6, 12, 3)),
        ("Mittwoch, 4. März 2026", (2026, 3, 4, 2)),
        ("12 juin 2026", (2026, 6, 12, None)),
        ("mar. 12 mai 2026", (2026, 5, 12, 1)),
        ("1er juillet 2026", (2026, 7, 1, None)),
        ("12 de junio de 2026", (2026, 6, 12, None)),
        ("miércoles 3 de marzo de 2027", (2027, 3, 3, 2)),
        ("lunedì 8 giugno 2026", (2026, 6, 8, 0)),
        ("quinta-feira, 12 de março de 2026", (2026, 3, 12, 3)),
        ("vrijdag 5 juni 2026", (2026, 6, 5, 4)),
        ("2026년 6월 8일 (월)", (2026, 6, 8, 0)),
        ("2026년 6월 8일 월요일", (2026, 6, 8, 0)),
        ("2026年6月8日 星期一", (2026, 6, 8, 0)),
        ("2026年6月8日（周一）", (2026, 6, 8, 0)),
        ("2026年6月8日（月）", (2026, 6, 8, 0)),
        ("Mar 12, 2026", (2026, 3, 12, None)),
        ("June 8th", (None, 6, 8, None)),
        ("8. 6.", (None, 6, 8, None)),
        ("12.6.", (None, 6, 12, None)),
        ("21.-23.06.2026", (2026, 6, 21, None)),
        ("June 8-10, 2026", (2026, 6, 8, None)),
        ("2026-06-08", (2026, 6, 8, None)),
    ],
)
def test_a_day(text: str, meant: tuple[int | None, int, int, int | None]) -> None:
    parsed = parse_date(in_english(text))
    assert (parsed.year, parsed.month, parsed.day, parsed.weekday, parsed.rest) == (*meant, "")


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("14 Uhr c.t.", time(14, 15), None),
        ("14 Uhr s.t.", time(14), None),
        ("14.30 Uhr", time(14, 30), None),
        ("13.30-15.00", time(13, 30), time(15)),
        ("16 bis 18 Uhr", time(16), time(18)),
        ("14h30", time(14, 30), None),
        ("14h - 16h", time(14), time(16)),
        ("16h a 18h", time(16), time(18)),
        ("om 15.00 uur", time(15), None),
        ("ore 14.30-15.30", time(14, 30), time(15, 30)),
        ("下午2点", time(14), None),
        ("오후 2시 30분", time(14, 30), None),
        ("10:30~11:30", time(10, 30), time(11, 30)),
        ("2:30 PM", time(14, 30), None),
    ],
)
def test_a_time(text: str, starts: time, ends: time | None) -> None:
    parsed = parse_date(in_english(text))
    assert (parsed.start, parsed.end, parsed.rest) == (starts, ends, "")


@pytest.mark.parametrize(
    ("text", "order", "meant"),
    [
        ("8/6", MONTH, (None, 8, 6)),
        ("8/6", DAY, (None, 6, 8)),
        ("10/1/25", MONTH, (2025, 10, 1)),
        ("10/1/25", DAY, (2025, 1, 10)),
        ("8-6-2026", DAY, (2026, 6, 8)),
        ("8.6.2026", MONTH, (2026, 6, 8)),
    ],
)
def test_numbers_by_their_order(text: str, order: DayOrder, meant: tuple[int | None, int, int]) -> None:
    parsed = parse_date(in_english(text, order))
    assert (parsed.year, parsed.month, parsed.day) == meant


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("8/6", (8, 6)), ("10/1/25", (10, 1)), ("8.6.2026", None), ("2026-06-08", None), ("June 8", None)],
)
def test_numbers_whose_order_is_open(text: str, numbers: tuple[int, int] | None) -> None:
    assert numbers_first(text) == numbers


def test_words_that_mean_nothing_stay() -> None:
    assert parse_date(in_english("noch offen")) == ParsedDate(rest="noch offen")
