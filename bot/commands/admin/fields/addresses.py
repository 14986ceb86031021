"""The web address in a text that an organizer typed: found, taken out, and refused where it can't be used."""

import re
from typing import Final

from bot.commands.admin.fields.errors import FieldError, shown
from bot.domain.links import AddressFault, address_fault, typed_addresses, without_punctuation

_EMPTY_BRACKETS: Final = re.compile(r"[(（\[［「]\s*[)）\]］」]")


def taken_out(text: str, example: str) -> tuple[str | None, str]:
    """The one web address in a text, if there is any, and the text without it. Raises FieldError with the example."""
    found = typed_addresses(text)
    if not found:
        return None, text
    if len(found) > 1:
        raise FieldError("unusable.several_links", example)
    link = found[0]
    url = without_punctuation(link[1])
    fault = address_fault(url)
    if fault:
        raise FieldError(
            f"unusable.link_{fault}", f"https://{url}" if fault is AddressFault.NO_SCHEME else example, typed=shown(url)
        )
    rest = f"{text[: link.start()]} {text[link.end() :].lstrip('.,;:、。')}"
    return url, _EMPTY_BRACKETS.sub(" ", rest)
