"""What is answered to commands, clicks, mentions and an opened App Home, and by which way."""

import asyncio
from collections.abc import Collection
from typing import Any, Final

import structlog
from slack_bolt import BoltResponse

from bot.commands.parser import Request
from bot.commands.router import CommandRouter
from bot.platforms import CredentialsRefusedError
from bot.platforms.slack.answers import (
    Answers,
    Body,
    ChannelAnswer,
    acknowledgement,
    channel_address,
    private_message,
)
from bot.platforms.slack.client import Identity, SlackRefusedError, SlackUnreachableError, Web
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.deliveries import Deliveries
from bot.platforms.slack.home import Home
from bot.platforms.slack.mentions import Mentions
from bot.platforms.slack.tasks import BackgroundTasks
from bot.platforms.slack.views import Views

_log: Final = structlog.get_logger(__name__)


class Handlers:
    """Answers each request that Bolt hands over, in its acknowledgement where Slack allows that.

    `groups` are the ids of user groups whose members may do more than others.
    """

    def __init__(
        self,
        identity: Identity,
        router: CommandRouter,
        web: Web,
        command_names: CommandNames,
        tasks: BackgroundTasks,
        groups: Collection[str] = (),
    ) -> None:
        self._router: Final = router
        self._command_names: Final = command_names
        self._tasks: Final = tasks
        self._answers: Final = Answers(identity, router, web, command_names, tasks, groups)
        self._deliveries: Final = Deliveries(tasks)
        self._mentions: Final = Mentions(self._answers, router, web, command_names, identity.user)
        self.homes: Final = Home(router, web, command_names, self._answers.language, self._answers.user)
        self._views: Final = Views(self._answers, router, web, command_names, tasks, self._deliveries, self.homes)

    async def command(self, body: Body) -> BoltResponse:
        """A slash command; answered at once to whoever's language is known, else as soon as it is."""
        person, trigger, url = body["user_id"], body["trigger_id"], body["response_url"]
        line = self._command_names.line(body["command"], body.get("text") or "")
        language = self._answers.known_language(person)
        if self._router.acts(line):
            return self._deliveries.once(trigger, self._execute(body, person, body["channel_id"], line, url))
        if language is None:
            return self._deliveries.once(trigger, self._answer_newcomer(person, line, url))
        reply, message = self._answers.to(line, language, private=True)
        if reply.file and self._deliveries.first(trigger):
            self._tasks.start(self._answers.hand_over(person, reply.file, language, url))
        # A twin is answered again: it comes when the first acknowledgement, and the answer with it, got lost.
        return acknowledgement(message)

    async def press(self, body: Body, action: Body) -> BoltResponse:
        """A button was pressed, or an option chosen, whose value is a command line."""
        return self._deliveries.once(body["trigger_id"], self._answer_click(body, _line(action)))

    async def decide(self, body: Body, action: Body) -> BoltResponse:
        """The same in a private message whose place the answer takes."""
        return self._deliveries.once(body["trigger_id"], self._answer_click(body, _line(action), in_place=True))

    async def share(self, body: Body, action: Body) -> BoltResponse:
        """Somebody wants the channel to see an answer."""
        line = action.get("value") if body.get("response_url") else None
        work = self._share(body, line) if line else self._answer_click(body, None)
        return self._deliveries.once(body["trigger_id"], work)

    async def press_outdated(self, body: Body) -> BoltResponse:
        """A button of an earlier version."""
        return self._deliveries.once(body["trigger_id"], self._answer_click(body, None))

    async def submit(self, body: Body) -> BoltResponse:
        """A form was submitted."""
        return await self._views.submit(body)

    async def mention(self, body: Body) -> BoltResponse:
        """`@lecturebot next`; answered in a thread, for all to see."""
        event = body["event"]
        if event.get("bot_id") or not event.get("user"):
            return acknowledgement()
        return await self._deliveries.event(body["event_id"], self._mentions.answer(event))

    async def direct_message(self, body: Body) -> BoltResponse:
        """Words to the bot alone; answered there."""
        event = body["event"]
        if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id") or not event.get("user"):
            return acknowledgement()
        return await self._deliveries.event(body["event_id"], self._mentions.answer_directly(event))

    async def shortcut(self, body: Body) -> BoltResponse:
        """A shortcut, which stands for a command line; its answer opens in a window."""
        return self._deliveries.once(body["trigger_id"], self._views.answer_shortcut(body))

    async def home(self, body: Body) -> BoltResponse:
        """The App Home was opened."""
        event = body["event"]
        if event.get("tab", "home") != "home":
            return acknowledgement()
        return await self._deliveries.event(body["event_id"], self.homes.open(event["user"]))

    async def _answer_newcomer(self, person: str, line: str, response_url: str) -> None:
        await self._answers.respond_privately(person, line, await self._answers.language(person), response_url)

    async def _execute(
        self, body: Body, person: str, channel: str | None, line: str, response_url: str, **fields: Any
    ) -> None:
        """Does what a command line asks for; who asks, and what that person may, Slack is asked for."""
        language, user = await asyncio.gather(self._answers.language(person), self._answers.user(person, channel))
        reply = await self._router.execute(Request(line, language, user=user))
        if not await self._views.opened(body["trigger_id"], reply, language, channel):
            await self._answers.respond(response_url, self._answers.showing(reply, language, private=True), fields)

    async def _answer_click(self, body: Body, line: str | None, *, in_place: bool = False) -> None:
        person = body["user"]["id"]
        language = await self._answers.language(person)
        url, fields = body.get("response_url"), {"replace_original": in_place, **_thread(body)}
        if not url:
            await self._views.answer(body, line, language)
        elif not line:
            await self._answers.respond(url, private_message(self._answers.outdated(language), language), fields)
        elif self._router.acts(line):
            await self._execute(body, person, body.get("channel", {}).get("id"), line, url, **fields)
        else:
            turns_page = "page=" in line and bool(body.get("container", {}).get("is_ephemeral"))
            fields |= {"replace_original": in_place or turns_page}
            await self._answers.respond_privately(person, line, language, url, **fields)

    async def _share(self, body: Body, line: str) -> None:
        """Asks again in the channel's language, for all to see.

        Only what is posted with the bot's token can be edited later; where that may not post, the `response_url` may.
        """
        language = await self._router.language_in(channel_address(body["channel"]["id"]))
        reply, message = self._answers.to(line, language, private=False)
        shown = ChannelAnswer(reply, message, language)
        if not (reply.line and await self._posted(body["channel"]["id"], shown, _thread(body))):
            await self._answers.respond(body["response_url"], message, {"replace_original": False, **_thread(body)})

    async def _posted(self, channel: str, shown: ChannelAnswer, thread: Body) -> bool:
        """Whether the answer could be posted; raises SlackUnreachableError if that is not known."""
        try:
            await self._answers.post(channel, shown, thread.get("thread_ts"))
        except (SlackRefusedError, CredentialsRefusedError) as error:
            _log.info("slack.shared_by_url", reason=str(error))
            return False
        except SlackUnreachableError as error:
            if error.applied is not False:
                raise
            return False
        return True


def _line(action: Body) -> str | None:
    """The command line for which a button or the option chosen in a menu stands."""
    chosen = action.get("selected_option") or {}
    line = action.get("value") or chosen.get("value")
    return str(line) if line else None


def _thread(body: Body) -> Body:
    """What keeps an answer in the thread in which something was pressed."""
    thread = body.get("container", {}).get("thread_ts")
    return {"thread_ts": thread} if thread else {}
