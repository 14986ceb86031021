"""A question is answered by a letter, a number or a word."""

import pytest

from bot.commands.context import Reply, ReplyStatus
from bot.domain.message import Action, Choice
from bot.platforms.terminal.answer_keys import action_meant, answer_keys, is_refusal

_SURE = Reply(
    "Change it?",
    actions=(
        Action("Announce", "admin confirm t1"),
        Action("Quietly", "admin confirm t1 how=quietly"),
        Action("Discard", "admin discard t1"),
    ),
)
_WHICH = Reply(
    "Which day?",
    actions=(Action("Mon, 20 May", "admin move 9 5/20"), Action("Tue, 21 May", "admin move 9 5/21")),
    outcome=ReplyStatus.MISUNDERSTOOD,
)


@pytest.mark.parametrize(
    ("question", "typed", "line"),
    [
        (_SURE, "y", "admin confirm t1"),
        (_SURE, "Ｙ", "admin confirm t1"),
        (_SURE, "はい。", "admin confirm t1"),
        (_SURE, "1", "admin confirm t1 how=quietly"),
        (_SURE, "quietly", "admin confirm t1 how=quietly"),
        (_SURE, "no", "admin discard t1"),
        (_WHICH, "２", "admin move 9 5/21"),
        (_WHICH, "Mon, 20 May", "admin move 9 5/20"),
    ],
)
def test_a_question_is_answered(question: Reply, typed: str, line: str) -> None:
    action = action_meant(answer_keys(question), typed)
    assert action
    assert action.line == line


@pytest.mark.parametrize(
    ("question", "typed"), [(_WHICH, "y"), (_WHICH, "3"), (_SURE, "2"), (_SURE, "next"), (_SURE, "ok")]
)
def test_what_answers_nothing_is_a_line_of_its_own(question: Reply, typed: str) -> None:
    assert action_meant(answer_keys(question), typed) is None


@pytest.mark.parametrize(
    "reply",
    [
        Reply("Lecture 9", actions=(Action("Materials", "materials 9"),)),
        Reply("Which?", choice=Choice("Choose", ()), actions=_WHICH.actions, outcome=ReplyStatus.MISUNDERSTOOD),
    ],
)
def test_what_is_no_question_has_no_keys(reply: Reply) -> None:
    assert answer_keys(reply) == {}


def test_a_word_for_no_refuses() -> None:
    assert [is_refusal(each) for each in ("n", "いいえ", "y", "next")] == [True, True, False, False]
