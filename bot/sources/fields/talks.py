"""The talks of a session, from the lines of its program."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.material_words import kind_of
from bot.domain.materials import MaterialKind
from bot.domain.talk_lines import talk_in
from bot.domain.text import one_line
from bot.schedule.yaml_reader import Tree
from bot.sources.document import Line
from bot.sources.fields.links import leading
from bot.sources.fields.remarks import is_undecided, trimmed
from bot.sources.fields.values import speaker

_BULLETS: Final = "・●■◆*+•- "


def talks(lines: Iterable[Line], base: str | None) -> list[Tree]:
    """A talk for each line that names one, as the file has it; its links are materials of that talk."""
    return [talk for line in lines if (talk := _talk(line, base))]


def within(talk: Mapping[str, Tree], starts: Tree, ends: Tree) -> bool:
    """Whether the times of a talk can be meant: those of its session's day, in their order, and within its own.

    Of the session, `starts` and `ends` are as the file has them.
    """
    if not isinstance(starts, str):
        return "starts" not in talk
    day, _, begins = starts.partition("T")
    until = ends.partition("T")[2] if isinstance(ends, str) and ends.startswith(day) else "24:00"
    told = [str(talk[name]) for name in ("starts", "ends") if name in talk]
    times = [begins or "00:00", *told, until]
    return times == sorted(times) and len({*told}) == len(told) and (not told or told[0] < until)


def without_times(talk: Mapping[str, Tree]) -> dict[str, Tree]:
    """The talk without its times."""
    return {name: value for name, value in talk.items() if name not in ("starts", "ends")}


def _talk(line: Line, base: str | None) -> dict[str, Tree]:
    said = talk_in(trimmed(line.beside).lstrip(_BULLETS))
    talk: dict[str, Tree] = {} if is_undecided(said.title) else {"title": said.title}
    people = [speaker(each.name, each.affiliation or "") for each in said.people if not is_undecided(each.name)]
    talk |= {} if not people else {"speaker": people[0]} if len(people) == 1 else {"speakers": [*people]}
    if not talk:
        return {}
    talk |= {name: f"{at:%H:%M}" for name, at in (("starts", said.starts), ("ends", said.ends)) if at}
    materials = [*_materials(line, base)]
    return talk | ({"materials": materials} if materials else {})


def _materials(line: Line, base: str | None) -> Iterable[Tree]:
    for anchor in line.anchors:
        label, url = one_line(anchor.label), leading(anchor, base).url
        if label and url:
            yield {"label": label, "kind": (kind_of(label, url) or MaterialKind.OTHER).value, "url": url}
