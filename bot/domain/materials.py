"""Materials by their names: of which kind one is, and whether it is only announced."""

import re
import unicodedata
from typing import Final

from bot.domain.lecture import MaterialKind

_KINDS: Final = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (MaterialKind.NOTEBOOK, r"jupyter|ノートブック|notebook|colab|\.ipynb"),
        (MaterialKind.WHITEBOARD, r"ホワイトボード|板書|黒板|white.?board|black.?board"),
        (MaterialKind.VIDEO, r"動画|録画|ビデオ|アーカイブ|youtu\.?be|video|recording|movie"),
        (MaterialKind.SLIDES, r"スライド|slide|発表資料|speakerdeck|\.pptx?\b|\.key\b"),
        (MaterialKind.DOCUMENT, r"資料|ノート|レジュメ|プリント|文献|論文|テキスト|document|notes?\b|paper|pdf"),
    )
)
_PREPARED: Final = re.compile(
    r"準備中|作成中|編集中|(?:後日|近日|追って)(?:公開|掲載|アップロード)?(?:予定|します)?|(?:公開|掲載|アップロード)予定|"
    r"(?:in|under) preparation|coming soon|to appear|tba",
    re.IGNORECASE,
)


def kind_of(label: str, url: str = "") -> MaterialKind | None:
    """What kind of material has that label, or else that address."""
    for text in (unicodedata.normalize("NFKC", label), url):
        for kind, pattern in _KINDS:
            if pattern.search(text):
                return kind
    return None


def says_in_preparation(text: str) -> bool:
    """Whether the text, in half width, says nothing but that what is announced is not there yet."""
    return _PREPARED.fullmatch(text) is not None
