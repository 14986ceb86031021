"""Plain sentences, such as 「瀧先生の回はいつ？」 or “where is lecture 9?”: what they ask for, and of which lecture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.commands.lecture_index import lecture_index
from bot.commands.material_kinds import kinds_meant
from bot.commands.positions import is_next
from bot.commands.question_words import ALLOWED, ASKED, ASPECTS, NO_DATA, Aspect
from bot.commands.scopes import scope_meant
from bot.commands.segments import Segments, segments
from bot.commands.stop_words import is_empty
from bot.domain.materials import MaterialKind
from bot.domain.series import Series
from bot.domain.text import folded, plain, searchable, without_end_marks

_THANKS: Final = (
    r"(?:(?:どうも|本当に|ほんとに|大変|"
    r"ありがとう?(?:ございま(?:す|した))?|感謝(?:します|です)?|助かり(?:ます|ました)|了解(?:です|しました)?|なるほど|そうですか|おk|承知(?:しました)?|"
    r"(?:わ|分)かりました|お疲れ(?:様|さま)(?:です|でした)?|(?:many )?thanks?(?: you)?|thx|ty|cheers|got it|okay|ok|"
    r"(?:so|very) much|a lot|lecturebot|bot|ボット(?:さん)?)[ ,、。!〜~ー]*)+"
)


def is_thanks(text: str) -> bool:
    """Whether it only thanks or confirms, which needs no answer."""
    return re.fullmatch(_THANKS, without_end_marks(folded(text))) is not None


_GREETING: Final = (
    r"(?:(?:(?:こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|はじめまして|初めまして|よろしく(?:お願い(?:し|いたし|致し)ます)?|"
    r"お願い(?:し|いたし|致し)ます|hi|hey|hello|good (?:morning|afternoon|evening))"
    r"(?: (?:there|everyone|all|lecturebot|bot))?)"
    r"[ ,、。!〜~ー]*)+"
)


def is_greeting(text: str) -> bool:
    """Whether it only greets or asks for help in general."""
    return re.fullmatch(_GREETING, without_end_marks(folded(text))) is not None


_GAP: Final = " | "
_OF_LECTURES: Final = frozenset(["next", "lecture", "materials", "lectures", "find", "register", "calendar"])
_OF_MANY: Final = frozenset(["lectures", "materials"])
_WITHOUT_DATA: Final = frozenset(["", "lecture", "register", "howto", "about", "help", "next"])
"""Commands to which a question may be added that the schedule has no data for; elsewhere its words may be a topic."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a command, or `NO_DATA` for what no command tells; of which lectures; and the words that are not
    understood. `aspect` is what alone is asked of a lecture."""

    command: str
    parts: Segments
    kinds: tuple[MaterialKind, ...] = ()
    aspect: Aspect | None = None

    @property
    def line(self) -> str:
        """The command line that asks the same, without the words that are not understood."""
        which = self.parts.which
        if self.command in ("lecture", "next") and (not which or is_next(which)):
            return f"next{self._asked}"
        if self.command == "notify":
            return "help notify"
        if self.command not in _OF_LECTURES:
            return self.command
        scope = self.parts.scope if self.command in _OF_MANY else ""
        return " ".join(filter(None, (self.command, scope, which, *self.kinds))) + (
            self._asked if self.command == "lecture" else ""
        )

    @property
    def _asked(self) -> str:
        return f" asked={self.aspect}" if self.aspect else ""


def question(series: Series, text: str, now: datetime, command: str = "") -> Question | None:
    """What a plain sentence asks, or the argument of a `command`; None if it asks nothing that is known.

    In a sentence that asks for nothing in particular but names a lecture, the lecture is asked for.
    """
    written = plain(without_end_marks(text.strip().lstrip("/／")))
    if is_greeting(written):
        return Question("help", Segments())
    asked = [name for name, pattern in ASKED.items() if any(_places(pattern, written))]
    if any(_places(ALLOWED, written)):
        asked.insert(0, "howto")
    if NO_DATA in asked and command not in _WITHOUT_DATA:
        asked.remove(NO_DATA)
    if command and (not asked or asked[0] == "lecture"):
        asked.insert(0, command)
    kinds, rest = kinds_meant(written) if "materials" in asked else ((), written)
    rest = plain(rest)
    for name in asked:
        if name in ASKED and (name != "lectures" or asked[0] == name):
            rest = _without(ASKED[name], rest)
    parts = segments(lecture_index(series), rest, series.today(now))
    if asked and asked[0] == NO_DATA and parts.unknown:  # “free” may be part of “free energy”
        asked = asked[1:] or [command]
        parts = segments(lecture_index(series), written, series.today(now))
    if not any(asked) and not (parts.which or parts.unknown):
        return None
    command = next(filter(None, asked), "lecture")
    if scope_meant(parts.scope) == "past" and command not in _OF_MANY:
        parts = replace(parts, unknown=(*parts.unknown, parts.scope))
    return Question(command, parts, kinds, aspect_asked(written))


def asks_only_for(command: str, text: str) -> bool:
    """Whether the text says no more than the name of the command does: `zoom` behind `/howto`."""
    asked = ASKED.get(command)
    return is_empty(_without(asked, plain(text)).replace(_GAP.strip(), " ") if asked else text)


def aspect_asked(text: str) -> Aspect | None:
    """What alone is asked of a lecture; None if that is more than one thing, or nothing in particular."""
    written = plain(text)
    aspects = [aspect for aspect, pattern in ASPECTS.items() if any(_places(pattern, written))]
    return aspects[0] if len(aspects) == 1 else None


def _places(pattern: str, written: str) -> Iterator[tuple[int, int]]:
    """Where the words of a pattern stand in a text; not within a longer word in katakana."""
    same = searchable(written)
    for found in re.finditer(pattern, same):
        start, end = found.span()
        if len(same) != len(written) or not (_is_katakana(written, start - 1) and _is_katakana(written, start)):
            yield start, end


def _is_katakana(text: str, place: int) -> bool:
    return place >= 0 and "ァ" <= text[place] <= "ー"


def _without(pattern: str, text: str) -> str:
    """The text with a gap for whatever fits the pattern in the form in which text is searched."""
    if len(searchable(text)) != len(text):  # a letter became two, so that places don't correspond
        text = searchable(text)
    for start, end in reversed([*_places(pattern, text)]):
        text = f"{text[:start]}{_GAP}{text[end:]}"
    return plain(text)
