"""The file as a whole."""

from typing import Any

from bot.schedule.schema.entry import Entry


class FileEntry(Entry):
    """The sections of the file, each of which is checked by itself."""

    series: dict[str, Any]
    announcements: dict[str, Any] | None = None
    lectures: list[Any]
