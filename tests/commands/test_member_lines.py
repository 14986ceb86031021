"""What members type leads somewhere."""

from collections import Counter

import pytest

from tests.commands.member_lines import MemberLine, member_lines

_LINES = list(member_lines())
_MOST_DEAD_ENDS = 0.05


@pytest.mark.parametrize("line", _LINES, ids=lambda line: line.text)
def test_a_line_is_answered_by_what_is_wanted(line: MemberLine) -> None:
    assert line.got == line.wanted


def test_dead_ends_are_few_among_many_lines() -> None:
    assert len(_LINES) >= 208
    assert sum(each.wanted == "lost" for each in _LINES) <= _MOST_DEAD_ENDS * len(_LINES)


def test_every_kind_of_answer_is_wanted_more_than_once() -> None:
    kinds = Counter(each.wanted.split()[0] for each in _LINES)
    assert {kind for kind, times in kinds.items() if times < 2} == set()
