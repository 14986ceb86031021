"""How long reading the schedule takes: the shipped file and one of 10,000 lectures, with and without the C parser."""

import tempfile
import time
from pathlib import Path

from benchmarks.series import write_series
from bot.schedule.reader import read

SHIPPED = Path(__file__).parent.parent / "lectures.yaml"


def seconds(content: bytes, *, pure: bool, times: int) -> float:
    """The best of several readings."""
    best = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        read(content, "lectures.yaml", pure=pure)
        best = min(best, time.perf_counter() - began)
    return best


def main() -> None:
    """Measures both files."""
    with tempfile.TemporaryDirectory() as folder:
        long = write_series(Path(folder) / "lectures.yaml", 10_000).read_bytes()
    for what, content, times in (("shipped file", SHIPPED.read_bytes(), 20), ("10,000 lectures", long, 1)):
        fast, pure = seconds(content, pure=False, times=times), seconds(content, pure=True, times=1)
        print(
            f"reading, {what:33} C parser {fast * 1e3:8.1f} ms   pure Python {pure * 1e3:8.1f} ms   "
            f"ratio {pure / fast:.1f}"
        )
