"""What holds for any file and any edits: the file stays valid, nothing else changes, undo brings back every byte."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.edits import FieldEdit
from bot.domain.secret import secret_in
from bot.domain.series import Series
from bot.domain.text import visible
from bot.schedule.editing import CannotEditError, Entry, edited, entry, with_entry, with_lecture, without_lecture
from bot.schedule.reader import read
from bot.schedule.yaml_reader import Tree, composed
from tests.schedule.test_properties import quoted

HEAD = """\
series:
  name: {ja: 物理の講義, en: Physics Lectures}
  timezone: Asia/Tokyo
  page: {url: https://example.org/l/}
lectures:
"""

NOTATIONS = (
    ("status: postponed", "status: 'cancelled'   # sadly", "status:"),
    ("starts: 2024-07-22T13:00", 'starts: "2024-07-22"  # no time yet'),
    (
        "speaker: {name: 瀧 雅人, affiliation: {ja: 立教大学, en: Rikkyo}}",
        "speaker:\n  # in full\n  name:\n    ja: 瀧 雅人\n    en: Taki  # or Masato Taki\n\n  affiliation: 立教大学",
        "speaker: {\n  name: 瀧 雅人,  # a, b\n  affiliation: 立教大学}",
    ),
    (
        "title: No",
        "title: 'it''s'  # as on the page",
        'title: "a\\tb: c # d"',
        "title: {ja: 入門, en: Basics}",
        "title: {ja: , en: Basics}",
        "title:\n  ja: 入門  # a\n\n  # b\n  en: Basics",
        "title:   # to be announced",
        "title: over\n  two lines  # c",
        'title: "over\n\n  three lines"',
        "title: >-\n  folded\n  text\n\n  # no comment",
    ),
    ("mode: hybrid", "mode:    online  # this time"),
    (
        "venue: {name: 筑波, room: 118, tentative: true}",
        "venue:\n  name: 筑波\n  room: {ja: 教室, en: Room}  # or another\n  url: map.html",
        'venue: {"name":"筑波"}',
    ),
    (
        "abstract: |\n  One.\n\n  # Two.\n    Three.",
        "abstract: |+  # all of it\n  One.\n  Two.\n\n",
        "abstract: |-\n    One.\n    Two.\n# not three",
        "abstract: one [page](https://example.org/a)",
    ),
    (
        "registration: {url: https://forms.gle/abc, also_for: [8]}",
        "registration:\n  url: https://forms.gle/abc\n  also_for:\n  - 8  # the same form",
        "registration:\n  in_person: full\n# since May\n  url: https://forms.gle/abc",
    ),
    (
        "materials:\n- {label: スライド, kind: slides, url: a.pdf}\n- label: 動画\n  url: b.mp4\n  # to come: more",
        "materials:\n  # two\n  - label: {ja: スライド, en: Slides}\n    url: a.pdf\n\n"
        "  -\n    label: b\n    url: b.pdf  # b",
        "materials: [{label: a, url: a.pdf}, {label: b, url: b.pdf},]",
        "materials: []",
        "materials: [\n  {label: a, url: a.pdf},  # a\n  {label: b, url: b.pdf}\n  ]",
    ),
)
"""The fields of a lecture in all kinds of notation, in their usual order."""

VENUE = ("tentative", "room")

RESTS = ("", "announcements:\n  morning: false\n", "# the end\n", "\n\n", "    # deep\n# flat\n")

REMARKS = ("", "", "", "\n", "    # below\n", "        # deeper\n", "# far left\n", "\n  # of the next?\n\n")

SPECIAL = [
    *("No", "12:00", "- a", "a: b", "a #b", "# a", "{a}", "[", "a, b", "it's", '"so"', "'", "null", "~", "601", "1e3"),
    *("一行", "二\n行", "三\n\n行\n", " 空白 ", "a\n b\n", "\ta", "a\tb", "👩‍🔬", "a\x85b", "a\u2028b", "a\ufeff"),
    *("...", "---", "a:", ":a", "? a", "!", "&a", "*a", "%a", "@a", "`", "|", ">", "\\", "a\r\nb", "\x00", "\ufffe"),
    "x" * 150,
]

PUT = [
    "",
    " ",
    "\n",
    "x",
    "[",
    "}",
    "a: b",
    ": ",
    "\n- ",
    "#",
    " # ",
    "'",
    '"',
    "&a ",
    "!!a ",
    "? ",
    "|",
    "...\n",
    "---\n",
]
"""What a slip of the hand may put into a file."""

BLOCKS = [
    None,
    "",
    "- number: 9\n",
    "  - number: 9\n    title: a",
    " {number: 9}",
    "  - number: 8\n",
    "- a",
    "[",
    "\n- {number: 9}\n",
]
"""What may have been kept of lecture 9, and what may not."""

texts = st.sampled_from([each for each in SPECIAL if visible(each) == each]) | st.text(
    st.characters(codec="utf-8"), min_size=1, max_size=20
).map(visible).filter(lambda text: text.strip() != "" and not secret_in(text))
both = st.builds(lambda ja, en: {"ja": ja, "en": en}, texts, texts)
localized = texts | both | st.builds(lambda en: {"en": en}, texts)
addresses = st.sampled_from(["https://example.org/a?b=c&d={e}", "a.pdf", "../b,c.pdf", "https://example.org/#x"])
materials = st.fixed_dictionaries(
    {"label": localized, "url": addresses}, optional={"kind": st.sampled_from(["slides", "video"])}
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A valid file in which anything may be written in any way."""
    numbers = draw(st.permutations(range(8, 8 + draw(st.integers(0, 4)))))
    rest = draw(
        st.sampled_from(["", "announcements:\n  morning: false\n", "# the end\n", "\n\n", "    # deep\n# flat\n"])
    )
    remark = draw(st.sampled_from(["", "  # all of them"]))
    if not numbers:
        text = f"{HEAD.rstrip()} []{remark}\n{rest}"
    elif draw(st.integers(0, 5)) == 0:
        titles = st.sampled_from(["a", "'a, b: c'", "入門"])
        lectures = ", ".join(f"{{number: {number}, title: {draw(titles)}}}" for number in numbers)
        text = f"{HEAD.rstrip()} [{lectures}]{remark}\n{rest}"
    else:
        column = draw(st.sampled_from([0, 2, 4]))
        text = HEAD.rstrip() + remark + "\n" + "".join(draw(entries(number, column)) for number in numbers) + rest
    if draw(st.booleans()) and not text.endswith(("\n\n", "Three.\n")):  # after `|` it is part of the text
        text = text.removesuffix("\n")
    if draw(st.integers(0, 3)) == 0:
        text = text.replace("\n", "\r\n")
    return draw(st.sampled_from(["", "\ufeff"])) + text


@st.composite
def entries(draw: st.DrawFn, number: int, column: int) -> str:
    """One lecture as a block of lines, its dash in that column."""
    indent = " " * (column + 2)
    if draw(st.integers(0, 4)) == 0:
        return (
            f"{indent[2:]}- {{number: {number}, title: a, notes: 'b, c'}}{draw(st.sampled_from(['', '  # short']))}\n"
        )
    fields = [f"number: {number}"]
    fields += [draw(st.sampled_from(each)) for each in NOTATIONS if draw(st.integers(0, 2)) == 0]
    if number == 8:
        fields = [field for field in fields if not field.startswith("registration")]
    if draw(st.integers(0, 3)) == 0:
        fields = draw(st.permutations(fields))
    written = ""
    for position, field in enumerate(fields):
        lines = (
            field.replace("\n", "\n" + indent).replace("\n" + indent + "#", "\n#").replace("\n" + indent + "\n", "\n\n")
        )
        written += (indent if position else "") + lines + "\n" + draw(st.sampled_from(REMARKS))
    dash = draw(st.sampled_from(["- ", "- ", "- ", f"-\n{indent}", f"-  # here\n{indent}"]))
    return draw(st.sampled_from(["", "\n", "# before\n", f"\n{indent[2:]}# before\n"])) + indent[2:] + dash + written


@dataclass(frozen=True)
class Act:
    """One thing done to a lecture, and what the lectures should say afterwards."""

    number: int
    text: str
    lectures: list[Tree]


def done(draw: Callable[..., Any], text: str) -> Act:
    """Something done to the file, and independently to plain values."""
    tree = composed(text).tree
    assert isinstance(tree, dict)
    lectures = tree["lectures"]
    assert isinstance(lectures, list)
    numbers = [int(each["number"]) for each in lectures if isinstance(each, dict) and isinstance(each["number"], str)]
    kind = draw(st.sampled_from(["edit", "edit", "edit", "edit", "add", "remove"])) if numbers else "add"
    if kind == "add":
        number = draw(st.integers(0, 20).filter(lambda each: each not in numbers))
        new: dict[str, Any] = {
            "number": number,
            **draw(st.fixed_dictionaries({}, optional={"title": localized, "abstract": texts})),
        }
        new |= draw(st.fixed_dictionaries({}, optional={"materials": st.lists(materials, min_size=1, max_size=2)}))
        return Act(number, with_lecture(text, new), [*lectures, json.loads(json.dumps(new | {"number": str(number)}))])
    number = draw(st.sampled_from(numbers))
    position = numbers.index(number)
    if kind == "remove" and number != 8:  # whose number stands in the forms of others
        return Act(number, without_lecture(text, str(number)), lectures[:position] + lectures[position + 1 :])
    former = lectures[position]
    assert isinstance(former, dict)
    edit, latter = draw(edits(number, former))
    return Act(number, edited(text, [edit]), [*lectures[:position], latter, *lectures[position + 1 :]])


@st.composite
def edits(draw: st.DrawFn, number: int, former: dict[str, Tree]) -> tuple[FieldEdit, Tree]:
    """An edit that leaves the lecture valid, and what the lecture should say afterwards."""
    latter = json.loads(json.dumps(former))
    value: Any
    field = draw(
        st.sampled_from(["title", "abstract", "notes", "status", "mode", "tentative", "room", "materials", "item"])
    )
    if field in ("title", "abstract", "notes"):
        value = draw(st.none() | localized)
        latter[field] = value
        edit = FieldEdit(str(number), (field,), value)
    elif field in ("status", "mode"):
        value = draw(st.sampled_from([None, "postponed"] if field == "status" else [None, "hybrid", "in_person"]))
        latter[field] = value
        edit = FieldEdit(str(number), (field,), value)
    elif field in VENUE:
        value = draw(st.none() | (st.booleans() if field == "tentative" else localized))
        if latter.get("venue"):
            latter["venue"][field] = str(value).lower() if field == "tentative" and value is not None else value
            edit = FieldEdit(str(number), ("venue", field), value)
        else:
            latter["venue"] = {"name": "京都"}
            edit = FieldEdit(str(number), ("venue",), {"name": "京都"})
    elif field == "materials":
        value = draw(st.none() | st.lists(materials, max_size=3))
        latter[field] = value
        edit = FieldEdit(str(number), (field,), value)
    else:
        items = latter.get("materials") or []
        position = draw(st.integers(0, len(items)))
        value = draw((st.none() | materials) if position < len(items) else materials)
        latter["materials"] = items[:position] + ([value] if value else []) + items[position + 1 :]
        edit = FieldEdit(str(number), ("materials", position), value)
    return edit, latter


def series_of(text: str) -> Series:
    """What the reader makes of a file."""
    return read(text.encode(), "l.yaml").series


def expected(text: str, lectures: list[Tree]) -> Series:
    """The series of the file with these lectures instead of its own."""
    tree = composed(text).tree
    assert isinstance(tree, dict)
    return series_of(quoted(without_nothing({**tree, "lectures": lectures})))


def without_nothing(tree: Tree) -> Tree:
    """The tree without keys that are left empty, which count as left out."""
    if isinstance(tree, dict):
        return {key: without_nothing(value) for key, value in tree.items() if value is not None}
    return [without_nothing(item) for item in tree] if isinstance(tree, list) else tree


def outside(before: str, after: str, number: int) -> None:
    """Asserts that the two differ only in what belongs to that lecture."""
    former, latter = entry(before, str(number)), entry(after, str(number))
    known = former.text if former.text is not None else latter.text
    whole = before if former.text is not None else after
    assert known is not None
    start = whole.index(known)
    head, tail = whole[:start], whole[start + len(known) :]
    other = after if whole is before else before
    if former.text is not None and latter.text is not None:
        assert other.startswith(head)
        assert other.endswith(tail)
        return
    pieces = [line for line in (head + tail).splitlines() if not line.startswith(("lectures:", "\ufefflectures:"))]
    assert [line for line in other.splitlines() if not line.startswith(("lectures:", "\ufefflectures:"))] == pieces


@settings(report_multiple_bugs=False, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_any_edits_touch_nothing_else_and_can_be_undone_byte_for_byte(data: st.DataObject) -> None:
    text = data.draw(files())
    history: list[tuple[str, Entry]] = []
    for _ in range(data.draw(st.integers(1, 4))):
        try:
            context = done(data.draw, text)
        except CannotEditError:
            if "|+" not in text:  # which takes in the empty lines below it, whosever they were
                raise
            continue
        assert series_of(context.text) == expected(text, context.lectures)
        outside(text, context.text, context.number)
        history.append((text, entry(text, str(context.number))))
        text = context.text
    for former, kept in reversed(history):
        text = with_entry(text, kept)
        assert text == former


@given(st.data())
def test_whatever_the_file_is_an_edit_is_made_faithfully_or_refused(data: st.DataObject) -> None:
    text = data.draw(files())
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    put = data.draw(st.sampled_from(PUT))
    text = text[:start] + put + text[end:]
    kept = data.draw(st.builds(Entry, st.just("9"), st.sampled_from(BLOCKS), st.none() | st.sampled_from("789")))
    acts: list[Callable[[], str]] = [
        lambda: edited(text, [FieldEdit("9", ("title",), "a: b")]),
        lambda: edited(
            text, [FieldEdit("9", ("materials", 0), None), FieldEdit("9", ("venue", "room"), {"ja": "一", "en": "1"})]
        ),
        lambda: with_lecture(text, {"number": 13, "abstract": "a\nb"}),
        lambda: without_lecture(text, "9"),
        lambda: with_entry(text, kept),
    ]
    for context in acts:
        try:
            after = context()
        except CannotEditError:
            continue
        assert without_nine(after) == without_nine(text)


def without_nine(text: str) -> Tree:
    """What a file says but for lecture 9, and 13, which is added."""
    tree = composed(text).tree
    assert isinstance(tree, dict)
    lectures = tree["lectures"]
    assert isinstance(lectures, list)
    rest: list[Tree] = [each for each in lectures if isinstance(each, dict) and each["number"] not in ("9", "13")]
    return {**tree, "lectures": rest}
