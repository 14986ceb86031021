"""The words by which people ask for something: the command that answers is found by them."""

from enum import StrEnum
from typing import Final

# Patterns are kept as texts: `re` compiles each when it is first needed, which an answer to a command never does.


def _asked(japanese: str, english: str) -> str:
    """What finds any of these words in text as it is searched, where kana are hiragana; the English ones whole."""
    return rf"{japanese}|(?<![a-z])(?:{english})(?![a-z])"


class Aspect(StrEnum):
    """What of a lecture is asked for, which the first line of the answer then says."""

    PLACE = "place"
    TIME = "time"
    SPEAKER = "speaker"


ASPECTS: Final = {
    Aspect.PLACE: _asked(
        "どこ|どちら|場所|会場|教室|部屋|あくせす|行き方|地図|住所",
        "where(?:'s)?|venue|place|location|address|rooms?(?! [a-z]?[0-9])|map",
    ),
    Aspect.TIME: _asked(
        "いつ|何時間?|どのくらい|どれくらい|何日|日時|日程|日にち|時間|時刻|始ま|開始|終了|終わ",
        "when(?:'s)?|time|date|how long|duration|starts?|ends?|start time|until",
    ),
    Aspect.SPEAKER: _asked("誰|だれ|どなた|講師|講演者", "who(?:'s)?|speakers?"),
}
"""The words for each aspect."""

NO_DATA: Final = "no data"
"""What is asked for where the schedule says nothing about it: fees, certificates, cancelling a registration."""

ASKED: Final = {
    NO_DATA: _asked(
        "参加費|聴講料|費用|料金|会費|無料|有料|いくら|修了証|証明書?|単位|懇親会|飲み会|予備知識|前提知識?|事前(?:知識|準備)|途中|遅れ|遅刻|早退|"
        "大?学(?:部|院)?生|一般の?人?|社会人|誰でも|きゃんせる|取り?消し?|欠席|領収書|食事|昼食|駐車場?|英語|日本語|何語|言語|通訳|字幕|"
        "質問(?=は|を|が|の|$)|持ち物|服装|途中退出|切れ|壊れ|開けま|見られま(?:せん)",
        "free|fees?|costs?|price|pay|certificates?|credits?|cancel(?:ling|ing|lation)?|unregister|withdraw|students?|"
        "undergrads?|undergraduates?|public|language|english|japanese|parking|lunch|dinner|banquet|party|"
        "prerequisites?|background|receipt|late|leave early|broken|dead link|bring|questions?",
    ),
    "materials": _asked(
        "資料|すらいど|動画|録画|びでお|ほわいとぼーど|板書|あーかいぶ|ゆーちゅーぶ|れじゅめ|じゅぴたー|のーと(?:ぶっく)?|"
        "見逃し|視聴|見(?:れ|られ)(?:る|ます)|こーど|論文|文献|文字起こし|書き起こし|議事録",
        "materials?|slides?|videos?|record(?:ings?|ed)|handouts?|watch|notebooks?|youtube|archives?|"
        "lecture notes|pdfs?|papers?|code|transcripts?|minutes",
    ),
    "howto": _asked(
        "おんらいん(?:で|での|の)?(?:参加|聴講)?(?:する|の)?(?:方法|には)?|"
        "(?:参加|聴講)(?:する|の)?(?:方法|仕方|には)|ずーむ|zoom|"
        "接続(?:先|方法|りんく|情報)?|配信|入室|ぱすわーど|ぱすこーど|みーてぃんぐ|撮影|録音|まいく|"
        "名前の表示|表示名|遠隔|りもーと|現地|対面|来場|めーる|届(?:き|か|く|い)|規則|るーる|まなー|注意事項",
        "(?:join|attend|participate)(?:ing)?(?: online)?|zoom|online|remote(?:ly)?|virtual(?:ly)?|from abroad|"
        "passcode|password|in[ -]person|on[ -]?site|link to join|meeting|rules|webinar|microphone|mute",
    ),
    "calendar": _asked(
        "かれんだー|予定表に|(?:ぐーぐる|google) ?かれんだー", "(?:google |outlook |apple )?calendars?|ical|ics"
    ),
    "notify": _asked("りまいんど|りまいんだー|通知|お知らせ", "remind(?: me|ers?)?|notif(?:y|ications?)"),
    "register": _asked(
        "参加登録|登録|申し?込(?:み|む|ん)?|締め?切り?|〆切|ふぉーむ|(?:参加|聴講|出席|受講)(?:したい|希望)|予約|"
        "間に合(?:う|い|わ)",
        "regist(?:er|ration|ering|ered)|sign(?:ing)?[ -]?up|deadlines?|forms?|rsvp|apply|book|enrol?l",
    ),
    "about": _asked(
        "主催|世話人|しりーず|運営|問い?合わ?せ|連絡先|事務局|ほーむぺーじ|公式",
        "organi[sz]e(?:rs?|s|d)?|series|contact|home ?page|web ?site|about (?:the|this) series",
    ),
    "help": _asked(
        "使い方|へるぷ|こまんど|何が(?:でき|出来)|機能", "help|commands?|what can you do|what do you do|how to use"
    ),
    "lectures": _asked(
        "一覧|すけじゅーる|日程表|(?:今後|これから)の(?:予定|講義|日程)|予定表|全部で|何回(?:あ|ま)",
        "schedule|program(?:me)?|list(?: of)?|lectures|talks(?! about)|seminars|how many",
    ),
    "lecture": "|".join(
        (
            *ASPECTS.values(),
            _asked(
                "予定|内容|概要|てーま|題目|演題|たいとる|何(?:です|の|番)|やって?る|してる",
                "what(?:'s)?|title|abstract|topic",
            ),
        )
    ),
}
"""What is asked for by the words for it, in the order in which they count; all forms folded, so kana is hiragana."""

ALLOWED: Final = _asked(
    "(?:録画|録音|撮影|公開|共有|転載|載せ)(?:し|を|て)*(?:も)?(?:いい|良い|よい|大丈夫|可能|でき)",
    "(?:can|may|allowed to|ok to) (?:i |we )?(?:record|film|photograph|share|post)",
)
"""Asks what the rules allow, and not for a recording."""
