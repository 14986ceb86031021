"""How the organizers lay out their file: what they put in brackets, how far they indent, in which order keys stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.domain.edits import FieldPath
from bot.domain.language import LANGUAGES
from bot.domain.lecture import Field
from bot.schedule.editing.nodes import Node
from bot.schedule.editing.yaml_text import literal, one_line
from bot.schedule.problems import model_in
from bot.schedule.schema.entry import Entry
from bot.schedule.schema.lecture import LectureEntry
from bot.schedule.yaml_reader import Tree

_TYPED: Final = frozenset(
    {"number", "id", "also_for", "tentative", "title_tentative", "starts", "ends", "opens", "closes"}
)
"""Fields that are no texts."""

_LONGEST: Final = 110
"""Characters of what is put in brackets where there is no example of it; longer things take several lines."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The manner of a file, learnt from some of its lectures.

    `bracketed` tells for the shape of a path (positions are -1) whether values there are in brackets; `step` is how
    far the inner is indented from the outer, `dash` how far the dash of a list is from its key.
    """

    newline: str = "\n"
    step: int = 2
    dash: int = 2
    bracketed: dict[FieldPath, bool] = field(default_factory=dict)
    literals: bool = True

    def pair(self, key: str, value: Tree, path: FieldPath, column: int, *, in_brackets: bool = False) -> list[str]:
        """`key: value` as lines, of which the first is not yet indented; `path` is that of the value."""
        first, *more = self.value(value, path, column, in_brackets=in_brackets)
        written = one_line(key, in_brackets=in_brackets)
        return [f"{written}: {first}" if first else f"{written}:", *more]

    def value(self, value: Tree, path: FieldPath, column: int, *, in_brackets: bool = False) -> list[str]:
        """What follows a key in that column: the rest of its line, which may be nothing, and the lines below."""
        if value is None or isinstance(value, str):
            return self._scalar(value, path, column, in_brackets=in_brackets)
        if in_brackets or not value or self._in_brackets(value, path):
            return [self._brackets(value, path)]
        if isinstance(value, dict):
            return ["", *self.mapping(value, path, column + self.step)]
        lines = [""]
        for position, item in enumerate(value):
            lines += self.item(item, (*path, position), column + self.dash)
        return lines

    def mapping(self, value: dict[str, Tree], path: FieldPath, column: int) -> list[str]:
        """The pairs of a mapping as whole lines."""
        lines = []
        for key, each in value.items():
            first, *more = self.pair(key, each, (*path, key), column)
            lines += [" " * column + first, *more]
        return lines

    def item(self, value: Tree, path: FieldPath, column: int) -> list[str]:
        """An item of a list as whole lines, its dash in that column."""
        if isinstance(value, dict) and value and not self._in_brackets(value, path):
            lines = self.mapping(value, path, column + 2)
            return [" " * column + "- " + lines[0].lstrip(" "), *lines[1:]]
        first, *more = self.value(value, path, column, in_brackets=isinstance(value, list | dict))
        return [" " * column + "- " + first, *more]

    def _scalar(self, text: str | None, path: FieldPath, column: int, *, in_brackets: bool) -> list[str]:
        if text is None:
            return ["null"]
        lines = literal(text) if self.literals and not in_brackets else None
        if lines:
            indent = " " * (column + self.step)
            return [lines[0], *(indent + line if line else "" for line in lines[1:])]
        return [one_line(text, in_brackets=in_brackets, typed=is_typed(path))]

    def _brackets(self, value: Tree, path: FieldPath) -> str:
        if isinstance(value, dict):
            pairs = (self.pair(key, each, (*path, key), 0, in_brackets=True)[0] for key, each in value.items())
            return "{" + ", ".join(pairs) + "}"
        if isinstance(value, list):
            items = (self.value(each, (*path, position), 0, in_brackets=True)[0] for position, each in enumerate(value))
            return "[" + ", ".join(items) + "]"
        return self._scalar(value, path, 0, in_brackets=True)[0]

    def _in_brackets(self, value: Tree, path: FieldPath) -> bool:
        if self.literals and any(map(literal, texts_in(value))):
            return False
        example = self.bracketed.get(shape(path))
        if example is not None:
            return example
        if isinstance(value, dict) and _model_at(path):
            return False
        inner = value.values() if isinstance(value, dict) else value or ()
        return not any(isinstance(each, list | dict) for each in inner) and len(self._brackets(value, path)) <= _LONGEST


def layout_of(entries: Iterable[Node], newline: str, dash: int) -> Layout:
    """The manner of these lectures, of which the first are the nearest examples."""
    bracketed: dict[FieldPath, bool] = {}
    steps: list[int] = []
    dashes: list[int] = []
    for entry in entries:
        for path, node, column in _collections(entry, (), entry.column):
            bracketed.setdefault(shape(path), not node.is_block)
            if node.is_block and path and not isinstance(path[-1], int):
                (dashes if isinstance(node.tree, list) else steps).append(node.column - column)
    return Layout(newline, (*steps, 2)[0], (*dashes, dash)[0], bracketed)


def shape(path: FieldPath) -> FieldPath:
    """The path with all positions alike."""
    return tuple(-1 if isinstance(part, int) else part for part in path)


def is_typed(path: FieldPath) -> bool:
    """Whether what stands there is a number, a date or a flag."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    return name in _TYPED or path[:1] == Field.EXPECTS.path


def order_of(path: FieldPath) -> list[str]:
    """The keys of the mapping there in the order in which they are usually written."""
    model = _model_at(path)
    return list(model.model_fields if model else LANGUAGES)


def _model_at(path: FieldPath) -> type[Entry] | None:
    """The model of the mapping there; a text by language has none."""
    model: type[Entry] | None = LectureEntry
    for part in path:
        if isinstance(part, str) and model is not None:
            found = model.model_fields.get(part)
            inner = model_in(found.annotation) if found else None
            model = inner if inner is not None and issubclass(inner, Entry) else None
    return model


def ordered(value: Tree, path: FieldPath = ()) -> Tree:
    """The value with its keys in that order."""
    if isinstance(value, list):
        return [ordered(each, (*path, position)) for position, each in enumerate(value)]
    if not isinstance(value, dict):
        return value
    order = [*order_of(path), *value]
    return {key: ordered(value[key], (*path, key)) for key in sorted(value, key=order.index)}


def texts_in(value: Tree) -> Iterator[str]:
    """Every text of a value; keys, too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)


def _collections(node: Node, path: FieldPath, column: int) -> Iterator[tuple[FieldPath, Node, int]]:
    """Every list and mapping that is not itself in brackets, and the column of its key."""
    if not isinstance(node.tree, list | dict) or not node.tree:
        return
    yield path, node, column
    if not node.is_block:
        return
    for name, key, value in node.pairs:
        yield from _collections(value, (*path, name), key.column)
    for position, item in reversed([*enumerate(node.items)]):  # the last one is next to what is added
        yield from _collections(item, (*path, position), node.column)
