"""What holds for all tests: how Hypothesis looks for counterexamples."""

import os

from hypothesis import settings

# On CI always the same examples, so that a red build is the fault of the change it tests, and no time limit for a
# single one, which a busy machine would break. Elsewhere other examples each time: that is where the searching is done.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")
