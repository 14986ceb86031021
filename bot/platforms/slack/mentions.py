"""What people say to the bot in words: by mentioning it in a channel, or to it alone."""

from typing import Final

from bot.commands.context import Reply, ReplyStatus
from bot.commands.parser import Request
from bot.commands.router import CommandRouter
from bot.commands.sentences import is_greeting, is_thanks
from bot.i18n import phrases
from bot.platforms.slack.answers import Answers, Body, ChannelAnswer, channel_address
from bot.platforms.slack.blocks import payload
from bot.platforms.slack.client import Web
from bot.platforms.slack.command_text import CommandNames


class Mentions:
    """Answers in words to words; `me` is the bot's own id."""

    def __init__(self, answers: Answers, router: CommandRouter, web: Web, command_names: CommandNames, me: str) -> None:
        self._answers: Final = answers
        self._router: Final = router
        self._web: Final = web
        self._command_names: Final = command_names
        self._me: Final = me

    async def answer(self, event: Body) -> None:
        """Answers in the thread; greetings and what was not understood to that person alone, thanks not at all."""
        line = self._command_names.mentioned(event.get("text", ""), self._me)
        if is_thanks(line):
            return
        if is_greeting(line):
            await self._answer_alone(event, line)
            return
        language = await self._router.language_in(channel_address(event["channel"]))
        if self._router.acts(line):  # what it answers is nobody else's business
            sentence = phrases(language)(
                "slack.by_command", help=self._command_names.command(line.split()[0].lstrip("/"))
            )
            reply = Reply(sentence)
            message = self._answers.showing(reply, language, private=False)
        else:
            reply, message = self._answers.to(line, language, private=False)
            if reply.outcome in (ReplyStatus.NOT_FOUND, ReplyStatus.MISUNDERSTOOD):
                await self._answer_alone(event, line)
                return
        await self._answers.post(
            event["channel"], ChannelAnswer(reply, message, language), event.get("thread_ts") or event["ts"]
        )

    async def answer_directly(self, event: Body) -> None:
        """Answers a direct message in its author's language; what it asks to be done is done. Thanks need no answer."""
        line, person = self._command_names.mentioned(event.get("text") or "", self._me), event["user"]
        if is_thanks(line):
            return
        language = await self._answers.language(person)
        user = await self._answers.user(person) if self._router.acts(line) else None
        try:
            reply = await self._router.execute(Request(line, language, user=user))
        except Exception:
            reply = self._answers.apology(language)
        said = payload(self._command_names.spelled(reply), language, private=True, direct=True)
        await self._web.post(event["channel"], said, event.get("thread_ts"))
        if reply.file:
            await self._answers.hand_over(person, reply.file, language, None)

    async def _answer_alone(self, event: Body, line: str) -> None:
        """Answers a mention so that only its author sees it, in that person's language."""
        person = event["user"]
        language = await self._answers.language(person)
        _, message = self._answers.to(line, language, private=True)
        await self._web.post_ephemeral(event["channel"], person, message.arguments, event.get("thread_ts"))
