"""Which lectures share a registration form, from what an organizer typed: `also 11`, 第9・10回共通, `also none`."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from bot.cards.naming import reference, referred
from bot.cards.view import View
from bot.commands.admin.fields.errors import FieldError
from bot.domain.edits import FieldEdit
from bot.domain.language import language_of
from bot.domain.lecture import Lecture, in_order
from bot.domain.series import Series
from bot.i18n import Phrases

EXAMPLE_FORM: Final = "https://forms.gle/…"
NUMBER: Final = r"\d{1,6}"
_ALONE: Final = re.compile(r"(?:also|共通|兼用)\s*+[:：]?\s*+(?:none|なし|解除)|not shared|共通解除", re.IGNORECASE)


def sharing_edits(text: str, lecture: Lecture, view: View, *, owns: bool) -> tuple[list[FieldEdit], str] | None:
    """What the text says of it, and the rest of the text; None if it says nothing.

    `owns` tells whether it gives the lecture a form of its own. Raises FieldError.
    """
    alone = _ALONE.search(text)
    if alone:
        return shared((), lecture), text.replace(alone[0], " ")
    one = _names(view.series)
    also = sharing_pattern(one).search(text)
    if not also:
        return None
    named = re.findall(one, also["after"] or also["before"])
    return _shared_with(named, lecture, view, owns=owns), text.replace(also[0], " ")


def _names(series: Series) -> str:
    """The pattern of what names one lecture: its id, if that is not its number, or a number."""
    own = (each.id for each in series.lectures if each.id != str(each.number))
    return "|".join((*map(re.escape, sorted(own, key=len, reverse=True)), NUMBER))


@lru_cache(maxsize=16)
def sharing_pattern(one: str) -> re.Pattern[str]:
    """The pattern of what says which lectures share the form; `one` is that of what names one of them."""
    first = rf"(?:(?:第|#|lectures?\s)\s*+)?(?:{one})\s*+[回集]?"
    several = rf"{first}(?:\s*+(?:[・、,&+]|と|and)\s*+(?:第|#)?\s*+(?:{one})\s*+[回集]?){{0,50}}+"
    return re.compile(
        rf"(?:also(?:\s++for)?|shared\s++with|共通)\s*+[:：]?\s*+(?P<after>{several})|(?P<before>{several})\s*+と?\s*+(?:も\s*+)?(?:共通|兼用|共用)",
        re.IGNORECASE,
    )


def _shared_with(names: list[str], lecture: Lecture, view: View, *, owns: bool) -> list[FieldEdit]:
    """This lecture's form serves others, too; or theirs this one, if it has none itself."""
    named = []
    for name in names:
        other = view.series.named(name if not name.isdecimal() else str(int(name)))
        if not other:
            called = referred(name, view.series, view.say)
            raise FieldError("unusable.also_unknown", _also_example(lecture, view), lecture=called)
        if other.id == lecture.id:
            called = reference(lecture, view.say)
            raise FieldError("unusable.also_itself", _also_example(lecture, view), lecture=called)
        named.append(other)
    owners = [each for each in named if each.registration.url]
    if not owns and not lecture.registration.url:
        if not owners:
            raise FieldError("unusable.no_form", EXAMPLE_FORM, lecture=reference(lecture, view.say))
        owner, *owners = owners
    else:
        owner = lecture
    if owners:
        raise FieldError("unusable.own_form", lecture=reference(owners[0], view.say))
    served = {*owner.registration.also_for, lecture.id, *(each.id for each in named)} - {owner.id}
    return shared(served, owner)


def typed_reference(lecture: Lecture, say: Phrases) -> str:
    """A lecture as it is named in a line that is typed: 第9回, 9 or its id."""
    is_japanese = language_of(say.language) == "ja"
    return say.numbered(lecture.number) if is_japanese and lecture.number is not None else lecture.id


def shared(ids: Iterable[str], owner: Lecture) -> list[FieldEdit]:
    """The owner's form serves these lectures besides, and no others."""
    served = [*in_order(ids)]
    if served == list(owner.registration.also_for):
        return []
    return [FieldEdit(owner.id, ("registration", "also_for"), served or None)]


def _also_example(lecture: Lecture, view: View) -> str:
    """The nearest lecture with which a form can be shared, rather one to come."""
    has_form = lecture.registration.url is not None
    ids = [each.id for each in view.series.lectures]
    here = ids.index(lecture.id) if lecture.id in ids else len(ids)
    near = [
        (abs(at - here), -at)
        for at, each in enumerate(view.series.lectures)
        if (each.registration.url is None) is has_form and at != here
    ]
    if not near:
        return EXAMPLE_FORM
    nearest = view.series.lectures[-min(near)[1]]
    return view.say("fields.example.also", lecture=typed_reference(nearest, view.say))
