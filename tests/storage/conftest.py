"""The databases that every test of the store runs on."""

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.storage import open_store
from tests.storage.cluster import Cluster
from tests.storage.homes import TOKYO, Home


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with tables and nothing in them, to be copied: that is faster than making each anew."""
    file = tmp_path_factory.mktemp("made") / "lecturebot.db"
    asyncio.run(_made(file))
    return file


@pytest.fixture(scope="session")
def made_schema(postgresql: Cluster) -> str:
    """The address of a PostgreSQL schema with tables, to be emptied for each test."""
    url = postgresql.url()
    asyncio.run(_made(url))
    return url


@pytest.fixture(params=["memory", "file", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A database of each kind, with nothing in it."""
    return Home("sqlite://") if request.param == "memory" else _shared(request, tmp_path)


@pytest.fixture(params=["file", "postgresql"])
def shared_home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A database that can be opened more than once, with nothing in it."""
    return _shared(request, tmp_path)


@pytest.fixture(params=["file", "postgresql"])
def bare_home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """The place of a database that nobody has opened yet."""
    if request.param == "file":
        return Home(tmp_path / "data" / "lecturebot.db")
    server: Cluster = request.getfixturevalue("postgresql")
    return Home(server.url(), server)


def _shared(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    if request.param == "file":
        return Home(shutil.copy(request.getfixturevalue("made_file"), tmp_path / "lecturebot.db"))
    home = Home(request.getfixturevalue("made_schema"), request.getfixturevalue("postgresql"))
    home.empty()
    return home


async def _made(address: str | Path) -> None:
    async with open_store(address, TOKYO):
        pass
