"""Web addresses in what people type: found, taken out, and refused where they can't be used."""

import re
from typing import Final

from bot.commands.fields.unusable import Unusable, shown
from bot.domain.addresses import AddressFault, address_fault

_LINK: Final = re.compile(
    r"<?((?:https?\s*:\s*/{0,2}|(?:ftp|file)://|(?:mailto|javascript|data):)[^\s<>「」『』（）、。]+)>?", re.IGNORECASE
)
_BARE: Final = re.compile(
    r"(?<![\w@./-])((?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|io|gle|jp|be)/[^\s<>「」（）、。]*)",
    re.IGNORECASE,
)
_EMPTY_BRACKETS: Final = re.compile(r"[(（\[［「]\s*[)）\]］」]")


def taken_out(text: str, example: str) -> tuple[str | None, str]:
    """The one web address in a text, if there is any, and the text without it. Raises Unusable with the example."""
    found = list(_LINK.finditer(text)) or list(_BARE.finditer(text))
    if not found:
        return None, text
    if len(found) > 1:
        raise Unusable("unusable.several_links", example)
    link = found[0]
    url = without_punctuation(link[1])
    fault = address_fault(url)
    if fault:
        raise Unusable(
            f"unusable.link_{fault}", f"https://{url}" if fault is AddressFault.NO_SCHEME else example, typed=shown(url)
        )
    rest = f"{text[: link.start()]} {text[link.end() :].lstrip('.,;:、。')}"
    return url, _EMPTY_BRACKETS.sub(" ", rest)


def without_punctuation(url: str) -> str:
    """The address without what belongs to the sentence around it."""
    bare = url.rstrip(".,;:!?'\"*")
    return bare[:-1] if bare.endswith(")") and bare.count("(") < bare.count(")") else bare
