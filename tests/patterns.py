"""Every regular expression of the bot, how it is used, and texts that it is slow on if on any."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable, ItemsView, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, Final

import bot

_METHODS: Final = frozenset({"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"})
_COMPILERS: Final = frozenset({"compile", "compiled"})
"""What makes a pattern of its first argument: `re.compile`, and the cached functions that put it off."""


@dataclass(frozen=True)
class Use:
    """A pattern and a method that it is used by; `place` is the module, with the line or the name."""

    place: str
    pattern: re.Pattern[str]
    method: str

    def __str__(self) -> str:
        return f"{self.place}: {self.method}"

    def run(self, text: str) -> None:
        """Uses the pattern as the bot does."""
        if self.method in ("sub", "subn"):
            self.pattern.sub("", text)
        elif self.method == "finditer":
            for _ in self.pattern.finditer(text):
                pass
        else:
            getattr(self.pattern, self.method)(text)


def modules() -> Iterator[ModuleType]:
    """All modules of the bot."""
    for found in pkgutil.walk_packages(bot.__path__, "bot."):
        if not found.name.endswith("__main__") and ".migrations" not in found.name:
            yield importlib.import_module(found.name)


def uses() -> list[Use]:
    """Every pattern with every method by which it is used; `search` where that can't be told."""
    every = list(modules())
    methods: defaultdict[re.Pattern[str], set[str]] = defaultdict(set)
    places: dict[re.Pattern[str], str] = {}
    for module in every:
        for name, value in vars(module).items():
            for pattern in _inside(_made_later(value)):
                places.setdefault(pattern, f"{module.__name__}.{name}")
        for call in _calls(module):
            for called in _patterns_of(call, module):
                places.setdefault(called, f"{module.__name__}:{call.lineno}")
                method = _method_of(call)
                methods[called] |= {method} if method else set()
    return [
        Use(place, pattern, method)
        for pattern, place in places.items()
        for method in sorted(methods[pattern] or {"search"})
    ]


def _calls(module: ModuleType) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(_tree(module)) if isinstance(node, ast.Call))


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))


def _method_of(call: ast.Call) -> str | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else None
    return name if name in _METHODS else None


def _patterns_of(call: ast.Call, module: ModuleType) -> list[re.Pattern[str]]:
    """The patterns that a call uses or makes, as far as their texts are the module's own."""
    function = call.func
    if isinstance(function, ast.Name) and function.id in _COMPILERS and call.args:
        return _compiled(call, module)
    if isinstance(function, ast.Name):
        return list(_inside(_made_later(_value(function, module)))) if not call.args else []
    if not isinstance(function, ast.Attribute):
        return []
    if isinstance(function.value, ast.Name) and function.value.id == "re":
        return _compiled(call, module) if function.attr in _METHODS | _COMPILERS else []
    if function.attr not in _METHODS:
        return []
    if isinstance(function.value, ast.Call):
        return _patterns_of(function.value, module)
    several = _loops(module).get(function.value.id) if isinstance(function.value, ast.Name) else None
    return list(_inside([*(several or ()), _value(function.value, module)]))


def _made_later(value: object) -> object:
    """What a cached function without parameters returns, else the value itself."""
    if not hasattr(value, "cache_info") or not callable(value) or inspect.signature(value).parameters:
        return value
    return value() if str(getattr(value, "__module__", "")).startswith("bot.") else None


@cache
def _loops(module: ModuleType) -> dict[str, list[object]]:
    """By the names of variables: what the module's loops go through, and what cached functions return."""
    found: dict[str, list[object]] = {}
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(_made_later(_value(node.value.func, module)))
        if isinstance(node, ast.For | ast.comprehension):
            for name in ast.walk(node.target):
                if isinstance(name, ast.Name):
                    found.setdefault(name.id, []).append(_value(node.iter, module))
    return found


def unknown() -> list[str]:
    """The places where a pattern is made of what only a function knows."""
    return sorted(
        f"{module.__name__}: {ast.unparse(call.args[0])}"
        for module in modules()
        for call in _calls(module)
        if (
            isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == "re"
            and call.func.attr in _METHODS | _COMPILERS
        )
        and not _texts(call.args[0], module)
    )


def _compiled(call: ast.Call, module: ModuleType) -> list[re.Pattern[str]]:
    flags = [_value(each, module) for each in (*call.args[1:], *(each.value for each in call.keywords))]
    given = next((each for each in flags if isinstance(each, re.RegexFlag)), re.RegexFlag(0))
    made = []
    for text in _texts(call.args[0], module):
        with suppress(re.error):  # a replacement beside a pattern
            made.append(re.compile(text, given))
    return made


def _texts(node: ast.expr, module: ModuleType) -> list[str]:
    """What an expression may be, if it is made of texts of the module: a constant, or the variable of a loop."""
    text = _value(node, module)
    if isinstance(text, str):
        return [text]
    return list(_strings(_loops(module).get(node.id, []))) if isinstance(node, ast.Name) else []


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings([*value, *value.values()])
    elif isinstance(value, list | tuple | set | frozenset | ItemsView):
        for each in value:
            yield from _strings(each)


def _value(node: ast.expr, module: ModuleType) -> object:
    """What an expression is at the level of the module; None if it needs more."""
    try:
        return eval(compile(ast.Expression(node), "", "eval"), dict(vars(module)))  # noqa: S307
    except Exception:
        return None


def _inside(value: object) -> Iterator[re.Pattern[str]]:
    """The patterns that a module's attribute is or holds."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        yield from _inside([*value, *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _inside(each)


# ---- texts

_LETTERS: Final = " a1/([.-:,　あ（A\n<!\"'_@*|[]>)%#"
"""What is tried for a place that many characters fit."""


def crafted(pattern: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """Texts of about the length that is asked for: what leads to a repetition, and then much for it, and a bad end."""
    for piece in (
        " ",
        "　",
        "/",
        "1",
        "a",
        "あ",
        "(",
        "[",
        "(a",
        "1-",
        "1 ",
        "a.",
        "a ",
        "/a",
        "：",
        "１",
        "<",
        "\n",
        "- ",
    ):
        yield _repeated("", piece)
    seen = set()
    for before, piece in _repetitions(parser.parse(pattern.pattern, pattern.flags), pattern.flags):
        if (before, piece) not in seen:
            seen.add((before, piece))
            yield _repeated(before, piece)
            yield _repeated("", before + piece)


def _repeated(before: str, piece: str) -> Callable[[int], str]:
    return lambda length: before + piece * max(1, length // max(1, len(piece))) + "\x00"


def _repetitions(nodes: Any, flags: int, before: str = "") -> Iterator[tuple[str, str]]:
    """For each repetition in a parsed pattern, an example of what stands before, and pieces that may be repeated."""
    for kind, argument in nodes:
        if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            least, most, inner = argument
            if most > 20:
                yield from ((before, piece) for piece in _pieces(inner, flags))
            yield from _repetitions(inner, flags, before)
            before += _example(inner) * max(least, 1 if most > 1 else 0)
        elif kind is kinds.BRANCH:
            for branch in argument[1]:
                yield from _repetitions(branch, flags, before)
            before += _example(argument[1][0])
        elif kind is kinds.SUBPATTERN:
            yield from _repetitions(argument[3], flags, before)
            before += _example(argument[3])
        elif kind is kinds.ATOMIC_GROUP:
            yield from _repetitions(argument, flags, before)
            before += _example(argument)
        else:
            before += _example([(kind, argument)])


def _pieces(inner: Any, flags: int) -> list[str]:
    """Texts that a repeated part matches once."""
    if len(inner) == 1 and inner[0][0] in (kinds.IN, kinds.NOT_LITERAL, kinds.ANY, kinds.LITERAL):
        fitting = [each for each in _LETTERS if _fits(inner[0], each)]
        return fitting[:8] or [_example(inner)]
    return [_example(inner) or "a"]


def _example(nodes: Any) -> str:
    """A short text that a parsed pattern matches."""
    text = ""
    for kind, argument in nodes:
        if kind is kinds.LITERAL:
            text += chr(argument)
        elif kind in (kinds.NOT_LITERAL, kinds.IN, kinds.ANY):
            text += next((each for each in "a1 /あ-.:(" + _LETTERS if _fits((kind, argument), each)), _first(argument))
        elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            text += _example(argument[2]) * max(argument[0], 0)
        elif kind is kinds.BRANCH:
            text += _example(argument[1][0])
        elif kind is kinds.SUBPATTERN:
            text += _example(argument[3])
        elif kind is kinds.ATOMIC_GROUP:
            text += _example(argument)
    return text


def _first(members: Any) -> str:
    """A character of a set that none of the common ones is in."""
    for kind, argument in members if isinstance(members, list) else ():
        if kind is kinds.LITERAL:
            return chr(argument)
        if kind is kinds.RANGE:
            return chr(argument[0])
    return "a"


def _fits(node: Any, letter: str) -> bool:
    kind, argument = node
    if kind is kinds.ANY:
        return letter != "\n"
    if kind is kinds.LITERAL:
        return chr(argument) == letter
    if kind is kinds.NOT_LITERAL:
        return chr(argument) != letter
    negated = argument[0][0] is kinds.NEGATE
    return negated is not any(_is_member(each, letter) for each in argument[1 if negated else 0 :])


_CATEGORIES: Final = {
    kinds.CATEGORY_DIGIT: r"\d",
    kinds.CATEGORY_NOT_DIGIT: r"\D",
    kinds.CATEGORY_SPACE: r"\s",
    kinds.CATEGORY_NOT_SPACE: r"\S",
    kinds.CATEGORY_WORD: r"\w",
    kinds.CATEGORY_NOT_WORD: r"\W",
}


def _is_member(member: Any, letter: str) -> bool:
    kind, argument = member
    if kind is kinds.LITERAL:
        return chr(argument) == letter
    if kind is kinds.RANGE:
        return bool(argument[0] <= ord(letter) <= argument[1])
    return re.match(_CATEGORIES[argument], letter) is not None
