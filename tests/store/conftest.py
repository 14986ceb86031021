"""The databases that every test of the store runs on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.cluster import Cluster, binaries, cluster
from tests.store.homes import Home


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """One server for all tests. Without its programs they are skipped; on CI that is a failure."""
    programs = binaries()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed; .ci/run installs it")
        pytest.skip("PostgreSQL is not installed (on Debian: apt-get install postgresql)")
    with cluster(programs) as server:
        yield server


@pytest.fixture(params=["memory", "file", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A database of each kind, empty and of its own."""
    return _home(request, tmp_path)


@pytest.fixture(params=["file", "postgresql"])
def shared_home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A database that can be opened more than once."""
    return _home(request, tmp_path)


def _home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    if request.param == "postgresql":
        server: Cluster = request.getfixturevalue("postgresql")
        return Home(server.url(), server)
    return Home("sqlite://" if request.param == "memory" else tmp_path / "data" / "lecturebot.db")
