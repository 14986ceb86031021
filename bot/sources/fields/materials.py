"""The links of the page's lectures: forms for the lectures that they name, and materials."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.lecture import Field, in_order
from bot.domain.material_words import kind_of
from bot.domain.materials import MaterialKind
from bot.domain.secret import secret_in
from bot.domain.text import one_line
from bot.schedule.problems import shown
from bot.schedule.scalars import form as form_address
from bot.schedule.scalars import is_mail_address
from bot.schedule.yaml_reader import Tree
from bot.sources.document import Anchor, Line
from bot.sources.fields.links import (
    announced,
    bare,
    is_form_link,
    is_generic,
    is_map,
    is_prepared,
    is_survey,
    label_of,
    leading,
    lectures_in,
    says_nothing,
)
from bot.sources.fields.reader import FieldReader
from bot.sources.fields.remarks import Remark, is_undecided, remarks_in
from bot.sources.fields.sections import SourceSection, Statement
from bot.sources.model import SourceWarning

_FOR_ALL: Final = 3
"""Lectures with the same form, and none with another, from which on it is one for all of them."""

_NO_FORM_YET: Final = frozenset({"link.empty"})
"""What is no fault of a form's link: it is shown before there is a form."""


def take_links(block: SourceSection, lecture: FieldReader, lectures: Mapping[str, FieldReader]) -> None:
    """Files the links under one lecture: materials with it, forms with every lecture that their labels name."""
    labels: dict[int, Statement] = {}
    lines = list(block.links)
    for statement in block.statements:
        if statement.about in (Field.FORM, Field.MATERIALS) and not _holds_secret(statement):
            lines += statement.lines
            labels |= {id(line): statement for line in statement.lines}
            if not any(line.anchors for line in statement.lines):
                _said_without_link(statement, lecture)
    taken: list[tuple[int, str]] = []
    for line in sorted(lines, key=lambda each: each.number):
        before = len(_materials(lecture))
        _take(line, labels.get(id(line)), lecture, lectures)
        taken += [(line.number, label) for label in _materials(lecture)[before:]]
    if "materials" in lecture.unclear:  # the list is left as it was, so that the others are left out as well
        for number, label in taken:
            lecture.warn(number, "link.left_out", label=shown(label))


def _materials(lecture: FieldReader) -> list[str]:
    """The labels of the materials that were taken so far."""
    materials = lecture.fields.get("materials")
    return [str(each["label"]) for each in materials if isinstance(each, dict)] if isinstance(materials, list) else []


def take_loose_forms(lines: Iterable[Line], lectures: Mapping[str, FieldReader]) -> None:
    """Files the forms that stand outside of all lectures with those that their labels name."""
    for line in lines:
        for anchor in line.anchors:
            named = lectures_in(label_of(anchor)) if is_form_link(anchor) else ()
            for each in named:
                if each in lectures:
                    _take_form(line, anchor, named, lectures[each], lectures)
                    break


def same_forms(lectures: Iterable[FieldReader]) -> Iterable[SourceWarning]:
    """Lectures that have another one's form although its label does not name them; not where all have the same."""
    several = [*lectures]
    forms = [form.get("url") for each in several if isinstance(form := each.fields.get("registration"), dict)]
    if len(forms) >= _FOR_ALL and len({*map(str, forms)}) == 1:
        return
    owners: dict[str, FieldReader] = {}
    for lecture in several:
        form = lecture.fields.get("registration")
        url = form.get("url") if isinstance(form, dict) else None
        if not isinstance(form, dict) or not isinstance(url, str):
            continue
        owner = owners.setdefault(url, lecture)
        if owner is not lecture and not form.get("also_for"):
            yield SourceWarning(lecture.form_line, lecture.id, "form_shared", {"other": owner.id})


def _holds_secret(statement: Statement) -> bool:
    return secret_in("\n".join(line.source for line in statement.lines)) is not None


def _said_without_link(statement: Statement, lecture: FieldReader) -> None:
    """A label for links with words only, such as 「動画: 準備中」 or 「参加登録: 受付終了」."""
    text = one_line(" ".join(line.text for line in statement.lines))
    if statement.about is Field.FORM and is_mail_address(text):
        line = Line(statement.line, (Anchor("", form_address(text)),))
        _take_form(line, line.anchors[0], (lecture.id,), lecture, {lecture.id: lecture})
    elif statement.about is Field.MATERIALS and is_prepared(text):
        _add(lecture, statement.label, kind_of(statement.label), None)
    elif statement.about is Field.FORM and remarks_in(text):
        _mark_full(lecture, text)
    elif not is_undecided(text) and not all(announced(line.text) for line in statement.lines):
        lecture.warn(statement.line, "value", label=shown(statement.label), understood=shown(text))


def _take(line: Line, under: Statement | None, lecture: FieldReader, lectures: Mapping[str, FieldReader]) -> None:
    if not line.anchors:
        label = announced(line.text) if under is None or under.about is Field.MATERIALS else None
        if label:
            _add(lecture, label, kind_of(label), None)
        return
    beside = _texts_after(line)
    for anchor, said in beside:
        if under is None and is_map(anchor) and not kind_of(label_of(anchor)):
            _take_map(line, anchor, lecture)
        elif is_form_link(anchor) or (under and under.about is Field.FORM):
            named = (lecture.id,) if under else ()
            _take_form(line, anchor, lectures_in(label_of(anchor)) or named, lecture, lectures)
            if not says_nothing(said):
                _remark_on_form(line, said, lecture)
            continue
        elif is_survey(anchor):
            lecture.warn(line.number, "link.other", label=shown(label_of(anchor)))
        else:
            _take_material(line, anchor, said, under, lecture)
        if not (says_nothing(said) or is_prepared(said) or remarks_in(bare(said)) is not None):
            lecture.warn(line.number, "text", understood=shown(bare(said)))


def _texts_after(line: Line) -> list[tuple[Anchor, str]]:
    """Each link with the text up to the next; what stands before the first one counts as after it."""
    found: list[tuple[Anchor, str]] = []
    before = ""
    for span in line.spans:
        if isinstance(span, Anchor):
            found.append((span, before))
            before = ""
        elif found:
            anchor, text = found[-1]
            found[-1] = (anchor, f"{text}{span}")
        else:
            before += span
    return found


def _take_map(line: Line, anchor: Anchor, lecture: FieldReader) -> None:
    venue = lecture.fields.get("venue")
    target = leading(anchor, lecture.base)
    if target.fault:
        lecture.warn(line.number, target.fault, label=shown(label_of(anchor)))
    elif isinstance(venue, dict) and target.url:
        venue.setdefault("url", target.url)


def _take_material(line: Line, anchor: Anchor, said: str, under: Statement | None, lecture: FieldReader) -> None:
    label = label_of(anchor)
    if is_generic(label):
        label = one_line(under.label) if under else ""
    target = leading(anchor, lecture.base)
    kind = kind_of(label, anchor.url) or MaterialKind.OTHER
    shown_label = shown(label or anchor.label)
    if label and target.fault == "link.empty" and is_prepared(said):
        _add(lecture, label, kind, None)
    elif target.fault or not label:
        lecture.warn(line.number, target.fault or "link.label", label=shown_label)
        lecture.unclear.add("materials")
    else:
        if is_prepared(said):
            lecture.warn(line.number, "link.prepared", label=shown_label)
        _add(lecture, label, kind, target.url)


def _add(lecture: FieldReader, label: str, kind: MaterialKind | None, url: str | None) -> None:
    material: dict[str, Tree] = {"label": one_line(label), "kind": (kind or MaterialKind.OTHER).value}
    material |= {"url": url} if url else {"status": "in_preparation"}
    materials = lecture.fields.setdefault("materials", [])
    if isinstance(materials, list) and material not in materials:
        materials.append(material)


def _take_form(
    line: Line, anchor: Anchor, named: tuple[str, ...], lecture: FieldReader, lectures: Mapping[str, FieldReader]
) -> None:
    target = leading(anchor, lecture.base, check=form_address)
    label = shown(label_of(anchor))
    if target.fault:
        if target.fault not in _NO_FORM_YET:
            lecture.warn(line.number, target.fault, label=label)
            lecture.unclear.add("registration")
        return
    if named and lecture.id not in named:
        lecture.warn(line.number, "form_elsewhere", label=label)
        lecture.unclear.add("registration")
        return
    served = named or (lecture.id,)
    for other in served:
        if other in lectures:
            others = [each for each in served if each != other and each in lectures]
            _serve(line, lectures[other], str(target.url), others, label)
        else:
            lecture.warn(line.number, "form_unknown", label=label, other=other)


def _serve(line: Line, lecture: FieldReader, url: str, others: list[str], label: str) -> None:
    form = lecture.fields.setdefault("registration", {})
    if not isinstance(form, dict) or "registration" in lecture.unclear:
        return
    if form.setdefault("url", url) != url:
        lecture.warn(line.number, "form_twice", label=label)
        lecture.unclear.add("registration")
        return
    lecture.form_line = line.number
    if others:
        known = form.get("also_for")
        form["also_for"] = [*in_order([*others, *(map(str, known) if isinstance(known, list) else ())])]


def _remark_on_form(line: Line, said: str, lecture: FieldReader) -> None:
    remarks = remarks_in(bare(said))
    if remarks is None and not is_prepared(said):
        lecture.warn(line.number, "text", understood=shown(bare(said)))
    _mark_full(lecture, said)


def _mark_full(lecture: FieldReader, said: str) -> None:
    if Remark.FULL in (remarks_in(bare(said)) or ()):
        form = lecture.fields.setdefault("registration", {})
        if isinstance(form, dict):
            form["in_person"] = "full"
