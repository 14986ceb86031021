"""The versions of the organizers' page that were dealt with: the port to where they are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PageVersion:
    """A version of the page at `source` that was dealt with at the aware instant `at`: it raises no question."""

    source: str
    digest: str
    text: str
    at: datetime


class PageVersions(Protocol):
    """The versions of the page that were dealt with. Any method may raise LedgerUnavailableError."""

    async def latest(self, source: str) -> PageVersion | None:
        """The one that was dealt with last, if any was."""

    async def add(self, version: PageVersion) -> None:
        """Keeps a version as dealt with."""
