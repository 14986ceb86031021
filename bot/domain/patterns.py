"""Patterns that are kept as texts until they are needed."""

import re
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled when it is first asked for: most runs need few of many."""
    return re.compile(pattern)
