"""The terminal's one channel and one person: what is posted to either appears in the chat."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Final

from rich.text import Text as Line

from bot.announcements.instant_poster import InstantPoster
from bot.announcements.poster import Outcome, Posted
from bot.commands.parser import Role, User
from bot.domain.language import Language
from bot.domain.message import Message, When
from bot.domain.subscriptions import Address, AddressKind
from bot.i18n import phrases, written
from bot.platforms.terminal.rendering import Layout, literal, rendered, wrapped

PLATFORM: Final = "terminal"
HERE: Final = Address(PLATFORM, AddressKind.CHANNEL, "here")
YOU: Final = Address(PLATFORM, AddressKind.USER, "you")


def user(role: Role, language: Language) -> User:
    """Whoever sits at the terminal; an organizer manages the channel, too."""
    return User(YOU, HERE, manages_channel=role is Role.ORGANIZER, name=phrases(language)("terminal.you"))


@dataclass(frozen=True, slots=True)
class Shown:
    """What appears at an aware instant, in the channel or as a direct message: a post, or an earlier one `edited`."""

    at: datetime
    message: Message
    language: Language
    direct: bool = False
    edited: bool = False


class Channel(InstantPoster):
    """The poster of the terminal. `now` is the aware present, in the series' zone, whenever something is posted."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(PLATFORM)
        self._now: Final = now
        self._shown: list[Shown] = []

    def taken(self) -> list[Shown]:
        """What has appeared since this was last asked, in order; of one moment the channel's before direct messages."""
        shown, self._shown = self._shown, []
        return sorted(shown, key=lambda each: (each.at, each.direct))

    async def post(
        self, address: Address, message: Message, language: Language, marker: str, ping: str | None = None
    ) -> Outcome:
        """Has it appear."""
        self._shown.append(Shown(self._now(), message, language, direct=address.is_person))
        return await super().post(address, message, language, marker, ping)

    async def edit(
        self, address: Address, message_id: str, message: Message, language: Language, marker: str
    ) -> Outcome:
        """What was printed stays as it was; that it says something else now appears below."""
        self._shown.append(Shown(self._now(), message, language, direct=address.is_person, edited=True))
        return Posted(message_id)

    async def set_group(self, person: Address, channel: Address, group: str, *, member: bool) -> Outcome | None:
        """Nobody else is here to be grouped."""
        return Posted(group)


_MOST: Final = 6
"""Posts that are all shown in full; of more only the last ones are."""

_LAST: Final = 3


def post_lines(shown: Sequence[Shown], layout: Layout) -> list[Line]:
    """What has appeared, in order: posts with their time and place, edits in a line each."""
    posts = sum(not each.edited for each in shown)
    brief = posts - _LAST if posts > _MOST else 0
    lines: list[Line] = []
    if brief:
        told = phrases(layout.language)("terminal.posts.many", count=posts, shown=str(_LAST))
        lines += wrapped(Line(told, style="bold"), layout.width)
    was_brief = False
    for each, count in _merged(shown):
        is_brief = each.edited or brief > 0
        brief -= not each.edited
        if lines and not (is_brief and was_brief):
            lines.append(Line())
        lines += _in_a_line(each, count, layout) if is_brief else _in_full(each, layout)
        was_brief = is_brief
    return lines


def _merged(shown: Sequence[Shown]) -> Iterator[tuple[Shown, int]]:
    """Each with how often it came in a row: edits that read the same are told once."""

    def alike(each: Shown) -> tuple[object, ...]:
        return (each.at, each.direct, each.message.headline) if each.edited else (id(each),)

    for _, group in groupby(shown, alike):
        same = list(group)
        yield same[0], len(same)


def _in_full(shown: Shown, layout: Layout) -> Iterator[Line]:
    yield Line(_place(shown, layout.language), style="magenta")
    yield from rendered(shown.message, replace(layout, language=shown.language))


def _in_a_line(shown: Shown, count: int, layout: Layout) -> list[Line]:
    say, text = phrases(layout.language), literal(shown.message.headline)
    if shown.edited:
        text = say("terminal.posts.edited", count=count, headline=text)
    return wrapped(Line.assemble((_place(shown, layout.language), "magenta"), "  ", text), layout.width, hanging=2)


def _place(shown: Shown, language: Language) -> str:
    name = "terminal.posts.direct" if shown.direct else "terminal.posts.channel"
    return phrases(language)(name, when=written(When(shown.at), language))
