"""What a post is about: little enough to be kept, and enough to word the post anew whenever the schedule changes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.cards.abstract import linked
from bot.cards.view import View
from bot.domain.language import Language, Localized
from bot.domain.links import MARKDOWN_LINK
from bot.domain.message import Card, Message
from bot.domain.reminder_times import Kind, News, Stage
from bot.domain.reminders import DueStage
from bot.i18n.excerpts import shortened, units

STAGES_LATE_AFTER: Final = timedelta(minutes=5)
NEWS_LATE_AFTER: Final = timedelta(hours=3)
"""How long after its moment a post counts as late: nobody notices a stage that comes a minute after nine, nor the hour
at which a change was accepted."""


@dataclass(frozen=True, slots=True)
class ReminderSubject:
    """Stages that are told in one post, at least one: of several lectures, or several of one."""

    stages: tuple[DueStage, ...]

    @property
    def stage(self) -> Stage:
        """The kind of the first of them."""
        return self.stages[0].stage

    @property
    def lectures(self) -> tuple[str, ...]:
        """The numbers of their lectures, each once."""
        return tuple(dict.fromkeys(each.lecture for each in self.stages))

    @property
    def due(self) -> datetime:
        """When the first of them is due (aware)."""
        return min((each.due for each in self.stages), key=lambda due: due.astimezone(UTC))

    @property
    def until(self) -> datetime:
        """When the last of them ceases to be of use (aware)."""
        return max((each.until for each in self.stages), key=lambda until: until.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class ChangeSubject:
    """Changes that are told together: the ids of the news, their kinds, the weightiest first, and their lectures.

    `says` are the stages that need not be told soon after it, since it says what they would. Who gets all the stages
    that it `awaits`, which are due soon and show it, need not be told by this one.
    """

    news: tuple[int, ...]
    kinds: tuple[News, ...]
    lectures: tuple[str, ...]
    due: datetime
    urgent: bool = False
    says: tuple[Stage, ...] = ()
    awaits: tuple[DueStage, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertSubject:
    """Something that the organizers should know: the phrase that says it, what fills its placeholders, and a key that
    is the same for the same trouble, so that it is told once.

    `details` are lists below it, each with the phrase above it; `actions` are phrases on buttons and their command
    lines.
    """

    key: str
    phrase: str
    values: Mapping[str, str]
    due: datetime
    details: tuple[tuple[str, tuple[str, ...]], ...] = ()
    actions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DigestSubject:
    """What the organizers are told once a week: `week` is the ISO week (`2030-W15`), the rest is as for a stage.

    What it says is found out when it is sent.
    """

    week: str
    due: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class FreeTextSubject:
    """A text that an organizer wants posted, as it was written; `id` tells it from another with the same words.

    `edition` counts how often it was changed after that; without a `text` it was withdrawn.
    """

    id: str
    text: Localized | None
    due: datetime
    edition: int = 0


@dataclass(frozen=True, slots=True)
class CardSubject:
    """The card of the current or next lecture, to stand pinned in a channel; `edition` counts those that were there
    before it and are gone."""

    edition: int
    due: datetime


@dataclass(frozen=True, slots=True)
class SharedAnswerSubject:
    """The answer to a command line that somebody had shown to a whole channel, in that language, at `due`.

    It is never posted, only edited: the message stands already. `lectures` are those it was about that were not over.
    """

    line: str
    language: Language
    message_id: str
    lectures: tuple[str, ...]
    due: datetime


PublicMatter = ReminderSubject | ChangeSubject
"""What comes of the schedule, and goes to those who follow."""

OwnSubject = PublicMatter | AlertSubject | DigestSubject | FreeTextSubject | CardSubject
"""What the bot says of its own accord."""

PostSubject = OwnSubject | SharedAnswerSubject

AnswerWriter = Callable[[SharedAnswerSubject, View], Message]
"""Words an answer that was shared, as it is right at `view.now`."""


SHARED: Final = "shared/"
"""What the keys of shared answers begin with."""


FREE: Final = "free/"
"""What the keys of organizers' own texts begin with."""


def is_withdrawn(subject: PostSubject) -> bool:
    """Whether it is a text that an organizer took back."""
    return isinstance(subject, FreeTextSubject) and subject.text is None


def keys(subject: PostSubject) -> tuple[str, ...]:
    """What must be told once to each address: for stages each one's, so that a group may grow or shrink.

    A moved lecture has another anchor and so other keys; moved back, it has those that were used up before.
    """
    match subject:
        case ReminderSubject():
            return tuple(_key(each) for each in subject.stages)
        case ChangeSubject():
            return tuple(f"news/{each}" for each in subject.news)
        case AlertSubject():
            return (f"notice/{subject.key}",)
        case DigestSubject():
            return (f"digest/{subject.week}",)
        case FreeTextSubject():
            return (f"{FREE}{subject.id}",)
        case CardSubject():
            return (f"card/{subject.edition}",)
        case SharedAnswerSubject():
            return (f"{SHARED}{subject.message_id}",)


def key_prefixes(lecture: str) -> list[str]:
    """How the keys of a lecture's stages begin, whatever they were counted from."""
    return [f"{stage}/{lecture}/" for stage in Stage]


def _key(stage: DueStage) -> str:
    key = f"{stage.stage}/{stage.lecture}/{stage.anchor.astimezone(UTC):%Y-%m-%dT%H:%M}"
    return f"{key}/{stage.repeat}" if stage.repeat else key


def kinds(subject: PostSubject) -> Iterator[Kind]:
    """The kinds by which an audience chooses; none for what goes somewhere whatever was chosen there."""
    match subject:
        case ReminderSubject():
            yield from dict.fromkeys(each.stage for each in subject.stages)
        case ChangeSubject():
            yield from subject.kinds
        case AlertSubject() | DigestSubject() | FreeTextSubject() | CardSubject() | SharedAnswerSubject():
            pass


def is_late(subject: PostSubject, at: datetime) -> bool:
    """Whether a post sent at that instant should say that it comes late; what people wrote themselves never does."""
    if not isinstance(subject, PublicMatter):
        return False
    return at - subject.due > (STAGES_LATE_AFTER if isinstance(subject, ReminderSubject) else NEWS_LATE_AFTER)


def in_time(subject: PostSubject, at: datetime) -> bool:
    """Whether it is a stage that is still of use at that instant."""
    return isinstance(subject, ReminderSubject) and at < subject.until


def lectures_of(subject: PostSubject) -> tuple[str, ...]:
    """The numbers of the lectures that it is about."""
    return subject.lectures if isinstance(subject, PublicMatter) else ()


FIRST_LINE: Final = 200
"""Code units of the first line, which a lock screen shows; a text in one line of no more than that is all of it."""


def free_post(text: str, view: View) -> Message:
    """The text's first line, and the rest of it below under the name of the series; all of it if the first line is long
    or has a link under a label."""
    first, _, rest = text.strip().partition("\n")
    plain = MARKDOWN_LINK.sub(r"\1", first)
    if units(first) > FIRST_LINE or plain != first:
        rest = text.strip()
    name = view.series.name.into(view.language)
    parts = (Card(name, body=(linked(rest.strip("\n")),)),) if rest.strip() else ()
    return Message(shortened(plain.rstrip(), FIRST_LINE), parts)
