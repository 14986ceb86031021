"""Every sentence the bot says, in Japanese and English: the `.po` files beside this one, two for each package.

Sentences have names, such as `registration.open_until`, and named placeholders. A name with plural forms takes the
number as `count`. The files are read when a sentence is first asked for, so that an edited one needs no build step.
"""

from bot.i18n.catalog import Phrases, phrases
from bot.i18n.dates import day_and_month, day_written, moment_written, time_written, written

__all__ = [
    "Phrases",
    "day_and_month",
    "day_written",
    "moment_written",
    "phrases",
    "time_written",
    "written",
]
