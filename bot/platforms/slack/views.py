"""Answers in windows: forms, what comes of them, and what is pressed where no message can be answered."""

import asyncio
from collections.abc import Awaitable
from typing import Final

import structlog
from slack_bolt import BoltResponse

from bot.commands.context import Reply
from bot.commands.parser import Request
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.i18n import phrases
from bot.platforms.slack import limits
from bot.platforms.slack.answers import Answers, Body, acknowledgement
from bot.platforms.slack.blocks import SlackMessage, modal_view
from bot.platforms.slack.client import SlackRefusedError, SlackUnreachableError, Web
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.deliveries import ACKNOWLEDGED_WITHIN, Deliveries
from bot.platforms.slack.home import Home
from bot.platforms.slack.modals import form_view, line_filled_in, mistakes_below, values_filled_in
from bot.platforms.slack.tasks import BackgroundTasks

_log: Final = structlog.get_logger(__name__)


class Views:
    """Shows answers in modals. Each carries the channel from which it came to whatever is pressed in it."""

    def __init__(
        self,
        answers: Answers,
        router: CommandRouter,
        web: Web,
        command_names: CommandNames,
        tasks: BackgroundTasks,
        deliveries: Deliveries,
        homes: Home,
    ) -> None:
        self._answers: Final = answers
        self._router: Final = router
        self._web: Final = web
        self._command_names: Final = command_names
        self._tasks: Final = tasks
        self._deliveries: Final = deliveries
        self._homes: Final = homes

    async def submit(self, body: Body) -> BoltResponse:
        """A form was submitted. What it comes to takes its place: with the acknowledgement if that can hold it and
        needs not wait for it, else as soon as it is there.

        That needs no channel: it is the same from the home, from a direct message, and where the bot may not write. A
        form only has a change shown, so a twin of the submission does no harm.
        """
        reply = self._tasks.start(self._filled_in(body))
        await asyncio.wait({reply}, timeout=ACKNOWLEDGED_WITHIN)
        person, channel = body["user"]["id"], _sent_from(body["view"])
        language = self._answers.known_language(person) or self._router.public_language
        if reply.done():
            if mistakes := mistakes_below(reply.result(), body["view"]):
                return acknowledgement(SlackMessage.of({"response_action": "errors", "errors": mistakes}))
            message = _instead(self._view(reply.result(), language, channel))
            if len(message.json.encode()) <= limits.ANSWER:
                return acknowledgement(message)
        self._deliveries.start(body["trigger_id"], self._replace(body, reply))
        return acknowledgement(_instead(self._view(Reply(phrases(language)("forms.wait")), language, "")))

    async def opened(self, trigger: str, reply: Reply, language: Language, channel: str | None) -> bool:
        """Whether a reply that asks by form was shown as a modal. A trigger lives for three seconds: where that is too
        short, a button of the reply opens the form, and what it needs is known by then."""
        form = self._command_names.spelled(reply).form
        view = form_view(form, language) if form else None
        if view is None:
            return False
        try:
            await self._web.open_modal(trigger, {**view, "private_metadata": channel or ""})
        except (SlackRefusedError, SlackUnreachableError) as error:
            _log.warning("slack.form_not_opened", problem=str(error))
            return False
        return True

    async def answer(self, body: Body, line: str | None, language: Language) -> None:
        """A view has no `response_url`: the home's answers open a modal, a modal's take its place."""
        view, person = body.get("view", {}), body["user"]["id"]
        acts = line is not None and self._router.acts(line)
        reply: Reply | None
        if line and acts and view.get("type") == "home" and self._homes.shows(line):
            reply, acts = await self._homes.switch(person, line), False
        elif line and acts:
            user = await self._answers.user(person, view.get("private_metadata") or None)
            reply = await self._router.execute(Request(line, language, user=user))
        else:
            reply = self._answers.to(line, language, private=True)[0] if line else self._answers.outdated(language)
        if reply:
            await self._show_in_modal(body, person, reply, language)
        if acts:
            await self._homes.refresh(person)

    async def answer_shortcut(self, body: Body) -> None:
        """A shortcut, which stands for a command line; its answer opens in a window."""
        language = await self._answers.language(body["user"]["id"])
        reply, _ = self._answers.to(str(body["callback_id"]), language, private=True)
        await self._web.open_modal(body["trigger_id"], self._view(reply, language, ""))

    async def _show_in_modal(self, body: Body, person: str, reply: Reply, language: Language) -> None:
        view = body.get("view", {})
        shown = self._view(reply, language, str(view.get("private_metadata") or ""))
        if view.get("type") == "modal":
            await self._web.update_modal(view["id"], shown)
        else:
            await self._web.open_modal(body["trigger_id"], shown)
        if reply.file:
            await self._answers.hand_over(person, reply.file, language, None)

    def _view(self, reply: Reply, language: Language, channel: str) -> Body:
        """The modal that shows a reply, from that channel."""
        spelled = self._command_names.spelled(reply)
        form = form_view(spelled.form, language) if spelled.form else None
        return {**(form or modal_view(spelled, language)), "private_metadata": channel}

    async def _filled_in(self, body: Body) -> Reply:
        """What a form that was submitted comes to."""
        view, person = body["view"], body["user"]["id"]
        language = await self._answers.language(person)
        line = line_filled_in(view)
        if line is None:
            return self._answers.outdated(language)
        try:
            user = await self._answers.user(person, _sent_from(view) or None)
            return await self._router.execute(Request(line, language, user=user, values=values_filled_in(view)))
        except Exception:
            return self._answers.apology(language)

    async def _replace(self, body: Body, reply: Awaitable[Reply]) -> None:
        shown, language = await reply, await self._answers.language(body["user"]["id"])
        await self._web.update_modal(body["view"]["id"], self._view(shown, language, _sent_from(body["view"])))


def _sent_from(view: Body) -> str:
    """The channel in which a form was opened; empty if there was none."""
    return str(view.get("private_metadata") or "")


def _instead(view: Body) -> SlackMessage:
    """The answer to a submission that shows another view in the place of the form."""
    return SlackMessage.of({"response_action": "update", "view": view})
