"""What holds for all tests: how Hypothesis looks for counterexamples, and one warning that is nobody's here."""

import os

import pytest
from hypothesis import settings

# On CI always the same examples, so that a red build is the fault of the change it tests, and no time limit for a
# single one, which a busy machine would break. Elsewhere other examples each time: that is where the searching is done.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure(config: pytest.Config) -> None:
    """Ignores what discord.py's heartbeat leaves behind: a thread of its own may beat once more for a closed loop.

    The coroutine is collected at any time later and would fail whatever test happens to run then.
    """
    late_beat = "ignore:coroutine 'DiscordWebSocket.send_heartbeat' was never awaited:RuntimeWarning"
    config.addinivalue_line("filterwarnings", late_beat)
