"""What holds for every reply to every command, whatever the schedule and the moment."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from bot.cards.naming import reference
from bot.cards.people import names
from bot.commands.context import Reply, ReplyStatus
from bot.commands.parser import parse
from bot.commands.registry import COMMANDS
from bot.domain.deadlines import RegistrationState, registration_status
from bot.domain.language import LANGUAGES, Language
from bot.domain.lecture import Status
from bot.domain.message import Card
from bot.domain.series import Series
from bot.i18n import day_and_month, phrases
from tests.commands.transcripts import lines_offered, links, reply_to, spans, texts
from tests.domain import generated

_LONGEST_LINE = 94
"""Discord's custom ids hold 100 characters, of which a prefix takes a few."""


def _lines(series: Series) -> list[str]:
    """Every kind of command line that a member may send."""
    which = ["", "next", "last", "zzz", "99", "入門", "takigawa", *(str(each.number) for each in series.lectures)]
    asked = [f"{command} {each}" for command in ("lecture", "materials", "register", "calendar") for each in which]
    asked += [f"lecture {each} part=abstract" for each in which]
    asked += [f"lectures {scope}" for scope in ("", "upcoming", "past", "all", "soon")]
    asked += ["materials page=2", "lectures all page=2", "find", "find zzz", "find model", "find 話", "find 話 page=2"]
    asked += ["next", "howto", "about", "help", "", "clock +1d", "nxt", "zzz"]
    return asked


@st.composite
def _moments(draw: st.DrawFn) -> tuple[Series, datetime]:
    series = draw(generated.series())
    return series, draw(generated.instants(series))


def _replies(series: Series, now: datetime, language: Language) -> Iterator[tuple[str, Reply]]:
    for line in _lines(series):
        yield line, reply_to(line, series, now, language)


@generated.thorough
@given(_moments(), st.sampled_from(LANGUAGES))
def test_a_form_appears_only_while_registration_is_open_and_names_its_lecture(
    moment: tuple[Series, datetime], language: Language
) -> None:
    series, now = moment
    say = phrases(language)
    labels: set[tuple[str, str]] = set()
    for lecture in series.lectures:
        status = registration_status(series, lecture, now)
        if status.form and status.state in (RegistrationState.OPEN, RegistrationState.CLOSING_SOON):
            day = day_and_month(lecture.day, language) if lecture.day else say("date.undecided")
            speaker = names(lecture.speakers, say) if lecture.speakers else say("speaker.undecided")
            label = say("registration.form", lecture=reference(lecture, say), day=day, speaker=speaker)
            labels.add((say("registration.form_for_all") if status.form.is_for_all else label, status.form.url))
    for _, reply in _replies(series, now, language):
        forms = {(link.label, link.url) for link in links(reply) if link.url.startswith("https://forms.example/")}
        assert forms - labels == set()
        assert [text for text in texts(reply) if "forms.example" in text] == []


@generated.thorough
@given(_moments(), st.sampled_from(LANGUAGES))
def test_the_card_of_a_lecture_shows_its_form_whenever_it_can_be_used(
    moment: tuple[Series, datetime], language: Language
) -> None:
    series, now = moment
    for lecture in series.lectures:
        form = registration_status(series, lecture, now).form
        for command in ("lecture", "register"):
            card = next(each for each in reply_to(f"{command} {lecture.id}", series, now, language).parts)
            assert isinstance(card, Card)
            assert [link.url for link in card.links] == ([form.url] if form else [])


@generated.thorough
@given(_moments(), st.sampled_from(LANGUAGES))
def test_every_reply_says_something_and_leads_only_to_what_can_be_answered(
    moment: tuple[Series, datetime], language: Language
) -> None:
    series, now = moment
    offered: set[str] = set()
    for _, reply in _replies(series, now, language):
        assert reply.headline.strip() != ""
        assert [each for each in spans(reply) if each in ("", "None")] == []
        offered.update(lines_offered(reply))
    for line in offered:
        assert len(line) <= _LONGEST_LINE
        assert parse(line).line == line
        if not parse(line).spec.acts:  # what acts is tried out in test_notify.py
            assert reply_to(line, series, now, language).outcome == ReplyStatus.DONE


@generated.thorough
@given(_moments(), st.sampled_from(LANGUAGES))
def test_the_line_of_a_reply_gives_the_same_reply_again(moment: tuple[Series, datetime], language: Language) -> None:
    series, now = moment
    for _, reply in _replies(series, now, language):
        if reply.line is not None:
            assert reply_to(reply.line, series, now, language) == reply


@generated.thorough
@given(_moments(), st.sampled_from(LANGUAGES), st.data())
def test_no_reply_changes_before_the_next_change(
    moment: tuple[Series, datetime], language: Language, data: st.DataObject
) -> None:
    series, now = moment
    start, step = now.astimezone(UTC), timedelta(microseconds=1)
    unchanged = (series.next_change(now).astimezone(UTC) - start) // step
    later = start + data.draw(st.integers(0, unchanged - 1)) * step
    for line, reply in _replies(series, now, language):
        assert reply_to(line, series, later, language) == reply


@generated.thorough
@given(_moments())
def test_both_languages_give_the_same_outcome_and_offer_the_same(moment: tuple[Series, datetime]) -> None:
    series, now = moment
    for line in _lines(series):
        ja, en = (reply_to(line, series, now, language) for language in LANGUAGES)
        assert (ja.outcome, _addresses(ja)) == (en.outcome, _addresses(en))
        if "part=abstract" not in line:
            assert [each for each in lines_offered(ja) if "part=" not in each] == [
                each for each in lines_offered(en) if "part=" not in each
            ]


_CALENDARS = ("https://calendar.google.com/", "https://outlook.office.com/")
_IN_WORDS = frozenset({"text", "details", "subject", "body", "location"})
"""What links to calendars on the web carry in the reader's language."""


def _addresses(reply: Reply) -> list[str]:
    """Where its links lead; of those to calendars all but the texts that they carry."""
    return [_without_words(link.url) if link.url.startswith(_CALENDARS) else link.url for link in links(reply)]


def _without_words(address: str) -> str:
    parts = urlsplit(address)
    carried = [each for each in parse_qsl(parts.query, strict_parsing=True) if each[0] not in _IN_WORDS]
    return parts._replace(query=urlencode(carried)).geturl()


def _japanese(text: str) -> list[str]:
    return [
        each for each in text if unicodedata.name(each, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH"))
    ]


_ECHOED = ("入門", "話")
"""What the person typed, and what is therefore said back as it is."""


@generated.thorough
@given(_moments())
def test_an_english_reply_about_a_bilingual_series_holds_no_japanese(moment: tuple[Series, datetime]) -> None:
    series, now = moment
    for _, reply in _replies(series, now, "en"):
        for text in texts(reply):
            for echoed in _ECHOED:
                text = text.replace(f"“{echoed}”", "")
            assert _japanese(text) == []


_ENGLISH_STAYS = {
    "Google",
    "Outlook",
    *(spec.name for spec in COMMANDS),
    *(choice for spec in COMMANDS for parameter in spec.parameters for choice in parameter.choices),
    *("last", "ics", "1d", "zzz", "model", "takigawa", "nxt", "soon"),
}
"""Commands and what the person typed, which stay as they are typed in any language."""


@generated.thorough
@given(_moments())
def test_a_japanese_reply_about_a_bilingual_series_holds_no_english(moment: tuple[Series, datetime]) -> None:
    series, now = moment
    for _, reply in _replies(series, now, "ja"):
        for text in texts(reply):
            words = "".join(each if each.isascii() and each.isalnum() else " " for each in text).split()
            assert [each for each in words if not each.isdecimal() and each not in _ENGLISH_STAYS] == []


@generated.thorough
@given(_moments(), st.sampled_from(LANGUAGES))
def test_a_title_to_be_announced_is_never_shown_as_a_title(moment: tuple[Series, datetime], language: Language) -> None:
    series, now = moment
    bare = replace(series, lectures=tuple(replace(each, title=None, title_tentative=True) for each in series.lectures))
    say = phrases(language)
    over = {lecture.id for lecture in bare.past(now)}
    over |= {lecture.id for lecture in bare.lectures if lecture.status is Status.CANCELLED}
    headings = {
        each.id: say(
            "lecture.heading_without_title" if each.id in over else "lecture.heading_untitled",
            lecture=reference(each, say),
        )
        for each in bare.lectures
    }
    for lecture in bare.lectures:
        for command in ("lecture", "register"):
            card = reply_to(f"{command} {lecture.id}", bare, now, language).parts[0]
            assert card.title == headings[lecture.id]
    listed = reply_to("lectures all", bare, now, language)
    for option in listed.choice.options if listed.choice else ():
        assert option.label == headings[option.line.split()[1]]


@generated.thorough
@given(_moments(), st.sampled_from([spec.name for spec in COMMANDS]), st.text(max_size=120), st.sampled_from(LANGUAGES))
def test_whatever_is_typed_gets_an_answer(
    moment: tuple[Series, datetime], command: str, rest: str, language: Language
) -> None:
    series, now = moment
    reply = reply_to(f"{command} {rest}", series, now, language)
    assert reply.headline.strip() != ""
    assert [line for line in lines_offered(reply) if len(line) > _LONGEST_LINE] == []
    assert [each for each in links(reply) if not each.url.startswith("https://")] == []
