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
        await self._publish(person)

    async def refresh(self, person: str) -> bool:
        """Shows the home anew to somebody who may be looking at it; whether that is known to be done. Never raises."""
        opened = self._opened.get(person)
        if opened is None or self._clock() - opened > _LOOKED_AT:
            return False
        try:
            await self._publish(person)
        except (Refused, Unreachable, CredentialsRefused) as error:
            logger.warning("slack home not shown anew: %s", error)
        except Exception as error:
            logger.error("slack home not shown anew: %s", told(error))
        else:
            return True
        return False

    def shows(self, line: str) -> bool:
        """Whether what comes of a line that acts can be seen on the home itself."""
        return parse(line).command == REMINDERS

    async def switch(self, person: str, line: str) -> Reply | None:
        """Does what a switch on the home stands for; the reply, unless the home shows by now what came of it."""
        self._looks(person)
        page = await self._page(person)
        before = await page.answer(REMINDERS)
        reply = await self._desk.act(Request(line, page.language, asker=page.asker))
        after = await page.answer(REMINDERS)
        shown = await self.refresh(person)
        changed = before and after and (before.parts, before.actions) != (after.parts, after.actions)
        return None if shown and changed and reply.outcome is Outcome.DONE else reply

    def _looks(self, person: str) -> None:
        self._opened[person] = self._clock()
        self._opened.move_to_end(person)
        if len(self._opened) > _MOST_KEPT:
            self._opened.popitem(last=False)

    async def _page(self, person: str) -> Page:
        language, asker = await asyncio.gather(self._language(person), self._asker(person))
        return Page(self._desk, language, asker)

    async def _publish(self, person: str) -> None:
        """Shows the home as it is when its turn comes: of two changes at once, the later one is not shown first."""
        turn = self._turns.setdefault(person, asyncio.Lock())
        async with turn:
            page = await self._page(person)
            say = phrases(page.language)
            parts = [self._spelling.spelled(each) for each in await page.parts()]
            as_of = say("home.as_of", when=moment_written(self._desk.present, page.language))
            hint = say("slack.home_hint", help=self._spelling.command("help"))
            await self._web.publish_home(person, home_view(parts, page.language, hint, as_of))
