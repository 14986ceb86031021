"""What is answered to commands, clicks, mentions and an opened App Home, and by which way."""

import asyncio
from collections.abc import Awaitable, Collection
from dataclasses import dataclass
from typing import Any, Final

import structlog
from slack_bolt import BoltResponse

from bot.commands.context import Reply, ReplyStatus
from bot.commands.parser import Request
from bot.commands.router import CommandRouter
from bot.commands.sentences import is_greeting, is_thanks
from bot.domain.language import Language
from bot.domain.message import File
from bot.domain.subscriptions import Address, AddressKind
from bot.i18n import phrases
from bot.platforms import CredentialsRefusedError
from bot.platforms.slack import limits
from bot.platforms.slack.blocks import Messages, SlackMessage, modal_view, payload
from bot.platforms.slack.client import Identity, SlackRefusedError, SlackUnreachableError, Web
from bot.platforms.slack.command_text import CommandNames
from bot.platforms.slack.deliveries import ACKNOWLEDGED_WITHIN, Deliveries
from bot.platforms.slack.home import Home
from bot.platforms.slack.modals import form_view, line_filled_in, mistakes_below, values_filled_in
from bot.platforms.slack.tasks import BackgroundTasks
from bot.platforms.slack.users import LocaleCache, UserDirectory

_log: Final = structlog.get_logger(__name__)

Body = dict[str, Any]

_LOOKING_UP: Final = 1.5
"""Seconds for asking Slack for a person's language, so that an answer doesn't wait for it for long."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """An answer for a whole channel, in that channel's language."""

    reply: Reply
    message: SlackMessage
    language: Language


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
        self._identity: Final = identity
        self._router: Final = router
        self._web: Final = web
        self._command_names: Final = command_names
        self._tasks: Final = tasks
        self._users: Final = UserDirectory(web, identity.team, groups)
        self._locales: Final = LocaleCache(self._locale, router.language_for, tasks)
        self._messages: Final = Messages(command_names)
        self._deliveries: Final = Deliveries(tasks)
        self.homes: Final = Home(
            router,
            web,
            command_names,
            lambda person: self._locales.language(person, _LOOKING_UP),
            self._users.user,
        )

    async def command(self, body: Body) -> BoltResponse:
        """A slash command; answered at once to whoever's language is known, else as soon as it is."""
        person, trigger, url = body["user_id"], body["trigger_id"], body["response_url"]
        line = self._command_names.line(body["command"], body.get("text") or "")
        language = self._locales.known(person)
        if self._router.acts(line):
            return self._deliveries.once(trigger, self._execute(body, person, body["channel_id"], line, url))
        if language is None:
            return self._deliveries.once(trigger, self._answer_newcomer(person, line, url))
        reply, message = self._answer(line, language, private=True)
        if reply.file and self._deliveries.first(trigger):
            self._tasks.start(self._hand_over(person, reply.file, language, url))
        # A twin is answered again: it comes when the first acknowledgement, and the answer with it, got lost.
        return _acknowledgement(message)

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
        """A form was submitted. What it comes to takes its place: with the acknowledgement if that can hold it and
        needs not wait for it, else as soon as it is there.

        That needs no channel: it is the same from the home, from a direct message, and where the bot may not write. A
        form only has a change shown, so a twin of the submission does no harm.
        """
        reply = self._tasks.start(self._filled_in(body))
        await asyncio.wait({reply}, timeout=ACKNOWLEDGED_WITHIN)
        person, channel = body["user"]["id"], _sent_from(body["view"])
        language = self._locales.known(person) or self._public
        if reply.done():
            if mistakes := mistakes_below(reply.result(), body["view"]):
                return _acknowledgement(SlackMessage.of({"response_action": "errors", "errors": mistakes}))
            message = _instead(self._view(reply.result(), language, channel))
            if len(message.json.encode()) <= limits.ANSWER:
                return _acknowledgement(message)
        self._deliveries.start(body["trigger_id"], self._replace(body, reply))
        return _acknowledgement(_instead(self._view(Reply(phrases(language)("forms.wait")), language, "")))

    async def mention(self, body: Body) -> BoltResponse:
        """`@lecturebot next`; answered in a thread, for all to see."""
        event = body["event"]
        if event.get("bot_id") or not event.get("user"):
            return _acknowledgement()
        return await self._deliveries.event(body["event_id"], self._answer_mention(event))

    async def direct_message(self, body: Body) -> BoltResponse:
        """Words to the bot alone; answered there."""
        event = body["event"]
        if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id") or not event.get("user"):
            return _acknowledgement()
        return await self._deliveries.event(body["event_id"], self._answer_directly(event))

    async def shortcut(self, body: Body) -> BoltResponse:
        """A shortcut, which stands for a command line; its answer opens in a window."""
        return self._deliveries.once(body["trigger_id"], self._answer_shortcut(body))

    async def home(self, body: Body) -> BoltResponse:
        """The App Home was opened."""
        event = body["event"]
        if event.get("tab", "home") != "home":
            return _acknowledgement()
        return await self._deliveries.event(body["event_id"], self.homes.open(event["user"]))

    @property
    def _public(self) -> Language:
        return self._router.public_language

    @property
    def _help(self) -> str:
        return self._command_names.command("help")

    async def _locale(self, person: str) -> str | None:
        try:
            return await self._web.locale(person)
        except Exception as error:
            _log.warning("slack.locale_unknown", problem=str(error))
            raise

    def _answer(self, line: str, language: Language, *, private: bool) -> tuple[Reply, SlackMessage]:
        """The reply to a command line and its message; where a defect prevents them, a private apology."""
        try:
            reply = self._router.answer(Request(line, language))
            return reply, self._messages.showing(reply, language, private=private)
        except Exception:
            _log.exception("slack.answer_failed")
            sorry = Reply(phrases(language)("slack.error"))
            return sorry, _message(sorry, language)

    async def _answer_newcomer(self, person: str, line: str, response_url: str) -> None:
        language = await self._locales.language(person, _LOOKING_UP)
        await self._answer_privately(person, line, language, response_url)

    async def _answer_privately(
        self, person: str, line: str, language: Language, response_url: str, **fields: Any
    ) -> None:
        reply, message = self._answer(line, language, private=True)
        await self._respond(response_url, message, fields)
        if reply.file:
            await self._hand_over(person, reply.file, language, response_url)

    async def _execute(
        self, body: Body, person: str, channel: str | None, line: str, response_url: str, **fields: Any
    ) -> None:
        """Does what a command line asks for; who asks, and what that person may, Slack is asked for."""
        language, user = await asyncio.gather(
            self._locales.language(person, _LOOKING_UP), self._users.user(person, channel)
        )
        reply = await self._router.execute(Request(line, language, user=user))
        if not await self._opened(body["trigger_id"], reply, language, channel):
            await self._respond(response_url, self._messages.showing(reply, language, private=True), fields)

    async def _opened(self, trigger: str, reply: Reply, language: Language, channel: str | None) -> bool:
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

    async def _answer_click(self, body: Body, line: str | None, *, in_place: bool = False) -> None:
        person = body["user"]["id"]
        language = await self._locales.language(person, _LOOKING_UP)
        url, fields = body.get("response_url"), {"replace_original": in_place, **_thread(body)}
        if not url:
            await self._answer_in_modal(body, person, line, language)
        elif not line:
            await self._respond(url, _message(self._outdated_reply(language), language), fields)
        elif self._router.acts(line):
            await self._execute(body, person, body.get("channel", {}).get("id"), line, url, **fields)
        else:
            turns_page = "page=" in line and bool(body.get("container", {}).get("is_ephemeral"))
            fields |= {"replace_original": in_place or turns_page}
            await self._answer_privately(person, line, language, url, **fields)

    async def _share(self, body: Body, line: str) -> None:
        """Asks again in the channel's language, for all to see.

        Only what is posted with the bot's token can be edited later; where that may not post, the `response_url` may.
        """
        language = await self._router.language_in(_channel(body["channel"]["id"]))
        reply, message = self._answer(line, language, private=False)
        shown = _Shown(reply, message, language)
        if not (reply.line and await self._posted(body["channel"]["id"], shown, _thread(body))):
            await self._respond(body["response_url"], message, {"replace_original": False, **_thread(body)})

    async def _posted(self, channel: str, shown: _Shown, thread: Body) -> bool:
        """Whether the answer could be posted; raises SlackUnreachableError if that is not known."""
        try:
            await self._post(channel, shown, thread.get("thread_ts"))
        except (SlackRefusedError, CredentialsRefusedError) as error:
            _log.info("slack.shared_by_url", reason=str(error))
            return False
        except SlackUnreachableError as error:
            if error.applied is not False:
                raise
            return False
        return True

    async def _post(self, channel: str, shown: _Shown, thread: str | None) -> None:
        """Posts an answer for all to see, which is kept true from then on."""
        ts = await self._web.post(channel, shown.message.arguments, thread)
        if ts:
            await self._router.record_shared(_channel(channel), ts, shown.reply, shown.language)

    async def _respond(self, response_url: str, message: SlackMessage, fields: Body) -> None:
        sent = SlackMessage.of({**message.arguments, **fields}) if fields else message
        private = message.arguments["response_type"] == "ephemeral"
        await self._web.respond(response_url, sent.json, private=private)

    async def _answer_in_modal(self, body: Body, person: str, line: str | None, language: Language) -> None:
        """A view has no `response_url`: the home's answers open a modal, a modal's take its place."""
        view = body.get("view", {})
        acts = line is not None and self._router.acts(line)
        reply: Reply | None
        if line and acts and view.get("type") == "home" and self.homes.shows(line):
            reply, acts = await self.homes.switch(person, line), False
        elif line and acts:
            user = await self._users.user(person, view.get("private_metadata") or None)
            reply = await self._router.execute(Request(line, language, user=user))
        else:
            reply = self._answer(line, language, private=True)[0] if line else self._outdated_reply(language)
        if reply:
            await self._show_in_modal(body, person, reply, language)
        if acts:
            await self.homes.refresh(person)

    async def _show_in_modal(self, body: Body, person: str, reply: Reply, language: Language) -> None:
        view = body.get("view", {})
        shown = self._view(reply, language, str(view.get("private_metadata") or ""))
        if view.get("type") == "modal":
            await self._web.update_modal(view["id"], shown)
        else:
            await self._web.open_modal(body["trigger_id"], shown)
        if reply.file:
            await self._hand_over(person, reply.file, language, None)

    def _view(self, reply: Reply, language: Language, channel: str) -> Body:
        """The modal that shows a reply. It carries the channel from which it came to whatever is pressed in it."""
        spelled = self._command_names.spelled(reply)
        form = form_view(spelled.form, language) if spelled.form else None
        return {**(form or modal_view(spelled, language)), "private_metadata": channel}

    async def _filled_in(self, body: Body) -> Reply:
        """What a form that was submitted comes to."""
        view, person = body["view"], body["user"]["id"]
        language = await self._locales.language(person, _LOOKING_UP)
        line = line_filled_in(view)
        if line is None:
            return self._outdated_reply(language)
        try:
            user = await self._users.user(person, _sent_from(view) or None)
            return await self._router.execute(Request(line, language, user=user, values=values_filled_in(view)))
        except Exception:
            _log.exception("slack.answer_failed")
            return Reply(phrases(language)("slack.error"))

    async def _replace(self, body: Body, reply: Awaitable[Reply]) -> None:
        shown, language = await reply, await self._locales.language(body["user"]["id"], _LOOKING_UP)
        await self._web.update_modal(body["view"]["id"], self._view(shown, language, _sent_from(body["view"])))

    async def _answer_mention(self, event: Body) -> None:
        """Answers in the thread; greetings and what was not understood to that person alone, thanks not at all."""
        line = self._command_names.mentioned(event.get("text", ""), self._identity.user)
        if is_thanks(line):
            return
        if is_greeting(line):
            await self._answer_alone(event, line)
            return
        language = await self._router.language_in(_channel(event["channel"]))
        if self._router.acts(line):  # what it answers is nobody else's business
            sentence = phrases(language)(
                "slack.by_command", help=self._command_names.command(line.split()[0].lstrip("/"))
            )
            reply = Reply(sentence)
            message = self._messages.showing(reply, language, private=False)
        else:
            reply, message = self._answer(line, language, private=False)
            if reply.outcome in (ReplyStatus.NOT_FOUND, ReplyStatus.MISUNDERSTOOD):
                await self._answer_alone(event, line)
                return
        await self._post(event["channel"], _Shown(reply, message, language), event.get("thread_ts") or event["ts"])

    async def _answer_alone(self, event: Body, line: str) -> None:
        """Answers a mention so that only its author sees it, in that person's language."""
        person = event["user"]
        language = await self._locales.language(person, _LOOKING_UP)
        _, message = self._answer(line, language, private=True)
        await self._web.post_ephemeral(event["channel"], person, message.arguments, event.get("thread_ts"))

    async def _answer_directly(self, event: Body) -> None:
        """Answers a direct message in its author's language; what it asks to be done is done. Thanks need no answer."""
        line, person = self._command_names.mentioned(event.get("text") or "", self._identity.user), event["user"]
        if is_thanks(line):
            return
        language = await self._locales.language(person, _LOOKING_UP)
        user = await self._users.user(person) if self._router.acts(line) else None
        try:
            reply = await self._router.execute(Request(line, language, user=user))
        except Exception:
            _log.exception("slack.answer_failed")
            reply = Reply(phrases(language)("slack.error"))
        said = payload(self._command_names.spelled(reply), language, private=True, direct=True)
        await self._web.post(event["channel"], said, event.get("thread_ts"))
        if reply.file:
            await self._hand_over(person, reply.file, language, None)

    async def _answer_shortcut(self, body: Body) -> None:
        language = await self._locales.language(body["user"]["id"], _LOOKING_UP)
        reply, _ = self._answer(str(body["callback_id"]), language, private=True)
        await self._web.open_modal(body["trigger_id"], self._view(reply, language, ""))

    async def _hand_over(self, person: str, file: File, language: Language, response_url: str | None) -> None:
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
                await self._say_if_possible(response_url, _message(sorry, language))

    async def _say_if_possible(self, response_url: str, message: SlackMessage) -> None:
        try:
            await self._respond(response_url, message, {"replace_original": False})
        except (SlackRefusedError, SlackUnreachableError) as error:
            _log.error("slack.answer_not_delivered", problem=str(error))

    def _outdated_reply(self, language: Language) -> Reply:
        return Reply(phrases(language)("slack.outdated", help=self._help))


def _channel(slack_id: str) -> Address:
    return Address("slack", AddressKind.CHANNEL, slack_id)


def _line(action: Body) -> str | None:
    """The command line for which a button or the option chosen in a menu stands."""
    chosen = action.get("selected_option") or {}
    line = action.get("value") or chosen.get("value")
    return str(line) if line else None


def _message(reply: Reply, language: Language) -> SlackMessage:
    return SlackMessage.of(payload(reply, language, True))


def _thread(body: Body) -> Body:
    """What keeps an answer in the thread in which something was pressed."""
    thread = body.get("container", {}).get("thread_ts")
    return {"thread_ts": thread} if thread else {}


def _sent_from(view: Body) -> str:
    """The channel in which a form was opened; empty if there was none."""
    return str(view.get("private_metadata") or "")


def _instead(view: Body) -> SlackMessage:
    """The answer to a submission that shows another view in the place of the form."""
    return SlackMessage.of({"response_action": "update", "view": view})


def _acknowledgement(message: SlackMessage | None = None) -> BoltResponse:
    if message is None:
        return BoltResponse(status=200)
    return BoltResponse(status=200, body=message.json, headers={"content-type": "application/json"})
