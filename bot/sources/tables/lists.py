"""Lists in YAML or JSON: each of their mappings is a row, and its keys are the headings."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from yaml import YAMLError

from bot.domain.edits import FieldPath
from bot.domain.text import one_line
from bot.schedule.yaml_reader import TooDeepError, Tree, composed, lines
from bot.sources.document import Anchor, Cell, Document, Line, Row, Table
from bot.sources.markdown import printable
from bot.sources.tables import html, plain

_ADDRESSES: Final = ("url", "href", "link", "address")
_LABELS: Final = ("label", "title", "text", "name", "kind")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?")
_MOST_KEYS: Final = 60


def lists(text: str) -> Document | None:
    """The lists of mappings in the text; None if it is neither YAML nor JSON or has none."""
    try:
        tree, places = composed(text).tree, lines(text)
    except (YAMLError, TooDeepError, ValueError, RecursionError):
        tree, places = _json(text), {}
    tables = tuple(_tables(tree, (), (), places))
    return Document(tables) if tables else None


def _json(text: str) -> Tree:
    try:
        return _texts(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _texts(value: object) -> Tree:
    if isinstance(value, dict):
        return {str(key): _texts(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_texts(each) for each in value]
    return None if value is None else str(value)


def _tables(tree: Tree, path: FieldPath, under: tuple[str, ...], places: Mapping[FieldPath, int]) -> Iterator[Table]:
    """The lists of mappings, each under the keys and names that lead to it."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _tables(value, (*path, key), (*under, key), places)
    elif isinstance(tree, list):
        records = [(position, each) for position, each in enumerate(tree) if isinstance(each, dict)]
        if not records:
            return
        headings = tuple(dict.fromkeys(key for _, each in records for key in each))[:_MOST_KEYS]
        rows = tuple(_row(each, (*path, position), headings, places) for position, each in records)
        yield Table(_line(path, places), headings, rows, under)
        for position, each in records:
            named = tuple(value for value in each.values() if isinstance(value, str))[:2]
            for key, value in each.items():
                if isinstance(value, list) and all(isinstance(one, dict) and len(one) > 1 for one in value):
                    yield from _tables(value, (*path, position, key), (*under, *named), places)


def _row(
    record: Mapping[str, Tree], path: FieldPath, headings: tuple[str, ...], places: Mapping[FieldPath, int]
) -> Row:
    cells = (_cell(record.get(name), _line((*path, name), places) or _line(path, places)) for name in headings)
    return Row(_line(path, places), tuple(cells))


def _line(path: FieldPath, places: Mapping[FieldPath, int]) -> int:
    return places.get(path, 0) or 1


def _cell(value: Tree, line: int) -> Cell:
    if isinstance(value, list):
        return tuple(each for one in value for each in _cell(one, line))
    if isinstance(value, dict):
        return _mapping(value, line)
    value = printable(value or "")  # an escape may stand for any character
    if not value.strip():
        return ()
    if html.has_markup(value):
        return html.cell(value, line)
    made = plain.cell(value.strip(), line)
    return tuple(Line(line, each.spans, wrapped=each.wrapped) for each in made)


def _mapping(value: Mapping[str, Tree], line: int) -> Cell:
    """A link with its label, a person with their affiliation, a text in the first of its languages, or all values one
    after the other."""
    texts = {key.lower(): one_line(each) for key, each in value.items() if isinstance(each, str) and each.strip()}
    if all(_LANGUAGE.fullmatch(key) for key in texts):
        return _cell(next(iter(texts.values()), ""), line)
    url = next((texts[key] for key in _ADDRESSES if key in texts), None)
    label = next((texts[key] for key in _LABELS if key in texts), None)
    affiliation = texts.get("affiliation") or texts.get("institution")
    if label and affiliation:
        return (Line(line, (f"{label} ({affiliation})",)),)
    if url:
        return (Line(line, (Anchor(label or "", url),)),)
    return tuple(each for one in texts.values() for each in _cell(one, line))
