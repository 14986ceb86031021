"""Every layer knows every field of a lecture: a new one has to be in each table, or among those left out here."""

import json
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from bot.announcements.texts.clauses import CLAUSES
from bot.cards.changes import LINES, VALUES
from bot.commands.admin.fields import TYPED_FIELDS
from bot.commands.admin.fields.form_text import FORM_TEXTS
from bot.commands.registry import COMMANDS
from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Field
from bot.domain.severity import RULES
from bot.i18n import phrases
from bot.schedule.problems import model_in
from bot.schedule.reader import read
from bot.schedule.schema.lecture import LectureEntry
from bot.sources.fields.labels import LABELS, RUNNING
from bot.sources.fields.reader import BESIDE, READERS
from tests.exports.as_json import schedule_json
from tests.schedule.test_reader import EVERYTHING

PARTS = frozenset(field for field in Field if field.whole is not field)
WITH_ANOTHER = {
    *(Field.VENUE_NAME, Field.SPEAKER_NAME, Field.AFFILIATION, Field.READING, Field.TITLE_TENTATIVE),
    *(Field.REGISTRATION, Field.ALSO_FOR),
}
"""Told of as a part of another field or, of registration, by its parts; a reading is only for finding the name."""


SEVERAL_SPEAKERS = "speakers"
"""In the file, `speaker` with a list has this key."""

IDENTITY = {Field.NUMBER, Field.ID, Field.LABEL}
"""What a lecture is called by."""

ON_NO_PAGE = {*IDENTITY, Field.SUMMARY, Field.REGISTRATION, Field.OPENS, Field.EXPECTS}


def keys(model: type[BaseModel], before: str = "") -> Iterator[str]:
    """The keys of a mapping of the file, those of the mappings in it after a dot."""
    for name, field in model.model_fields.items():
        yield f"{before}{name}"
        inner = model_in(field.annotation)
        if inner and name not in (Field.MATERIALS, Field.TALKS, Field.EXPECTS, SEVERAL_SPEAKERS):
            yield from keys(inner, f"{before}{name}.")


def keys_of(value: dict[str, Any], before: str = "") -> Iterator[str]:
    """The same of a mapping that was read, without those of texts in two languages."""
    for name, each in value.items():
        yield f"{before}{name}"
        if isinstance(each, dict) and name != Field.EXPECTS and not each.keys() <= set(LANGUAGES):
            yield from keys_of(each, f"{before}{name}.")


def test_the_fields_are_those_of_the_file() -> None:
    assert set(keys(LectureEntry)) == {*Field, SEVERAL_SPEAKERS}


def test_all_fields_are_exported() -> None:
    lectures = json.loads(schedule_json(read(EVERYTHING.encode(), "l.yaml")))["lectures"]
    assert {key for each in lectures for key in keys_of(each)} == set(Field)


@pytest.mark.parametrize(
    ("known", "left_out"),
    [
        pytest.param({*VALUES, *LINES} & set(Field), {Field.NUMBER, Field.ID, *WITH_ANOTHER}, id="lines of changes"),
        pytest.param({*RULES}, {*IDENTITY, Field.MATERIALS, Field.MAP, *WITH_ANOTHER}, id="severity"),
        pytest.param(
            {*TYPED_FIELDS},
            {Field.NUMBER, Field.ID, Field.STATUS, Field.STARTS, Field.ENDS, Field.TITLE_TENTATIVE, *PARTS},
            id="typed texts",
        ),
        pytest.param(
            {*FORM_TEXTS},
            {
                *(Field.ID, Field.LABEL),
                Field.STATUS,
                Field.REASON,
                Field.ENDS,
                Field.MODE,
                Field.TALKS,
                Field.LANGUAGE,
                Field.MATERIALS,
                Field.JOIN,
                Field.TITLE_TENTATIVE,
                *PARTS,
            },
            id="forms",
        ),
        pytest.param(
            {*LABELS},
            {
                *(*IDENTITY, Field.STATUS, Field.REASON, Field.TITLE_TENTATIVE, Field.SUMMARY, Field.REGISTRATION),
                *(Field.VENUE_NAME, Field.VENUE_TENTATIVE, Field.MAP, Field.SPEAKER_NAME),
                *(Field.IN_PERSON, Field.ALSO_FOR, Field.OPENS),
            },
            id="labels of the page",
        ),
    ],
)
def test_each_table_knows_each_field(known: Collection[Field], left_out: Collection[Field]) -> None:
    assert [*set(known) & set(left_out)] == []
    assert {*known, *left_out} == set(Field) - {Field.EXPECTS}, "what is expected is between file and organizers"


def test_each_label_of_the_page_is_read() -> None:
    assert {*READERS, *BESIDE, *RUNNING, Field.FORM, Field.MATERIALS} == set(LABELS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_field_has_its_names(language: Language) -> None:
    say = phrases(language)
    assert all(say(f"fields.name.{field}") for field in TYPED_FIELDS)
    assert all(say(f"forms.label.{field}") and say(f"forms.hint.{field}") for field in FORM_TEXTS)
    assert {*RULES, Field.MATERIALS} - set(CLAUSES) == {Field.STATUS, Field.REASON}
    assert all(say(f"page.field.{field}") for field in {*Field} - ON_NO_PAGE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_of_a_command_has_a_name(language: Language) -> None:
    offered = (spec for spec in COMMANDS if not (spec.terminal_only or spec.pressed))
    for name in {parameter.name for spec in offered for parameter in spec.parameters}:
        assert phrases(language)(f"option.{name}")
