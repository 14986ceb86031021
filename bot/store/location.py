"""Where the database is: addresses as people write them, and the drivers that serve them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.troubles import CannotOpen

_SQLITE: Final = "sqlite+aiosqlite"
_POSTGRESQL: Final = "postgresql+psycopg"
_DRIVERS: Final = {
    "sqlite": _SQLITE,
    "sqlite+aiosqlite": _SQLITE,
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    "postgresql+psycopg": _POSTGRESQL,
}


@dataclass(frozen=True, slots=True)
class Location:
    """A database's address. Its text form holds no password, and neither does `place`, which is for messages."""

    url: URL

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite; else it is PostgreSQL."""
        return self.url.drivername == _SQLITE

    @property
    def in_memory(self) -> bool:
        """Whether it vanishes with the process."""
        return self.is_sqlite and self.url.database in (None, "", ":memory:")

    @property
    def file(self) -> Path | None:
        """The file of SQLite, unless it is told in SQLite's own notation for it."""
        name = self.url.database
        plain = self.is_sqlite and not self.in_memory and name and "uri" not in self.url.query
        return Path(name) if plain and name else None

    @property
    def place(self) -> str:
        """What to call it in a message."""
        if self.is_sqlite:
            return self.url.database or ":memory:"
        return "/".join(filter(None, [self.url.host, self.url.database])) or "PostgreSQL"


def location(address: str | Path) -> Location:
    """The database of that file, or of that URL as people write it. Raises CannotOpen."""
    if isinstance(address, Path):
        return Location(URL.create(_SQLITE, database=str(address)))
    try:
        url = make_url(address.strip())
        driver = _DRIVERS[url.drivername.lower()]
    except (ArgumentError, ValueError, KeyError):
        raise CannotOpen("store.wrong_url") from None
    return Location(url.set(drivername=driver))
