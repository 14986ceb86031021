"""Answers to plain sentences: by a command, or by saying what is not known and where to ask."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.commands.choices import lecture_choice
from bot.commands.context import QueryContext, Reply, ReplyStatus
from bot.commands.lecture_index import lecture_index
from bot.commands.lectures import none_meant
from bot.commands.lookup import match, mentioning
from bot.commands.question_words import NO_DATA
from bot.commands.registration import contact
from bot.commands.sentences import Question
from bot.domain.message import Action

_OF_ITSELF: Final = frozenset(["howto", "help", "about", "notify", "register", "calendar"])
"""Commands that tell something also where no lecture is named."""

_A_WORD: Final = 3
"""Japanese letters of a word that stands in many titles, such as 学習."""

_MOST_SHOWN: Final = 40
"""Characters of a sentence that are repeated."""


def answer_to(asked: Question, typed: str, query: QueryContext, answer: Callable[[str], Reply]) -> Reply:
    """The answer to a sentence that was `typed`; `answer` answers a command line."""
    if asked.command == NO_DATA:
        return _without_data(typed, query)
    if not asked.parts.unknown:
        return answer(asked.line)
    if _is_told_apart(asked, query):
        return _with_rest(answer(asked.line), asked, query)
    found = searched(asked, query)
    if found:
        return found
    return _with_rest(answer(asked.line), asked, query) if asked.command in _OF_ITSELF else _nothing(asked, query)


def _is_told_apart(asked: Question, query: QueryContext) -> bool:
    """Whether what is understood names lectures without the other words: more than one word of titles does."""
    parts, index = asked.parts, lecture_index(query.series)
    return bool(parts.numbers or parts.time) or any(
        " " in name or (len(name) > _A_WORD and not name.isascii()) or not index.is_of_titles(name)
        for name in parts.names
    )


def _with_rest(reply: Reply, asked: Question, query: QueryContext) -> Reply:
    """The answer, with the words that are not understood."""
    rest = query.say("sentence.rest", typed=" ".join(asked.parts.unknown))
    return replace(reply, note=f"{rest}\n{reply.note}" if reply.note else rest)


def _words(asked: Question) -> str:
    """The words that may be a topic."""
    return " ".join((*asked.parts.unknown, *asked.parts.names))


def searched(asked: Question, query: QueryContext) -> Reply | None:
    """Lectures whose running text has the words, or that are spelled nearly so."""
    words = _words(asked)
    command = asked.command if asked.command in ("materials", "register", "calendar") else "lecture"
    hits = mentioning(query.series, words)
    if hits:
        headline = query.say("find.hits", words=words, count=len(hits))
        return Reply(headline, choice=lecture_choice(hits, query, command))
    near = match(query.series, words, query.now)
    named = replace(query, invocation=replace(query.invocation, command=command, argument=words))
    return none_meant(near, named) if near.nearest else None


def _nothing(asked: Question, query: QueryContext) -> Reply:
    """Says that no lecture has the words, and where else to ask."""
    return Reply(
        query.say("find.none", words=_words(asked)),
        parts=contact("", "register.ask", query),
        actions=(Action(query.say("action.all"), "lectures all"), Action(query.say("action.help"), "help")),
        note=query.say_fitting("sentence.examples"),
        outcome=ReplyStatus.NOT_FOUND,
    )


def _without_data(typed: str, query: QueryContext) -> Reply:
    """Says that the schedule does not tell this, and who does."""
    shown = typed if len(typed) <= _MOST_SHOWN else f"{typed[:_MOST_SHOWN]}…"
    return Reply(
        query.say("sentence.no_data", typed=shown),
        parts=contact("", "register.ask", query),
        actions=(Action(query.say("action.howto"), "howto"),),
        outcome=ReplyStatus.NOT_FOUND,
    )
