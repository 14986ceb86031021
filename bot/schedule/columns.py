"""What the columns of a table can be about, for `page.mapping`."""

from enum import StrEnum


class Column(StrEnum):
    """What a column is about, under the name that `page.mapping` has for it: mostly that of the lecture's field."""

    NUMBER = "number"
    ID = "id"
    LABEL = "label"
    STARTS = "starts"
    TIME = "time"
    """A time of the day, or two, beside a column with the day."""
    ENDS = "ends"
    SPEAKER = "speaker"
    AFFILIATION = "affiliation"
    TITLE = "title"
    ABSTRACT = "abstract"
    VENUE = "venue"
    ROOM = "room"
    MODE = "mode"
    LANGUAGE = "lecture_language"
    REGISTRATION = "registration"
    DEADLINE = "closes"
    JOIN = "join"
    TALKS = "talks"
    """Several talks, a line for each."""
    NOTES = "notes"
    STATUS = "status"
    MATERIALS = "materials"
    """Links; what kind each is of is told by its label, the heading or the address."""
    IGNORED = "ignored"
