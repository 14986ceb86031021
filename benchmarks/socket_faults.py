"""How Socket Mode bears faults: commands every 50 ms while something breaks, how many are lost and how long each takes.

A user whose command nobody takes types it again, so a command is lost only if it isn't answered in the end.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from bot.commands.router import CommandRouter
from bot.logs import no_logs
from bot.platforms.slack import SlackPlatform
from tests.examples import BEFORE_THREE, EXAMPLE
from tests.standins.slack import Delay, SlackStandIn, Status
from tests.standins.slack.socket_mode import Connection

EVERY: Final = 0.05
AGAIN: Final = 0.5
"""Seconds after which a command that wasn't answered is typed again."""
GIVEN_UP: Final = 30.0
BEFORE: Final = 6.0
"""Seconds of commands before the fault: a connection that ends sooner is followed by a new one only after a wait."""
AFTER: Final = 5.0

TOGETHER: Final = 2

Fault = Callable[[SlackStandIn, Connection], Coroutine[Any, Any, None]]


@dataclass
class Told:
    """What became of the commands; seconds for each that was answered."""

    answered: list[float] = field(default_factory=list)
    lost: int = 0
    addresses: int = 0
    """How often the bot asked for an address."""

    def __str__(self) -> str:
        number, slowest = self.lost + len(self.answered), max(self.answered)
        return f"{self.lost} of {number} lost, slowest {slowest * 1e3:6.0f} ms, {self.addresses} addresses"


@asynccontextmanager
async def served(slack: SlackStandIn) -> AsyncIterator[SlackPlatform]:
    """The bot with its usual waits, which knows its user's language."""
    router = CommandRouter(lambda: EXAMPLE, lambda: BEFORE_THREE, lambda *_: b"")
    platform = SlackPlatform(slack.bot_token, slack.app_token, None, slack.api_url)
    serving = asyncio.create_task(platform.run(router))
    await slack.socket.connected()
    await (await slack.command("/next")).seen()
    try:
        yield platform
    finally:
        await platform.close()
        await asyncio.gather(serving, return_exceptions=True)


async def closed_later(slack: SlackStandIn, connection: Connection) -> None:
    """Slack asks for another connection and closes the old one 5 s later."""
    await connection.disconnect("refresh_requested", grace=5.0)
    await asyncio.sleep(5.0)


async def closed_at_once(slack: SlackStandIn, connection: Connection) -> None:
    """Slack closes without having asked for another connection."""
    connection.retiring = True
    await connection.ws.close()


async def reset(slack: SlackStandIn, connection: Connection) -> None:
    """The connection breaks."""
    connection.drop()


async def handshakes_fail(slack: SlackStandIn, connection: Connection) -> None:
    """The connection breaks, and the next two aren't opened."""
    slack.socket.failing_handshakes = 2
    connection.drop()


async def api_away_on_refresh(slack: SlackStandIn, connection: Connection) -> None:
    """The API doesn't work for 8 s when another connection is asked for; the old one lasts for 10 s."""
    slack.faults.add("apps.connections.open", Status(503), times=1_000_000)
    await connection.disconnect("warning")
    await asyncio.sleep(8.0)
    slack.faults.clear()
    await connection.disconnect("refresh_requested", grace=2.0)
    await asyncio.sleep(2.0)


async def api_away_on_drop(slack: SlackStandIn, connection: Connection) -> None:
    """The API doesn't work for 8 s when the connection breaks."""
    slack.faults.add("apps.connections.open", Status(503), times=1_000_000)
    connection.drop()
    await asyncio.sleep(8.0)
    slack.faults.clear()


async def black_hole(slack: SlackStandIn, connection: Connection) -> None:
    """Nothing comes through any more, in either direction, and nobody says so."""
    connection.stalled = True


async def odd_frames(slack: SlackStandIn, connection: Connection) -> None:
    """Frames that are no object, and a greeting without its usual fields."""
    for frame in ("[]", "null", "1", '"hello"', "{", '{"type": "hello", "num_connections": "many"}', "{}"):
        await connection.ws.send_str(frame)


async def commands(fault: Fault) -> Told:
    """Types commands before, during and after a fault."""
    async with SlackStandIn() as slack, served(slack):
        slack.ack_within = AGAIN
        told, asking = Told(), set[asyncio.Task[None]]()

        async def ask() -> None:
            began = time.monotonic()
            while time.monotonic() - began < GIVEN_UP:
                if (await slack.command("/next")).acknowledged:
                    told.answered.append(time.monotonic() - began)
                    return
                await asyncio.sleep(0.01)
            told.lost += 1

        async def keep_asking() -> None:
            while True:
                asking.add(asyncio.create_task(ask()))
                await asyncio.sleep(EVERY)

        asker = asyncio.create_task(keep_asking())
        await asyncio.sleep(BEFORE)
        await fault(slack, slack.socket.connections[0])
        await asyncio.sleep(AFTER)
        asker.cancel()
        await asyncio.wait(asking)
        told.addresses = len(slack.calls_of("apps.connections.open"))
        return told


async def slow_answers(fault: Fault) -> str:
    """300 mentions, each acknowledged after a second; an acknowledgement counts over whichever connection it comes."""
    async with SlackStandIn() as slack, served(slack):
        slack.redelivery.delays = ()
        slack.faults.add("chat.postMessage", Delay(1.0), times=1_000_000)
        seen, before = set[Connection](), len(slack.socket.connections[0].envelopes)
        async with asyncio.TaskGroup() as tasks:
            mentions = []
            for number in range(300):
                seen.update(slack.socket.connections)
                if number == 150:
                    tasks.create_task(fault(slack, slack.socket.connections[0]))
                mentions.append(tasks.create_task(slack.mention("next")))
                await asyncio.sleep(EVERY)
        sent = sum(len(connection.envelopes) for connection in seen) - before
        came = sum(mention.result().acknowledged for mention in mentions) + len(slack.socket.stray_acks)
        return f"{sent - came} of {sent} acknowledgements lost"


async def revoked() -> str:
    """What a revoked token comes to within 70 s."""
    async with SlackStandIn() as slack, served(slack) as platform:
        asked, began = len(slack.calls_of("auth.test")), time.monotonic()
        slack.revoke()
        slack.socket.connections[0].drop()
        while time.monotonic() - began < 70 and "revoked" not in platform.health.detail:
            if platform.health.detail == "closed":
                return f"the platform ended after {time.monotonic() - began:.1f} s"
            await asyncio.sleep(0.05)
        again = len(slack.calls_of("auth.test")) - asked
        return f"{again} times asked, after {time.monotonic() - began:.0f} s: {platform.health.detail}"


ROWS: Final[dict[str, Callable[[], Coroutine[Any, Any, object]]]] = {
    "refresh, closed 5 s later": lambda: commands(closed_later),
    "closed without a word": lambda: commands(closed_at_once),
    "reset": lambda: commands(reset),
    "handshake fails twice": lambda: commands(handshakes_fail),
    "API away for 8 s, on refresh": lambda: commands(api_away_on_refresh),
    "API away for 8 s, on drop": lambda: commands(api_away_on_drop),
    "black hole": lambda: commands(black_hole),
    "1 s answers over a refresh": lambda: slow_answers(closed_later),
    "1 s answers over a close": lambda: slow_answers(closed_at_once),
    "1 s answers over a drop": lambda: slow_answers(reset),
    "frames that are no object": lambda: commands(odd_frames),
    "revoked token": revoked,
}


def tried(row: str) -> str:
    """A line of the table."""
    with no_logs():
        return f"{row:30} {asyncio.run(ROWS[row]())}"


def main() -> None:
    """Tries all faults, each in a process of its own, a few at a time."""
    with ProcessPoolExecutor(TOGETHER, max_tasks_per_child=1) as pool:
        for line in pool.map(tried, ROWS):
            print(line, flush=True)


if __name__ == "__main__":
    main()
