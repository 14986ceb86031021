"""The language a reader is served in."""

import pytest

from bot.domain.language import Language, Localized, language_of, nearest


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


@pytest.mark.parametrize(
    ("language", "among", "tag"),
    [
        ("zh-Hant", ("en", "zh"), "zh"),
        ("en-GB", ("en-US", "en"), "en-US"),
        ("zh-Hant-TW", ("zh-Hans", "zh-Hant"), "zh-Hant"),
        ("de", ("fr", "de-CH"), "de-CH"),
        ("DE", ("de",), "de"),
        ("de", ("den", "fr"), None),
        ("", ("ja",), None),
        ("ja", (), None),
    ],
)
def test_the_nearest_tag_shares_most_subtags(language: Language, among: tuple[Language, ...], tag: str | None) -> None:
    assert nearest(language, among) == tag


def test_a_text_is_told_in_the_language_of_its_reader() -> None:
    text = Localized.of({"ja": "講義", "en": "Lecture"})
    assert (text.into("ja"), text.into("en"), text.variants) == ("講義", "Lecture", ("講義", "Lecture"))


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"de": "Vortrag", "en": "Talk"}, {"de": "Vortrag", "de-AT": "Vortrag", "fr": "Talk", "ja": "Vortrag"}),
        ({"ko": "강연", "zh-Hant": "演講"}, {"zh": "演講", "zh-TW": "演講", "en": "강연", "ja": "강연"}),
        ({"ja": "講義", "en": "Lecture"}, {"de": "Lecture", "ja-JP": "講義"}),
        ({"ja": "講義"}, {"ja": "講義", "en": "講義", "de": "講義"}),
    ],
)
def test_other_readers_get_the_nearest_language_else_that_of_their_sentences_else_the_first(
    texts: dict[str, str], told: dict[str, str]
) -> None:
    assert {language: Localized.of(texts).into(language) for language in told} == told


def test_a_text_without_language_serves_everybody_and_is_searched_once() -> None:
    text = Localized.same("GAN")
    assert (text.into("ja"), text.into("de"), text.variants, text.languages) == ("GAN", "GAN", ("GAN",), ())
    assert Localized.of({"ja": "GAN", "en": "GAN"}) == text
    assert Localized.of({"de": "GAN"}) != text


def test_a_text_is_written_as_the_file_has_it() -> None:
    assert [Localized.same("GAN").tree, Localized.of({"de": "Netz"}).tree] == ["GAN", {"de": "Netz"}]


def test_a_text_made_of_others_is_there_in_each_of_their_languages() -> None:
    place, room = Localized.of({"de": "Aula", "en": "Hall"}), Localized.same("5")
    whole = Localized.composed(lambda each: f"{place.into(each)} {room.into(each)}", (place, room))
    assert whole.tree == {"de": "Aula 5", "en": "Hall 5"}
    assert Localized.composed(room.into, (room,)).tree == "5"


def test_another_wording_leaves_the_others() -> None:
    assert Localized.of({"de": "Aula", "en": "Hall"}).replaced("de", "Saal").tree == {"de": "Saal", "en": "Hall"}
    assert Localized.same("Hall").replaced("de", "Saal").tree == {"de": "Saal"}
