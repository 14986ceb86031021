"""A database for one test, and what is put into it."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select

from bot.announcements.ledger import Claim, PostStatus
from bot.announcements.post import AlertSubject, ReminderSubject
from bot.domain.reminder_times import Stage
from bot.domain.reminders import DueStage
from bot.domain.subscriptions import Address, AddressKind
from bot.storage import Store, open_store
from bot.storage.ledger import SqlLedger
from bot.storage.tables import metadata, posts
from tests.storage.cluster import Cluster

TOKYO: Final = ZoneInfo("Asia/Tokyo")
NOW: Final = datetime(2024, 4, 5, 3, 0, 0, 123456, UTC)
CHANNEL: Final = Address("discord", AddressKind.CHANNEL, "123")
OTHER: Final = Address("slack", AddressKind.CHANNEL, "C05")
PERSON: Final = Address("discord", AddressKind.USER, "4")
MATTER: Final = ReminderSubject(
    tuple(
        DueStage(
            Stage.WEEK_BEFORE,
            str(number),
            anchor=datetime(2024, 4, 12, 13, tzinfo=TOKYO),
            due=datetime(2024, 4, 5, 9, tzinfo=TOKYO),
            until=datetime(2024, 4, 8, 13, tzinfo=TOKYO),
        )
        for number in (12, 13)
    )
)
NOTICE: Final = AlertSubject("held/1", "notice.held", {"where": "discord:123"}, datetime(2024, 4, 5, 9, tzinfo=TOKYO))


@dataclass
class Home:
    """The address of a database, and how many seconds have passed for whoever opens it."""

    address: str | Path
    server: Cluster | None = None
    seconds: float = 1000.0

    def elapsed(self) -> float:
        """The clock of this machine."""
        return self.seconds

    def opened(self, boot_id: str = "boot", zone: tzinfo = TOKYO) -> AbstractAsyncContextManager[Store]:
        """Its store, with this clock."""
        return open_store(self.address, zone, elapsed=self.elapsed, boot_id=boot_id)

    def passes(self, seconds: float) -> None:
        """Lets time pass: for this machine, and for the server as far as leases notice."""
        self.seconds += seconds
        if self.server:
            for table in ("posts", "leases"):
                self.server.execute(f"UPDATE {self._schema}.{table} SET lease_ends = lease_ends - {seconds}")  # noqa: S608 - all of it is ours

    def empty(self) -> None:
        """Removes everything that is kept on the server, but the tables."""
        if self.server:
            tables = ", ".join(f"{self._schema}.{table.name}" for table in metadata.sorted_tables)
            self.server.execute(f"TRUNCATE {tables} RESTART IDENTITY")

    @property
    def _schema(self) -> str:
        return unquote(str(self.address)).rpartition("=")[2]


async def claimed(
    store: Store,
    *keys: str,
    to: Address = CHANNEL,
    at: datetime = NOW,
    subject: ReminderSubject | AlertSubject = MATTER,
) -> Claim:
    """A claim of these keys, which nobody has taken."""
    claim = await store.ledger.claim(subject, keys, to, at)
    assert claim
    return claim


async def holds(store: Store, claim: Claim) -> bool:
    """Whether the claim is still whose it was: nobody has taken it over, and its lease goes on."""
    ledger = store.ledger
    assert isinstance(ledger, SqlLedger)
    which = and_(posts.c.marker == claim.marker, posts.c.version == claim.version, posts.c.status == PostStatus.CLAIMED)
    own = select(posts.c.marker).where(which, ~ledger._clock.expired(posts))
    return await ledger._database.read(lambda connection: connection.scalar(own)) is not None


async def posted(store: Store, keys: Sequence[str], message: str, at: datetime, to: Address = CHANNEL) -> None:
    """A message that was sent."""
    assert await store.ledger.record_sent(await claimed(store, *keys, to=to, at=at), message, "as planned", at)


def after(**time: float) -> datetime:
    """So much after NOW."""
    return NOW + timedelta(**time)
