"""A source beside the schedule as people read it, and why there is nothing to be read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceState:
    """The source beside the schedule, in lines to be read.

    `taken` was just taken over by itself, `differences` can be; `conflicts` are what the schedule has otherwise because
    people decided so, while the source has stayed as it was. `token` stands for all differences and conflicts together.
    """

    token: str
    taken: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class SourceUnreadableError(Exception):
    """There is no source to be compared; `sentence` says why, in the language of whoever asked."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class SourceChangedError(Exception):
    """What was asked about is not how things stand; `state` is."""

    def __init__(self, state: SourceState) -> None:
        super().__init__()
        self.state = state
