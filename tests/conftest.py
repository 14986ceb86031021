"""What holds for all tests: how Hypothesis looks for counterexamples, one warning that is nobody's here, and the
PostgreSQL that several of them use."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.storage.cluster import Cluster, binaries, cluster

# On CI always the same examples, so that a red build is the fault of the change it tests, and no time limit for a
# single one, which a busy machine would break. Elsewhere other examples each time: that is where the searching is done.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("here", deadline=None)
settings.register_profile("fuzz", deadline=None, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "here"))


def pytest_configure(config: pytest.Config) -> None:
    """Ignores what discord.py's heartbeat leaves behind once a connection was dropped: a thread of its own that notices
    it only at its next beat, which in tests comes when the event loop is closed.

    It would fail whatever test happens to run then.
    """
    for late_beat in (
        "ignore:coroutine 'DiscordWebSocket.send_heartbeat' was never awaited:RuntimeWarning",
        "ignore:Exception in thread keep-alive-handler:pytest.PytestUnhandledThreadExceptionWarning",
    ):
        config.addinivalue_line("filterwarnings", late_beat)


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
