"""A folder of versions of the organizers' source, each taken over at its time into a schedule that lives in memory."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.domain.language import Language
from bot.domain.series import Series
from bot.i18n import Phrases, phrases
from bot.schedule.editing import CannotEditError, without_lecture
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import Reading, content_of, read, written
from bot.sources.apply import taken_over
from bot.sources.comparing import compared
from bot.sources.model import SourceRefusedError
from bot.sources.review import reviewed
from bot.sources.wording import difference_written, refusal_written

_NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})([+-]\d{2})-?(\d{2})?.*\.md")
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class SourceVersion:
    """The source as it stood from an aware instant on."""

    at: datetime
    text: str


def source_versions(folder: Path) -> list[SourceVersion]:
    """The versions in the folder, whose names begin with their time (`2024-04-05T14-47-49+09-00.md`), oldest first.

    Two versions of one second stay in the order of their names. Raises OSError.
    """
    found = []
    for path in sorted(folder.iterdir()):
        if name := _NAME.fullmatch(path.name):
            day, hour, minute, second, hours, minutes = name.groups()
            at = datetime.fromisoformat(f"{day}T{hour}:{minute}:{second}{hours}:{minutes or '00'}")
            found.append(SourceVersion(at, path.read_text(encoding="utf-8")))
    return sorted(found, key=lambda version: version.at)


class SourceReplay:
    """A schedule whose lectures are those of the source alone, beginning with none of them.

    `complain` hears, in `language`, of what is not taken over.
    """

    def __init__(self, file: Path, language: Language, complain: Callable[[str], None]) -> None:
        self._text = _without_lectures(content_of(file).decode("utf-8"), str(file))
        self._reading: Reading = read(self._text.encode(), str(file))
        self._file: Final = str(file)
        self._language: Final = language
        self._complain: Final = complain
        self._before: str | None = None

    @property
    def reading(self) -> Reading:
        """The schedule as it is now."""
        return self._reading

    @property
    def series(self) -> Series:
        """Its series."""
        return self._reading.series

    @property
    def _say(self) -> Phrases:
        return phrases(self._language, self.series.called)

    def turn_to(self, version: SourceVersion) -> bool:
        """Takes over what raises no question in a version of the source; whether that changed anything."""
        now = self.series.local(version.at)
        try:
            comparison = compared(version.text, self._before, self.series, now)
        except SourceRefusedError as refusal:
            self._complain(refusal_written(refusal, self._say))
            return False
        review = reviewed(comparison, ())
        for each in (*review.doubtful, *review.conflicts):
            self._complain(difference_written(each, self._say))
        self._before = version.text
        if not review.plain:
            return False
        try:
            text = taken_over(self._text, [each.edit for each in review.plain])
            self._reading = read(text.encode(), self._file)
        except CannotEditError as fault:
            self._complain(fault.name)
            return False
        except InvalidScheduleError as invalid:
            for problem in invalid.problems:
                self._complain(written(problem, self._language))
            return False
        self._text = text
        return True


def _without_lectures(text: str, file: str) -> str:
    for lecture in read(text.encode(), file).series.lectures:
        text = without_lecture(text, lecture.id)
    return text
