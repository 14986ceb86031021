"""The chat on a real terminal: a process on a pseudo-terminal, with somebody at the keys."""

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT, STARTS_WITHIN, environment

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
termios = pytest.importorskip("termios")

SEQUENCES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")


class Terminal:
    """A terminal in which the chat runs; `shown` is what it has written since what was last waited for."""

    def __init__(self, data: Path, *options: str) -> None:
        self._ours, theirs = pty.openpty()
        self.modes = termios.tcgetattr(theirs)
        self._theirs = theirs
        self.raw = ""
        self._seen = 0
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "--data", str(data), "--lang", "en", *options, "chat"],
            cwd=ROOT,
            env=environment({"TERM": "xterm-256color", "COLUMNS": "100", "LINES": "40"}),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )

    @property
    def shown(self) -> str:
        return SEQUENCES.sub("", self.raw)[self._seen :]

    def shows(self, *texts: str) -> None:
        """Waits until the texts appear, one after the other."""
        until = time.monotonic() + STARTS_WITHIN
        for text in texts:
            while text not in self.shown:
                assert time.monotonic() < until, self.shown
                self._read(0.1)
            self._seen += self.shown.index(text) + len(text)

    def types(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def ends(self) -> int:
        """The exit code, once the process has ended."""
        until = time.monotonic() + STARTS_WITHIN
        while self.process.poll() is None:
            assert time.monotonic() < until, self.shown
            self._read(0.1)
        self._read(0)
        return self.process.returncode

    def restored(self) -> bool:
        """Whether the terminal is in the mode in which it was found."""
        return bool(termios.tcgetattr(self._theirs)[3] == self.modes[3])

    def _read(self, seconds: float) -> None:
        if select.select([self._ours], [], [], seconds)[0]:
            read = os.read(self._ours, 65536).decode(errors="replace")
            self.raw += read
            if "\x1b[6n" in read:  # asks for the cursor's position
                self.types("\x1b[1;1R")

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)
        os.close(self._theirs)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    yield opened
    opened.close()


def test_it_answers_in_colour_until_the_end_of_input(terminal: Terminal, tmp_path: Path) -> None:
    terminal.shows("  /clock 2024-04-06 12:00", ">")
    terminal.types("/clock 2024-04-06 12:00\r")
    terminal.shows("The time of this chat is now Sat, 6 Apr 2024, 12:00 JST.", ">")
    terminal.types("/next\r")
    terminal.shows("┃ Lecture 9: Introduction to Machine Learning", ">")
    terminal.types("\x04")
    assert terminal.ends() == 0
    assert "\x1b[32m┃" in terminal.raw
    assert "\x1b]8;" in terminal.raw
    assert terminal.restored()
    assert "+/next" in (tmp_path / "chat-history").read_text()


def test_ctrl_c_clears_the_line_and_quit_leaves(terminal: Terminal) -> None:
    terminal.shows("/quit ends the chat", ">")
    terminal.types("/nonsense")
    terminal.shows("/nonsense")
    terminal.types("\x03")
    terminal.shows(">")
    terminal.types("/clock\r")
    terminal.shows("The time of this chat is", ">")
    terminal.types("/quit\r")
    assert terminal.ends() == 0
    assert "/nonsense" not in terminal.shown


def test_sigterm_leaves_the_terminal_as_it_was(terminal: Terminal) -> None:
    terminal.shows("/quit ends the chat", ">")
    terminal.types("/ne")
    terminal.shows("/ne")
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.ends() == 0
    assert terminal.restored()


def test_a_post_that_falls_due_appears_above_what_is_being_typed(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--now", "2024-04-18T08:59:56")
    try:
        terminal.shows("/quit ends the chat", ">")
        terminal.types("/cl")
        terminal.shows("[Channel] Thu, 18 Apr 2024, 09:00 JST", "by Wed, 24 Apr, noon.", "> /cl")
        terminal.types("ock\r")
        terminal.shows("The time of this chat is Thu, 18 Apr 2024, 09:00 JST.", ">")
        terminal.types("/clock 2024-04-23 13:00\r")
        terminal.shows("[Channel] Tue, 23 Apr 2024, 12:00 JST", "The time of this chat is now Tue, 23 Apr 2024", ">")
        terminal.types("/quit\r")
        assert terminal.ends() == 0
        assert SEQUENCES.sub("", terminal.raw).count("[Channel]") == 2
        assert terminal.restored()
    finally:
        terminal.close()


def test_a_data_folder_that_takes_nothing_costs_the_history_only(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    terminal = Terminal(tmp_path / "file")
    try:
        terminal.shows("/quit ends the chat", ">")
        terminal.types("/quit\r")
        assert terminal.ends() == 0
    finally:
        terminal.close()
