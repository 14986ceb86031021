"""The tables. Each change here needs a migration, which a test checks.

A post must not be repeated, so its row stays for as long as it could fall due again, and longer; see `pruning`.
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
    _UtcBase = TypeDecorator[datetime]
    _AddressBase = TypeDecorator[Address]
else:
    _UtcBase = _AddressBase = TypeDecorator

_LONGEST: Final = 2000
"""Characters kept of a text that comes from outside."""


class UtcDateTime(_UtcBase):
    """An aware datetime, kept and given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC; naive for SQLite, which keeps and sorts it as text."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime must be aware")
        universal = value.astimezone(UTC)
        return universal.replace(tzinfo=None) if dialect.name == "sqlite" else universal

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC, whatever the connection's time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class AddressType(_AddressBase):
    """An `Address` as `platform:kind:id`, which any address can be read back from."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Address | None, dialect: Dialect) -> str | None:
        """Its parts, joined."""
        return None if value is None else f"{value.platform}:{value.kind}:{value.id}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Address | None:
        """The address; the same one for the same text."""
        return None if value is None else _address(value)


@lru_cache(maxsize=4096)
def _address(written: str) -> Address:
    platform, kind, identifier = written.split(":", 2)
    return Address(platform, AddressKind(kind), identifier)


def clean_text(text: str) -> str:
    """A text from outside as any database can keep it: not too long, no NUL, valid UTF-8."""
    return text[:_LONGEST].replace("\0", "").encode("utf-8", "replace").decode()


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
    Column("address", AddressType, nullable=False),
    Column("subject", Text, nullable=False),
    Column("status", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("lease_ends", Double, nullable=False),
    Column("lease_clock", String, nullable=False),
    Column("reason", Text),
    Column("message_id", String),
    Column("content_digest", String),
    Column("sent_at", UtcDateTime),
    Column("editable", Boolean, nullable=False),
    Index(None, "status", "sent_at"),
)
"""Posts to one address each, claimed, sent or skipped.

`version` counts the changes of the row, for compare-and-set. Until `lease_ends` nobody but the claim's holder may work
on it (or nobody at all, if it was given back to be tried later): seconds on `lease_clock`, see `LeaseClock`. `reason`
says why it waits or was skipped, `content_digest` what the message says now.
"""

_KEY: Final = String().with_variant(String(collation="C"), "postgresql")
"""Text in the order of its code points, whatever the database's locale is: keys are looked up by how they begin."""

post_keys: Final = Table(
    "post_keys",
    metadata,
    Column("key", _KEY, primary_key=True),
    Column("address", AddressType, primary_key=True),
    Column("marker", String, ForeignKey("posts.marker"), nullable=False),
)
"""The keys of each post. A key is used once for each address, so that nothing is posted twice."""

versions: Final = Table(
    "versions",
    metadata,
    Column("name", String, primary_key=True),
    Column("version", Integer, nullable=False),
)
"""Counts the changes of other tables, by their names; no row before the first. What was read from them may be kept in
memory for as long as the version is the same."""

lecture_states: Final = Table(
    "lecture_states",
    metadata,
    Column("lecture", String, primary_key=True),
    Column("current", Text),
    Column("announced", Text),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("date_changed_at", UtcDateTime, nullable=False),
    Column("deadline_changed_at", UtcDateTime, nullable=False),
    Column("form_added_at", UtcDateTime, nullable=False),
    Column("announced_links", Text, nullable=False),
)
"""Each lecture as it is and as it was announced last; see `LectureState`."""

news: Final = Table(
    "news",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("lecture", String, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("settled_at", UtcDateTime, nullable=False, index=True),
    Column("urgent", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
"""Changes of lectures to be announced; see `NewsItem`. Posts are known by their ids, which are never used again."""

followers: Final = Table(
    "followers",
    metadata,
    Column("address", AddressType, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("topics", Text, nullable=False),
    Column("lectures", Text),
    Column("language", String),
    Column("ping", String),
    Column("pinned", Boolean, nullable=False),
    Column("greeting", String),
    Column("following", Boolean, nullable=False),
    Column("changed_by", String, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)
"""Channels and people that follow, or did until `changed_at`; see `Follower`."""

flags: Final = Table(
    "flags",
    metadata,
    Column("name", String, primary_key=True),
    Column("is_set", Boolean, nullable=False),
    Column("changed_by", String, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime),
)
"""What is on or off for the whole bot, such as the pause of all posts; from `ends_at` on it is off by itself."""

homes: Final = Table(
    "homes",
    metadata,
    Column("platform", String, primary_key=True),
    Column("community", AddressType, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
)
"""The server or workspace of each platform that the bot joined first."""

events: Final = Table(
    "events",
    metadata,
    Column("platform", String, primary_key=True),
    Column("place", String, primary_key=True),
    Column("lecture", String, primary_key=True),
    Column("event_id", String),
    Column("starts_at", UtcDateTime),
)
"""The scheduled event of a lecture in a place (a Discord server); `event_id` is null once it was cancelled."""

leases: Final = Table(
    "leases",
    metadata,
    Column("name", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("lease_ends", Double, nullable=False),
    Column("lease_clock", String, nullable=False),
)
"""What only one process at a time does, and until when it may: seconds on `lease_clock`, see `LeaseClock`."""

revisions: Final = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("digest", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("author", String, nullable=False),
    Column("author_name", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("undoes", Integer, ForeignKey("revisions.id"), index=True),
)
"""Every accepted version of the schedule, numbered without gaps. `undoes` is the revision that it takes back."""

revision_lectures: Final = Table(
    "revision_lectures",
    metadata,
    Column("lecture", String, primary_key=True),
    Column("revision_id", Integer, ForeignKey("revisions.id"), primary_key=True, autoincrement=False),
)
"""Which lectures each revision changed."""

source_versions: Final = Table(
    "source_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("settled_at", UtcDateTime, nullable=False),
)
"""Versions of the organizers' page (`source` is its address) about which nothing is left to be asked."""

copies: Final = Table(
    "copies",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("served_at", UtcDateTime),
    Column("news_below", Integer, nullable=False),
)
"""When this database was copied from another, and first served from; no row if it never was. See `Gap`."""
