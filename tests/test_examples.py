"""The invented series in `examples/`: all that the bot says of each, in both languages, without a word that doesn't
apply to it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from bot.app.export import FORMS, NothingToExportError, exported
from bot.app.rehearse import rehearse
from bot.domain.expectations import Expected
from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Lecture, Status
from bot.domain.series import Series
from bot.options import Options
from bot.platforms.terminal.rendering import plain_text
from bot.schedule.reader import read_file, with_holidays
from tests.commands.transcripts import reply_to
from tests.processes import ROOT

EXAMPLES = {path.stem: path for path in sorted((ROOT / "examples").glob("*.yaml"))}
EVERY = pytest.mark.parametrize("name", EXAMPLES)
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)

_QUESTIONS = (
    *("next", "next 3", "lectures", "lectures all", "lectures past", "materials", "materials video", "find a", "howto"),
    *("register", "about", "help", "help lecture", "help notify", "help find", "calendar", "lecture 99", "nonsense"),
)
_OF_EACH = ("lecture", "materials", "register", "calendar")


@dataclass(frozen=True)
class Said:
    """Something that the bot says, and what it was asked or why it says it."""

    about: str
    text: str


@cache
def series(name: str) -> Series:
    """The series of that example."""
    return with_holidays(read_file(EXAMPLES[name]))


def moments(name: str) -> list[datetime]:
    """Before the season, five days before the second lecture, while that is under way, and after the last."""
    known = series(name)
    days = [datetime.combine(each.day, time(10), known.timezone) for each in known.lectures if each.day]
    second = known.lectures[1].starts
    assert second is not None
    before = days[0] - timedelta(days=30)
    return [before, days[1] - timedelta(days=5), second + timedelta(minutes=5), days[-1] + timedelta(days=5)]


@cache
def answers(name: str, language: Language) -> tuple[Said, ...]:
    """What members are answered in the course of the season."""
    known = series(name)
    lines = [*_QUESTIONS, *(f"{command} {each.id}" for command in _OF_EACH for each in known.lectures)]
    return tuple(
        Said(f"/{line}", plain_text(reply_to(line, known, now, language), language))
        for now in moments(name)
        for line in lines
    )


@cache
def posts(name: str, language: Language) -> tuple[Said, ...]:
    """What is posted and edited in the season, by the announcer itself."""
    begin, *_, end = (each.isoformat() for each in moments(name))
    printed = io.StringIO()
    rehearse(_options(name, language), begin, end, (), stream=printed)
    told = [json.loads(line) for line in printed.getvalue().splitlines()]
    return tuple(Said(f"{each['action']} {each['kind']}", each["text"]) for each in told)


@cache
def exports(name: str, language: Language) -> tuple[Said, ...]:
    """The page, the calendar and the mails; not the data, which are those of the file."""
    made = []
    for now in moments(name):
        options = _options(name, language, now.isoformat())
        for form in FORMS:
            try:
                text = exported(options, form, None).decode().replace("\r\n ", "")
                text = _cells(text) if form == "csv" else text
            except NothingToExportError as nothing:
                text = nothing.sentence(language)
            made.append(Said(f"export {form}", text))
    return tuple(made)


def _cells(table: str) -> str:
    """The cells that are not empty, each behind its heading."""
    headings, *rows = csv.reader(io.StringIO(table))
    return "\n".join(f"{name}: {cell}" for row in rows for name, cell in zip(headings, row, strict=True) if cell)


def _options(name: str, language: Language, now: str | None = None) -> Options:
    return Options(language, Path("nowhere"), EXAMPLES[name], now, chosen=language)


def everything(name: str, language: Language) -> Iterator[Said]:
    """All of it but the data, whose keys are English words."""
    yield from answers(name, language)
    yield from posts(name, language)
    yield from (each for each in exports(name, language) if each.about != "export json")


REGISTRATION = re.compile(
    r"regist|(?<!contact )\bforms?\b|deadline|sign.?up|登録|締切|締め切|申込|(?<!お問い合わせ)フォーム", re.IGNORECASE
)
LECTURE = re.compile(r"(?<![-/\w])lectures?\b(?![-.]\w)|講義", re.IGNORECASE)
UNDECIDED = {
    Expected.TITLE: re.compile(r"(?i:title to be announced)|題目未定|Title: to be|題目: 未定"),
    Expected.SPEAKER: re.compile(r"(?i:speaker to be announced)|講師未定|Speaker: (?:TBA|to be)|講師: (?:TBA|未定)"),
    Expected.VENUE: re.compile(r"(?i:venue to be announced)|会場未定|Venue: (?:TBA|to be)|(?:場所|会場): (?:TBA|未定)"),
    Expected.ROOM: re.compile(r"(?i:room to be announced)|教室は?未定"),
    Expected.ABSTRACT: re.compile(r"(?i:abstract): (?:TBA|to be announced)|概要: (?:TBA|未定)"),
}
_WORDS = UNDECIDED.values()
NONSENSE = re.compile(r"\bNone\b|\bnull\b|\{\w+\}|(?<!/)\b[Ll]ecture (?:20\d\d|\d\d-\d\d)|\b0 already")
ARTICLE = re.compile(r"\b[Aa] [aeio]\w|\b[Aa]n [^aeiou\W]|\b([Tt]he|[Aa]n?) (?:the|a|an)\b|,,|\.\.(?!\.)|, is closed\)")
BEGINNING = re.compile(r"^ *[a-z][a-z']+ (?!– )|[.!?] [a-z]", re.MULTILINE)


def found(pattern: re.Pattern[str], said: Said) -> str | None:
    """What doesn't belong into what is said, with what was asked and what stands around it."""
    at = pattern.search(said.text)
    return f"{said.about}: …{said.text[max(0, at.start() - 60) : at.end() + 60]}…" if at else None


def all_found(pattern: re.Pattern[str], said: Iterator[Said]) -> list[str]:
    """The same of several, each once."""
    return sorted({each for each in (found(pattern, one) for one in said) if each})


def test_there_are_eight_and_each_is_explained() -> None:
    paper = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert len(EXAMPLES) == 8
    assert [name for name in EXAMPLES if f"({name}.yaml)" not in paper] == []


@EVERY
@IN_BOTH
def test_nothing_is_said_of_registration_where_nobody_registers(name: str, language: Language) -> None:
    """But to those who ask for it."""
    if series(name).has_registration:
        return
    said = (each for each in everything(name, language) if not each.about.startswith("/register"))
    assert all_found(REGISTRATION, said) == []


@EVERY
@IN_BOTH
def test_it_is_called_as_its_people_call_it(name: str, language: Language) -> None:
    assert series(name).called.en.one != "lecture"
    said = (each for each in everything(name, language) if each.about != "export ics")
    assert all_found(LECTURE, said) == []


@EVERY
@IN_BOTH
def test_nothing_is_to_be_announced_that_nobody_expects(name: str, language: Language) -> None:
    known = series(name)
    for what, words in UNDECIDED.items():
        if what not in known.expects:
            assert all_found(words, everything(name, language)) == []


@EVERY
@IN_BOTH
def test_nothing_is_nonsense(name: str, language: Language) -> None:
    assert all_found(NONSENSE, everything(name, language)) == []


@EVERY
def test_english_has_its_articles_and_capitals(name: str) -> None:
    assert all_found(ARTICLE, everything(name, "en")) == []
    said = (*answers(name, "en"), *posts(name, "en"))
    assert all_found(BEGINNING, iter(said)) == []


@EVERY
@IN_BOTH
def test_where_one_joins_is_told_as_that_and_until_it_is_over(name: str, language: Language) -> None:
    known = series(name)
    address = known.join or next((each.join for each in known.lectures if each.join), None)
    said = list(everything(name, language))
    if address is None:
        assert not any("Join online" in each.text or "オンラインで参加" in each.text for each in said)
        return
    for each in said:
        for line, before in _lines_with(address, each.text):
            assert re.search(r"[Jj]oin|オンライン|参加リンク|Online|LOCATION|CONFERENCE", f"{before}\n{line}"), each
    for kind in ("morning", "starting"):
        assert [each.about for each in said if each.about == f"post {kind}" and address not in each.text] == (
            [f"post {kind}"]
            * len(
                [1 for each in known.lectures if each.day and not known.join_address(each) and each.status == "planned"]
            )
        )


def _begins_without_joining(lecture: Lecture, known: Series) -> bool:
    return lecture.status is Status.PLANNED and lecture.starts is not None and not known.join_address(lecture)


def _lines_with(address: str, text: str) -> Iterator[tuple[str, str]]:
    lines = ["", *text.splitlines()]
    return ((line, before) for before, line in pairwise(lines) if address in line)


@EVERY
def test_every_export_can_be_read(name: str) -> None:
    for language in LANGUAGES:
        told = exports(name, language)
        assert len(told) == len(FORMS) * len(moments(name))
        data = [json.loads(each.text) for each in told if each.about == "export json"]
        assert [len(each["lectures"]) for each in data] == [len(series(name).lectures)] * len(data)


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        (REGISTRATION, "Please register by noon."),
        (REGISTRATION, "参加登録は正午まで。"),
        (LECTURE, "There are 3 lectures ahead."),
        (LECTURE, "次回の講義"),
        (NONSENSE, "Lecture 202607 is over."),
        (NONSENSE, "None"),
        (ARTICLE, "This is a evening."),
        (ARTICLE, "the the meetup"),
        (BEGINNING, "  speaker to be announced"),
        (BEGINNING, "Register today. day 2"),
        *(
            (words, "Title: to be announced, Speaker: TBA, Venue: TBA, room to be announced, Abstract: TBA")
            for words in _WORDS
        ),
    ],
)
def test_a_wrong_word_would_be_found(pattern: re.Pattern[str], wrong: str) -> None:
    assert found(pattern, Said("", wrong))
