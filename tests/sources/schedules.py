"""Schedules that pages are compared with, and what becomes of them when edits are put in."""

import copy
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.edits import FieldEdit
from bot.domain.series import Series
from bot.schedule.reader import read
from bot.schedule.yaml_reader import Tree
from tests.processes import ROOT
from tests.sources.page.pages import BASE, TOKYO

Lectures = list[dict[str, Any]]
NOW = datetime(2024, 7, 1, 12, tzinfo=TOKYO)
"""Between the finished lectures of the invented page and the one to come."""

PAGES = ROOT.parent / "shared/pages"
"""The real page after each of its edits, where it is at hand."""


def series(lectures: Sequence[Mapping[str, Any]], **settings: Any) -> Series:
    """The series that a file with these lectures describes."""
    head = {"name": "架空の物理講義", "timezone": "Asia/Tokyo", "page": {"url": BASE}, **settings}
    return read(json.dumps({"series": head, "lectures": lectures}, ensure_ascii=False).encode(), "l.yaml").series


def edited(lectures: Lectures, edits: Iterable[FieldEdit]) -> Lectures:
    """The lectures of a file with the edits put in."""
    result = copy.deepcopy(lectures)
    for edit in edits:
        if not edit.path:
            result.append(dict(edit.value) if isinstance(edit.value, dict) else {})
            continue
        place: Any = next(each for each in result if each["number"] == str(edit.lecture))
        for key in edit.path[:-1]:
            place = place.setdefault(key, {})
        if edit.value is None:
            place.pop(edit.path[-1], None)
        else:
            place[edit.path[-1]] = edit.value
    return result


def lecture(number: int, /, **fields: Tree) -> dict[str, Tree]:
    """A lecture of a file."""
    return {"number": str(number), **fields}
