"""The page's links: which is a form, which a material and of what kind, and where each leads."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from bot.domain.material_words import kind_of, says_in_preparation
from bot.domain.secret import Secret, secret_in
from bot.domain.text import one_line, plain
from bot.schedule.problems import RefusedValueError
from bot.schedule.scalars import address
from bot.sources.document import Anchor, Line
from bot.sources.fields.remarks import remarks_in, without_brackets

_FORM: Final = re.compile(
    r"参加登録|登録フォーム|申し?込み?|エントリー|regist|sign.?up|rsvp|anmeld|inscri|iscri|aanmeld|报名|報名|신청|등록",
    re.IGNORECASE,
)
_FORM_HOST: Final = re.compile(
    r"https?://(?:docs\.google\.com/(?:a/[^/]+/)?forms/|forms\.gle/|forms\.office\.com/|forms\.cloud\.microsoft/|"
    r"(?:[\w-]+\.)?zoom(?:gov)?\.(?:us|com)/(?:meeting|webinar)/register/|(?:www\.)?eventbrite\.[\w.]+/e/|"
    r"[\w-]+\.connpass\.com/event/|(?:[\w-]+\.)?doorkeeper\.jp/events/|(?:[\w-]+\.)?peatix\.com/event/|lu\.ma/|"
    r"pretix\.eu/)",
    re.IGNORECASE,
)
_NO_FORM: Final = re.compile(r"問い?合わ?せ|アンケート|contact|survey|questionnaire", re.IGNORECASE)
_MAP: Final = re.compile(r"案内図|地図|マップ|アクセス|交通|道順|会場案内|map|access|direction", re.IGNORECASE)
_GENERIC: Final = re.compile(
    r"(?:リンク|こちら|ここ|here|link|url|ダウンロード|download|pdf|https?://.*)", re.IGNORECASE
)
_ANNOUNCED: Final = re.compile(
    r"[\[(【「・\s]*+(?P<label>[^:()\[\]]{1,20}?)[\]】」\s]*+(?:\(\s*+\))?[:\s]*+[(\[]?\s*+(?P<said>[^:()\[\]]+?)(?<!\s)\s*+[)\]]?"
)
_GROUP: Final = re.compile(r"\([^()]{1,20}\)")
_PUNCTUATION: Final = re.compile(r"[\[\](){}<>【】「」『』|/,.、。・:;→☞*\-–—\s]*")
_NUMBERS: Final = re.compile(
    r"(?:第\s*+)?\d{1,4}\s*+回?(?:\s*+(?:[・,、&/~〜\-–—]|と|及び|および)\s*+第?\s*+\d{1,4}\s*+回?)*+"
)
_RANGE: Final = re.compile(r"(\d{1,4})\s*+回?\s*+[~〜\-–—]\s*+第?\s*+(\d{1,4})")
_SAFE: Final = "".join(chr(code) for code in range(0x21, 0x7F))
_MOST_SERVED: Final = 20
"""Lectures that one form may name as a range."""


@dataclass(frozen=True, slots=True)
class Leading:
    """Where a link leads: an absolute address, or the name of what is wrong with it."""

    url: str | None = None
    fault: str | None = None


def leading(
    anchor: Anchor, base: str | None, *, into_meeting: bool = False, check: Callable[[object], str] = address
) -> Leading:
    """The link's absolute address, which `check` looks at; a relative one is meant from `base`. `into_meeting` it leads
    only if that is so."""
    written = anchor.url.strip()
    if not written or written == "#":
        return Leading(fault="link.empty")
    secret = secret_in(written) or secret_in(anchor.label)
    if secret and not (into_meeting and secret is Secret.MEETING_LINK):
        return Leading(fault=f"secret.{secret}")
    try:
        absolute = written
        if not urlsplit(written).scheme:
            if base is None:
                return Leading(fault="link.relative")
            absolute = urljoin(base, written)
        return Leading(check(quote(absolute, safe=_SAFE)))
    except RefusedValueError as refused:
        name = refused.findings[0].name
        return Leading(fault=name if name in ("link.form_editor", "link.credentials") else "link.invalid")
    except ValueError:
        return Leading(fault="link.invalid")


def secret_of(line: Line) -> Secret | None:
    """What in the line must not be passed on, if anything."""
    return secret_in(line.source)


def label_of(anchor: Anchor) -> str:
    """The link's label without the brackets around it."""
    return without_brackets(anchor.label)


def is_map(anchor: Anchor) -> bool:
    """Whether the link shows where a place is."""
    return _MAP.search(plain(anchor.label)) is not None


def is_marked(anchor: Anchor) -> bool:
    """Whether the label stands in brackets of its own, as the page writes forms and materials: `[[スライド]](…)`."""
    return label_of(anchor) != one_line(anchor.label) and not is_generic(label_of(anchor))


def is_bare(anchor: Anchor) -> bool:
    """Whether the link shows its address, or says nothing about where it leads."""
    return is_generic(label_of(anchor)) or one_line(anchor.label) == anchor.url


def is_generic(label: str) -> bool:
    """Whether a label says nothing about what is linked."""
    return not label or _GENERIC.fullmatch(plain(label)) is not None


def is_form_link(anchor: Anchor) -> bool:
    """Whether the link is that of a registration form."""
    label = plain(anchor.label)
    if _NO_FORM.search(label):
        return False
    return _FORM.search(label) is not None or _FORM_HOST.match(anchor.url) is not None


def is_form(line: Line) -> bool:
    """Whether a form is linked in the line."""
    return any(map(is_form_link, line.anchors))


def is_survey(anchor: Anchor) -> bool:
    """Whether the link is that of a form that nobody registers with."""
    return _NO_FORM.search(plain(anchor.label)) is not None


def is_link_line(line: Line) -> bool:
    """Whether the line consists of links, with no more beside them than what is said of links."""
    if not line.anchors:
        return announced(line.text) is not None
    if is_form(line) or says_nothing(_GROUP.sub("", plain(line.beside))):
        return True
    return is_prepared(line.beside) or remarks_in(bare(line.beside)) is not None


def says_nothing(text: str) -> bool:
    """Whether there is nothing but punctuation."""
    return _PUNCTUATION.fullmatch(plain(text)) is not None


def bare(text: str) -> str:
    """Text without the punctuation around it."""
    return plain(text).strip("[](){}<>【】「」|/,、。・:;→☞*-–— ")


def is_prepared(text: str) -> bool:
    """Whether the text says that what is announced is not there yet."""
    return says_in_preparation(bare(text))


def announced(text: str) -> str | None:
    """The label of a material that is announced without any link, such as 「動画：準備中」."""
    said = plain(text)
    if len(said) > 60:
        return None
    found = _ANNOUNCED.fullmatch(said)
    if not found or not is_prepared(found["said"]) or kind_of(found["label"]) is None:
        return None
    return one_line(found["label"])


def lectures_in(label: str) -> tuple[str, ...]:
    """The ids of the lectures that a form's label names."""
    text = plain(label)
    found = next((each for each in _NUMBERS.finditer(text) if "第" in each[0] or "回" in each[0]), None)
    if not found:
        return ()
    numbers = {int(each) for each in re.findall(r"\d+", found[0])}
    for span in _RANGE.finditer(found[0]):
        first, last = int(span[1]), int(span[2])
        if first < last <= first + _MOST_SERVED:
            numbers |= set(range(first, last + 1))
    return tuple(str(each) for each in sorted(numbers))
