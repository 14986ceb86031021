"""Whatever bytes are imported, and whatever answers a file is made of: it is valid afterwards, or as it was."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app.import_ import NotImportedError, imported
from bot.app.init import QUESTIONS, made
from bot.options import Options
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import read_file
from bot.sources.encoding import decoded
from tests.sources.test_properties import PIECES, SOURCES

HEAD = b"series: {name: Waves, timezone: Asia/Tokyo}\nlectures: []\n"
ENCODINGS = ["utf-8", "utf-16", "cp932", "euc_jp", "cp1252"]
MANY = settings(max_examples=max(25, settings().max_examples // 20))
"""Each example writes files."""


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """A source in some encoding with careless bytes in it, or bytes alone."""
    text = draw(st.sampled_from(["", *SOURCES])) + "".join(draw(st.lists(st.sampled_from(PIECES), max_size=4)))
    content = text.encode(draw(st.sampled_from(ENCODINGS)), "replace")
    place = draw(st.integers(0, len(content)))
    return content[:place] + draw(st.binary(max_size=6)) + content[place:]


@given(contents())
@MANY
def test_what_is_imported_leaves_a_valid_file_or_the_one_that_was(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        file, source = Path(folder) / "lectures.yaml", Path(folder) / "source"
        file.write_bytes(HEAD)
        source.write_bytes(content)
        options = Options("en", Path(folder), file, "2026-05-01", chosen="en")
        try:
            imported(options, str(source), Path(folder) / "no.sqlite3", takes_over=True, quietly=False)
        except NotImportedError:
            was_refused = True
        else:
            was_refused = False
        assert read_file(file).series.lectures or file.read_bytes() == HEAD
        assert not was_refused or file.read_bytes() == HEAD
        assert {each.name for each in Path(folder).iterdir()} == {"lectures.yaml", "source"}


@given(st.binary())
def test_any_bytes_are_a_text_or_none(content: bytes) -> None:
    text = decoded(content)
    assert text is None or "\0" not in text


ANSWERS = st.text(max_size=20) | st.sampled_from(
    ["none", "each", "mailto:a@b.example", "https://forms.example/1", "2030-04-18 18:00-20:00", "seminar", "ja", "EST"]
)


@given(st.dictionaries(st.sampled_from([each.key for each in QUESTIONS]), ANSWERS))
@MANY
def test_any_answers_make_a_valid_file_or_none(given_: dict[str, str]) -> None:
    known = {"name": "x", "timezone": "Asia/Tokyo", **{key: value for key, value in given_.items() if value.strip()}}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "lectures.yaml"
        options = Options("en", Path(folder), file, "2026-05-01", chosen="en")
        with suppress(InvalidScheduleError):
            made(options, known, None)
        assert not file.exists() or read_file(file).series.timezone.key
