"""Materials of lectures and talks."""

from enum import StrEnum
from typing import Annotated

from pydantic import PlainValidator

from bot.domain.materials import MaterialKind
from bot.schedule.scalars import Line, Reference, choice, word_schema
from bot.schedule.schema.entry import Entry


class Preparation(StrEnum):
    """What stands in for the link of a material that is announced only."""

    IN_PREPARATION = "in_preparation"


KindWord = Annotated[MaterialKind, PlainValidator(choice(MaterialKind, MaterialKind.OTHER)), word_schema(MaterialKind)]


class MaterialEntry(Entry):
    label: Line
    kind: KindWord = MaterialKind.OTHER
    url: Reference = None
    status: Annotated[Preparation, PlainValidator(choice(Preparation)), word_schema(Preparation)] | None = None
