"""One field of the source beside ours: that it differs, and the edit that makes ours like it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.domain.edits import FieldEdit, FieldPath
from bot.domain.language import Localized, nearest
from bot.domain.lecture import Lecture, Person, Phase
from bot.domain.series import Series
from bot.domain.translations import renumbered, translated
from bot.schedule.problems import Term
from bot.schedule.yaml_reader import Tree
from bot.sources.equivalence import are_same_people, is_akin, is_same, is_same_text
from bot.sources.model import Difference, SourceLecture, SourceWarning, field_name, items, mapping, tree, who

_BILINGUAL: Final = ("name", "affiliation", "room")
"""Parts of a speaker or a venue that may be there in both languages."""


@dataclass(slots=True)
class FieldDiff:
    """Collects what is otherwise in one lecture.

    `lectures` are the ids of all that the schedule has or gets; `earlier` is the same lecture in an earlier
    version of the source. Of fields that are `silent` the source says nothing, as it has no place for them.
    """

    stated: SourceLecture
    ours: Lecture
    series: Series
    known: Mapping[str, Localized]
    now: datetime
    lectures: frozenset[str]
    earlier: SourceLecture | None = None
    silent: frozenset[str] = frozenset()
    differences: list[Difference] = field(default_factory=list)
    warnings: list[SourceWarning] = field(default_factory=list)

    def _differs(
        self, path: FieldPath, ours: Tree, theirs: Tree, *, at: FieldPath | None = None, value: Tree = None
    ) -> None:
        """Notes a difference; the edit puts `theirs` there, unless another value, perhaps elsewhere, does that."""
        edit = FieldEdit(self.ours.id, path if at is None else at, theirs if value is None else value)
        self.differences.append(Difference(self.ours.id, path, ours, theirs, edit))

    def _warn(self, name: str, *path: str | int) -> None:
        values = {"field": Term(f"field.{field_name(path)}")}
        self.warnings.append(SourceWarning(self.stated.line, self.ours.id, name, values))

    @property
    def _is_over(self) -> bool:
        return self.ours.phase(self.series.local(self.now)) is Phase.OVER

    def _is_left(self, name: str) -> bool:
        """Whether that field is to stay as it is: not understood, or never told by such a source."""
        return name in self.stated.unclear or (name in self.silent and self._was_stated(name) is None)

    def _was_stated(self, *path: str) -> Tree:
        """What the earlier version of the source had there."""
        value: Tree = dict(self.earlier.fields) if self.earlier else None
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def _text(self, path: FieldPath, theirs: str, ours: Localized | None, *, is_name: bool = False) -> None:
        """A text that differs: where ours has translations, those are brought along, kept or, if it names another place
        or person, given up. The source is in the language of the series."""
        both = translated(theirs, self.known) if is_name else None
        if ours is None or not ours.is_translated:
            self._differs(path, tree(ours), theirs, value=tree(both) if both else None)
            return
        both = both or (renumbered(theirs, ours) if is_name else None)
        if both:
            self._differs(path, tree(ours), theirs, value=tree(both))
        elif is_name and not is_akin(theirs, ours):
            self._differs(path, tree(ours), theirs)
            self._warn("translation_missing", *path)
        else:
            language = nearest(self.series.language, ours.languages) or ours.languages[0]
            self._differs(path, tree(ours), theirs, at=(*path, language))
            self._warn("translation_stale", *path)

    @staticmethod
    def _repeats(earlier: Tree, ours: Localized | None) -> bool:
        return isinstance(earlier, str) and is_same_text(earlier, ours)

    def _missing(self, path: tuple[str, ...], ours: Tree, is_withdrawn: bool) -> None:
        """A field that ours has and the source does not state."""
        if self._is_over or self._is_left(path[0]):
            return
        if is_withdrawn:
            self._differs(path, ours, None)
        elif ".".join(path) in self.stated.undecided or path[0] in self.stated.undecided:
            self._warn("undecided", *path)

    def _translation(self, text: Tree) -> Tree:
        both = translated(text, self.known) if isinstance(text, str) else None
        return tree(both) if both else text

    def _people(self, path: FieldPath, several: Sequence[Mapping[str, Tree]], ours: Sequence[Person]) -> None:
        if len(several) == len(ours) == 1 and self._is_named_alike(several[0], ours[0]):
            self._speaker(path, several[0], ours[0])
        elif not are_same_people(several, ours):
            theirs: list[Tree] = [dict(each) for each in several]
            self._replace(path, theirs if len(theirs) > 1 else theirs[0], who(ours))

    @staticmethod
    def _is_named_alike(stated: Mapping[str, Tree], ours: Person) -> bool:
        name = str(stated.get("name"))
        return is_same(name, ours.name) or is_akin(name, ours.name)

    def _speaker(self, path: FieldPath, stated: Mapping[str, Tree], ours: Person) -> None:
        name, affiliation, reading = str(stated["name"]), stated.get("affiliation"), stated.get("reading")
        if not is_same(name, ours.name):
            self._text((*path, "name"), name, ours.name, is_name=True)
        if isinstance(affiliation, str) and not is_same(affiliation, ours.affiliation):
            self._text((*path, "affiliation"), affiliation, ours.affiliation, is_name=True)
        if isinstance(reading, str) and not is_same(reading, ours.reading):
            self._text((*path, "reading"), reading, ours.reading)

    def _replace(self, path: FieldPath, theirs: Tree, ours: Tree) -> None:
        """Somebody or something else altogether: nothing of ours stays."""
        value = self._translated(theirs)
        self._differs(path, ours, theirs, value=value)
        had = [mapping(each) for each in items(ours) or [ours]]
        has = [mapping(each) for each in items(value) or [value]]
        for part in _BILINGUAL:
            if any(isinstance(each.get(part), dict) for each in had) and any(
                isinstance(each.get(part), str) for each in has
            ):
                self._warn("translation_missing", *path, part)
                return

    def _translated(self, value: Tree) -> Tree:
        if isinstance(value, list):
            return [self._translated(each) for each in value]
        return {key: self._translation(each) for key, each in mapping(value).items()}
