"""What members type, and whether the answer holds what they look for: `python -m tests.commands.member_lines`."""

import asyncio
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.commands.context import Reply, ReplyStatus
from bot.commands.parser import Request, acts
from bot.commands.sentences import is_thanks
from bot.domain.language import Language, language_of
from bot.domain.message import Card, Listing, Section
from bot.schedule.reader import read_file
from tests.commands.acting import counter
from tests.commands.transcripts import router
from tests.examples import at
from tests.processes import ROOT

SHIPPED = read_file(ROOT / "lectures.yaml").series
WORKED_WITH = Path(__file__).with_suffix(".txt")
HELD_OUT = Path(__file__).with_name("held_out_lines.txt")
_NUMBER = re.compile(r"第(\d+)回|[Ll]ecture (\d+)")
_WILL_DO = {"none": {"none", "contact"}, "lost": {"lost", "none", "contact"}}
"""Answers that come to the same: that there is nothing of the kind may be said together with where to ask."""


@dataclass(frozen=True)
class MemberLine:
    """A line, the moment and the language in which it is typed, and what is wanted, as the file says."""

    text: str
    now: datetime
    language: Language
    wanted: str

    @property
    def got(self) -> str:
        """What the answer holds, in the same words."""
        if is_thanks(self.text):
            return "quiet"
        if acts(self.text):
            return asyncio.run(self._changed())
        return told(router(SHIPPED, self.now).answer(Request(self.text, self.language)))

    async def _changed(self) -> str:
        async with counter(SHIPPED, self.now, self.language) as desk:
            reply = await desk.reply(self.text)
        return "notify" if reply.outcome is ReplyStatus.DONE else told(reply)

    @property
    def is_dead_end(self) -> bool:
        """Whether the person has to think of other words."""
        return all(self.got not in _WILL_DO.get(each, {each}) for each in self.wanted.split(" | "))


def member_lines(file: Path = WORKED_WITH) -> Iterator[MemberLine]:
    """All lines of a file."""
    now, language = at("2024-04-06T12:00"), language_of("ja")
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("@"):
            _, moment, tag = line.split()
            now, language = at(moment), language_of(tag)
        elif line and not line.startswith("#"):
            text, wanted = re.split(r" {2,}", line)
            yield MemberLine(text, now, language, wanted)


def dead_ends(lines: list[MemberLine]) -> list[MemberLine]:
    """Lines whose answer is another than wanted, and those that are known to lead nowhere."""
    return [each for each in lines if each.wanted == "lost" or each.is_dead_end]


def told(reply: Reply) -> str:
    """What a reply holds: the command that it answers and the lectures that it names, in order of their numbers."""
    numbers = {int(found[1] or found[2]) for title in _titles(reply) for found in [_NUMBER.match(title)] if found}
    if reply.outcome is not ReplyStatus.DONE:
        if any(isinstance(part, Section) for part in reply.parts):
            return "contact"
        offered = [action.line for action in reply.actions if action.line not in ("help", "lectures all")]
        if offered:
            return f"offers {offered[0]}"
        nothing = "none" if reply.outcome is ReplyStatus.NOT_FOUND else "lost"
        return " ".join(["near", *map(str, sorted(numbers))]) if numbers else nothing
    command, _, argument = (reply.line or "").partition(" ")
    if not command and not reply.choice:
        return "none"
    if not numbers and (alone := re.match(r"(\d+)\b", argument)):
        numbers = {int(alone[1])}
    if command in ("howto", "about", "help") or (command == "calendar" and not numbers):
        return command
    return " ".join([command or "choice", *map(str, sorted(numbers))])


def _titles(reply: Reply) -> Iterator[str]:
    for part in reply.parts:
        if isinstance(part, Listing):
            yield from (entry.title for entry in part.entries)
        elif isinstance(part, Card):
            yield part.title
    if reply.choice and not reply.parts:
        yield from (option.label for option in reply.choice.options)


def main() -> None:
    """Prints every dead end, those of lines held out only with `--all`, and their share."""
    for file in (WORKED_WITH, HELD_OUT):
        lines = list(member_lines(file))
        dead = dead_ends(lines)
        for each in dead if file == WORKED_WITH or "--all" in sys.argv else ():
            print(f"{each.text}\n    wanted {each.wanted}, got {each.got}")
        print(f"{file.name}: {len(dead)} dead ends of {len(lines)} lines, {len(dead) / len(lines):.1%}")


if __name__ == "__main__":
    main()
