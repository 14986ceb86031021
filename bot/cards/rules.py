"""The house rules as sections of text, as far as they apply."""

from collections.abc import Collection

from bot.cards.lecture import View
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Mode
from bot.domain.message import Section


def all_rules(view: View) -> tuple[Section, ...]:
    """Everything there is to know about taking part."""
    rules = view.series.rules
    return _sections(
        view,
        registration=rules.registration,
        in_person=rules.in_person,
        online=rules.online,
        everyone=rules.everyone,
    )


def registration_rules(lectures: Collection[Lecture], view: View) -> tuple[Section, ...]:
    """What those who register for these lectures need to know; nothing if there are none."""
    rules = view.series.rules
    return _sections(
        view,
        registration=rules.registration if lectures else (),
        in_person=rules.in_person if any(lecture.mode is not Mode.ONLINE for lecture in lectures) else (),
        online=rules.online if any(lecture.mode is not Mode.IN_PERSON for lecture in lectures) else (),
    )


def day_rules(lectures: Collection[Lecture], view: View) -> tuple[Section, ...]:
    """What matters on the day itself."""
    rules = view.series.rules
    return _sections(
        view,
        online=rules.online if any(lecture.mode is not Mode.IN_PERSON for lecture in lectures) else (),
        everyone=rules.everyone,
    )


def _sections(view: View, **by_audience: tuple[Localized, ...]) -> tuple[Section, ...]:
    return tuple(
        Section(
            view.say(f"howto.{audience}"),
            tuple((sentence.into(view.language),) for sentence in sentences),
            bulleted=True,
        )
        for audience, sentences in by_audience.items()
        if sentences
    )
