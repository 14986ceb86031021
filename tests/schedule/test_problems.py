"""What is said of files with something wrong with them, word by word, in both languages."""

from pathlib import Path
from time import thread_time

import pytest

from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import read, read_file, written
from tests.schedule.files import HEAD, lecture, told, told_of_days, told_of_lecture

HERE = Path(__file__).parent


def cases(name: str) -> list[tuple[str, list[str]]]:
    """The texts of a file of cases, and what is said of each: first all in English, then all in Japanese."""
    found = []
    for block in (HERE / name).read_text(encoding="utf-8").rstrip("\n").split("\n\n"):
        lines = [line for line in block.split("\n") if not line.startswith("# ")]
        text = [line for line in lines if not line.startswith("= ")]
        if text:
            written = "\n".join("" if line == "·" else line for line in text)
            said = [line[2:] for line in lines if line.startswith("= ")]
            found.append((written.replace("␉", "\t").replace("␇", "\a") + "\n", said))
    return found


@pytest.mark.parametrize(("fields", "expected"), cases("lectures.txt"))
def test_what_is_wrong_with_a_lecture_is_said_in_both_languages(fields: str, expected: list[str]) -> None:
    assert told_of_lecture(fields, "en") + told_of_lecture(fields, "ja") == expected


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
@pytest.mark.parametrize(("text", "expected"), cases("files.txt"))
def test_what_is_wrong_with_a_file_is_said_in_both_languages(text: str, expected: list[str], pure: bool) -> None:
    assert told(text, "en", pure=pure) + told(text, "ja", pure=pure) == expected


def test_a_file_that_is_not_utf_8_is_told_with_its_line() -> None:
    assert told("series:\n  name: é\n".encode("latin-1")) == [
        "l.yaml:2: file: This is not UTF-8 text. Please save the file again with UTF-8 as its encoding."
    ]
    assert told("series:\n  name: é\n".encode("latin-1"), "ja") == [
        "l.yaml:2: file: 文字コードが UTF-8 ではないようです。エディタで UTF-8 を選んで保存し直してください。"
    ]


def test_a_missing_file_and_one_that_cannot_be_read_are_problems_too(tmp_path: Path) -> None:
    with pytest.raises(InvalidScheduleError) as missing:
        read_file(tmp_path / "none.yaml")
    assert [problem.name for problem in missing.value.problems] == ["file.missing"]
    with pytest.raises(InvalidScheduleError) as folder:
        read_file(tmp_path)
    assert [problem.name for problem in folder.value.problems] == ["file.unreadable"]


def test_a_weekday_gives_a_mistyped_year_away() -> None:
    assert told_of_days("2024-04-25", "2024-05-20", "2024-06-17", "2023-07-22(月) 13:00") == [
        '12: lectures[number 4].starts: In "2023-07-22(月) 13:00" the weekday is not that of the date.'
        " If the date is right, write 2023-07-22(Sat)T13:00; if the weekday is, write 2024-07-22(Mon)T13:00."
    ]


def test_a_year_that_breaks_the_order_is_told_and_the_right_weekday_confirms_it() -> None:
    assert told_of_days("2024-04-25", "2023-05-20", "2024-06-17") == [
        '8: lectures[number 2].starts: "2023-05-20" is far from the dates of the lectures before and after.'
        " Did you mean 2024-05-20(Mon)? If the date is right, confirm it with its weekday: 2023-05-20(Sat)."
    ]
    assert told_of_days("2024-04-25", "2023-05-20", "2024-06-17", language="ja") == [
        "8: lectures[number 2].starts: 「2023-05-20」は前後の回の日付から離れすぎています。"
        "2024-05-20(月) のことでしょうか。この日付で正しければ、曜日を添えて 2023-05-20(土) と書いてください。"
    ]
    assert told_of_days("2024-04-25", "2023-05-20(土)", "2024-06-17") == []


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (("2025-04-25", "2024-05-20", "2024-06-17"), 6),
        (("2024-04-25", "2024-05-20", "2025-06-17"), None),  # a year's break before the last lecture is possible
        (("2024-04-25", "2024-05-20", "2025-06-17", "2024-07-22"), 10),  # and the last one is not blamed
        (("2023-11-21", "2023-12-04", "2022-06-17"), 10),
        (("2024-04-25", "2025-01-20", "2024-06-17"), None),  # moved far: no other year would fit
        (("2024-04-25", "2024-08-20", "2024-06-17"), None),  # moved a little
        (("2024-04-25", "2023-06-17"), None),  # nobody knows which of two is wrong
    ],
)
def test_only_one_far_out_of_order_is_taken_for_mistyped(days: tuple[str, ...], line: int | None) -> None:
    assert [int(each.partition(":")[0]) for each in told_of_days(*days)] == ([line] if line else [])


def test_no_message_repeats_a_secret() -> None:
    secrets = {
        "https://us02web.zoom.us/j/81234567890?pwd=Zm9v": ("81234567890", "Zm9v"),
        "Passcode: k7Yx2": ("k7Yx2",),
        "ミーティングID: 812 3456 7890": ("812 3456 7890",),
        "https://me:hunter2@example.org/a b": ("hunter2",),
    }
    shapes = ("title: '{}'", "mode: '{}'", "registration: {{url: '{}'}}", "starts: '{}'", "'{}': x", "materials: '{}'")
    for text, hidden in secrets.items():
        for shape in shapes:
            lines = [*told_of_lecture(shape.format(text)), *told_of_lecture(shape.format(text), "ja")]
            if shape != shapes[0] or "hunter2" not in text:
                assert lines
            if shape in (shapes[2], shapes[4]) or "hunter2" not in text:
                assert not any(part in line for line in lines for part in hidden)


def test_one_reading_tells_everything() -> None:
    text = (
        HEAD.replace("Asia/Tokyo", "Tokyo") + "  - number: 1\n    title: ''\n  - number: 1\n    notes: 'PW: abc123'\n"
    )
    assert [line.split(": ")[0:2] for line in told(text)] == [
        ["l.yaml:3", "series.timezone"],
        ["l.yaml:6", "lectures[number 1].title"],
        ["l.yaml:7", "lectures[number 1].number"],
        ["l.yaml:8", "lectures[number 1].notes"],
    ]


def test_the_exception_says_where_the_first_problem_is() -> None:
    with pytest.raises(InvalidScheduleError, match=r"2 problem\(s\), first l\.yaml:2: series: missing"):
        read(b"# nothing\n{}", "l.yaml")
    assert lecture("title: x").title is not None


def test_a_file_that_no_series_needs_is_not_read() -> None:
    with pytest.raises(InvalidScheduleError) as refused:
        read(b"# again and again\n" * 300_000, "l.yaml")
    assert [(each.name, each.values) for each in refused.value.problems] == [("file.large", {"most": 5})]


@pytest.mark.parametrize(
    "entry", ["{indent}speaker_name{n}: 1\n", "{indent}venue{n}: {{room{n}: 1}}\n"], ids=["simple", "nested"]
)
def test_thousands_of_unknown_keys_are_each_told_and_soon(entry: str) -> None:
    def read_with(count: int) -> float:
        keys = "".join(entry.format(indent="    ", n=n) for n in range(count))
        start = thread_time()
        with pytest.raises(InvalidScheduleError) as refused:
            read(f"{HEAD}  - number: 1\n{keys}".encode(), "l.yaml")
        assert len(refused.value.problems) == count
        return thread_time() - start

    assert read_with(16_000) < 20 * read_with(2_000)


def test_a_link_without_its_address_has_an_example() -> None:
    text = HEAD.replace("series:\n", "series:\n  links: {book: {label: Book}}\n", 1)
    with pytest.raises(InvalidScheduleError) as refused:
        read(f"{text}  - number: 1\n".encode(), "l.yaml")
    assert "url: https://example.org/" in written(refused.value.problems[0], "en")
