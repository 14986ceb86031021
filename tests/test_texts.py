"""Texts of every shape, in all text fields of the file at once: what is of one line stays so, all can be told."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from bot.app.export import FORMS, exported
from bot.domain.edits import FieldPath
from bot.domain.language import LANGUAGES, Localized
from bot.options import Options
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import read
from bot.schedule.yaml_reader import Tree, composed, scalars
from tests.commands.transcripts import reply_to
from tests.examples import at
from tests.schedule.test_reader import EVERYTHING

NOW = at("2024-06-25T12:00")
OF_SEVERAL_LINES = {"summary", "abstract", "notes", "registration", "in_person", "online", "everyone"}
"""Fields that are shown with their lines: texts of their own, and rules."""

SHAPES: dict[str, Callable[[str], str]] = {
    "folded": "{}\n".format,
    "lines around": "\n{}\n\n\n".format,
    "two lines": "{}\nB".format,
    "paragraphs": "{}\n\nB\n\n- C".format,
    "Windows": "{}\r\nB\r\n".format,
    "rare separators": "{}\u2028B\u0085C\u2029D\x0bE".format,
    "spaces": "  \t{} \u3000 ".format,
}
ANSWERS = ("/next", "/lecture 3", "/lecture 12", "/lectures all", "/materials", "/register 12", "/howto", "/about")


def _with(tree: Tree, changed: dict[FieldPath, str], path: FieldPath = ()) -> Tree:
    if isinstance(tree, dict):
        return {key: _with(each, changed, (*path, key)) for key, each in tree.items()}
    if isinstance(tree, list):
        return [_with(each, changed, (*path, position)) for position, each in enumerate(tree)]
    return changed.get(path, tree)


def _file(tree: Tree) -> bytes:
    return yaml.safe_dump(tree, allow_unicode=True).encode()


def _is_valid(tree: Tree) -> bool:
    try:
        read(_file(tree), "l.yaml")
    except InvalidScheduleError:
        return False
    return True


TREE = composed(EVERYTHING).tree
TEXTS = {path: text for path, text in scalars(TREE) if _is_valid(_with(TREE, {path: "Any words, really"}))}
"""The text fields of the file: those that take any words."""


def _texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """All texts of a series, each with the name of its field."""
    if isinstance(value, Localized):
        yield from ((name, text) for _, text in value.texts)
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each, name)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name), field.name)


def test_the_text_fields_are_found() -> None:
    names = {str(next(part for part in reversed(path) if isinstance(part, str))) for path in TEXTS}
    assert names - {*LANGUAGES, *OF_SEVERAL_LINES} >= {"label", "reason", "name", "affiliation", "title", "room"}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_text_of_any_shape_is_told_everywhere(shape: str, tmp_path: Path) -> None:
    file = tmp_path / "lectures.yaml"
    file.write_bytes(_file(_with(TREE, {path: SHAPES[shape](text) for path, text in TEXTS.items()})))
    series = read(file.read_bytes(), "l.yaml").series
    broken = [(name, text) for name, text in _texts(series) if name not in OF_SEVERAL_LINES and "\n" in text]
    assert broken == []
    for language in LANGUAGES:
        options = Options(language, tmp_path, file, NOW.isoformat(), chosen=language)
        for form in FORMS:
            assert exported(options, form, None)
            assert form == "ics" or exported(options, form, "3")
        for line in (*ANSWERS, "/calendar", "/find B"):
            reply = reply_to(line, series, NOW, language)
            assert "\n" not in reply.headline
