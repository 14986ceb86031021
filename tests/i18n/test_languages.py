"""Languages are known by their names in Japanese and English, and by their codes."""

import pytest
from babel import Locale

from bot.domain.language import LANGUAGES, Language
from bot.i18n.languages import language_name, language_named, right_tag


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("日本語", "ja"), ("Japanese", "ja"), ("JA", "ja"), ("英語", "en"), ("ｅｎｇｌｉｓｈ", "en"), ("en", "en")),
        *(("フランス語", "fr"), ("french", "fr"), ("fr", "fr"), ("Brazilian Portuguese", "pt-BR"), ("xx", None)),
    ],
)
def test_a_language_is_known_by_its_names_and_its_code(text: str, code: str | None) -> None:
    assert language_named(text) == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_language_is_called_is_understood(language: Language) -> None:
    common = [str(code) for code in Locale("en").languages if len(str(code)) == 2]
    assert [language_named(language_name(code, language)) for code in common] == common


def test_a_code_without_a_name_stays_as_it_is() -> None:
    assert language_name("xx", "ja") == "xx"


@pytest.mark.parametrize(
    ("tag", "reader", "name"),
    [
        ("de", "de", "Deutsch"),
        ("ja", "de-AT", "Japanisch"),
        ("zh-Hant", "en", "Traditional Chinese"),
        ("fr-BE", "en", "French (Belgium)"),
        ("fr", "tlh", "French"),
    ],
)
def test_a_language_has_its_name_in_the_language_of_the_reader(tag: str, reader: Language, name: str) -> None:
    assert language_name(tag, reader) == name


@pytest.mark.parametrize(
    ("written", "right"),
    [
        *(("ja", None), ("de", None), ("zh-Hant", None), ("zh-Hant-TW", None), ("es-419", None), ("yue", None)),
        *(("jp", "ja"), ("cn", "zh"), ("en_US", "en-US"), ("EN", "en"), ("zh-hant", "zh-Hant"), ("German", "de")),
        *(("日本語", "ja"), ("name", "en"), ("", "en")),
    ],
)
def test_what_is_no_tag_is_told_with_the_one_that_is_meant(written: str, right: str | None) -> None:
    assert right_tag(written) == right
