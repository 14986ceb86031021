"""Whether one registers for lectures at all, by which form, and until when."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import Final

BY_MAIL: Final = "mailto:"
"""How the address of a form begins that is none: one registers by writing a mail."""


def mail_address(url: str | None) -> str | None:
    """The address to write to, if one doesn't go to a page but writes a mail."""
    return url[len(BY_MAIL) :].partition("?")[0] if url and url.lower().startswith(BY_MAIL) else None


class Closing(StrEnum):
    """A deadline that is not a moment of its own: nobody registers for a lecture that has begun."""

    START = "start"
    """One is told to register before the start."""
    NONE = "none"
    """No deadline is told."""


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """When registration closes: so many days before the lecture's day, at this local time."""

    days_before: int
    at: time


@dataclass(frozen=True, slots=True)
class RegistrationPolicy:
    """How one registers for the lectures of a series.

    With `needed`, one does for each, so a form that is not there yet is missing; without, only for those that say so.
    `url` is one form for all of them. `closes` holds for lectures that say nothing else.
    """

    needed: bool = False
    url: str | None = None
    closes: ClosingRule | Closing = Closing.START


NOBODY: Final = RegistrationPolicy()
"""Nobody registers, unless a lecture says so."""


@dataclass(frozen=True, slots=True)
class Form:
    """A registration form: `owner` is the id of the lecture that carries it, `serves` are all it is for.

    Without an owner it is the series' own, for all lectures at once. It can't be used before `opens` (aware).
    """

    url: str
    owner: str | None
    serves: tuple[str, ...] = ()
    opens: datetime | None = None

    @property
    def is_for_all(self) -> bool:
        """Whether one registers with it once, for all lectures."""
        return self.owner is None

    def is_offered(self, now: datetime) -> bool:
        """Whether it may be shown at the aware instant `now`: it has opened."""
        return self.opens is None or now.astimezone(UTC) >= self.opens

    @property
    def by_mail(self) -> bool:
        """Whether one registers by writing a mail."""
        return mail_address(self.url) is not None

    @property
    def mail_address(self) -> str:
        """Where the mail goes, without a subject that the link may give."""
        return mail_address(self.url) or ""
