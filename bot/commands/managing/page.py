"""The organizers' page beside the schedule: the ports by which it is compared and followed, and its versions kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.commands.managing.editor import Author
from bot.domain.language import Language


@dataclass(frozen=True, slots=True)
class PageVersion:
    """A version of the page at `source` that was dealt with at the aware instant `at`: it raises no question."""

    source: str
    digest: str
    text: str
    at: datetime


class Pages(Protocol):
    """The versions of the page that were dealt with. Any method may raise LedgerUnavailable."""

    async def settled(self, source: str) -> PageVersion | None:
        """The one that was dealt with last, if any was."""

    async def settle(self, version: PageVersion) -> None:
        """Keeps a version as dealt with."""


@dataclass(frozen=True, slots=True)
class PageState:
    """The page beside the schedule, in lines to be read.

    `taken` was just taken over by itself, `differences` can be; `conflicts` are what the schedule has otherwise because
    people decided so, while the page has stayed as it was. `token` stands for all differences and conflicts together.
    """

    token: str
    taken: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class PageUnreadable(Exception):
    """There is no page to be compared; `sentence` says why, in the language of whoever asked."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class PageChanged(Exception):
    """What was asked about is not how things stand; `state` is."""

    def __init__(self, state: PageState) -> None:
        super().__init__()
        self.state = state


class PageSync(Protocol):
    """Follows the page. Every method may raise PageUnreadable or LedgerUnavailable."""

    async def compared(self, language: Language) -> PageState:
        """The page fetched now beside the schedule."""

    async def take_over(
        self, token: str, author: Author, language: Language, *, quietly: bool, conflicts: bool
    ) -> tuple[str, ...]:
        """Takes over the differences, and the conflicts if wanted; returns what was taken over, in lines.

        Raises PageChanged, EditRefused or Outdated.
        """

    async def ignore(self, token: str, language: Language) -> None:
        """Leaves the schedule as it is; that is asked about again only when the page changes. Raises PageChanged."""
