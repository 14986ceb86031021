"""Text as it is compared: full and half width, hiragana and katakana, upper and lower case are one."""

import unicodedata

_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def folded(text: str) -> str:
    """`text` in the form in which search and commands compare it (NFKC, case and kana folded, spaces trimmed)."""
    spaced = " ".join(unicodedata.normalize("NFKC", text).split())
    return spaced.casefold().translate(_KATAKANA_TO_HIRAGANA)


def squeezed(text: str) -> str:
    """`text` folded and without any space or punctuation, so that 「瀧 雅人」 is found as 「瀧雅人」."""
    return "".join(character for character in folded(text) if character.isalnum())


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters of the squeezed text, for measuring how alike two texts are."""
    letters = squeezed(text)
    return frozenset(letters[i : i + 2] for i in range(max(1, len(letters) - 1)) if letters)
