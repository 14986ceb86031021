"""Whatever an answer gives as an example works when it is typed."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.commands.context import Reply, ReplyStatus
from bot.commands.parser import parse
from bot.commands.registry import BY_NAME, COMMANDS
from bot.domain.language import LANGUAGES, Language
from bot.domain.series import Series
from tests.commands.acting import MODERATOR, counter
from tests.commands.admin.table import table
from tests.commands.member_lines import SHIPPED
from tests.commands.transcripts import reply_to, texts
from tests.examples import BEFORE_THREE, EXAMPLE, at
from tests.processes import ROOT

_INTRODUCED = re.compile(r"(?:例：|変更するには：|For example: |Examples: |To change it: )(/.+)")
_MENTIONED = re.compile(r"(?<![\w/：])/([a-z]+)")
_MOMENTS = [
    (EXAMPLE, BEFORE_THREE),
    (EXAMPLE, at("2030-12-01T12:00")),
    (SHIPPED, at("2024-04-06T12:00")),
    (SHIPPED, at("2024-08-01T12:00")),
]
_READING = [spec.name for spec in COMMANDS if not spec.acts and not spec.terminal_only]
_WRONG = ["zzz", "量子もつれ", "99", "第99回", "2019", "明日", "/", "7 8", "abc def ghi", "！"]


def _examples(reply: Reply) -> Iterator[str]:
    """The lines that a reply gives as examples."""
    for text in texts(reply):
        for introduced in _INTRODUCED.findall(text):
            yield from re.split(r"、|, (?=/)", introduced)


@pytest.mark.parametrize(("series", "now"), _MOMENTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_in_an_answer_to_members_works(series: Series, now: datetime, language: Language) -> None:
    given: dict[str, str] = {}
    for line in [*(f"{name} {wrong}" for name in _READING for wrong in ("", *_WRONG)), *_WRONG, "nxt", "/zzz", "help"]:
        reply = reply_to(line, series, now, language)
        given |= dict.fromkeys(_examples(reply), line)
        for mentioned in (name for text in texts(reply) for name in _MENTIONED.findall(text)):
            assert mentioned in BY_NAME, line
    for line, asked in given.items():
        if not parse(line).spec.acts:
            assert reply_to(line, series, now, language).outcome is ReplyStatus.DONE, asked
    assert {parse(line).command for line in given} >= {"lecture", "materials", "lectures", "find", "register", "help"}


@pytest.mark.parametrize("name", _READING)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_of_a_command_gives_an_example_of_that_command(name: str, language: Language) -> None:
    for wrong in ("zzz", "第99回"):
        reply = reply_to(f"{name} {wrong}", SHIPPED, at("2024-04-06T12:00"), language)
        if reply.outcome is not ReplyStatus.DONE:
            assert {parse(line).command for line in _examples(reply)} == {name}


@pytest.mark.parametrize(("series", "now"), _MOMENTS)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_example_of_a_command_that_acts_works(series: Series, now: datetime, language: Language) -> None:
    async with counter(series, now, language) as desk:
        for line in ("notify", "notify zzz zzz", "notify 99 on", "follow zzz", "follow all zzz"):
            given = [*_examples(await desk.reply(line, MODERATOR))]
            assert given, line
            for each in given:
                reply = await desk.reply(each, MODERATOR)
                assert reply.outcome in (ReplyStatus.DONE, ReplyStatus.REFUSED), each
                assert reply.outcome is ReplyStatus.DONE or "reminded" in reply.headline or reply.note, each


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_example_to_organizers_works(language: Language, tmp_path: Path) -> None:
    text = (ROOT / "lectures.yaml").read_text("utf-8")
    async with table(tmp_path / "lectures.yaml", text, language) as desk:
        desk.room.clock.move_to(at("2024-04-06T12:00"))
        for spec in (each for each in COMMANDS if each.group and "lecture" in {one.name for one in each.parameters}):
            reply = await desk.reply(f"{spec.name} zzz")
            (line,) = _examples(reply)
            assert parse(line).command == spec.name
            outcome = (await desk.reply(line)).outcome
            nothing_to_undo = spec.name == "admin undo" and outcome is ReplyStatus.NOT_FOUND
            assert nothing_to_undo or outcome in (ReplyStatus.DONE, ReplyStatus.REFUSED), line


@pytest.mark.parametrize("language", LANGUAGES)
async def test_help_on_each_verb_has_an_example_that_works(language: Language, tmp_path: Path) -> None:
    text = (ROOT / "lectures.yaml").read_text("utf-8")
    async with table(tmp_path / "lectures.yaml", text, language) as desk:
        desk.room.clock.move_to(at("2024-04-06T12:00"))
        for spec in (each for each in COMMANDS if each.group and not each.pressed and each.name != "admin sync"):
            line, *_ = _examples(await desk.reply(f"admin help {spec.name.partition(' ')[2]}"))
            assert parse(line).command == spec.name
            outcome = (await desk.reply(line)).outcome
            nothing = spec.name == "admin undo" and outcome is ReplyStatus.NOT_FOUND
            assert nothing or outcome in (ReplyStatus.DONE, ReplyStatus.REFUSED), line
