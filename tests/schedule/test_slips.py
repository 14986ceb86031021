"""Slips in the file are named by what they are, with their line and the line as it would be right."""

import pytest

from bot.domain.language import LANGUAGES, Language
from bot.schedule.problems import InvalidScheduleError, Problem
from bot.schedule.reader import read, sentence

HEAD = "series: {name: 月の講義, timezone: Asia/Tokyo}\nlectures:\n  - number: 1\n"


def problem(text: str | bytes) -> Problem:
    """The one thing that is wrong with the file."""
    with pytest.raises(InvalidScheduleError) as refused:
        read(text if isinstance(text, bytes) else text.encode(), "l.yaml")
    (found,) = refused.value.problems
    return found


@pytest.mark.parametrize(
    ("line", "name", "example"),
    [
        ("\u3000\u3000  title: 月", "wide_space", "title: 月"),
        ("\u00a0\u00a0\u00a0 title: 月", "no_break_space", "title: 月"),
        ("    title:\u3000月", "wide_space", "title: 月"),
        ("    title:\u00a0月", "no_break_space", "title: 月"),
        ("    title：月", "wide_colon", "title: 月"),
        ("    title： 月", "wide_colon", "title: 月"),
        ('    title: "月：入門”', "wide_quote", 'title: "月：入門"'),
        ("  － number: 2", "wide_dash", "- number: 2"),
        ("    venue: {name: 西館、room: 201}", "wide_sign", "venue: {name: 西館, room: 201}"),
        ("    venue: ｛name: 西館｝", "wide_sign", "venue: {name: 西館}"),
        ("    title: [招待講演] 月", "brackets", 'title: "[招待講演] 月"'),
        ("    title: [招待講演]", "brackets", 'title: "[招待講演]"'),
        ("    title: {招待} 月", "brackets", 'title: "{招待} 月"'),
        ("    venue: 西館 #201", "hash", 'venue: "西館 #201"'),
        ("    title: #1 月", "hash", 'title: "#1 月"'),
        ("  -\u3000number: 2", "wide_space", "- number: 2"),
        ("    title: “月: 入門”", "wide_quote", 'title: "月: 入門"'),
        ("    title: {ja: “月, 星”, en: Moon}", "wide_quote", 'title: {ja: "月, 星", en: Moon}'),
    ],
)
def test_a_slip_is_named_with_the_line_as_it_would_be_right(line: str, name: str, example: str) -> None:
    found = problem(f"{HEAD}{line}\n")
    assert (found.line, found.name, found.values["example"]) == (4, f"yaml.{name}", example)
    fitting = f"  {example}" if example.startswith("-") else f"    {example}"
    assert len(read(f"{HEAD}{fitting}\n".encode(), "l.yaml").series.lectures) in (1, 2)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("cp932", "Shift_JIS (CP932)"), ("euc_jp", "EUC-JP"), ("utf-16", "UTF-16"), ("iso2022_jp", "ISO-2022-JP")],
)
def test_another_encoding_is_named(encoding: str, said: str) -> None:
    found = problem(f"{HEAD}    title: 月の裏側を見る\n".encode(encoding))
    assert (found.name, found.values["encoding"]) == ("file.encoded", said)


def test_utf_16_is_known_without_its_mark() -> None:
    assert problem(f"{HEAD}    title: Moon\n".encode("utf-16-be")).values["encoding"] == "UTF-16"


@pytest.mark.parametrize("end", ['title: "Moo', "title: {ja: 月, en", "tit"])
def test_a_file_that_ends_in_the_middle_is_named_so(end: str) -> None:
    found = problem(f"{HEAD}    {end}")
    assert (found.line, found.name) == (4, "file.cut")
    assert problem(f"{HEAD}    {end}\n").name != "file.cut"


def test_marks_of_a_merge_are_named_with_the_first_line() -> None:
    text = f"{HEAD}<<<<<<< HEAD\n    title: 月\n=======\n    title: 星\n>>>>>>> other\n"
    found = problem(text)
    assert (found.line, found.field, found.name) == (4, "file", "file.conflict")


def test_a_line_separator_is_named_where_it_stands() -> None:
    found = problem(f"{HEAD}    title: 月\u2028入門\n")
    assert (found.line, found.name) == (4, "yaml.line_separator")


@pytest.mark.parametrize(
    "line",
    [
        "    title: 月 # final",
        "    title: 月 ＃1",
        "    title: “月：入門”",
        '    title: "西館 #201"',
        "    notes: |\n      venue: Hall #201\n      [1] bring: #2 pencils",
        "    title: C#1",
    ],
)
def test_what_is_meant_so_is_no_slip(line: str) -> None:
    assert read(f"{HEAD}{line}\n".encode(), "l.yaml").series.lectures


def test_a_secret_in_the_line_is_not_repeated() -> None:
    found = problem(f"{HEAD}    notes： https://us02web.zoom.us/j/86543210987\n")
    assert "zoom" not in str(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_told_in_both_languages(language: Language) -> None:
    found = problem(f"{HEAD}    title： 月\n")
    assert sentence(found, language).endswith("title: 月")
