"""`python -m bot`: what `lecturebot` does, but a plain health check, which containers ask for twice a minute, at once.

That one loads nothing but what reads one file.
"""

import gc
import os
import sys
from collections.abc import Sequence

from bot.domain.locales import language_of, locale_in


def main() -> None:
    """Runs the command that the process was started with, and ends the process."""
    folder = health_folder(sys.argv[1:])
    if folder:
        sys.exit(_health(folder))
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # looking for some, of which there are none, takes 10 ms
    gc.disable()  # nothing of what modules make is garbage, and looking for it takes a tenth of a question's time
    from bot.cli.main import main

    gc.enable()
    try:
        main()
    finally:
        gc.freeze()  # or Python looks through all of it once more as it ends, which takes a fifth


def health_folder(arguments: Sequence[str]) -> str | None:
    """The data folder of a plain health check; None where these arguments ask for anything else, which click reads."""
    match [*arguments]:
        case ["health"]:
            return "data"
        case ["health", "--data", folder] | ["--data", folder, "health"]:
            return folder
    return None


def _health(folder: str) -> int:
    from datetime import UTC, datetime

    from bot.web.health import health

    well, line = health(folder, language_of(locale_in(os.environ)), datetime.now(UTC))
    sys.stdout.buffer.write(f"{line}\n".encode("utf-8", "replace"))
    return 0 if well else 1


if __name__ == "__main__":
    main()
