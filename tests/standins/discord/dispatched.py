"""Interactions from their dispatch to the end of their token: callbacks and follow-ups, as the bot makes them."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from .command_form import STRING, check_choices
from .components_form import check_modal
from .message_form import EPHEMERAL
from .messages import Message, Messages
from .refusals import (
    Form,
    Json,
    RefusalError,
    already_acknowledged,
    expired_webhook_token,
    not_found,
    unknown_interaction,
    unknown_message,
    unknown_webhook,
)
from .rest import Call, Route
from .world import Channel, User, World

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
_LIFE_OF_A_TOKEN = 15 * 60


@dataclass(eq=False)
class Interaction:
    """`response` is the message under `@original`; `refused` what the bot tried in vain."""

    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    source: Message | None
    option_kind: int = STRING
    dispatched: float = 0.0
    created: float = 0.0
    answered: float | None = None
    answer_kind: int = 0
    response: Message | None = None
    followups: list[Message] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None
    refused: list[RefusalError] = field(default_factory=list)
    change: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def accepts(self) -> tuple[int, ...]:
        """The kinds of callback that Discord takes for it."""
        if self.kind == AUTOCOMPLETE:
            return (CHOICES,)
        updates = (DEFERRED_UPDATE, UPDATE) if self.source is not None else ()
        modal = () if self.kind == MODAL_SUBMIT else (MODAL,)
        return (MESSAGE, DEFERRED_MESSAGE, *updates, *modal)


class InteractionRoutes:
    """`deadline` is how many seconds a first answer may take."""

    def __init__(self, world: World, messages: Messages) -> None:
        self._world = world
        self._messages = messages
        self.deadline = 3.0
        self.known: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def remember(self, interaction: Interaction) -> None:
        interaction.created = self._world.clock()
        interaction.dispatched = time.perf_counter()
        self.known[interaction.id] = interaction
        self._by_token[interaction.token] = interaction

    def routes(self) -> list[Route]:
        hook = "/webhooks/{application}/{token}"
        one = hook + "/messages/{message}"
        back = "/interactions/{interaction}/{token}/callback"
        return [
            Route("POST", back, self.callback, needs_token=False, payload="callback"),
            Route("POST", hook, self.follow_up, bucket="token", needs_token=False),
            Route("GET", one, self.get, bucket="token", needs_token=False),
            Route("PATCH", one, self.edit, bucket="token", needs_token=False, payload="answer"),
            Route("DELETE", one, self.delete, bucket="token", needs_token=False),
        ]

    async def callback(self, call: Call) -> Json | None:
        interaction = self.known.get(call.id("interaction"))
        if interaction is None or interaction.token != call.names["token"]:
            raise unknown_interaction()
        try:
            self._check_in_time(interaction, call)
            self._respond(interaction, call)
        except RefusalError as refusal:
            await _refuse(interaction, refusal)
            raise
        interaction.answered = call.arrived
        await _announce(interaction)
        return self._acknowledgement(interaction) if call.query.get("with_response") in ("1", "true") else None

    def _check_in_time(self, interaction: Interaction, call: Call) -> None:
        if interaction.answered is not None:
            raise already_acknowledged()
        if call.arrived - interaction.dispatched > self.deadline:
            raise unknown_interaction()

    def _respond(self, interaction: Interaction, call: Call) -> None:
        form = Form()
        kind = int(call.body.get("type") or 0)
        if kind not in interaction.accepts:
            form.wrong(("type",), "BASE_TYPE_CHOICES", f"Value must be one of {interaction.accepts}.")
            form.finish()
        data: Json = call.body.get("data") or {}
        if kind == CHOICES:
            choices = form.items(("choices",), data.get("choices"), most=25)
            check_choices(form, ("choices",), choices, is_text=interaction.option_kind == STRING)
            form.finish()
            interaction.choices = choices
        elif kind == MODAL:
            check_modal(form, data)
            form.finish()
            interaction.modal = data
        elif kind == MESSAGE:
            interaction.response = self._write(interaction, call, data, kind=20)
        elif kind == DEFERRED_MESSAGE:
            shown_to = interaction.user if (data.get("flags") or 0) & EPHEMERAL else None
            about = self._about(interaction)
            interaction.response = self._messages.placeholder(interaction.channel, self._world.bot, shown_to, about)
        else:
            assert interaction.source is not None
            if kind == UPDATE:
                self._messages.edit(interaction.source, data, call.files)
            interaction.response = interaction.source
        interaction.answer_kind = kind

    def _write(self, interaction: Interaction, call: Call, data: Json, *, kind: int) -> Message:
        shown_to = interaction.user if (data.get("flags") or 0) & EPHEMERAL else None
        about = self._about(interaction)
        channel, bot = interaction.channel, self._world.bot
        return self._messages.write(channel, bot, data, call.files, shown_to=shown_to, interaction=about, kind=kind)

    def _about(self, interaction: Interaction) -> Json:
        owner = str(interaction.channel.guild.id) if interaction.channel.guild else "0"
        return {
            "id": str(interaction.id),
            "type": interaction.kind,
            "user": self._world.user_payload(interaction.user),
            "authorizing_integration_owners": {"0": owner},
        }

    def _acknowledgement(self, interaction: Interaction) -> Json:
        about: Json = {"id": str(interaction.id), "type": interaction.kind}
        resource: Json = {"type": interaction.answer_kind}
        if interaction.response is not None:
            about["response_message_id"] = str(interaction.response.id)
            about["response_message_loading"] = interaction.response.loading
            about["response_message_ephemeral"] = interaction.response.ephemeral
            if interaction.answer_kind in (MESSAGE, UPDATE):
                resource["message"] = self._messages.payload(interaction.response)
        return {"interaction": about, "resource": resource}

    def _open(self, call: Call) -> Interaction:
        """The interaction a follow-up belongs to, if it was answered and its token still lives."""
        if call.id("application") != self._world.application_id:
            raise unknown_webhook()
        interaction = self._by_token.get(call.names["token"])
        if interaction is None or interaction.answered is None:
            raise unknown_webhook()
        if self._world.clock() - interaction.created > _LIFE_OF_A_TOKEN:
            raise expired_webhook_token()
        return interaction

    def _message(self, call: Call, interaction: Interaction) -> Message:
        if call.names["message"] == "@original":
            found = interaction.response
        else:
            number = call.id("message")
            own = [*interaction.followups, *([interaction.response] if interaction.response else [])]
            found = next((each for each in own if each.id == number), None)
        if found is None or found in found.channel.deleted:
            raise unknown_message()
        return found

    async def follow_up(self, call: Call) -> Json:
        """The first one after a deferral takes the place of the message that says the bot is thinking."""
        interaction = self._open(call)
        if interaction.kind == AUTOCOMPLETE:
            raise not_found()
        try:
            if interaction.response is not None and interaction.response.loading:
                message = interaction.response
                self._messages.edit(message, call.body, call.files)
            else:
                message = self._write(interaction, call, call.body, kind=0)
                interaction.followups.append(message)
        except RefusalError as refusal:
            await _refuse(interaction, refusal)
            raise
        await _announce(interaction)
        return self._messages.payload(message)

    async def get(self, call: Call) -> Json:
        return self._messages.payload(self._message(call, self._open(call)))

    async def edit(self, call: Call) -> Json:
        interaction = self._open(call)
        message = self._message(call, interaction)
        try:
            self._messages.edit(message, call.body, call.files)
        except RefusalError as refusal:
            await _refuse(interaction, refusal)
            raise
        await _announce(interaction)
        return self._messages.payload(message)

    async def delete(self, call: Call) -> None:
        interaction = self._open(call)
        self._messages.delete(self._message(call, interaction))
        await _announce(interaction)


async def _refuse(interaction: Interaction, refusal: RefusalError) -> None:
    interaction.refused.append(refusal)
    await _announce(interaction)


async def _announce(interaction: Interaction) -> None:
    async with interaction.change:
        interaction.change.notify_all()
