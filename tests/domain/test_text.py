"""Texts that a person would call the same are compared as the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.language import Localized
from bot.domain.text import (
    folded,
    legible,
    same_but_for_signs,
    same_but_for_spelling,
    same_room,
    same_words,
    searchable,
    squeezed,
    visible,
    within_edits,
    without_end_marks,
)
from tests.examples import both

_WRITTEN = st.text(st.sampled_from("aZ9 　.・ー漢字かガヴﾊﾟＡｂ７é\n"), max_size=12)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("ＧＡＮ", "gan"),
        ("第７回", "第7回"),
        ("ﾍﾞｲｽﾞ", "べいず"),
        ("ベイズ", "べいず"),
        ("ヴァ", "ゔぁ"),
        ("ヶ", "ゖ"),
        ("①", "1"),
        ("Straße", "STRASSE"),
        ("  瀧　 雅人\n", "瀧 雅人"),
        ("", ""),
        ("　", ""),
    ],
)
def test_width_kana_case_and_spaces_make_no_difference(typed: str, same: str) -> None:
    assert folded(typed) == folded(same)


def test_the_sign_of_a_long_vowel_is_kept() -> None:
    assert folded("データ") == "でーた"


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(once) == once


@given(_WRITTEN)
def test_upper_case_folds_like_lower_case(text: str) -> None:
    assert folded(text.upper()) == folded(text.lower())


@given(st.text())
def test_nothing_but_letters_and_digits_is_left_when_squeezed(text: str) -> None:
    assert [each for each in squeezed(text) if not each.isalnum()] == []


@given(_WRITTEN, _WRITTEN)
def test_squeezing_two_texts_is_squeezing_each(one: str, other: str) -> None:
    assert squeezed(f"{one} {other}") == squeezed(one) + squeezed(other)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("滝", "瀧"),
        ("高崎", "髙﨑"),
        ("斎藤", "齋藤"),
        ("斉藤", "齊藤"),
        ("渡辺", "渡邊"),
        ("渡辺", "渡邉"),
        ("Ōno", "ono"),
        ("José Müller", "JOSE MULLER"),
        ("Søren Łoś", "soren los"),
        ("ガ", "が"),
    ],
)
def test_variants_of_kanji_and_accents_are_searched_as_the_same(typed: str, same: str) -> None:
    assert searchable(typed) == searchable(same)


@pytest.mark.parametrize("typed", ["次回。", "次回？", "次回！？", "「次回」", "次回、", "  次回 …", "“次回”?"])
def test_marks_at_the_ends_mean_nothing(typed: str) -> None:
    assert without_end_marks(typed) == "次回"


_FEW_LETTERS = st.text("abc", max_size=8)


def _both(text: str) -> Localized:
    return Localized.same(text)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("第１回　月の話", "第1回 月の話", True),
        ("瀧 雅人", "瀧雅人", True),
        ("ﾉｰﾄPCをお持ちください。", "ノートPCをお持ちください。", True),
        ("[資料](https://a.example/x?usp=sharing)です", "[資料](https://a.example/x)です", True),
        ("[資料](https://a.example/x)です", "[資料](https://a.example/y)です", False),
        ("月の話", "星の話", False),
        ("Moon", "moon", False),
    ],
)
def test_width_spaces_and_trackers_make_no_difference(before: str, after: str, same: bool) -> None:
    assert same_words(_both(before), _both(after)) is same
    assert same_words(both("月", before), both("月", after)) is same


def test_nothing_is_the_same_as_nothing_only() -> None:
    assert same_words(None, None)
    assert not same_words(None, _both("月"))
    assert not same_words(_both("月"), None)


@pytest.mark.parametrize(
    ("before", "after", "is_slip"),
    [
        ("Introducton to Galaxies", "Introduction to Galaxies", True),
        ("introduction to galaxies", "Introduction to Galaxies", True),
        ("機械学習による銀河の分類", "機械学習による銀河の分頻", True),
        ("さくらの開花日", "サクラの開花日", True),
        ("Galaxies: a survey", "Galaxies – a survey", True),
        ("深層学習", "強化学習", False),
        ("機械学習入門", "機械学習概論", False),
        ("Moon and Stars", "Sun and Stars", False),
        ("銀河の形成と進化を学ぶ入門講義 1", "銀河の形成と進化を学ぶ入門講義 2", False),
        ("Formation of Galaxies, Part I", "Formation of Galaxies, Part II", False),
        ("銀河の形成と進化を学ぶ（前編）", "銀河の形成と進化を学ぶ（後編）", False),
    ],
)
def test_a_slip_is_at_most_every_tenth_character_and_never_what_counts(before: str, after: str, is_slip: bool) -> None:
    assert same_but_for_spelling(_both(before), _both(after)) is is_slip
    assert same_but_for_spelling(_both(after), _both(before)) is is_slip


def test_of_a_long_text_twenty_characters_may_differ() -> None:
    text = "月と星のはなしをします。" * 100
    slipped = list(text)
    slipped[0:1000:50] = "虫" * 20
    assert same_but_for_spelling(_both(text), _both("".join(slipped)))
    slipped[1100] = "虫"
    assert not same_but_for_spelling(_both(text), _both("".join(slipped)))


def test_a_translation_that_is_added_is_no_other_wording() -> None:
    only = _both("村田 仁樹")
    assert same_but_for_spelling(only, both("村田 仁樹", "Masaki Murata"))
    assert same_but_for_spelling(_both("Masaki Murata"), both("村田 仁樹", "Masaki Murata"))
    assert not same_but_for_spelling(only, both("田村 仁", "Masaki Tamura"))
    assert not same_but_for_spelling(both("村田", "Murata"), both("村田", "Kitamura"))


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("ノートPCを、お持ちください", "ノートPCをお持ちください。", True),
        ("Bring a laptop!", "bring a laptop", True),
        ("PCは必要です。", "PCは不要です。", False),
    ],
)
def test_signs_are_punctuation_case_and_kana(before: str, after: str, same: bool) -> None:
    assert same_but_for_signs(_both(before), _both(after)) is same


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("118教室", "118講義室", True),
        ("118教室", "１１８", True),
        ("601", "Room 601", True),
        ("N402号室", "N402", True),
        ("118教室", "119教室", False),
        ("講義室A", "教室B", False),
        ("会議室1", "講義室1", False),
        ("西館 201教室", "東館 201教室", False),
    ],
)
def test_the_words_for_a_room_are_not_its_name(before: str, after: str, same: bool) -> None:
    assert same_room(_both(before), _both(after)) is same
    assert same_room(_both(after), _both(before)) is same


def test_a_room_is_the_same_only_if_it_is_so_in_both_languages() -> None:
    before = both("201教室", "Room 201")
    assert same_room(before, both("201講義室", "Room 201"))
    assert not same_room(before, both("202講義室", "Room 201"))
    assert same_room(_both("大講義室"), both("大講義室", "Main Hall"))


@given(_FEW_LETTERS, _FEW_LETTERS, st.integers(0, 5))
def test_the_distance_of_two_texts_is_that_of_the_textbook(one: str, other: str, most: int) -> None:
    row = list(range(len(other) + 1))
    for i, character in enumerate(one, 1):
        above, row = row, [i]
        for j, another in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (character != another)))
    assert within_edits(one, other, most) is (row[-1] <= most)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("zo\u200bom.us", "zoom.us"),
        ("pass\xadword\x00", "password"),
        ("a\u202eb\u2066c\ufeff", "abc"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("zo\u200dom \u200dx\ufe0f", "zoom x"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("👩\u200d💻 ❤\ufe0f", "👩\u200d💻 ❤\ufe0f"),
        ("نامه\u200cها", "نامه\u200cها"),
        ("a\tb\n  c", "a\tb\n  c"),
        ("half \ud800", "half "),
    ],
)
def test_only_what_is_seen_is_taken_in(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert visible(shown) == shown


def test_what_a_reader_takes_for_a_letter_is_that_letter() -> None:
    assert legible("ｚｏ\u200bｏｍ．ｕｓ／ⓙ／葛\U000e0100") == "zoom.us/j/葛"
