"""Single fields: from the text that was written to the value it stands for, or what is wrong with it."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from bot.domain.language import LANGUAGES, Language, Localized
from bot.domain.lecture import LONGEST_ID, is_id
from bot.domain.links import HOSTED, AddressFault, address_fault
from bot.domain.registration import BY_MAIL, Closing
from bot.domain.text import one_line
from bot.i18n.languages import right_tag
from bot.schedule.moments import Moment, moment
from bot.schedule.problems import Finding, RefusedValueError, refusal, shown, text_of, understood

_Choice = TypeVar("_Choice", bound=StrEnum)
_Item = TypeVar("_Item")


def localized(value: object) -> Localized:
    """A text, or one for each of some languages."""
    if isinstance(value, str):
        return Localized.same(_filled(value))
    if not isinstance(value, dict):
        raise refusal("text.type", understood=understood(value))
    faults: list[Finding] = []
    texts: dict[str, str] = {}
    for language, text in value.items():
        example = None if language in LANGUAGES else right_tag(language)
        if example:
            faults.append(Finding((language,), "text.no_tag", {"key": shown(language), "example": example}))
        elif text is None:
            continue
        elif not isinstance(text, str):
            faults.append(Finding((language,), "text.type", {"understood": understood(text)}))
        elif not text.strip():
            faults.append(Finding((language,), "text.empty"))
        else:
            texts[language] = text
    if not texts and not faults:
        faults.append(Finding((), "text.no_language"))
    if faults:
        raise RefusedValueError(*faults)
    return Localized.of(texts)


def line(value: object) -> Localized:
    """The same for a text that stands in one line, such as a name: lines that a file folds are joined."""
    if isinstance(value, dict):
        return localized({key: _in_one_line(each) for key, each in value.items()})
    return localized(_in_one_line(value))


def _in_one_line(value: object) -> object:
    return one_line(value) if isinstance(value, str) and "\n" in value else value


def _filled(text: str) -> str:
    if not text or text.isspace():
        raise refusal("text.empty")
    return text


# ---- links


def address(value: object) -> str:
    """An absolute web address."""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise refusal("link.empty")
    written = text_of(value, "link.type")
    match address_fault(written):
        case None:
            return written
        case AddressFault.NO_SCHEME:
            raise refusal("link.no_scheme", understood=shown(written), example=shown(f"https://{written}"))
        case AddressFault.CREDENTIALS | AddressFault.FORM_EDITOR as fault:
            raise refusal(f"link.{fault}")
        case fault:
            raise refusal(f"link.{fault}", understood=shown(written))


_MAIL_ADDRESS: Final = r"[^\s<>@\"?&,:/]+@[^\s<>@\"?&,:/]+\.[^\s<>@\"?&,:/]+"
_MAIL: Final = re.compile(rf"({BY_MAIL})?({_MAIL_ADDRESS}(?:\?[^\s<>\"]*)?)", re.IGNORECASE)


def is_mail_address(text: str) -> bool:
    """Whether it is an address to write to, with or without `mailto:`."""
    return _MAIL.fullmatch(text.strip()) is not None


def form(value: object) -> str:
    """Where one registers: a web address, or one to write to, with or without `mailto:`."""
    found = _MAIL.fullmatch(value.strip()) if isinstance(value, str) else None
    return BY_MAIL + found[2] if found else address(value)


def reference(value: object) -> str:
    """A web address, or a file beside the organizers' page; those are resolved later."""
    if isinstance(value, str):
        written = value.strip()
        if written and ":" not in written and not re.search(r"\s", written) and not HOSTED.match(written):
            return written
    return address(value)


def deadline(value: object) -> Moment | Closing:
    """A moment, or the word that stands for none."""
    word = value.strip() if isinstance(value, str) else ""
    return Closing(word) if word in set(Closing) else moment(value)


# ---- numbers and words

_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})


def boolean(value: object) -> bool:
    """Yes or no, in the words that YAML has for it today; nothing is no."""
    if value is None:
        return False
    written = value.strip() if isinstance(value, str) else None
    if written in _TRUE:
        return True
    if written in _FALSE:
        return False
    raise refusal("boolean", understood=understood(value))


def whole(least: int, most: int, usual: int | None = None) -> Callable[[object], int]:
    """The type of whole numbers within these bounds; `usual` is what stands for none."""

    def number(value: object) -> int:
        if value is None and usual is not None:
            return usual
        written = text_of(value, "whole", least=least, most=most)
        if not re.fullmatch(r"0|[1-9][0-9]{0,8}", written) or not least <= int(written) <= most:
            raise refusal("whole", understood=shown(written), least=least, most=most)
        return int(written)

    return number


_NUMBERED: Final = re.compile(r"[^{}]*\{n\}[^{}]*")


def numbered(value: object) -> str:
    """How something is called by its number, which stands for `{n}`."""
    written = text_of(value, "numbered")
    if not _NUMBERED.fullmatch(written):
        raise refusal("numbered", understood=shown(written))
    return written


def word(value: object) -> str:
    """A word or two in a line."""
    written = text_of(value, "text.type")
    if not written:
        raise refusal("text.empty")
    return " ".join(written.split())


def lecture_id(value: object) -> str:
    """What a lecture is identified by where it has no number: one short word."""
    written = text_of(value, "id", most=LONGEST_ID)
    if not is_id(written):
        raise refusal("id", understood=shown(written), most=LONGEST_ID)
    return written


def choice(kind: type[_Choice], usual: _Choice | None = None) -> Callable[[object], _Choice | None]:
    """The type of a word out of a few; `usual` is what stands for none."""
    members: Final = {str(member.value): member for member in kind}

    def chosen(value: object) -> _Choice | None:
        if value is None:
            return usual
        member = members.get(re.sub(r"[-\s]+", "_", value.strip().lower())) if isinstance(value, str) else None
        if member is None:
            raise refusal("choice", understood=understood(value), allowed=", ".join(members))
        return member

    return chosen


def language(value: object) -> Language:
    """Any language, by its tag."""
    written = text_of(value, "language", example="ja")
    example = right_tag(written)
    if example:
        raise refusal("language", understood=shown(written), example=example)
    return written


def holidays(value: object) -> tuple[str | date, ...]:
    """Countries or parts of one by their ISO 3166 codes, for the holidays that they have, and days."""
    return tuple(several(value, _days_off)) if isinstance(value, list) else (_days_off(value),)


def _days_off(value: object) -> str | date:
    written = text_of(value, "holidays")
    if not re.fullmatch(r"[A-Za-z].*", written):
        return _day_off(value)
    country, _, part = written.partition("-")
    if country != "JP" and not (re.fullmatch("[A-Z]{2}", country) and country in _territories()):
        raise refusal("holidays", understood=shown(written))
    parts = _parts(country) if part else ()
    if part and part not in parts:
        allowed = ", ".join([country, *(f"{country}-{each}" for each in parts)])
        raise refusal("holidays.part", understood=shown(written), allowed=allowed)
    return written


def _parts(country: str) -> tuple[str, ...]:
    """The parts of a country that have holidays of their own."""
    from holidays import country_holidays

    try:
        return tuple(country_holidays(country).subdivisions)
    except NotImplementedError:
        return ()


def _day_off(value: object) -> date:
    on = moment(value)
    if on.at or on.weekday not in (None, on.day.weekday()):
        raise refusal("holidays.day", understood=on.written, example=on.day)
    return on.day


def several(values: list[Any] | dict[str, Any], parse: Callable[[object], _Item]) -> list[_Item]:
    """Each of a list or a mapping by the type of its values, or all that is wrong with any of them."""
    parsed, faults = [], []
    for place, value in values.items() if isinstance(values, dict) else enumerate(values):
        try:
            parsed.append(parse(value))
        except RefusedValueError as fault:
            faults += [each.within((place,)) for each in fault.findings]
    if faults:
        raise RefusedValueError(*faults)
    return parsed


def _territories() -> frozenset[str]:
    from babel import Locale  # takes longer than reading a schedule, and few schedules need it

    return frozenset(Locale("en").territories)
