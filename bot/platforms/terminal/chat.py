"""The chat itself: a prompt with completion and history on a terminal, line by line in a pipe."""

import asyncio
import contextlib
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from rich.text import Text as Line

from bot.commands.parser import UnknownCommandError, parse
from bot.commands.registry import ADMIN, COMMANDS, CommandSpec, ParameterKind, verbs
from bot.commands.router import CommandRouter
from bot.domain.language import LANGUAGES, Language
from bot.domain.text import folded
from bot.i18n import Phrases, phrases
from bot.platforms.terminal.conversation import Conversation, is_farewell
from bot.platforms.terminal.rendering import literal
from bot.platforms.terminal.screen import Screen

_PROMPT = "> "

_INTERVAL: Final = 1.0
"""Seconds between two looks for posts that have fallen due."""


def chat_through_pipe(
    conversation: Conversation,
    language: Language,
    source: Iterable[str],
    target: TextIO,
    look: Callable[[], Awaitable[None]],
    runner: asyncio.Runner,
) -> None:
    """Answers every line of `source` until `/quit` or its end; the questions are repeated above the answers.

    Between the lines nothing goes on, so `look` sees before each whether the schedule was edited.
    """
    screen = Screen(target)
    layout = screen.layout(language, numbered=True)
    screen.show(conversation.greeting(layout))

    async def answered(typed: str) -> list[Line]:
        await look()
        return await conversation.answer(typed, layout)

    for typed in source:
        if is_farewell(typed):
            return
        lines = runner.run(answered(typed))
        if lines:
            screen.show([Line(), Line(_PROMPT + literal(typed).strip()), Line(), *lines])


async def chat_on_terminal(conversation: Conversation, language: Language, completer: Completer, history: Path) -> None:
    """Answers what is typed until `/quit`, Ctrl-D or SIGTERM; Ctrl-C clears the line. Posts appear above the prompt."""
    screen = Screen(sys.stdout)
    screen.show([*conversation.greeting(screen.layout(language)), Line()])
    session: PromptSession[str] = PromptSession(
        history=_history(history),
        completer=completer,
        complete_while_typing=True,
        rprompt=lambda: FormattedText([("fg:ansibrightblack", _moved_time(conversation))]),
    )
    with _ended_by_sigterm(), contextlib.suppress(EOFError, asyncio.CancelledError):
        async with _posts_above_prompt(conversation, language, screen):
            while True:
                try:
                    typed = await session.prompt_async(_PROMPT)
                except KeyboardInterrupt:
                    continue
                if is_farewell(typed):
                    return
                lines = await conversation.answer(typed, screen.layout(language, numbered=True))
                if lines:
                    screen.show([Line(), *lines, Line()])


@contextlib.asynccontextmanager
async def _posts_above_prompt(conversation: Conversation, language: Language, screen: Screen) -> AsyncIterator[None]:
    """Shows what falls due while somebody is typing or away."""

    async def watch() -> None:
        while True:
            lines = await conversation.posted(screen.layout(language))
            if lines:
                await run_in_terminal(partial(screen.show, [*lines, Line()]))
            await asyncio.sleep(_INTERVAL)

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching


def _moved_time(conversation: Conversation) -> str:
    return conversation.present if conversation.time_was_moved else ""


def _history(path: Path) -> History:
    """The history in that file, or for this time only where it can't be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("ab").close()
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)


@contextlib.contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Lets SIGTERM end the chat by way of the prompt, which puts the terminal back into its usual state."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    if sys.platform == "win32" or task is None:
        yield
        return
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)


_MOST_LECTURES = 12
_LINE = re.compile(r"\s*(\S*)(\s+)?(.*)", re.DOTALL)


class LineCompleter(Completer):
    """Completes a command line of the chat."""

    def __init__(self, router: CommandRouter, language: Language) -> None:
        self._router: Final = router
        self._language: Final = language

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """What the text before the cursor may become."""
        found = _LINE.fullmatch(document.text_before_cursor)
        command, space, argument = found.groups() if found else ("", None, "")
        if not space:
            yield from self._commands(command)
            return
        try:
            invocation = parse(command)
        except UnknownCommandError:
            return
        yield from self._arguments(invocation.spec, argument)

    @property
    def _say(self) -> Phrases:
        return phrases(self._language, self._router.series.called)

    def _commands(self, typed: str) -> Iterator[Completion]:
        wanted = folded(typed).lstrip("/")
        say = self._say
        names = [(name, say(f"command.{spec.key}")) for spec in COMMANDS if not spec.group for name in _names(spec)]
        names += [(say("terminal.quit.name"), say("terminal.quit"))]
        for name, description in names:
            if folded(name).startswith(wanted):
                yield Completion(f"/{name}", start_position=-len(typed), display_meta=description)

    def _arguments(self, spec: CommandSpec, typed: str) -> Iterator[Completion]:
        """What the argument may become; where there are several, the last word of it."""
        if spec.name == ADMIN:
            yield from self._verbs(typed)
            return
        if len(spec.parameters) > 1:
            typed = re.split(r"[\s,]", typed)[-1]
        for parameter in spec.parameters:
            if parameter.kind is ParameterKind.LECTURE:
                for option in self._router.suggestions(typed, self._language, _MOST_LECTURES):
                    yield Completion(option.line, start_position=-len(typed), display=literal(option.label))
            for value in parameter.choices:
                label = phrases(self._language)(f"choice.{value}")
                if any(folded(each).startswith(folded(typed)) for each in (value, label)):
                    yield Completion(value, start_position=-len(typed), display_meta=label)

    def _verbs(self, typed: str) -> Iterator[Completion]:
        """What follows the command of organizers: a verb, and after it the verb's own arguments."""
        found = _LINE.fullmatch(typed)
        verb, space, argument = found.groups() if found else ("", None, "")
        if space:
            spec = next((each for name, each in verbs().items() if folded(name) == folded(verb)), None)
            yield from self._arguments(spec, argument) if spec else ()
            return
        for name, spec in verbs().items():
            if not spec.pressed and folded(name).startswith(folded(verb)):
                told = self._say(f"command.{spec.key}")
                yield Completion(name, start_position=-len(verb), display_meta=told)


def _names(spec: CommandSpec) -> list[str]:
    """The names of a command, the one that is alike everywhere first."""
    return list(dict.fromkeys([spec.name, *(phrases(language)(f"command.{spec.key}.name") for language in LANGUAGES)]))
