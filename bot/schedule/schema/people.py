"""People: bare names or mappings, one or several."""

from typing import Annotated

from bot.domain.people import people_in
from bot.schedule.problems import refusal, understood
from bot.schedule.scalars import several
from bot.schedule.schema.entry import WORD, Entry, checked, mapping_schema
from bot.schedule.schema.fields import Line, MaybeLine, optional
from bot.schedule.yaml_reader import Tree


class PersonEntry(Entry):
    name: Line
    affiliation: MaybeLine = None
    reading: MaybeLine = None


def people(value: object) -> list[PersonEntry]:
    """People by their bare names or as mappings; one alone needs no list."""
    if isinstance(value, list):
        return [who for each in several(value, _people) for who in each]
    return _people(value)


def _people(value: object) -> list[PersonEntry]:
    if isinstance(value, str) and value.strip():
        return [checked(PersonEntry, each) for each in people_written(value)]
    if not isinstance(value, dict):
        raise refusal("person", understood=understood(value))
    return [checked(PersonEntry, value)]


def people_written(text: str) -> list[Tree]:
    """The mappings that a text stands for: everybody in it, with their affiliations."""
    found: list[dict[str, Tree]] = [dict(each._asdict()) for each in people_in(text.strip())]
    return [{key: value for key, value in each.items() if value is not None} for each in found]


People = Annotated[list[PersonEntry] | None, optional(people, mapping_schema(PersonEntry, WORD, several=True))]
