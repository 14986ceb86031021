"""Every error of `/admin` gives an example of that very command, and the example works when it is typed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.context import Reply, ReplyStatus
from bot.commands.parser import parse
from bot.domain.language import LANGUAGES, Language
from tests.commands.admin.table import Table, table
from tests.commands.transcripts import texts
from tests.examples import at
from tests.processes import ROOT

_LINE = re.compile(r"(?:例：|For example: |Example: )(/admin .+)")
_SECRET = "https://us02web.zoom.us/j/123456789?pwd=abc"
_LINKS = (
    "https://a.example https://b.example",
    "http://",
    "http://[",
    "ftp://a.example/x",
    "javascript:alert(1)",
    _SECRET,
)
_DATES = (
    *(
        "zzz",
        "13:00-37:00",
        "25:00",
        "2024-02-30",
        "２０２４−０２−３０",
        "5/20 5/21",
        "5/20 13:00 EST",
        "来週",
        "5/20 foo",
    ),
    *("2020-01-01", "5/20(火)", "5/20 13:00-12:00", "2034-05-20 13:00", "5/20 1:00"),
)
_WRONG = {
    "add": ("9", *(f"13 {date}" for date in _DATES), f"13 5/21 13:00 speaker: {_SECRET}"),
    "edit": (
        *("9 zzz", "9 zzz foo", "9 notes", "9 summary", "9 abstract", "9 reason", "9 mode zzz", "9 language zzz"),
        *("9 mode", "9 language", "9 ｎｏｔｅｓ", f"9 notes {_SECRET}", f"9 abstract {_SECRET}", "9 registration zzz"),
        *("9 materials zzz", "9 venue http://", "9 title ja:", "9 speaker (東大)", "9 会場", "9 備考"),
    ),
    "move": ("9", "9 ５／２０　１３：００", *(f"9 {date}" for date in _DATES)),
    "postpone": (f"9 {_SECRET}",),
    "cancel": (f"9 {_SECRET}",),
    "restore": tuple(f"10 {date}" for date in _DATES),
    "venue": ("9", "9 room:", "9 教室：", *(f"9 {link}" for link in _LINKS)),
    "title": ("9", "9 ja:", "9 ja: en:", f"9 {_SECRET}"),
    "speaker": ("9", "9 ja:", "9 (東大)", "9 （東大）", f"9 {_SECRET}"),
    "material": (
        "9",
        "9 slides",
        "9 foo.pdf",
        "9 withdraw zzz",
        "9 取り下げ 動画",
        *(f"9 video {link}" for link in _LINKS),
    ),
    "registration": (
        *(
            "9",
            "9 zzz",
            "9 closes",
            "9 closes zzz",
            "9 closes 2020-01-01",
            "9 closes 4/24 25:00",
            "9 also 99",
            "9 also 9",
        ),
        *("9 締切 4/31 12:00", "9 https://forms.gle/abc closes 1/1 12:00", *(f"9 {link}" for link in _LINKS)),
    ),
    "announce": ("withdraw", "correct", "hello of=zzz", "x" * 3000, _SECRET, "hello to=zzz", "hello to=99"),
    "undo": (),
    "log": (),
    "pause": ("zzz", "９", "0m", "400d", "tomorrow", "until 1/2/2030", "8:00-9:00"),
    "resume": ("zzz",),
    "plan": ("zzz",),
    "todo": ("zzz",),
    "channels": ("zzz",),
    "health": ("zzz",),
    "sync": ("zzz",),
    "help": ("zzz", "第9回"),
}
_OF_A_LECTURE = (
    *("edit", "move", "postpone", "cancel", "restore", "venue", "title", "speaker", "material", "registration", "undo"),
    "log",
)
_NO_LECTURE = ("99", "９９", "第99回", "zzz", "量子もつれ", "99 foo bar")
_MISSING = ("", " ", "　")


def _wrong(verb: str) -> Iterator[str]:
    yield from _WRONG[verb]
    if verb in _OF_A_LECTURE:
        yield from _NO_LECTURE
        if verb not in ("undo", "log"):
            yield from _MISSING


async def _prepared(desk: Table) -> None:
    """Lecture 10 is postponed, so that it can be restored and something undone."""
    desk.room.clock.move_to(at("2024-04-06T12:00"))
    drafted = await desk.reply("admin postpone 10")
    assert (await desk.reply(drafted.actions[0].line)).outcome is ReplyStatus.DONE


def _examples(reply: Reply) -> list[str]:
    return [line for text in texts(reply) for line in _LINE.findall(text)]


@pytest.mark.parametrize("verb", _WRONG)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_example_of_an_error_works(verb: str, language: Language, tmp_path: Path) -> None:
    text = (ROOT / "lectures.yaml").read_text("utf-8")
    async with table(tmp_path / "lectures.yaml", text, language) as desk:
        await _prepared(desk)
        given: dict[str, str] = {}
        for wrong in _wrong(verb):
            reply = await desk.reply(f"admin {verb} {wrong}")
            assert reply.outcome is not ReplyStatus.DONE, wrong
            examples = _examples(reply)
            assert len(examples) == 1, (wrong, reply.headline, reply.note)
            given[examples[0]] = wrong
        for line, wrong in given.items():
            assert parse(line).command == f"admin {verb}", wrong
            if verb != "sync":  # the page can't be reached here
                reply = await desk.reply(line)
                assert reply.outcome is ReplyStatus.DONE, (wrong, line, reply.headline)
        assert given


@pytest.mark.parametrize(("typed", "offered"), [("mvoe 9 5/20", "admin move 9 5/20"), ("zzz", "admin")])
async def test_a_verb_that_does_not_exist_is_never_taken_for_a_question(
    typed: str, offered: str, tmp_path: Path
) -> None:
    async with table(tmp_path / "lectures.yaml", (ROOT / "lectures.yaml").read_text("utf-8")) as desk:
        reply = await desk.reply(f"admin {typed}")
        assert (reply.outcome, reply.actions[0].line) == (ReplyStatus.MISUNDERSTOOD, offered)
