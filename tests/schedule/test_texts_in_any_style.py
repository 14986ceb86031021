"""Texts in every style that YAML has: what stands in one line is folded, and whatever is made of them is well."""

import dataclasses
from collections.abc import Iterator, Mapping

import pytest
from icalendar import Calendar

from bot.app.ask import calendar_file
from bot.commands.context import Reply
from bot.domain.language import LANGUAGES, Localized
from bot.exports.data import structure, text_of
from bot.platforms.discord.rendering import rendered
from bot.platforms.slack.blocks import payload
from bot.schedule.reader import read
from tests.commands.transcripts import reply_to
from tests.examples import at

STYLES: Mapping[str, str] = {
    "literal": "|\n{indent}First\n{indent}and second\n",
    "kept": "|+\n{indent}First\n{indent}and second\n\n",
    "folded": ">\n{indent}First\n{indent}and second\n",
    "stripped": ">-\n{indent}First\n\n{indent}and second\n",
    "double": '"First\\nand second"\n',
    "escaped": '"First\\r\\nand\\tsecond"\n',
    "single": "'First\n\n{indent}and second'\n",
    "plain": "First\n{indent}and second\n",
}
RUNNING = ("summary", "abstract", "notes")
"""Texts that may have several lines."""

QUESTIONS = ("/next", "/lecture 1", "/lecture 2", "/calendar", "/about", "/howto", "/lectures all", "/materials 1")
NOW = at("2030-05-01T12:00")


def written(style: str) -> str:
    """A file that has all texts there are, in that style."""

    def text(indent: int) -> str:
        return STYLES[style].format(indent=" " * indent)

    return (
        f"series:\n  name: {text(4)}  timezone: Asia/Tokyo\n  usual_venue: {text(4)}"
        f"  organizers:\n    - name: {text(8)}      affiliation: {text(8)}"
        f"  links:\n    code:\n      label: {text(8)}      url: https://a.example/\n"
        f"  rules:\n    registration:\n      - {text(8)}    in_person:\n      - {text(8)}"
        f"    online:\n      - {text(8)}    everyone:\n      - {text(8)}"
        f"lectures:\n  - number: 1\n    label: {text(6)}    starts: 2030-05-20 13:00-15:00\n    title: {text(6)}"
        f"    speaker:\n      name: {text(8)}      affiliation: {text(8)}      reading: {text(8)}"
        f"    venue:\n      name: {text(8)}      room: {text(8)}    summary: {text(6)}    abstract: {text(6)}"
        f"    notes: {text(6)}    materials:\n      - label: {text(10)}        url: https://a.example/1\n"
        f"    talks:\n      - title: {text(10)}        abstract: {text(10)}        speaker: {text(10)}"
        f"  - number: 2\n    status: postponed\n    reason: {text(6)}    title: {text(6)}"
    )


def texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """All texts in a value, with the names of their fields."""
    if isinstance(value, Localized):
        yield from ((name, text) for _, text in value.texts)
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from texts(getattr(value, each.name), each.name)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, name)


@pytest.mark.parametrize("style", STYLES)
def test_what_stands_in_one_line_is_folded(style: str) -> None:
    series = read(written(style).encode(), "l.yaml").series
    found = [(name, text) for name, text in texts(series) if "First" in text]
    assert len({name for name, _ in found}) >= 12
    assert {name for name, text in found if "\n" in text.strip()} <= {*RUNNING}


@pytest.mark.parametrize("style", STYLES)
def test_every_answer_and_export_is_well_formed(style: str) -> None:
    series = read(written(style).encode(), "l.yaml").series
    for language in LANGUAGES:
        content = calendar_file(series, series.lectures, language, NOW)
        assert Calendar.from_ical(content).walk("VEVENT")
        for line in (
            "/next",
            "/lecture 1",
            "/lecture 2",
            "/calendar",
            "/about",
            "/howto",
            "/lectures all",
            "/materials 1",
        ):
            reply: Reply = reply_to(line, series, NOW, language)
            assert "\n" not in reply.headline
            assert rendered(reply, language, private=True).create_arguments
            assert payload(reply, language, private=True)
    assert read(text_of(structure(series)).encode(), "l.yaml").series.lectures
