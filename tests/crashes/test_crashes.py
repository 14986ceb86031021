"""Whenever the bot is killed, and whatever goes wrong on the platforms: every due post is in every channel once.

All trials are run side by side before the first test, since they mostly wait. A longer search for seeds that go wrong:
`python -m tests.crashes --seeds 200`.
"""

import asyncio
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.crashes.search import NAMES, by_chance, outcomes
from tests.store.cluster import Cluster

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals")

SEEDS = range(2)
TRIALS = [*NAMES, *by_chance(SEEDS)]


@pytest.fixture(scope="module")
def ended(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """How the trials ended that are asked for in this run: with an error or, if all was well, with None."""
    specs = (getattr(item, "callspec", None) for item in request.session.items if item.path == Path(__file__))
    names = [spec.params["name"] for spec in specs if spec]
    server: Cluster | None = None
    if any("postgresql" in name for name in names):
        with suppress(pytest.skip.Exception):
            server = request.getfixturevalue("postgresql")
    results: dict[str, BaseException | None] = {}
    asyncio.run(outcomes(names, tmp_path_factory.mktemp("crashes"), server, results.__setitem__))
    return results


@pytest.mark.parametrize("name", TRIALS)
def test_every_due_post_is_in_every_channel_once(name: str, ended: Mapping[str, Any]) -> None:
    if name not in ended:
        pytest.skip("PostgreSQL is not installed (on Debian: apt-get install postgresql)")
    if error := ended[name]:
        raise error
