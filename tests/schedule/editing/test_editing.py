"""Edits of lectures.yaml, as the exact lines that they change."""

from difflib import ndiff

import pytest

from bot.domain.edits import FieldEdit, FieldPath, FieldValue
from bot.domain.language import LANGUAGES
from bot.i18n import phrases
from bot.schedule.editing import (
    CannotEditError,
    Entry,
    edited,
    entry,
    entry_of,
    with_entry,
    with_lecture,
    without_lecture,
)
from bot.schedule.reader import read
from tests.processes import ROOT
from tests.schedule.files import HEAD

SHIPPED = (ROOT / "lectures.yaml").read_text(encoding="utf-8")

MIXED = """\
# Our lectures
series:
  name: {ja: 物理の講義, en: Physics Lectures}   # the name
  timezone: Asia/Tokyo
  page: {url: https://example.org/l/}

lectures:   # by number
  # the first one
  - number: 3
    status: planned         # for now
    title: 'Basics: a start'

    # who it is
    speaker:
      name: {ja: 瀧 雅人, en: Masato Taki}
      affiliation: Rikkyo   # since 2020
    venue:
      name: 筑波
      room:                 # asked for
    abstract: |
      What it is.
      # Not a comment.
    # more to come

  # short
  - {number: 4, title: {ja: 応用, en: Uses}, materials: [{label: a, url: a.pdf}]}   # all we know
  -
    title: "It is \\"it\\""
    number: 5
    materials:
    -   label: a
        url: a.pdf          # here
    - {label: b, url: b.pdf}
# nothing after this
"""


def difference(before: str, after: str) -> str:
    """The lines that differ, each after a sign."""
    lines = ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return "".join(line for line in lines if line[0] in "+-")


def change(number: int, path: FieldPath, value: FieldValue, text: str = MIXED) -> str:
    """What an edit changes; the file stays valid, and putting the lecture back undoes it."""
    after = edited(text, [FieldEdit(str(number), path, value)])
    read(after.encode(), "l.yaml")
    assert with_entry(after, entry(text, str(number))) == text
    return difference(text, after)


def test_a_text_on_one_line_keeps_its_quotes_and_its_comment() -> None:
    assert change(3, ("status",), "postponed") == (
        "-     status: planned         # for now\n+     status: postponed         # for now\n"
    )
    assert change(3, ("title",), "It's new") == "-     title: 'Basics: a start'\n+     title: 'It''s new'\n"
    assert change(5, ("title",), 'No "it"') == '-     title: "It is \\"it\\""\n+     title: "No \\"it\\""\n'
    assert change(5, ("materials", 0, "url"), "b.pdf") == (
        "-         url: a.pdf          # here\n+         url: b.pdf          # here\n"
    )


def test_an_empty_key_is_filled() -> None:
    assert change(3, ("venue", "room"), "302教室") == (
        "-       room:                 # asked for\n+       room: 302教室                 # asked for\n"
    )


def test_only_the_language_that_changes_is_touched() -> None:
    assert change(3, ("speaker", "name"), {"ja": "瀧 雅人", "en": "M. Taki"}) == (
        "-       name: {ja: 瀧 雅人, en: Masato Taki}\n+       name: {ja: 瀧 雅人, en: M. Taki}\n"
    )
    assert change(4, ("title", "en"), "Uses, and more") == (
        "-   - {number: 4, title: {ja: 応用, en: Uses}, materials: [{label: a, url: a.pdf}]}   # all we know\n"
        '+   - {number: 4, title: {ja: 応用, en: "Uses, and more"}, materials: [{label: a, url: a.pdf}]}'
        "   # all we know\n"
    )


def test_a_text_becomes_two_languages_and_back() -> None:
    assert change(3, ("speaker", "affiliation"), {"ja": "立教大学", "en": "Rikkyo"}) == (
        "-       affiliation: Rikkyo   # since 2020\n+       affiliation: {ja: 立教大学, en: Rikkyo}   # since 2020\n"
    )
    assert (
        change(3, ("speaker", "name"), "Taki") == "-       name: {ja: 瀧 雅人, en: Masato Taki}\n+       name: Taki\n"
    )


def test_a_text_of_several_lines_is_replaced_as_a_whole() -> None:
    assert change(3, ("abstract",), "One.\n\nTwo.\n") == (
        "-       What it is.\n-       # Not a comment.\n+       One.\n+ \n+       Two.\n"
    )
    assert change(3, ("abstract",), "Short.") == (
        "-     abstract: |\n+     abstract: Short.\n-       What it is.\n-       # Not a comment.\n"
    )
    assert change(3, ("speaker", "affiliation"), "a\nb") == (
        "-       affiliation: Rikkyo   # since 2020\n+       affiliation: |-   # since 2020\n+         a\n+         b\n"
    )


def test_a_new_key_comes_where_it_usually_stands() -> None:
    assert change(3, ("starts",), "2024-05-20T13:00") == "+     starts: 2024-05-20T13:00\n"
    after = edited(
        MIXED, [FieldEdit("3", ("starts",), "2024-05-20T13:00"), FieldEdit("3", ("venue", "tentative"), True)]
    )
    assert entry(after, "3").text == (
        "  # the first one\n"
        "  - number: 3\n"
        "    status: planned         # for now\n"
        "    starts: 2024-05-20T13:00\n"
        "    title: 'Basics: a start'\n"
        "\n"
        "    # who it is\n"
        "    speaker:\n"
        "      name: {ja: 瀧 雅人, en: Masato Taki}\n"
        "      affiliation: Rikkyo   # since 2020\n"
        "    venue:\n"
        "      name: 筑波\n"
        "      room:                 # asked for\n"
        "      tentative: true\n"
        "    abstract: |\n"
        "      What it is.\n"
        "      # Not a comment.\n"
        "    # more to come\n"
    )
    assert change(3, ("registration", "also_for"), [4, 5]) == "+     registration:\n+       also_for: [4, 5]\n"
    assert change(4, ("status",), "cancelled") == (
        "-   - {number: 4, title: {ja: 応用, en: Uses}, materials: [{label: a, url: a.pdf}]}   # all we know\n"
        "+   - {number: 4, status: cancelled, title: {ja: 応用, en: Uses}, materials: [{label: a, url: a.pdf}]}"
        "   # all we know\n"
    )


def test_a_field_is_removed_with_its_comment_and_what_is_empty_without_it() -> None:
    assert change(3, ("status",), None) == "-     status: planned         # for now\n"
    assert change(3, ("abstract",), None) == ("-     abstract: |\n-       What it is.\n-       # Not a comment.\n")
    assert change(4, ("materials", 0), None) == (
        "-   - {number: 4, title: {ja: 応用, en: Uses}, materials: [{label: a, url: a.pdf}]}   # all we know\n"
        "+   - {number: 4, title: {ja: 応用, en: Uses}}   # all we know\n"
    )
    assert change(5, ("title",), None) == '-     title: "It is \\"it\\""\n'
    assert change(3, ("notes",), None) == ""


def test_materials_are_added_replaced_and_removed() -> None:
    new: FieldValue = {"url": "c.pdf", "kind": "slides", "label": {"ja": "資料", "en": "Notes"}}
    assert change(5, ("materials", 2), new) == "+     - {label: {ja: 資料, en: Notes}, kind: slides, url: c.pdf}\n"
    assert change(5, ("materials", 1), new) == (
        "-     - {label: b, url: b.pdf}\n+     - {label: {ja: 資料, en: Notes}, kind: slides, url: c.pdf}\n"
    )
    assert change(5, ("materials", 0), None) == "-     -   label: a\n-         url: a.pdf          # here\n"
    assert change(5, ("materials",), [{"label": "b", "url": "b.pdf"}]) == (
        "-     -   label: a\n-         url: a.pdf          # here\n"
    )
    assert change(3, ("materials", 0), {"label": "b", "url": "b.pdf"}) == (
        "+     materials:\n+     - {label: b, url: b.pdf}\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("No", '"No"'),
        ("12:00", '"12:00"'),
        ("601", '"601"'),
        ("2024-05-20", '"2024-05-20"'),
        ("null", '"null"'),
        ("a # b", '"a # b"'),
        ("a: b", '"a: b"'),
        ("- a", '"- a"'),
        ("{a}", '"{a}"'),
        ('"a" b', "'\"a\" b'"),
        ("\\alpha", "\\alpha"),
        ("\\a: b", "'\\a: b'"),
        ("情報幾何 - 入門と応用", "情報幾何 - 入門と応用"),
        ("a, b [c]", "a, b [c]"),
        ("👩‍🔬 実験", "👩‍🔬 実験"),
        ("全角　空白", "全角　空白"),
        ("a\tb\x85\ufeff\U0010ffff", '"a\\tb\\x85\\ufeff\U0010ffff"'),
        ("a\r\nb", '"a\\r\\nb"'),
        (" a", '" a"'),
    ],
)
def test_a_text_is_quoted_where_it_would_be_something_else(text: str, written: str) -> None:
    file = f"{HEAD}  - number: 9\n    title: a\n"
    after = edited(file, [FieldEdit("9", ("title",), text)])
    assert after == f"{HEAD}  - number: 9\n    title: {written}\n"
    assert entry_of(after, "9") == {"number": "9", "title": text}


def test_dates_numbers_and_flags_are_written_plain() -> None:
    after = with_lecture(
        HEAD.rstrip() + " []\n",
        {
            "number": 9,
            "starts": "2024-05-20",
            "title": "9",
            "title_tentative": True,
            "registration": {"also_for": [1]},
        },
    )
    assert after == (
        f"{HEAD}"
        "  - number: 9\n"
        "    starts: 2024-05-20\n"
        '    title: "9"\n'
        "    title_tentative: true\n"
        "    registration:\n"
        "      also_for: [1]\n"
    )
    assert without_lecture(after, "9") == HEAD.rstrip() + " []\n"


def test_line_ends_the_mark_and_a_missing_last_break_stay() -> None:
    text = "\ufeff" + MIXED.partition("# nothing")[0].rstrip().replace("\n", "\r\n")
    after = edited(
        text, [FieldEdit("5", ("materials", 2), {"label": "c", "url": "c.pdf"}), FieldEdit("3", ("notes",), "a\nb")]
    )
    assert difference(text.replace("\r\n", "\n"), after.replace("\r\n", "\n")) == (
        "+     notes: |-\n"
        "+       a\n"
        "+       b\n"
        "-     - {label: b, url: b.pdf}"
        "+     - {label: b, url: b.pdf}\n"
        "+     - {label: c, url: c.pdf}"
    )
    assert after.count("\n") == after.count("\r\n")
    assert after.startswith("\ufeff#")
    assert with_entry(with_entry(after, entry(text, "5")), entry(text, "3")) == text


def test_a_new_lecture_comes_in_the_order_of_the_numbers_in_the_manner_of_the_file() -> None:
    new: dict[str, FieldValue] = {
        "speaker": {"affiliation": "RIKEN", "name": {"en": "A. Person", "ja": "甲 乙"}},
        "number": 13,
        "title": {"ja": "題", "en": "Title"},
        "starts": "2024-09-02T13:00",
        "abstract": "One.\n\nTwo.",
    }
    after = with_lecture(SHIPPED, new)
    assert after == SHIPPED + (
        "\n"
        "  - number: 13\n"
        "    starts: 2024-09-02T13:00\n"
        "    speaker:\n"
        "      name: {ja: 甲 乙, en: A. Person}\n"
        "      affiliation: RIKEN\n"
        "    title:\n"
        "      ja: 題\n"
        "      en: Title\n"
        "    abstract: |-\n"
        "      One.\n"
        "\n"
        "      Two.\n"
    )
    assert with_entry(after, entry(SHIPPED, "13")) == SHIPPED
    between = with_lecture(without_lecture(SHIPPED, "7"), {"number": 7})
    assert between == SHIPPED.replace(entry(SHIPPED, "7").text or "", "\n  - number: 7\n")


@pytest.mark.parametrize(
    ("lectures", "after"),
    [
        (" [{number: 1}, {number: 3}]", " [{number: 1}, {number: 2, title: a}, {number: 3}]"),
        (" [ {number: 1},]", " [ {number: 1}, {number: 2, title: a},]"),
        (" [ ]", " [{number: 2, title: a} ]"),
        ("\n- number: 3\n- number: 1", "\n- number: 3\n- number: 2\n  title: a\n- number: 1"),
        ("\n- {number: 1}\n- {number: 3}", "\n- {number: 1}\n- {number: 2, title: a}\n- {number: 3}"),
        ("  []  # none", "  [{number: 2, title: a}]  # none"),
        (" []  # none", "  # none\n  - number: 2\n    title: a"),
    ],
)
def test_a_new_lecture_fits_into_any_list(lectures: str, after: str) -> None:
    text = HEAD.rstrip() + lectures + "\n"
    assert with_lecture(text, {"number": 2, "title": "a"}) == HEAD.rstrip() + after + "\n"
    assert with_entry(with_lecture(text, {"number": 2, "title": "a"}), entry(text, "2")) == text


def test_a_lecture_without_a_number_is_edited_and_added_by_its_id() -> None:
    text = f"{HEAD}  - id: 2026-06-08\n    title: a\n  - number: 2\n    id: two\n"
    after = edited(text, [FieldEdit("2026-06-08", ("title",), "b"), FieldEdit("two", ("title",), "c")])
    assert after == f"{HEAD}  - id: 2026-06-08\n    title: b\n  - number: 2\n    id: two\n    title: c\n"
    added = with_lecture(text, {"id": "2026-07-06", "title": "d"})
    assert difference(text, added) == "+   - id: 2026-07-06\n+     title: d\n"
    assert without_lecture(added, "2026-07-06") == text
    with pytest.raises(CannotEditError):
        edited(text, [FieldEdit("two", ("id",), None)])


def test_a_lecture_goes_with_its_comments_and_comes_back() -> None:
    assert difference(MIXED, without_lecture(MIXED, "4")) == (
        "- \n"
        "-   # short\n"
        "-   - {number: 4, title: {ja: 応用, en: Uses}, materials: [{label: a, url: a.pdf}]}   # all we know\n"
    )
    for text in (MIXED, SHIPPED):
        for lecture in read(text.encode(), "l.yaml").series.lectures:
            kept = entry(text, lecture.id)
            assert with_entry(without_lecture(text, lecture.id), kept) == text


def test_what_is_known_of_a_lecture_is_its_text_and_its_place() -> None:
    assert entry(MIXED, "4") == Entry(
        "4",
        "\n"
        "  # short\n"
        "  - {number: 4, title: {ja: 応用, en: Uses}, materials: [{label: a, url: a.pdf}]}   # all we know\n",
        "3",
    )
    assert entry(MIXED, "6") == Entry("6", None)
    assert entry_of(MIXED, "4") == {
        "number": "4",
        "title": {"ja": "応用", "en": "Uses"},
        "materials": [{"label": "a", "url": "a.pdf"}],
    }


def test_a_lecture_is_put_back_into_a_file_that_was_laid_out_anew_since() -> None:
    kept = entry(MIXED, "3")
    others = f"{HEAD}- number: 4\n"
    assert with_entry(others, kept) == (
        f"{HEAD}"
        "- number: 3\n"
        "  status: planned\n"
        "  speaker:\n"
        "    name: {ja: 瀧 雅人, en: Masato Taki}\n"
        "    affiliation: Rikkyo\n"
        '  title: "Basics: a start"\n'
        "  venue:\n"
        "    name: 筑波\n"
        "  abstract: |\n"
        "    What it is.\n"
        "    # Not a comment.\n"
        "- number: 4\n"
    )


@pytest.mark.parametrize("number", range(1, 13))
def test_every_field_of_the_shipped_file_can_be_replaced_removed_and_brought_back(number: int) -> None:
    tree = entry_of(SHIPPED, str(number))
    assert isinstance(tree, dict)
    for key, value in tree.items():
        if key == "number":
            continue
        without = edited(SHIPPED, [FieldEdit(str(number), (key,), None)])
        assert entry_of(without, str(number)) == {name: each for name, each in tree.items() if name != key}
        again = edited(without, [FieldEdit(str(number), (key,), value)])
        assert again == SHIPPED or "#" in difference(SHIPPED, again) or '"' in difference(SHIPPED, again)
        assert entry_of(again, str(number)) == tree
        assert with_entry(without, entry(SHIPPED, str(number))) == SHIPPED


def test_several_edits_at_once_are_made_in_their_order() -> None:
    after = edited(
        MIXED,
        [
            FieldEdit("3", ("materials", 0), {"label": "a", "url": "a.pdf"}),
            FieldEdit("4", ("title", "ja"), "応用2"),
            FieldEdit("3", ("materials", 1), {"label": "b", "url": "b.pdf"}),
            FieldEdit("3", ("materials", 0), None),
        ],
    )
    assert difference(MIXED, after) == (
        "+     materials:\n"
        "+     - {label: b, url: b.pdf}\n"
        "-   - {number: 4, title: {ja: 応用, en: Uses}, materials: [{label: a, url: a.pdf}]}   # all we know\n"
        "+   - {number: 4, title: {ja: 応用2, en: Uses}, materials: [{label: a, url: a.pdf}]}   # all we know\n"
    )
    assert edited(MIXED, []) == MIXED
    assert edited(MIXED, [FieldEdit("3", ("status",), "planned"), FieldEdit("4", (), entry_of(MIXED, "4"))]) == MIXED


def test_a_comment_in_the_middle_stays_with_its_lecture_when_it_comes_to_stand_at_the_end() -> None:
    text = f"{HEAD}  - number: 1\n    title: a\n\n# far left\n    notes: b\n\n  - number: 2\n"
    assert edited(text, [FieldEdit("1", ("notes",), None)]) == (
        f"{HEAD}  - number: 1\n    title: a\n\n    # far left\n\n  - number: 2\n"
    )
    assert change(1, ("notes",), None, text) == "- # far left\n+     # far left\n-     notes: b\n"


@pytest.mark.parametrize(
    ("edit", "name", "said"),
    [
        (FieldEdit("7", ("title",), "a"), "editing.unknown", "The schedule file has no entry 7."),
        (FieldEdit("3", ("number",), 7), "editing.number", None),
        (FieldEdit("3", ("number",), None), "editing.number", None),
        (FieldEdit("3", (), None), "editing.number", None),
        (FieldEdit("5", ("materials", 3), {"label": "a"}), "editing.no_item", "There is no item 4; the list has 2."),
        (FieldEdit("5", ("materials", 2), None), "editing.no_item", "There is no item 3; the list has 2."),
        (FieldEdit("5", ("materials", -1), None), "editing.no_item", "There is no item 0; the list has 2."),
        (
            FieldEdit("5", ("title", "en"), "a"),
            "editing.no_mapping",
            "There are no keys with values in the schedule file here, so that en can't be set.",
        ),
        (
            FieldEdit("3", ("venue", 0), "a"),
            "editing.no_list",
            "There is no list in the schedule file here, so that [1] can't be set.",
        ),
        (FieldEdit("3", ("title",), "\ud83d"), "editing.character", None),
        (FieldEdit("3", ("title",), {"ja": ["a", "\ud83d"]}), "editing.character", None),
    ],
)
def test_what_cannot_be_edited_is_refused_by_name(edit: FieldEdit, name: str, said: str | None) -> None:
    with pytest.raises(CannotEditError) as refused:
        edited(MIXED, [FieldEdit("4", ("title",), "b"), edit])
    assert refused.value.name == name
    for language in LANGUAGES:
        assert phrases(language)(name, **refused.value.values)
    if said:
        assert phrases("en")(name, **refused.value.values) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "series: {}",
        "lectures:\n",
        "lectures: {a: b}",
        "lectures: [a]",
        "lectures: [{title: a}]",
        "lectures: [{number: x}]",
        "lectures: [{number: 1}, {number: 1}]",
        "lectures: [{number: 1, title: *a}]",
        "lectures:\n  - &a {number: 1}\n",
        "lectures:\n  - {number: 1, title: a, title: b}\n",
        "lectures:\n  - {number: 1, title: !!str a}\n",
        "lectures:\n  - number: 1\n\ttitle: a\n",
        "lectures: [{number: 1}]\nrest: [",
        "lectures: [{number: 1, title: " + "[" * 3000,
    ],
)
def test_a_file_with_mistakes_is_not_edited(text: str) -> None:
    with pytest.raises(CannotEditError) as refused:
        edited(text, [FieldEdit("1", ("title",), "b")])
    assert refused.value.name == "editing.unreadable"
    assert all(phrases(language)(refused.value.name) for language in LANGUAGES)


def test_what_can_only_be_changed_by_touching_more_is_refused() -> None:
    text = f"{HEAD}  - number: 1\n    abstract: |+\n      a\n    notes: b\n\n  - number: 2\n"
    with pytest.raises(CannotEditError) as refused:
        edited(text, [FieldEdit("1", ("notes",), None)])
    assert refused.value.name == "editing.impossible"
    assert all(phrases(language)(refused.value.name) for language in LANGUAGES)


def test_a_lecture_that_is_there_is_not_added_and_one_without_a_number_neither() -> None:
    for lecture, name in (
        ({"number": 4}, "editing.known"),
        ({"title": "a"}, "editing.number"),
        ({"number": -1}, "editing.number"),
    ):
        with pytest.raises(CannotEditError) as refused:
            with_lecture(MIXED, lecture)
        assert refused.value.name == name
        assert all(phrases(language)(name, **refused.value.values) for language in LANGUAGES)


def test_a_file_in_json_is_edited_too() -> None:
    text = '{"series": {"name": "S", "timezone": "UTC"}, "lectures":[{"number":1,"title":"a"},{"number":2}]}'
    after = edited(text, [FieldEdit("1", ("title",), "b, c"), FieldEdit("2", ("status",), "cancelled")])
    assert after == (
        '{"series": {"name": "S", "timezone": "UTC"},'
        ' "lectures":[{"number":1,"title":"b, c"},{"number":2, status: cancelled}]}'
    )
    read(after.encode(), "l.yaml")


@pytest.mark.parametrize(
    ("written", "path", "value", "becomes"),
    [
        ("speaker: Jane Doe (MIT)", ("speaker", "reading"), "じぇーん", {"name": "Jane Doe", "affiliation": "MIT"}),
        ("speakers: [Jane Doe]", ("speaker", "reading"), "じぇーん", {"name": "Jane Doe"}),
        ("venue: MIT 35-225", ("venue", "url"), "https://m.example/", {"name": "MIT", "room": "35-225"}),
        ("registration: https://f.example/", ("registration", "closes"), "start", {"url": "https://f.example/"}),
        ("registration: none", ("registration", "url"), "https://f.example/", {}),
    ],
)
def test_a_short_form_is_written_in_full_where_an_edit_reaches_into_it(
    written: str, path: FieldPath, value: FieldValue, becomes: dict[str, FieldValue]
) -> None:
    text = edited(f"{HEAD}  - number: 1\n    {written}\n", [FieldEdit("1", path, value)])
    assert entry_of(text, "1") == {"number": "1", str(path[0]): {**becomes, str(path[1]): value}}


def test_an_end_behind_the_start_outlives_a_change_of_the_start() -> None:
    text = f"{HEAD}  - number: 1\n    starts: 2024-07-22 22:00-25:00\n"
    assert entry_of(edited(text, [FieldEdit("1", ("starts",), "2024-07-22T21:00")]), "1") == {
        "number": "1",
        "starts": "2024-07-22T21:00",
        "ends": "2024-07-23T01:00",
    }
    assert entry_of(edited(text, [FieldEdit("1", ("ends",), None)]), "1") == {
        "number": "1",
        "starts": "2024-07-22T22:00",
    }


def test_several_speakers_stand_under_their_own_key() -> None:
    one = f"{HEAD}  - number: 1\n    speaker: {{name: Jane Doe}}   # of MIT\n    title: T\n"
    two: list[FieldValue] = [{"name": "Jane Doe"}, {"name": "John Roe"}]
    text = edited(one, [FieldEdit("1", ("speaker",), two)])
    assert entry_of(text, "1") == {"number": "1", "speakers": two, "title": "T"}
    (lecture,) = read(text.encode(), "l.yaml").series.lectures
    assert [who.name.into("en") for who in lecture.speakers] == ["Jane Doe", "John Roe"]
    alone = edited(text, [FieldEdit("1", ("speaker",), two[1])])
    assert entry_of(alone, "1") == {"number": "1", "title": "T", "speaker": {"name": "John Roe"}}
    assert entry_of(edited(text, [FieldEdit("1", ("speaker",), None)]), "1") == {"number": "1", "title": "T"}
    assert edited(text, [FieldEdit("1", ("title",), "T")]) == text
