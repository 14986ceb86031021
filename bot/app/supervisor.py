"""Platforms side by side: each one's trouble is its own, and all of them end together."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

import structlog

from bot.commands.router import CommandRouter
from bot.platforms import CredentialsRefusedError, Platform
from bot.web.health import PlatformState

_log: Final = structlog.get_logger(__name__)

_LAST_WORDS = 8.0
"""Seconds that a platform gets for an orderly end; containers are killed after ten."""
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0


class PlatformSupervisor:
    """Runs platforms, with the router that answers.

    `refused` is called once with each platform that doesn't take the bot's credentials and with what it says.
    """

    def __init__(
        self, platforms: Sequence[Platform], router: CommandRouter, refused: Callable[[str, str], None]
    ) -> None:
        self._platforms: Final = platforms
        self._router: Final = router
        self._report_refused: Final = refused
        self._stopping: Final = asyncio.Event()
        self._faults: Final[dict[str, str]] = {}
        self.any_refused = False

    @property
    def states(self) -> dict[str, PlatformState]:
        """Every platform's connection as it is now."""
        return {platform.name: self._state(platform) for platform in self._platforms}

    def stop(self) -> None:
        """Has `stopped` return."""
        self._stopping.set()

    async def stopped(self) -> None:
        """Waits until `stop` is called or the last platform has refused the bot."""
        await self._stopping.wait()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """Serves to the end of the block, also after `stop`: what posts until then ends inside of it."""
        tasks = [asyncio.create_task(self._served(platform), name=platform.name) for platform in self._platforms]
        for task in tasks:
            task.add_done_callback(lambda _: self._stopping.set() if all(each.done() for each in tasks) else None)
        try:
            yield
        finally:
            self._stopping.set()
            await asyncio.gather(*(self._closed(*pair) for pair in zip(self._platforms, tasks, strict=True)))

    def _state(self, platform: Platform) -> PlatformState:
        fault = self._faults.get(platform.name)
        if fault is not None:
            return PlatformState(connected=False, detail=fault)
        return PlatformState(connected=platform.health.connected, detail=platform.health.detail)

    async def _served(self, platform: Platform) -> None:
        """Runs one platform. A defect in it is logged and it is run again: falling silent for good is worse."""
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            try:
                await platform.run(self._router)
            except CredentialsRefusedError as refusal:
                self.any_refused = True
                self._faults[platform.name] = "credentials refused"
                self._report_refused(platform.name, str(refusal))
                return
            except Exception as error:
                self._faults[platform.name] = f"failed ({type(error).__name__}); starting again"
                _log.exception("platform.failed", platform=platform.name, retry_in=pause)
            if not self._stopping.is_set():
                await _or_timeout(self._stopping.wait(), pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                self._faults.pop(platform.name, None)

    async def _closed(self, platform: Platform, task: asyncio.Task[None]) -> None:
        """Sees to it that the platform ends, orderly if it can."""
        try:
            async with asyncio.timeout(_LAST_WORDS):
                if not task.done():
                    await platform.close()
                await asyncio.wait([task])
        except TimeoutError:
            _log.warning("platform.cut_off", platform=platform.name)
        except Exception:
            _log.exception("platform.failed_to_close", platform=platform.name)
        if task.cancel():
            await asyncio.wait([task], timeout=1.0)


async def _or_timeout(awaited: Awaitable[object], seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await awaited
    except TimeoutError:
        pass
