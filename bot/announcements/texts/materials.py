"""Materials in first lines: what kinds there are, of which lectures."""

from collections.abc import Iterable, Sequence

from bot.announcements.texts.naming import apposed
from bot.cards.view import View
from bot.domain.changes import new_materials
from bot.domain.lecture import Lecture
from bot.domain.materials import Material, MaterialKind


def materials_sentence(told: Sequence[tuple[Lecture | None, Lecture]], view: View, *, replaced: bool = False) -> str:
    """That materials of these lectures, each as it was and as it is, are published, or others in their place."""
    name = "news.replaced" if replaced else "news.materials"
    found = [(new_materials(before, lecture), lecture) for before, lecture in told]
    row = [
        view.say("news.materials_of", kinds=kinds_said(materials, view), subject=apposed(lecture, view))
        for materials, lecture in found
    ]
    count = len(found) + sum(_count(materials) - 1 for materials, _ in found)
    return view.say(name, materials=_and(row, view), count=count)


def kinds_said(materials: Iterable[Material], view: View) -> str:
    """What is among them, each kind once: スライドと動画."""
    return _and([view.say(f"material.{each}") for each in _kinds(materials)], view)


def _kinds(materials: Iterable[Material]) -> list[MaterialKind]:
    """The kinds in their order; what is no better known counts as a document."""
    kinds = {MaterialKind.DOCUMENT if each.kind is MaterialKind.OTHER else each.kind for each in materials}
    return [each for each in MaterialKind if each in kinds]


def _count(materials: Sequence[Material]) -> int:
    """How many things that are for the verb: slides and materials are several."""
    kinds = _kinds(materials)
    return 2 if len(kinds) > 1 or set(kinds) & {MaterialKind.SLIDES, MaterialKind.DOCUMENT, MaterialKind.MINUTES} else 1


def _and(parts: Sequence[str], view: View) -> str:
    if len(parts) == 1:
        return parts[0]
    return view.say("join.pair", first=view.say("join.comma").join(parts[:-1]), last=parts[-1])
