"""Which kind of material a label or an address speaks of."""

import re
import unicodedata
from typing import Final

from bot.domain.materials import MaterialKind

_KINDS: Final = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (MaterialKind.NOTEBOOK, r"jupyter|ノートブック|notebook|colab|\.ipynb"),
        (MaterialKind.WHITEBOARD, r"ホワイトボード|板書|黒板|white.?board|black.?board"),
        (
            MaterialKind.VIDEO,
            r"動画|録画|ビデオ|アーカイブ|youtu\.?be|video|vidéo|recording|movie|aufzeichnung|mitschnitt|enregistrement|"
            r"grabaci[oó]n|registrazione|grava[cç][aã]o|opname|录像|录屏|视频|영상|녹화|panopto|vimeo|bilibili",
        ),
        (
            MaterialKind.SLIDES,
            r"スライド|slide|発表資料|speakerdeck|\.pptx?\b|\.key\b|folien|präsentation|presentation\b|diapo|transparents|"
            r"幻灯|课件|슬라이드|발표 ?자료",
        ),
        (MaterialKind.TRANSCRIPT, r"文字起こし|書き起こし|トランスクリプト|transcript|mitschrift"),
        (
            MaterialKind.MINUTES,
            r"議事録|議事メモ|minutes\b|protokoll|compte.?rendu|\bacta\b|verbale|\bata\b|notulen|会议记录|회의록",
        ),
        (
            MaterialKind.PAPER,
            r"論文|文献|preprint|papers?\b|article|artikel|articolo|art[ií]culo|readings?\b|论文|논문|\barxiv\b|doi\.org",
        ),
        (
            MaterialKind.CODE,
            r"コード|リポジトリ|\bcode\b|repository|git(?:hub|lab)\.com/[^/]+/[^/]+/?$|\.py\b",
        ),
        (
            MaterialKind.DOCUMENT,
            r"資料|ノート|レジュメ|プリント|テキスト|document|notes?\b|pdf|handout|unterlagen|skript|mat[eé]ria(?:l|is|le|ux)|"
            r"dispense|讲义|资料|자료",
        ),
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
