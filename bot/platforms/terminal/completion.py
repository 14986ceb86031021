"""What the chat offers while somebody types: commands in both languages, lectures, the values of a parameter."""

import re
from collections.abc import Iterator
from typing import Final

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.commands.desk import Desk
from bot.commands.registry import ADMIN, COMMANDS, VERBS, CommandSpec, ParameterKind
from bot.commands.requests import UnknownCommand, parse
from bot.domain.folding import folded
from bot.domain.language import LANGUAGES, Language
from bot.phrases import phrases
from bot.platforms.terminal.rendering import literal

_MOST_LECTURES = 12
_LINE = re.compile(r"\s*(\S*)(\s+)?(.*)", re.DOTALL)


class LineCompleter(Completer):
    """Completes a command line of the chat."""

    def __init__(self, desk: Desk, language: Language) -> None:
        self._desk: Final = desk
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
        except UnknownCommand:
            return
        yield from self._arguments(invocation.spec, argument)

    def _commands(self, typed: str) -> Iterator[Completion]:
        wanted = folded(typed).lstrip("/")
        say = phrases(self._language)
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
                for option in self._desk.suggestions(typed, self._language, _MOST_LECTURES):
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
            spec = next((each for name, each in VERBS.items() if folded(name) == folded(verb)), None)
            yield from self._arguments(spec, argument) if spec else ()
            return
        for name, spec in VERBS.items():
            if not spec.pressed and folded(name).startswith(folded(verb)):
                told = phrases(self._language)(f"command.{spec.key}")
                yield Completion(name, start_position=-len(verb), display_meta=told)


def _names(spec: CommandSpec) -> list[str]:
    """The names of a command, the one that is alike everywhere first."""
    return list(dict.fromkeys([spec.name, *(phrases(language)(f"command.{spec.key}.name") for language in LANGUAGES)]))
