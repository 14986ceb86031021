"""Every difference, warning and refusal is told in one line, in both languages."""

from datetime import datetime

import pytest

from bot.domain.called import CALLED
from bot.domain.edits import FieldEdit, FieldPath
from bot.i18n import phrases
from bot.schedule.problems import Term, Value
from bot.schedule.yaml_reader import Tree
from bot.sources.model import Difference, SourceRefusedError, SourceWarning
from bot.sources.wording import difference_written, refusal_written, warning_written


def told(path: FieldPath, ours: Tree, theirs: Tree) -> list[str]:
    """The difference in Japanese and in English."""
    difference = Difference("12", path, ours, theirs, FieldEdit("12", path, theirs))
    return [difference_written(difference, phrases("ja")), difference_written(difference, phrases("en"))]


def test_a_difference_is_told_with_what_was_and_what_is() -> None:
    assert told(("starts",), "2024-07-22T13:00", "2024-07-29") == [
        "第12回: 開始日時が「2024/7/22 (月) 13:00」から「2024/7/29 (月)」に変わりました。",
        'lecture 12: the start changed from "2024/7/22 (Mon) 13:00" to "2024/7/29 (Mon)".',
    ]
    assert told(("venue", "room"), {"ja": "118教室", "en": "Room 118"}, "116教室") == [
        "第12回: 教室が「118教室」から「116教室」に変わりました。",
        'lecture 12: the room changed from "Room 118" to "116教室".',
    ]
    assert told(("status",), "planned", "postponed") == [
        "第12回: 開催が「開催予定」から「延期」に変わりました。",
        'lecture 12: the status changed from "planned" to "postponed".',
    ]


def test_a_difference_is_told_as_added_or_withdrawn() -> None:
    materials: Tree = [
        {"label": {"ja": "スライド", "en": "Slides"}, "kind": "slides", "url": "https://example.org/a"},
        {"label": {"ja": "動画", "en": "Video"}, "kind": "video", "status": "in_preparation"},
    ]
    assert told(("materials",), None, materials) == [
        "第12回: 資料に「スライド、動画 (準備中)」が加わりました。",
        'lecture 12: the materials "Slides, Video (in preparation)" was added.',
    ]
    assert told(("speaker",), {"name": "山田", "affiliation": "架空大"}, None) == [
        "第12回: 講師「山田 (架空大)」がなくなりました。",
        'lecture 12: the speaker "山田 (架空大)" was withdrawn.',
    ]
    assert (
        told(("abstract",), None, "一行目\n" + "長" * 200)[0]
        == f"第12回: 概要に「一行目 {'長' * 75}…」が加わりました。"
    )


def test_a_new_lecture_is_told_by_when_who_and_what() -> None:
    value: Tree = {"number": "12", "starts": "2024-07-22T13:00", "speaker": {"name": "山田"}, "title": "渦"}
    assert told((), None, value) == [
        "第12回: 新しい講義です（2024/7/22 (月) 13:00、山田、渦）。",
        "lecture 12: a new lecture (2024/7/22 (Mon) 13:00, 山田, 渦).",
    ]


def test_what_is_new_is_called_as_the_series_calls_it() -> None:
    new = Difference("2026-07", (), None, {"title": "渦"}, FieldEdit("2026-07", (), {"title": "渦"}))
    assert difference_written(new, phrases("en", CALLED["seminar"])) == "seminar 2026-07: a new seminar (渦)."
    assert difference_written(new, phrases("ja", CALLED["seminar"])) == "セミナー 2026-07: 新しいセミナーです（渦）。"


def test_a_warning_is_told_with_its_line_and_lecture() -> None:
    moment = datetime(2024, 7, 22, 13)  # noqa: DTZ001 a time of the page has no zone
    values: dict[str, Value] = {"understood": "2025/7/22", "actual": datetime(2025, 7, 22, 13), "nearest": moment}  # noqa: DTZ001
    warning = SourceWarning(27, "12", "date.weekday", values)
    assert warning_written(warning, phrases("en")) == (
        "line 27: lecture 12: 2025/7/22 does not fall on the weekday beside it; it is 2025/7/22 (Tue) 13:00. "
        "Is 2024/7/22 (Mon) 13:00 meant? The date is not taken over."
    )
    assert (
        warning_written(SourceWarning(0, "9", "missing"), phrases("ja"))
        == "第9回: ページにありません。予定表には残します。"
    )
    assert warning_written(SourceWarning(3, None, "comment"), phrases("en")) == (
        'line 3: The comment "<!--" that begins here is never closed. Nothing after it is read.'
    )
    assert warning_written(SourceWarning(1, "9", "undecided", {"field": Term("field.venue.room")}), phrases("ja")) == (
        "1行目: 第9回: ページでは教室が未定ですが、予定表には書かれています。予定表の内容を残します。"
    )


@pytest.mark.parametrize("name", ["too_long", "no_lectures", "no_fields", "another"])
def test_a_refusal_is_told(name: str) -> None:
    refusal = SourceRefusedError(f"refused.{name}")
    assert refusal_written(refusal, phrases("ja")) != refusal_written(refusal, phrases("en"))


def test_a_refusal_says_how_much_is_gone() -> None:
    refusal = SourceRefusedError("refused.lost", lost=9, known=12)
    assert refusal_written(refusal, phrases("en")).startswith(
        "Of the 12 lectures in the schedule, 9 are gone from the page."
    )
