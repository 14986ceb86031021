"""Kinds of material as people ask for them."""

import re
from typing import Final

from bot.domain.materials import MaterialKind
from bot.domain.text import plain

_WORDS: Final = {
    MaterialKind.SLIDES: "スライド|slides?|発表資料|pptx?",
    MaterialKind.VIDEO: "動画|録画|映像|ビデオ|アーカイブ|ムービー|録音|音声|"
    "videos?|record(?:ings?|ed)|movies?|youtube|archives?",
    MaterialKind.WHITEBOARD: "ホワイト ?ボード|板書|黒板|white ?boards?|black ?boards?",
    MaterialKind.NOTEBOOK: (
        "(?:jupyter|ジュピター)(?: ?(?:ノート(?:ブック)?|notebooks?))?|ノート(?:ブック)?|notebooks?|colab"
    ),
    MaterialKind.PAPER: "論文|文献|papers?|preprints?|articles?",
    MaterialKind.CODE: "(?:ソース ?)?コード|(?:source ?)?code|repositor(?:y|ies)",
    MaterialKind.TRANSCRIPT: "文字起こし|書き起こし|transcripts?",
    MaterialKind.MINUTES: "議事録|minutes",
    MaterialKind.DOCUMENT: "レジュメ|配布資料|プリント|documents?|handouts?",
}
_PATTERN: Final = "|".join(rf"(?P<{kind}>(?<![a-z])(?:{words})(?![a-z]))" for kind, words in _WORDS.items())
_BORDER: Final = re.compile("(?<=[ぁ-鿿])(?=[A-Za-z])|(?<=[A-Za-z])(?=[ぁ-鿿])")
_ANY: Final = r"資料|(?<![a-z])(?:materials?|pdfs?|(?:lecture )?notes?)(?![a-z])"


def kinds_meant(text: str) -> tuple[tuple[MaterialKind, ...], str]:
    """The kinds that the text names, and the text without them and without words for materials in general."""
    written = _BORDER.sub(" ", plain(text))
    kinds = dict.fromkeys(MaterialKind(str(found.lastgroup)) for found in re.finditer(_PATTERN, written, re.IGNORECASE))
    if MaterialKind.CODE in kinds:
        kinds[MaterialKind.NOTEBOOK] = None  # which is code as well
    return tuple(kinds), re.sub(rf"(?:の ?)?(?:{_PATTERN}|{_ANY})", " ", written, flags=re.IGNORECASE)
