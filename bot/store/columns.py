"""Column types that SQLite and PostgreSQL would otherwise treat differently."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

from bot.domain.audience import Address, AddressKind

if TYPE_CHECKING:
    _InstantBase = TypeDecorator[datetime]
    _PlaceBase = TypeDecorator[Address]
else:
    _InstantBase = _PlaceBase = TypeDecorator

_LONGEST: Final = 2000
"""Characters kept of what others say is the matter."""


class Instant(_InstantBase):
    """An aware instant, kept and given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC; SQLite keeps the bare clock time, which then sorts as text."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must be aware")
        universal = value.astimezone(UTC)
        return universal.replace(tzinfo=None) if dialect.name == "sqlite" else universal

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC, whatever the connection's time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Place(_PlaceBase):
    """An address in one column, written so that every address can be read back."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Address | None, dialect: Dialect) -> str | None:
        """Its parts in one line."""
        return None if value is None else f"{value.platform}:{value.kind}:{value.id}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Address | None:
        """The address; the same one for the same text."""
        return None if value is None else _address(value)


@lru_cache(maxsize=4096)
def _address(written: str) -> Address:
    platform, kind, identifier = written.split(":", 2)
    return Address(platform, AddressKind(kind), identifier)


def fit(reason: str) -> str:
    """What others say is the matter, as any database can keep it."""
    return reason[:_LONGEST].replace("\0", "").encode("utf-8", "replace").decode()
