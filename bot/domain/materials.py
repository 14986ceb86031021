"""What is published of a lecture: slides, recordings and the like, and how they are told apart."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.language import Localized


class MaterialKind(StrEnum):
    """What a material is, for its symbol and for counting."""

    SLIDES = "slides"
    VIDEO = "video"
    WHITEBOARD = "whiteboard"
    NOTEBOOK = "notebook"
    PAPER = "paper"
    CODE = "code"
    TRANSCRIPT = "transcript"
    MINUTES = "minutes"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Material:
    """Slides, a recording and the like; one without `url` is announced but still in preparation."""

    label: Localized
    kind: MaterialKind
    url: str | None = None

    @property
    def in_preparation(self) -> bool:
        """Whether it is announced but not published yet."""
        return self.url is None
