"""Which function answers a command, or does what it asks for; a module is loaded when one of its commands is asked."""

from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

from bot.commands.context import ActionContext, QueryContext, Reply
from bot.commands.registry import COMMANDS

Handler = Callable[[QueryContext], Reply]
ActionHandler = Callable[[ActionContext], Awaitable[Reply]]

HANDLERS: Final[Mapping[str, str]] = {
    "next": "following:next_lecture",
    "lecture": "lectures:one_lecture",
    "materials": "materials:materials",
    "lectures": "lists:lectures",
    "find": "lists:find",
    "register": "registration:register",
    "howto": "registration:howto",
    "calendar": "registration:calendar",
    "about": "guide:about",
    "help": "guide:show_help",
    **{spec.name: "guide:not_here" for spec in COMMANDS if spec.acts},
    **{spec.name: "guide:terminal_only" for spec in COMMANDS if spec.terminal_only},
}
"""What answers each command, as `module:function` of this package."""

ACTING: Final[Mapping[str, str]] = {
    "follow": "follow:follow",
    "unfollow": "follow:unfollow",
    "notify": "notify:notify",
    **{spec.name: "admin.router:manage" for spec in COMMANDS if spec.organizers},
}
"""What does what commands ask for that change something; it is awaited, and needs to know who asks."""


def handler(command: str) -> Handler:
    """What answers this command."""
    function: Handler = loaded(HANDLERS[command])
    return function


def action_handler(command: str) -> ActionHandler:
    """What does what this command asks for, if it changes something."""
    function: ActionHandler = loaded(ACTING[command])
    return function


@cache
def loaded(place: str) -> Any:
    """The function at `module:name` in this package."""
    module, _, name = place.partition(":")
    return getattr(import_module(f"bot.commands.{module}"), name)
