"""The ledger in the database: a post is claimed by inserting its keys; every later step is compare-and-set."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, Update, and_, bindparam, func, or_, select, update

from bot.announcements.ledger import Claim, OpenPost, PostStatus, SentPost, marker_of
from bot.announcements.post import SHARED, PostSubject
from bot.announcements.post import keys as keys_of
from bot.announcements.selection import Reason
from bot.domain.subscriptions import Address
from bot.storage.batches import Batches
from bot.storage.copies import SqlCopies
from bot.storage.database import Database, in_parts, pages
from bot.storage.leases import LeaseClock
from bot.storage.serialization import Loader, dump_subject
from bot.storage.tables import clean_text, post_keys, posts

_OPEN: Final = (PostStatus.CLAIMED, PostStatus.WAITING, PostStatus.HELD)
_STALE: Final = and_(posts.c.status == PostStatus.SKIPPED, posts.c.reason == Reason.STALE)
"""Skipped because it came too late: if it turns out not to, the clock was wrong, and it is told after all."""

_SENT: Final = (
    posts.c.marker,
    posts.c.address,
    posts.c.subject,
    posts.c.message_id,
    posts.c.content_digest,
    posts.c.sent_at,
)
"""The columns of a `SentPost`."""


_Values = dict[str, Any]
_Entry = tuple[_Values, Sequence[str]]
"""A row of posts, and the keys of that post."""

_RECORD_SENT: Final = (
    update(posts)
    .where(
        posts.c.marker == bindparam("claimed_marker"),
        posts.c.version == bindparam("claimed_version"),
        posts.c.status == PostStatus.CLAIMED,
    )
    .values(
        status=PostStatus.SENT,
        version=posts.c.version + 1,
        subject=bindparam("subject"),
        message_id=bindparam("message_id"),
        content_digest=bindparam("content_digest"),
        sent_at=bindparam("sent_at"),
    )
)
_RECORD_EDIT: Final = (
    update(posts)
    .where(posts.c.marker == bindparam("sent_marker"), posts.c.status == PostStatus.SENT)
    .values(version=posts.c.version + 1, content_digest=bindparam("content_digest"))
)


_MOST_PREFIXES: Final = 128
"""Ranges of keys in one statement: a power of two, since they are padded to one, and few enough for SQLite."""


class SqlLedger:
    """`Ledger` in SQL. Claims last for `lease` seconds, measured by `clock`.

    What may have been told in the gap of a copy can't be claimed at once: it comes in as held, to be looked up.
    """

    def __init__(self, database: Database, load: Loader, clock: LeaseClock, lease: float, copies: SqlCopies) -> None:
        self._database: Final = database
        self._load: Final = load
        self._clock: Final = clock
        self._lease: Final = lease
        self._copies: Final = copies
        self._claims: Final = Batches[_Entry](database, self._claimed)
        self._sent: Final = Batches[_Values](database, partial(_all_changed, _RECORD_SENT))
        self._edited: Final = Batches[_Values](database, partial(_all_changed, _RECORD_EDIT))

    async def taken(self, keys: Collection[str]) -> set[tuple[str, Address]]:
        """Which of the keys were claimed or skipped for which addresses."""
        return await self._keys(select(post_keys.c.key, post_keys.c.address), keys)

    async def stale(self, keys: Collection[str]) -> set[tuple[str, Address]]:
        """Which of the keys were skipped for which addresses because they came too late."""
        query = select(post_keys.c.key, post_keys.c.address).join(posts).where(_STALE)
        return await self._keys(query, keys) if keys else set()

    async def claim(self, subject: PostSubject, keys: Sequence[str], address: Address, now: datetime) -> Claim | None:
        """Claims the keys for one post; None if any of them is taken."""
        gap = await self._copies.gap()
        if gap and (since := gap.may_stand_since(subject)):
            held = self._row(subject, keys, address, since) | {"status": PostStatus.HELD}
            if await self._inserted(held, keys):
                return None
        begun = self._clock.elapsed()
        row = self._row(subject, keys, address, now) | {"status": PostStatus.CLAIMED}
        version = 1 if await self._claims.put((row, keys)) else await self._revived(row)
        return Claim(row["marker"], address, subject, begun + self._lease, version) if version else None

    async def enqueue(
        self, subject: PostSubject, keys: Sequence[str], addresses: Collection[Address], now: datetime
    ) -> None:
        """Takes in a post to each of these addresses, to be sent as soon as may be; all of them or none."""
        rows = [self._row(subject, keys, address, now) | {"status": PostStatus.WAITING} for address in addresses]

        def put(connection: Connection) -> None:
            for row in rows:
                self._put(connection, [(row, keys)])

        await self._database.write(put)

    async def skip(
        self, subject: PostSubject, keys: Sequence[str], address: Address, now: datetime, reason: str
    ) -> bool:
        """Records that this is not told; False if any of the keys was taken before."""
        row = self._row(subject, keys, address, now) | {"status": PostStatus.SKIPPED, "reason": clean_text(reason)}
        return await self._inserted(row, keys)

    async def record_sent(self, claim: Claim, message_id: str, content_digest: str, now: datetime) -> bool:
        """Records the message; False if the post was taken over meanwhile."""
        which = {"claimed_marker": claim.marker, "claimed_version": claim.version}
        content = {"message_id": message_id, "content_digest": content_digest, "sent_at": now}
        return await self._sent.put({**which, **content, "subject": dump_subject(claim.subject)})

    async def retry_later(self, claim: Claim, seconds: float, reason: str) -> None:
        """Gives the claim back; it is not to be tried before so many seconds."""
        await self._released(claim, PostStatus.WAITING, seconds, reason)

    async def hold(self, claim: Claim, seconds: float, reason: str) -> None:
        """Gives the claim back without knowing whether it went out."""
        await self._released(claim, PostStatus.HELD, seconds, reason)

    async def hasten(self, address: Address) -> None:
        """Has what waits for that address tried at once."""
        waits = and_(posts.c.address == address, posts.c.status == PostStatus.WAITING)
        await self._updated(waits, self._clock.until(0.0))

    async def drop(self, claim: Claim, reason: str) -> None:
        """Gives it up for good."""
        values = {"status": PostStatus.SKIPPED, "reason": clean_text(reason)}
        await self._updated(_is(claim.marker, claim.version, PostStatus.CLAIMED), values)

    async def open_posts(self, addresses: Collection[Address] | None = None) -> list[OpenPost]:
        """All that nobody works on, of these addresses or of all, oldest first."""
        query = select(posts).where(posts.c.status.in_(_OPEN), self._clock.expired(posts))
        query = query.order_by(posts.c.created_at, posts.c.marker)

        def found(connection: Connection) -> list[OpenPost]:
            rows = connection.execute(query)
            return [self._open_post(row) for row in rows if addresses is None or row.address in addresses]

        return await self._database.read(found)

    async def next_open(self) -> float | None:
        """Seconds until the next lease or pause runs out; None if there is none that is still to run out."""
        rest = func.min(posts.c.lease_ends) - self._clock.present()
        query = select(rest).where(posts.c.status.in_(_OPEN), ~self._clock.expired(posts))
        return await self._database.read(lambda connection: connection.scalar(query))

    async def take_over(self, post: OpenPost) -> Claim | None:
        """Claims an open post by compare-and-set; None if somebody was faster."""
        begun = self._clock.elapsed()
        own = and_(_is(post.marker, post.version, post.status), self._clock.expired(posts))
        attempt = post.attempt + 1
        values = self._clock.until(self._lease) | {"status": PostStatus.CLAIMED, "attempt": attempt}
        if not await self._updated(own, values):
            return None
        return Claim(post.marker, post.address, post.subject, begun + self._lease, post.version + 1, attempt)

    async def posts_since(self, since: datetime) -> list[SentPost]:
        """What was sent since that instant, oldest first, without what can't be edited any more."""
        status = and_(posts.c.status == PostStatus.SENT, posts.c.sent_at >= since, posts.c.editable)
        query = select(*_SENT).where(status)

        def found(connection: Connection) -> list[SentPost]:
            return [
                self._sent_post(row)
                for page in pages(connection, query, posts.c.sent_at, posts.c.marker)
                for row in page
            ]

        return await self._database.read(found)

    async def sent_with_keys(self, keys: Collection[str], prefixes: Collection[str] = ()) -> list[SentPost]:
        """What was sent under any of these keys, or under keys that begin so, and can still be edited."""
        wanted: list[ColumnElement[bool]] = [post_keys.c.key.in_(some) for some in in_parts(sorted(keys))]
        wanted += [or_(*map(_begins, _padded(some))) for some in in_parts(sorted(prefixes), _MOST_PREFIXES)]
        found = {post.marker: post for which in wanted for post in await self._sent_under(which)}
        return sorted(found.values(), key=lambda post: (post.sent_at, post.marker))

    async def keep(self, post: SentPost) -> None:
        """Takes in a message that was sent without a claim; nothing if it is there."""
        content = {"message_id": post.message_id, "content_digest": post.content_digest, "sent_at": post.sent_at}
        told = keys_of(post.subject)
        row = self._row(post.subject, told, post.address, post.sent_at) | {"status": PostStatus.SENT, **content}
        await self._inserted(row, told)

    async def shared_answers(self) -> list[SentPost]:
        """The answers shown to whole channels that can still be edited."""
        return await self._sent_under(_begins(SHARED))

    async def reword(self, subject: PostSubject) -> None:
        """Puts the subject in the place of the one that has the same keys."""
        told = select(post_keys.c.marker).where(post_keys.c.key.in_(keys_of(subject)))
        await self._updated(posts.c.marker.in_(told), {"subject": dump_subject(subject)})

    async def record_edit(self, post: SentPost, content_digest: str) -> None:
        """Records that the message was edited to say something else."""
        await self._edited.put({"sent_marker": post.marker, "content_digest": content_digest})

    async def forget_message(self, post: SentPost, reason: str) -> None:
        """Records that the message can't be edited any more."""
        await self._updated(_is_sent(post), {"editable": False, "reason": clean_text(reason)})

    def _row(self, subject: PostSubject, keys: Sequence[str], address: Address, now: datetime) -> _Values:
        if not keys:
            raise ValueError("a post without keys could be sent any number of times")
        return {
            "marker": marker_of(keys, address),
            "address": address,
            "subject": dump_subject(subject),
            "version": 1,
            "attempt": 1,
            "created_at": now,
            "lease_ends": 0.0,
            "lease_clock": self._clock.id,
            "editable": True,
        }

    async def _sent_under(self, which: ColumnElement[bool]) -> list[SentPost]:
        """What was sent under such keys and can still be edited, oldest first."""
        told = select(post_keys.c.marker).where(which)
        status = and_(posts.c.status == PostStatus.SENT, posts.c.editable, posts.c.marker.in_(told))
        query = select(*_SENT).where(status).order_by(posts.c.sent_at, posts.c.marker)
        return await self._database.read(lambda connection: [self._sent_post(row) for row in connection.execute(query)])

    async def _keys(self, query: Select[str, Address], keys: Collection[str]) -> set[tuple[str, Address]]:
        order = (post_keys.c.key, post_keys.c.address)

        def found(connection: Connection) -> set[tuple[str, Address]]:
            return {
                (row[0], row[1])
                for some in in_parts(keys)
                for page in pages(connection, query.where(post_keys.c.key.in_(some)), *order)
                for row in page
            }

        return await self._database.read(found)

    async def _inserted(self, row: _Values, keys: Sequence[str]) -> bool:
        """Whether a post could be inserted with all of its keys; otherwise nothing was."""

        def insert(connection: Connection) -> bool:
            if self._put(connection, [(row, keys)]):
                return True
            connection.rollback()
            return False

        return await self._database.write(insert)

    def _claimed(self, connection: Connection, entries: Sequence[_Entry]) -> bool:
        """Whether all these posts could be inserted with all of their keys, and a lease that begins now."""
        return self._put(connection, entries, **self._clock.until(self._lease))

    def _put(self, connection: Connection, entries: Sequence[_Entry], **lease: Any) -> bool:
        """Whether the posts and all of their keys could be inserted.

        Keys go in in one order, so that posts that share some can't wait for each other.
        """
        rows = [{name: value for name, value in row.items() if name not in lease} for row, _ in entries]
        insert = self._database.insert(posts).values(lease).on_conflict_do_nothing()
        if connection.execute(insert, sorted(rows, key=lambda row: str(row["marker"]))).rowcount != len(rows):
            return False
        told = sorted({(key, row["address"], row["marker"]) for row, keys in entries for key in keys})
        values = [dict(zip(("key", "address", "marker"), each, strict=True)) for each in told]
        return connection.execute(self._database.insert(post_keys).on_conflict_do_nothing(), values).rowcount == len(
            told
        )

    async def _revived(self, row: _Values) -> int | None:
        """The version of the post that was skipped as stale and is now as in `row`, claimed; None if there is none."""
        values = {**row, **self._clock.until(self._lease), "version": posts.c.version + 1, "reason": None}
        which = and_(posts.c.marker == values.pop("marker"), _STALE)
        step = update(posts).where(which).values(values).returning(posts.c.version)
        return await self._database.write(lambda connection: connection.scalar(step))

    async def _updated(self, which: ColumnElement[bool], values: _Values) -> bool:
        """Whether the post was as expected, and has been changed."""
        step = update(posts).where(which).values(version=posts.c.version + 1, **values)
        return await self._database.write(lambda connection: connection.execute(step).rowcount == 1)

    async def _released(self, claim: Claim, status: PostStatus, seconds: float, reason: str) -> None:
        values = self._clock.until(seconds) | {"status": status, "reason": clean_text(reason)}
        await self._updated(_is(claim.marker, claim.version, PostStatus.CLAIMED), values)

    def _sent_post(self, row: Row[*tuple[Any, ...]]) -> SentPost:
        return SentPost(row[0], row[1], self._load.subject(row[2]), row[3], row[4], row[5])

    def _open_post(self, row: Row[Any]) -> OpenPost:
        return OpenPost(
            row.marker,
            row.address,
            self._load.subject(row.subject),
            PostStatus(row.status),
            row.version,
            row.attempt,
            row.created_at,
        )


def _all_changed(step: Update, connection: Connection, values: Sequence[_Values]) -> bool:
    """Whether the step found a row for each of the values."""
    return connection.execute(step, values).rowcount == len(values)


def _is(marker: str, version: int, status: PostStatus) -> ColumnElement[bool]:
    return and_(posts.c.marker == marker, posts.c.version == version, posts.c.status == status)


def _is_sent(post: SentPost) -> ColumnElement[bool]:
    return and_(posts.c.marker == post.marker, posts.c.status == PostStatus.SENT)


def _padded(values: Sequence[str]) -> Sequence[str]:
    """The values, the last of them repeated until their number is a power of two: SQLAlchemy keeps what it makes of a
    statement for each number of conditions, and there are hundreds in one."""
    return [*values, *[values[-1]] * ((1 << (len(values) - 1).bit_length()) - len(values))]


def _begins(prefix: str) -> ColumnElement[bool]:
    """Whether a key begins so: as a range, which the primary key's index answers; LIKE reads the whole table."""
    behind = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    return and_(post_keys.c.key >= prefix, post_keys.c.key < behind)
