"""Which function answers which command."""

from collections.abc import Awaitable, Callable, Mapping

from bot.commands import attend, browse, follow, guide, notify
from bot.commands.managing.gate import manage
from bot.commands.office import Act
from bot.commands.question import Question
from bot.commands.registry import COMMANDS
from bot.commands.replies import Reply

Handler = Callable[[Question], Reply]
Acting = Callable[[Act], Awaitable[Reply]]

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
    **{spec.name: guide.not_here for spec in COMMANDS if spec.acts},
    **{spec.name: guide.terminal_only for spec in COMMANDS if spec.terminal_only},
}

ACTING: Mapping[str, Acting] = {
    "follow": follow.follow,
    "unfollow": follow.unfollow,
    "notify": notify.notify,
    **{spec.name: manage for spec in COMMANDS if spec.organizers},
}
"""The commands that change something; each is asked by somebody known, and waits for what it does."""
