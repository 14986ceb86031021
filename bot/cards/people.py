"""People as they are shown: one with affiliation, several in a row."""

from collections.abc import Sequence
from typing import Final

from bot.domain.lecture import Person
from bot.i18n import Phrases

_MOST_NAMED: Final = 3
"""Where there are more, a line names the first two of them."""


def person(who: Person, say: Phrases) -> str:
    """A person's name with affiliation."""
    name = who.name.into(say.language)
    if not who.affiliation:
        return name
    return say("person.affiliated", name=name, affiliation=who.affiliation.into(say.language))


def names(people: Sequence[Person], say: Phrases) -> str:
    """Their names, briefly: `瀧 雅人・甘利 俊一 ほか4名`, `Masato Taki, Shun-ichi Amari and 4 others`."""
    named = [each.name.into(say.language) for each in people]
    if len(named) <= _MOST_NAMED:
        return _row(named, say)
    return say("people.others", names=say("people.comma").join(named[:2]), count=len(named) - 2)


def everybody(people: Sequence[Person], say: Phrases) -> str:
    """All of them with their affiliations."""
    return _row([person(each, say) for each in people], say)


def _row(people: Sequence[str], say: Phrases) -> str:
    if len(people) < 2:
        return "".join(people)
    return say("people.row", first=say("people.comma").join(people[:-1]), last=people[-1])
