"""How a text is written in YAML, so that this bot and other readers of the file alike see a text."""

import re
from typing import Final

from bot.catalog.document import NOTHING

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
