"""Reading `lectures.yaml`: its series and settings, or all that is wrong with it, in words."""

import gc
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from yaml import YAMLError

from bot.cards.naming import by_id
from bot.domain.dates import weekday_sign
from bot.domain.edits import FieldPath
from bot.domain.language import Language
from bot.domain.secret import Secret, secrets_among
from bot.domain.series import Series
from bot.i18n import Phrases, phrases
from bot.schedule.problems import Finding, InvalidScheduleError, Problem, Term, Value, shown
from bot.schedule.schema.announcements import AnnouncementsEntry
from bot.schedule.schema.series import MeetingLinks, SeriesEntry
from bot.schedule.sections import sections
from bot.schedule.series_builder import nouns, series
from bot.schedule.slips import conflict, cut_off, cut_short, encoding_fault, explained, may_cut_off, slip
from bot.schedule.yaml_reader import Document, TooDeepError, Tree, composed, lines, scalars, syntax_fault

_COMMENT: Final = re.compile(r"(?:^|\s)#(.*)$", re.MULTILINE)
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,5}")
_LARGEST: Final = 5_000_000
"""Bytes of a file; a series of a thousand lectures with abstracts in two languages needs half of that."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a valid file says: the series, and the sections that say how the bot should behave.

    `tree` is all of it as it is written, `digest` identifies the file's content.
    """

    series: Series
    settings: SeriesEntry
    announcements: AnnouncementsEntry
    tree: Tree
    digest: str


def digest_of(content: bytes) -> str:
    """What identifies a version of the file."""
    return hashlib.sha256(content).hexdigest()


def read_file(path: Path) -> Reading:
    """The file's schedule. Raises InvalidScheduleError, also where there is no file to read."""
    return read(content_of(path), str(path))


def content_of(path: Path) -> bytes:
    """The file's bytes. Raises InvalidScheduleError where there is no file to read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InvalidScheduleError([Problem(str(path), 1, "file", "file.missing")]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidScheduleError([Problem(str(path), 1, "file", "file.unreadable", {"reason": reason})]) from None


def read(content: bytes, file: str, *, pure: bool = False) -> Reading:
    """The schedule in `content`; `file` is its name in problems. Raises InvalidScheduleError, and nothing else.

    `pure` reads without libyaml, which is what happens anyway where there is none.
    """
    collecting = gc.isenabled()
    gc.disable()  # nothing of what is built here is garbage, and looking for it takes as long as the reading
    try:
        return _read(content, file, pure=pure)
    finally:
        if collecting:
            gc.enable()


def _read(content: bytes, file: str, *, pure: bool) -> Reading:
    if len(content) > _LARGEST:
        raise InvalidScheduleError([Problem(file, 1, "file", "file.large", {"most": _LARGEST // 1_000_000})])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _invalid(encoding_fault(content) or Finding((), "file.encoding"), file, line) from None
    if ("\0" in text or "\x1b" in text) and (fault := encoding_fault(content)):
        raise _invalid(fault, file)
    if unfinished := conflict(text):
        raise _invalid(unfinished, file)
    try:
        document = composed(text, pure=pure)
    except TooDeepError as error:
        raise InvalidScheduleError([Problem(file, error.line, "yaml", "yaml.too_deep")]) from None
    except (YAMLError, ValueError) as error:  # PyYAML lets some ValueErrors pass
        fault = syntax_fault(text, error)
        raise _invalid(slip(text, fault.line or 1) or cut_short(text, error) or fault, file) from None
    parts = sections(document.tree)
    public = parts.settings.meeting_links is MeetingLinks.PUBLIC
    found = [*document.findings, *_secrets(document, text, in_join=public)]
    told = {each.path for each in found if each.path}
    found += [each for each in parts.findings if each.path not in told]
    if found or may_cut_off(text):
        places = lines(text, pure=pure)
        in_file = dict(enumerate(text.split("\n"), 1))
        found = [explained(each, in_file.get(each.line or _line(each.path, places), "")) for each in found]
        found += cut_off(text, places)
    if found:
        problems = _problems(found, file, document.tree, places)
        raise InvalidScheduleError([replace(each, called=nouns(parts.settings.called)) for each in problems])
    return Reading(
        series(parts.settings, parts.announcements, parts.lectures),
        parts.settings,
        parts.announcements,
        document.tree,
        digest_of(content),
    )


def _invalid(finding: Finding, file: str, line: int = 1) -> InvalidScheduleError:
    """The one thing for which the file can't be read at all."""
    return InvalidScheduleError(
        [Problem(file, finding.line or line, _field(finding, {}), finding.name, finding.values)]
    )


def _secrets(document: Document, text: str, *, in_join: bool) -> Iterator[Finding]:
    """Everything in the file, comments included, that must not be passed on: the file is kept in full.

    Where the organizers publish their meeting links, they may stand `in_join`, and nowhere else.
    """
    secrets = secrets_among(document.texts)
    if secrets:
        for path, scalar in scalars(document.tree):
            if scalar not in secrets:
                continue
            is_join = path[-1] == "join"
            if is_join and secrets[scalar] is Secret.MEETING_LINK and not in_join:
                yield Finding(path, "secret.join")
            elif not (is_join and in_join):
                yield Finding(path, f"secret.{secrets[scalar]}")
    comments = {found[1]: found.start(1) for found in _COMMENT.finditer(text)}
    for comment, secret in secrets_among(comments).items():
        if not any(comment.strip() in scalar for scalar in secrets):
            yield Finding(("comment",), f"secret.{secret}", line=text.count("\n", 0, comments[comment]) + 1)


def _problems(found: Iterable[Finding], file: str, tree: Tree, places: Mapping[FieldPath, int]) -> list[Problem]:
    """The findings, told in lines and in their order."""
    problems = [
        Problem(file, each.line or _line(each.path, places), _field(each, tree), each.name, each.values)
        for each in found
    ]
    return sorted(problems, key=lambda problem: problem.line)


def _line(path: FieldPath, places: Mapping[FieldPath, int]) -> int:
    """The line of the innermost thing on the path that is there."""
    return next((places[path[:length]] for length in range(len(path), -1, -1) if path[:length] in places), 1)


def _field(finding: Finding, tree: Tree) -> str:
    """The field of a finding as a message names it."""
    if finding.path:
        return field_at(finding.path, tree)
    return "yaml" if finding.name.startswith("yaml.") else "file"


def field_at(path: FieldPath, tree: Tree) -> str:
    """The field at the path as a message names it."""
    written = ""
    for depth, part in enumerate(path):
        if isinstance(part, str):
            written += f".{shown(part)}" if part else ""
        elif depth == 1 and path[0] == "lectures":
            written += f"[{_lecture(tree, part)}]"
        else:
            written += f"[{part + 1}]"
    return written.removeprefix(".")


def _lecture(tree: Tree, position: int) -> str:
    lectures = tree.get("lectures") if isinstance(tree, dict) else None
    entry = lectures[position] if isinstance(lectures, list) else None
    number, own = (entry.get("number"), entry.get("id")) if isinstance(entry, dict) else (None, None)
    if isinstance(number, str) and _NUMBER.fullmatch(number):
        return f"number {number}"
    return f"id {shown(own)}" if isinstance(own, str) and own.strip() else f"entry {position + 1}"


_CLOSED: Final = {"JP": ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))}
"""Months and days on which nobody is at work although they are no public holidays, by country."""


def with_holidays(reading: Reading) -> Series:
    """The series with the public holidays of its countries in all years that its lectures touch.

    Days that the file itself lists are among them. A country that the `holidays` library doesn't know has none.
    """
    series = reading.series
    codes = [each for each in reading.settings.holidays or () if isinstance(each, str)]
    years = {lecture.day.year for lecture in series.lectures if lecture.day}
    found = [_holidays(code, {year - 1 for year in years} | years) for code in codes]
    return replace(series, holidays=series.holidays.union(*found)) if found else series


def _holidays(code: str, years: Collection[int]) -> frozenset[date]:
    from holidays import country_holidays

    country, _, part = code.partition("-")
    closed = {date(year, month, day) for year in years for month, day in _CLOSED.get(country.upper(), ())}
    try:
        return frozenset({*country_holidays(country, subdiv=part or None, years=sorted(years)), *closed})
    except NotImplementedError:
        return frozenset()


def written(problem: Problem, language: Language) -> str:
    """The problem in one line."""
    return f"{problem.file}:{problem.line}: {problem.field}: {sentence(problem, language)}"


def sentence(problem: Problem, language: Language) -> str:
    """What is wrong, without saying where."""
    say = phrases(language, problem.called)
    values = {name: _word(value, say) for name, value in problem.values.items()}
    if "number" in values:
        values["numbered"] = by_id(str(values["number"]), say)
    return say(f"problem.{problem.name}", **values)


def _word(value: Value, say: Phrases) -> str | int:
    if isinstance(value, Term):
        return say(f"problem.term.{value.name}")
    if isinstance(value, date):
        day = f"{value:%Y-%m-%d}({weekday_sign(value, japanese=say.language == 'ja')})"
        return f"{day}T{value:%H:%M}" if isinstance(value, datetime) else day
    return value
