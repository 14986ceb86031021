"""Numbers as they are written in kanji."""

import re
from typing import Final

_DIGITS: Final = "一二三四五六七八九"
_NUMBER: Final = re.compile(rf"(?=.)(?:([{_DIGITS}]?)(十))?([{_DIGITS}]?)")


def kanji_number(written: str) -> int | None:
    """The number below a hundred in 七, 十二, 二十; None for what is none, such as 一二十."""
    found = _NUMBER.fullmatch(written)
    if not found:
        return None
    tens, ten, ones = found.groups("")
    return (_DIGITS.find(tens) + 1 if tens else len(ten)) * 10 + (_DIGITS.find(ones) + 1 if ones else 0)
