"""What the file may say in a shorter way, said in full where an edit reaches into it.

Edits know one way for each thing: `speaker` with a mapping, or with a list of them.
"""

from bot.domain.edits import FieldPath
from bot.domain.lecture import Field
from bot.schedule.schema import people_written
from bot.schedule.yaml_reader import Tree

_ONE = str(Field.SPEAKER)
_SEVERAL = "speakers"


def in_full(tree: Tree, path: FieldPath) -> Tree:
    """The lecture with the field that the path leads to in the one way that edits know."""
    if not isinstance(tree, dict) or path[:1] != Field.SPEAKER.path:
        return tree
    people = _people(tree.get(_SEVERAL) or tree.get(_ONE))
    rest = {key: value for key, value in tree.items() if key != _SEVERAL}
    return rest | ({_ONE: people[0] if len(people) == 1 else people} if people else {})


def in_short(tree: Tree) -> Tree:
    """The lecture with several speakers under the key for several; one needs no list."""
    if not isinstance(tree, dict) or not isinstance(tree.get(_ONE), list):
        return tree
    people = _people(tree[_ONE])
    if len(people) == 1:
        return tree | {_ONE: people[0]}
    return {key: value for key, value in tree.items() if key != _ONE} | {_SEVERAL: people}


def _people(value: Tree) -> list[Tree]:
    if isinstance(value, list):
        return [who for each in value for who in _people(each)]
    return people_written(value) if isinstance(value, str) else [value] if value else []
