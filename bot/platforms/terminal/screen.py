"""Where answers appear: a screen with colours and links, or a plain stream of text."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TextIO

from rich.console import Console
from rich.text import Text as Line

from bot.domain.language import Language
from bot.domain.message import File
from bot.platforms.terminal.rendering import Layout

PLAIN_WIDTH: Final = 80
_WIDEST: Final = 100
"""Columns beyond which running text is hard to read."""


class Screen:
    """Prints lines; plain text without any control sequence unless on a terminal whose user wants colours."""

    def __init__(self, stream: TextIO) -> None:
        self._is_terminal: Final = stream.isatty()
        coloured = self._is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self._console: Final = Console(
            file=stream,
            force_terminal=coloured,
            color_system="auto" if coloured else None,
            width=None if self._is_terminal else PLAIN_WIDTH,
            markup=False,
            emoji=False,
            highlight=False,
        )

    def layout(self, language: Language, *, numbered: bool = False) -> Layout:
        """The layout that fits this screen as wide as it is now."""
        width = min(self._console.width, _WIDEST) if self._is_terminal else PLAIN_WIDTH
        return Layout(language, width, screen=self._is_terminal, numbered=numbered)

    def show(self, lines: Iterable[Line]) -> None:
        """Prints the lines as they are: addresses that are too long go on beyond the edge, uncut."""
        for line in lines:
            self._console.print(line, soft_wrap=True)
        self._console.file.flush()


def saved(file: File, folder: Path) -> Path:
    """Writes a file that came with an answer into `folder` and returns its path. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / Path(file.name).name
    path.write_bytes(file.content)
    return path
