"""Which lecture a person means by what was typed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.lookup import match
from bot.commands.positions import number_meant
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Status
from tests.domain import generated
from tests.examples import at, both, dated, person, series_of


def _lecture(number: int, starts: str, ja: str, en: str, speaker: str, roman: str) -> Lecture:
    known = dated(number, starts)
    return replace(known, title=both(ja, en), speakers=(person(speaker, roman),))


_SERIES = series_of(
    _lecture(5, "2023-09-04T13:00", "敵対的生成", "Generative Adversarial Networks", "田中 章詞", "Akinori Tanaka"),
    _lecture(7, "2023-12-01T13:00", "拡散モデル", "Diffusion Models", "田中 太郎", "Taro Tanaka"),
    _lecture(9, "2024-04-25T13:00", "機械学習入門", "Introduction to Machine Learning", "瀧 雅人", "Masato Taki"),
    _lecture(10, "2024-05-20T13:00", "情報幾何 - 入門と応用", "Information Geometry", "甘利 俊一", "Shun-ichi Amari"),
    replace(dated(11, "2024-04-12T13:00"), status=Status.CANCELLED),
    Lecture(12),
)
_NOW = at("2024-04-06T12:00")


def _found(which: str) -> tuple[list[int | None], list[int | None]]:
    """The numbers of the lectures meant, and of the nearest where none is."""
    found = match(_SERIES, which, _NOW)
    return [each.number for each in found.lectures], [each.number for each in found.nearest]


@pytest.mark.parametrize(
    "which",
    [
        "7",
        "７",
        "第7回",
        "第７回",
        "第 7 回",
        "第7",
        "7回",
        "#7",
        "＃７",
        "# 7",
        "no.7",
        "No. 7",
        "No 7",
        "№7",
        "lecture 7",
        "Lecture7",
        " 7 ",
        "\u3000７\u3000",
        "07",
        "⑦",
        "七",
        "第七回",
        "第七",
        "7番",
        "7番目",
        "7回目",
        "第七回目",
        "7th",
        "lecture #7",
        "第7回の講義",
        "第7回。",
        "7？",
        "seven",
        "seventh",
    ],
)
def test_a_number_is_understood_in_every_form(which: str) -> None:
    assert _found(which) == ([7], [])


@pytest.mark.parametrize("which", ["", "dozen", "七八", "〇", "二十三十", "7a", "-7", "7.5", "1234567", "7 8", "3次元"])
def test_what_is_no_number_is_searched_as_text(which: str) -> None:
    assert number_meant(which) is None


@pytest.mark.parametrize("which", ["next", "NEXT", "Ｎｅｘｔ", " next ", "次回", "次", "次の講義"])
def test_next_is_the_lecture_that_members_can_still_attend(which: str) -> None:
    assert _found(which) == ([9], [])


@pytest.mark.parametrize("which", ["last", "Last", "ｌａｓｔ", "latest", "previous", "前回", "最新", "直近"])
def test_last_is_the_lecture_that_took_place_most_recently(which: str) -> None:
    assert _found(which) == ([7], [])


@pytest.mark.parametrize("which", ["瀧 拡散", "瀧先生の拡散モデル"])
def test_where_no_lecture_has_all_of_it_those_with_some_are_offered(which: str) -> None:
    assert _found(which) == ([], [7, 9])


@pytest.mark.parametrize(("which", "now"), [("next", "2025-01-01T00:00"), ("last", "2023-01-01T00:00")])
def test_next_and_last_may_mean_no_lecture(which: str, now: str) -> None:
    found = match(_SERIES, which, at(now))
    assert (found.lectures, found.nearest) == ((), ())


@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        ("瀧", [9]),
        ("瀧雅人", [9]),
        ("瀧　雅人", [9]),
        ("taki", [9]),
        ("MASATO　taki", [9]),
        ("拡散ﾓﾃﾞﾙ", [7]),
        ("拡散もでる", [7]),
        ("田中", [5, 7]),
        ("入門", [9, 10]),
        ("情報幾何入門", [10]),
        ("information", [10]),
        ("ｉｎｔｒｏｄｕｃｔｉｏｎ", [9]),
        ("瀧先生", [9]),
        ("瀧さんの回", [9]),
        ("たき先生の講義は？", [9]),
        ("Prof. Taki", [9]),
        ("Dr Taki's lecture", [9]),
        ("the one by Masato Taki", [9]),
        ("田中 拡散", [7]),
        ("田中先生の拡散モデル", [7]),
        ("拡散モデルについて", [7]),
    ],
)
def test_part_of_a_title_or_name_finds_all_lectures_that_have_it(which: str, numbers: list[int]) -> None:
    assert _found(which) == (numbers, [])


@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        ("4/25", [9]),
        ("4月25日", [9]),
        ("April 25", [9]),
        ("25 April 2024", [9]),
        ("4月", [9, 11]),
        ("4月の講義", [9, 11]),
        ("April", [9, 11]),
        ("2023", [5, 7]),
        ("2023年", [5, 7]),
        ("2023年度", [5, 7]),
        ("2023年12月", [7]),
        ("来週", [11]),
        ("next week", [11]),
        ("来月", [10]),
        ("去年の田中", [5, 7]),
        ("2024年の入門", [9, 10]),
        ("木曜", [9]),
        ("Monday", [10]),
    ],
)
def test_a_date_finds_the_lectures_of_that_time(which: str, numbers: list[int]) -> None:
    assert sorted(each or 0 for each in _found(which)[0]) == numbers


@pytest.mark.parametrize(("which", "nearest"), [("明日", []), ("再来週", []), ("3月", []), ("4/26", [9]), ("2022", [])])
def test_a_time_without_a_lecture_is_understood(which: str, nearest: list[int]) -> None:
    found = match(_SERIES, which, _NOW)
    assert (found.lectures, [each.number for each in found.nearest], found.dated) == ((), nearest, True)


@pytest.mark.parametrize(
    ("which", "number"), [("最初", 5), ("first", 5), ("最後", 12), ("final", 12), ("次々回", 10), ("the last one", 7)]
)
def test_places_in_the_order_have_words_of_their_own(which: str, number: int) -> None:
    assert _found(which) == ([number], [])


@pytest.mark.parametrize(
    ("which", "nearest"),
    [
        ("13", [11, 12]),
        ("8", [7, 9, 10]),
        ("0", []),
        ("999999", []),
        ("情報機何", [10]),
        ("Masata Takii", [9]),
        ("Tanakka Akinoru", [5]),
        ("amaru", [10]),
        ("あまる", [10]),
        ("量子力学", []),
        ("山中", []),
        ("tank", []),
        ("data", []),
        ("introvert", []),
        ("difusion model", [7]),
        ("機械学修入門", [9]),
        ("zzzz", []),
        ("！", []),
        ("", []),
    ],
)
def test_where_none_fits_the_nearest_are_named(which: str, nearest: list[int]) -> None:
    assert _found(which) == ([], nearest)


def test_at_most_three_are_near_and_only_the_nearest() -> None:
    names = ("山田 太郎", "山田 太一", "山田 太平", "山田 太助", "山田 太朗左衛門", "海野 次郎")
    series = series_of(*(replace(Lecture(n), speakers=(person(name, name),)) for n, name in enumerate(names, 1)))
    assert [each.number for each in match(series, "山田 太吉", _NOW).nearest] == [1, 2, 3]
    assert [each.number for each in match(series, "海野 次朗", _NOW).nearest] == [6]


def test_a_number_comes_before_a_title_that_holds_it() -> None:
    series = series_of(replace(Lecture(1), title=Localized.same("2つの話")), Lecture(2))
    assert [match(series, which, _NOW).lectures for which in ("2", "2つ")] == [
        (series.lectures[1],),
        (series.lectures[0],),
    ]


@generated.thorough
@given(st.data(), st.text(max_size=30))
def test_whatever_is_typed_there_is_a_match_or_at_most_three_suggestions(data: st.DataObject, which: str) -> None:
    series = data.draw(generated.series())
    found = match(series, which, data.draw(generated.instants(series)))
    assert len(found.nearest) <= (0 if found.lectures else 3)


@generated.thorough
@given(st.data())
def test_every_lecture_is_found_by_its_number_title_and_speaker(data: st.DataObject) -> None:
    series = data.draw(generated.series())
    now = data.draw(generated.instants(series))
    for lecture in series.lectures:
        assert match(series, f"第{lecture.number}回", now).lectures == (lecture,)
        words = [*(lecture.title.variants if lecture.title else ())]
        words += [name for who in lecture.speakers for name in who.name.variants]
        for each in words:
            assert lecture in match(series, each, now).lectures
