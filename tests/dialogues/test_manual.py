"""The manual for organizers quotes only commands that exist, and that are shown before anything is changed."""

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

MANUAL = ROOT / "docs" / "organizing.md"
LINES = re.findall(r"^(/\S.*)$|`(/admin \S[^`]*)`", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
QUOTED = [block or inline for block, inline in LINES]
IN_TURN = [block for block, _ in LINES if block]
PAUSES = ["/admin pause 2h", "/admin pause until 18:00", "/admin resume"]


@pytest.mark.parametrize("line", QUOTED)
def test_every_command_of_the_manual_is_a_verb_that_people_type(line: str) -> None:
    typed = parse(line)
    assert typed.command.removeprefix(f"{ADMIN} ") in VERBS
    assert not typed.spec.pressed
    name, options = filled_in(line)
    labels = {each.name: each.label for each in typed.spec.parameters}
    assert (
        parse(" ".join([name, *(labels[each] + value for each, value in options.items())])).argument == typed.argument
    )


async def test_typed_from_top_to_bottom_each_does_what_the_manual_says(tmp_path: Path) -> None:
    async with table(tmp_path / "lectures.yaml", SPRING) as at:
        changed_nothing = []
        for line in IN_TURN:
            reply = await at.reply(line)
            sure = [action.line for action in reply.actions if action.line.startswith("admin confirm")]
            if not sure:
                changed_nothing.append(line)
                continue
            assert (await at.reply(sure[0])).headline == "Changed."
        assert changed_nothing == ["/admin log 9", *PAUSES, IN_TURN[-1]]
        assert "zoom" not in at.room.text
