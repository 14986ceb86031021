"""Materials of lectures and talks."""

from enum import StrEnum
from typing import Annotated

from bot.domain.materials import MaterialKind
from bot.schedule.schema.entry import Entry
from bot.schedule.schema.fields import Line, Reference, one_of


class Preparation(StrEnum):
    """What stands in for the link of a material that is announced only."""

    IN_PREPARATION = "in_preparation"


KindWord = Annotated[MaterialKind, one_of(MaterialKind, MaterialKind.OTHER)]


class MaterialEntry(Entry):
    label: Line
    kind: KindWord = MaterialKind.OTHER
    url: Reference = None
    status: Annotated[Preparation, one_of(Preparation)] | None = None
