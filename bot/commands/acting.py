"""The handlers of commands that change something; they are awaited, and need to know who asks."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.commands import follow, notify
from bot.commands.admin.router import manage
from bot.commands.context import ActionContext, Reply
from bot.commands.registry import COMMANDS

ACTING: Final[Mapping[str, Callable[[ActionContext], Awaitable[Reply]]]] = {
    "follow": follow.follow,
    "unfollow": follow.unfollow,
    "notify": notify.notify,
    **{spec.name: manage for spec in COMMANDS if spec.organizers},
}
