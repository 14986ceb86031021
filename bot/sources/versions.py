"""The versions of the organizers' source that were dealt with: the port to where they are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SourceVersion:
    """A version of the source at `source` that was dealt with at the aware instant `at`: it raises no question."""

    source: str
    digest: str
    text: str
    at: datetime


class SourceVersions(Protocol):
    """The versions of the source that were dealt with. Any method may raise LedgerUnavailableError."""

    async def latest(self, source: str) -> SourceVersion | None:
        """The one that was dealt with last, if any was."""

    async def add(self, version: SourceVersion) -> None:
        """Keeps a version as dealt with."""
