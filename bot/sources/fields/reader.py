"""From what is said under each label to the fields of a lecture, and what of it could not be understood."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.lecture import Field
from bot.domain.secret import Secret, secret_in
from bot.domain.text import one_line, plain
from bot.i18n.languages import language_named
from bot.schedule.problems import Value, shown
from bot.schedule.yaml_reader import Tree
from bot.sources.document import Anchor, Line
from bot.sources.fields.labels import RUNNING, unknown_label
from bot.sources.fields.links import leading
from bot.sources.fields.remarks import (
    UNSETTLED,
    Remark,
    is_undecided,
    remark,
    remarks_in,
    trimmed,
    without_brackets,
    without_remarks,
)
from bot.sources.fields.sections import SourceSection, Statement, is_left_open, paragraphs
from bot.sources.fields.talks import talks
from bot.sources.fields.values import Span, is_nowhere, mode, moment, place, span, speakers
from bot.sources.model import SourceWarning

_SPAN: Final = frozenset({Field.STARTS, Field.ENDS})
_PROVISIONAL: Final = re.compile(r"^\s*仮(?:題|タイトル)?\s*[:：)）]\s*")
_WORDS: Final = re.compile(r"\d+|[^\W\d_]+")
_ADDITION: Final = re.compile(
    r"講義|講演会?|セミナー|オンライン|対面|ハイブリッド|特別(?:講義|講演)|追加(?:講義|講演)", re.IGNORECASE
)


BESIDE: Final[Mapping[Field, Field]] = {
    Field.ENDS: Field.STARTS,
    Field.AFFILIATION: Field.SPEAKER,
    Field.READING: Field.SPEAKER,
    Field.ROOM: Field.VENUE,
}
"""Fields that are read together with another one."""

Stated = dict[Field, list[Statement]]
"""What is said under the labels of each field."""


def _beside(field: Field, stated: Stated) -> Iterator[str]:
    """The first value under a field that is read together with another one, if there is any."""
    yield from (_said(each) for each in stated.get(field, [])[:1])


def _filled(field: Field) -> frozenset[Field]:
    """The fields that a label about this one fills."""
    return _SPAN if field in _SPAN else frozenset({field.whole})


@dataclass(slots=True)
class FieldReader:
    """Takes in one lecture, label by label."""

    id: str
    zone: ZoneInfo
    base: str | None
    meetings_are_public: bool = False
    fields: dict[str, Tree] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)
    unclear: set[str] = field(default_factory=set)
    warnings: list[SourceWarning] = field(default_factory=list)
    when: Span | None = None
    when_line: int = 0
    form_line: int = 0

    def warn(self, line: int, name: str, **values: Value) -> None:
        """Reports something of this lecture."""
        self.warnings.append(SourceWarning(line, self.id, name, values))

    def take(self, block: SourceSection) -> None:
        """Everything in the lecture but its links."""
        self._heading(block)
        if block.label:
            self.fields["label"] = block.label
        stated: Stated = {}
        for statement in block.statements:
            secret = secret_in("\n".join(line.source for line in statement.lines))
            is_public = self.meetings_are_public and statement.about is Field.JOIN and secret is Secret.MEETING_LINK
            if secret and not is_public:
                self.warn(statement.line, f"secret.{secret}", label=shown(statement.label))
                self.unclear |= _filled(statement.about)
            else:
                stated.setdefault(statement.about, []).append(statement)
        for what, statements in stated.items():
            if _filled(what) <= self.unclear or what in (Field.FORM, Field.MATERIALS):
                continue
            if what not in RUNNING and len({_said(each) for each in statements}) > 1:
                self.warn(statements[1].line, "field_twice", label=shown(statements[1].label))
                self.unclear |= _filled(what)
            else:
                self._take(what, statements, stated)
        self._loose(block.loose)

    def _take(self, what: Field, statements: Sequence[Statement], stated: Stated) -> None:
        if what is Field.TALKS:
            self._talks([line for each in statements for line in each.lines])
        elif what in RUNNING:
            texts = [each for each in statements if not is_left_open(each)]
            self._text(what, [line for each in texts for line in each.lines])
        elif what not in BESIDE:
            READERS[what](self, statements[0], stated)
        elif BESIDE[what] not in stated:
            self._not_understood(statements[0], *_filled(what))

    def _not_understood(self, statement: Statement, *unclear: str) -> None:
        self.warn(statement.line, "value", label=shown(statement.label), understood=shown(_said(statement)))
        self.unclear |= set(unclear)

    def _heading(self, block: SourceSection) -> None:
        said = remarks_in(block.addition.strip("()（）[]【】<> ")) or without_remarks(block.addition)[1]
        rest = trimmed(without_remarks(block.addition)[0]) if not remarks_in(block.addition) else ""
        if rest and not _ADDITION.fullmatch(without_brackets(plain(rest))) and not remarks_in(without_brackets(rest)):
            self.warn(block.line, "heading_addition", understood=shown(rest))
        self._remarks(said)

    def _remarks(self, said: Collection[Remark]) -> None:
        """What is said of the lecture as a whole."""
        self._status(said)
        form = self.fields.setdefault("registration", {}) if Remark.FULL in said else None
        if isinstance(form, dict):
            form["in_person"] = "full"

    def _status(self, said: Collection[Remark]) -> None:
        for status in (Remark.POSTPONED, Remark.CANCELLED):
            if status in said:
                self.fields["status"] = status.value

    def _when(self, statement: Statement, stated: Stated) -> None:
        text = " ".join([_said(statement), *_beside(Field.ENDS, stated)])
        said = span(text, self.zone)
        if said is None:
            rest, remarks = without_remarks(text)
            self._status(remarks | (remarks_in(rest) or frozenset()))
            if is_undecided(rest) or "status" in self.fields or remarks_in(rest):
                self.undecided.add("starts")
            else:
                self._not_understood(statement, "starts", "ends")
            return
        rest, remarks = without_remarks(said.beside)
        told = remarks | (remarks_in(rest) or frozenset())
        if rest and remarks_in(rest) is None:
            self.warn(statement.line, "remark", label=shown(statement.label), understood=shown(rest))
        self._status(told)
        if Remark.TENTATIVE in told:
            self.warn(statement.line, "tentative", label=shown(statement.label))
        if said.ends_first:
            self.warn(statement.line, "date.span", understood=shown(text))
            self.unclear |= {"starts", "ends"}
        else:
            self.when, self.when_line = said, statement.line

    def _speaker(self, statement: Statement, stated: Stated) -> None:
        text, remarks = without_remarks(_said(statement), among=UNSETTLED)
        if is_undecided(text) or remark(text) in UNSETTLED:
            self.undecided.add("speaker")
            return
        if Remark.TENTATIVE in remarks:
            self.warn(statement.line, "tentative", label=shown(statement.label))
        said = speakers(text, next(_beside(Field.AFFILIATION, stated), ""))
        if len(said) == 1:
            for reading in _beside(Field.READING, stated):
                said[0] |= {} if is_undecided(reading) else {"reading": reading}
        if said:
            self.fields["speaker"] = said[0] if len(said) == 1 else [*said]
        else:
            self.undecided.add("speaker")

    def _title(self, statement: Statement, _: Stated) -> None:
        text, remarks = without_remarks(_said(statement), among=UNSETTLED)
        title = _PROVISIONAL.sub("", text)
        if is_undecided(title) or remark(title) in UNSETTLED:
            self.undecided.add("title")
            return
        self.fields["title"] = title
        if title != text or Remark.TENTATIVE in remarks:
            self.fields["title_tentative"] = "true"

    def _mode(self, statement: Statement, _: Stated) -> None:
        text, remarks = without_remarks(_said(statement))
        self._remarks(remarks)
        said = mode(text)
        if is_undecided(text):
            self.undecided.add("mode")
        elif said:
            self.fields["mode"] = said.value
        else:
            self._not_understood(statement, "mode")

    def _venue(self, statement: Statement, stated: Stated) -> None:
        said = place(statement.lines)
        if said.mode and Field.MODE not in stated:
            self.fields["mode"] = said.mode.value
        room, undecided = said.room, said.room_undecided
        for each in _beside(Field.ROOM, stated):
            text, _ = without_remarks(each)
            undecided = undecided or is_undecided(text)
            if not is_undecided(text):
                room = text if room is None or _words(room) <= _words(text) else f"{room} {text}"
        if is_nowhere(f"{said.name or ''} {said.room or ''}"):
            if Field.MODE not in stated:
                self.fields["mode"] = "online"
            return
        if said.name is None:
            self.undecided.add("venue")
            return
        venue: dict[str, Tree] = {"name": said.name}
        if room:
            venue["room"] = room
        elif undecided:
            self.undecided.add("venue.room")
        url = self._address(said.anchor, statement) if said.anchor else None
        if url:
            venue["url"] = url
        if said.tentative:
            venue["tentative"] = "true"
        self.fields["venue"] = venue

    def _address(self, anchor: Anchor, statement: Statement) -> str | None:
        target = leading(anchor, self.base)
        if target.fault:
            self.warn(statement.line, target.fault, label=shown(statement.label))
        return target.url

    def _text(self, name: str, lines: Sequence[Line]) -> None:
        text = paragraphs(lines)
        if is_undecided(text):
            self.undecided.add(name)
        else:
            self.fields[name] = text

    def _talks(self, lines: Iterable[Line]) -> None:
        several = talks(lines, self.base)
        if several:
            self.fields["talks"] = several
        else:
            self.undecided.add("talks")

    def _language(self, statement: Statement, _: Stated) -> None:
        spoken = language_named(_said(statement))
        if spoken:
            self.fields["lecture_language"] = spoken
        elif not is_undecided(_said(statement)):
            self._not_understood(statement, "lecture_language")

    def _join(self, statement: Statement, _: Stated) -> None:
        anchor = next((each for line in statement.lines for each in line.anchors), None)
        if anchor:
            target = leading(anchor, self.base, into_meeting=self.meetings_are_public)
            if target.url:
                self.fields["join"] = target.url
            else:
                self.warn(statement.line, str(target.fault), label=shown(statement.label))
                self.unclear.add("join")
        elif not is_undecided(_said(statement)):
            self._not_understood(statement, "join")

    def _deadline(self, statement: Statement, _: Stated) -> None:
        closes = moment(_said(statement), self.zone)
        if closes:
            form = self.fields.setdefault("registration", {})
            if isinstance(form, dict):
                form["closes"] = f"{closes:%Y-%m-%dT%H:%M}"
        else:
            self.warn(statement.line, "value", label=shown(statement.label), understood=shown(_said(statement)))

    def _loose(self, lines: Iterable[Line]) -> None:
        for line in lines:
            text = one_line(line.text)
            secret = secret_in(line.source)
            said = remarks_in(trimmed(text).strip("()（） "))
            label = unknown_label(line)
            if secret:
                self.warn(line.number, f"secret.{secret}", label=shown(label or "…"))
            elif said is not None:
                self._remarks(said)
            elif label:
                self.warn(line.number, "label", label=shown(label))
            elif plain(text).strip("[]()-–—*_=~・ "):
                self.warn(line.number, "text", understood=shown(text))


READERS: Final[Mapping[Field, Callable[[FieldReader, Statement, Stated], None]]] = {
    Field.STARTS: FieldReader._when,
    Field.SPEAKER: FieldReader._speaker,
    Field.TITLE: FieldReader._title,
    Field.MODE: FieldReader._mode,
    Field.VENUE: FieldReader._venue,
    Field.LANGUAGE: FieldReader._language,
    Field.DEADLINE: FieldReader._deadline,
    Field.JOIN: FieldReader._join,
}
"""What takes in a field whose value stands in one place; forms and materials are links."""


def _words(text: str) -> set[str]:
    return set(_WORDS.findall(plain(text)))


def _said(statement: Statement) -> str:
    """The value in one line."""
    return one_line(" ".join(line.text for line in statement.lines))
