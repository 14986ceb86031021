"""The tables. Whatever changes here needs a migration, which a test asks for.

Nothing is ever deleted: a season leaves thousands of small rows, so that decades of them stay within what an index
answers in no time; and what was told once must not be told again, however long ago that was.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

from bot.domain.subscriptions import Address, AddressKind

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


metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

posts: Final = Table(
    "posts",
    metadata,
    Column("marker", String, primary_key=True),
    Column("address", Place, nullable=False),
    Column("subject", Text, nullable=False),
    Column("status", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("since", Instant, nullable=False),
    Column("tried_at", Instant, nullable=False),
    Column("ends", Double, nullable=False),
    Column("boot", String, nullable=False),
    Column("reason", Text),
    Column("message", String),
    Column("shown", String),
    Column("sent_at", Instant),
    Column("editable", Boolean, nullable=False),
    Index(None, "status", "sent_at"),
)
"""Every post that was claimed or skipped. `ends` is when its lease or pause runs out, on the clock of `boot`."""

post_keys: Final = Table(
    "post_keys",
    metadata,
    Column("key", String, primary_key=True),
    Column("address", Place, primary_key=True),
    Column("marker", String, ForeignKey("posts.marker"), nullable=False),
)
"""What each post tells: every key once for each address."""

generations: Final = Table(
    "generations",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("generation", Integer, nullable=False),
)
"""How many steps the memory has taken: one row, or none before the first."""

lecture_states: Final = Table(
    "lecture_states",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("current", Text),
    Column("told", Text),
    Column("changed_at", Instant, nullable=False),
    Column("dated_at", Instant, nullable=False),
    Column("closing_at", Instant, nullable=False),
    Column("form_at", Instant, nullable=False),
    Column("links", Text, nullable=False),
)

news: Final = Table(
    "news",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("settled_at", Instant, nullable=False, index=True),
    Column("urgent", Boolean, nullable=False),
)

followers: Final = Table(
    "followers",
    metadata,
    Column("address", Place, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("topics", Text, nullable=False),
    Column("lectures", Text),
    Column("language", String),
    Column("ping", String),
    Column("pinned", Boolean),
    Column("following", Boolean, nullable=False),
    Column("changed_by", String, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
"""Who follows or did; `changed_by` says who asked for the last change."""

states: Final = Table(
    "states",
    metadata,
    Column("name", String, primary_key=True),
    Column("holds", Boolean, nullable=False),
    Column("changed_by", String, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
"""What is on or off for the bot as a whole, such as a pause of all posts; since when, and by whom."""

events: Final = Table(
    "events",
    metadata,
    Column("platform", String, primary_key=True),
    Column("place", String, primary_key=True),
    Column("lecture", Integer, primary_key=True, autoincrement=False),
    Column("event", String),
    Column("starts", Instant),
)
"""The scheduled event that a lecture has in a server, or had until it was called off."""

turns: Final = Table(
    "turns",
    metadata,
    Column("name", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("ends", Double, nullable=False),
    Column("boot", String, nullable=False),
)
"""What one process does at a time, and until when it is one's, on the clock of `boot`."""

revisions: Final = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("digest", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("who", String, nullable=False),
    Column("name", String, nullable=False),
    Column("place", String, nullable=False),
    Column("why", Text, nullable=False),
)
"""Every accepted version of the schedule, numbered without gaps."""

revision_lectures: Final = Table(
    "revision_lectures",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, ForeignKey("revisions.id"), primary_key=True, autoincrement=False),
)
"""Which lectures each version changed."""

pages: Final = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
"""Versions of the organizers' page that were dealt with: nothing in them is left to be asked about."""
