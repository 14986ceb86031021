"""What Slack delivers: at least once each, and again if it isn't acknowledged."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

import structlog
from slack_bolt import BoltResponse

from bot.platforms import CredentialsRefusedError
from bot.platforms.slack.cache import Deduplicator
from bot.platforms.slack.client import SlackRefusedError, SlackUnreachableError
from bot.platforms.slack.tasks import BackgroundTasks

_log: Final = structlog.get_logger(__name__)

ACKNOWLEDGED_WITHIN: Final = 2.0
"""Seconds that an acknowledgement waits for what it depends on; Slack waits for three."""


class Deliveries:
    """Does in the background what deliveries ask for, once for all repetitions of each.

    Twins share an id: an event's event_id, a command's or click's trigger_id.
    """

    def __init__(self, tasks: BackgroundTasks) -> None:
        self._tasks: Final = tasks
        self._deduplicator: Final = Deduplicator()

    def first(self, delivery: str) -> bool:
        """Whether no twin of it came before."""
        return self._deduplicator.first(delivery)

    def start(self, delivery: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[bool]:
        """Does it; the task tells whether it is done or may be. If not, a twin counts as the first."""
        return self._tasks.start(self._watched(delivery, work))

    def once(self, delivery: str, work: Coroutine[Any, Any, None]) -> BoltResponse:
        """Does it unless a twin came before, and acknowledges it at once."""
        if self.first(delivery):
            self.start(delivery, work)
        else:
            work.close()
        return BoltResponse(status=200)

    async def event(self, delivery: str, work: Coroutine[Any, Any, None]) -> BoltResponse:
        """Does it unless a twin came before. If it fails at once the event is refused, and so comes again."""
        if not self.first(delivery):
            work.close()
            return BoltResponse(status=200)
        task = self.start(delivery, work)
        await asyncio.wait({task}, timeout=ACKNOWLEDGED_WITHIN)
        return BoltResponse(status=503 if task.done() and not task.result() else 200)

    async def _watched(self, delivery: str, work: Coroutine[Any, Any, None]) -> bool:
        try:
            await work
        except (SlackRefusedError, SlackUnreachableError, CredentialsRefusedError) as error:
            _log.error("slack.answer_not_delivered", problem=str(error))
            if isinstance(error, SlackUnreachableError) and error.applied is None:
                return True
        except Exception:
            _log.exception("slack.answer_failed")
        else:
            return True
        self._deduplicator.forget(delivery)
        return False
