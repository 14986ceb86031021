"""From the bytes of a source to its text, in the encodings that spreadsheets save in."""

import codecs
import re
from typing import Final

_JAPANESE: Final = re.compile("[ぁ-んァ-ヶ]|[\u4e00-\u9fff]{2}")
_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(content: bytes, declared: str | None = None) -> str | None:
    """The text, None for what is none.

    UTF-8, UTF-16 with its mark, what its server declares, else what is usual in Japan (EUC-JP, CP932) or what Windows
    saves in the West (CP1252).
    """
    text = _as(content, "utf-16" if content.startswith(_MARKS) else "utf-8-sig")
    if text is None and declared:
        text = _as(content, declared)
    if text is None:
        japanese = (each for name in ("euc_jp", "cp932") if (each := _as(content, name)) and _JAPANESE.search(each))
        text = next(japanese, None) or _as(content, "cp1252")
    return None if text is None or "\0" in text else text


def _as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
