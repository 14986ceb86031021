"""Leases: what one process at a time may do, until when, and on which clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import ColumnElement, Double, cast, extract, func, literal

_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_OF_THE_DATABASE: Final = "database"
"""Stands for the boot where the database's own clock measures."""


def elapsed() -> float:
    """Seconds on a clock that nobody sets and that, where the system has one, goes on while the machine sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


@cache
def this_boot() -> str:
    """What tells this run of the machine from others, since `elapsed` starts anew with each.

    Where the system doesn't say, each process counts as a run of its own; there only one may use a file.
    """
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return str(uuid4())


@dataclass(frozen=True, slots=True)
class LeaseClock:
    """Measures leases by the machine's `elapsed`, or by the database's clock where several machines share it.

    What was measured in another `boot` has run out.
    """

    elapsed: Callable[[], float]
    boot: str
    by_database: bool = False

    @classmethod
    def of_database(cls, elapsed: Callable[[], float]) -> "LeaseClock":
        """A clock that all see alike; `elapsed` remains what claims tell their holder."""
        return cls(elapsed, _OF_THE_DATABASE, by_database=True)

    def present(self) -> ColumnElement[float]:
        """The present as an expression; to be taken before the statement waits for anything."""
        if self.by_database:
            return cast(extract("epoch", func.clock_timestamp()), Double)
        return literal(self.elapsed(), Double)
