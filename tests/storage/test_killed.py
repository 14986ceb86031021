"""A process that is killed in the midst of writing leaves whole transactions behind, and nothing else."""

import asyncio
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.announcements.ledger import PostStatus
from bot.storage import open_store
from tests.processes import ROOT, environment
from tests.storage.homes import NOW, TOKYO


async def numbers_until_killed(file: Path, most: int) -> list[int]:
    """What a process had recorded when it was killed, some time after that many."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.storage.killed", str(file)),
        cwd=ROOT,
        env=environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    recorded: list[int] = []
    while len(recorded) < most:
        line = await process.stdout.readline()
        assert line, (await process.stderr.read()).decode()
        recorded += _numbers([line])
    process.kill()
    rest, _ = await process.communicate()
    return recorded + _numbers(rest.splitlines())


def _numbers(lines: Iterable[bytes]) -> list[int]:
    return [int(words[1]) for line in lines if (words := line.split())[:1] == [b"recorded"]]


async def test_what_was_recorded_is_there_and_nothing_is_there_by_halves(tmp_path: Path) -> None:
    file = tmp_path / "lecturebot.db"
    recorded: list[int] = []
    for most in (7, 20):
        recorded += await numbers_until_killed(file, most)
        with sqlite3.connect(file) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            halves = (
                "SELECT marker FROM posts LEFT JOIN post_keys USING (marker) GROUP BY marker HAVING count(key) != 3"
            )
            assert connection.execute(halves).fetchall() == []
        connection.close()
    assert len({*recorded}) == len(recorded) >= 27
    async with open_store(file, TOKYO) as store:
        taken = {int(key.partition("/")[0]) for key, _ in await store.ledger.taken([f"{n}/a" for n in range(10_000)])}
        assert taken >= {*recorded}
        sent = {int(post.message_id) for post in await store.ledger.posts_since(NOW)}
        assert sent >= {number for number in recorded if number % 2}
        waiting = await store.ledger.open_posts()
        assert {post.status for post in waiting} == {PostStatus.WAITING}
        assert len(waiting) >= len([number for number in recorded if number % 2 == 0])
        unfinished = len(taken) - len(sent) - len(waiting)
        assert 0 <= unfinished <= 2, "of each process at most one claim is left to look up"
