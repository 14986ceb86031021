"""The App Home: shown when opened, after what somebody does on it, and never older than it says."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final
from weakref import WeakValueDictionary

from bot.commands.desk import Desk
from bot.commands.replies import Outcome, Reply
from bot.commands.requests import Asker, Request, parse
from bot.domain.language import Language
from bot.phrases import moment_written, phrases
from bot.platforms import CredentialsRefused
from bot.platforms.slack.defects import told
from bot.platforms.slack.homepage import REMINDERS, Page
from bot.platforms.slack.rendering import home_view
from bot.platforms.slack.spoken import Spelling
from bot.platforms.slack.web import Refused, Unreachable, Web

logger = logging.getLogger(__name__)

_LOOKED_AT: Final = 3600.0
"""Seconds for which somebody who opened the home may still be looking at it; whoever comes back opens it again."""

_MOST_KEPT: Final = 1024
_PACE: Final = 1.0
"""Seconds between two homes that are shown anew unasked: Slack takes a hundred a minute, and people come first."""


class Home:
    """People's homes, each made anew of the desk's answers whenever it is shown.

    `language` and `asker` tell of a person what answering needs.
    """

    def __init__(
        self,
        desk: Desk,
        web: Web,
        spelling: Spelling,
        language: Callable[[str], Awaitable[Language]],
        asker: Callable[[str], Awaitable[Asker]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desk: Final = desk
        self._web: Final = web
        self._spelling: Final = spelling
        self._language: Final = language
        self._asker: Final = asker
        self._clock: Final = clock
        self._opened: Final[OrderedDict[str, float]] = OrderedDict()
        self._turns: Final[WeakValueDictionary[str, asyncio.Lock]] = WeakValueDictionary()

    async def open(self, person: str) -> None:
        """Shows the home to somebody who opens it. Raises Refused, Unreachable or CredentialsRefused."""
        self._looks(person)
        async with self._turn(person):
            await self._publish(await self._page(person))

    async def refresh(self, person: str) -> bool:
        """Shows the home anew to somebody who may be looking at it; whether that is known to be done. Never raises."""
        opened = self._opened.get(person)
        if opened is None or self._clock() - opened > _LOOKED_AT:
            return False
        async with self._turn(person):
            return await self._published(person)

    async def keep_true(self, every: float) -> None:
        """Shows homes anew whenever the schedule, or what is next, has changed; looks `every` so many seconds."""
        before = self._state()
        while True:
            await asyncio.sleep(every)
            now = self._state()
            if now == before:
                continue
            before = now
            for person in [*self._opened]:
                if await self.refresh(person):
                    await asyncio.sleep(_PACE)

    def shows(self, line: str) -> bool:
        """Whether what comes of a line that acts can be seen on the home itself."""
        return parse(line).command == REMINDERS

    async def switch(self, person: str, line: str) -> Reply | None:
        """Does what a switch on the home stands for; the reply, unless the home shows by now what came of it."""
        self._looks(person)
        async with self._turn(person):
            page = await self._page(person)
            before = await page.answer(REMINDERS)
            reply = await self._desk.act(Request(line, page.language, asker=page.asker))
            after = await page.answer(REMINDERS)
            shown = await self._published(person, page)
        changed = before and after and (before.parts, before.actions) != (after.parts, after.actions)
        return None if shown and changed and reply.outcome is Outcome.DONE else reply

    def _state(self) -> tuple[Reply, ...]:
        """What everybody is told now; nothing, if a defect prevents it."""
        language = self._desk.public_language
        try:
            return tuple(self._desk.answer(Request(line, language)) for line in ("next", "lectures"))
        except Exception as error:
            logger.error("slack homes not kept true: %s", told(error))
            return ()

    def _looks(self, person: str) -> None:
        self._opened[person] = self._clock()
        self._opened.move_to_end(person)
        if len(self._opened) > _MOST_KEPT:
            self._opened.popitem(last=False)

    def _turn(self, person: str) -> asyncio.Lock:
        """One thing at a time for each person, as it came: of two presses, the home shows what came of both."""
        return self._turns.setdefault(person, asyncio.Lock())

    async def _page(self, person: str) -> Page:
        language, asker = await asyncio.gather(self._language(person), self._asker(person))
        return Page(self._desk, language, asker)

    async def _published(self, person: str, page: Page | None = None) -> bool:
        """Whether the home is known to be shown; what goes wrong is told in the log."""
        try:
            await self._publish(page or await self._page(person))
        except (Refused, Unreachable, CredentialsRefused) as error:
            logger.warning("slack home not shown anew: %s", error)
        except Exception as error:
            logger.error("slack home not shown anew: %s", told(error))
        else:
            return True
        return False

    async def _publish(self, page: Page) -> None:
        say = phrases(page.language)
        parts = [self._spelling.spelled(each) for each in await page.parts()]
        as_of = say("home.as_of", when=moment_written(self._desk.present, page.language))
        hint = say("slack.home_hint", help=self._spelling.command("help"))
        await self._web.publish_home(page.asker.person.id, home_view(parts, page.language, hint, as_of))
