"""`lecturebot init`: a file of one's own, from options or from what is typed, and never in the place of another."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.processes import ROOT, STARTS_WITHIN, environment, lecturebot

SEMINAR = ("--name", "Seminar: Strömungen", "--timezone", "Europe/Berlin")
NEXT = ("--starts", "2030-04-18 18:00-20:00", "--speaker", "Jane Doe (MIT)", "--title", "Vortices")
NOW = "2030-04-08"


def typed(*lines: str, folder: Path, lang: str) -> tuple[str, str]:
    """What stands on the terminal, and on stdout, when these lines are typed one after the other."""
    ours, theirs = pty.openpty()
    os.write(ours, "".join(f"{line}\n" for line in lines).encode())
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--lang", lang, "--now", NOW, "init"],
        cwd=folder,
        env=environment({"TZ": "Europe/Berlin"}),
        stdin=theirs,
        stderr=theirs,
        stdout=subprocess.PIPE,
        timeout=STARTS_WITHIN,
        check=True,
    )
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # once nothing more comes
        while more := os.read(ours, 4096):
            shown += more
    os.close(ours)
    return shown.decode().replace("\r", ""), done.stdout.decode()


def test_a_file_is_made_from_options_and_the_posts_of_its_lecture_are_shown(tmp_path: Path) -> None:
    done = lecturebot("--now", NOW, "--lang", "en", "init", *SEMINAR, "--language", "de", *NEXT, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert (tmp_path / "lectures.yaml").read_text(encoding="utf-8") == (
        'series:\n  name: "Seminar: Strömungen"\n  timezone: Europe/Berlin\n  language: de\n'
        "lectures:\n  - number: 1\n    starts: 2030-04-18 18:00-20:00\n"
        "    speaker: Jane Doe (MIT)\n    title: Vortices\n"
    )
    lines = done.out.splitlines()
    assert lines[:2] == ["lectures.yaml was made.", "The next posts would be:"]
    assert [line.split("  ")[1] for line in lines if "(channel)" in line] == ["week_before", "morning", "starting"]
    assert lines[-1].startswith("Next: lecturebot chat ")
    assert lecturebot("check", cwd=tmp_path).code == 0


def test_it_is_told_in_japanese_too(tmp_path: Path) -> None:
    arguments = ("--lectures", "s/b.yaml", "--lang", "ja", "init", "--name", "量子", "--timezone", "Asia/Tokyo")
    done = lecturebot(*arguments, cwd=tmp_path)
    text = (tmp_path / "s" / "b.yaml").read_text(encoding="utf-8")
    assert text == "series:\n  name: 量子\n  timezone: Asia/Tokyo\nlectures: []\n"
    assert done.out.splitlines()[0] == "s/b.yaml を作りました。"
    assert "lecturebot --lectures s/b.yaml run" in done.out
    assert lecturebot(*arguments, cwd=tmp_path).err.startswith("s/b.yaml はすでにある")


@pytest.mark.parametrize(
    ("registration", "line"),
    [
        ("none", "registration: none"),
        ("each", "registration: {closes: start}"),
        ("https://forms.example/all", "registration: https://forms.example/all"),
    ],
)
def test_registration_is_of_a_kind(registration: str, line: str, tmp_path: Path) -> None:
    done = lecturebot("init", *SEMINAR, "--registration", registration, cwd=tmp_path)
    assert done.code == 0
    assert f"  {line}\n" in (tmp_path / "lectures.yaml").read_text(encoding="utf-8")


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "lectures.yaml").write_text("mine", encoding="utf-8")
    done = lecturebot("--lang", "en", "init", *SEMINAR, cwd=tmp_path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("lectures.yaml is there already and stays as it is.")
    assert (tmp_path / "lectures.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "Please add: --name --timezone."),
        (("--name", "x"), 2, "Please add: --timezone."),
        (("--name", "x", "--timezone", "EST"), 1, "lectures.yaml:3: series.timezone:"),
        ((*SEMINAR, "--starts", "soon"), 1, "starts:"),
        ((*SEMINAR, "nowhere.csv"), 1, "nowhere.csv"),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_nothing_is_made(
    arguments: tuple[str, ...], code: int, said: str, tmp_path: Path
) -> None:
    done = lecturebot("--lang", "en", "init", *arguments, cwd=tmp_path)
    assert (done.code, done.out, said in done.err) == (code, "", True)
    assert [*tmp_path.iterdir()] == []


def test_the_lectures_of_a_source_are_taken_in(tmp_path: Path) -> None:
    table = "Date,Presenter,Title\n2030-04-18,Jane Doe,Vortices\n2030-05-16,John Roe,Waves\n"
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    done = lecturebot("--now", NOW, "--lang", "en", "init", *SEMINAR, "table.csv", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert str(tmp_path.parent) not in done.out
    text = (tmp_path / "lectures.yaml").read_text(encoding="utf-8")
    assert [title in text for title in ("Vortices", "Waves", "John Roe")] == [True] * 3
    assert done.out.count("(channel)") == 4


def test_beside_the_example_it_has_a_folder_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "lectures.yaml").symlink_to(ROOT / "lectures.yaml")
    assert lecturebot("--lang", "en", "init", *SEMINAR, *NEXT, cwd=tmp_path).out.startswith("schedule/lectures.yaml")
    assert lecturebot("--lang", "en", "check", cwd=tmp_path).out.startswith("schedule/lectures.yaml: no problems (1 ")
    assert lecturebot("init", *SEMINAR, cwd=tmp_path).code == 1


def test_in_a_terminal_it_asks_until_each_answer_fits(tmp_path: Path) -> None:
    lines = (
        "",
        "Flows",
        "EST",
        "Europe/Vienna",
        "de",
        "seminary",
        "seminar",
        "",
        "tomorrow",
        "2030-04-18 18:00",
        "Jane Doe",
        "",
        "Hall",
    )
    shown, told = typed(*lines, folder=tmp_path, lang="en")
    assert (tmp_path / "lectures.yaml").read_text(encoding="utf-8") == (
        "series:\n  name: Flows\n  timezone: Europe/Vienna\n  language: de\n  called: seminar\n  registration: none\n"
        "lectures:\n  - number: 1\n    starts: 2030-04-18 18:00\n    speaker: Jane Doe\n    venue: Hall\n"
    )
    assert shown.count("Name of the series") == 2
    assert "Time zone, such as Europe/Berlin [Europe/Berlin]" in shown
    assert '"EST" is no time zone' in shown
    assert told.splitlines()[0] == "lectures.yaml was made."


def test_in_a_terminal_it_asks_in_japanese_too(tmp_path: Path) -> None:
    shown, told = typed("流れ", "", "", "", "", "", folder=tmp_path, lang="ja")
    text = (tmp_path / "lectures.yaml").read_text(encoding="utf-8")
    assert text == "series:\n  name: 流れ\n  timezone: Europe/Berlin\n  registration: none\nlectures: []\n"
    assert "連続講義の名前" in shown
    assert told.splitlines()[0] == "lectures.yaml を作りました。"
