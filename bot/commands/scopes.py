"""Words for all lectures of a series, for those past, and for those to come."""

import re
from collections.abc import Mapping
from typing import Final

from bot.domain.text import searchable

_ANYWHERE: Final = {
    "upcoming": "今後|これから|この先|次回以降|残り|upcoming|remaining|left",
    "past": "過去|これまで|今まで|終わった|past",
    "all": "全部|ぜんぶ|すべて|全て|全体|全|all|everything",
}
_ALONE: Final = {
    "upcoming": "future|coming|next|未来",
    "past": "previous|finished|old|終了|前",
    "all": "一覧",
}
"""Words that mean something else in a sentence."""


def _by_word(words: Mapping[str, str]) -> dict[str, str]:
    return {searchable(word): scope for scope, row in words.items() for word in row.split("|")}


_IN_TEXT: Final = _by_word(_ANYWHERE)
_AS_ARGUMENT: Final = _IN_TEXT | _by_word(_ALONE)
_PATTERN: Final = re.compile(rf"(?:{'|'.join(_ANYWHERE.values())})(?!(?<=[a-z])[a-z])", re.IGNORECASE)


def scope_meant(text: str, *, alone: bool = False) -> str | None:
    """`upcoming`, `past` or `all`, as the text says; None if it is no word for one. `alone`, nothing else was said."""
    return (_AS_ARGUMENT if alone else _IN_TEXT).get(searchable(text))


def scope_at(text: str, start: int) -> int:
    """Where a word for one ends that begins at `start` of a plain text; `start` if none does."""
    found = _PATTERN.match(text, start)
    return found.end() if found else start
