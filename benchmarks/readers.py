"""Calendar programs that ask all at once, each over a connection of its own: how many are served, and how soon.

`python -m benchmarks.readers [CLIENTS …]`; 200 and 1,000 if none are named.
"""

import asyncio
import socket
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from typing import Final

import aiohttp

from benchmarks.processes import ROOT, discord_settings, process
from bot.logs import no_logs
from tests.standins.discord import DiscordStandIn

_SIZES: Final = (200, 1_000)
_PATIENCE: Final = aiohttp.ClientTimeout(total=30)


async def asked(url: str, session: aiohttp.ClientSession) -> tuple[str, float]:
    """What a client got, and the seconds until it had all of it."""
    began = time.perf_counter()
    try:
        async with session.get(url, headers={"Connection": "close"}) as response:
            body = await response.read()
            got = "served" if response.status == 200 and body.endswith(b"END:VCALENDAR\r\n") else str(response.status)
    except (aiohttp.ClientError, TimeoutError) as error:
        got = type(error).__name__
    return got, time.perf_counter() - began


async def at_once(url: str, clients: int) -> None:
    """Has so many ask, and prints what they got."""
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with aiohttp.ClientSession(connector=connector, timeout=_PATIENCE) as session:
        found = await asyncio.gather(*(asked(url, session) for _ in range(clients)))
    told = ", ".join(f"{count} {what}" for what, count in Counter(what for what, _ in found).most_common())
    seconds = [each for _, each in found]
    print(
        f"{f'{clients} calendar clients at once':42} {told}   "
        f"median {statistics.median(seconds):5.2f} s, longest {max(seconds):5.2f} s",
        flush=True,
    )


async def main(sizes: Iterable[int] = _SIZES) -> None:
    """Measures each number of clients, after the first has had the calendar made."""
    with no_logs(), tempfile.TemporaryDirectory() as name:
        port = _free_port()
        async with DiscordStandIn() as standin:
            options = ("--data", name, "--lectures", str(ROOT / "lectures.yaml"), "run", "--http", f"127.0.0.1:{port}")
            async with process("-m", "bot", *options, **discord_settings(standin)):
                await standin.ready(within=60)
                url = f"http://127.0.0.1:{port}/calendar.ics"
                await _served(url)
                for clients in sizes:
                    await at_once(url, clients)


async def _served(url: str) -> None:
    """Waits until there is a calendar."""
    async with aiohttp.ClientSession() as session:
        while True:
            if (await asked(url, session))[0] == "served":
                return
            await asyncio.sleep(0.5)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


if __name__ == "__main__":
    asyncio.run(main([int(each) for each in sys.argv[1:]] or _SIZES))
