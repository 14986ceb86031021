"""Series of each kind of registration: what the bot says of it in answers, posts, mails and calendars, and what not."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.announcements.events.desired import desired_events
from bot.announcements.texts.digest import digest
from bot.app.plan import previewed
from bot.app.rehearse import rehearse
from bot.cards.view import View
from bot.commands.registry import COMMANDS
from bot.domain.language import LANGUAGES, Language
from bot.domain.series import Series
from bot.exports.ics import calendar
from bot.exports.mail import mail
from bot.exports.page import page_part
from bot.options import Options
from bot.platforms.terminal.rendering import plain_text
from bot.schedule.reader import read
from tests.commands.acting import MODERATOR, counter
from tests.commands.transcripts import reply_to, transcript
from tests.examples import BERLIN, TOKYO, at

_NAMES = "name: {en: Harbour Seminar on Waves, ja: 波のセミナー}, timezone: Europe/Berlin, language: en"
_LECTURES = """\
lectures:
  - {number: 1, starts: "2030-04-04T16:00", ends: 17:00, speaker: Ada Brook, title: Ripples, mode: hybrid, venue: Pier House}
  - {number: 2, starts: "2030-04-18T16:00", ends: 17:00, speaker: Ben Cliff, title: Tides, mode: hybrid, venue: Pier House}
  - number: 3
    starts: 2030-05-02T16:00
    speaker: Cleo Dune
    title: Swell
    mode: online
    venue: Pier House
    join: https://videos.example/live
"""  # noqa: E501
_ZOOM = "https://us02web.zoom.us/j/12345678901?pwd=abcDEF"
OPEN = f"series: {{{_NAMES}, meeting_links: public, join: '{_ZOOM}'}}\n{_LECTURES}"
"""Everybody walks in, or joins by a link that the organizers publish."""

_FORMS = """\
lectures:
  - {number: 1, starts: "2030-04-18T18:00", ends: 19:30, speaker: 月島 光, title: 月, registration: "https://forms.example/1"}
  - number: 2
    starts: 2030-05-16T18:00
    speaker: 星野 薫
    title: 星
    registration: {url: https://forms.example/2, opens: 2030-04-25T10:00}
  - {number: 3, starts: "2030-06-13T18:00", speaker: 大空 翼, title: 空, registration: none}
"""
_ROOM = "name: {en: Evening Colloquium, ja: 夕べの談話会}, timezone: Asia/Tokyo, language: ja"
UNTIL_THE_START = f"series: {{{_ROOM}, registration: {{}}}}\n{_FORMS}"
NO_DEADLINE = f"series: {{{_ROOM}, registration: {{closes: none}}}}\n{_FORMS}"
_TWO = """\
lectures:
  - {number: 1, starts: "2030-04-18T18:00", ends: 19:30, speaker: Hikaru Hoshi, title: Moon}
  - {number: 2, starts: "2030-05-16T18:00", ends: 19:30, speaker: Kaoru Kase, title: Star}
"""
ONE_FOR_ALL = f"series: {{{_ROOM}, registration: {{url: 'https://forms.example/all'}}}}\n{_TWO}"
BY_MAIL = f"series: {{{_ROOM}, registration: 'mailto:garden@forms.example'}}\n{_TWO}"

FORBIDDEN = re.compile(r"regist|\bforms?\b|deadline|sign.?up|登録|締切|締め切|申込|フォーム", re.IGNORECASE)
_QUESTIONS = (
    *("next", "next 3", "lecture 1", "lecture 2", "lecture 3", "lectures", "lectures all", "materials", "find tides"),
    *("howto", "about", "help", "help follow", "calendar", "calendar 2", "nonsense", "lecture 99"),
)


def series(text: str) -> Series:
    """The series that a file with that text says."""
    return read(text.encode(), "lectures.yaml").series


@dataclass(frozen=True)
class Happened:
    """What a rehearsal tells of one thing that is done."""

    at: str
    action: str
    kind: str
    text: str

    @property
    def headline(self) -> str:
        """The first line of the post."""
        return self.text.partition("\n\n")[0]


def season(text: str, folder: Path, language: Language, since: str, until: str) -> list[Happened]:
    """All posts and edits of a season."""
    file = folder / "lectures.yaml"
    file.write_text(text, encoding="utf-8")
    printed = io.StringIO()
    rehearse(Options(language, folder / "data", file, chosen=language), since, until, (), stream=printed)
    told: list[dict[str, Any]] = [json.loads(line) for line in printed.getvalue().splitlines()]
    return [Happened(each["at"][5:16], each["action"], each["kind"], each["text"]) for each in told]


def _all_answers(now: datetime, language: Language) -> Iterator[str]:
    asked = series(OPEN)
    for line in _QUESTIONS:
        reply = reply_to(line, asked, now, language)
        yield plain_text(reply, language)
        yield transcript(line, asked, now, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_series_never_speaks_of_registration(language: Language, tmp_path: Path) -> None:
    posts = season(OPEN, tmp_path, language, "2030-03-20T00:00", "2030-05-10T00:00")
    assert [each.kind for each in posts if each.action == "post"] == ["week_before", "morning", "starting"] * 3
    known = series(OPEN)
    said = [each.text for each in posts]
    for moment in ("2030-03-20T12:00", "2030-04-18T12:00", "2030-04-18T16:30", "2030-05-02T17:00", "2030-06-01T12:00"):
        now = at(moment, BERLIN)
        said += _all_answers(now, language)
        said += [mail(known, each, now, [language]) for each in known.lectures]
        said.append(calendar(known, known.lectures, language, now).decode())
        said += [repr(each) for each in desired_events(known, now, language).events]
        said += [plain_text(digest((), View(known, now, language)), language), page_part(known, now)]
    assert [(FORBIDDEN.findall(each), each) for each in said if FORBIDDEN.search(each)] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nor_do_those_who_follow_it_hear_of_it(language: Language) -> None:
    async with counter(series(OPEN), at("2030-04-12T12:00", BERLIN), language) as desk:
        lines = ("notify", "notify on", "notify", "notify reminders off", "notify 2 on", "notify off")
        said = [await desk.transcript(line) for line in lines]
        said += [await desk.transcript(line, MODERATOR) for line in ("follow <@&77>", "follow", "notify pings on")]
        said += [plain_text(message, language) for _, message in desk.channels.tried]
    assert [(FORBIDDEN.findall(each), each) for each in said if FORBIDDEN.search(each)] == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "No registration is needed for lecture 2 (Ben Cliff)."),
        ("ja", "第2回（Ben Cliff）には登録なしで参加できます。"),
    ],
)
def test_asked_how_to_register_an_open_series_says_that_nobody_needs_to(language: Language, sentence: str) -> None:
    for line in ("register", "register 2"):
        reply = reply_to(line, series(OPEN), at("2030-04-17T12:00", BERLIN), language)
        assert reply.headline == sentence
        shown = plain_text(reply, language)
        assert "Pier House" in shown
        assert _ZOOM in shown
        assert FORBIDDEN.findall(shown.replace(sentence, "")) == []
    over = reply_to("register 1", series(OPEN), at("2030-04-17T12:00", BERLIN), language)
    assert FORBIDDEN.findall(plain_text(over, language)) == []


def test_the_way_to_join_is_where_one_needs_it(tmp_path: Path) -> None:
    posts = season(OPEN, tmp_path, "en", "2030-04-10T00:00", "2030-05-10T00:00")
    on_the_day = [each for each in posts if each.kind in ("morning", "starting")]
    assert [each.headline for each in on_the_day] == [
        "Today at 16:00: lecture 2, “Tides” (Ben Cliff), Pier House, or online (link below)",
        "Starting at 16:00: lecture 2, “Tides” (Ben Cliff), Pier House, or online (link below)",
        "Today at 16:00: lecture 3, “Swell” (Cleo Dune), online (link below), Pier House",
        "Starting at 16:00: lecture 3, “Swell” (Cleo Dune), online (link below), Pier House",
    ]
    assert all(("https://videos.example/live" if "Swell" in each.text else _ZOOM) in each.text for each in on_the_day)
    known, now = series(OPEN), at("2030-04-12T12:00", BERLIN)
    assert f"Online: {_ZOOM}" in mail(known, known.lectures[1], now, ["en"])
    entries = calendar(known, known.lectures, "en", now).decode().replace("\r\n ", "")
    assert f"CONFERENCE;FEATURE=VIDEO;LABEL=Join online;VALUE=URI:{_ZOOM}" in entries
    assert f"Join online: {_ZOOM}" in entries
    online = series(OPEN.replace("    venue: Pier House\n", ""))
    assert "LOCATION:https://videos.example/live" in calendar(online, online.lectures, "en", now).decode()
    assert [each.location for each in desired_events(online, now, "en").events] == [
        "Pier House",
        "https://videos.example/live",
    ]


def test_who_can_no_longer_attend_is_not_told_how_to_join() -> None:
    known = series(OPEN.replace("{number: 2,", "{number: 2, status: cancelled,"))
    for line in ("lecture 1", "lecture 2"):
        assert _ZOOM not in plain_text(reply_to(line, known, at("2030-04-12T12:00", BERLIN), "en"), "en")


@pytest.mark.parametrize(
    ("text", "week", "morning", "at_start"),
    [
        (UNTIL_THE_START, "Please register before it begins.", "Please register before it begins.", "closed"),
        (NO_DEADLINE, "Registration is open.", "Registration is open.", "none"),
    ],
)
def test_without_a_deadline_of_its_own_a_form_is_offered_until_the_start(
    text: str, week: str, morning: str, at_start: str, tmp_path: Path
) -> None:
    posts = season(text, tmp_path, "en", "2030-04-10T00:00", "2030-04-19T00:00")
    assert [(each.at, each.kind) for each in posts if each.action == "post"] == [
        ("04-11T09:00", "week_before"),
        ("04-18T08:00", "morning"),
        ("04-18T17:30", "starting"),
    ]
    assert posts[0].headline == f"Next Thu, 18 Apr, 18:00: lecture 1, “月” (月島 光). {week}"
    assert posts[1].headline == f"Today at 18:00: lecture 1, “月” (月島 光). {morning}"
    assert all("https://forms.example/1" in each.text for each in posts[:3])
    edits = [each for each in posts if each.action == "edit"]
    assert {each.at for each in edits} == {"04-18T18:00"}
    assert ("closed" in {each.kind for each in edits}) is (at_start == "closed")
    assert any("is closed" in each.text for each in edits) is (at_start == "closed")


def test_a_form_is_not_offered_before_it_opens_and_is_told_then(tmp_path: Path) -> None:
    known = series(UNTIL_THE_START)
    for line, when in (("register 2", "04-25T09:59"), ("lecture 2", "04-25T09:59"), ("next", "04-19T12:00")):
        assert "forms.example/2" not in plain_text(reply_to(line, known, at(f"2030-{when}")), "ja")
    early = reply_to("register 2", known, at("2030-04-20T12:00"), "en").headline
    assert early == "Registration for lecture 2 (星野 薫) opens on Thu, 25 Apr, 10:00."
    assert "https://forms.example/2" in plain_text(reply_to("register", known, at("2030-04-25T10:00")), "ja")
    posts = season(UNTIL_THE_START, tmp_path, "en", "2030-04-20T00:00", "2030-04-26T00:00")
    options = Options("en", tmp_path / "none", tmp_path / "lectures.yaml", chosen="en")
    planned = previewed(options, "2030-04-20T00:00", "2030-05-10T00:00", ())
    assert [(f"{each.at:%m-%dT%H:%M}", each.kind) for each in planned] == [
        ("04-25T10:00", "registration_opened"),
        ("05-09T09:00", "week_before"),
    ]
    assert [(each.at, each.action, each.kind, each.headline) for each in posts] == [
        (
            "04-25T10:00",
            "post",
            "registration_opened",
            "Registration is open for lecture 2, “星” (星野 薫, Thu, 16 May).",
        )
    ]


def test_a_lecture_without_registration_among_others_says_nothing_of_it() -> None:
    known, now = series(UNTIL_THE_START), at("2030-06-12T12:00")
    shown = plain_text(reply_to("lecture 3", known, now, "en"), "en") + mail(known, known.lectures[2], now, ["en"])
    assert FORBIDDEN.findall(shown) == []
    assert reply_to("register 3", known, now, "en").headline == "No registration is needed for lecture 3 (大空 翼)."


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "One registration is enough for all, lecture 1 (Hikaru Hoshi) included."),
        ("ja", "一度の登録で、第1回（Hikaru Hoshi）を含む全回に参加できます。"),
    ],
)
def test_one_form_for_all_is_named_once(language: Language, sentence: str) -> None:
    reply = reply_to("register", series(ONE_FOR_ALL), at("2030-04-12T12:00"), language)
    assert reply.headline == sentence
    assert len(reply.parts) == 1
    assert plain_text(reply, language).count("https://forms.example/all") == 1


def test_a_week_before_says_that_one_form_serves_for_all(tmp_path: Path) -> None:
    posts = season(ONE_FOR_ALL, tmp_path, "en", "2030-04-10T00:00", "2030-05-20T00:00")
    assert [each.headline for each in posts if each.kind == "week_before" and each.action == "post"] == [
        "Next Thu, 18 Apr, 18:00: lecture 1, “Moon” (Hikaru Hoshi). One registration is enough for all.",
        "Next Thu, 16 May, 18:00: lecture 2, “Star” (Kaoru Kase). One registration is enough for all.",
    ]
    assert [each for each in posts if "closed" in each.text or "not open" in each.text] == []


def test_by_mail_the_address_is_told_and_is_no_button() -> None:
    reply = reply_to("register", series(BY_MAIL), at("2030-04-12T12:00", TOKYO), "en")
    assert "Register by mail: garden@forms.example" in plain_text(reply, "en")
    known = series(BY_MAIL)
    assert "Register by mail: garden@forms.example" in mail(known, known.lectures[0], at("2030-04-12T12:00"), ["en"])


def test_every_command_that_answers_alone_is_asked_here() -> None:
    asked = {line.split()[0] for line in _QUESTIONS} | {"register"}
    known = {each.name for each in COMMANDS if not (each.acts or each.organizers or each.terminal_only)}
    assert known <= asked
