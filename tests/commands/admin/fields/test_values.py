"""What edits come to, line by line, for the organizer who is about to make them."""

from dataclasses import replace

from bot.cards.lecture import View
from bot.commands.admin.fields import edit_lines
from bot.domain.edits import FieldEdit, FieldPath
from bot.domain.language import Language, Localized
from bot.domain.lecture import Lecture, Mode, Registration, Status, Venue
from bot.domain.message import Link, Text, When
from tests.examples import BEFORE_THREE, EXAMPLE, NOT_YET_OPEN, OPEN, at, both, person, with_form, with_lecture


def _lines(after: Lecture, *paths: FieldPath, language: Language = "en") -> tuple[Text, ...]:
    edits = [FieldEdit(after.number, path, None) for path in paths]
    return edit_lines(edits, EXAMPLE, with_lecture(EXAMPLE, after), View(EXAMPLE, BEFORE_THREE, language))


def test_each_field_is_shown_once_as_before_and_after() -> None:
    moved = replace(OPEN, day=at("2030-05-01T14:00").date(), starts=at("2030-05-01T14:00"), ends=at("2030-05-01T18:00"))
    before, after = When(at("2030-04-18T13:00"), at("2030-04-18T17:00")), When(moved.starts or at(""), moved.ends)
    assert _lines(moved, ("starts",), ("ends",)) == (("Date", ": ", before, " → ", after),)
    assert _lines(moved, ("starts",), ("ends",), language="ja") == (("日時", "：", before, " → ", after),)
    cancelled = replace(OPEN, status=Status.CANCELLED)
    assert _lines(cancelled, ("status",)) == (("Date", ": ", before, " → ", "cancelled"),)


def test_what_is_nothing_or_undecided_is_said_to_be() -> None:
    bare = Lecture(3)
    paths: tuple[FieldPath, ...] = (
        *(("venue",), ("title",), ("title_tentative",), ("speaker",), ("mode",), ("lecture_language",), ("notes",)),
        *(("abstract",), ("registration", "url"), ("registration", "closes"), ("summary",), ("materials", 0)),
    )
    hall = Link("Galaxy University, West Hall Room 201", "https://maps.example/west")
    form = Link("https://forms.example/3", "https://forms.example/3")
    assert _lines(bare, *paths) == (
        ("Venue", ": ", hall, " → ", "to be announced"),
        ("Title", ": ", "“Galaxies seen by Machine Learning”", " → ", "to be announced"),
        ("Speaker", ": ", "Tsubasa Ozora (Galaxy University)", " → ", "to be announced"),
        ("Format", ": ", "In person and online (hybrid)", " → ", "to be announced"),
        ("Language", ": ", "Japanese", " → ", "to be announced"),
        ("Notes", ": ", "Please bring binoculars.", " → ", "none"),
        (
            "Abstract",
            ": ",
            "Shapes of galaxies are classified. See the [collection](https://files.example/3).",
            " → ",
            "none",
        ),
        ("Registration form", ": ", form, " → ", "none"),
        ("Registration deadline", ": ", When(at("2030-04-17T12:00")), " → ", "none"),
    )


def test_a_field_that_reads_the_same_in_the_reader_s_language_is_shown_in_the_other() -> None:
    retitled = replace(OPEN, title=both("銀河を見る", "Galaxies seen by Machine Learning"))
    assert _lines(retitled, ("title",)) == (("Title", ": ", "「機械学習で見る銀河」", " → ", "「銀河を見る」"),)


def test_edits_of_several_lectures_are_told_with_their_numbers() -> None:
    shared = with_form(OPEN, None, None, 4)
    room = Venue(both("潮の研究所", "Institute of Tides"), Localized.same("7"), "https://maps.example/tides")
    after = with_lecture(with_lecture(EXAMPLE, shared), replace(NOT_YET_OPEN, venue=room))
    edits = [FieldEdit(3, ("registration", "also_for"), [4]), FieldEdit(4, ("venue", "room"), "7")]
    tides = "https://maps.example/tides"
    assert edit_lines(edits, EXAMPLE, after, View(EXAMPLE, BEFORE_THREE, "en")) == (
        ("Form shared with (lecture 3)", ": ", "none", " → ", "lecture 4"),
        (
            "Venue (lecture 4)",
            ": ",
            Link("Institute of Tides (tentative)", tides),
            " → ",
            Link("Institute of Tides 7", tides),
        ),
    )
    assert edit_lines(edits[:1], EXAMPLE, after, View(EXAMPLE, BEFORE_THREE, "ja")) == (
        ("フォームの共用", "：", "なし", " → ", "第4回"),
    )


def test_places_and_long_texts_are_told_briefly() -> None:
    full = replace(OPEN, registration=Registration("https://forms.example/3", in_person_full=True))
    assert _lines(full, ("registration", "in_person")) == (
        ("In-person places", ": ", "places available", " → ", "full"),
    )
    long = replace(
        OPEN, notes=Localized.same("word " * 100), mode=Mode.ONLINE, speaker=person("月島 光", "Hikaru Tsukishima")
    )
    assert _lines(long, ("notes",)) == (("Notes", ": ", "Please bring binoculars.", " → ", f"{'word ' * 31}word…"),)
