"""A long search for seeds that go wrong: `python -m tests.crashes --seeds 200`, or one of them: `--only two-17`."""

import argparse
import asyncio
import tempfile
import time
import traceback
from contextlib import ExitStack
from pathlib import Path

from tests.crashes.search import NAMES, by_chance, outcomes
from tests.storage.cluster import binaries, cluster


def main() -> int:
    """Prints a line for each trial, and all that can be told of one that fails; 1 if any did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="the first of the seeds")
    parser.add_argument("--points", action="store_true", help="all trials without chance too")
    parser.add_argument("--only", action="append", default=[], help="a trial by its name; may be repeated")
    given = parser.parse_args()
    names = [*given.only, *(NAMES if given.points else ()), *by_chance(range(given.first, given.first + given.seeds))]
    failed: list[str] = []
    began = time.monotonic()

    def tell(name: str, error: BaseException | None) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {'FAILED' if error else 'ok':6}  {name}", flush=True)
        if error:
            failed.append(name)
            print(*traceback.format_exception(error), sep="", flush=True)

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lecturebot-crashes-")))
        programs = binaries()
        server = stack.enter_context(cluster(programs)) if programs else None
        asyncio.run(outcomes(names, folder, server, tell))
    print(f"{len(failed)} failed: {' '.join(failed)}" if failed else "none failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
