"""What a user of the stand-in sees of one interaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from .components_form import SELECTS, TEXT_DISPLAY, walk
from .dispatched import Interaction
from .messages import Message, Messages
from .refusals import Json, RefusalError


class NoAnswerError(AssertionError):
    """The application did not respond."""


class Answer:
    """The bot's answer. `message` and what belongs to it are live: they show later edits too."""

    def __init__(self, interaction: Interaction, messages: Messages) -> None:
        self.interaction = interaction
        self._messages = messages

    def __repr__(self) -> str:
        return f"<Answer {self.type} {self.message if self.stored else self.modal or self.choices}>"

    @property
    def type(self) -> int:
        """The kind of the callback: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal."""
        return self.interaction.answer_kind

    @property
    def seconds(self) -> float:
        """From the dispatch of the interaction to the arrival of the callback."""
        assert self.interaction.answered is not None
        return self.interaction.answered - self.interaction.dispatched

    @property
    def stored(self) -> Message | None:
        """The message under `@original`: the new one, or for an update the one clicked on."""
        return self.interaction.response

    @property
    def message(self) -> Json:
        if self.stored is None:
            raise LookupError(f"an answer of type {self.type} has no message")
        return self._messages.payload(self.stored)

    @property
    def content(self) -> str:
        """The text that is read first; in a message of the newer components that of the first of them."""
        return self.message["content"] or next(text for text in self.texts)

    @property
    def texts(self) -> list[str]:
        """The texts of the newer components, in order."""
        return [str(each["content"]) for each in walk(self.message["components"]) if each.get("type") == TEXT_DISPLAY]

    @property
    def embeds(self) -> list[Json]:
        return list(self.message["embeds"])

    @property
    def components(self) -> list[Json]:
        """The buttons and selects of the message, in order, without their rows."""
        return [each for each in walk(self.message["components"]) if each.get("type") in (2, *SELECTS)]

    @property
    def files(self) -> dict[str, bytes]:
        assert self.stored is not None
        return {file.name: file.data for file in self.stored.files.values()}

    @property
    def ephemeral(self) -> bool:
        return self.stored is not None and self.stored.ephemeral

    @property
    def deleted(self) -> bool:
        return self.stored is not None and self.stored in self.stored.channel.deleted

    @property
    def followups(self) -> list[Json]:
        return [self._messages.payload(message) for message in self.interaction.followups]

    @property
    def modal(self) -> Json | None:
        return self.interaction.modal

    @property
    def choices(self) -> list[Json]:
        return self.interaction.choices

    @property
    def refused(self) -> list[RefusalError]:
        """What the bot tried to answer and Discord refused."""
        return self.interaction.refused

    async def until(self, condition: Callable[[Answer], bool], within: float = 5.0) -> Answer:
        """Waits until `condition(answer)` holds after one of the bot's next steps."""
        try:
            async with self.interaction.change, asyncio.timeout(within):
                await self.interaction.change.wait_for(lambda: condition(self))
        except TimeoutError:
            raise NoAnswerError(f"not within {within} s; refused: {self.refused}") from None
        return self

    async def finished(self, within: float = 5.0) -> Answer:
        """Waits until a deferred answer says more than that the bot is thinking."""
        return await self.until(lambda answer: answer.stored is None or not answer.stored.loading, within)

    async def followed_up(self, count: int = 1, within: float = 5.0) -> Answer:
        """Waits until there are so many follow-ups."""
        return await self.until(lambda answer: len(answer.interaction.followups) >= count, within)
