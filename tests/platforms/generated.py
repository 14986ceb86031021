"""Messages of whatever can be said, for what must hold of each on every platform."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from bot.commands.context import Reply
from bot.domain.message import Action, Card, Choice, Entry, Fact, File, Link, Listing, Option, Section, Tone, When

_DEVIOUS = (
    *("\u202e", "\u2066", "\x00", "\x1b[31m", "\r\n", "\u2028", "\u200b", "\u0301", "\ufeff"),
    *("👩\u200d👩\u200d👧", "🇯🇵", "𠮷" * 60, "文です。", "word ", "あ" * 90, "\n" * 9, " "),
    *("@everyone", "@here", "<!here>", "https://a.example/b_c", "&amp;", "<", ">", "\\"),
)
"""What troubles any platform: controls, directions, joined characters, many units, mentions."""


def texts(*pieces: str) -> st.SearchStrategy[str]:
    """Texts with `pieces`, which a platform might take for more than text, in between."""
    return st.lists(st.sampled_from([*_DEVIOUS, *pieces]) | st.text(st.characters(), max_size=8), max_size=6).map(
        "".join
    )


def replies(text: st.SearchStrategy[str], url: st.SearchStrategy[str]) -> st.SearchStrategy[Reply]:
    """Replies of such texts and addresses, some of them longer than any message may be."""
    moment = st.datetimes(datetime(1960, 1, 1), datetime(2400, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
    day = st.dates(date(1960, 1, 1), date(2400, 1, 1))
    when = st.builds(When, moment | day) | st.builds(When, moment, moment)
    link = st.builds(Link, text, url)
    run = st.lists(text | when | link, max_size=4).map(tuple)
    card = st.builds(
        Card,
        text,
        notices=_some(run),
        facts=_some(st.builds(Fact, text, run)),
        body=_some(run),
        links=_some(link, 30),
        tone=st.sampled_from(Tone),
    )
    listing = st.builds(Listing, text, _some(st.builds(Entry, text, _some(run))))
    part = card | listing | st.builds(Section, text, _some(run), bulleted=st.booleans())
    return st.builds(
        Reply,
        text,
        parts=_some(part, 12) | st.lists(part, min_size=1, max_size=1).map(lambda few: tuple(few * 60)),
        choice=st.none() | st.builds(Choice, text, _some(st.builds(Option, text, text, text), 110)),
        actions=_some(st.builds(Action, text, text), 30),
        file=st.none() | st.just(File("a.ics", "text/calendar", b"x")),
        note=st.none() | text,
        line=st.none() | text,
    )


def _some(of: st.SearchStrategy[Any], most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)
