"""Meeting links and passcodes, which go by mail to those registered: the bot takes in, keeps and repeats none of them.

What is looked for is the secret itself: a link into a meeting, a meeting's number, a passcode that is written out.
Sentences that only speak of them (「Zoom の URL とパスワードはメールでお送りします」) are none of its business.
"""

import re
import unicodedata
from enum import StrEnum
from typing import Final
from urllib.parse import unquote


class Secret(StrEnum):
    """What was found in a text that must not be passed on."""

    MEETING_LINK = "meeting_link"
    MEETING_ID = "meeting_id"
    PASSCODE = "passcode"


_HINTS: Final = (
    *("zoom", "teams.", "meet.", "co/meet", "webex", "meeting", "webinar", "pass", "pwd", "pw:", "pw ", "pw="),
    *("id:", "id :", "id=", "id =", "%2", "%3", "@"),
    *("パスコ", "パス コ", "パスワ", "パス ワ", "パス:", "パス :", "パス=", "パス =", "パス("),  # but not キャンパス
    *("会議i", "会議 i", "会議の", "会議番", "会議 番", "暗証", "ミーティング", "ウェビナー", "ズーム"),
)
"""What every secret contains one of, and few other texts do; looked for first, because that is fast."""

_MEETING_LINK: Final = re.compile(
    r"zoom(?:gov)?\.(?:us|com|com\.cn)/(?:j|my|w|s|wc|u)/"
    r"|zoom(?:mtg|us|phonecall)://"
    r"|teams\.(?:microsoft|live)\.(?:com|us)/\S*(?:meetup-join|meet/)"
    r"|meet\.google\.com/(?:lookup/\w|[a-z]{3}-?[a-z]{4}-?[a-z]{3})"
    r"|\bg\.co/meet/\w"
    r"|webex\.com/(?:(?:meet|join|m|wbxmjs)/|\S*(?:[jeg]\.php|mtid=))"
    r"|\bmeet\.jit\.si/\w"
    r"|[?&;]pwd=\S",
    re.IGNORECASE,
)
_MEETING_ID: Final = re.compile(
    r"(?:(?:meeting|webinar|zoom|ミーティング|会議|ウェビナー|ズーム)\s*の?\s*(?:id|number|no\.?|番号)|\bid\s*[:=])"
    r"[^\d\n]{0,12}\d{3,4}[ -]?\d{3,4}[ -]?\d{3,5}(?!\d)"
    r"|(?:zoom|ズーム)\s*[:=]?\s*\d{3}[ -]\d{3,4}[ -]\d{4}(?!\d)",
    re.IGNORECASE,
)
_NAME: Final = r"パス\s?コード|パス\s?ワード|暗証番号|(?<![a-z])(?:pass\s?codes?|pass\s?words?|passwd|pwd)(?![a-z])"
_REMARK: Final = r"\s*(?:\([^()\n]{0,20}\))?\s*"
_WORD: Final = r"[「『\"'`<(\[]*([!-~]{3,})"
_ASSIGNED: Final = re.compile(
    rf"(?:{_NAME}|パス|(?<![a-z])(?:pass|pw)){_REMARK}[:=]\s*{_WORD}[ \t]*(\S?)", re.IGNORECASE
)
_SPOKEN: Final = re.compile(rf"(?:{_NAME}){_REMARK}(?:は|is|→|-|\s|(?=[「『\"'`]))\s*{_WORD}", re.IGNORECASE)
_CREDENTIALS: Final = re.compile(r"://[^\s/@:]+:[^\s/@]+@")
_HARMLESS: Final = frozenset({"later", "mail", "e-mail", "email", "n/a", "no", "none", "required", "tba", "tbd", "yes"})
_MASK: Final = re.compile(r"[*xX._?-]+")


def may_hold_secret(text: str) -> bool:
    """Whether a text needs the closer look; for large amounts of text, of which almost all need none."""
    return _hinted(unicodedata.normalize("NFKC", text))


def secret_in(text: str) -> Secret | None:
    """What in the text must not be passed on, if anything: of which kind it is, never the secret itself."""
    plain = unicodedata.normalize("NFKC", text)
    if not _hinted(plain):
        return None
    if _MEETING_LINK.search(plain) or _MEETING_LINK.search(unquote(unquote(plain))):
        return Secret.MEETING_LINK
    if _MEETING_ID.search(plain):
        return Secret.MEETING_ID
    return Secret.PASSCODE if _CREDENTIALS.search(plain) or _has_passcode(plain) else None


def _hinted(plain: str) -> bool:
    lowered = plain.lower()
    return any(hint in lowered for hint in _HINTS)


def _has_passcode(text: str) -> bool:
    for found in _ASSIGNED.finditer(text):
        word, following = found[1].strip("\"'`<>()[].,;:!"), found[2]
        if _looks_made_up(word) or (not following and word and not _is_harmless(word)):
            return True
    return any(_looks_made_up(found[1].strip("\"'`<>()[].,;:!")) for found in _SPOKEN.finditer(text))


def _looks_made_up(word: str) -> bool:
    """Whether a word is none of any language: it has a digit, or capitals where there should be none."""
    if len(word) < 4 or word.lower().startswith(("http://", "https://")):
        return False
    inside = word[1:]
    return any(letter.isdigit() for letter in word) or (inside != inside.lower() and word != word.upper())


def _is_harmless(word: str) -> bool:
    return word.lower() in _HARMLESS or _MASK.fullmatch(word) is not None
