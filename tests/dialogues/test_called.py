"""Series whose items are no lectures, or have no numbers: each is called as its people call it, wherever it is."""

import re
from pathlib import Path
from typing import Final

import pytest

from bot.app.ask import answer
from bot.commands.parser import Role
from bot.domain.language import Language
from bot.options import Options
from bot.platforms.terminal.rendering import Layout, rendered
from bot.platforms.terminal.screen import PLAIN_WIDTH
from tests.processes import lecturebot

_HEAD: Final = (
    "series:\n  name: {{ja: 星の会, en: Stars}}\n  timezone: Asia/Tokyo\n  called: {called}\n  registration: {{}}\n"
)

_LECTURES: Final = """\
lectures:
  - {first}
    starts: 2026-06-01T13:00
    ends: 2026-06-01T15:00
    speaker: {{name: {{ja: 甘木 俊, en: Shun Amagi}}}}
    title: {{ja: 彗星, en: Comets}}
    venue: {{name: {{ja: 東館, en: East Hall}}}}
    registration: {{url: "https://forms.example/1"}}
  - {second}
    starts: 2026-06-08T13:00
    ends: 2026-06-08T15:00
    speaker: {{name: {{ja: 月野 花, en: Hana Tsukino}}}}
    venue: {{name: {{ja: 東館, en: East Hall}}}}
"""

_NUMBERED: Final = ("number: 1", "number: 2")
_BY_ID: Final = ("id: 2026-06-01", "id: 2026-06-08")
_OWN: Final = '{en: {one: evening, many: evenings}, ja: {one: 集い, numbered: "第{n}集"}}'

_ANOTHER_NAME: Final = re.compile(r"(?<![/.])\blectures?\b(?!\.)|講義|第?2026-06-0\d回|\bNone\b", re.IGNORECASE)
"""What nobody calls it; commands and the file have their names."""

SERIES: Final = {
    "reading group": ("reading_group", _NUMBERED),
    "seminar without numbers": ("seminar", _BY_ID),
    "own words": (_OWN, _NUMBERED),
}


def _file(folder: Path, called: str, names: tuple[str, str]) -> Path:
    file = folder / "lectures.yaml"
    text = _HEAD.format(called=called) + _LECTURES.format(first=names[0], second=names[1])
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(params=SERIES)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return _file(tmp_path, *SERIES[request.param])


def asked(file: Path, line: str, language: Language, role: Role = Role.MEMBER, *, confirmed: bool = False) -> str:
    """The answer to a line, four days before the first, as `lecturebot ask` prints it."""
    options = Options(language, file.parent / "data", file, "2026-05-28T10:00")
    lines = rendered(answer(options, line, role, confirmed=confirmed), Layout(language, PLAIN_WIDTH))
    return "".join(f"{each.plain}\n" for each in lines)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_answers_call_it_so(file: Path, language: Language) -> None:
    lines = (
        "/next",
        "/lectures",
        "/lectures past",
        "/lecture comets",
        "/lecture 月野",
        "/register",
        "/materials",
        "/howto",
    )
    for line in (*lines, "/lecture zzz", "/find zzz", "/calendar", "/about", "/next 2", "/notify"):
        told = asked(file, line, language)
        assert told
        assert _ANOTHER_NAME.search(told) is None, (line, told)
    for line in ("/admin todo", "/admin title 彗星 彗星入門", "/admin postpone comets", "/admin edit comets nonsense"):
        told = asked(file, line, language, Role.ORGANIZER)
        assert _ANOTHER_NAME.search(told) is None, (line, told)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_posts_of_a_season_call_it_so(file: Path, language: str) -> None:
    place = ("--lectures", str(file), "--lang", language)
    done = lecturebot(*place, "rehearse", "--from", "2026-05-20", "--to", "2026-06-20", "--format", "text")
    assert "week_before" in done.out
    assert _ANOTHER_NAME.search(done.out) is None, done.out


@pytest.mark.parametrize("form", ["mail", "ics", "md"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_exports_call_it_so(file: Path, language: str, form: str) -> None:
    done = lecturebot("--lectures", str(file), "--lang", language, "--now", "2026-05-28T10:00", "export", form)
    assert done.code == 0, done.err
    told = re.sub(r"(?m)^(?:UID|PRODID).*$", "", done.out)
    assert _ANOTHER_NAME.search(told) is None, told


def test_it_is_named_by_title_or_else_by_day_and_speaker(tmp_path: Path) -> None:
    file = _file(tmp_path, "seminar", _BY_ID)
    assert asked(file, "/next", "en").startswith("Mon, 1 June: “Comets” (Shun Amagi)\n\n  Comets\n")
    assert asked(file, "/next", "ja").startswith("次回：6/1(月)、「彗星」（甘木 俊）\n\n  彗星\n")
    assert "The seminar on Mon, 8 June (Hana Tsukino)" in asked(file, "/lectures", "en")
    assert "6/8(月)のセミナー（月野 花）" in asked(file, "/lectures", "ja")


def test_own_words_fill_the_sentences(tmp_path: Path) -> None:
    file = _file(tmp_path, _OWN, _NUMBERED)
    assert asked(file, "/lectures", "en").startswith(
        "There are 2 evenings ahead.\n\nEvenings ahead\n  Evening 1: Comets"
    )
    assert asked(file, "/next", "ja").startswith("次回：6/1(月)、第1集（甘木 俊）\n\n  第1集　彗星\n")
    assert "Add an evening" in asked(file, "/help admin add", "en", Role.ORGANIZER)


def test_a_new_one_without_a_number_is_identified_by_its_day(tmp_path: Path) -> None:
    file = _file(tmp_path, "seminar", _BY_ID)
    before = file.read_text(encoding="utf-8")
    told = asked(file, "/admin add 6/22 13:00-15:00 speaker: Rin Sora", "en", Role.ORGANIZER, confirmed=True)
    assert told.startswith("Changed.")
    added = file.read_text(encoding="utf-8").removeprefix(before)
    assert added.startswith("  - id: 2026-06-22\n    starts: 2026-06-22T13:00\n")
    wrong = asked(file, "/admin add someday", "en", Role.ORGANIZER)
    assert "/admin add " in wrong
