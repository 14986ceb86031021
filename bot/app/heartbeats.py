"""The running bot's heartbeat in the data folder, written every few seconds and whenever a connection changes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

import structlog

from bot.app.services import Services
from bot.app.supervisor import PlatformSupervisor
from bot.i18n import phrases
from bot.options import ConfigurationError, Options
from bot.schedule.reader import written
from bot.schedule.writer import hindrance_of
from bot.web.health import heartbeat, remove_heartbeat, write_heartbeat

_log: Final = structlog.get_logger(__name__)


class Heartbeats:
    """Writes the heartbeats; a full disk is told once and ends nothing."""

    def __init__(self, options: Options, services: Services, supervisor: PlatformSupervisor) -> None:
        self._options: Final = options
        self._services: Final = services
        self._supervisor: Final = supervisor
        self._connected: dict[str, bool] = {}
        self._was_written = True

    @asynccontextmanager
    async def given(self) -> AsyncIterator[None]:
        """Writes the first one, and removes the last at the end of the block.

        Raises ConfigurationError if the data folder can't be written to.
        """
        try:
            await asyncio.to_thread(self._write)
        except OSError as error:
            folder, reason = str(self._options.data), reason_of(error)
            raise ConfigurationError("cli.data.not_writable", folder=folder, reason=reason) from None
        try:
            yield
        finally:
            await asyncio.to_thread(remove_heartbeat, self._options.data)

    async def beat(self) -> None:
        """Writes one."""
        try:
            await asyncio.to_thread(self._write)
        except OSError as error:
            if self._was_written:
                _log.warning("health.not_written", reason=reason_of(error))
            self._was_written = False
        else:
            self._was_written = True

    async def look(self) -> None:
        """Takes note of connections that came or went: a platform that can be reached again has posts waiting."""
        now = {name: state.connected for name, state in self._supervisor.states.items()}
        changed = {name: connected for name, connected in now.items() if connected != self._connected.get(name, False)}
        self._connected = now
        for name, connected in changed.items():
            _log.info("platform.connected" if connected else "platform.disconnected", platform=name)
        if changed:
            self._services.wakeup.wake()
            await self.beat()

    def _write(self) -> None:
        schedule = self._services.schedule
        problems = tuple(written(problem, self._options.language) for problem in schedule.problems)
        states, trouble = self._supervisor.states, self._services.announcements.trouble
        found = hindrance_of(schedule.path)
        hindrance = phrases(self._options.language)(found.name, **found.values) if found else ""
        beat = heartbeat(datetime.now(UTC), len(schedule.series.lectures), states, problems, trouble, hindrance)
        write_heartbeat(beat, self._options.data)


def reason_of(error: OSError) -> str:
    """What the operating system says is the matter."""
    return error.strerror or type(error).__name__
