"""What holds for any text: it survives as a title, and no file makes the reader fail in another way than its own."""

import json
import string

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.language import LANGUAGES
from bot.domain.secret import secret_in
from bot.domain.text import one_line, visible
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import Reading, read, written
from bot.schedule.yaml_reader import composed, lines, scalars
from tests.schedule.files import HEAD
from tests.schedule.test_reader import EVERYTHING

texts = st.text(st.characters(codec="utf-8"), min_size=1).map(visible).filter(lambda text: text.strip() != "")
plain = st.text(string.ascii_letters + string.digits + "-_.あ漢", min_size=1).filter(lambda text: text[0] != "-")


def quoted(value: object) -> str:
    """A value as YAML, every text of it in quotes."""
    return yaml.safe_dump(value, default_style='"', sort_keys=False, allow_unicode=True, width=10**9)


def read_or_refused(content: bytes, *, pure: bool = False) -> Reading | None:
    """The reading; of a file that is refused, every problem has been put into words."""
    try:
        return read(content, "l.yaml", pure=pure)
    except InvalidScheduleError as invalid:
        problems = invalid.problems
    assert problems
    for problem in problems:
        for language in LANGUAGES:
            assert written(problem, language).startswith(f"l.yaml:{problem.line}: {problem.field}: ")
            assert len(written(problem, language).splitlines()) == 1
        assert problem.line >= 1
    return None


@given(texts)
@example("No")
@example("12:00")
@example("2024-07-22")
@example("null")
@example("{a: b}")
def test_any_text_survives_as_a_title(title: str) -> None:
    reading = read_or_refused(f"{HEAD}  - number: 1\n    title: {quoted(title)}".encode())
    if secret_in(title):
        assert reading is None
    else:
        assert reading
        assert reading.series.lectures[0].title
        assert reading.series.lectures[0].title.variants == (one_line(title) if "\n" in title else title,)


@given(plain)
def test_a_plain_word_is_what_it_looks_like(title: str) -> None:
    reading = read_or_refused(f"{HEAD}  - number: 1\n    title: {title}\n".encode())
    if title in ("null", "Null", "NULL", "...", "---"):
        return
    assert reading
    assert reading.series.lectures[0].title
    assert reading.series.lectures[0].title.into("ja") == title


def test_what_nobody_sees_is_not_read() -> None:
    reading = read_or_refused(f'{HEAD}  - number: 1\n    title: "L\\u200bogic\\0\\u202e"'.encode())
    assert reading
    assert reading.series.lectures[0].title
    assert reading.series.lectures[0].title.variants == ("Logic",)


@given(st.text(), st.booleans())
@example("\ud800", False)
@example('a: "\\uD800"', True)
@example('a: "\\U00110000"', True)
@example("\x85", True)
def test_no_text_makes_the_reader_fail(text: str, pure: bool) -> None:
    read_or_refused(text.encode("utf-8", "surrogatepass"), pure=pure)


@given(st.binary())
def test_no_bytes_make_the_reader_fail(content: bytes) -> None:
    read_or_refused(content)


@given(st.text("[]{},:-? \n\t#&*!|>'\"%@`ab\\", max_size=60), st.booleans())
def test_no_punctuation_makes_the_reader_fail(text: str, pure: bool) -> None:
    read_or_refused(text.encode(), pure=pure)


@given(st.data())
def test_no_edit_of_a_valid_file_makes_the_reader_fail(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(EVERYTHING)))
    end = data.draw(st.integers(start, min(len(EVERYTHING), start + 30)))
    put = data.draw(st.sampled_from(["", " ", "\n", "x", "0", "[", "}", "a: b", "9999-12-31", "null", ": ", "\n- "]))
    read_or_refused((EVERYTHING[:start] + put + EVERYTHING[end:]).encode())


def trees_of(leaves: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Lists and mappings in each other, with these at the ends."""
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
        max_leaves=12,
    )


@given(st.dictionaries(st.sampled_from(["series", "lectures", "announcements"]), trees_of(st.none() | texts)))
def test_no_shape_makes_the_reader_fail(tree: object) -> None:
    read_or_refused(json.dumps(tree).encode())


leaves: st.SearchStrategy[object] = st.none() | st.sampled_from(
    [
        *("1", "2", "true", "9999-12-31", "0001-01-01T00:00+14:00", "2024-07-22T13:00", "2024-07-22(火)", "a.pdf"),
        *("hybrid", "https://example.org", "https://[", "https://a:b", "text", "", "slides", "in_preparation", "full"),
    ]
)
fields: st.SearchStrategy[dict[str, object]] = st.dictionaries(
    st.sampled_from(
        [
            *("number", "status", "starts", "ends", "speaker", "title", "title_tentative", "mode", "venue", "summary"),
            *("registration", "materials", "lecture_language", "name", "url", "closes", "also_for", "label", "kind"),
        ]
    ),
    st.deferred(lambda: leaves | fields | st.lists(leaves | fields, max_size=3)),
    max_size=6,
)


@given(st.lists(fields, max_size=4), fields)
def test_no_lecture_makes_the_reader_fail(lectures: list[object], more: dict[str, object]) -> None:
    series = {"name": "S", "timezone": "Asia/Tokyo", **more}
    read_or_refused(json.dumps({"series": series, "lectures": lectures}).encode())


@given(trees_of(texts))
def test_every_scalar_arrives_as_it_was_written_and_has_a_line(tree: object) -> None:
    text = quoted(tree)
    document = composed(text)
    assert document.tree == tree
    assert {path for path, _ in scalars(document.tree)} <= lines(text).keys()
