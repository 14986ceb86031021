"""What a person's home says: the desk's answers to that person, arranged as one page."""

import logging
from dataclasses import dataclass, replace
from typing import Final

from bot.commands.desk import Desk
from bot.commands.replies import Outcome, Reply
from bot.commands.requests import Asker, Request
from bot.content import Action, Choice, Listing, Message, Option, Part
from bot.domain.language import Language
from bot.phrases import Phrases, phrases
from bot.platforms.slack import limits
from bot.platforms.slack.defects import told

logger = logging.getLogger(__name__)

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
    """The home of whoever asks. What it shows of the bot's inside is for the desk to decide, which knows organizers."""

    desk: Desk
    language: Language
    asker: Asker

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
        """What the desk answers; None if it refuses or fails."""
        try:
            reply = await self.desk.act(Request(line, self.language, asker=self.asker))
        except Exception as error:
            logger.error("slack home lacks %s: %s", line, told(error))
            return None
        return None if reply.outcome is Outcome.REFUSED else reply

    @property
    def _say(self) -> Phrases:
        return phrases(self.language)

    def _next(self, reply: Reply | None) -> Message:
        if not reply:
            return Message(self._say("slack.error"))
        return replace(reply, actions=tuple(each for each in reply.actions if each.line != _AHEAD))

    def _ahead(self, reply: Reply | None) -> Message:
        say = self._say
        if not reply:
            return Message(say("slack.error"))
        more = (Action(say("action.archive"), "materials"), Action(say("action.past"), "lectures past"))
        known = {each.line for each in reply.actions}
        return replace(reply, actions=(*reply.actions, *(each for each in more if each.line not in known)))

    def _reminders(self, reply: Reply | None) -> Message:
        return replace(reply, note=None) if reply else Message(self._say("home.no_reminders"))

    async def _for_organizers(self, ahead: list[int]) -> list[Message]:
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

    def _forms(self, numbers: list[int]) -> Message:
        """Buttons for the lectures that this page names, and a menu of all others."""
        say = self._say
        edits = [Action(say("home.edit_lecture", number=number), f"{_EDIT} {number}") for number in sorted(numbers)]
        every = self.desk.suggestions("", self.language, limits.OPTIONS + len(edits))
        others = [Option(each.label, f"{_EDIT} {each.line}") for each in every if int(each.line) not in numbers]
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


def _lectures(reply: Reply | None) -> list[int]:
    """The numbers of the lectures to which a reply leads, in its order."""
    if not reply:
        return []
    lines = [
        *(each.line for each in reply.actions),
        *(each.line for each in (reply.choice.options if reply.choice else ())),
    ]
    numbers = [line.removeprefix(_ONE) for line in lines if line.startswith(_ONE)]
    return [int(number) for number in numbers if number.isdecimal()]
