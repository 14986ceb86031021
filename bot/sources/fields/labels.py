"""The labels before the page's values, old and new, and how a line with one is told from other text."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.domain.lecture import Field
from bot.sources.document import Line, Span

_ABOUT_LINKS: Final = frozenset({Field.FORM, Field.DEADLINE, Field.MATERIALS})

RUNNING: Final = frozenset({Field.ABSTRACT, Field.NOTES, Field.TALKS})
"""Fields that go over many lines."""

LABELS: Final[dict[Field, str]] = {
    Field.STARTS: "開催日時 講義日時 日時 開催日程 日程 開催日 実施日 日付 date dateandtime date&time when",
    Field.ENDS: "開催時間 開始時間 時間 時刻 time",
    Field.SPEAKER: "講師名 講師 発表者名 発表者 講演者名 講演者 登壇者 話者 演者 speaker lecturer presenter",
    Field.AFFILIATION: "講師所属 所属機関 ご所属 所属 affiliation",
    Field.READING: "講師名ふりがな 講師ふりがな ふりがな フリガナ 振り仮名 よみがな 読み仮名 reading",
    Field.TITLE: """
        講演題目 発表題目 講義題目 講演タイトル 発表タイトル 講義タイトル 講演題名 講義題名 講演名 講義名
        題目 題名 演題 タイトル テーマ title topic
    """,
    Field.TALKS: "プログラム 講演一覧 発表一覧 program programme talks agenda",
    Field.MODE: "開催方法 開催形式 開催形態 開催方式 実施方法 実施形式 参加方法 形式 形態 format mode",
    Field.VENUE: "開催場所 開催会場 開催地 講義会場 場所 会場 venue place location",
    Field.ROOM: "講義教室 教室名 教室 講義室 会議室 部屋 room",
    Field.ABSTRACT: """
        講演概要 講義概要 発表概要 講演要旨 講義要旨 発表要旨 講演内容 講義内容
        概要 要旨 要約 内容 アブストラクト abstract summary
    """,
    Field.NOTES: "備考 補足 注意事項 注意 注記 注 持ち物 事前準備 準備 お知らせ 連絡事項 note notes remark remarks",
    Field.LANGUAGE: "講義言語 講演言語 使用言語 発表言語 言語 language",
    Field.FORM: """
        参加登録フォーム 参加登録 登録フォーム 参加申込フォーム 参加申込 参加申し込み
        申込フォーム 申し込みフォーム 申込 申し込み お申し込み 登録 registration registrationform
    """,
    Field.DEADLINE: """
        参加登録締切 参加登録締め切り 参加登録期限 登録締切 登録締め切り 登録期限
        申込締切 申し込み締切 申込期限 締切 締め切り deadline registrationdeadline
    """,
    Field.JOIN: "参加url 参加リンク 接続先 接続url 配信url join joinlink livestream",
    Field.MATERIALS: """
        講義資料 発表資料 講演資料 配布資料 配付資料 参考資料 資料 スライド 講義スライド 動画 講義動画 録画 ビデオ
        ホワイトボード 板書 ノートブック slides slide video videos recording materials material whiteboard notebook
    """,
}
"""The labels of each field that the page has. Those of `ENDS` are for a line with both times, apart from the day."""

_FIELDS: Final = {word: field for field, words in LABELS.items() for word in words.split()}
_ENDED_BY_COLON: Final = frozenset(
    {"登録", "時間", "時刻", "テーマ", "形式", "形態", "部屋", "会議室", "内容", "注", "注意", "準備", "言語", "所属"}
)
"""Japanese labels that sentences begin with as well; for the others, a space may stand for the colon."""

_BULLET: Final = re.compile(r"[\s・●■◆□◇○◎▼▶*+\-–>]*")
_LONGEST: Final = 24
"""Characters in which a label and its colon have to be found."""

_UNKNOWN: Final = re.compile(r"\s*([^\s:：、。()（）\[\]0-9０-９][^:：、。()（）\[\]]{0,11}?)\s*[:：](?!//)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that begins with a label: the label as written, what is added to it, and the value after it."""

    about: Field
    label: str
    addition: str
    value: tuple[Span, ...]


def labelled(line: Line) -> Labelled | None:
    """The line as label and value, if it begins with a label."""
    if not line.spans or not isinstance(line.spans[0], str):
        return None
    text = line.spans[0]
    head, places = _narrowed(text)
    found = _pattern().match(head)
    if not found:
        return None
    word = found["label"].lower().translate(_SPACES)
    is_closed = bool(found["colon"] or (found["open"] and found["close"]))
    needs_colon = word.isascii() or word in _ENDED_BY_COLON or _FIELDS[word] in _ABOUT_LINKS
    is_apart = not head[found.end() :] or head[found.end() - 1].isspace()
    if not is_closed and (needs_colon or not is_apart):
        return None
    end = places[found.end()]
    rest = text[end:]
    value = (*((rest,) if rest.strip() else ()), *line.spans[1:])
    return Labelled(
        _FIELDS[word], text[places[found.start("label")] : places[found.end("label")]], found["note"] or "", value
    )


def unknown_label(line: Line) -> str | None:
    """What stands before a colon at the beginning of the line, if it looks like a label."""
    found = _UNKNOWN.match(line.text)
    return found[1] if found else None


_SPACES: Final = {ord(space): None for space in " \t"}


def _narrowed(text: str) -> tuple[str, list[int]]:
    """The beginning of the text in half width, and where each of its characters, and the end, is in the text."""
    start = _match_end(_BULLET, text)
    narrow, places = "", []
    for place in range(start, len(text)):
        if len(narrow) > _LONGEST * 2:
            break
        for character in unicodedata.normalize("NFKC", text[place]):
            narrow += character
            places.append(place)
    return narrow, [*places, places[-1] + 1 if places else start]


def _match_end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(r"[ \t]*".join(map(re.escape, word)) for word in sorted(_FIELDS, key=len, reverse=True))
    return re.compile(
        rf"(?P<open>[\[【〔<「(]*+)\s*+(?P<label>{words})(?![A-Za-z])\s*+(?:[(\[](?P<note>[^()\[\]:]{{0,20}})[)\]]\s*+)?"
        r"(?P<close>[\]】〕>」)]*+)\s*+(?P<colon>[:;=;]\s*+)?",
        re.IGNORECASE,
    )
