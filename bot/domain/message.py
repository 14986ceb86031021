"""What the bot says, before any platform decides how: plain text, instants, links, cards, choices.

Nothing here is markup. Every string is shown literally; a platform escapes it, lays it out and cuts it to its limits.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class When:
    """An instant, a stretch of time on one day or a day, aware and in the series' zone.

    It is written in that zone, always with the weekday; the year goes without saying in what is near, the zone where
    another time names it already. A `date` is a day whose time is to be announced.
    """

    starts: datetime | date
    ends: datetime | None = None
    with_year: bool = True
    with_zone: bool = True

    @property
    def instants(self) -> tuple[datetime, ...]:
        """The aware instants it names: none for a mere day, else the start and, where known, the end."""
        return (self.starts, *([self.ends] if self.ends else [])) if isinstance(self.starts, datetime) else ()


@dataclass(frozen=True, slots=True)
class Link:
    """A web address under a label. `brief` is a shorter label, enough beside what the link is about."""

    label: str
    url: str
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Countdown:
    """How far away an aware instant is: kept current where a platform can do that, else `words`, if any."""

    to: datetime
    words: str = ""


def link_labels(links: Collection[Link]) -> dict[Link, str]:
    """The links with their labels: the brief one where it tells a link from the others."""
    brief = Counter(each.brief for each in links)
    return {each: each.brief if each.brief and brief[each.brief] == 1 else each.label for each in links}


Span = str | When | Link | Countdown
Text = tuple[Span, ...]
"""A run of text in which instants and links stay what they are until a platform writes them."""


class Tone(StrEnum):
    """What a card's state means to the reader; each platform has its own way to show it."""

    PLAIN = "plain"
    OPEN = "open"
    URGENT = "urgent"
    CLOSED = "closed"
    OFF = "off"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and its label, which is empty where the value speaks for itself.

    One that stands `beside` shares the line of the fact before it where facts are lines.
    """

    label: str
    value: Text
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One lecture (or the series) at a glance.

    `notices` are what must not be overlooked, `links` what to press; `call` says what the first of them is good for and
    until when, and stands beside it or above. `lecture` is the id of the one that is shown in full, about which a
    platform may know more; it says nothing itself.
    """

    title: str
    notices: tuple[Text, ...] = ()
    facts: tuple[Fact, ...] = ()
    body: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    tone: Tone = Tone.PLAIN
    call: Text = ()
    lecture: str | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a listing: a heading and a few short lines."""

    title: str
    lines: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Several items under one heading."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Running text under a heading; `bulleted` if its paragraphs are points of a list, `quoted` if others wrote it."""

    title: str
    paragraphs: tuple[Text, ...]
    bulleted: bool = False
    quoted: bool = field(default=False, repr=False, compare=False)


Part = Card | Listing | Section


@dataclass(frozen=True, slots=True)
class Action:
    """Something to press: `line` is the command line it stands for, such as `materials page=2`.

    What it does can't be taken back unnoticed where it is a `danger`; one that is `primary` is what is wanted mostly.
    """

    label: str
    line: str
    danger: bool = False
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One of several to choose from; `line` is the command line that choosing it runs."""

    label: str
    line: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A question with a few answers to pick from."""

    prompt: str
    options: tuple[Option, ...]


class FormInput(StrEnum):
    """How a field of a form is filled in."""

    TEXT = "text"
    ONE = "one"
    """By one of the options."""

    SEVERAL = "several"
    """By any number of the options; the value has commas between."""

    ROLE = "role"
    """By a role or user group; the value is its id."""


@dataclass(frozen=True, slots=True)
class FormOption:
    """What can be chosen in a field: the value, and how it is shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing to fill in: `name` tells it apart, `value` is what it says so far, `hint` how to write it.

    `line` is the command line that sets it alone when its value is written behind. A text has at most `most`
    characters, as far as the platform has room.
    """

    name: str
    label: str
    value: str = ""
    multiline: bool = False
    required: bool = False
    hint: str = ""
    line: str = ""
    input: FormInput = FormInput.TEXT
    options: tuple[FormOption, ...] = ()
    most: int | None = None

    @property
    def shown(self) -> str:
        """What it says so far, as people read it; empty where that is nothing or only known by an id."""
        if self.input is FormInput.TEXT:
            return self.value
        chosen = self.value.split(",")
        return ", ".join(each.label for each in self.options if each.value in chosen)


@dataclass(frozen=True, slots=True)
class Form:
    """Several things to fill in at once; `line` is the command line that is run with them.

    A field that does not come back stays as it is, so a platform may leave one out for which it has no room.
    """

    title: str
    fields: tuple[FormField, ...]
    line: str


@dataclass(frozen=True, slots=True)
class File:
    """A file to download."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """All that the bot says at once, in one language.

    `headline` is what it comes down to, in one plain sentence: it stands above the parts, and alone where a platform
    shows nothing else (a notification, a screen reader's first line). `line` is the command line that says the same
    again: sharing an answer with the channel means asking again in the channel's language, so an answer without it
    can't be shared. With a `form` it asks by form: a platform that can show one shows nothing else, any other one tells
    the fields with what they say so far. What is `silent` is nothing to look at now: no phone buzzes for it.
    """

    headline: str
    parts: tuple[Part, ...] = ()
    choice: Choice | None = None
    actions: tuple[Action, ...] = ()
    file: File | None = None
    note: str | None = None
    line: str | None = None
    silent: bool = False
    form: Form | None = field(default=None, repr=False)  # no post has one, and posts are known again by their repr


def unadorned(message: Message) -> Message:
    """The message as nothing but text, for where a platform refuses its form: its first line, and the addresses of its
    links."""
    cards = [part for part in message.parts if isinstance(part, Card)]
    addresses = dict.fromkeys(link.url for card in cards for link in card.links)
    return Message(message.headline, note="\n".join(addresses) or None, silent=message.silent)
