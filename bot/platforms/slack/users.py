"""Who asks: what Slack vouches for about a person, as far as it can be asked."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Final

import structlog
from cachetools import LRUCache

from bot.commands.parser import User
from bot.domain.language import Language
from bot.domain.subscriptions import Address, AddressKind
from bot.platforms import CredentialsRefusedError
from bot.platforms.slack.client import SlackRefusedError, SlackUnreachableError, Web
from bot.platforms.slack.tasks import BackgroundTasks

_log: Final = structlog.get_logger(__name__)


class UserDirectory:
    """People as they ask. `groups` are the ids of user groups whose members may do more than others."""

    def __init__(self, web: Web, groups: Collection[str]) -> None:
        self._web: Final = web
        self._groups: Final = groups

    async def user(self, person: str, channel: str | None = None) -> User:
        """Who asks. Channels and workspace are managed by its administrators; if that can't be asked, by nobody."""
        here = None if channel is None or channel.startswith("D") else Address("slack", AddressKind.CHANNEL, channel)
        members: dict[str, frozenset[str]] = {}
        try:
            manages = await self._web.workspace_admin(person)
            members = {group: await self._web.group_members(group) for group in self._groups}
            name = await self._web.name(person) if manages or members else ""
        except (SlackRefusedError, SlackUnreachableError, CredentialsRefusedError) as error:
            _log.warning("slack.administrators_unknown", problem=str(error))
            manages, members, name = False, {}, ""
        return User(
            Address("slack", AddressKind.USER, person),
            here,
            manages_channel=here is not None and manages,
            manages_community=manages,
            groups=frozenset(group for group, people in members.items() if person in people),
            name=name,
        )


_MOST_KEPT = 10_000
_DAY = 86_400.0
_SOON = 300.0


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
