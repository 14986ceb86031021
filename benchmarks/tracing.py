"""`python -m benchmarks.tracing …`: the bot with these arguments, which tells on request which of its functions ran.

What modules do while they are imported does not count. Whenever the process gets SIGUSR1, the functions that ran since
the last time are written to the file that `TOLD` names. Processes that the bot starts are not looked into.
"""

import os
import runpy
import signal
import sys
import threading
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import FrameType
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
TOLD: Final = "BENCHMARKS_TOLD"
"""The variable that names the file to write to."""

_SOURCES: Final = f"{ROOT / 'bot'}{os.sep}"


class _Thread(threading.local):
    """How many modules of the bot this thread is importing."""

    importing = 0


class Tracing:
    """Notes functions of the bot from `begin` on, in every thread that is started later as well."""

    def __init__(self) -> None:
        self._ran: set[tuple[str, int]] = set()
        self._thread: Final = _Thread()

    def begin(self) -> None:
        """Switches it on."""
        threading.setprofile(self._note)
        sys.setprofile(self._note)

    def taken(self) -> list[str]:
        """What ran since this was asked last, each as `file:line`, in order."""
        ran, self._ran = self._ran, set()
        return [f"{file.removeprefix(_SOURCES)}:{line}" for file, line in sorted(ran)]

    def _note(self, frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event not in ("call", "return") or not code.co_filename.startswith(_SOURCES):
            return
        if code.co_flags & CO_OPTIMIZED:  # a function, unlike the body of a module or a class
            if not self._thread.importing:
                self._ran.add((code.co_filename, code.co_firstlineno))
        elif code.co_name == "<module>" and frame.f_globals["__name__"] != "__main__":
            self._thread.importing += 1 if event == "call" else -1


def _tell(tracing: Tracing, told: Path) -> None:
    while True:
        signal.sigwait({signal.SIGUSR1})
        new = told.with_suffix(".new")
        new.write_text("\n".join(tracing.taken()), encoding="utf-8")
        new.replace(told)


def main() -> None:
    """Runs the bot as `python -m bot` does."""
    told = Path(os.environ[TOLD])
    tracing = Tracing()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    threading.Thread(target=_tell, args=(tracing, told), daemon=True).start()
    tracing.begin()
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
