"""The manuals for organizers quote only commands that exist, and that are shown before anything is changed."""

import re
from pathlib import Path

import pytest

from bot.commands.admin.router import VERBS
from bot.commands.parser import parse
from bot.commands.registry import ADMIN
from tests.commands.admin.table import table
from tests.dialogues.hands import filled_in
from tests.dialogues.seminar import SPRING
from tests.processes import ROOT

MANUALS = ("organizing.md", "organizing.ja.md")


def lines(manual: str) -> list[tuple[str, str]]:
    """Each as what stands in a block or within a sentence, the other one empty."""
    text = (ROOT / "docs" / manual).read_text(encoding="utf-8")
    return re.findall(r"^(/\S.*)$|`(/admin \S[^`]*)`", text, re.MULTILINE)


def in_turn(manual: str) -> list[str]:
    return [block for block, _ in lines(manual) if block]


@pytest.mark.parametrize("line", sorted({block or inline for each in MANUALS for block, inline in lines(each)}))
def test_every_command_of_the_manual_is_a_verb_that_people_type(line: str) -> None:
    typed = parse(line)
    assert typed.command.removeprefix(f"{ADMIN} ") in VERBS
    assert not typed.spec.pressed
    name, options = filled_in(line)
    labels = {each.name: each.label for each in typed.spec.parameters}
    assert (
        parse(" ".join([name, *(labels[each] + value for each, value in options.items())])).argument == typed.argument
    )


@pytest.mark.parametrize("manual", MANUALS)
async def test_typed_from_top_to_bottom_each_does_what_the_manual_says(tmp_path: Path, manual: str) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING) as at:
        changed_nothing = []
        for line in in_turn(manual):
            reply = await at.reply(line)
            sure = [action.line for action in reply.actions if action.line.startswith("admin confirm")]
            if not sure:
                changed_nothing.append(line)
                continue
            done = (await at.reply(sure[0])).headline
            assert done == "Changed." or (line.startswith("/admin announce") and done.startswith("It is being "))
        verbs = [line.split()[1] for line in changed_nothing]
        assert verbs == ["log", "pause", "pause", "pause", "resume", "edit"]
        assert changed_nothing[-1] == in_turn(manual)[-1]
        assert "zoom" not in at.room.text


def test_both_manuals_tell_of_the_same_commands_in_the_same_order() -> None:
    english, japanese = ([parse(line).command for line in in_turn(manual)] for manual in MANUALS)
    assert english == japanese
