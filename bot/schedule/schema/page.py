"""The organizers' page: where it is, how it is read and followed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

from bot.domain.materials import MaterialKind
from bot.schedule.columns import Column
from bot.schedule.problems import refusal, understood
from bot.schedule.schema.entry import Entry
from bot.schedule.schema.fields import Address, Duration, Parsed, one_of


class Sync(StrEnum):
    """What becomes of changes on the organizers' page."""

    OFF = "off"
    PROPOSE = "propose"
    APPLY = "apply"


_ABOUT: Final[Mapping[str, Column | MaterialKind]] = {each.value: each for each in (*Column, *MaterialKind)}


def _column(value: object) -> Column | MaterialKind:
    """What a column is about; a kind of material stands for links of that kind."""
    about = _ABOUT.get(value.strip()) if isinstance(value, str) else None
    if about is None:
        raise refusal("choice", understood=understood(value), allowed=", ".join(_ABOUT))
    return about


class PageEntry(Entry):
    url: Address = None
    source: Address = None
    sync: Annotated[Sync, one_of(Sync, Sync.OFF)] = Sync.OFF
    every: Duration | None = None
    mapping: dict[str, Annotated[Column | MaterialKind, Parsed(_column, {"enum": [*_ABOUT]})]] | None = None
