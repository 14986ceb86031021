"""What members type leads somewhere."""

from collections import Counter

import pytest

from tests.commands.member_lines import HELD_OUT, MemberLine, dead_ends, member_lines

_LINES = list(member_lines())
_MOST_DEAD_ENDS = 0.05
_MOST_HELD_OUT = 0.05


@pytest.mark.parametrize("line", _LINES, ids=lambda line: line.text)
def test_a_line_is_answered_by_what_is_wanted(line: MemberLine) -> None:
    assert not line.is_dead_end, line.got


def test_dead_ends_are_few_among_many_lines() -> None:
    assert len(_LINES) >= 208
    assert len([line for line in _LINES if line.wanted == "lost"]) <= _MOST_DEAD_ENDS * len(_LINES)


def test_dead_ends_are_few_among_lines_that_nobody_has_thought_of() -> None:
    lines = list(member_lines(HELD_OUT))
    assert len(dead_ends(lines)) <= _MOST_HELD_OUT * len(lines)


def test_every_kind_of_answer_is_wanted_more_than_once() -> None:
    kinds = Counter(each.split()[0] for line in _LINES for each in line.wanted.split(" | "))
    assert {kind for kind, times in kinds.items() if times < 2} == set()
