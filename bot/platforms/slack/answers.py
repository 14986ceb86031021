"""What is answered on Slack, and the ways by which an answer reaches whom it is for."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import structlog
from slack_bolt import BoltResponse

from bot.commands.context import Reply
from bot.commands.parser import Request, User
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.message import File
from bot.domain.subscriptions import Address, AddressKind
from bot.i18n import phrases
from bot.platforms import CredentialsRefusedError
from bot.platforms.slack.blocks import Messages, SlackMessage, payload
from bot.platforms.slack.client import Identity, SlackRefusedError, SlackUnreachableError, Web
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.tasks import BackgroundTasks
from bot.platforms.slack.users import LocaleCache, UserDirectory

_log: Final = structlog.get_logger(__name__)

Body = dict[str, Any]

_LOOKING_UP: Final = 1.5
"""Seconds for asking Slack for a person's language, so that an answer doesn't wait for it for long."""


@dataclass(frozen=True, slots=True)
class ChannelAnswer:
    """An answer for a whole channel, in that channel's language."""

    reply: Reply
    message: SlackMessage
    language: Language


class Answers:
    """Makes answers, for people in their languages, and delivers them.

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
        self._web: Final = web
        self._command_names: Final = command_names
        self._users: Final = UserDirectory(web, identity.team, groups)
        self._locales: Final = LocaleCache(self._locale, router.language_for, tasks)
        self._messages: Final = Messages(command_names)

    def known_language(self, person: str) -> Language | None:
        """A person's language, if it is known without asking Slack."""
        return self._locales.known(person)

    async def language(self, person: str) -> Language:
        """A person's language; that of the series' public posts where Slack doesn't tell it soon."""
        return await self._locales.language(person, _LOOKING_UP)

    async def user(self, person: str, channel: str | None = None) -> User:
        """Who asks, and what that person may, as Slack vouches for it."""
        return await self._users.user(person, channel)

    def to(self, line: str, language: Language, *, private: bool) -> tuple[Reply, SlackMessage]:
        """The reply to a command line and its message; where a defect prevents them, a private apology."""
        try:
            reply = self._router.answer(Request(line, language))
            return reply, self.showing(reply, language, private=private)
        except Exception:
            sorry = self.apology(language)
            return sorry, private_message(sorry, language)

    def showing(self, reply: Reply, language: Language, *, private: bool) -> SlackMessage:
        """The message that shows a reply."""
        return self._messages.showing(reply, language, private=private)

    def apology(self, language: Language) -> Reply:
        """What is said after a defect, which the log then has."""
        _log.exception("slack.answer_failed")
        return Reply(phrases(language)("slack.error"))

    def outdated(self, language: Language) -> Reply:
        """What is said to whoever presses what no longer exists."""
        return Reply(phrases(language)("slack.outdated", help=self._command_names.command("help")))

    async def post(self, channel: str, answer: ChannelAnswer, thread: str | None) -> None:
        """Posts an answer for all to see, which is kept true from then on."""
        ts = await self._web.post(channel, answer.message.arguments, thread)
        if ts:
            await self._router.record_shared(channel_address(channel), ts, answer.reply, answer.language)

    async def respond(self, response_url: str, message: SlackMessage, fields: Body) -> None:
        """Answers by the address that came with a request."""
        sent = SlackMessage.of({**message.arguments, **fields}) if fields else message
        private = message.arguments["response_type"] == "ephemeral"
        await self._web.respond(response_url, sent.json, private=private)

    async def respond_privately(
        self, person: str, line: str, language: Language, response_url: str, **fields: Any
    ) -> None:
        """Answers a command line so that only whoever asked sees it; a file comes as a direct message."""
        reply, message = self.to(line, language, private=True)
        await self.respond(response_url, message, fields)
        if reply.file:
            await self.hand_over(person, reply.file, language, response_url)

    async def hand_over(self, person: str, file: File, language: Language, response_url: str | None) -> None:
        """Sends a file as a direct message; an ephemeral message can't carry one."""
        try:
            await self._web.hand_over(person, file)
        except (SlackRefusedError, SlackUnreachableError, CredentialsRefusedError) as error:
            _log.error("slack.file_not_sent", problem=str(error))
            if response_url:
                say, lacks = phrases(language), error.needed if isinstance(error, SlackRefusedError) else ""
                sorry = Reply(
                    say("slack.file_lacks", name=file.name, right=lacks)
                    if lacks
                    else say("slack.file_failed", name=file.name)
                )
                await self._say_if_possible(response_url, private_message(sorry, language))

    async def _say_if_possible(self, response_url: str, message: SlackMessage) -> None:
        try:
            await self.respond(response_url, message, {"replace_original": False})
        except (SlackRefusedError, SlackUnreachableError) as error:
            _log.error("slack.answer_not_delivered", problem=str(error))

    async def _locale(self, person: str) -> str | None:
        try:
            return await self._web.locale(person)
        except Exception as error:
            _log.warning("slack.locale_unknown", problem=str(error))
            raise


def channel_address(slack_id: str) -> Address:
    """A channel by the id that Slack gives it."""
    return Address("slack", AddressKind.CHANNEL, slack_id)


def private_message(reply: Reply, language: Language) -> SlackMessage:
    """The message of a reply that names no command."""
    return SlackMessage.of(payload(reply, language, True))


def acknowledgement(message: SlackMessage | None = None) -> BoltResponse:
    """What Slack gets at once: that a request has come, with the answer if there is one already."""
    if message is None:
        return BoltResponse(status=200)
    return BoltResponse(status=200, body=message.json, headers={"content-type": "application/json"})
