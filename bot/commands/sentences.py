"""Plain sentences, such as 「瀧先生の回はいつ？」 or “where is lecture 9?”: what they ask for, and of which lecture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.commands.lecture_index import lecture_index
from bot.commands.material_kinds import kinds_meant
from bot.commands.positions import is_next
from bot.commands.segments import Segments, segments
from bot.domain.lecture import MaterialKind
from bot.domain.series import Series
from bot.domain.text import folded, plain, searchable, without_end_marks

_THANKS: Final = (
    r"(?:(?:どうも|本当に|ほんとに|大変|"
    r"ありがとう?(?:ございま(?:す|した))?|感謝(?:します|です)?|助かり(?:ます|ました)|了解(?:です|しました)?|承知(?:しました)?|"
    r"(?:わ|分)かりました|お疲れ(?:様|さま)(?:です|でした)?|(?:many )?thanks?(?: you)?|thx|ty|cheers|got it|okay|ok|"
    r"(?:so|very) much|a lot|lecturebot|bot|ボット(?:さん)?)[ ,、。!〜~ー]*)+"
)


def is_thanks(text: str) -> bool:
    """Whether it only thanks or confirms, which needs no answer."""
    return re.fullmatch(_THANKS, without_end_marks(folded(text))) is not None


_GREETING: Final = (
    r"(?:(?:こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|はじめまして|初めまして|よろしく(?:お願い(?:し|いたし|致し)ます)?|"
    r"お願い(?:し|いたし|致し)ます|hi|hey|hello|good (?:morning|afternoon|evening)|there|everyone|all|lecturebot|bot)"
    r"[ ,、。!〜~ー]*)+"
)


def is_greeting(text: str) -> bool:
    """Whether it only greets or asks for help in general."""
    return re.fullmatch(_GREETING, without_end_marks(folded(text))) is not None


def _asked(japanese: str, english: str) -> re.Pattern[str]:
    """What finds any of these words in text as it is searched, where kana are hiragana; the English ones whole."""
    return re.compile(rf"{japanese}|(?<![a-z])(?:{english})(?![a-z])")


NO_DATA: Final = "no data"
"""What is asked for where the schedule says nothing about it: fees, certificates, cancelling a registration."""

_ASKED: Final = {
    NO_DATA: _asked(
        "参加費|聴講料|費用|料金|会費|無料|有料|いくら|修了証|証明書?|単位|懇親会|飲み会|予備知識|前提知識?|事前(?:知識|準備)|途中|遅れ|遅刻|早退|"
        "大?学(?:部|院)?生|一般の?人?|社会人|誰でも|きゃんせる|取り?消し?|欠席|領収書|食事|昼食|駐車場?|英語|日本語|何語|言語|通訳|字幕|"
        "質問(?=は|を|が|の|$)|持ち物|服装|途中退出|切れ|壊れ|開けま|見られま(?:せん)",
        "free|fees?|costs?|price|pay|certificates?|credits?|cancel(?:ling|ing|lation)?|unregister|withdraw|students?|"
        "undergrads?|undergraduates?|public|language|english|japanese|parking|lunch|dinner|banquet|party|"
        "prerequisites?|background|receipt|late|leave early|broken|dead link|bring|questions?",
    ),
    "howto": _asked(
        "おんらいん(?:で|での|の)?(?:参加|聴講)?(?:する|の)?(?:方法|には)?|"
        "(?:参加|聴講)(?:する|の)?(?:方法|仕方|には)|ずーむ|zoom|"
        "接続(?:先|方法|りんく|情報)?|配信|入室|ぱすわーど|ぱすこーど|みーてぃんぐ|撮影|録音|まいく|"
        "名前の表示|表示名|規則|るーる|まなー|注意事項",
        "(?:join|attend|participate)(?:ing)?(?: online)?|zoom|online|remote(?:ly)?|passcode|password|link to join|"
        "meeting|rules|webinar|microphone|mute",
    ),
    "materials": _asked(
        "資料|すらいど|動画|録画|びでお|ほわいとぼーど|板書|あーかいぶ|ゆーちゅーぶ|れじゅめ|じゅぴたー|のーと(?:ぶっく)?|"
        "見逃し|視聴|見(?:れ|られ)(?:る|ます)|こーど",
        "materials?|slides?|videos?|record(?:ings?|ed)|handouts?|watch|notebooks?|youtube|archives?|"
        "lecture notes|pdfs?",
    ),
    "calendar": _asked("かれんだー|予定表に|ぐーぐるかれんだー", "calendars?|ical|ics"),
    "notify": _asked("りまいんど|りまいんだー|通知|お知らせ", "remind(?: me|ers?)?|notif(?:y|ications?)"),
    "register": _asked(
        "参加登録|登録|申し?込(?:み|む|ん)?|締め?切り?|〆切|ふぉーむ|(?:参加|聴講|出席|受講)(?:したい|希望)|予約|"
        "間に合(?:う|い|わ)",
        "regist(?:er|ration|ering|ered)|sign(?:ing)?[ -]?up|deadlines?|forms?|rsvp|apply|book|enrol?l",
    ),
    "about": _asked(
        "主催|世話人|運営|問い?合わ?せ|連絡先|事務局|ほーむぺーじ|公式",
        "organi[sz]ers?|organi[sz]ed|contact|home ?page|web ?site|about (?:the|this) series",
    ),
    "help": _asked(
        "使い方|へるぷ|こまんど|何が(?:でき|出来)|機能", "help|commands?|what can you do|what do you do|how to use"
    ),
    "lectures": _asked(
        "一覧|すけじゅーる|日程表|(?:今後|これから)の(?:予定|講義|日程)|予定表|全部で|何回(?:あ|ま)",
        "schedule|program(?:me)?|list(?: of)?|lectures|talks|seminars|how many",
    ),
    "lecture": _asked(
        "いつ|何時間?|何日|日時|日程|日にち|時間|時刻|予定|どこ|どちら|場所|会場|教室|部屋|あくせす|行き方|地図|住所|"
        "誰|だれ|どなた|講師|講演者|内容|概要|てーま|題目|演題|たいとる|始ま|開始|終了|終わ|何(?:です|の|番)|やって?る|してる",
        "when(?:'s)?|where(?:'s)?|who(?:'s)?|what(?:'s)?|time|date|venue|place|location|address|"
        "rooms?(?! [a-z]?[0-9])|speakers?|title|abstract|topic|map|starts?|ends?|start time|until",
    ),
}
"""What is asked for by the words for it, in the order in which they count; all forms folded, so kana is hiragana."""

_GAP: Final = " | "
_OF_LECTURES: Final = frozenset(["next", "lecture", "materials", "lectures", "find", "register", "calendar"])
_OF_MANY: Final = frozenset(["lectures", "materials"])
_EVERYTHING: Final = re.compile("(?i)全部?|ぜんぶ|すべて|全て|全体|all|everything")
_WITHOUT_DATA: Final = frozenset(["", "lecture", "register", "howto", "about", "help", "next"])
"""Commands to which a question may be added that the schedule has no data for; elsewhere its words may be a topic."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a command, or `NO_DATA` for what no command tells; of which lectures; and the words that are not
    understood."""

    command: str
    parts: Segments
    kinds: tuple[MaterialKind, ...] = ()

    @property
    def line(self) -> str:
        """The command line that asks the same, without the words that are not understood."""
        which = self.parts.which
        if self.command == "lecture" and (not which or is_next(which)):
            return "next"
        if self.command == "notify":
            return "help notify"
        if self.command not in _OF_LECTURES:
            return self.command
        scope = self.parts.scope if self.command in _OF_MANY else ""
        return " ".join(filter(None, (self.command, scope, which, *self.kinds)))


def question(series: Series, text: str, now: datetime, command: str = "") -> Question | None:
    """What a plain sentence asks, or the argument of a `command`; None if it asks nothing that is known.

    In a sentence that asks for nothing in particular but names a lecture, the lecture is asked for.
    """
    written = plain(without_end_marks(text.strip().lstrip("/／")))
    if is_greeting(written):
        return Question("help", Segments())
    asked = [name for name, pattern in _ASKED.items() if any(_places(pattern, written))]
    if NO_DATA in asked and command not in _WITHOUT_DATA:
        asked.remove(NO_DATA)
    if command and (not asked or asked[0] == "lecture"):
        asked.insert(0, command)
    kinds, rest = kinds_meant(written) if "materials" in asked else ((), written)
    rest = plain(rest)
    for name in asked:
        if name in _ASKED and (name != "lectures" or asked[0] == name):
            rest = _without(_ASKED[name], rest)
    parts = segments(lecture_index(series), rest, series.today(now))
    if asked and asked[0] == NO_DATA and parts.unknown:  # “free” may be part of “free energy”
        asked = asked[1:] or [command]
        parts = segments(lecture_index(series), written, series.today(now))
    if not any(asked) and not (parts.which or parts.unknown):
        return None
    command = next(filter(None, asked), "lecture")
    if parts.scope and command not in _OF_MANY and not _EVERYTHING.fullmatch(parts.scope):
        parts = replace(parts, unknown=(*parts.unknown, parts.scope))
    return Question(command, parts, kinds)


def _places(pattern: re.Pattern[str], written: str) -> Iterator[tuple[int, int]]:
    """Where the words of a pattern stand in a text; not within a longer word in katakana."""
    same = searchable(written)
    for found in pattern.finditer(same):
        start, end = found.span()
        if len(same) != len(written) or not (_is_katakana(written, start - 1) and _is_katakana(written, start)):
            yield start, end


def _is_katakana(text: str, place: int) -> bool:
    return place >= 0 and "ァ" <= text[place] <= "ー"


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text with a gap for whatever fits the pattern in the form in which text is searched."""
    if len(searchable(text)) != len(text):  # a letter became two, so that places don't correspond
        text = searchable(text)
    for start, end in reversed([*_places(pattern, text)]):
        text = f"{text[:start]}{_GAP}{text[end:]}"
    return plain(text)
