"""Why an edit can't be made, as a value that can be told in both languages."""

import re
from collections.abc import Mapping
from typing import Final

from bot.schedule.yaml_reader import NOTHING


class CannotEditError(Exception):
    """An edit that can't be made; the text is left as it was. `name` is that of its phrase, `values` go into it."""

    def __init__(self, name: str, values: Mapping[str, str | int] | None = None) -> None:
        super().__init__(name, dict(values or {}))
        self.name: Final = name
        self.values: Final[Mapping[str, str | int]] = dict(values or {})


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


_SPECIAL: Final = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that a quoted text has to write as an escape: controls, breaks, the byte order mark."""

_NOT_PLAIN: Final = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`\s]|.*(?::\s|:\Z|\s#|\s\Z)|\.\.\.", re.DOTALL)
"""Beginnings of texts, or whole texts, that would be more than a text outside of brackets."""

_NOT_PLAIN_IN_BRACKETS: Final = re.compile(r"[,\[\]{}?]")
_TYPED: Final = re.compile(
    r"true|false|yes|no|on|off|y|n|=|<<"
    r"|[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?)"
    r"|[-+]?\.[0-9][0-9_]*(?:e[-+]?[0-9]+)?|[-+]?\.inf|\.nan"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|\s+)[0-9].*)?",
    re.IGNORECASE,
)
"""What other readers of YAML, of either version, take for something else than a text."""

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def one_line(text: str, *, in_brackets: bool, typed: bool = False, style: str = "") -> str:
    """The text in one line; in quotes of the `style` it had before, as far as that will do.

    `typed` is for fields that are no texts, but numbers, dates or flags: those are written plain.
    """
    if style not in ("'", '"') and _is_plain(text, in_brackets=in_brackets, typed=typed):
        return text
    single = _SPECIAL.search(text) is None
    if single and (style == "'" or (style != '"' and ('"' in text or "\\" in text))):
        return "'" + text.replace("'", "''") + "'"
    return '"' + re.sub(f'[\\\\"]|{_SPECIAL.pattern}', _escaped, text) + '"'


def literal(text: str) -> list[str] | None:
    """The text as it stands after `|`: what follows the key, then the lines, not yet indented.

    None where that would not show it faithfully: one line, blanks that nobody sees, characters that need an escape.
    """
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 2 or not lines[-1].strip() or lines[0][:1] in ("", " "):
        return None
    if any(_SPECIAL.search(line) or (line and not line.strip()) for line in lines):
        return None
    return ["|" if text.endswith("\n") else "|-", *lines]


def _is_plain(text: str, *, in_brackets: bool, typed: bool) -> bool:
    if text in NOTHING or _SPECIAL.search(text) or _NOT_PLAIN.match(text):
        return False
    if in_brackets and _NOT_PLAIN_IN_BRACKETS.search(text):
        return False
    return typed or not _TYPED.fullmatch(text)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
