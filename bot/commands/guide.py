"""Finding one's way: what the series is, what can be asked, what was not understood."""

from bot.cards.lecture import person
from bot.commands.context import QueryContext, Reply, ReplyStatus
from bot.commands.parser import UnknownCommandError
from bot.commands.registry import ADMIN, COMMANDS, CommandSpec
from bot.domain.language import Language
from bot.domain.message import Action, Card, Entry, Fact, Link, Listing
from bot.i18n import phrases


def about(query: QueryContext) -> Reply:
    """`/about`: the series, its people and its pages."""
    say, series = query.say, query.series
    links = [
        Link(say(f"link.{name}"), url)
        for name, url in (
            ("page", series.links.page),
            ("youtube", series.links.youtube),
            ("contact", series.links.contact),
            ("location", series.links.location),
        )
        if url
    ]
    facts = []
    if series.organizers:
        organizers = say("join.comma").join(person(each, say) for each in series.organizers)
        facts.append(Fact(say("label.organizers"), (organizers,)))
    over = len(series.past(query.now))
    facts.append(Fact(say("label.lectures"), (say("about.count", total=len(series.lectures), over=over),)))
    if series.usual_venue:
        facts.append(Fact(say("label.usual_venue"), (series.usual_venue.into(query.language),)))
    name = series.name.into(query.language)
    return Reply(
        headline=say("about.headline", name=name),
        parts=(Card(name, facts=tuple(facts), links=tuple(links)),),
        actions=(Action(say("action.next"), "next"), Action(say("action.help"), "help")),
        line="about",
    )


def show_help(query: QueryContext) -> Reply:
    """`/help`: the commands."""
    say = query.say
    entries = tuple(
        Entry(_usage(spec, query.language), ((say(f"command.{spec.name}"),),))
        for spec in COMMANDS
        if not spec.terminal_only and (not spec.organizers or spec.name == ADMIN)
    )
    return Reply(
        headline=say("help.headline"),
        parts=(Listing(say("help.title"), entries),),
        actions=(Action(say("action.next"), "next"),),
        note=say("help.which"),
        line="help",
    )


def terminal_only(query: QueryContext) -> Reply:
    """The answer to a command that only the terminal chat knows, asked elsewhere."""
    return Reply(query.say("command.terminal_only", command=query.invocation.command), outcome=ReplyStatus.REFUSED)


def not_here(query: QueryContext) -> Reply:
    """The answer to a command that changes something, asked where nobody vouches for who asks."""
    return Reply(query.say("command.not_here", command=query.invocation.command), outcome=ReplyStatus.REFUSED)


def misunderstood(unknown: UnknownCommandError, language: Language) -> Reply:
    """The answer to a command line whose command doesn't exist."""
    say = phrases(language)
    name = "command.unknown" if unknown.nearest is None else "command.unknown_but_near"
    return Reply(
        headline=say(name, typed=unknown.typed[:40], nearest=unknown.nearest or ""),
        actions=(Action(say("action.help"), "help"),),
        outcome=ReplyStatus.MISUNDERSTOOD,
    )


def too_long(language: Language, most: int) -> Reply:
    """The answer to an argument that is longer than any title."""
    return Reply(phrases(language)("command.too_long", most=most), outcome=ReplyStatus.MISUNDERSTOOD)


def _usage(spec: CommandSpec, language: Language) -> str:
    if not spec.parameters:
        return f"/{spec.name}"
    return phrases(language)(f"usage.{spec.name}")
