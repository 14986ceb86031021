"""Defects as the log tells of them."""

import traceback


def told(error: Exception) -> str:
    """An error with the place where it arose, on one line."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    return " ".join(f"{type(error).__name__}: {error}{place}".split())
