"""What lectures are found by: names by letters and by sound, titles, places, rooms, running text."""

from dataclasses import replace

import pytest

from bot.commands.lecture_index import LectureIndex, lecture_index
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Person, Venue
from tests.examples import both, dated, person, series_of


def _numbers(lectures: list[Lecture]) -> list[int | None]:
    return [lecture.number for lecture in lectures]


_AMARI = Lecture(
    10,
    day=dated(10, "2024-05-20").day,
    speakers=(person("甘利 俊一", "Shun-ichi Amari", both("帝京大学", "Teikyo University")),),
    title=both("情報幾何 - 入門と応用", "Information Geometry: Introduction and Applications"),
    summary=both("双対平坦な空間とベイズ推定を扱い、機械学習にもふれます。", "On dually flat spaces."),
)
_TAKI = Lecture(
    9,
    day=dated(9, "2024-04-25").day,
    speakers=(person("瀧 雅人", "Masato Taki", both("立教大学", "Rikkyo University")),),
    title=both("機械学習入門", "Introduction to Machine Learning"),
    abstract=both("情報幾何にも触れます。\nPythonで実装します。", "Implementation in Python."),
)
_GAN = Lecture(5, day=dated(5, "2023-09-04").day, title=Localized.same("ＧＡＮとデータ"))
_LIBRARY = series_of(_GAN, _TAKI, _AMARI, Lecture(11))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("入門", [9, 10]),
        ("瀧雅人", [9]),
        ("瀧　雅人", [9]),
        ("masato TAKI", [9]),
        ("gan", [5]),
        ("ｄａｔａ", []),
        ("ﾃﾞｰﾀ", [5]),
        ("でーた", [5]),
        ("情報幾何入門", [10]),
        ("帝京", [10]),
        ("shunichi", [10]),
        ("入門瀧", []),
        ("learningmasato", []),
        ("双対平坦", []),
        ("", []),
        ("・", []),
    ],
)
def test_title_and_speaker_are_found_whatever_their_width_case_and_spacing(words: str, found: list[int]) -> None:
    assert _numbers(LectureIndex(_LIBRARY).named(words)) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("入門", [10, 9]),
        ("情報幾何", [10, 9]),
        ("機械学習", [9, 10]),
        ("情報幾何 入門", [10, 9]),
        ("情報幾何　python", [9]),
        ("ｐｙｔｈｏｎ", [9]),
        ("ヘ゛イス゛", []),
        ("ﾍﾞｲｽﾞ", [10]),
        ("べいず", [10]),
        ("dually FLAT", [10]),
        ("入門 瀧", [9]),
        ("入門瀧", []),
        ("甘利 gan", []),
        ("・ 入門", [10, 9]),
        ("", []),
        ("・・", []),
    ],
)
def test_a_search_finds_all_its_words_in_title_and_speaker_first_and_then_newest(words: str, found: list[int]) -> None:
    assert _numbers(LectureIndex(_LIBRARY).mentioning(words)) == found


def _spoken_by(number: int, ja: str, en: str, reading: str | None = None) -> Lecture:
    return Lecture(number, speakers=(Person(both(ja, en), reading=Localized.same(reading) if reading else None),))


_PEOPLE = series_of(
    _spoken_by(1, "瀧 雅人", "Masato Taki"),
    _spoken_by(2, "大野 浩史", "Hiroshi Ohno"),
    _spoken_by(3, "髙﨑 純一", "Jun'ichi Takasaki"),
    _spoken_by(4, "渡邊 崇", "Takashi Watanabe"),
    _spoken_by(5, "村田 仁樹", "村田 仁樹", "むらた まさき"),
    _spoken_by(6, "ガラムカリ 和", "Kazu Ghalamkari"),
    _spoken_by(7, "José Müller", "José Müller"),
    _spoken_by(8, "堀江 正信", "Masanobu Horie"),
    _spoken_by(9, "佐野 崇", "Takashi Sano"),
    _spoken_by(10, "本間 慎平", "Shimpei Homma"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *((each, [1]) for each in ("瀧", "滝", "瀧雅人", "雅人 瀧", "たき", "タキ", "ﾀｷ", "TAKI", "たきまさと")),
        *((each, [2]) for each in ("ohno", "ono", "oono", "Ōno", "おおの", "オオノ", "おーの", "hirosi", "ひろし")),
        *((each, [3]) for each in ("高崎", "髙崎", "高﨑", "junichi", "Jun-ichi", "zyuniti", "じゅんいち", "jyunichi")),
        *((each, [4]) for each in ("渡辺", "渡邉", "渡邊", "わたなべ", "watanabe", "watanabe takashi")),
        *((each, [5]) for each in ("むらた", "ムラタ", "murata", "まさき", "masaki murata", "muratamasaki")),
        *((each, [6]) for each in ("ガラムカリ", "がらむかり", "garamukari", "ghalamkari", "ghalam")),
        *((each, [7]) for each in ("jose", "JOSÉ", "muller", "Müller")),
        *((each, [9]) for each in ("sano", "さの", "佐野")),
        *((each, [10]) for each in ("ほんま", "honma", "homma", "しんぺい", "shinpei", "simpei")),
        ("たかし", [4, 9]),
        ("masa", [1, 5, 8]),
        ("まさ", [1, 5, 8]),
        ("aki", []),
    ],
)
def test_a_speaker_is_found_by_every_writing_of_the_name(typed: str, found: list[int]) -> None:
    assert _numbers(LectureIndex(_PEOPLE).named(typed)) == found


def test_a_name_that_is_just_so_comes_before_those_that_hold_it() -> None:
    series = series_of(_spoken_by(1, "森 一", "Hajime Mori"), _spoken_by(2, "森村 二", "Jiro Morimura"))
    index = LectureIndex(series)
    assert [_numbers(index.named(each)) for each in ("森", "mori", "もり", "森村", "もりむら")] == [
        [1],
        [1],
        [1],
        [2],
        [2],
    ]
    assert _numbers(index.named("morim")) == [2]


_PLACES = series_of(
    Lecture(
        1,
        speakers=(person("甲 乙", "A B", both("東京大学", "The University of Tokyo")),),
        venue=Venue(both("京都大学 基研", "Kyoto University, YITP"), both("118教室", "Room 118")),
    ),
    Lecture(
        2,
        speakers=(person("丙 丁", "C D", both("帝京大学", "Teikyo University")),),
        venue=Venue(both("筑波大学", "Tsukuba"), both("N402号室", "Room N402")),
    ),
    Lecture(
        3, speakers=(person("戊 己", "E F", both("理研AIP", "RIKEN AIP")),), venue=Venue(both("理化学研究所", "RIKEN"))
    ),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("東大", [1]),
        ("京大", [1]),
        ("帝京", [2]),
        ("きょうと", [1]),
        ("つくば", [2]),
        ("tsukuba", [2]),
        ("理研", [3]),
        ("riken", [3]),
        ("118教室", [1]),
        ("room 118", [1]),
        ("N402", [2]),
        ("n402号室", [2]),
        ("university", [1, 2]),
        ("yitp", [1]),
    ],
)
def test_affiliations_places_and_rooms_are_found(typed: str, found: list[int]) -> None:
    assert _numbers(LectureIndex(_PLACES).named(typed)) == found


def test_rooms_are_found_by_their_numbers_alone() -> None:
    index = LectureIndex(_PLACES)
    assert [_numbers(index.in_room(each)) for each in ("118", "n402", "11", "402")] == [[1], [2], [], []]


def test_an_index_is_made_once_for_a_series_and_not_taken_for_that_of_another() -> None:
    assert lecture_index(_PLACES) is lecture_index(_PLACES)
    for number in range(50):
        series = series_of(replace(Lecture(number), title=Localized.same(f"title{number}")))
        assert _numbers(lecture_index(series).named(f"title{number}")) == [number]
