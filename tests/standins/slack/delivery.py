"""What Slack sends to the bot, how it is acknowledged, and when events are sent again."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from .refusals import Json
from .state import Message, Pulse

COMMAND, INTERACTION, EVENT = "slash_commands", "interactive", "events_api"


@dataclass(frozen=True, slots=True)
class Retry:
    attempt: int
    reason: str


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    seconds: float
    body: Json | None
    status: int | None = None  # in HTTP mode


class NotAcknowledgedError(Exception):
    """Nobody took the delivery in time."""

    def __init__(self, reason: str, *, status: int | None = None, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.final = final  # the bot asked for no retry


class Transport(Protocol):
    async def send(
        self, kind: str, payload: Json, *, retry: Retry | None, within: float, accepts: bool
    ) -> Acknowledgement: ...


@dataclass
class Redelivery:
    """When an event that was not acknowledged comes again, in the background: Slack's delays, for tests to shorten."""

    delays: tuple[float, ...] = (0.0, 60.0, 300.0)


@dataclass(eq=False)
class Answer:
    """What became of one thing a user did."""

    kind: str
    payload: Json
    pulse: Pulse
    said: Callable[[], Message | None] = lambda: None  # for events and clicks: the bot's first message there since
    ack: Json | None = None  # what the acknowledgement carried
    seconds: float = math.inf  # from sending to the acknowledgement
    status: int | None = None
    error: str | None = None  # what the user is told: operation_timeout, dispatch_failed, …
    deliveries: int = 0
    responses: list[Message] = field(default_factory=list)  # over the response_url
    from_ack: Message | None = None

    @property
    def acknowledged(self) -> bool:
        return self.seconds < math.inf

    @property
    def trigger_id(self) -> str:
        return str(self.payload["trigger_id"])

    @property
    def event_id(self) -> str:
        return str(self.payload["event_id"])

    @property
    def visible(self) -> Message | None:
        """The message the user sees: from the acknowledgement, else the first response, else what was posted."""
        return self.from_ack or next(iter(self.responses), None) or self.said()

    async def acked(self, within: float = 5.0) -> Answer:
        """Waits for the acknowledgement of a delivery, a later one too."""
        await self.pulse.until(lambda: self.acknowledged, within, "an acknowledgement")
        return self

    async def seen(self, within: float = 5.0) -> Message:
        """Waits for `visible`."""
        found = await self.pulse.until(lambda: self.visible, within, "an answer that the user sees")
        assert found is not None
        return found

    async def response(self, number: int = 1, within: float = 5.0) -> Message:
        """Waits for the first, second, … message over the `response_url`."""
        await self.pulse.until(lambda: len(self.responses) >= number, within, f"response {number}")
        return self.responses[number - 1]
