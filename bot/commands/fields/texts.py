"""Title, running texts, language and form of a lecture, from what an organizer typed."""

import re
from typing import Final

from bot.cards.view import View
from bot.commands.fields.unusable import Unusable, shown
from bot.commands.fields.wordings import is_undecided, joined, localized, one_line, parts, text_edits, wording
from bot.domain.edits import FieldEdit
from bot.domain.folding import folded
from bot.domain.language import Language
from bot.domain.lecture import Lecture, Mode

_TENTATIVE: Final = r"仮題|仮|暫定|tentative|provisional"
_BRACKETED: Final = rf"[(（\[［【]\s*(?:{_TENTATIVE})\s*[)）\]］】]"
_ONLY_TENTATIVE: Final = re.compile(rf"[(（]?\s*(?:{_TENTATIVE})\s*[)）]?", re.IGNORECASE)
_ONLY_FINAL: Final = re.compile(r"確定|final|confirmed|not tentative", re.IGNORECASE)
_MARKED: Final = re.compile(
    rf"(?:(?:{_TENTATIVE})\s*[:：]|{_BRACKETED})\s*(?P<after>.+)|(?P<before>.+?)\s*{_BRACKETED}",
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
    number, line = lecture.number, one_line(text)
    if is_undecided(line):
        return (*text_edits(number, ("title",), lecture.title, None), *_marked(lecture, tentative=False))
    final = _ONLY_FINAL.fullmatch(line)
    if final or _ONLY_TENTATIVE.fullmatch(line):
        if not lecture.title:
            raise Unusable("unusable.no_title", view.say("fields.example.title"), number=number)
        return _marked(lecture, tentative=not final)
    said = wording(line)
    tentative = False
    bare: dict[Language | None, str] = {}
    for language, each in parts(said):
        found = _MARKED.fullmatch(each)
        tentative = tentative or found is not None
        words = (found["after"] or found["before"]).strip() if found else each
        quoted = _QUOTED.fullmatch(words)
        bare[language] = next(filter(None, quoted.groups())).strip() if quoted else words
    if not all(bare.values()) or any(re.match("https?://", each) for each in bare.values()):
        raise Unusable("unusable.title", view.say("fields.example.title"), typed=shown(line))
    title = localized(joined(bare), lecture.title)
    return (*text_edits(number, ("title",), lecture.title, title), *_marked(lecture, tentative=tentative))


def _marked(lecture: Lecture, *, tentative: bool) -> tuple[FieldEdit, ...]:
    if lecture.title_tentative is tentative:
        return ()
    return (FieldEdit(lecture.number, ("title_tentative",), tentative or None),)


def notes_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """What to bring and the like, in one or both languages; なし removes it."""
    said = None if is_undecided(text) else localized(wording(text), lecture.notes)
    return text_edits(lecture.number, ("notes",), lecture.notes, said)


def summary_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """A sentence or two, in one or both languages; なし removes it."""
    said = None if is_undecided(text) else localized(wording(text), lecture.summary)
    return text_edits(lecture.number, ("summary",), lecture.summary, said)


def abstract_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """The speaker's text, its languages under `ja:` and `en:` or divided by a line of dashes; なし removes it."""
    said = None if is_undecided(text) else localized(wording(text, running=True), lecture.abstract)
    return text_edits(lecture.number, ("abstract",), lecture.abstract, said)


def language_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """The language in which the lecture is held, by its name in either language or by its code."""
    code = None if is_undecided(text) else _language_code(text, view)
    return () if code == lecture.language else (FieldEdit(lecture.number, ("lecture_language",), code),)


def _language_code(text: str, view: View) -> str:
    from babel import Locale  # takes longer than most answers, and few of them need it

    wanted = folded(text)
    possible = Locale("en").languages
    for names in (possible, Locale("ja").languages):
        for code, name in names.items():
            if code in possible and wanted in (str(code).lower(), folded(str(name))):
                return str(code)
    raise Unusable("unusable.lecture_language", view.say("fields.example.language"), typed=shown(text))


def mode_edits(text: str, lecture: Lecture, view: View) -> tuple[FieldEdit, ...]:
    """How the lecture can be attended; 未定 removes it."""
    mode = None
    if not is_undecided(text):
        wanted = folded(text)
        mode = next((mode for mode, words in _MODES.items() if wanted in map(folded, words)), None)
        if mode is None:
            raise Unusable("unusable.mode", view.say("fields.example.mode"), typed=shown(text))
    return () if mode is lecture.mode else (FieldEdit(lecture.number, ("mode",), mode.value if mode else None),)
