"""Speakers, as organizers type them."""

import pytest

from bot.commands.fields import Field
from bot.domain.edits import FieldValue
from tests.commands.fields.typed import edits, refused

_OZORA: FieldValue = {"ja": "大空 翼", "en": "Tsubasa Ozora"}
_GALAXY: FieldValue = {"ja": "銀河大", "en": "Galaxy University"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("山田 太郎（東大）", {"name": "山田 太郎", "affiliation": "東大"}),
        ("山田太郎先生 (東大)", {"name": "山田太郎", "affiliation": "東大"}),
        ("山田 太郎", {"name": "山田 太郎"}),
        ("Taro Yamada (U Tokyo)", {"name": "Taro Yamada", "affiliation": "U Tokyo"}),
        ("山田 太郎（東京大学（本郷））", {"name": "山田 太郎", "affiliation": "東京大学（本郷）"}),
        (
            "山田 太郎（東大） / Taro Yamada (U Tokyo)",
            {"name": {"ja": "山田 太郎", "en": "Taro Yamada"}, "affiliation": {"ja": "東大", "en": "U Tokyo"}},
        ),
        (
            "ja: 山田 太郎 en: Taro Yamada (U Tokyo)",
            {"name": {"ja": "山田 太郎", "en": "Taro Yamada"}, "affiliation": "U Tokyo"},
        ),
        (
            "星野かおる（天文台）",
            {
                "name": {"ja": "星野かおる", "en": "Kaoru Hoshino"},
                "affiliation": {"ja": "天文台", "en": "The Observatory"},
            },
        ),
        ("Kaoru Hoshino", {"name": {"ja": "星野 かおる", "en": "Kaoru Hoshino"}}),
        ("大空 翼（天文台）", {"name": _OZORA, "affiliation": {"ja": "天文台", "en": "The Observatory"}}),
        ("en: Tsubasa Ozora (MIT)", {"name": _OZORA, "affiliation": {"ja": "銀河大", "en": "MIT"}}),
        ("所属：天文台", {"name": _OZORA, "affiliation": {"ja": "天文台", "en": "The Observatory"}}),
        ("affiliation: MIT", {"name": _OZORA, "affiliation": "MIT"}),
        ("所属: なし", {"name": _OZORA}),
        ("未定", None),
    ],
)
def test_a_speaker_is_read_as_people_write_one(text: str, value: FieldValue) -> None:
    assert edits(Field.SPEAKER, text) == {"speaker": value}


def test_the_same_speaker_keeps_the_affiliation() -> None:
    for text in ("大空 翼", "大空翼先生（銀河大）", "Tsubasa Ozora (Galaxy University)"):
        assert edits(Field.SPEAKER, text) in (
            {},
            {"speaker": {"name": {"ja": "大空翼", "en": "Tsubasa Ozora"}, "affiliation": _GALAXY}},
        )
    assert edits(Field.SPEAKER, "tba", 6) == {}


@pytest.mark.parametrize(
    "text", ["山田（東大", "（東大）", "山田 (東大) (京大)", "山田 太郎（ ）", "https://people.example/yamada"]
)
def test_what_is_no_speaker_is_refused(text: str) -> None:
    assert refused(Field.SPEAKER, text) == (
        f"“{text}” can't be read as a speaker's name and affiliation. Example: Taro Yamada (University of Tokyo)"
    )
    assert refused(Field.SPEAKER, text, language="ja") == (
        f"「{text}」から講師の名前と所属を読み取れませんでした。例：山田 太郎（東京大学）"
    )


def test_an_affiliation_needs_a_speaker() -> None:
    assert refused(Field.SPEAKER, "所属: 天文台", 6) == (
        "Lecture 6 has no speaker yet. Please type the name first. Example: Taro Yamada (University of Tokyo)"
    )
