"""Materials, from what an organizer typed: `スライド https://…`, `動画 準備中`, `withdraw 2`, `2 → スライド改`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.cards.known_names import known_names, usual_label
from bot.cards.naming import reference
from bot.cards.view import View
from bot.commands.admin.fields.addresses import taken_out
from bot.commands.admin.fields.errors import FieldError, shown
from bot.commands.admin.fields.texts import text_edits
from bot.commands.admin.fields.wording import localized, wording
from bot.domain.edits import FieldEdit, FieldValue
from bot.domain.expectations import Expected
from bot.domain.language import Localized
from bot.domain.lecture import Field, Lecture
from bot.domain.links import ADDRESS, plain_link
from bot.domain.material_words import kind_of, says_in_preparation
from bot.domain.materials import Material, MaterialKind
from bot.domain.text import essence, one_line
from bot.domain.translations import is_same_name

_WITHDRAW: Final = r"withdraw|remove|delete|取り下げ|取下げ|撤回|削除"
_WITHDRAWN: Final = re.compile(
    rf"(?:{_WITHDRAW})(?:\s*+[:：]\s*+|\s++)(?P<after>.+)|(?P<before>.+?)(?<!\s)(?:\s*+を\s*+|\s++)(?:{_WITHDRAW})",
    re.IGNORECASE,
)
_RENAMED: Final = re.compile(
    r"(?:(?:rename|relabel|改名)\s++)?(?P<which>.+?)(?<!\s)\s*+(?:->|=>|→|⇒)\s*+(?P<label>.+)", re.IGNORECASE
)
_NONE: Final = re.compile(
    r"(?P<after>.+?)(?<!\s)\s*+(?:[:：はも(（]\s*+|(?<=\s))(?:なし|無し|ありません|公開しません|none|nothing)\s*+[)）。.]?|no\s++(?P<before>.+)",
    re.IGNORECASE,
)
_REPLACE: Final = re.compile(r"(?:replace|差し替え|差替え?|更新)(?:\s*[:：]\s*|\s+)", re.IGNORECASE)
_PREPARED: Final = re.compile(
    r"(?P<label>.+?)(?<!\s)\s*+(?:[:：(（\[]\s*+|(?<=\s))(?P<said>[^:：()（）\[\]]{1,40}?)\s*+[)）\]]?"
)
_POSITION: Final = re.compile(r"(?:#|no\.?\s*)?(\d{1,2})(?:番目?)?", re.IGNORECASE)
_BETWEEN: Final = " 　,，、;；/／"
_LOOSE: Final = " 　:：,，、。-–—=→"


def material_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """Publishes, replaces, announces, relabels or withdraws one material; or publishes several.

    Materials that are there are named by their label or by their number among the lecture's, from 1. `動画 なし` says
    that there will be none: what is in preparation goes, and nothing more is expected.
    """
    line = one_line(text)
    links = [*ADDRESS.finditer(line)]
    if len(links) > 1:
        return _several(line, [each.end() for each in links], lecture, view)
    url, rest = taken_out(line, _example(view))
    rest = one_line(rest).strip(_LOOSE)
    if url:
        return _published(_REPLACE.sub("", rest, count=1) if _REPLACE.match(rest) else rest, url, lecture, view)
    withdrawn = _WITHDRAWN.fullmatch(rest)
    if withdrawn:
        position = _position(withdrawn["after"] or withdrawn["before"], lecture, view)
        return (FieldEdit(lecture.id, ("materials", position), None),)
    renamed = _RENAMED.fullmatch(rest)
    if renamed:
        position = _position(renamed["which"], lecture, view)
        had = lecture.materials[position].label
        label = _label(renamed["label"], had, view)
        return text_edits(lecture.id, ("materials", position, "label"), had, label)
    none = _NONE.fullmatch(rest)
    if none:
        return _none(none["after"] or none["before"], lecture, view)
    prepared = _PREPARED.fullmatch(rest)
    if prepared and says_in_preparation(one_line(prepared["said"])):
        return _announced(prepared["label"], lecture, view)
    raise FieldError("unusable.material", _example(view), typed=shown(line))


def _several(line: str, ends: Sequence[int], lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """Materials one after the other, each a label with its address behind it."""
    edits: list[FieldEdit] = []
    for begin, end in zip((0, *ends), (*ends[:-1], len(line)), strict=False):
        if ADDRESS.match(line[begin:end].strip(_BETWEEN)):
            raise FieldError("unusable.several_links", _example(view))
        for edit in material_edits(line[begin:end].strip(_BETWEEN), lecture, view):
            edits.append(edit)
            lecture = _with(edit, lecture)
    return tuple(edits)


def _with(edit: FieldEdit, lecture: Lecture) -> Lecture:
    """The lecture with a material that was published in it, as far as the next one needs to know."""
    position, materials = int(edit.path[1]), [*lecture.materials]
    if isinstance(edit.value, Mapping):
        label, kind = edit.value["label"], str(edit.value.get("kind", MaterialKind.OTHER))
        named = {tag: str(each) for tag, each in label.items()} if isinstance(label, Mapping) else {"": str(label)}
        materials.append(Material(Localized.of(named), MaterialKind(kind), str(edit.value["url"])))
    elif edit.path[2:] == ("url",):
        materials[position] = replace(materials[position], url=str(edit.value))
    return replace(lecture, materials=tuple(materials))


def _label(text: str, had: Localized | None, view: View) -> Localized:
    languages = view.series.languages
    return localized(wording(text, languages), had, languages, known_names(view.series), related=True)


def _example(view: View) -> str:
    return view.say("fields.example.materials")


def _published(label: str, url: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    there = next((i for i, each in enumerate(lecture.materials) if _leads_to(each, url)), None)
    position = _found(label, lecture) if label else _awaited(url, lecture)
    if label and position is None and _POSITION.fullmatch(label):
        raise _no_such(label, lecture, view)
    if there is not None and position in (None, there):
        had = lecture.materials[there].label
        named = _label(label, had, view) if label and position is None else had
        return text_edits(lecture.id, ("materials", there, "label"), had, named)
    if there is not None:
        raise FieldError("unusable.same_link", _example(view), label=lecture.materials[there].label.into(view.language))
    if position is not None:
        edit = FieldEdit(lecture.id, ("materials", position, "url"), url)
        announced = lecture.materials[position].in_preparation
        return (edit, FieldEdit(lecture.id, ("materials", position, "status"), None)) if announced else (edit,)
    return _added(label, {"url": url}, kind_of(label, url) or MaterialKind.OTHER, lecture, view)


def _announced(label: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    position = _found(label, lecture)
    if position is None:
        if _POSITION.fullmatch(label):
            raise _no_such(label, lecture, view)
        kind = kind_of(label) or MaterialKind.OTHER
        return _added(label, {"status": "in_preparation"}, kind, lecture, view)
    if lecture.materials[position].in_preparation:
        return ()
    return (
        FieldEdit(lecture.id, ("materials", position, "url"), None),
        FieldEdit(lecture.id, ("materials", position, "status"), "in_preparation"),
    )


def _none(which: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """There will be no such material: it is not expected any more. Raises FieldError if it is there."""
    position = _found(which, lecture)
    kind = kind_of(which) if position is None else lecture.materials[position].kind
    if kind is None:
        raise FieldError("unusable.material", _example(view), typed=shown(which))
    what = _expected(kind)
    alike = [i for i, each in enumerate(lecture.materials) if (i == position or position is None) and _is(each, what)]
    there = next((lecture.materials[i] for i in alike if not lecture.materials[i].in_preparation), None)
    if there:
        label = there.label.into(view.language)
        raise FieldError("unusable.material_there", view.say("fields.example.withdraw", label=label), label=label)
    gone = tuple(FieldEdit(lecture.id, ("materials", i), None) for i in reversed(alike))
    others = any(_is(each, what) for i, each in enumerate(lecture.materials) if i not in alike)
    if others or not view.series.expects_of(lecture, what):
        return gone
    return (*gone, FieldEdit(lecture.id, (*Field.EXPECTS.path, what.value), False))


def _expected(kind: MaterialKind) -> Expected:
    """What is expected in which a material of that kind counts."""
    return Expected.VIDEO if kind is MaterialKind.VIDEO else Expected.SLIDES


def _is(material: Material, what: Expected) -> bool:
    return _expected(material.kind) is what


def _added(
    label: str, state: Mapping[str, FieldValue], kind: MaterialKind, lecture: Lecture, view: View
) -> tuple[FieldEdit, ...]:
    named = _label(label, None, view) if label else usual_label(kind)
    if not label and any(is_same_name(each.label, named) for each in lecture.materials):
        raise FieldError(
            "unusable.label_taken",
            f"{view.say(f'materials.kind.{kind}')}2 {state['url']}",
            label=named.into(view.language),
        )
    value: dict[str, FieldValue] = {"label": named.tree}
    value |= {"kind": kind.value} if kind is not MaterialKind.OTHER else {}
    return (FieldEdit(lecture.id, ("materials", len(lecture.materials)), {**value, **state}),)


def _position(which: str, lecture: Lecture, view: View) -> int:
    """Where the material is that is meant. Raises FieldError."""
    position = _found(which.strip(_LOOSE), lecture)
    if position is None:
        raise _no_such(which, lecture, view)
    return position


def _found(which: str, lecture: Lecture) -> int | None:
    """The position of the material with that label or else number."""
    wanted = essence(which).casefold()
    for position, each in enumerate(lecture.materials):
        if wanted in {essence(variant).casefold() for variant in each.label.variants}:
            return position
    number = _POSITION.fullmatch(essence(which))
    return int(number[1]) - 1 if number and 1 <= int(number[1]) <= len(lecture.materials) else None


def _awaited(url: str, lecture: Lecture) -> int | None:
    """The one material in preparation that is of the kind of that link."""
    kind = kind_of("", url)
    waiting = [i for i, each in enumerate(lecture.materials) if each.in_preparation and each.kind is kind]
    return waiting[0] if len(waiting) == 1 else None


def _leads_to(material: Material, url: str) -> bool:
    return material.url is not None and plain_link(material.url) == plain_link(url)


def _no_such(which: str, lecture: Lecture, view: View) -> FieldError:
    """What is there instead of the material that was named."""
    if not lecture.materials:
        return FieldError("unusable.no_materials", _example(view), lecture=reference(lecture, view.say))
    labels = [f"{number} {each.label.into(view.language)}" for number, each in enumerate(lecture.materials, 1)]
    return FieldError(
        "unusable.no_material", _example(view), typed=shown(which), labels=view.say("join.comma").join(labels)
    )
