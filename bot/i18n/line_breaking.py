"""Where lines of plain text begin, for text that mixes Japanese, English and web addresses and is seen in cells.

Libraries break only at spaces, or anywhere: the first leaves Japanese unbroken, the second cuts addresses in two and
begins lines with 「。」.
"""

from collections.abc import Iterator
from itertools import pairwise

from wcwidth import iter_graphemes
from wcwidth import width as cells

_BEGIN_NO_LINE = frozenset("、。，．）」』】］〉》・：；？！…ー〜々ぁぃぅぇぉっゃゅょァィゥェォッャュョ),.;:!?]}>%·")
_END_NO_LINE = frozenset("（「『【［〈《([{<#")


def line_starts(plain: str, first: int, others: int) -> list[int]:
    """The positions at which new lines begin, for a first line and others of at most so many cells.

    A web address is never divided and may reach beyond.
    """
    positions: list[int] = []
    used, width = 0, first
    for start, unit in _units(plain):
        room = cells(unit.rstrip())
        if used and used + room > width:
            positions.append(start)
            used, width = 0, others
        if room > width and "://" not in unit:
            for offset in _folds(unit, width, others):
                positions.append(start + offset)
                used, width = -cells(unit[:offset]), others
        used += cells(unit)
    return positions


def wrapped(line: str, width: int, hanging: int = 0) -> list[str]:
    """A line in lines of at most `width` cells, but for addresses; all but the first are set in by `hanging`."""
    starts = [0, *line_starts(line, width, width - hanging), len(line)]
    first, *others = [line[start:end].rstrip() for start, end in pairwise(starts)]
    return [first, *(" " * hanging + other for other in others)]


def _units(plain: str) -> Iterator[tuple[int, str]]:
    """Stretches that stay together, each with its position; spaces belong to the stretch before them."""
    start, position, before = 0, 0, ""
    for after in iter_graphemes(plain):
        if before and _may_break(before, after):
            yield start, plain[start:position]
            start = position
        position, before = position + len(after), after
    if start < len(plain):
        yield start, plain[start:]


def _may_break(before: str, after: str) -> bool:
    """Whether a line may begin between two graphemes, what a reader sees as one character each."""
    if after.isspace() or after[0] in _BEGIN_NO_LINE or before[0] in _END_NO_LINE:
        return False
    if before.isspace():
        return True
    sizes = cells(before), cells(after)
    return 0 not in sizes and max(sizes) > 1


def _folds(unit: str, first: int, others: int) -> Iterator[int]:
    """Where a stretch that is too long for any line is divided after all."""
    used, width, position = 0, first, 0
    for grapheme in iter_graphemes(unit):
        size = cells(grapheme)
        if used and used + size > width:
            yield position
            used, width = 0, others
        used += size
        position += len(grapheme)
