"""Texts that a person would call the same are compared as the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import bigrams, folded, squeezed

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


def test_a_text_is_compared_by_its_pairs_of_characters() -> None:
    assert bigrams("情報 幾何") == {"情報", "報幾", "幾何"}


def test_a_single_character_is_its_own_pair_and_an_empty_text_has_none() -> None:
    assert (bigrams("瀧"), bigrams("・ ")) == (frozenset("瀧"), frozenset())
