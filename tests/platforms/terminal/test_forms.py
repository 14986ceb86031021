"""Forms in the terminal, which can show none: the fields with what they say, and the lines that change them."""

from inline_snapshot import snapshot

from bot.commands.context import Reply
from bot.domain.message import Form, FormField
from bot.platforms.terminal.rendering import Layout, rendered

FORM = Form(
    "Edit lecture 9",
    (
        FormField("starts", "Date and time", "2030-04-18 13:00-15:00", line="admin move 9"),
        FormField("venue", "Venue", line="admin venue 9"),
        FormField("abstract", "Abstract", "One line \x1b[31m.\n\nAnd another.", True, line="admin edit 9 abstract"),
        FormField(
            "notes", "Notes", "A note that is longer than a line can be read for. " * 2, line="admin edit 9 notes"
        ),
    ),
    "admin edit 9",
)


def shown(layout: Layout) -> str:
    """A reply that asks by form, as lines."""
    return "\n".join(line.plain for line in rendered(Reply("Lecture 9 as it is today.", form=FORM), layout))


def test_a_form_is_told_with_all_that_it_says_and_with_the_lines_that_change_it() -> None:
    assert shown(Layout("en")) == snapshot("""\
Lecture 9 as it is today.

Date and time  2030-04-18 13:00-15:00
Venue          (nothing)
Abstract       One line [31m.
               \n\
               And another.
Notes          A note that is longer than a line can be read for. A note that is
               longer than a line can be read for.

Fields can be changed one by one:
/admin move 9 2030-04-18 13:00-15:00
/admin venue 9 …
/admin edit 9 abstract …
/admin edit 9 notes …\
""")


def test_in_japanese_too() -> None:
    assert shown(Layout("ja")).splitlines()[2:5] == snapshot(
        ["Date and time  2030-04-18 13:00-15:00", "Venue          （なし）", "Abstract       One line [31m."]
    )
