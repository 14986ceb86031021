"""Lines as YAML breaks them, which is at more characters than the line feed."""

import re
from typing import Final

BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
BREAKS: Final = "\n\r\x85\u2028\u2029"

_AT_END: Final = re.compile(f"(?:\r\n|[{BREAKS}])\\Z")


def line_start(text: str, at: int) -> int:
    """Where the line begins in which that character is."""
    return max(text.rfind(each, 0, at) for each in BREAKS) + 1


def previous_line(text: str, start: int) -> int:
    """Where the line before the one that begins there begins."""
    return line_start(text, start - (2 if text.startswith("\r\n", start - 2) else 1))


def line_end(text: str, at: int) -> int:
    """Where that line ends, before its break."""
    found = BREAK.search(text, at)
    return found.start() if found else len(text)


def next_line(text: str, at: int) -> int:
    """Where the line after it begins; the end of the text where there is none."""
    found = BREAK.search(text, at)
    return found.end() if found else len(text)


def without_break(text: str) -> str:
    """The text without the break that ends it, if one does."""
    return _AT_END.sub("", text)


def is_broken(text: str) -> bool:
    """Whether a break ends the text."""
    return _AT_END.search(text) is not None


def newline_of(text: str) -> str:
    """The break that most lines of the text end with."""
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
