"""Posts as lines of the chat, few enough to be read even when many fell due at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from rich.text import Text as Line

from bot.content import When
from bot.domain.language import Language
from bot.phrases import phrases, written
from bot.platforms.terminal.channel import Shown
from bot.platforms.terminal.rendering import Layout, literal, rendered
from bot.platforms.terminal.wrapping import wrapped

_MOST: Final = 6
"""Posts that are all shown in full; of more only the last ones are."""

_LAST: Final = 3


def post_lines(shown: Sequence[Shown], layout: Layout) -> list[Line]:
    """What has appeared, in order: posts with their time and place, edits in a line each."""
    posts = sum(not each.edited for each in shown)
    brief = posts - _LAST if posts > _MOST else 0
    lines: list[Line] = []
    if brief:
        told = phrases(layout.language)("terminal.posts.many", count=posts, shown=str(_LAST))
        lines += wrapped(Line(told, style="bold"), layout.width)
    was_brief = False
    for each, count in _merged(shown):
        is_brief = each.edited or brief > 0
        brief -= not each.edited
        if lines and not (is_brief and was_brief):
            lines.append(Line())
        lines += _in_a_line(each, count, layout) if is_brief else _in_full(each, layout)
        was_brief = is_brief
    return lines


def _merged(shown: Sequence[Shown]) -> Iterator[tuple[Shown, int]]:
    """Each with how often it came in a row: edits that read the same are told once."""

    def alike(each: Shown) -> tuple[object, ...]:
        return (each.at, each.direct, each.message.headline) if each.edited else (id(each),)

    for _, group in groupby(shown, alike):
        same = list(group)
        yield same[0], len(same)


def _in_full(shown: Shown, layout: Layout) -> Iterator[Line]:
    yield Line(_place(shown, layout.language), style="magenta")
    yield from rendered(shown.message, replace(layout, language=shown.language))


def _in_a_line(shown: Shown, count: int, layout: Layout) -> list[Line]:
    say, text = phrases(layout.language), literal(shown.message.headline)
    if shown.edited:
        text = say("terminal.posts.edited", count=count, headline=text)
    return wrapped(Line.assemble((_place(shown, layout.language), "magenta"), "  ", text), layout.width, hanging=2)


def _place(shown: Shown, language: Language) -> str:
    name = "terminal.posts.direct" if shown.direct else "terminal.posts.channel"
    return phrases(language)(name, when=written(When(shown.at), language))
