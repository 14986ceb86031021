"""Languages are known by their names in Japanese and English, and by their codes."""

import pytest
from babel import Locale

from bot.domain.language import LANGUAGES, Language
from bot.i18n.languages import language_name, language_named


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("日本語", "ja"), ("Japanese", "ja"), ("JA", "ja"), ("英語", "en"), ("ｅｎｇｌｉｓｈ", "en"), ("en", "en")),
        *(("フランス語", "fr"), ("french", "fr"), ("fr", "fr"), ("Brazilian Portuguese", "pt_BR"), ("xx", None)),
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
