"""Changes of the schedule that could be made, who makes them, and why one can't be made."""

from dataclasses import dataclass

from bot.domain.series import Series
from bot.domain.subscriptions import Address
from bot.schedule.revisions import Revision


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
    entries are still the same. `reason` says in one line what is done, for the log (such as the command line). `undoes`
    is the id of the revision that it takes back, if it is an undo.
    """

    lectures: tuple[str, ...]
    before: Series
    after: Series
    key: str
    reason: str
    undoes: int | None


class EditRefusedError(Exception):
    """A change can't be made: the schedule would be wrong with it, or the file can't be written.

    `sentences` say reason, in the language of whoever asked.
    """

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


class OutdatedDraftError(Exception):
    """The entries have been changed by somebody else since the draft was made; `draft` is the same change made anew."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


class NewerChangeError(Exception):
    """What should be taken back was changed again since then, by `revision`."""

    def __init__(self, revision: Revision) -> None:
        super().__init__(revision.id)
        self.revision = revision
