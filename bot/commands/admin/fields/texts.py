"""Title, running texts, language and form of a lecture, from what an organizer typed."""

import re
from typing import Final

from bot.cards.naming import reference
from bot.cards.view import View
from bot.commands.admin.fields.errors import FieldError, shown
from bot.commands.admin.fields.wording import joined, localized, parts, wording
from bot.domain.edits import FieldEdit, FieldPath
from bot.domain.language import Language, Localized
from bot.domain.lecture import Lecture, Mode
from bot.domain.links import ADDRESS
from bot.domain.text import folded, one_line, plain, visible
from bot.i18n.languages import language_named

_UNDECIDED: Final = re.compile(
    r"未定|なし|無し|削除|消去|取り消し|取消|none|nothing|remove|delete|clear|tba|tbd|to be (?:announced|decided)",
    re.IGNORECASE,
)


def cleaned(text: str) -> str:
    """The text without control characters, its lines divided by `\\n`, none of them with spaces at its end."""
    seen = visible(text).replace("\t", " ")
    return "\n".join(line.rstrip() for line in seen.split("\n")).strip()


def is_undecided(text: str) -> bool:
    """Whether the text says that there is no value any more, or not yet."""
    return _UNDECIDED.fullmatch(plain(text).strip(" 。.()[]")) is not None


def text_edits(lecture: str, path: FieldPath, had: Localized | None, text: Localized | None) -> tuple[FieldEdit, ...]:
    """The edit that makes one text of the other; none if they are the same."""
    if had == text:
        return ()
    return (FieldEdit(lecture, path, text.tree if text else None),)


_TENTATIVE: Final = r"仮題|仮|暫定|tentative|provisional"
_BRACKETED: Final = rf"[(（\[［【]\s*+(?:{_TENTATIVE})\s*+[)）\]］】]"
_ONLY_TENTATIVE: Final = re.compile(rf"[(（]?\s*(?:{_TENTATIVE})\s*[)）]?", re.IGNORECASE)
_ONLY_FINAL: Final = re.compile(r"確定|final|confirmed|not tentative", re.IGNORECASE)
_MARKED: Final = re.compile(
    rf"(?:(?:{_TENTATIVE})\s*+[:：]|{_BRACKETED})\s*+(?P<after>.+)|(?P<before>.+?)(?<!\s)\s*+{_BRACKETED}",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r'「([^「」]+)」|『([^『』]+)』|"([^"]+)"|“([^“”]+)”')

_MODES: Final = {
    Mode.HYBRID: ("hybrid", "ハイブリッド", "対面とオンライン", "both"),
    Mode.IN_PERSON: (
        "in_person",
        "in person",
        "in-person",
        "対面",
        "対面のみ",
        "現地",
        "現地のみ",
        "on site",
        "on-site",
    ),
    Mode.ONLINE: ("online", "online only", "オンライン", "オンラインのみ", "リモート", "remote"),
}


def title_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """A title in one or both languages; 仮 beside it or alone makes it tentative, 未定 removes it."""
    number, line = lecture.id, one_line(text)
    if is_undecided(line):
        return (*text_edits(number, ("title",), lecture.title, None), *_marked(lecture, tentative=False))
    final = _ONLY_FINAL.fullmatch(line)
    if final or _ONLY_TENTATIVE.fullmatch(line):
        if not lecture.title:
            raise FieldError(
                "unusable.no_title", view.say("fields.example.title"), lecture=reference(lecture, view.say)
            )
        return _marked(lecture, tentative=not final)
    said = wording(line, view.series.languages)
    tentative = False
    bare: dict[Language | None, str] = {}
    for language, each in parts(said):
        found = _MARKED.fullmatch(each)
        tentative = tentative or found is not None
        words = (found["after"] or found["before"]).strip() if found else each
        quoted = _QUOTED.fullmatch(words)
        bare[language] = next(filter(None, quoted.groups())).strip() if quoted else words
    if not all(bare.values()) or any(map(ADDRESS.match, bare.values())):
        raise FieldError("unusable.title", view.say("fields.example.title"), typed=shown(line))
    title = localized(joined(bare), lecture.title, view.series.languages)
    return (*text_edits(number, ("title",), lecture.title, title), *_marked(lecture, tentative=tentative))


def _marked(lecture: Lecture, *, tentative: bool) -> tuple[FieldEdit, ...]:
    if lecture.title_tentative is tentative:
        return ()
    return (FieldEdit(lecture.id, ("title_tentative",), tentative or None),)


def _is_undecided(text: str, view: View) -> bool:
    """Whether there is no text any more. Raises FieldError for one that says so in its first line and goes on."""
    first, _, rest = text.partition("\n")
    if rest.strip() and is_undecided(first):
        raise FieldError("unusable.undecided_first", view.say("fields.example.undecided"), typed=shown(first))
    return is_undecided(text)


def _said(text: str, had: Localized | None, view: View, *, running: bool = False) -> Localized:
    languages = view.series.languages
    return localized(wording(text, languages, running=running), had, languages)


def reason_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """Why it is postponed or cancelled, in one or both languages; なし removes it."""
    said = None if is_undecided(text) else _said(one_line(text), lecture.reason, view)
    return text_edits(lecture.id, ("reason",), lecture.reason, said)


def label_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """What the lecture is called instead of its number, in one or both languages; なし removes it."""
    said = None if is_undecided(text) else _said(one_line(text), lecture.label, view)
    return text_edits(lecture.id, ("label",), lecture.label, said)


def notes_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """What to bring and the like, in one or both languages; なし removes it."""
    said = None if is_undecided(text) else _said(text, lecture.notes, view)
    return text_edits(lecture.id, ("notes",), lecture.notes, said)


def summary_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """A sentence or two, in one or both languages; なし removes it."""
    said = None if _is_undecided(text, view) else _said(text, lecture.summary, view)
    return text_edits(lecture.id, ("summary",), lecture.summary, said)


def abstract_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """The speaker's text, its languages under `ja:` and `en:` or divided by a line of dashes; なし removes it."""
    said = None if _is_undecided(text, view) else _said(text, lecture.abstract, view, running=True)
    return text_edits(lecture.id, ("abstract",), lecture.abstract, said)


def language_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """The language in which the lecture is held, by its name in either language or by its code."""
    code = None if is_undecided(text) else language_named(text)
    if code is None and not is_undecided(text):
        raise FieldError("unusable.lecture_language", view.say("fields.example.lecture_language"), typed=shown(text))
    return () if code == lecture.language else (FieldEdit(lecture.id, ("lecture_language",), code),)


def mode_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """How the lecture can be attended; 未定 removes it."""
    mode = None
    if not is_undecided(text):
        wanted = folded(text)
        mode = next((mode for mode, words in _MODES.items() if wanted in map(folded, words)), None)
        if mode is None:
            raise FieldError("unusable.mode", view.say("fields.example.mode"), typed=shown(text))
    return () if mode is lecture.mode else (FieldEdit(lecture.id, ("mode",), mode.value if mode else None),)
