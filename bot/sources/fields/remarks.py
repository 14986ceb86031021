"""Text of the page: joined, trimmed, and the remarks that stand beside its values."""

import re
from enum import StrEnum
from typing import Final

from bot.domain.text import one_line, plain

_WIDE: Final = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_OPENING: Final = "(（[［【「『<〈《"
_CLOSING: Final = ")）]］】」』>〉》"
_LOOSE: Final = " \t\u3000,，、;；:：/／|｜"


def joined(before: str, after: str) -> str:
    """Two lines of one sentence in one line: between Japanese characters without a space."""
    before, after = before.rstrip(), after.lstrip()
    if not before or not after:
        return before + after
    return before + ("" if _WIDE.match(before[-1]) or _WIDE.match(after[0]) else " ") + after


def trimmed(text: str) -> str:
    """Text without the punctuation that is left at its ends when something was taken out of it."""
    return one_line(text.lstrip(_LOOSE + _CLOSING).rstrip(_LOOSE + _OPENING))


def without_brackets(text: str) -> str:
    """Text without brackets around all of it, such as those of 「[スライド]」, and without a colon at its end."""
    text = one_line(text).rstrip(":：").rstrip()
    while len(text) > 1 and text[0] in _OPENING and text[-1] == _CLOSING[_OPENING.index(text[0])]:
        if text[0] in text[1:] and text.find(text[-1]) < text.rfind(text[0]):
            break  # 「(a) b (c)」
        text = text[1:-1].strip().rstrip(":：").rstrip()
    return text


class Remark(StrEnum):
    """Something said beside a value."""

    TENTATIVE = "tentative"
    FULL = "full"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    ROOM_UNDECIDED = "room_undecided"
    UNDECIDED = "undecided"
    NOTICE = "notice"
    """Made known by the bot itself where it is due, such as another venue than usual."""


UNSETTLED: Final = frozenset({Remark.TENTATIVE, Remark.UNDECIDED})
"""What is said of a title or a speaker."""

_LATER: Final = (
    r"t\.?b\.?[acd]|(?:to|will) be (?:announced|determined|decided|confirmed|added|posted|provided)|coming soon|"
    r"not yet (?:decided|announced|available)|未定|未確定|調整中|検討中|準備中|確認中|交渉中|後日|追って|追記|"
    r"(?:日程|詳細|場所|会場|教室|題目|決まり|決定|確定|判明)?(?:が|は)?(?:決まり|決定し?|確定し?|判明し?)?次第"
)
_SAID_LATER: Final = re.compile(
    rf"(?:(?:詳細|新しい日程|日程|所属|日時|時間|場所|会場|教室|講義室|題目|タイトル|講師|概要|内容)(?:等|など)?(?:に?ついて)?(?:は|が|も)?[、,]?)?"
    rf"(?:{_LATER})(?:です|となります|となっています)?"
    rf"(?:[。.、,\s(].*|に?(?:(?:ご|お)?(?:連絡|知らせ|案内)|更新|掲載|発表|公開|追記|決定|記載).*)?",
    re.IGNORECASE,
)
_LATER_ABROAD: Final = re.compile(
    r"(?:(?:thema|titel|termin|datum|uhrzeit|ort|raum|referent\w{0,4}|vortragende\w?)\s)?(?:wird\s|ist\s)?(?:noch\s)?"
    r"(?:offen|unbekannt|folgt|bekannt\s?gegeben|nicht\sbekannt)|n\.?\s?n\.?|"
    r"à\s(?:venir|préciser|confirmer|déterminer|annoncer)|por\s(?:determinar|confirmar|anunciar|definir)|"
    r"da\s(?:definire|confermare|annunciare|stabilire)|a\s(?:definir|confirmar|anunciar)|"
    r"nog\s(?:niet\sbekend|te\sbepalen|onbekend)|待定|待通知|待公布|미정|추후\s?공지",
    re.IGNORECASE,
)
"""The same in other languages, where it is all that is said: a title may well begin so."""

_NOTHING: Final = re.compile(r"[-–—―?？…・.~〜]*")
_PLACEHOLDER: Final = re.compile(r"(?<![A-Za-z])[xX]{2,}(?![A-Za-z])|[○〇●◯]{2,}|[?？]{2,}")
_LONGEST: Final = 80
"""Characters of a remark, or of a sentence that does nothing but say that something is undecided."""

_WHICH: Final = r"教室|部屋|講義室|会議室|会場|号室|場所|建物"
_IF: Final = re.compile(r"場合|可能性|こともあ|恐れ|may\b", re.IGNORECASE)
_PATTERNS: Final = tuple(
    (remark, re.compile(pattern, re.IGNORECASE))
    for remark, pattern in (
        (Remark.ROOM_UNDECIDED, rf"(?:{_WHICH}).{{0,12}}?(?:{_LATER}).*"),
        (Remark.UNDECIDED, rf"(?:開始|終了)?(?:時間|時刻).{{0,12}}?(?:{_LATER}).*"),
        (
            Remark.FULL,
            r".*?(?:定員に(?:達し|なり)|満席|満員|オンラインで?のみ.{0,80}参加|(?:対面|会場).{0,80}?(?:締め?切|受付.{0,40}終了)).*",
        ),
        (Remark.FULL, r"(?:in.person|on.?site|room).{0,12}\bfull|fully booked|sold out"),
        (
            Remark.TENTATIVE,
            r"仮|仮題|仮タイトル|仮予定|(?:開催|会場|日程)?予定|暫定|(?:日程)?(?:調整中|未確定)|tentative|provisional",
        ),
        (Remark.TENTATIVE, r".{0,16}変更(?:に?なる|する|される|の)?(?:可能性|場合|こと)(?:が|も)(?:あ|ご?ざい).*"),
        (
            Remark.POSTPONED,
            r"(?:開催)?延期(?:となりました|になりました|します|いたします|しました|いたしました|です)?|postponed|"
            r"(?:wird )?verschoben|reportée?|aplazad[oa]|pospuest[oa]|rinviat[oa]|posticipat[oa]|adiad[oa]|uitgesteld|"
            r"verzet|推迟|改期|연기",
        ),
        (Remark.POSTPONED, r"(?>.*?延期(?:と(?:なり|いたし|し)|になり|し|いたし))(?>.*?ま(?:す|した)).*"),
        (
            Remark.CANCELLED,
            r"(?:開催)?中止(?:となりました|になりました|します|いたします|しました|いたしました|です)?|cancell?ed|"
            r"abgesagt|entfällt|fällt (?:leider )?aus|annulée?|supprimée?|cancelad[oa]|suspendid[oa]|annullat[oa]|"
            r"geannuleerd|afgelast|gaat niet door|(?:已)?取消|취소",
        ),
        (Remark.CANCELLED, r"(?>.*?中止(?:と(?:なり|いたし|し)|になり|し|いたし))(?>.*?ま(?:す|した)).*"),
        (
            Remark.NOTICE,
            r".*(?:異なり|異なる|ご注意|注意してください|お間違え|変更(?:に?なり|し|いたし|され)まし|(?:日程|会場|教室)?変更(?:あり|後)?$).*",
        ),
        (Remark.NOTICE, r"not the usual venue"),
        (Remark.NOTICE, r"new|更新|終了|終了しました|開催済み?|済み?|祝日?|休日|日本時間|jst"),
    )
)
_GROUP: Final = re.compile(r"[(（\[［【〔<]([^()（）\[\]［］【】〔〕<>]*)[)）\]］】〕>]")
_LOUD: Final = re.compile(r"(?:^|(?<=[\s。、]))(?:※|[!！]{2,}|→)\s*([^※]*)$")
_PIECES: Final = re.compile(r"[、,，;；。/／\s]+")


def is_undecided(text: str) -> bool:
    """Whether the text says no more than that a value is not known yet."""
    said = plain(text).strip("*!()[]【】 ")
    return says_later(said) or (len(said) <= _LONGEST and _PLACEHOLDER.search(said) is not None)


def says_later(text: str) -> bool:
    """Whether a line is empty or puts off what it should say, as 「TBA」 and 「決まり次第お知らせします」 do."""
    said = plain(text).strip("*!()[]【】 ")
    if not said or _NOTHING.fullmatch(said):
        return True
    if len(said) > _LONGEST:
        return False
    return bool(_SAID_LATER.fullmatch(said) or _LATER_ABROAD.fullmatch(said.rstrip(".…").rstrip()))


def remark(text: str) -> Remark | None:
    """What a text outside of values says, if it is one of the things that are said there."""
    said = plain(text).strip("*!※→ ()[]【】<>。.")
    if not said:
        return Remark.NOTICE
    if len(said) > _LONGEST:
        return None
    for kind, pattern in _PATTERNS:
        if pattern.fullmatch(said) and not (kind in (Remark.POSTPONED, Remark.CANCELLED) and _IF.search(said)):
            return kind
    return Remark.UNDECIDED if is_undecided(said) and not (" " in said and _PLACEHOLDER.search(said)) else None


def remarks_in(text: str) -> frozenset[Remark] | None:
    """What a text of remarks says; None if some of it is none."""
    pieces = [remark(piece) for piece in _PIECES.split(text) if piece.strip()]
    if pieces and all(pieces):
        return frozenset(each for each in pieces if each)
    whole = remark(text)
    return frozenset({whole}) if whole else None


def without_remarks(text: str, *, among: frozenset[Remark] = frozenset(Remark)) -> tuple[str, frozenset[Remark]]:
    """The text without the remarks in it, and what those say: after 「※」 any, in brackets those `among` these.

    A title may well have brackets of its own, in which something is 「異なる」.
    """
    said: set[Remark] = set()

    def silenced(found: re.Match[str], kinds: frozenset[Remark]) -> str:
        inside = remarks_in(found[1]) if found[1].strip() else None
        if inside is None or not inside <= kinds:
            return found[0]
        said.update(inside)
        return " "

    rest = _GROUP.sub(lambda found: silenced(found, among), text)
    loud = _LOUD.search(rest, max(rest.rfind("※"), 0))  # it has no other such sign in it
    if loud:
        rest = rest[: loud.start()] + silenced(loud, frozenset(Remark))
    return (trimmed(rest) if said else text.strip()), frozenset(said)
