"""Lengths of time as people write them: `2h`, `1h30m`, `90 minutes`, 2時間, 1時間半, 3日間."""

import re
import unicodedata
from datetime import timedelta
from typing import Final

_UNITS: Final = {
    "minutes": r"m|mins?|minutes?|分間?",
    "hours": r"h|hrs?|hours?|時間",
    "days": r"d|days?|日間",
    "weeks": r"w|weeks?|週間",
}
_UNIT: Final = "|".join(f"(?P<{name}>{written})" for name, written in _UNITS.items())
_PART: Final = re.compile(
    rf"(?P<number>\d{{1,4}}(?:\.\d{{1,2}})?|an?\b)\s*(?:{_UNIT})(?P<half>半)?"
    r"(?=$|[\s\d,])(?:\s*(?:,|and))?",
    re.IGNORECASE,
)
_AROUND: Final = re.compile(r"(?:for|in)\s++|(?<!\s)\s*+(?:後|の間|long|from now)$", re.IGNORECASE)
"""What may stand before and after it."""


def parse_duration(text: str) -> timedelta | None:
    """The length of time that a text is, or None if it is something else."""
    rest = _AROUND.sub("", unicodedata.normalize("NFKC", text).strip())
    total, known = timedelta(), bool(rest)
    while rest and known:
        found = _PART.match(rest)
        known = found is not None
        if found:
            total += _length(found)
            rest = rest[found.end() :].strip()
    return total if known else None


def _length(found: re.Match[str]) -> timedelta:
    number = float(found["number"]) if found["number"][0].isdecimal() else 1.0
    unit = next(each for each in _UNITS if found[each])
    return timedelta(**{unit: number + (0.5 if found["half"] else 0.0)})
