"""Who asks: what Slack vouches for about a person, as far as it can be asked."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Final

import structlog
from cachetools import LRUCache, TTLCache

from bot.commands.parser import User
from bot.domain.language import Language
from bot.domain.subscriptions import Address, AddressKind
from bot.platforms import CredentialsRefusedError
from bot.platforms.slack.client import SlackRefusedError, SlackUnreachableError, Web
from bot.platforms.slack.tasks import BackgroundTasks

_log: Final = structlog.get_logger(__name__)


_MOST_KEPT = 10_000
_DAY = 86_400.0
_SOON = 300.0
_NOBODY = frozenset(("user_not_found", "user_not_visible", "users_not_found"))
"""What Slack says of somebody who is none of the workspace's people."""


_CHECKED_WITHIN = 5.0
"""Seconds for asking what somebody may do."""


@dataclass(frozen=True, slots=True)
class _Rights:
    """What Slack vouches for: whether somebody administrates the workspace, and who that is."""

    manages: bool = False
    groups: frozenset[str] = frozenset()
    name: str = ""


class UserDirectory:
    """People as they ask, in the workspace `team`. `groups` are the ids of user groups whose members may do more."""

    def __init__(self, web: Web, team: str, groups: Collection[str]) -> None:
        self._web: Final = web
        self._team: Final = team
        self._groups: Final = groups
        self._last: Final[TTLCache[str, _Rights]] = TTLCache(_MOST_KEPT, _DAY)

    async def user(self, person: str, channel: str | None = None) -> User:
        """Who asks. Channels and workspace are managed by its administrators; while that can't be asked, by those who
        were some within the last day."""
        here = None if channel is None or channel.startswith("D") else Address("slack", AddressKind.CHANNEL, channel)
        rights, unchecked = await self._checked(person)
        return User(
            Address("slack", AddressKind.USER, person),
            here,
            Address("slack", AddressKind.COMMUNITY, self._team),
            manages_channel=here is not None and rights.manages,
            manages_community=rights.manages,
            groups=rights.groups,
            name=rights.name,
            unchecked=unchecked,
        )

    async def _checked(self, person: str) -> tuple[_Rights, str | None]:
        """What somebody may do, and why that is unknown if it is (`User.unchecked`)."""
        try:
            async with asyncio.timeout(_CHECKED_WITHIN):
                rights = self._last[person] = await self._asked(person)
        except (TimeoutError, SlackRefusedError, SlackUnreachableError, CredentialsRefusedError) as error:
            _log.warning("slack.administrators_unknown", problem=str(error) or type(error).__name__)
            if isinstance(error, SlackRefusedError) and error.code in _NOBODY:
                return _Rights(), None
            known = self._last.get(person)
            lacks = error.needed if isinstance(error, SlackRefusedError) else ""
            return (known, None) if known else (_Rights(), lacks)
        return rights, None

    async def _asked(self, person: str) -> _Rights:
        """Guests, people of other workspaces and accounts that were deleted have no say here."""
        found = await self._web.person(person)
        if found.guest or found.deleted or self._team not in found.teams:
            return _Rights(name=found.name)
        members = {group: await self._web.group_members(group) for group in self._groups}
        belongs = frozenset(group for group, people in members.items() if person in people)
        return _Rights(found.administrates, belongs, found.name)


@dataclass(frozen=True, slots=True)
class _Locale:
    language: Language
    stale_at: float


class LocaleCache:
    """Who reads which language.

    `locale` asks Slack for a person's locale; `language_for` tells the language for that, or for one that can't be had.
    Who has none is asked about again after a few minutes, all others after a day.
    """

    def __init__(
        self,
        locale: Callable[[str], Awaitable[str | None]],
        language_for: Callable[[str | None], Language],
        tasks: BackgroundTasks,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._locale: Final = locale
        self._language_for: Final = language_for
        self._tasks: Final = tasks
        self._clock: Final = clock
        self._known: Final = LRUCache[str, _Locale](_MOST_KEPT)
        self._asking: Final[dict[str, asyncio.Task[Language]]] = {}

    def known(self, person: str) -> Language | None:
        """The language from memory; one that is a day old still holds and is asked for in the background."""
        reader = self._known.get(person)
        if reader is None:
            return None
        if self._clock() >= reader.stale_at:
            self._ask(person)
        return reader.language

    async def language(self, person: str, within: float) -> Language:
        """The language from memory, else from Slack, else the default if that takes longer than `within` seconds."""
        known = self.known(person)
        if known is not None:
            return known
        asking = self._ask(person)
        done, _ = await asyncio.wait({asking}, timeout=within)
        return asking.result() if done else self._language_for(None)

    def _ask(self, person: str) -> asyncio.Task[Language]:
        asking = self._asking.get(person)
        if asking is None:
            asking = self._asking[person] = self._tasks.start(self._learn(person))
        return asking

    async def _learn(self, person: str) -> Language:
        try:
            language, kept = self._language_for(await self._locale(person)), _DAY
        except Exception:  # whatever it is, the person gets an answer; the port has told of it
            before = self._known.get(person)
            language, kept = before.language if before else self._language_for(None), _SOON
        finally:
            self._asking.pop(person, None)
        self._known[person] = _Locale(language, self._clock() + kept)
        return language
