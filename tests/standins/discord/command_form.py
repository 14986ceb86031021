"""What Discord accepts as application commands."""

from __future__ import annotations

import unicodedata

from .refusals import Form, Json, Path

_EUROPE = ("bg", "cs", "da", "de", "el", "en-GB", "es-ES", "fi", "fr", "hr", "hu", "it", "lt", "nl", "no", "pl", "ro")
_FURTHER = ("en-US", "es-419", "hi", "id", "ja", "ko", "pt-BR", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW")
LOCALES = frozenset((*_EUROPE, *_FURTHER))
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(1, 12)
_WITH_CHOICES = (STRING, INTEGER, NUMBER)


def check_commands(commands: list[Json]) -> None:
    """Refuses a set of commands as a bulk overwrite would."""
    form = Form()
    names: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        check_command(form, (index,), command)
        key = (command.get("type") or 1, str(command.get("name")))
        if key in names:
            form.wrong(
                (index, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        names.add(key)
    for kind, most in ((1, 100), (2, 15), (3, 15)):
        if sum(each == kind for each, _ in names) > most:
            form.wrong((), "APPLICATION_COMMANDS_MAX_COMMANDS", f"Maximum number of commands of type {kind} is {most}.")
    form.finish()


def check_command(form: Form, path: Path, command: Json) -> None:
    kind = command.get("type") or 1
    _localised(form, (*path, "name"), command, "name", is_name=kind == 1)
    if kind == 1:
        _localised(form, (*path, "description"), command, "description", is_name=False, most=100)
        _options(form, (*path, "options"), command.get("options"), depth=0)
        if _length(command) > 8000:
            text = "Command exceeds maximum size (8000)"
            form.wrong(path, "APPLICATION_COMMAND_TOO_LARGE", text)
    elif kind not in (2, 3):
        form.wrong((*path, "type"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3).")
    elif command.get("description"):
        form.wrong(
            (*path, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", "Context menus have no description"
        )
    for index, context in enumerate(command.get("contexts") or []):
        form.number((*path, "contexts", index), context, 0, 2)


def _localised(form: Form, path: Path, thing: Json, key: str, *, is_name: bool, most: int = 32) -> None:
    places: dict[tuple[str, ...], object] = {(): thing.get(key)}
    for locale, text in (thing.get(f"{key}_localizations") or {}).items():
        if locale not in LOCALES:
            form.wrong((*path[:-1], f"{key}_localizations", locale), "BASE_TYPE_CHOICES", "Not a locale of Discord.")
        places[(locale,)] = text
    for locale_path, text in places.items():
        at = (*path[:-1], f"{key}_localizations", *locale_path) if locale_path else path
        checked = form.text(at, text, least=1, most=most)
        if is_name and checked and not _is_name(str(text)):
            form.wrong(at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _is_name(text: str) -> bool:
    if not 1 <= len(text) <= 32 or text != text.lower():
        return False
    return all(c in "-_'" or unicodedata.category(c)[0] in "LN" or _is_indic_or_thai(c) for c in text)


def _is_indic_or_thai(char: str) -> bool:
    return "\u0900" <= char <= "\u097f" or "\u0e00" <= char <= "\u0e7f"


def _options(form: Form, path: Path, value: object, *, depth: int) -> None:
    options = form.items(path, value, most=25)
    names: set[str] = set()
    optional_seen = False
    nested = [option.get("type") in (SUBCOMMAND, GROUP) for option in options]
    if any(nested) and not all(nested):
        form.wrong(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands and other options cannot be mixed")
    for index, option in enumerate(options):
        at = (*path, index)
        kind = form.number((*at, "type"), option.get("type", 0), 1, 11)
        _localised(form, (*at, "name"), option, "name", is_name=True)
        _localised(form, (*at, "description"), option, "description", is_name=False, most=100)
        if option.get("name") in names:
            form.wrong(at, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", "The specified option name is already used")
        names.add(str(option.get("name")))
        if kind in (SUBCOMMAND, GROUP):
            if depth > (0 if kind == GROUP else 1):
                form.wrong(
                    (*at, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands are nested too deeply"
                )
            else:
                _options(form, (*at, "options"), option.get("options"), depth=depth + 1)
            continue
        if option.get("required") and optional_seen:
            text = "Required options must be placed before non-required options"
            form.wrong(at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        optional_seen = optional_seen or not option.get("required")
        _value_option(form, at, option)


def _value_option(form: Form, path: Path, option: Json) -> None:
    kind = option.get("type")
    choices = form.items((*path, "choices"), option.get("choices"), most=25)
    if (choices or option.get("autocomplete")) and kind not in _WITH_CHOICES:
        form.wrong(
            path, "APPLICATION_COMMAND_OPTION_CHOICES_TYPE", "This type of option has neither choices nor autocomplete"
        )
    if choices and option.get("autocomplete"):
        form.wrong(
            path, "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES", "Choices and autocomplete exclude each other"
        )
    if kind == STRING:
        form.number((*path, "min_length"), option.get("min_length"), 0, 6000)
        form.number((*path, "max_length"), option.get("max_length"), 1, 6000)
    check_choices(form, (*path, "choices"), choices, is_text=kind == STRING)


def check_choices(form: Form, path: Path, choices: list[Json], *, is_text: bool) -> None:
    """Choices of an option, fixed or offered while typing."""
    for index, choice in enumerate(choices):
        at = (*path, index)
        _localised(form, (*at, "name"), choice, "name", is_name=False, most=100)
        value = choice.get("value")
        if is_text:
            form.text((*at, "value"), value, least=1, most=100)
        elif not isinstance(value, int | float) or isinstance(value, bool):
            form.wrong((*at, "value"), "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')


def _length(thing: Json) -> int:
    """Names, descriptions and choice values of a command and all below it, each in its longest language."""
    total = 0
    for key in ("name", "description"):
        texts = [thing.get(key), *(thing.get(f"{key}_localizations") or {}).values()]
        total += max(len(str(text or "")) for text in texts)
    if isinstance(thing.get("value"), str):
        total += len(thing["value"])
    return total + sum(_length(each) for key in ("options", "choices") for each in thing.get(key) or [])
