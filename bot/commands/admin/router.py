"""Routes the verbs of organizers. Whoever is no organizer is refused, whatever the verb."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.commands.admin import adding, announce, deciding, edit, forms, overview, page, pausing, undoing
from bot.commands.admin.fields.errors import shown
from bot.commands.context import ActionContext, AdminServices, Reply, ReplyStatus
from bot.commands.examples import example
from bot.commands.parser import UnknownCommandError, parse
from bot.commands.registry import ADMIN, COMMANDS
from bot.domain.message import Action, Entry, Listing

Verb = Callable[[ActionContext, AdminServices], Awaitable[Reply]]


async def explain(context: ActionContext, admin: AdminServices) -> Reply:
    """`/admin help [verb]`: how a verb is typed, with an example that works; all of them without one."""
    query, typed = context.query, context.query.invocation.argument
    if not typed:
        return _overview(context)
    try:
        spec = parse(f"{ADMIN} {typed}").spec
    except UnknownCommandError as unknown:
        note = query.say("lookup.example", example=example(query.invocation.spec, query))
        headline = query.say("command.unknown", typed=shown(unknown.typed))
        return replace(_overview(context), headline=headline, note=note, outcome=ReplyStatus.MISUNDERSTOOD)
    shown_example = query.say("lookup.example", example=example(spec, query))
    if spec.name == f"{ADMIN} announce":
        shown_example = query.say("speaking.example")
    lines = ((query.say(f"command.{spec.key}"),), (shown_example,))
    usage = Listing(query.say("help.usage"), (Entry(query.say(f"usage.{spec.key}"), lines),))
    return Reply(query.say("help.of", command=spec.name), (usage,))


VERBS: Final[Mapping[str, Verb]] = {
    "add": adding.add,
    "edit": edit.edit,
    "move": edit.move,
    "postpone": edit.postpone,
    "cancel": edit.cancel,
    "restore": edit.restore,
    "remove": edit.remove,
    "venue": edit.set_field,
    "title": edit.set_field,
    "speaker": edit.set_field,
    "material": edit.set_field,
    "registration": edit.set_field,
    "announce": announce.announce,
    "plan": overview.plan,
    "pause": pausing.pause,
    "resume": pausing.resume,
    "undo": undoing.undo,
    "log": overview.log,
    "sync": page.sync,
    "todo": overview.todo,
    "channels": overview.channels,
    "health": overview.health,
    "help": explain,
    "form": forms.form,
    "confirm": deciding.confirm,
    "discard": deciding.discard,
    "posts": deciding.posts,
}


async def manage(context: ActionContext) -> Reply:
    """Answers any verb, and `/admin` alone with what there is. Refused unless the core knows an organizer."""
    say = context.query.say
    access, channels = context.services.access, context.services.channels
    if not access.is_admin(context.user):
        return Reply(access.refusal(context.user, say, channels.name_of), outcome=ReplyStatus.REFUSED)
    command = context.query.invocation.command
    if command == ADMIN:
        return _overview(context)
    if context.services.admin is None:
        return Reply(say("managing.unavailable"), outcome=ReplyStatus.REFUSED)
    typed, spec = context.query.invocation.argument, context.query.invocation.spec
    if typed and not spec.parameters and not page.is_button(typed):
        note = say("lookup.example", example=example(spec, context.query))
        wrong = say("managing.takes_nothing", command=command, typed=shown(typed))
        return Reply(wrong, note=note, outcome=ReplyStatus.MISUNDERSTOOD)
    return await VERBS[command.removeprefix(f"{ADMIN} ")](_with_days_off(context), context.services.admin)


def _with_days_off(context: ActionContext) -> ActionContext:
    """The same with the holidays, which the schedule as it is read lacks."""
    admin, query = context.services.admin, context.query
    if admin is None:
        return context
    series = replace(query.series, holidays=admin.operations.holidays)
    return replace(context, query=replace(query, series=series))


def _overview(context: ActionContext) -> Reply:
    say = context.query.say
    listed = [spec for spec in COMMANDS if spec.group == ADMIN and not spec.pressed]
    entries = tuple(Entry(say(f"usage.{spec.key}"), ((say(f"command.{spec.key}"),),)) for spec in listed)
    return Reply(
        say("managing.overview"),
        (Listing(say("managing.overview_title"), entries),),
        actions=(Action(say("command.admin_todo"), "admin todo"), Action(say("command.admin_plan"), "admin plan")),
    )
