"""A YAML document as plain values, in which every scalar is the text that was written: `No` a word, `12:00` a time.

The parser's events are put together here, one after the other, and not by PyYAML's own composer: that one calls
itself for every level (a file of brackets alone ends the process), keeps the last of two equal keys silently and
follows aliases, which lets a small file grow without bound.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any, Final, Protocol

from yaml import MarkedYAMLError, YAMLError
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.scanner import Scanner

from bot.domain.edits import FieldPath
from bot.domain.text import visible
from bot.schedule.problems import Finding, shown

_parsers: ModuleType | None
try:
    _parsers = import_module("yaml._yaml")
except ImportError:  # PyYAML was installed without libyaml
    _parsers = None

Tree = str | None | list["Tree"] | dict[str, "Tree"]
_Frame = tuple[Any, str | None]
"""A list or mapping that is being filled, and the key under which a mapping is."""

NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""What stands for no value at all, unless it is in quotes."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_DEEPEST: Final = 20
"""Levels of a document; a schedule has six."""


class TooDeepError(Exception):
    """The document has more levels than any schedule."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line: Final = line


class Events(Protocol):
    """A parser, as far as it is used: one event after the other, then None."""

    def get_event(self) -> Any: ...


class _PureParser(Reader, Scanner, Parser):
    """PyYAML's parser without libyaml: a tenth as fast."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


@dataclass(slots=True)
class Document:
    """What a file holds, the distinct texts in it, and what YAML allows but a schedule does not."""

    tree: Tree = None
    texts: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def composed(text: str, *, pure: bool = False) -> Document:
    """The one document of `text`. Raises yaml.YAMLError or TooDeepError."""
    return _composed(text, None, pure=pure)


def lines(text: str, *, pure: bool = False) -> dict[FieldPath, int]:
    """The line, from 1, in which each value of the document stands; an empty value's is that of its key."""
    places: dict[FieldPath, int] = {}
    _composed(text, places, pure=pure)
    return places


def scalars(tree: Tree, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Every text of the tree and where it is."""
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from scalars(value, (*path, key))
    elif isinstance(tree, list):
        for position, value in enumerate(tree):
            yield from scalars(value, (*path, position))


def events_of(text: str, *, pure: bool = False) -> Events:
    """The parser's events for a text without a byte order mark. Their marks count characters."""
    events: Events = _PureParser(text) if pure or _parsers is None else _parsers.CParser(text)
    return events


def _composed(text: str, places: dict[FieldPath, int] | None, *, pure: bool) -> Document:
    events = events_of(text.removeprefix("\ufeff"), pure=pure)
    document = Document()
    events.get_event()
    if isinstance(events.get_event(), DocumentStartEvent):
        _compose(events, document, places)
        if isinstance(events, _PureParser) and any(map(_SURROGATE.search, document.texts)):
            raise YAMLError("half a character")  # libyaml finds that by itself
        following: Any = events.get_event()
        if following.__class__ is DocumentStartEvent:
            document.findings.append(Finding((), "yaml.documents", line=_line(following)))
    together = "\n".join(document.texts)
    if visible(together) != together:
        document.tree, document.texts = _visible(document.tree), {visible(text) for text in document.texts}
    return document


def _visible(tree: Tree) -> Tree:
    """The tree with its texts as they are taken in from any source; keys stay as they are."""
    if isinstance(tree, str):
        return visible(tree)
    if isinstance(tree, dict):
        return {key: _visible(value) for key, value in tree.items()}
    return [_visible(each) for each in tree] if isinstance(tree, list) else tree


def _compose(events: Events, document: Document, places: dict[FieldPath, int] | None) -> None:
    """Puts the tree together. One loop over local names, as it runs once for every word of the file."""
    get_event, texts, findings = events.get_event, document.texts, document.findings
    root: list[Tree] = []
    outer: list[_Frame] = []
    container: Any = root
    key: str | None = None  # of the value that comes next; a mapping without one waits for a key
    while True:
        event = get_event()
        kind = event.__class__
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            container, key = outer.pop()[0], None
            continue
        if kind is DocumentEndEvent:
            break
        if container.__class__ is dict and key is None:
            if kind is not ScalarEvent:
                findings.append(Finding((*_path(outer), ""), "yaml.key", line=_line(event)))
                _skip(events, event)
                key = ""
                continue
            key = event.value
            if places is not None:
                places[*_path(outer), key] = _line(event)
            if key in container or key == "<<" or event.anchor is not None or event.tag is not None:
                findings.append(_refused_key((*_path(outer), key), event))
            continue
        value: Tree
        if kind is ScalarEvent:
            value = event.value
            if value in NOTHING and not event.style:
                value = None
            else:
                texts.add(event.value)
        else:
            value = {} if kind is MappingStartEvent else [] if kind is SequenceStartEvent else None
        if container.__class__ is dict:
            container[key] = value
        else:
            container.append(value)
        if event.anchor is not None or event.tag is not None:
            refused = "yaml.tag" if event.anchor is None else "yaml.anchor"
            findings.append(Finding(_path([*outer, (container, key)]), refused, line=_line(event)))
        if places is not None and (key is None or (kind is ScalarEvent and value is not None)):
            places[_path([*outer, (container, key)])] = _line(event)
        if value is None or kind is ScalarEvent:
            key = None
            continue
        outer.append((container, key))
        container, key = value, None
        if len(outer) > _DEEPEST:
            raise TooDeepError(_line(event))
    document.tree = root[0]


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _path(frames: list[_Frame]) -> FieldPath:
    """Where the frames lead: to the value under the key of each mapping, to the last item of each list."""
    return tuple(len(container) - 1 if key is None else key for container, key in frames[1:])


def _refused_key(path: FieldPath, event: Any) -> Finding:
    line = _line(event)
    if event.anchor is not None or event.tag is not None:
        return Finding(path, "yaml.tag" if event.anchor is None else "yaml.anchor", line=line)
    if event.value == "<<":
        return Finding(path, "yaml.merge", line=line)
    return Finding(path, "yaml.duplicate_key", {"key": shown(event.value)}, line)


def _skip(events: Events, event: object) -> None:
    """Passes over what belongs to an event, for a key that is none."""
    depth = 0
    while True:
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += 1
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            depth -= 1
        if depth == 0:
            return
        event = events.get_event()


_QUOTES: Final = "\"'"


def syntax_fault(text: str, error: Exception) -> Finding:
    """The one fault at which the parser stopped."""
    if isinstance(error, ReaderError):
        return _control_character(text)
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Finding((), "yaml.other", line=1)
    problem, context, mark = error.problem or "", error.context or "", error.problem_mark
    opening = error.context_mark.line + 1 if error.context_mark else mark.line + 1
    line, before, here = _around(text, mark.line, mark.column)
    name, at = _named(problem, context, before, here)
    if name in ("yaml.quote", "yaml.bracket", "yaml.no_colon"):
        line = opening
    return Finding((), name, {"character": shown(at)} if name == "yaml.character" else {}, line)


def _named(problem: str, context: str, before: str, here: str) -> tuple[str, str]:
    """The name of the phrase and the character it is about, from the words of either of PyYAML's parsers."""
    if here == "\t" or "tab character" in problem:
        return "yaml.tab", here
    if "quoted scalar" in context and "escape" not in problem.lower():
        return "yaml.quote", here
    if "escape" in problem.lower() and "tag" not in context:
        return "yaml.escape", here
    if "mapping values are not allowed" in problem:
        return ("yaml.colon" if ": " in before else "yaml.indent"), here
    if "flow" in context:
        return "yaml.bracket", here
    if "could not find expected ':'" in problem:
        return "yaml.no_colon", here
    if "block scalar" in context:
        return "yaml.block", here
    if "tag" in context:
        return "yaml.character", "!"
    if "anchor" in context or "alias" in context:
        return "yaml.character", "*" if "alias" in context or before.endswith("*") else "&"
    if "directive" in context:
        return "yaml.character", "%"
    if here.strip() and any(each in problem for each in ("token", "node content", "not allowed")):
        return "yaml.character", here
    if before.rstrip().endswith(tuple(_QUOTES)) and here.strip():
        return "yaml.after_quote", here
    return "yaml.indent", here


def _around(text: str, line: int, column: int) -> tuple[int, str, str]:
    """The line's number from 1, what stands in it before the column, and the character there."""
    written = text.removeprefix("\ufeff").splitlines()
    if line >= len(written):
        return max(1, len(written)), "", ""
    return line + 1, written[line][:column], written[line][column : column + 1]


def _control_character(text: str) -> Finding:
    found = Reader.NON_PRINTABLE.search(text)
    if not found:
        return Finding((), "yaml.other", line=1)
    return Finding((), "yaml.control", {"code": f"{ord(found[0]):04X}"}, text.count("\n", 0, found.start()) + 1)
