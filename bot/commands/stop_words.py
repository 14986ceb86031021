"""Words that a lookup ignores: honorifics, particles, courtesies."""

import re
from collections.abc import Iterator
from typing import Final

from bot.domain.text import without_end_marks

# Patterns are kept as texts: `re` compiles each when it is first needed, which an answer to most questions never does.
_HONORIFICS: Final = "先生(?:方)?|せんせい|准?教授|博士|さん|さま|様|氏|君|くん"
_A_LECTURE: Final = "(?:講義|講演|授業|セミナー|講座|お?話|発表|回|会|分|もの|やつ|こと|とき|時|人|方)(?:目)?"
_PARTICLES: Final = (
    "について|に関して|に関する|に対する|での|では|には|とは|って|という|から|まで|より|"
    "のみ|だけ|ばかり|は|が|を|の|に|で|も|と|へ|や"
)
_COURTESIES: Final = (
    "ください|下さい|ちょうだい|お願い(?:します|いたします|致します)?|教えて(?:ほしい|欲しい)?|知りたい|"
    "見せて|見(?:れ|られ)る|(?:見|み|聞き|聴き|き|行き|参加し|登録し|申し込み|し)たい|(?:ほ|欲)しい|"
    "参加|聴講|必要|しないと|ある|ない|まだ|もう|でき(?:る)?|"
    "(?:[来行始終話決見聞使教出受読書開待載貼撮配届送借変休遅合]{1,2}[ぁ-ゖ]{0,4}|あり|おり|い|し|でき|なり|もらえ|いただけ|"
    "わかり|ござい|やり|され|みられ)ま(?:す|した|せん)|する|した|して|される|やる|行(?:う|われる)|開催(?:される|する)?|"
    "予定|です|でした|でしょう|だっけ|だ|ね|よ|か|な|の|ん|"
    "何|なに|なん|どれ|どの|どんな|どう(?:すれば)?|どこ|いつ|誰|だれ|いい|良い|よい|"
    "入手|公開中?|受付中?|案内|リンク|URL|ページ|場合|方法|追加|間に合う?"
)
_EMPTY: Final = (
    "a|an|the|of|on|in|at|for|by|about|with|to|from|and|or|is|are|was|were|be|been|will|would|can|could|may|do|does|did|"
    "has|have|had|i|we|you|me|us|my|our|it|its|this|that|these|those|there|any|some|please|pls|want|need|like|get|give|"
    "show|tell|see|watch|find|know|held|takes?|took|taking|place|hold|when|where|who|what|which|how|whats|whose|much|"
    "only|just|prof|professor|dr|mr|mrs|ms|sensei|san|s|speaker's|lectures?|talks?|seminars?|sessions?|ones?|class|event|number|"
    "titled?|join|attend|go|still|yet|available|already|out|up|opens?|closes?|"
    "starts?|begins?|ends?|gives?|speaks?|speaking|happens?|happening|published|posted|uploaded|links?|url|forms?"
)
_LATIN_EMPTY: Final = rf"(?i)[.,'?!\"]*+(?:(?:{_EMPTY})(?:['’]s)?)?[.,'?!\"]*+"
_GENITIVE: Final = "(?i)(?<=[a-z])(?:['’]s|-(?:san|sensei|sama))$"
_FIRST: Final = rf"^(?:\s|{_COURTESIES}|{_PARTICLES})"
_LAST: Final = rf"(?:\s|{_HONORIFICS}|の日|{_A_LECTURE}|{_PARTICLES}|{_COURTESIES})$"
_HONORIFIC: Final = rf"\S(?:{_HONORIFICS})"
_TITLED: Final = rf"の?(?:(?:{_HONORIFICS})(?:の?{_A_LECTURE})?|の?{_A_LECTURE})(?:{_PARTICLES})?$"
_AROUND: Final = (
    rf"{_HONORIFICS}|{_A_LECTURE}|{_PARTICLES}|{_COURTESIES}|"
    "あり|なし|有り|無し|大学院?|研究所?|情報|詳細|様子|場合|件|時間|今|現在|後日|以前|写真|画像|データ|ファイル|アップ(?:ロード)?|ダウンロード|学"
)
_LONGEST_EMPTY: Final = 9
_KANA: Final = re.compile("[ぁ-ゖー]")


def empty_at(text: str, start: int) -> int:
    """Where the longest word around what is meant ends that begins at `start` of a Japanese text; `start` if none."""
    ends = range(min(len(text), start + _LONGEST_EMPTY), start, -1)
    return next((end for end in ends if re.fullmatch(_AROUND, text[start:end])), start)


def is_empty_word(word: str) -> bool:
    """Whether an English word names nothing."""
    return re.fullmatch(_LATIN_EMPTY, word) is not None


def essential(text: str) -> str:
    """What is left of what somebody typed without any of the words around it."""
    return _without_head(_without_tail(_without_empty(text), loose=True))


def nearest_core(text: str) -> str:
    """The text without the words around it that are surely no part of a name in kana."""
    return _without_head(_without_tail(_without_empty(text)))


def is_empty(text: str) -> bool:
    """Whether the text names nothing. What has an honorific does, even if its kana are those of words around."""
    return not essential(text) and not re.search(_HONORIFIC, text)


def cores(text: str) -> Iterator[str]:
    """What may be meant by the text, the nearest to it first: からきだ ends like a sentence, but is a name."""
    titled = without_end_marks(re.sub(_TITLED, "", _without_empty(text)))
    yield from dict.fromkeys(
        each
        for each in (without_end_marks(text), _without_empty(text), titled, nearest_core(text), essential(text))
        if each
    )


def _without_tail(text: str, *, loose: bool = False) -> str:
    """The text without the words at its end; unless `loose`, only where these are told apart from what is before."""
    kept = text
    while (shorter := without_end_marks(re.sub(_LAST, "", text))) != text:
        text = shorter
        if loose or not _KANA.search(text[-1:]):
            kept = text
    return kept


def _without_head(text: str) -> str:
    """The text without the words at its beginning, unless they are the beginning of a longer word of kana."""
    kept = text
    while (shorter := without_end_marks(re.sub(_FIRST, "", text))) != text:
        text = shorter
        if not _KANA.match(text):
            kept = text
    return kept


def _without_empty(text: str) -> str:
    """The text without English words that name nothing."""
    words = (word for word in without_end_marks(text).split() if not re.fullmatch(_LATIN_EMPTY, word))
    return " ".join(re.sub(_GENITIVE, "", word) for word in words)
