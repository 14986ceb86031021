"""What the file may say in a shorter way, said in full where an edit reaches into it.

Edits know one way for each thing: `speaker` with a mapping, or with a list of them; `starts` and `ends` apart; a venue
as a mapping.
"""

from bot.domain.edits import FieldPath
from bot.domain.lecture import Field
from bot.schedule.moments import span
from bot.schedule.problems import RefusedValueError
from bot.schedule.schema.people import people_written
from bot.schedule.schema.registration import NOBODY
from bot.schedule.schema.venue import venue_written
from bot.schedule.times import on_day
from bot.schedule.yaml_reader import Tree

_ONE = str(Field.SPEAKER)
_SEVERAL = "speakers"
_REGISTRATION = str(Field.REGISTRATION)
_TIMES = (Field.STARTS, Field.ENDS)


def in_full(tree: Tree, path: FieldPath) -> Tree:
    """The lecture with the field that the path leads to in the one way that edits know."""
    if not isinstance(tree, dict) or not path:
        return tree
    if path[0] == _REGISTRATION and len(path) > 1:
        return _with_registration(tree)
    if path[0] == _ONE:
        people = _people(tree.get(_SEVERAL) or tree.get(_ONE))
        rest = {key: value for key, value in tree.items() if key != _SEVERAL}
        return rest | ({_ONE: people[0] if len(people) == 1 else people} if people else {})
    if path[0] in _TIMES:
        return tree | _times(tree.get(Field.STARTS))
    if path[0] == Field.TALKS and len(path) > 2:
        return tree | {Field.TALKS: _talks_in_full(tree.get(Field.TALKS), path[1], path[2:])}
    place = tree.get(Field.VENUE)
    if path[0] == Field.VENUE and len(path) > 1 and isinstance(place, str):
        return tree | {Field.VENUE: venue_written(place)}
    return tree


def _talks_in_full(talks: Tree, position: str | int, path: FieldPath) -> Tree:
    """The talks, of which that at the position may be a title alone, with it in full."""
    if not isinstance(talks, list):
        return talks
    found: list[Tree] = [
        {str(Field.TITLE): each} if at == position and isinstance(each, str) else each for at, each in enumerate(talks)
    ]
    return [in_full(each, path) if at == position else each for at, each in enumerate(found)]


def _times(starts: Tree) -> dict[str, Tree]:
    """The start and the end that stand in one text."""
    if not isinstance(starts, str):
        return {}
    try:
        begins = span(starts)
    except RefusedValueError:
        return {}
    if not begins.until or not begins.at or begins.offset:
        return {}
    ends = on_day(begins.until, begins)
    return {
        Field.STARTS: f"{begins.day}T{begins.at:%H:%M}",
        Field.ENDS: f"{ends.day}T{ends.at:%H:%M}",
    }


def _with_registration(tree: dict[str, Tree]) -> dict[str, Tree]:
    alone = tree.get(_REGISTRATION)
    if not isinstance(alone, str):
        return tree
    rest = {key: value for key, value in tree.items() if key != _REGISTRATION}
    return rest if alone.strip() == NOBODY else tree | {_REGISTRATION: {"url": alone}}


def in_short(tree: Tree) -> Tree:
    """The lecture with several speakers under the key for several; one needs no list."""
    if not isinstance(tree, dict):
        return tree
    talks = tree.get(Field.TALKS)
    if isinstance(talks, list):
        tree = tree | {Field.TALKS: [in_short(each) for each in talks]}
    if not isinstance(tree.get(_ONE), list):
        return tree
    people = _people(tree[_ONE])
    if len(people) == 1:
        return tree | {_ONE: people[0]}
    return {key: value for key, value in tree.items() if key != _ONE} | {_SEVERAL: people}


def _people(value: Tree) -> list[Tree]:
    if isinstance(value, list):
        return [who for each in value for who in _people(each)]
    return people_written(value) if isinstance(value, str) else [value] if value else []
