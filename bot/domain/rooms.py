"""A room in the text of a place: where the name of the place ends, and whether there is one at all."""

import re
import unicodedata
from typing import Final

# Patterns are kept as texts: `re` compiles each when it is first needed, which an answer to most questions never does.
_CALLED: Final = r"(?:号室|番教室|教室|講義室|会議室|演習室|実習室|セミナー室|室)"
_DIGITS: Final = r"[A-Za-z]{0,2}[-−]?\d{1,4}[A-Za-z]?(?:\s*+[-−–—‐~〜・,/]\s*+\d{1,4}){0,9}"
_ROOM: Final = (
    rf"{_DIGITS}{_CALLED}?|[BbRr]?\d{{1,2}}(?:F|f|階)|\d{{1,2}}号館|(?i:room.*|rm\.?.*)|"
    rf".+(?:号室|教室|講義室|会議室|演習室|実習室|セミナー室|ホール|講堂|号館|本館|新館|別館|研究棟|棟|館|階)"
)
_ATTACHED: Final = rf"(?P<name>.*[^\d\s\-−–~〜・(（A-Za-z])(?P<room>(?:\d{{1,2}}(?:階|F))?{_DIGITS}{_CALLED})"
_NAMED: Final = r"(?P<name>.*(?:キャンパス|大学))(?P<room>(?:大|小|中|第\S{1,3})?(?:講義室|会議室|教室|講堂|ホール))"
_ALONE: Final = (
    rf"(?:\d{{1,2}}(?:階|F)\s*+)?{_DIGITS}\s*+{_CALLED}?|"
    r"(?:大|小|中|第\S{1,3})?(?:講義室|会議室|教室|講堂|ホール)|(?i:(?:room|rm)\b.*)"
)


def name_and_room(text: str) -> tuple[str, str]:
    """Name and room: the room begins with the first word, after the name's first and in no brackets, that looks like
    one."""
    words, depth = text.split(" "), 0
    for position in range(1, len(words)):
        depth += sum((sign in "(（") - (sign in ")）") for sign in words[position - 1])
        if depth <= 0 and is_room(words[position]):
            return " ".join(words[:position]), " ".join(words[position:])
    attached = re.fullmatch(_ATTACHED, text) or re.fullmatch(_NAMED, text)
    return (attached["name"].strip(), attached["room"].strip()) if attached else (text, "")


def is_room(word: str) -> bool:
    """Whether a word looks like that of a room or building."""
    return re.fullmatch(_ROOM, unicodedata.normalize("NFKC", word).strip()) is not None


def is_room_alone(text: str) -> bool:
    """Whether the text is that of a room without its place, and no building that could be a place itself."""
    return re.fullmatch(_ALONE, unicodedata.normalize("NFKC", text).strip()) is not None
