"""The one way to the verbs of organizers: who is none is refused, whatever the verb."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.commands.managing import forms, overview, speaking, sync, todo, verbs
from bot.commands.office import Act, Management
from bot.commands.registry import ADMIN, COMMANDS
from bot.commands.replies import Outcome, Reply
from bot.content import Action, Entry, Listing

Verb = Callable[[Act, Management], Awaitable[Reply]]

VERBS: Final[Mapping[str, Verb]] = {
    "add": verbs.add,
    "edit": verbs.edit,
    "move": verbs.move,
    "postpone": verbs.postpone,
    "cancel": verbs.cancel,
    "restore": verbs.restore,
    "venue": verbs.set_field,
    "title": verbs.set_field,
    "speaker": verbs.set_field,
    "material": verbs.set_field,
    "registration": verbs.set_field,
    "announce": speaking.announce,
    "plan": overview.plan,
    "pause": overview.pause,
    "resume": overview.resume,
    "undo": verbs.undo,
    "log": overview.log,
    "sync": sync.sync,
    "todo": todo.todo,
    "channels": overview.channels,
    "health": overview.health,
    "form": forms.form,
    "confirm": verbs.confirm,
    "discard": verbs.discard,
}


async def manage(act: Act) -> Reply:
    """Answers any verb, and `/admin` alone with what there is. Refused unless the core knows an organizer."""
    say = act.question.say
    if not act.office.access.is_admin(act.asker):
        return Reply(say("managing.not_allowed"), outcome=Outcome.REFUSED)
    command = act.question.invocation.command
    if command == ADMIN:
        return _overview(act)
    if act.office.management is None:
        return Reply(say("managing.unavailable"), outcome=Outcome.REFUSED)
    return await VERBS[command.removeprefix(f"{ADMIN} ")](act, act.office.management)


def _overview(act: Act) -> Reply:
    say = act.question.say
    listed = [spec for spec in COMMANDS if spec.group == ADMIN and not spec.pressed]
    entries = tuple(Entry(say(f"usage.{spec.key}"), ((say(f"command.{spec.key}"),),)) for spec in listed)
    return Reply(
        say("managing.overview"),
        (Listing(say("managing.overview_title"), entries),),
        actions=(Action(say("command.admin_todo"), "admin todo"), Action(say("command.admin_plan"), "admin plan")),
    )
