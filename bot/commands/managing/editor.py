"""Changing the schedule: the ports through which a change is drafted, previewed, written and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.announcements.matter import StageMatter
from bot.commands.revisions import Revision
from bot.content import Message
from bot.domain.audience import Address
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.language import Language
from bot.domain.series import Series


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes the schedule, from where; `name` is what people call them."""

    person: Address
    name: str
    where: Address | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that could be made: of which lectures, from which schedule to which.

    `key` identifies what it was made from, as far as these lectures are concerned: it can be written only while their
    entries are still the same. `why` says in one line what is done, for the log (such as the command line).
    """

    numbers: tuple[int, ...]
    before: Series
    after: Series
    key: str
    why: str


class EditRefused(Exception):
    """A change can't be made: the schedule would be wrong with it, or the file can't be written.

    `sentences` say why, in the language of whoever asked.
    """

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


class Outdated(Exception):
    """The entries have been changed by somebody else since the draft was made; `draft` is the same change made anew."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


class ScheduleEditor(Protocol):
    """Edits the schedule wherever it lives. Every method raises EditRefused or LedgerUnavailable."""

    async def edited(self, edits: Sequence[FieldEdit], why: str, language: Language) -> Draft:
        """The draft of edits of lectures that exist; all of them together, checked as a hand edit would be."""

    async def added(self, entry: dict[str, FieldValue], why: str, language: Language) -> Draft:
        """The draft of a new lecture, given as in lectures.yaml."""

    async def undone(self, lecture: int | None, why: str, language: Language) -> Draft | None:
        """The draft that takes the latest change back (of that lecture); None if there is none to take back."""

    async def write(self, draft: Draft, author: Author, language: Language, *, quietly: bool) -> Revision:
        """Writes the draft, keeping what others have changed elsewhere, and takes it into service.

        `quietly` makes no news of it; earlier posts are kept true all the same. Raises Outdated.
        """


@dataclass(frozen=True, slots=True)
class ForeseenPost:
    """A post, the language it is in, and all who would get it."""

    message: Message
    language: Language
    receivers: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would cause: the posts and when they go out; the planned posts that would be dropped, and those that
    would be new."""

    posts: tuple[ForeseenPost, ...]
    due: datetime | None
    dropped: tuple[StageMatter, ...]
    added: tuple[StageMatter, ...]
    edited: int
    """How many earlier posts would be corrected."""


class Foresight(Protocol):
    """Knows what the announcer would do."""

    async def preview(self, draft: Draft) -> Preview:
        """What the draft would cause if it were announced. Raises LedgerUnavailable."""
