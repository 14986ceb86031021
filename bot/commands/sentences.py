"""Plain sentences, such as 「瀧先生の回はいつ？」 or “where is lecture 9?”: the command line that asks the same."""

import re
from datetime import datetime
from typing import Final

from bot.commands.lookup import is_next, names_something
from bot.commands.material_kinds import kinds_meant
from bot.commands.wording import essential, is_empty, nearest_core
from bot.domain.periods import period
from bot.domain.series import Series
from bot.domain.text import folded, one_line, plain, searchable, without_end_marks

_THANKS: Final = (
    r"(?:(?:どうも|本当に|ほんとに|大変|"
    r"ありがとう?(?:ございま(?:す|した))?|感謝(?:します|です)?|助かり(?:ます|ました)|了解(?:です|しました)?|承知(?:しました)?|"
    r"(?:わ|分)かりました|お疲れ(?:様|さま)(?:です|でした)?|(?:many )?thanks?(?: you)?|thx|ty|cheers|got it|okay|ok|"
    r"(?:so|very) much|a lot|lecturebot|bot|ボット(?:さん)?)[ ,、。!〜~ー]*)+"
)


def is_thanks(text: str) -> bool:
    """Whether it only thanks or confirms, which needs no answer."""
    return re.fullmatch(_THANKS, without_end_marks(folded(text))) is not None


def _asked(japanese: str, english: str) -> str:
    """What finds any of these words in text as it is searched, where kana are hiragana; the English ones whole."""
    return rf"{japanese}|(?<![a-z])(?:{english})(?![a-z])"


_ASKED: Final = {
    "materials": _asked(
        "資料|すらいど|動画|録画|びでお|ほわいとぼーど|板書", "materials?|slides?|videos?|recordings?|handouts?"
    ),
    "register": _asked(
        "参加登録|登録|申し?込み?|締め?切り?|ふぉーむ|(?:参加|聴講)したい|間に合(?:う|います)",
        "regist(?:er|ration|ering)|sign(?:ing)?[ -]up|deadlines?|forms?|rsvp",
    ),
    "howto": _asked(
        "おんらいん(?:で)?(?:の)?(?:参加|聴講)?(?:する|の)?(?:方法|には)?|(?:参加|聴講)(?:する|の)?(?:方法|仕方|には)|ずーむ",
        "(?:join|attend|participate)(?: online)?|zoom|online",
    ),
    "calendar": _asked("かれんだー", "calendars?|ical|ics"),
    "notify": _asked("りまいんど|通知", "remind(?: me|ers?)?|notif(?:y|ications?)"),
    "help": _asked("使い方|へるぷ|こまんど", "help|commands?"),
    "lectures": _asked(
        "一覧|すけじゅーる|日程表|今後の(?:予定|講義|日程)|予定表", "schedule|list(?: of)?|lectures|talks|seminars"
    ),
    "lecture": _asked(
        "いつ|何時|何日|日時|日程|時間|予定|どこ|場所|会場|教室|あくせす|行き方|地図|"
        "誰|だれ|どなた|講師|講演者|内容|概要|てーま|題目|たいとる|何(?:です|の)",
        "when(?:'s)?|where(?:'s)?|who(?:'s)?|what(?:'s)?|time|date|venue|place|location|rooms?(?! [a-z]?[0-9])|"
        "speakers?|title|abstract|topic|map",
    ),
}
"""What is asked for by the words for it, in the order in which they count; all forms folded, so kana is hiragana."""


_GAP: Final = "|"
_BETWEEN: Final = re.compile(r"\s+|(?<=[^ぁ-ゖ])[はがをにで](?=[^ぁ-ゖ])")


def line_meant(series: Series, text: str, now: datetime) -> str | None:
    """The command line that a plain sentence stands for; None if it is not understood.

    Words that are neither understood nor empty are part of the line, so that its answer speaks of them.
    """
    written = without_end_marks(text.strip().lstrip("/／"))
    said = searchable(written)
    command = next((name for name, pattern in _ASKED.items() if re.search(pattern, said)), None)
    if command is None:
        return _line_of_lecture(series, written, now)
    if command in ("howto", "help"):
        return command
    if command == "notify":
        return "help notify"
    kinds, rest = kinds_meant(written) if command == "materials" else ((), written)
    which = _naming(series, _which(series, rest, command, now), now)
    if command == "lecture":
        return f"lecture {which}" if which and not is_next(which) else "next"
    return " ".join(filter(None, (command, which, *kinds)))


def _which(series: Series, written: str, command: str, now: datetime) -> str:
    """What is left of a sentence without the words for what is asked and those around it."""
    rest = plain(written)
    for name, pattern in _ASKED.items():
        if name != "lectures" or command == "lectures":
            rest = _without(pattern, rest)
    whole = one_line(rest.replace(_GAP, " "))
    if period(whole, series.today(now)):  # “May 20” is one thing, and `may` another
        return whole
    return " ".join(nearest_core(piece) for piece in rest.split(_GAP) if not is_empty(piece))


def _naming(series: Series, which: str, now: datetime) -> str:
    """The parts that name a lecture or a date, unless all of it does or nothing: what else there is may be a verb."""
    if names_something(series, which, now):
        return which
    parts = [part for part in _BETWEEN.split(which) if part and names_something(series, part, now)]
    return " ".join(parts) or which


def _without(pattern: str, text: str) -> str:
    """The text with a gap for whatever fits the pattern in the form in which text is searched."""
    same = searchable(text)
    if len(same) != len(text):  # a letter became two, so that places don't correspond
        return re.sub(pattern, _GAP, same)
    for found in reversed(list(re.finditer(pattern, same))):
        text = f"{text[: found.start()]}{_GAP}{text[found.end() :]}"
    return text


def _line_of_lecture(series: Series, written: str, now: datetime) -> str | None:
    """The line for a sentence that only names a lecture or a date."""
    which = essential(written)
    if not which:
        return None
    if is_next(which):
        return "next"
    return f"lecture {nearest_core(written)}" if names_something(series, written, now) else None
