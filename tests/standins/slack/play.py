"""Plays the users: everything they can type, click and fill in, over whichever transport the bot uses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from . import acts, payloads
from .delivery import (
    COMMAND,
    EVENT,
    INTERACTION,
    Answer,
    NotAcknowledgedError,
    Redelivery,
    Retry,
    Transport,
)
from .http_mode import HttpMode
from .refusals import Args, Json, RefusedError
from .response_urls import ResponseUrls
from .schema import Report, array
from .socket_mode import SocketMode
from .state import Channel, Message, User, View, Workspace
from .views import change_view, new_view
from .web_api import Api

Where = Message | View | Answer
T = TypeVar("T")


class Play:
    """The users' side of the stand-in."""

    def __init__(self, ws: Workspace, api: Api, socket: SocketMode, http: HttpMode) -> None:
        self._ws = ws
        self._urls = ResponseUrls(api)
        self.socket = socket
        self.http = http
        self.redelivery = Redelivery()
        self.ack_within = 3.0
        self._redelivering: set[asyncio.Task[None]] = set()
        self.user = ws.users.add("alice")
        self.channel = ws.channels.add("general")

    # --- what users do

    async def command(
        self,
        name: str,
        text: str = "",
        *,
        user: User | None = None,
        channel: Channel | None = None,
        trigger_id: str | None = None,
    ) -> Answer:
        """Types a slash command; `trigger_id` of an earlier answer makes a twin of it."""
        who, where = user or self.user, channel or self.channel
        trigger_id = self._ws.trigger(who.id, trigger_id)
        answer = self._answer(COMMAND, payloads.command(self._ws, name, text, who, where, trigger_id))
        answer.payload["response_url"] = self._urls.issue(answer, where, who.id, None)
        return await self._deliver(answer, accepts=True)

    async def click(
        self,
        where: Where,
        *,
        action_id: str | None = None,
        value: str | None = None,
        text: str | None = None,
        user: User | None = None,
        trigger_id: str | None = None,
    ) -> Answer:
        """Clicks the first button that fits; `LookupError` says which there are."""
        place = _seen(where)
        block, element = acts.find(place, action_id, value, text, button=True)
        names = ("type", "action_id", "text", "value", "style", "url")
        action = {name: element[name] for name in names if name in element}
        return await self._act(place, block, action, user, trigger_id)

    async def shortcut(self, callback_id: str, *, user: User | None = None) -> Answer:
        """Runs a global shortcut of the app, from the search or the menu beside the message."""
        who = user or self.user
        payload = payloads.shortcut(self._ws, callback_id, who, self._ws.trigger(who.id))
        return await self._deliver(self._answer(INTERACTION, payload), accepts=False)

    async def select(
        self,
        where: Where,
        value: Any,
        *,
        action_id: str | None = None,
        user: User | None = None,
        trigger_id: str | None = None,
    ) -> Answer:
        """Chooses from a menu, an overflow, radio buttons, a picker; a list of values where several may be chosen."""
        place = _seen(where)
        block, element = acts.find(place, action_id, value if isinstance(value, str) else None, None, button=False)
        action = {"action_id": element["action_id"], **acts.reported(element, value)}
        return await self._act(place, block, action, user, trigger_id)

    async def suggest(
        self, where: Where, typed: str, *, action_id: str | None = None, user: User | None = None
    ) -> Answer:
        """Types into a menu with external data; the options offered are in the answer's `ack`."""
        place = _seen(where)
        block, element = acts.find(place, action_id, None, None, button=False)
        who = self._actor(place, user)
        payload = payloads.block_suggestion(self._ws, place, who, block, element, typed)
        return await self._deliver(self._answer(INTERACTION, payload), accepts=True)

    def say(self, text: str, *, user: User | None = None, channel: Channel | None = None) -> Message:
        """Writes into a channel, to nobody in particular."""
        return self._write(text, user or self.user, channel or self.channel, None)

    async def mention(
        self,
        text: str,
        *,
        user: User | None = None,
        channel: Channel | None = None,
        thread_ts: str | None = None,
        event_id: str | None = None,
    ) -> Answer:
        """Writes `@bot text` into a channel."""
        who, where = user or self.user, channel or self.channel
        message = self._write(f"<@{self._ws.bot_user.id}> {text}", who, where, thread_ts)
        return await self._event(payloads.said(self._ws, "app_mention", message), where, message.ts, event_id)

    async def direct_message(
        self, text: str, *, user: User | None = None, thread_ts: str | None = None, event_id: str | None = None
    ) -> Answer:
        """Writes to the bot in private."""
        who = user or self.user
        where = self._ws.channels.direct(who)
        message = self._write(text, who, where, thread_ts)
        inner = payloads.said(self._ws, "message", message, channel_type="im")
        return await self._event(inner, where, message.ts, event_id)

    async def open_home(self, user: User | None = None, *, tab: str = "home", event_id: str | None = None) -> Answer:
        """Opens the bot's App Home; what it publishes is in `homes`."""
        who, ts = user or self.user, self._ws.ts()
        where = self._ws.channels.direct(who)
        inner: Json = {
            "type": "app_home_opened",
            "user": who.id,
            "channel": where.id,
            "tab": tab,
            "event_ts": ts,
        }
        return await self._event(inner, where, ts, event_id)

    async def event(self, inner: Json, *, event_id: str | None = None) -> Answer:
        """Any other event, given its inner part."""
        return await self._event(inner, None, self._ws.ts(), event_id)

    def modal(self, user: User | None = None) -> View | None:
        """The modal on top of a user's screen."""
        stack = self._ws.modals.get((user or self.user).id)
        return stack[-1] if stack else None

    async def submit_view(self, view: View, values: dict[str, Any] | None = None) -> Answer:
        """Fills in a modal (by action_id or block_id) and submits it; `ValueError` where Slack's form refuses."""
        who = self._ws.users[view.user]
        state = acts.state(view, values or {})
        if problems := acts.missing(view, state):
            raise ValueError(f"the form can't be submitted: {problems}")
        payload = payloads.view_submission(self._ws, view, who, self._ws.trigger(who.id), state)
        answer = await self._deliver(self._answer(INTERACTION, payload), accepts=True)
        if answer.acknowledged:
            self._after_submission(view, answer)
        return answer

    async def close_view(self, view: View) -> Answer | None:
        """Closes a modal; the bot hears of it only if it asked to."""
        self._ws.modals[view.user].remove(view)
        if not view.body.get("notify_on_close"):
            return None
        payload = payloads.view_closed(self._ws, view, self._ws.users[view.user])
        return await self._deliver(self._answer(INTERACTION, payload), accepts=False)

    async def repeat(self, answer: Answer) -> Answer:
        """Delivers the same payload (trigger_id, event_id, response_url) once more; responses come in on both."""
        twin = Answer(answer.kind, answer.payload, self._ws.pulse, answer.said, responses=answer.responses)
        return await self._deliver(
            twin, accepts=answer.kind == COMMAND, first=Retry(1, "timeout") if answer.kind == EVENT else None
        )

    async def until(self, value: Callable[[], T], within: float = 5.0) -> T:
        """Waits until something about the workspace is true, and returns it."""
        return await self._ws.pulse.until(value, within)

    # --- how it gets to the bot

    def _answer(self, kind: str, payload: Json) -> Answer:
        return Answer(kind, payload, self._ws.pulse)

    def _actor(self, where: Message | View, user: User | None) -> User:
        owner = where.user if isinstance(where, View) else where.ephemeral_to
        if user is not None and owner not in (None, user.id):
            raise LookupError(f"{user.name} can't see this")
        return user or (self._ws.users[owner] if owner else self.user)

    async def _act(
        self, where: Message | View, block: Json, action: Json, user: User | None, trigger_id: str | None
    ) -> Answer:
        ws, who = self._ws, self._actor(where, user)
        if isinstance(where, Message) and where.deleted:
            raise LookupError("the message is gone")
        action = {**action, "block_id": block["block_id"], "action_ts": ws.ts()}
        payload = payloads.block_actions(
            ws, where, who, action, trigger_id=ws.trigger(who.id, trigger_id), values=acts.state(where, {})
        )
        answer = self._answer(INTERACTION, payload)
        if isinstance(where, Message):
            channel = ws.channels[where.channel]
            payload["response_url"] = self._urls.issue(answer, channel, who.id, where)
            answer.said = lambda: next((each for each in channel.messages if _answers(each, action["action_ts"])), None)
        return await self._deliver(answer, accepts=False)

    def _write(self, text: str, user: User, channel: Channel, thread_ts: str | None) -> Message:
        message = Message(channel.id, self._ws.ts(), user.id, text, "user", thread_ts=thread_ts)
        channel.history.append(message)
        return message

    async def _event(self, inner: Json, channel: Channel | None, ts: str, event_id: str | None) -> Answer:
        answer = self._answer(EVENT, payloads.event(self._ws, inner, event_id))
        if channel is not None:

            def said() -> Message | None:
                there = [each for each in channel.ephemeral if each.ephemeral_to == inner["user"]]
                return next((each for each in [*channel.messages, *there] if each.ts > ts), None)

            answer.said = said
        return await self._deliver(answer, accepts=False)

    async def _deliver(self, answer: Answer, *, accepts: bool, first: Retry | None = None) -> Answer:
        failure = await self._attempt(answer, first, accepts=accepts)
        if failure is not None and answer.kind == EVENT and not failure.final:
            again = asyncio.create_task(self._redeliver(answer, failure))
            self._redelivering.add(again)
            again.add_done_callback(self._redelivering.discard)
        return answer

    async def _redeliver(self, answer: Answer, failure: NotAcknowledgedError) -> None:
        for delay in self.redelivery.delays:
            await asyncio.sleep(delay)
            retry = Retry(answer.deliveries, failure.reason)
            next_failure = await self._attempt(answer, retry, accepts=False)
            if next_failure is None or next_failure.final:
                return
            failure = next_failure

    async def _attempt(self, answer: Answer, retry: Retry | None, *, accepts: bool) -> NotAcknowledgedError | None:
        transport: Transport = self.http if self.http.url else self.socket
        answer.deliveries += 1
        try:
            ack = await transport.send(
                answer.kind, answer.payload, retry=retry, within=self.ack_within, accepts=accepts
            )
        except NotAcknowledgedError as failure:
            late = failure.reason in ("timeout", "http_timeout")
            answer.error = "operation_timeout" if late else "dispatch_failed"
            answer.status = failure.status
            return failure
        answer.error, answer.ack = None, ack.body
        answer.seconds, answer.status = ack.seconds, ack.status
        self._read_ack(answer, accepts=accepts)
        self._ws.pulse.beat()
        return None

    async def _stop_redelivering(self) -> None:
        for each in self._redelivering:
            each.cancel()
        await asyncio.gather(*self._redelivering, return_exceptions=True)

    def _read_ack(self, answer: Answer, *, accepts: bool) -> None:
        if not answer.ack:
            return
        kind = answer.payload.get("type", answer.kind)
        if not accepts:
            self._ws.note(f"Slack ignores the body of an acknowledgement of {kind}: {answer.ack}")
        elif answer.kind == COMMAND:
            issued = self._urls.same(answer.payload["response_url"])
            try:
                if issued is not None:
                    issued.answer = answer
                    self._urls.say(issued, Args(answer.ack), via="ack")
            except RefusedError as no:
                answer.error = "invalid_command_response"
                self._ws.note(f"invalid_command_response: {no.body()}")
        elif kind == "block_suggestion":
            report = Report()
            array(lambda value, path, seen: None, 100, 0)(answer.ack.get("options", []), "/options", report)
            if report.messages:
                answer.error = "invalid_options"

    def _after_submission(self, view: View, answer: Answer) -> None:
        stack, body = self._ws.modals.setdefault(view.user, []), answer.ack or {}
        try:
            match body.get("response_action"):
                case "errors":
                    known = {block["block_id"] for block in view.blocks if block["type"] == "input"}
                    if not body.get("errors") or not set(body["errors"]) <= known:
                        answer.error = "invalid_view_response"
                case "update":
                    change_view(self._ws, view, body.get("view"))
                case "push":
                    stack.append(new_view(self._ws, view.user, body.get("view"), "modal", view))
                case "clear":
                    stack.clear()
                case None if view in stack:
                    stack.remove(view)
        except RefusedError as no:
            answer.error = "invalid_view_response"
            self._ws.note(f"invalid_view_response: {no.body()}")
        self._ws.pulse.beat()


def _answers(message: Message, since: str) -> bool:
    """Whether a message may be what came of a click; what the bot posts by itself carries metadata."""
    return message.via == "chat.postMessage" and message.metadata is None and message.ts > since


def _seen(where: Where) -> Message | View:
    if isinstance(where, Answer):
        if where.visible is None:
            raise LookupError("this answer shows no message")
        return where.visible
    return where
