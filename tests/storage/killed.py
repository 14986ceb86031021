"""A process that claims, records and gives back as fast as it can, until it is killed: `killed.py FILE`."""

import asyncio
import sys
from itertools import count
from pathlib import Path

from bot.storage import open_store
from tests.storage.homes import CHANNEL, MATTER, NOW, TOKYO


async def main(file: Path) -> None:
    """Prints every number once all about it is recorded."""
    async with open_store(file, TOKYO) as store:
        for number in count():
            claim = await store.ledger.claim(MATTER, [f"{number}/{letter}" for letter in "abc"], CHANNEL, NOW)
            if claim is None:
                continue
            if number % 2:
                await store.ledger.record_sent(claim, str(number), "s", NOW)
            else:
                await store.ledger.retry_later(claim, 0.0, "busy")
            print("recorded", number, flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
