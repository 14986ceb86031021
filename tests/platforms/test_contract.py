"""Every kind of answer, on every platform: taken by it as it is, pinging nobody, and saying all that was to be said."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from bot.announcements.planner import planned_stages
from bot.announcements.snapshot import PlanningSnapshot
from bot.commands.parser import Request
from bot.commands.registry import COMMANDS
from bot.commands.router import CommandRouter
from bot.domain.language import LANGUAGES, Language
from bot.domain.message import Card, Link, Listing, Message, Text
from bot.domain.subscriptions import IMAGINARY, Follower
from bot.exports.ics import calendar
from bot.platforms import discord, slack
from bot.platforms.terminal.rendering import Layout, rendered
from tests.examples import EXAMPLE, at
from tests.standins.discord.mentions import Audience, pinged_by
from tests.standins.discord.message_form import File, check_message
from tests.standins.slack.blocks import checked_blocks
from tests.standins.slack.mrkdwn import pings

_MOMENTS = ("2030-04-08T12:00", "2030-04-17T09:30", "2030-04-17T12:00", "2030-04-18T14:00", "2031-01-10T12:00")
_ARGUMENTS = {
    "lecture": ("", "3", "6", "月", "3 part=abstract", "99", "zzz"),
    "materials": ("", "1", "2", "5"),
    "lectures": ("", "past", "all", "all page=2", "nonsense"),
    "find": ("", "月", "none such"),
    "register": ("", "3", "4"),
    "calendar": ("", "3", "6"),
}
_LINES = tuple(f"{spec.name} {argument}" for spec in COMMANDS for argument in _ARGUMENTS.get(spec.name, ("",)))
_EVERYBODY = Audience(frozenset(), {}, may_ping_all=True)


def _said() -> Iterator[tuple[str, Message, Language]]:
    for moment, language in product(_MOMENTS, LANGUAGES):
        now = at(moment)
        router = CommandRouter(lambda: EXAMPLE, lambda now=now: now, calendar)  # type: ignore[misc]
        for line in (*_LINES, "no-such-command", "x" * 400):
            yield f"{moment} {language} {line[:40]}", router.answer(Request(line, language)), language
    stages = planned_stages(EXAMPLE, at("2030-01-01T00:00"), at("2031-01-01T00:00"))
    for subject, language in product(stages, LANGUAGES):
        reader = Follower(IMAGINARY, subject.due, language=language)
        message = PlanningSnapshot(EXAMPLE, {}, {}).message(subject, reader, subject.due)
        yield f"{subject.stage} {subject.lectures} {language}", message, language


_SAID = [pytest.param(message, language, id=name) for name, message, language in _said()]


@pytest.mark.parametrize(("message", "language"), _SAID)
def test_discord_takes_it_whole(message: Message, language: Language) -> None:
    for private in (True, False):
        payload = discord.payload(message, language, private)["data"]
        check_message(payload, {0: File("a.ics", b"", "text/calendar")} if message.file else {})
        assert not pinged_by([payload.get("content") or ""], payload["allowed_mentions"], _EVERYBODY, None)
        shown = "\n".join(_strings(payload)).replace("\\", "")
        assert [text for text in _words(message, shown) if text not in shown] == []


@pytest.mark.parametrize(("message", "language"), _SAID)
def test_slack_takes_it_whole(message: Message, language: Language) -> None:
    for private in (True, False):
        payload = slack.payload(message, language, private)
        checked_blocks(payload["blocks"], lambda: "b")
        assert pings(payload["text"], payload["blocks"], link_names=False) == []
        shown = " ".join("\n".join(_strings(payload["blocks"])).split())
        assert [text for text in _words(message, shown) if " ".join(text.split()) not in shown] == []


@pytest.mark.parametrize(("message", "language"), _SAID)
def test_the_terminal_shows_it_whole(message: Any, language: Language) -> None:
    if not hasattr(message, "outcome"):
        return
    lines = rendered(message, Layout(language, 400), "a.ics" if message.file else None)
    shown = "\n".join(line.plain for line in lines)
    assert [text for text in _words(message, shown) if text not in shown] == []


def _words(message: Message, shown: str) -> Iterator[str]:
    """Everything that a reader must get to see, in pieces that no platform takes apart; of two labels of a link the
    one that is `shown`."""
    yield message.headline
    for part in message.parts:
        yield part.title
        if isinstance(part, Card):
            for fact in part.facts:
                yield fact.label
                yield from _pieces(fact.value)
            for text in (*part.notices, *part.body):
                yield from _pieces(text)
            yield from (link.brief if link.label not in shown else link.label for link in part.links)
            yield from _pieces(part.call)
        elif isinstance(part, Listing):
            for entry in part.entries:
                yield entry.title
                for text in entry.lines:
                    yield from _pieces(text)
        else:
            for text in part.paragraphs:
                yield from _pieces(text)
    if message.note:
        yield from message.note.splitlines()


def _pieces(text: Text) -> Iterator[str]:
    for span in text:
        if isinstance(span, str):
            yield span.strip()
        elif isinstance(span, Link):
            yield span.label


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield value
