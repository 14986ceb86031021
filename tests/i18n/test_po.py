"""The reader of `.po` files: what it makes of everything that these may hold. That it reads ours is shown with them."""

from bot.i18n.po import read_po

FILE = r"""
msgid ""
msgstr ""
"Language: en\n"

#. a comment, and a reference
#: bot/cli/main.py:3
msgid "one"
msgstr "It says \"yes\"\tand \\n.\n"

msgid ""
"tw"
"o"
msgid_plural "two"
msgstr[0] "one thing"
msgstr[1] ""
"{count} "
"things, そう"
"""


def test_names_plural_forms_continued_lines_and_escapes() -> None:
    assert read_po(FILE) == {
        "": ("Language: en\n",),
        "one": ('It says "yes"\tand \\n.\n',),
        "two": ("one thing", "{count} things, そう"),
    }
