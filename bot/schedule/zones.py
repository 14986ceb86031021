"""Time zones: those with their rules, and which of them is meant by an abbreviation or an offset."""

import re
from difflib import get_close_matches
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.schedule.problems import refusal, shown, text_of

_MEANT: Final = {
    **dict.fromkeys(("EST", "EDT", "ET"), "America/New_York"),
    **dict.fromkeys(("CST", "CDT", "CT"), "America/Chicago"),
    **dict.fromkeys(("MST", "MDT", "MT"), "America/Denver"),
    **dict.fromkeys(("PST", "PDT", "PT"), "America/Los_Angeles"),
    **dict.fromkeys(("GMT", "BST", "WEST", "GMT0", "GREENWICH"), "Europe/London"),
    **dict.fromkeys(("CEST", "MEZ", "MESZ"), "Europe/Berlin"),
    "EEST": "Europe/Helsinki",
    **dict.fromkeys(("AEST", "AEDT"), "Australia/Sydney"),
    **dict.fromkeys(("NZST", "NZDT"), "Pacific/Auckland"),
    "HST": "Pacific/Honolulu",
    "AKST": "America/Anchorage",
    "MSK": "Europe/Moscow",
    "IST": "Asia/Kolkata",
    "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong",
    "KST": "Asia/Seoul",
    "JST": "Asia/Tokyo",
}
"""Abbreviations that are no names of a zone, or of one whose clocks are never changed."""

_OFFSETS: Final = {
    -10: "Pacific/Honolulu",
    -9: "America/Anchorage",
    -8: "America/Los_Angeles",
    -7: "America/Denver",
    -6: "America/Chicago",
    -5: "America/New_York",
    -4: "America/Halifax",
    -3: "America/Sao_Paulo",
    0: "Europe/London",
    1: "Europe/Berlin",
    2: "Europe/Helsinki",
    3: "Europe/Istanbul",
    4: "Asia/Dubai",
    5: "Asia/Karachi",
    6: "Asia/Dhaka",
    7: "Asia/Bangkok",
    8: "Asia/Singapore",
    9: "Asia/Tokyo",
    10: "Australia/Sydney",
    12: "Pacific/Auckland",
}
"""The zone that most who write such an offset live in, by hours east of Greenwich."""

_OFFSET: Final = re.compile(r"(?:GMT|UTC|Z)?\s*([+-])\s*(\d{1,2})(?::?00)?", re.IGNORECASE)
_ETC: Final = re.compile(r"Etc/GMT([+-])(\d{1,2})", re.IGNORECASE)
_USUAL: Final = "Asia/Tokyo"


def time_zone(value: object) -> ZoneInfo:
    """A zone by its IANA name. One without rules is refused with the one that is meant; UTC may be meant."""
    written = text_of(value, "timezone", example=_USUAL)
    meant = _meant(written)
    if meant:
        raise refusal("timezone.rules", understood=shown(written), example=meant)
    try:
        return ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        names = {name.casefold(): name for name in available_timezones() if not _meant(name)}
        nearest = get_close_matches(written.casefold(), names, 1, 0.7)
        example = names[nearest[0]] if nearest else _USUAL
        raise refusal("timezone", understood=shown(written), example=example) from None


def _meant(written: str) -> str | None:
    """The zone with rules that is meant, if this is none."""
    if etc := _ETC.fullmatch(written):  # which counts to the west
        return _OFFSETS.get(int(etc[2]) * (1 if etc[1] == "-" else -1), _USUAL)
    if offset := _OFFSET.fullmatch(written):
        return _OFFSETS.get(int(offset[2]) * (-1 if offset[1] == "-" else 1), _USUAL)
    if written.lower().startswith("etc/"):
        return "Europe/London" if "gmt" in written.lower() or "green" in written.lower() else "UTC"
    return _MEANT.get(written.upper())
