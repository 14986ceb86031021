"""One word for one thing, in the Japanese sentences."""

import re

import pytest

from bot.i18n.catalog import PACKAGES, _sentences

RIGHT_WORDS = {
    "講義概要": "概要",
    "アブストラクト": "概要",
    "要旨": "概要",
    "呼び出し": "メンション",
    "固定表示": "ピン留め",
    "ピン止め": "ピン留め",
    "リマインダー": "リマインド",
    "フォルダー": "フォルダ",
    "主催者": "世話人",
    "住所": "URL",
}
"""Words that readers would take for something else, each with the one that is used."""


@pytest.mark.parametrize(("wrong", "right"), RIGHT_WORDS.items())
def test_there_is_one_word_for_each_thing(wrong: str, right: str) -> None:
    assert _found(re.escape(wrong)) == [], f"say {right}"


def test_the_colon_behind_a_japanese_sentence_is_wide() -> None:
    assert _found(r"(?:例|ください|います|ません|でした): ") == []


def _found(pattern: str) -> list[str]:
    """The sentences in which it stands."""
    sentences = (pair for package in PACKAGES for pair in _sentences(package, "ja").items())
    return [f"{name}: {form}" for name, forms in sentences for form in forms if re.search(pattern, form)]
