"""Whenever the bot is killed, and whatever goes wrong on the platforms: every due post is in every channel once.

All trials are one test and run side by side, since they mostly wait. A single one, or a longer search for seeds that go
wrong: `python -m tests.crashes --help`.
"""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.crashes.search import NAMES, by_chance, outcomes
from tests.storage.cluster import Cluster

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals")

SEEDS = range(2)


def test_every_due_post_is_in_every_channel_once(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    server: Cluster | None = None
    with suppress(pytest.skip.Exception):
        server = request.getfixturevalue("postgresql")
    ended: dict[str, BaseException | None] = {}
    asyncio.run(outcomes([*NAMES, *by_chance(SEEDS)], tmp_path, server, ended.__setitem__))
    assert len(ended) == len(NAMES) + len(SEEDS) * (3 if server else 2)
    wrong = {name: error for name, error in ended.items() if error}
    if wrong:
        raise BaseExceptionGroup(f"{', '.join(wrong)} went wrong", [*wrong.values()])
    if not server:
        pytest.skip("The trials on PostgreSQL: it is not installed (on Debian: apt-get install postgresql)")
