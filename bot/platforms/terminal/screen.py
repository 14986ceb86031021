"""Where answers appear: a screen with colours and links, or a plain stream of text."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from rich.text import Text as Line

from bot.domain.language import Language
from bot.domain.message import File
from bot.platforms.terminal.rendering import Layout

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH: Final = 80
_WIDEST: Final = 100
"""Columns beyond which running text is hard to read."""


class Screen:
    """Prints lines; plain text without any control sequence unless on a terminal whose user wants colours."""

    def __init__(self, stream: TextIO) -> None:
        self._stream: Final = stream
        self._is_terminal: Final = stream.isatty()
        is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        self._console: Final = _console(stream) if self._is_terminal and not is_plain else None

    def layout(self, language: Language, *, numbered: bool = False) -> Layout:
        """The layout that fits this screen as wide as it is now."""
        width = min(shutil.get_terminal_size().columns, _WIDEST) if self._is_terminal else PLAIN_WIDTH
        return Layout(language, width, screen=self._is_terminal, numbered=numbered)

    def show(self, lines: Iterable[Line]) -> None:
        """Prints the lines as they are: addresses that are too long go on beyond the edge, uncut."""
        for line in lines:
            if self._console:
                self._console.print(line, soft_wrap=True)
            else:
                self._stream.write(f"{line.plain}\n")
        self._stream.flush()


def _console(stream: TextIO) -> "Console":
    """What writes colours and links; loading it would make every question of a script slower."""
    from rich.console import Console

    return Console(file=stream, force_terminal=True, markup=False, emoji=False, highlight=False)


def saved(file: File, folder: Path) -> Path:
    """Writes a file that came with an answer into `folder` and returns its path. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / Path(file.name).name
    path.write_bytes(file.content)
    return path
