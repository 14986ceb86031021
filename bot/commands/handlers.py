"""Which function answers which command."""

from collections.abc import Callable, Mapping

from bot.commands import attend, browse, guide
from bot.commands.question import Question
from bot.commands.registry import COMMANDS
from bot.commands.replies import Reply

Handler = Callable[[Question], Reply]

HANDLERS: Mapping[str, Handler] = {
    "next": browse.next_lecture,
    "lecture": browse.one_lecture,
    "materials": browse.materials,
    "lectures": browse.lectures,
    "find": browse.find,
    "register": attend.register,
    "howto": attend.howto,
    "calendar": attend.calendar,
    "about": guide.about,
    "help": guide.show_help,
    **{spec.name: guide.terminal_only for spec in COMMANDS if spec.terminal_only},
}
