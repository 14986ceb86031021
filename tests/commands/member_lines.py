"""What members type, and whether the answer holds what they look for: `python -m tests.commands.member_lines`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.commands.context import Reply, ReplyStatus
from bot.commands.parser import Request
from bot.commands.sentences import is_thanks
from bot.domain.language import Language, language_of
from bot.domain.message import Card, Listing
from bot.schedule.reader import read_file
from tests.commands.transcripts import router
from tests.examples import at
from tests.processes import ROOT

SHIPPED = read_file(ROOT / "lectures.yaml").series
_FILE = Path(__file__).with_suffix(".txt")
_NUMBER = re.compile(r"第(\d+)回|[Ll]ecture (\d+)")


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
        return told(router(SHIPPED, self.now).answer(Request(self.text, self.language)))

    @property
    def is_dead_end(self) -> bool:
        """Whether the person has to think of other words."""
        return self.got != self.wanted


def member_lines() -> Iterator[MemberLine]:
    """All lines of the file."""
    now, language = at("2024-04-06T12:00"), language_of("ja")
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("@"):
            _, moment, tag = line.split()
            now, language = at(moment), language_of(tag)
        elif line and not line.startswith("#"):
            text, wanted = re.split(r" {2,}", line)
            yield MemberLine(text, now, language, wanted)


def told(reply: Reply) -> str:
    """What a reply holds: the command that it answers and the lectures that it names, in order of their numbers."""
    numbers = {int(found[1] or found[2]) for title in _titles(reply) for found in [_NUMBER.match(title)] if found}
    if reply.outcome is not ReplyStatus.DONE:
        offered = [action.line for action in reply.actions if action.line not in ("help", "lectures all")]
        if offered:
            return f"offers {offered[0]}"
        return " ".join(["near", *map(str, sorted(numbers))]) if numbers else "lost"
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
    """Prints every dead end and their share."""
    lines = list(member_lines())
    dead = [each for each in lines if each.is_dead_end]
    for each in dead:
        print(f"{each.text}\n    wanted {each.wanted}, got {each.got}")
    lost = sum(each.wanted == "lost" for each in lines)
    share = (len(dead) + lost) / len(lines)
    print(f"{len(dead)} unexpected and {lost} known dead ends of {len(lines)} lines: {share:.1%}")


if __name__ == "__main__":
    main()
