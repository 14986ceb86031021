"""The organizers' page: where it is, how it is read and followed."""

from enum import StrEnum
from typing import Annotated

from pydantic import PlainValidator

from bot.domain.materials import MaterialKind
from bot.schedule.columns import Column
from bot.schedule.problems import refusal, understood
from bot.schedule.scalars import Address, Duration, choice, word_schema
from bot.schedule.schema.entry import Entry


class Sync(StrEnum):
    """What becomes of changes on the organizers' page."""

    OFF = "off"
    PROPOSE = "propose"
    APPLY = "apply"


def column(value: object) -> Column | MaterialKind:
    """What a column is about; a kind of material stands for links of that kind."""
    known: dict[str, Column | MaterialKind] = {each.value: each for each in (*MaterialKind, *Column)}
    about = known.get(value.strip()) if isinstance(value, str) else None
    if about is None:
        raise refusal("choice", understood=understood(value), allowed=", ".join([*Column, *MaterialKind]))
    return about


class PageEntry(Entry):
    url: Address = None
    source: Address = None
    sync: Annotated[Sync, PlainValidator(choice(Sync, Sync.OFF)), word_schema(Sync)] = Sync.OFF
    every: Duration | None = None
    mapping: dict[str, Annotated[Column | MaterialKind, PlainValidator(column)]] | None = None
