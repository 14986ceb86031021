"""Web addresses in what people type: found, taken out, and refused where they can't be used."""

import re
from typing import Final

from bot.commands.fields.unusable import Unusable, shown
from bot.domain.addresses import AddressFault, address_fault

_LINK: Final = re.compile(
    r"<?((?:https?|ftp|file|mailto|javascript|data)\s*:\s*/{0,2}[^\s<>「」『』（）、。]+)>?", re.IGNORECASE
)
_BARE: Final = re.compile(
    r"(?<![\w@./-])((?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|io|gle|jp|be)/[^\s<>「」（）、。]*)",
    re.IGNORECASE,
)


def taken_out(text: str, example: str) -> tuple[str | None, str]:
    """The one web address in a text, if there is any, and the text without it. Raises Unusable with the example."""
    found = list(_LINK.finditer(text)) or list(_BARE.finditer(text))
    if not found:
        return None, text
    if len(found) > 1:
        raise Unusable("unusable.several_links", example)
    link = found[0]
    checked(link[1], example)
    return link[1], f"{text[: link.start()]} {text[link.end() :]}"


def checked(url: str, example: str) -> None:
    """Refuses an address that is none, or that only some can use. Raises Unusable."""
    fault = address_fault(url)
    if fault is AddressFault.NO_SCHEME:
        raise Unusable("problem.link.no_scheme", understood=shown(url), example=shown(f"https://{url}"))
    if fault:
        raise Unusable(f"problem.link.{fault}", example, understood=shown(url))
