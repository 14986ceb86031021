"""What is normally there of a lecture."""

from bot.domain.expectations import Expected
from bot.schedule.schema.entry import Entry
from bot.schedule.schema.fields import MaybeFlag


class ExpectsEntry(Entry):
    """What is normally there; of a lecture, where that is otherwise than of the series."""

    title: MaybeFlag = None
    speaker: MaybeFlag = None
    venue: MaybeFlag = None
    room: MaybeFlag = None
    abstract: MaybeFlag = None
    slides: MaybeFlag = None
    video: MaybeFlag = None

    @property
    def said(self) -> dict[Expected, bool]:
        """What the mapping has."""
        values = {each: getattr(self, each) for each in Expected}
        return {each: value for each, value in values.items() if value is not None}
