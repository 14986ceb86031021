"""One question and its answer in the terminal.

Scripts ask one question after the other, so what a single question doesn't need is not loaded for it.
"""

import sys
from collections.abc import Sequence
from datetime import datetime

from bot.commands.context import Reply
from bot.commands.parser import Request, Role, acts
from bot.commands.router import CommandRouter
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.options import Options
from bot.schedule.reader import read_file


def answer(options: Options, line: str, role: Role, *, confirmed: bool = False) -> Reply:
    """The answer to one command line; the clock stands still at the present meanwhile.

    What asks back before it changes anything is done at once if it is `confirmed`.
    """
    if acts(line):
        from bot.app.chat import acted

        return acted(options, line, role, confirmed=confirmed)
    read = read_file(options.file).series
    now = options.present(read.timezone)
    return CommandRouter(lambda: read, lambda: now, calendar_file).answer(Request(line, options.language, role))


def calendar_file(series: Series, lectures: Sequence[Lecture], language: Language, now: datetime) -> bytes:
    """Lectures as an iCalendar file, written without knowing how often they have changed."""
    from bot.exports.calendars import Calendars

    return Calendars()(series, lectures, language, now)


def show(options: Options, reply: Reply) -> bool:
    """Prints an answer on stdout and saves the file that comes with it; returns whether that could be done."""
    from bot.platforms.terminal.rendering import rendered
    from bot.platforms.terminal.screen import Screen, saved

    screen = Screen(sys.stdout)
    layout = screen.layout(options.language)
    try:
        file = str(saved(reply.file, options.calendars)) if reply.file else None
    except OSError:
        from bot.platforms.terminal.conversation import not_saved

        screen.show(rendered(not_saved(options.calendars, options.language), layout))
        return False
    screen.show(rendered(reply, layout, file))
    return True
