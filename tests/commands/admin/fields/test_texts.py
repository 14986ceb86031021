"""Titles, running texts, languages and forms of lectures, as organizers type them."""

from dataclasses import replace
from functools import partial

import pytest

from bot.domain.edits import FieldValue
from bot.domain.language import Localized
from bot.domain.lecture import Field
from tests.commands.admin.fields.typed import edits, lecture, refused
from tests.examples import EXAMPLE, person, with_lecture

_title = partial(edits, Field.TITLE)
GALAXIES = "Galaxies seen by Machine Learning"
FAR_SIDE = "The Far Side of the Moon"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("月の裏側", {"title": {"ja": "月の裏側", "en": GALAXIES}}),
        ("「月の裏側」", {"title": {"ja": "月の裏側", "en": GALAXIES}}),
        ("“Behind the Moon”", {"title": {"ja": "機械学習で見る銀河", "en": "Behind the Moon"}}),
        ("A / B", {"title": {"ja": "機械学習で見る銀河", "en": "A / B"}}),
        ("月の裏側 / Behind the Moon", {"title": {"ja": "月の裏側", "en": "Behind the Moon"}}),
        ("Behind the Moon ／ 月の裏側", {"title": {"ja": "月の裏側", "en": "Behind the Moon"}}),
        ("ja: 月の裏側 en: Behind the Moon", {"title": {"ja": "月の裏側", "en": "Behind the Moon"}}),
        ("英語：Behind the Moon / 日本語：月の裏側", {"title": {"ja": "月の裏側", "en": "Behind the Moon"}}),
        ("en: Galaxies", {"title": {"ja": "機械学習で見る銀河", "en": "Galaxies"}}),
        ("月の裏側（仮）", {"title": {"ja": "月の裏側", "en": GALAXIES}, "title_tentative": True}),
        ("「月の裏側」（仮題）", {"title": {"ja": "月の裏側", "en": GALAXIES}, "title_tentative": True}),
        ("仮題：月の裏側", {"title": {"ja": "月の裏側", "en": GALAXIES}, "title_tentative": True}),
        ("【仮】月の裏側", {"title": {"ja": "月の裏側", "en": GALAXIES}, "title_tentative": True}),
        (
            "Behind the Moon (tentative)",
            {"title": {"ja": "機械学習で見る銀河", "en": "Behind the Moon"}, "title_tentative": True},
        ),
        (
            "tentative: Behind the Moon",
            {"title": {"ja": "機械学習で見る銀河", "en": "Behind the Moon"}, "title_tentative": True},
        ),
        ("月（仮） / Moon", {"title": {"ja": "月", "en": "Moon"}, "title_tentative": True}),
        ("仮", {"title_tentative": True}),
        ("(tentative)", {"title_tentative": True}),
        ("機械学習で見る銀河（仮）", {"title_tentative": True}),
        ("未定", {"title": None}),
        ("TBA", {"title": None}),
        ("機械学習で見る銀河", {}),
        ("Galaxies seen by Machine Learning", {}),
        ("確定", {}),
    ],
)
def test_a_title_is_read_as_people_write_it(text: str, changes: dict[str, FieldValue]) -> None:
    assert _title(text) == changes


def test_a_title_of_which_there_is_one_wording_is_exchanged_for_another() -> None:
    assert _title("月の裏側", 6) == {"title": "月の裏側"}
    single = with_lecture(EXAMPLE, replace(lecture(3), title=Localized.same("銀河")))
    assert [_title(text, 3, single) for text in ("月", "Moon")] == [{"title": "月"}, {"title": "Moon"}]


@pytest.mark.parametrize(
    ("had", "text", "title"),
    [
        (Localized.same("Wirbel"), "en: Vortices", {"de": "Wirbel", "en": "Vortices"}),
        (Localized.of({"de": "Wirbel", "en": "Vortices"}), "de: Strudel", {"de": "Strudel", "en": "Vortices"}),
        (Localized.of({"de": "Wirbel", "en": "Vortices"}), "DE: Strudel en: Eddies", {"de": "Strudel", "en": "Eddies"}),
        (Localized.of({"de": "Wirbel"}), "渦 / Wirbel", {"de": "Wirbel", "ja": "渦"}),
        (None, "fr: Tourbillons", "fr: Tourbillons"),
    ],
)
def test_a_series_in_other_languages_has_its_texts_in_those(
    had: Localized | None, text: str, title: FieldValue
) -> None:
    name = Localized.of({"de": "Strömungen", "en": "Flows"})
    series = replace(with_lecture(EXAMPLE, replace(lecture(3), title=had)), name=name, language="de")
    assert _title(text, 3, series) == {"title": title}


def test_a_tentative_title_is_final_once_it_is_said_to_be_or_typed_again() -> None:
    assert _title("確定", 4) == {"title_tentative": None}
    assert _title("月の裏側", 4) == {"title_tentative": None}
    assert _title("月の表側", 4) == {"title": {"ja": "月の表側", "en": FAR_SIDE}, "title_tentative": None}
    assert _title("月の表側（仮）", 4) == {"title": {"ja": "月の表側", "en": FAR_SIDE}}
    assert _title("未定", 4) == {"title": None, "title_tentative": None}


@pytest.mark.parametrize(
    ("field", "text", "number", "japanese", "english"),
    [
        (
            Field.TITLE,
            "https://title.example/",
            3,
            "「https://title.example/」は題目として使えません。題目の文を入力してください。例：拡散モデル入門（仮）",
            "“https://title.example/” can't be a title. Please type the words of the title. "
            "Example: Introduction to Diffusion Models (tentative)",
        ),
        (
            Field.TITLE,
            "仮",
            6,
            "第6回の題目は未定です。先に題目を入力してください。例：拡散モデル入門（仮）",
            "Lecture 6 has no title yet. Please type the title first. "
            "Example: Introduction to Diffusion Models (tentative)",
        ),
        (
            Field.NOTES,
            "ja: 傘 ja: 双眼鏡",
            3,
            "「ja:」と「en:」は一度ずつ、それぞれの後に文を書いてください。"
            "例：ja: 機械学習入門 en: Introduction to Machine Learning",
            "“ja:” and “en:” can each be given once, followed by the text. "
            "Example: ja: 機械学習入門 en: Introduction to Machine Learning",
        ),
        (
            Field.LANGUAGE,
            "xx",
            3,
            "「xx」という言語は見つかりません。例：日本語",
            "There is no language “xx”. Example: Japanese",
        ),
        (
            Field.MODE,
            "月面で",
            3,
            "「月面で」という開催方法はありません。ハイブリッド、対面、オンラインのどれかを指定してください。例：ハイブリッド",
            "“月面で” is no format. It is one of hybrid, in person and online. Example: hybrid",
        ),
        (
            Field.ABSTRACT,
            "TBA\n開始は13時です。",
            3,
            "1行目が「TBA」なので、文章として使えません。文章だけを入力するか、未定に戻すには次のように入力してください。例：未定",
            "The first line says “TBA”, so this can't be the text. Please type the text without it or, if there is "
            "none yet, only that. Example: TBA",
        ),
        (
            Field.SUMMARY,
            " \u200b\n",
            3,
            "内容が入力されていません。",
            "No value is given.",
        ),
    ],
)
def test_what_can_not_be_used_is_refused(field: Field, text: str, number: int, japanese: str, english: str) -> None:
    assert (refused(field, text, number, "ja"), refused(field, text, number)) == (japanese, english)


def test_texts_are_taken_in_one_language_or_both_and_keep_their_lines() -> None:
    assert edits(Field.NOTES, "傘をお持ちください。") == {
        "notes": {"ja": "傘をお持ちください。", "en": "Please bring binoculars."}
    }
    assert edits(Field.NOTES, "en: Bring an umbrella.") == {
        "notes": {"ja": "双眼鏡をお持ちください。", "en": "Bring an umbrella."}
    }
    assert edits(Field.NOTES, "なし") == {"notes": None}
    assert edits(Field.NOTES, "none", 4) == {}
    assert edits(Field.SUMMARY, "月の話。  \r\n続き。") == {"summary": "月の話。\n続き。"}
    assert edits(Field.SUMMARY, "月の話。 / On the Moon.") == {"summary": {"ja": "月の話。", "en": "On the Moon."}}


def test_the_languages_of_an_abstract_stand_under_labels_or_are_divided_by_a_line() -> None:
    both: FieldValue = {"ja": "月の話。\n\n/は斜線。", "en": "On the Moon.\nIn / out."}
    assert edits(Field.ABSTRACT, "月の話。\n\n/は斜線。\n---\nOn the Moon.\nIn / out.") == {"abstract": both}
    assert edits(Field.ABSTRACT, "en:\nOn the Moon.\nIn / out.\n\nja:\n月の話。\n\n/は斜線。") == {"abstract": both}
    assert edits(Field.ABSTRACT, "削除") == {"abstract": None}


@pytest.mark.parametrize(
    ("text", "code"),
    [("英語", "en"), ("English", "en"), ("フランス語", "fr"), ("german", "de"), ("zh", "zh"), ("未定", None)],
)
def test_a_language_is_known_by_its_names_and_its_code(text: str, code: str | None) -> None:
    assert edits(Field.LANGUAGE, text) == {"lecture_language": code}


def test_the_language_and_the_form_that_are_there_already_change_nothing() -> None:
    assert edits(Field.LANGUAGE, "日本語") == {}
    assert edits(Field.MODE, "ハイブリッド") == {}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("対面", "in_person"),
        ("In person", "in_person"),
        ("ｏｎｌｉｎｅ", "online"),
        ("オンラインのみ", "online"),
        ("未定", None),
    ],
)
def test_the_form_of_a_lecture_is_known_by_its_names(text: str, mode: str | None) -> None:
    assert edits(Field.MODE, text) == {"mode": mode}


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
            {"name": {"ja": "山田 太郎", "en": "Taro Yamada"}, "affiliation": {"en": "U Tokyo"}},
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


def test_several_speakers_are_typed_in_a_row() -> None:
    ozora, hoshi = {"name": _OZORA, "affiliation": _GALAXY}, {"name": "星 光", "affiliation": "月大"}
    assert edits(Field.SPEAKER, "大空 翼（銀河大）、星 光（月大）") == {"speaker": [ozora, hoshi]}
    assert edits(Field.SPEAKER, "大空 翼、星 光") == {"speaker": [ozora, {"name": "星 光"}]}
    assert edits(Field.SPEAKER, "大空 翼・星 光 / Tsubasa Ozora and Hikaru Hoshi") == {
        "speaker": [ozora, {"name": {"ja": "星 光", "en": "Hikaru Hoshi"}}]
    }
    star = person("星 光", "Hikaru Hoshi")
    two = with_lecture(EXAMPLE, replace(lecture(3), speakers=(*lecture(3).speakers, star)))
    assert edits(Field.SPEAKER, "Hikaru Hoshi", series=two) == {
        "speaker": {"name": {"ja": "星 光", "en": "Hikaru Hoshi"}}
    }
    assert edits(Field.SPEAKER, "none", series=two) == {"speaker": None}
    assert refused(Field.SPEAKER, "大空 翼、星 光 / Tsubasa Ozora")
    assert "has several speakers" in refused(Field.SPEAKER, "所属: 天文台", series=two)


def test_the_reading_is_typed_alone_and_stays_with_its_name() -> None:
    galaxy = {"name": _OZORA, "affiliation": _GALAXY}
    for text in ("読み: おおぞら つばさ", "フリガナ：おおぞら つばさ", "reading: おおぞら つばさ"):
        assert edits(Field.SPEAKER, text) == {"speaker": {**galaxy, "reading": "おおぞら つばさ"}}
    of = lecture(3)
    known = replace(of.speakers[0], reading=Localized.same("おおぞら つばさ"))
    read = with_lecture(EXAMPLE, replace(of, speakers=(known,)))
    assert edits(Field.SPEAKER, "読み: おおぞら つばさ", series=read) == {}
    assert edits(Field.SPEAKER, "読み: なし", series=read) == {"speaker": galaxy}
    assert edits(Field.SPEAKER, "大空 翼（MIT）", series=read) == {
        "speaker": {"name": _OZORA, "affiliation": "MIT", "reading": "おおぞら つばさ"}
    }
    assert edits(Field.SPEAKER, "甘木 俊", series=read) == {"speaker": {"name": "甘木 俊"}}
    assert refused(Field.SPEAKER, "読み: おおぞら", 6).startswith("Lecture 6 has no speaker yet.")


def test_an_affiliation_needs_a_speaker() -> None:
    assert refused(Field.SPEAKER, "所属: 天文台", 6) == (
        "Lecture 6 has no speaker yet. Please type the name first. Example: Taro Yamada (University of Tokyo)"
    )
