"""The App Home: shown when opened, after what somebody does on it, and never older than it says."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final
from weakref import WeakValueDictionary

import structlog
from cachetools import TTLCache

from bot.cards.naming import referred
from bot.commands.context import Reply, ReplyStatus
from bot.commands.parser import Request, User, parse
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.lecture import in_order
from bot.domain.message import Action, Choice, Listing, Message, Option, Part
from bot.i18n import Phrases, moment_written, phrases
from bot.platforms import CredentialsRefusedError
from bot.platforms.slack import limits
from bot.platforms.slack.blocks import home_view
from bot.platforms.slack.client import SlackRefusedError, SlackUnreachableError, Web
from bot.platforms.slack.command_text import CommandNames

_log: Final = structlog.get_logger(__name__)

REMINDERS: Final = "notify"
"""The command whose answer shows a person's reminders."""

_NEXT: Final = "next"
_AHEAD: Final = "lectures"
_MISSING: Final = "admin todo"
_PLAN: Final = "admin plan"
_HEALTH: Final = "admin health"
_EDIT: Final = "admin edit"
_RESUME: Final = "admin resume"
_ONE: Final = "lecture "
"""How lines begin that lead to one lecture; its number follows."""

_POSTS: Final = 5
"""Posts to come that a page shows; a button leads to all of them."""


@dataclass(frozen=True, slots=True)
class Page:
    """The home of whoever asks. What it shows of the bot's inside the router decides, which knows organizers."""

    router: CommandRouter
    language: Language
    user: User

    async def parts(self) -> list[Message]:
        """What it says, from top to bottom; what can't be shown at the moment leaves a line that says so."""
        ahead = await self.answer(_AHEAD)
        return [
            self._next(await self.answer(_NEXT)),
            self._ahead(ahead),
            self._reminders(await self.answer(REMINDERS)),
            *await self._for_organizers(_lectures(ahead)),
        ]

    async def answer(self, line: str) -> Reply | None:
        """What the router answers; None if it refuses or fails."""
        try:
            reply = await self.router.execute(Request(line, self.language, user=self.user))
        except Exception:
            _log.exception("slack.home_part_failed", line=line)
            return None
        return None if reply.outcome is ReplyStatus.REFUSED else reply

    @property
    def _say(self) -> Phrases:
        return phrases(self.language, self.router.series.called)

    def _next(self, reply: Reply | None) -> Message:
        return reply or Message(self._say("slack.error"))

    def _ahead(self, reply: Reply | None) -> Message:
        say = self._say
        if not reply:
            return Message(say("slack.error"))
        more = (Action(say("action.archive"), "materials"), Action(say("action.past"), "lectures past"))
        known = {each.line for each in reply.actions}
        return replace(reply, actions=(*reply.actions, *(each for each in more if each.line not in known)))

    def _reminders(self, reply: Reply | None) -> Message:
        return replace(reply, note=None) if reply else Message(self._say("home.no_reminders"))

    async def _for_organizers(self, ahead: list[str]) -> list[Message]:
        missing = await self.answer(_MISSING)
        if not missing:
            return []
        plan, health = await self.answer(_PLAN), await self.answer(_HEALTH)
        return [
            self._missing(missing),
            self._forms([*dict.fromkeys([*ahead, *_lectures(missing)])]),
            self._plan(plan, health),
        ]

    def _missing(self, reply: Reply) -> Message:
        """What is missing; the buttons to each lecture are forms on this page."""
        headline = self._say("join.sentences", first=self._say("home.organizers"), second=reply.headline)
        pages = tuple(each for each in reply.actions if each.line.startswith(_MISSING))
        return replace(reply, headline=headline, actions=pages)

    def _forms(self, lectures: list[str]) -> Message:
        """Buttons for the lectures that this page names, and a menu of all others."""
        say = self._say
        edits = [
            Action(say("home.edit_lecture", lecture=referred(each, self.router.series, say)), f"{_EDIT} {each}")
            for each in in_order(lectures)
        ]
        every = self.router.suggestions("", self.language, limits.OPTIONS + len(edits))
        others = [Option(each.label, f"{_EDIT} {each.line}") for each in every if each.line not in lectures]
        return Message(
            say("home.edit"),
            choice=Choice(say("home.edit_another"), tuple(others)) if others else None,
            actions=(*edits, Action(say("home.add"), "admin add"), Action(say("home.undo"), "admin undo")),
        )

    def _plan(self, plan: Reply | None, health: Reply | None) -> Message:
        """The next posts, and the switch that holds all of them back."""
        say = self._say
        resume = tuple(each for each in health.actions if each.line == _RESUME) if health else ()
        switch = resume or (Action(say("action.pause"), "admin pause"),)
        if not plan:
            return Message(say("home.no_posts"), actions=switch)
        shown = tuple(_begun(part) for part in plan.parts)
        everything = (Action(say("home.all_posts"), _PLAN),) if shown != plan.parts else ()
        note = None if everything else plan.note
        return Message(plan.headline, shown, actions=(*everything, *switch), note=note)


def _begun(part: Part) -> Part:
    """The beginning of a long listing; anything else whole."""
    return replace(part, entries=part.entries[:_POSTS]) if isinstance(part, Listing) else part


def _lectures(reply: Reply | None) -> list[str]:
    """The ids of the lectures to which a reply leads, in its order."""
    if not reply:
        return []
    lines = [
        *(each.line for each in reply.actions),
        *(each.line for each in (reply.choice.options if reply.choice else ())),
    ]
    ids = [line.removeprefix(_ONE) for line in lines if line.startswith(_ONE)]
    return [each for each in ids if " " not in each]


_LOOKED_AT: Final = 3600.0
"""Seconds for which somebody who opened the home may still be looking at it; whoever comes back opens it again."""

_MOST_KEPT: Final = 1024
_PACE: Final = 1.0
"""Seconds between two homes that are shown anew unasked: Slack takes a hundred a minute, and people come first."""


class Home:
    """People's homes, each made anew of the router's answers whenever it is shown.

    `language` and `user` tell of a person what answering needs.
    """

    def __init__(
        self,
        router: CommandRouter,
        web: Web,
        command_names: CommandNames,
        language: Callable[[str], Awaitable[Language]],
        user: Callable[[str], Awaitable[User]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._router: Final = router
        self._web: Final = web
        self._command_names: Final = command_names
        self._language: Final = language
        self._user: Final = user
        self._opened: Final = TTLCache[str, bool](_MOST_KEPT, _LOOKED_AT, clock)
        self._turns: Final[WeakValueDictionary[str, asyncio.Lock]] = WeakValueDictionary()

    async def open(self, person: str) -> None:
        """Shows the home to somebody who opens it. Raises SlackRefusedError, SlackUnreachableError or
        CredentialsRefusedError."""
        self._looks(person)
        async with self._turn(person):
            await self._publish(await self._page(person))

    async def refresh(self, person: str) -> bool:
        """Shows the home anew to somebody who may be looking at it; whether that is known to be done. Never raises."""
        if person not in self._opened:
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
            reply = await self._router.execute(Request(line, page.language, user=page.user))
            after = await page.answer(REMINDERS)
            shown = await self._published(person, page)
        changed = before and after and (before.parts, before.actions) != (after.parts, after.actions)
        return None if shown and changed and reply.outcome is ReplyStatus.DONE else reply

    def _state(self) -> tuple[Reply, ...]:
        """What everybody is told now; nothing, if a defect prevents it."""
        language = self._router.public_language
        try:
            return tuple(self._router.answer(Request(line, language)) for line in ("next", "lectures"))
        except Exception:
            _log.exception("slack.homes_not_compared")
            return ()

    def _looks(self, person: str) -> None:
        self._opened[person] = True

    def _turn(self, person: str) -> asyncio.Lock:
        """One thing at a time for each person, as it came: of two presses, the home shows what came of both."""
        return self._turns.setdefault(person, asyncio.Lock())

    async def _page(self, person: str) -> Page:
        language, user = await asyncio.gather(self._language(person), self._user(person))
        return Page(self._router, language, user)

    async def _published(self, person: str, page: Page | None = None) -> bool:
        """Whether the home is known to be shown; what goes wrong is told in the log."""
        try:
            await self._publish(page or await self._page(person))
        except (SlackRefusedError, SlackUnreachableError, CredentialsRefusedError) as error:
            _log.warning("slack.home_not_shown", problem=str(error))
        except Exception:
            _log.exception("slack.home_failed")
        else:
            return True
        return False

    async def _publish(self, page: Page) -> None:
        say = phrases(page.language)
        parts = [self._command_names.spelled(each) for each in await page.parts()]
        as_of = say("home.as_of", when=moment_written(self._router.present, page.language))
        hint = say("slack.home_hint", help=self._command_names.command("help"))
        await self._web.publish_home(page.user.person.id, home_view(parts, page.language, hint, as_of))
