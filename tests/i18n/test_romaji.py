"""Names that sound alike are the same, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import searchable, squeezed
from bot.i18n.romaji import sound


@pytest.mark.parametrize(
    "writings",
    [
        "かとう カトウ カトー Kato Katō Katou Katoh Kātō",
        "おおの オオノ Ono Ōno Oono Ohno",
        "しんぺい シンペイ Shinpei Shimpei Sinpei",
        "ほんま Honma Homma",
        "じゅんいち Jun'ichi Jun-ichi Junichi Zyuniti Jyunichi",
        "ふじた Fujita Hujita Fuzita",
        "つちや Tsuchiya Tutiya",
        "みちした Michishita Mitisita",
        "いまいずみ Imaizumi Imaidumi",
        "はっとり Hattori Hatori",
        "ゆうき Yūki Yuuki Yuki",
        "きょうこ Kyōko Kyouko Kyoko",
    ],
)
def test_a_name_sounds_the_same_in_every_writing(writings: str) -> None:
    assert len({sound(squeezed(searchable(each))) for each in writings.split()}) == 1


@pytest.mark.parametrize("names", ["たき さき", "おの うの", "Mori Mari", "Sato Kato", "さとう さいとう"])
def test_other_names_sound_otherwise(names: str) -> None:
    one, other = (sound(squeezed(searchable(each))) for each in names.split())
    assert one != other


@pytest.mark.parametrize("text", ["", "瀧", "瀧まさと", "n402", "taki masato", "é"])
def test_only_words_of_kana_or_latin_letters_have_a_sound(text: str) -> None:
    assert sound(text) == ""


@given(st.text("ぁあいうえおかがきぎんっゃゅょーabcdefghijklmnopqrstuvwxyz", max_size=30))
def test_a_sound_is_small_latin_letters(text: str) -> None:
    assert set(sound(text)) <= set("abcdefghijklmnopqrstuvwxyz")
