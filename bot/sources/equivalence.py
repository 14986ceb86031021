"""The materials of a lecture in the source beside the schedule's: the list as it should be, if it should be another."""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from bot.domain.language import Language, Localized
from bot.domain.lecture import Person
from bot.domain.links import ADDRESS, is_tracker
from bot.domain.materials import Material
from bot.domain.text import essence, is_related
from bot.domain.translations import renumbered, translated
from bot.schedule.yaml_reader import Tree
from bot.sources.model import tree

_MARKED: Final = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_INDEX: Final = re.compile(r"/(?:index\.html?)?$")


def is_same(text: str, ours: Localized | None) -> bool:
    """Whether the source's text says what one side of ours does."""
    return ours is not None and essence(text) in {essence(each) for each in ours.variants}


def is_same_text(text: str, ours: Localized | None) -> bool:
    """The same for a running text, in which a link may have moved its address."""
    if is_same(text, ours):
        return True
    return (
        ours is not None
        and is_same(_unlinked(text), ours.mapped(_unlinked))
        and any(_links(text) == _links(each) for each in ours.variants)
    )


def is_akin(text: str, ours: Localized) -> bool:
    """Whether the source's name is one of ours, written more or less fully."""
    return any(is_related(text, each) for each in ours.variants)


def _unlinked(text: str) -> str:
    return _MARKED.sub(r"\1", text)


def _links(text: str) -> list[object]:
    return [destination(each) for each in ADDRESS.findall(text)]


def destination(url: str) -> object:
    """Where a link leads, without what only says by which way one came."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    query = sorted(each for each in parse_qsl(parts.query, keep_blank_values=True) if not is_tracker(each[0]))
    scheme = parts.scheme.lower().replace("http", "https").replace("httpss", "https")
    host = (parts.hostname or "").removeprefix("www.")
    return scheme, host, port, _INDEX.sub("", unquote(parts.path)), tuple(query), parts.fragment


def leads_alike(one: str | None, other: str | None) -> bool:
    """Whether two links lead to the same place."""
    return one is not None and other is not None and destination(one) == destination(other)


def are_same_people(stated: Sequence[Mapping[str, Tree]], ours: Sequence[Person]) -> bool:
    """Whether the source names our speakers: each, in any order, or all of several in what it has for one name."""
    names = [str(each.get("name")) for each in stated]
    if len(names) == 1 and len(ours) > 1:
        return all(any(essence(each) in essence(names[0]) for each in who.name.variants) for who in ours)
    return len(names) == len(ours) and all(any(is_same(name, who.name) for name in names) for who in ours)


def published(
    stated: Sequence[Mapping[str, Tree]],
    ours: Sequence[Material],
    known: Mapping[str, Localized],
    before: Sequence[Tree] | None,
) -> tuple[Tree, list[Tree] | None, frozenset[str]]:
    """Our list as the file has it, and the one that should take its place; None if ours says the same. Beside them what
    is to be told of the translations of labels.

    One of ours that the source does not have stays only if an earlier version of the source (`before`) had not had it
    either: then it never came from there.
    """
    pairs = _pairs(stated, ours)
    taken = {id(own) for _, own in pairs if own}
    kept = [own for own in ours if id(own) not in taken and before is not None and not _had(before, own)]
    written: list[Tree] = [_written(each) for each in ours]
    wanted = [_wanted(theirs, own, known) for theirs, own in pairs] + [_written(each) for each in kept]
    is_other = any(each not in written for each in wanted) or len(wanted) != len(written)
    told = frozenset(_told(str(theirs["label"]), own.label, known) for theirs, own in pairs if own) - {""}
    return written or None, wanted if is_other else None, told


def _pairs(
    stated: Sequence[Mapping[str, Tree]], ours: Sequence[Material]
) -> list[tuple[Mapping[str, Tree], Material | None]]:
    """Each material of the source with ours of the same address, else with one of the same label."""
    found: dict[int, Material] = {}
    for matches in (_has_address, _has_label):
        for position, theirs in enumerate(stated):
            free = (own for own in ours if not any(own is each for each in found.values()))
            if position not in found:
                own = next((own for own in free if matches(theirs, own)), None)
                found |= {position: own} if own else {}
    return [(theirs, found.get(position)) for position, theirs in enumerate(stated)]


def _has_address(theirs: Mapping[str, Tree], own: Material) -> bool:
    url = theirs.get("url")
    return isinstance(url, str) and leads_alike(url, own.url)


def _has_label(theirs: Mapping[str, Tree], own: Material) -> bool:
    return is_same(str(theirs["label"]), own.label)


def _had(before: Sequence[Tree], own: Material) -> bool:
    """Whether an earlier version of the source had it."""
    stated = [each for each in before if isinstance(each, dict)]
    return any(_has_address(each, own) or (own.url is None and _has_label(each, own)) for each in stated)


def _wanted(theirs: Mapping[str, Tree], own: Material | None, known: Mapping[str, Localized]) -> Tree:
    """The source's material in the words of ours where those still hold."""
    label, url = str(theirs["label"]), theirs.get("url")
    if own is None:
        both = translated(label, known)
        entry: dict[str, Tree] = {"label": _text(both) if both else label, "kind": theirs["kind"]}
        return entry | _place(url)
    if is_same(label, own.label):
        text, kind = own.label, own.kind.value
    else:
        text, kind = _relabelled(label, own.label, known)[0], str(theirs["kind"])
    same = isinstance(url, str) and own.url is not None and destination(url) == destination(own.url)
    return {"label": _text(text), "kind": kind} | _place(own.url if same else url)


def _relabelled(label: str, ours: Localized, known: Mapping[str, Localized]) -> tuple[Localized, str]:
    """A label of the source in the place of ours: with the translations that are known for it, or with ours if one is
    the other written more fully. Beside it what is to be told of the translations, if anything."""
    both = translated(label, known) or renumbered(label, ours)
    if both or not ours.is_translated:
        return both or Localized.same(label), ""
    if is_akin(label, ours):
        return ours.replaced(_akin_in(label, ours), label), "translation_stale"
    return Localized.same(label), "translation_missing"


def _akin_in(label: str, ours: Localized) -> Language:
    """The language of the wording of ours that is written more or less fully."""
    return next(tag for tag, text in ours.texts if is_related(label, text))


def _told(label: str, ours: Localized, known: Mapping[str, Localized]) -> str:
    return "" if is_same(label, ours) else _relabelled(label, ours, known)[1]


def _written(own: Material) -> Tree:
    return {"label": _text(own.label), "kind": own.kind.value} | _place(own.url)


def _place(url: Tree) -> dict[str, Tree]:
    return {"url": url} if url else {"status": "in_preparation"}


def _text(text: Localized) -> Tree:
    is_alike = len({essence(each) for each in text.variants}) == 1
    return text.variants[0] if is_alike and len(text.languages) > 1 else tree(text)
