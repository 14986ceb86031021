"""What a lecture of a series normally has: only that is called undecided, and asked of the organizers."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Expected(StrEnum):
    """Something that may be expected, under its key of `expects` in lectures.yaml."""

    TITLE = "title"
    SPEAKER = "speaker"
    VENUE = "venue"
    ROOM = "room"
    ABSTRACT = "abstract"
    SLIDES = "slides"
    """Any material but a video."""
    VIDEO = "video"


USUALLY: Final = frozenset({Expected.TITLE, Expected.SPEAKER, Expected.VENUE})
"""What is expected where the schedule says nothing else."""


def expectations(said: Mapping[Expected, bool], otherwise: frozenset[Expected]) -> frozenset[Expected]:
    """What is expected after what is said; of the rest, what would be `otherwise`."""
    return frozenset(each for each in Expected if said.get(each, each in otherwise))
