"""A series of any length, for measuring."""

from datetime import datetime, timedelta
from pathlib import Path

_HEAD = """\
series:
  name: {ja: 長い講義シリーズ, en: A long series of lectures}
  timezone: Asia/Tokyo
  registration: {closes: {days_before: 1, at: "12:00"}}
  usual_venue: 筑波大学東京キャンパス
lectures:
"""


def write_series(path: Path, lectures: int, every: int = 1) -> Path:
    """Writes a schedule with so many lectures, so many days apart, half of them before 2024-04-06; returns `path`."""
    middle = datetime(2024, 4, 6, 13)  # noqa: DTZ001 - local times, as the file has them
    first = middle - timedelta(days=every * (lectures // 2))
    entries = (_entry(number, first + timedelta(days=every * number)) for number in range(1, lectures + 1))
    path.write_text(_HEAD + "".join(entries), encoding="utf-8")
    return path


def _entry(number: int, starts: datetime) -> str:
    return f"""\
  - number: {number}
    starts: {starts:%Y-%m-%dT%H:%M}
    ends: {starts + timedelta(hours=4):%Y-%m-%dT%H:%M}
    speaker: {{name: {{ja: 講師 {number}, en: Speaker {number}}}, affiliation: {{ja: 大学, en: University}}}}
    title: {{ja: 機械学習の話題 その {number}, en: Topics of machine learning no. {number}}}
    mode: hybrid
    venue: {{name: 筑波大学東京キャンパス, room: 118教室, url: "https://example.org/map"}}
    summary:
      ja: 第{number}回では、物理学と機械学習の関わりを、例を挙げながら順に説明します。
      en: Lecture {number} explains step by step, with examples, how physics and machine learning meet.
    registration: {{url: "https://example.org/forms/{number}/viewform"}}
    materials:
      - {{label: スライド, kind: slides, url: "https://example.org/{number}.pdf"}}
"""
