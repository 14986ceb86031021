"""Where a lecture takes place, as organizers type it."""

from dataclasses import replace
from functools import partial

import pytest

from bot.domain.edits import FieldValue
from bot.domain.lecture import Field
from tests.commands.admin.fields.typed import edits, refused
from tests.examples import EXAMPLE

_venue = partial(edits, Field.VENUE)
_refused = partial(refused, Field.VENUE)

_WEST: dict[str, FieldValue] = {
    "name": {"ja": "銀河大学 西館", "en": "Galaxy University, West Hall"},
    "room": {"ja": "201教室", "en": "Room 201"},
    "url": "https://maps.example/west",
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("京都大学", {"name": "京都大学"}),
        ("京都大学 134講義室", {"name": "京都大学", "room": "134講義室"}),
        ("京都大学134講義室（予定）", {"name": "京都大学", "room": "134講義室", "tentative": True}),
        ("京都大学の予定", {"name": "京都大学", "tentative": True}),
        ("Kyoto University, Room 5", {"name": "Kyoto University", "room": {"ja": "5教室", "en": "Room 5"}}),
        ("会場：京都大学　教室：１０１", {"name": "京都大学", "room": "１０１"}),
        ("京都大学 教室未定", {"name": "京都大学"}),
        ("京都大学 未定", {"name": "京都大学"}),
        (
            "Kyoto University Room 5 (tentative)",
            {"name": "Kyoto University", "room": {"ja": "5教室", "en": "Room 5"}, "tentative": True},
        ),
        ("京都大学 https://maps.example/k", {"name": "京都大学", "url": "https://maps.example/k"}),
        ("京都大学（https://maps.example/k）", {"name": "京都大学", "url": "https://maps.example/k"}),
        ("京都大学 / Kyoto University", {"name": {"ja": "京都大学", "en": "Kyoto University"}}),
        (
            "Kyoto University Room 5 / 京都大学 5教室",
            {"name": {"ja": "京都大学", "en": "Kyoto University"}, "room": {"ja": "5教室", "en": "Room 5"}},
        ),
        (
            "ja: 京都大学 en: Kyoto University url: https://maps.example/k",
            {"name": {"ja": "京都大学", "en": "Kyoto University"}, "url": "https://maps.example/k"},
        ),
    ],
)
def test_another_place_replaces_all_that_was_said_of_the_one_before(text: str, value: FieldValue) -> None:
    assert _venue(text) == {"venue": value}


def test_a_place_where_a_lecture_has_been_is_known_in_both_languages_and_with_its_map() -> None:
    tides: dict[str, FieldValue] = {
        "name": {"ja": "潮の研究所", "en": "Institute of Tides"},
        "url": "https://maps.example/tides",
    }
    assert _venue("潮の研究所") == {"venue": tides}
    assert _venue("Institute of Tides, Room 7") == {"venue": {**tides, "room": {"ja": "7教室", "en": "Room 7"}}}
    assert _venue("銀河大学 西館 201教室", 4) == {"venue": _WEST}
    assert _venue("銀河大学 西館", 4) == {"venue": {"name": _WEST["name"], "url": _WEST["url"]}}


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("room: 301教室", {"venue.room": {"ja": "301教室", "en": "Room 301"}}),
        ("教室：301教室", {"venue.room": {"ja": "301教室", "en": "Room 301"}}),
        ("301教室", {"venue.room": {"ja": "301教室", "en": "Room 301"}}),
        ("Room 301", {"venue.room": {"ja": "301教室", "en": "Room 301"}}),
        ("銀河大学 西館 301教室", {"venue.room": {"ja": "301教室", "en": "Room 301"}}),
        ("en: Room B", {"venue.room": {"ja": "201教室", "en": "Room B"}}),
        ("room: tba", {"venue.room": None}),
        ("教室未定", {"venue.room": None}),
        ("教室：なし", {"venue.room": None}),
        ("予定", {"venue.tentative": True}),
        ("tentative", {"venue.tentative": True}),
        ("301教室（仮）", {"venue.room": {"ja": "301教室", "en": "Room 301"}, "venue.tentative": True}),
        ("https://maps.example/new", {"venue.url": "https://maps.example/new"}),
        ("地図 <https://maps.example/new>.", {"venue.url": "https://maps.example/new"}),
        ("map: https://maps.example/new", {"venue.url": "https://maps.example/new"}),
        ("url: なし", {"venue.url": None}),
        ("未定", {"venue": None}),
        ("TBA", {"venue": None}),
    ],
)
def test_of_the_same_place_only_what_is_mentioned_changes(text: str, changes: dict[str, FieldValue]) -> None:
    assert _venue(text) == changes


def test_nothing_changes_where_everything_is_so_already() -> None:
    for text in ("銀河大学 西館", "銀河大学 西館 201教室", "Galaxy University, West Hall Room 201", "確定", "same"):
        assert _venue(text) == {}
    assert _venue("未定", 5) == {}


def test_a_place_that_was_tentative_is_settled_by_saying_so_or_by_naming_it_again() -> None:
    assert _venue("確定", 4) == {"venue.tentative": None}
    assert _venue("confirmed", 4) == {"venue.tentative": None}
    assert _venue("潮の研究所", 4) == {"venue.tentative": None}
    assert _venue("潮の研究所（予定）", 4) == {}
    assert _venue("5教室", 4) == {"venue.room": {"ja": "5教室", "en": "Room 5"}}


def test_a_place_can_be_that_of_the_lecture_before_or_the_usual_one() -> None:
    assert _venue("同じ", 4) == {"venue": _WEST}
    assert _venue("same as before", 5) == {
        "venue": {"name": {"ja": "潮の研究所", "en": "Institute of Tides"}, "url": "https://maps.example/tides"}
    }
    assert _venue("いつもの会場", 6) == {"venue": {"name": {"ja": "銀河大学", "en": "Galaxy University"}}}
    assert _venue("usual", 4) == {"venue": {"name": {"ja": "銀河大学", "en": "Galaxy University"}}}


@pytest.mark.parametrize(
    ("text", "japanese", "english"),
    [
        (
            "地図",
            "「地図」から会場の名前か教室を読み取れませんでした。例：銀河大学 134講義室",
            "“地図” names neither a venue nor a room. Example: Galaxy University Room 134",
        ),
        (
            "地図: こちら",
            "「こちら」はウェブのリンクではありません。https:// または http:// で始めてください。例：https://maps.example.org/",
            "“こちら” is no web link. It must begin with https:// or http://. Example: https://maps.example.org/",
        ),
        (
            "maps.example.com/x",
            "「maps.example.com/x」の先頭に https:// がありません。例：https://maps.example.com/x",
            "“maps.example.com/x” lacks https:// at its beginning. Example: https://maps.example.com/x",
        ),
        (
            "https://a.example/1 https://b.example/2",
            "リンクが複数あります。一度に一つだけ指定してください。例：銀河大学 134講義室",
            "There is more than one link. Please give one at a time. Example: Galaxy University Room 134",
        ),
        (
            "京都大学 会場: 大阪大学",
            "会場の名前または教室が二つあります（「大阪大学」ともう一つ）。例：銀河大学 134講義室",
            "There are two venues or two rooms: “大阪大学” and another one. Example: Galaxy University Room 134",
        ),
    ],
)
def test_what_is_no_place_is_refused(text: str, japanese: str, english: str) -> None:
    assert (_refused(text, language="ja"), _refused(text)) == (japanese, english)


def test_a_room_needs_a_place_and_the_same_place_one_before() -> None:
    assert _refused("room: 3", 6) == (
        "Lecture 6 has no venue yet. Please name the venue first. Example: Galaxy University Room 134"
    )
    assert _refused("同じ", 1, language="ja") == (
        "第1回より前に、会場の決まった回がありません。会場の名前を指定してください。例：銀河大学 134講義室"
    )
    assert _refused("usual", series=replace(EXAMPLE, usual_venue=None)) == (
        "The series has no usual venue. Please name the venue. Example: University of Tokyo Room 134"
    )
