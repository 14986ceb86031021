"""A field as one text in a form: what it says today can be typed, and what is taken out of it is removed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.view import View
from bot.commands.admin.fields import form_edits, text_in_form
from bot.domain.edits import FieldEdit
from bot.domain.language import LANGUAGES, Localized
from bot.domain.lecture import Field, Lecture, Person, Registration, Venue
from bot.domain.series import Series
from tests.commands.admin.fields.typed import lecture
from tests.examples import BEFORE_THREE, EXAMPLE, at, both, dated, series_of, with_form, with_lecture

WHOLE = (
    Field.SPEAKER,
    Field.TITLE,
    Field.VENUE,
    Field.REGISTRATION,
    Field.SUMMARY,
    Field.ABSTRACT,
    Field.NOTES,
)


def said(field: Field, of: Lecture, series: Series = EXAMPLE) -> str:
    """What the field says for an English reader."""
    return text_in_form(field, of, View(with_lecture(series, of), BEFORE_THREE, "en"))


def made(field: Field, text: str, of: Lecture, series: Series = EXAMPLE) -> dict[str, object]:
    """What becomes of the field, by path, in either language."""
    there = with_lecture(series, of)
    several = [form_edits(field, text, of, View(there, BEFORE_THREE, each)) for each in ("ja", "en")]
    assert several[0] == several[1]
    return {".".join(map(str, each.path)): each.value for each in several[0]}


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("field", WHOLE)
def test_what_a_field_says_changes_nothing_when_it_is_typed(field: Field, number: int) -> None:
    of = lecture(number)
    for language in LANGUAGES:
        view = View(EXAMPLE, BEFORE_THREE, language)
        text = text_in_form(field, of, view)
        if text:
            assert form_edits(field, text, of, view) == ()


def test_texts_in_both_languages_are_told_apart() -> None:
    three = lecture(3)
    assert [said(field, three) for field in WHOLE] == [
        "大空 翼（銀河大） / Tsubasa Ozora (Galaxy University)",
        "機械学習で見る銀河 / Galaxies seen by Machine Learning",
        "銀河大学 西館 201教室 / Galaxy University, West Hall Room 201",
        "https://forms.example/3",
        "",
        "ja: 銀河の形を分類します。\n詳しくは[資料集](https://files.example/3)をご覧ください。\n\n"
        "en: Shapes of galaxies are classified.\nSee the [collection](https://files.example/3).",
        "双眼鏡をお持ちください。 / Please bring binoculars.",
    ]
    assert said(Field.TITLE, lecture(4)) == "月の裏側（仮） / The Far Side of the Moon (tentative)"
    assert said(Field.VENUE, lecture(4)) == "潮の研究所 / Institute of Tides (tentative)"
    english = replace(three, title=both("KEK", "The KEK"), title_tentative=False)
    assert said(Field.TITLE, english) == "ja: KEK en: The KEK"


def test_dates_are_written_without_what_would_have_to_be_changed_with_them() -> None:
    assert [said(Field.STARTS, lecture(number)) for number in (3, 5, 6)] == ["2030-04-18 13:00-17:00", "2030-06-17", ""]
    assert said(Field.STARTS, dated(7, "2030-05-01T13:00")) == "2030-05-01 13:00"
    assert said(Field.STARTS, dated(7, "2030-05-01T22:00", "2030-05-02T01:00")) == "2030-05-01 22:00 - 2030-05-02 01:00"


def test_what_is_taken_out_is_removed() -> None:
    three = lecture(3)
    assert made(Field.VENUE, "銀河大学 西館 / Galaxy University, West Hall", three) == {"venue.room": None}
    assert made(Field.SPEAKER, "大空 翼 / Tsubasa Ozora", three) == {
        "speaker": {"name": {"ja": "大空 翼", "en": "Tsubasa Ozora"}}
    }
    assert made(Field.TITLE, "機械学習で見る銀河", three) == {"title": "機械学習で見る銀河"}
    assert made(Field.NOTES, "ja: 双眼鏡をお持ちください。 en: Bring binoculars.", three) == {
        "notes": {"ja": "双眼鏡をお持ちください。", "en": "Bring binoculars."}
    }
    assert [made(field, " \n", three) for field in (Field.VENUE, Field.SPEAKER, Field.TITLE, Field.NOTES)] == [
        {"venue": None},
        {"speaker": None},
        {"title": None},
        {"notes": None},
    ]


def test_the_room_alone_may_be_changed() -> None:
    text = said(Field.VENUE, lecture(3)).replace("201", "118")
    assert made(Field.VENUE, text, lecture(3)) == {"venue.room": {"ja": "118教室", "en": "Room 118"}}
    assert made(Field.VENUE, "118教室", lecture(3)) == {"venue.room": {"ja": "118教室", "en": "Room 118"}}


def test_another_place_does_not_keep_the_room_of_the_former() -> None:
    assert made(Field.VENUE, "東館", lecture(3)) == {"venue": {"name": "東館"}}


def test_a_title_becomes_tentative_and_final() -> None:
    three, four = lecture(3), lecture(4)
    assert made(Field.TITLE, "(tentative)", three) == {"title_tentative": True}
    assert made(Field.TITLE, "月の裏側 / The Far Side of the Moon", four) == {"title_tentative": None}


def test_a_deadline_and_others_that_a_form_serves_stay_as_long_as_they_are_in_the_text() -> None:
    three = with_form(lecture(3), None, at("2030-04-17T18:00"), 5)
    text = said(Field.REGISTRATION, three)
    assert text == "https://forms.example/3 also 5 closes 2030-04-17 18:00"
    assert made(Field.REGISTRATION, text, three) == {}
    assert made(Field.REGISTRATION, "https://forms.example/3 closes 4/17 18:00", three) == {
        "registration.also_for": None
    }
    assert made(Field.REGISTRATION, "https://forms.example/new", three) == {
        "registration.url": "https://forms.example/new",
        "registration.closes": None,
        "registration.also_for": None,
    }
    assert made(Field.REGISTRATION, "full", three) == {"registration.in_person": "full"}
    assert made(Field.REGISTRATION, "", three) == {
        "registration.url": None,
        "registration.closes": None,
        "registration.also_for": None,
    }


def test_a_deadline_that_has_passed_may_stay() -> None:
    three = replace(lecture(3), registration=Registration("https://forms.example/3", at("2030-04-01T12:00")))
    text = said(Field.REGISTRATION, three).replace("/3", "/new")
    assert made(Field.REGISTRATION, text, three) == {"registration.url": "https://forms.example/new"}


def test_a_lecture_that_the_form_of_another_serves_says_so() -> None:
    series = with_lecture(EXAMPLE, with_form(lecture(3), None, None, 5))
    assert said(Field.REGISTRATION, lecture(5), series) == "also 3"
    view = View(series, BEFORE_THREE, "en")
    assert form_edits(Field.REGISTRATION, "also 3", lecture(5), view) == ()
    assert form_edits(Field.REGISTRATION, "", lecture(5), view) == (FieldEdit("3", ("registration", "also_for"), None),)


_WORDS = st.text("月星あ Aaz1,:/()（）", min_size=1, max_size=8).map(lambda text: " ".join(text.split()) or "月")
_LOCALIZED = st.builds(both, _WORDS, _WORDS) | _WORDS.map(Localized.same)


@given(_LOCALIZED, _LOCALIZED, _LOCALIZED | st.none(), st.booleans())
def test_a_text_says_so_little_or_so_much_that_saying_it_again_changes_nothing(
    title: Localized, name: Localized, more: Localized | None, tentative: bool
) -> None:
    """Whatever names there are: what cannot be said in a way that is read as the same is never parsed by a form, as
    long as nobody changes it; showing it at least works."""
    of = Lecture(7, title=title, title_tentative=tentative, speakers=(Person(name, more),), venue=Venue(name, more))
    view = View(series_of(of), BEFORE_THREE, "ja")
    assert all(text_in_form(field, of, view) for field in (Field.TITLE, Field.SPEAKER, Field.VENUE))
