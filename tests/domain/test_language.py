"""The language a reader is served in."""

import pytest

from bot.domain.language import Language, Localized, language_of


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("ja", "ja"),
        ("ja-JP", "ja"),
        ("ja_JP", "ja"),
        ("JA", "ja"),
        ("en-US", "en"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("zh-CN", "en"),
        ("jam", "en"),
    ],
)
def test_only_a_japanese_locale_is_served_in_japanese(locale: str, language: Language) -> None:
    assert language_of(locale, default="ja" if language == "en" else "en") == language


@pytest.mark.parametrize("locale", [None, ""])
def test_a_platform_that_names_no_locale_leaves_the_default(locale: str | None) -> None:
    assert (language_of(locale), language_of(locale, "ja")) == ("en", "ja")


def test_a_text_is_told_in_the_language_of_its_reader() -> None:
    text = Localized("講義", "Lecture")
    assert (text.into("ja"), text.into("en"), text.variants) == ("講義", "Lecture", ("講義", "Lecture"))


def test_a_text_without_translation_serves_both_and_is_searched_once() -> None:
    text = Localized.same("GAN")
    assert (text.into("ja"), text.into("en"), text.variants) == ("GAN", "GAN", ("GAN",))
