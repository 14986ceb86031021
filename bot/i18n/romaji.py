"""How names sound: kana and every way to write them in Latin letters come to the same (かとう, Katō, Katoh, katou)."""

import re
from functools import lru_cache
from typing import Final

from jaconv import kana2alphabet

_SPOKEN: Final = re.compile(r"[ぁ-ゖゝゞーa-z]+")
_RULES: Final = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        ("-", ""),  # what is made of ー
        ("oh(?![aeiouy])|ou", "o"),
        ("sh", "sy"),
        ("ch", "ty"),
        ("j", "zy"),
        ("ts", "t"),
        ("d[zu]", "zu"),
        ("f", "h"),
        ("l", "r"),
        ("wo", "o"),
        ("(?<=[stz])yi", "i"),
        ("zuu", "zu"),
        ("m(?=[bmp])", "n"),
        (r"(.)\1+", r"\1"),
    )
)
"""From Hepburn and its variants to Kunrei without long vowels and double consonants, applied one after the other."""


@lru_cache(maxsize=8192)
def sound(letters: str) -> str:
    """How a word of kana and small Latin letters without accents sounds; nothing for one with any other character."""
    if not _SPOKEN.fullmatch(letters):
        return ""
    spoken = letters if letters.isascii() else kana2alphabet(letters)
    for pattern, written in _RULES:
        spoken = pattern.sub(written, spoken)
    return spoken
