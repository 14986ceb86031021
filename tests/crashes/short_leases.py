"""The bot as it is, but with claims that last for seconds: `python -m tests.crashes.short_leases --data … run`."""

import argparse
from pathlib import Path
from typing import Final

from bot.announcements.timeouts import DeliveryTimeouts
from bot.app import run
from bot.options import Options
from bot.settings import read_settings

SHORT: Final = DeliveryTimeouts(
    lease=5.0, guard=3.0, call=1.0, pause=2.0, refused=2.0, look_again=1.0, looks=(0.3, 0.3, 0.4)
)
"""Between the end of a call and that of its lease there is time enough for a machine that has much else to do."""


def main() -> int:
    """Serves as `lecturebot run` does; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--lectures", type=Path, required=True)
    parser.add_argument("--now", required=True)
    parser.add_argument("--speed", type=float)
    parser.add_argument("command", choices=["run"])
    given = parser.parse_args()
    options = Options("en", given.data, given.lectures, given.now, given.speed)
    return run.run(options, read_settings(given.data / ".env"), None, SHORT)


if __name__ == "__main__":
    raise SystemExit(main())
