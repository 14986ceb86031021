"""Reading `.po` files: gettext's text format, as far as this project uses it.

Babel reads all of it, and takes longer to be loaded than most questions to be answered. A test compares the two.
"""

import json
import re

_FIELD = re.compile(r"^(msgid|msgid_plural|msgstr(?:\[\d\])?) (.*(?:\n\".*)*)", re.MULTILINE)


def read_po(text: str) -> dict[str, tuple[str, ...]]:
    """The sentences by their names: one wording, or one for each plural form."""
    sentences: dict[str, tuple[str, ...]] = {}
    name = ""
    for field, value in _FIELD.findall(text):
        words = "".join(_unquoted(line) for line in value.splitlines())
        if field == "msgid":
            name = words
        elif field != "msgid_plural":
            sentences[name] = (*sentences.get(name, ()), words)
    return sentences


def _unquoted(line: str) -> str:
    return str(json.loads(line)) if "\\" in line else line[1:-1]
