"""`/about`, `/help`, and the answers to lines that are not understood."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.cards.people import person
from bot.cards.view import View
from bot.commands.context import QueryContext, Reply, ReplyStatus
from bot.commands.examples import example
from bot.commands.parser import UnknownCommandError, parse
from bot.commands.registry import COMMANDS, CommandSpec, ParameterKind
from bot.commands.stop_words import essential
from bot.domain.language import Language
from bot.domain.message import Action, Card, Entry, Fact, Link, Listing, Text
from bot.domain.registration import mail_address
from bot.domain.series import NamedLink, Series
from bot.i18n import Phrases, phrases

_MOST_SHOWN: Final = 40
"""Characters of what was typed that are repeated."""


def about(query: QueryContext) -> Reply:
    """`/about`: the series, its people and its pages."""
    say, series = query.say, query.series
    links = [Link(say("link.page"), series.links.page)] if series.links.page else []
    links += [Link(_label(each, query), each.url) for each in series.links.named]
    facts = []
    if series.organizers:
        organizers = say("join.comma").join(person(each, say) for each in series.organizers)
        facts.append(Fact(say("label.organizers"), (organizers,)))
    over = len(series.past(query.now))
    count = say("about.count" if over else "about.count_ahead", total=len(series.lectures), over=over)
    facts.append(Fact(say("label.lectures"), (count,)))
    if series.usual_venue:
        facts.append(Fact(say("label.usual_venue"), (series.usual_venue.into(query.language),)))
    name = series.name.into(query.language)
    return Reply(
        headline=say("about.headline", name=name),
        parts=(Card(name, facts=tuple(facts), links=tuple(links)),),
        actions=(Action(say("action.next"), "next"), Action(say("action.help"), "help")),
        line="about",
    )


_KNOWN_LINKS: Final = frozenset({"youtube", "contact", "location", "code_of_conduct"})


def _label(link: NamedLink, query: QueryContext) -> str:
    """What a link is called: as the file says, else by its name."""
    if link.label:
        return link.label.into(query.language)
    address = mail_address(link.url)
    if address:
        return query.say("link.to_write_to", address=address)
    return query.say(f"link.{link.name}") if link.name in _KNOWN_LINKS else link.name.replace("_", " ").capitalize()


def show_help(query: QueryContext) -> Reply:
    """`/help`: the commands, or one of them."""
    say, typed = query.say, _command_typed(query.invocation.argument)
    if typed:
        return _help_of(typed, query)
    entries = tuple(Entry(_usage(spec, say), ((described(spec, query),),)) for spec in commands_named(query.series))
    return Reply(
        headline=say("help.headline"),
        parts=(Listing(say("help.title"), entries),),
        actions=(Action(say("action.next"), "next"),),
        note=f"{query.say_how_to_name('help.which')}\n{say('help.more')}",
        line="help",
    )


def _command_typed(argument: str) -> str:
    """What was typed without the words around it; what is nothing but such a word, such as lecture, is a command."""
    typed = argument.strip().lstrip("/")
    return essential(typed) or typed


def commands_named(series: Series) -> Iterator[CommandSpec]:
    """The commands that everybody is told of: where nobody registers, not the one for that."""
    for spec in COMMANDS:
        if not (spec.terminal_only or spec.group) and (spec.name != "register" or series.has_registration):
            yield spec


def described(spec: CommandSpec, view: View) -> str:
    """What a command does, which is another thing for some of them where nobody registers."""
    name = f"command.{spec.key}"
    return view.say_fitting(name) if spec.name in _ABOUT_REGISTRATION else view.say(name)


_ABOUT_REGISTRATION: Final = frozenset({"howto", "register"})


def _help_of(typed: str, query: QueryContext) -> Reply:
    """What one command does, how it is typed, and an example; `typed` is its name, with or without what may follow."""
    say = query.say
    try:
        spec = parse(typed).spec
    except UnknownCommandError as unknown:
        reply = misunderstood(unknown, query)
        return replace(reply, note=say("lookup.example", example=example(query.invocation.spec, query)))
    lines: tuple[Text, ...] = ((described(spec, query),),)
    if not spec.organizers:
        lines += ((say("lookup.example", example=example(spec, query)),),)
    return Reply(
        headline=say("help.of", command=spec.name),
        parts=(Listing(say("help.usage"), (Entry(_usage(spec, query.say), lines),)),),
        actions=(Action(say("action.help"), "help"),),
        note=query.say_how_to_name("help.which")
        if any(each.kind is ParameterKind.LECTURE for each in spec.parameters)
        else None,
        line=f"help {spec.name}",
    )


def unused(reply: Reply, query: QueryContext) -> Reply:
    """The answer of a command that takes nothing, to somebody who typed something more: says that it was not used."""
    typed, command = query.invocation.argument, query.invocation.command
    return replace(reply, note=query.say("command.takes_nothing", typed=typed, command=command), line=None)


def terminal_only(query: QueryContext) -> Reply:
    """The answer to a command that only the terminal chat knows, asked elsewhere."""
    return Reply(query.say("command.terminal_only", command=query.invocation.command), outcome=ReplyStatus.REFUSED)


def not_here(query: QueryContext) -> Reply:
    """The answer to a command that changes something, asked where the platform does not say who asks."""
    return Reply(query.say("command.not_here", command=query.invocation.command), outcome=ReplyStatus.REFUSED)


def misunderstood(unknown: UnknownCommandError, view: View, *, slash: bool = True) -> Reply:
    """The answer to a line whose command doesn't exist; without a `slash` it may have been meant as a sentence."""
    say = view.say
    typed = (unknown.typed if slash or unknown.nearest else f"{unknown.typed} {unknown.rest}".strip())[:_MOST_SHOWN]
    help_action = Action(say("action.help"), "help")
    if unknown.nearest is None:
        return Reply(
            headline=say("command.unknown" if slash else "sentence.unknown", typed=typed),
            note=view.say_fitting("sentence.examples"),
            actions=(help_action,),
            outcome=ReplyStatus.MISUNDERSTOOD,
        )
    line = f"{unknown.nearest} {unknown.rest}".strip()
    corrected = (Action(f"/{line}", line),) if len(line) <= _MOST_SHOWN else ()
    return Reply(
        headline=say("command.unknown_but_near", typed=typed, nearest=unknown.nearest),
        actions=(*corrected, help_action),
        outcome=ReplyStatus.MISUNDERSTOOD,
    )


def too_long(language: Language, most: int) -> Reply:
    """The answer to an argument that is longer than any title."""
    return Reply(phrases(language)("command.too_long", most=most), outcome=ReplyStatus.MISUNDERSTOOD)


def _usage(spec: CommandSpec, say: Phrases) -> str:
    if not spec.parameters:
        return f"/{spec.name}"
    return say(f"usage.{spec.key}")
