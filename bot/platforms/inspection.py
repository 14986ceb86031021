"""What `lecturebot doctor` finds: each thing that it looked at, how that is, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.series import Series
from bot.domain.subscriptions import Address, Follower


class Level(StrEnum):
    """How something is."""

    WELL = "well"
    NOTE = "note"
    """Worth knowing; the bot does its work all the same."""
    MEND = "mend"
    """Something that people expect of the bot does not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    `phrase` is the name of the sentence that says how it is, `mend` that of the one that says what to do. `values` fill
    both; in place of `{named}` stand the phrases `named`, as a list.
    """

    level: Level
    phrase: str
    mend: str | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)
    named: tuple[str, ...] = ()


def well(phrase: str, /, **values: str | int) -> Finding:
    """That something is as it should be."""
    return Finding(Level.WELL, phrase, values=values)


def note(phrase: str, mend: str | None = None, /, **values: str | int) -> Finding:
    """That something is worth knowing."""
    return Finding(Level.NOTE, phrase, mend, values)


def wrong(phrase: str, mend: str | None = None, named: tuple[str, ...] = (), /, **values: str | int) -> Finding:
    """That something needs mending; without `mend` the sentence itself says how."""
    return Finding(Level.MEND, phrase, mend, values, named)


@dataclass(frozen=True, slots=True)
class Expectations:
    """What the bot is to do on a platform: to whom posts go, who its organizers are, which series it serves.

    `home` is the server or workspace whose managers are organizers where none are named; None while there is none.
    """

    followers: tuple[Follower, ...] = ()
    organizers: tuple[Address, ...] = ()
    home: Address | None = None
    series: Series | None = None

    def home_found(self, names: Mapping[str, str]) -> Finding:
        """Whether the home is one of the communities that the bot is in, by their ids and names."""
        if self.home is None:
            return note("doctor.home.none", "doctor.home.none.mend")
        if self.home.id in names:
            return well("doctor.home.well", home=names[self.home.id])
        tell = note if self.organizers else wrong
        return tell("doctor.home.left", "doctor.home.left.mend", home=str(self.home))


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found on a platform, and by how many seconds its clock is ahead of this machine's, if it told."""

    findings: tuple[Finding, ...]
    clock_skew: float | None = None
