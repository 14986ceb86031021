"""A process that edits a schedule as fast as it can, until it is killed: `killed_editor.py FILE DATABASE`."""

import asyncio
import sys
from itertools import count
from pathlib import Path

from tests.schedule.editing_room import editing_room


async def main(file: Path, database: Path) -> None:
    """Prints every number once an edit with it is accepted; goes on from the number in the title of lecture 4."""
    async with editing_room(file, database=database) as room:
        title = room.schedule.series.lectures[1].title
        assert title
        for number in count(int(title.into("ja").removeprefix("月")) + 1):
            await room.sets(4, ("title",), f"月{number}")
            print("accepted", number, flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
