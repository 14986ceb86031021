"""A meetup with several talks in one session, and a course: found, shown, told and kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from inline_snapshot import snapshot

from bot.announcements.texts.clauses import clause
from bot.announcements.texts.naming import named
from bot.cards.changes import change_lines
from bot.cards.view import View
from bot.domain.changes import MaterialChange, changes
from bot.domain.lecture import Field, Lecture, Talk
from bot.domain.materials import Material, MaterialKind
from bot.domain.missing import Gap, missing
from bot.domain.severity import severity
from bot.exports.ics import calendar
from bot.exports.mail import mail
from bot.exports.page import page_block
from bot.storage.serialization import Loader, dump_lecture
from tests.commands.transcripts import reply_to, transcript
from tests.examples import TOKYO, at, both, dated, person, series_of
from tests.schedule.files import series as read_series

MEETUP = read_series("""\
series:
  name: Arctic Arrays
  timezone: Europe/Oslo
  language: en
  defaults: {at: "18:00", lasts: 3h, mode: in-person, venue: Realfagbygget B302}
lectures:
  - number: 7
    starts: 2030-11-26
    talks:
      - {title: Arrays in the cold, speaker: Kari Nordmann (UiT), starts: "18:00"}
      - title: Sparse is not small
        speakers: [Ola Hansen, Ida Berg]
        starts: "18:30-18:50"
        materials: [{label: Slides, kind: slides, url: https://s.example/2.pdf}]
      - title: Fast transforms
        speaker: Per Moen
        starts: "19:00"
        abstract: What the butterfly does.
        materials: [{label: Paper, kind: paper, url: https://p.example/3.pdf}]
      - {title: Compilers, speaker: Liv Dahl, starts: "19:40"}
      - {title: Lightning, speaker: Nils Lie, starts: "20:00"}
      - {title: Thunder, speaker: Siri Aas, starts: "20:10"}
  - {number: 8, starts: 2030-12-10, talks: [{title: Only one, speaker: Per Moen}]}
  - {number: 9, starts: 2031-01-14}
""")
NOW = at("2030-11-20T10:00", MEETUP.timezone)
SESSION = MEETUP.lectures[0]
VIEW = View(MEETUP, NOW, "en")


def test_a_card_lists_the_talks_and_the_first_line_names_the_session() -> None:
    assert transcript("/lecture 7", MEETUP, NOW, "en") == snapshot("""\

Tue, 26 Nov: lecture 7 (Kari Nordmann, Ola Hansen and 5 others)
CARD plain: Lecture 7: 6 talks
  {Tue, 26 Nov, 18:00–21:00 CET} (in 6 days)
  Realfagbygget, B302
  In person only
  18:00 Arrays in the cold – Kari Nordmann (UiT)
  18:30 Sparse is not small – Ola Hansen and Ida Berg · [Slides](https://s.example/2.pdf)
  19:00 Fast transforms – Per Moen · [Paper](https://p.example/3.pdf)
  19:40 Compilers – Liv Dahl
  20:00 Lightning – Nils Lie
  20:10 Thunder – Siri Aas
(Whole abstract) -> lecture 7 part=abstract
(Materials) -> materials 7
(Calendar) -> calendar 7
(Remind me) -> notify 7 on
DONE, again: lecture 7
""")
    assert transcript("/lecture 8", MEETUP, NOW, "ja") == snapshot("""\

第8回（Per Moen）、12/10(火)開催
CARD plain: 第8回\u3000Only one
  Per Moen
  {12/10(火) 18:00–21:00 CET}（あと20日）
  Realfagbygget B302
  対面のみ
(カレンダー) -> calendar 8
(リマインド) -> notify 8 on
DONE, again: lecture 8
""")


@pytest.mark.parametrize("words", ["Ida Berg", "berg", "Sparse is not small", "sparse", "Siri Aas"])
def test_a_talk_is_found_by_its_speaker_and_its_title(words: str) -> None:
    assert reply_to(f"/lecture {words}", MEETUP, NOW, "en").line == "lecture 7"


def test_a_talk_is_found_by_its_abstract() -> None:
    assert "Lecture 7: 6 talks" in transcript("/find butterfly", MEETUP, NOW, "en")
    assert "butterfly" in transcript("/lecture 7 part=abstract", MEETUP, NOW, "en")


def test_materials_are_shown_by_talk() -> None:
    assert transcript("/materials 7", MEETUP, NOW, "en") == snapshot("""\

Here are the materials of lecture 7.
CARD plain: Lecture 7: 6 talks
  {Tue, 26 Nov 2030}
LIST Talks
  18:30 Sparse is not small – Ola Hansen and Ida Berg
    [Slides](https://s.example/2.pdf)
  19:00 Fast transforms – Per Moen
    [Paper](https://p.example/3.pdf)
(All materials) -> materials
DONE, again: materials 7
""")
    assert transcript("/materials paper", MEETUP, NOW, "en") == snapshot("""\

1 lecture has papers.
LIST Papers
  Lecture 7: 6 talks
    {Tue, 26 Nov 2030} · Kari Nordmann, Ola Hansen and 5 others
    19:00 Fast transforms – Per Moen · [Paper](https://p.example/3.pdf)
? Choose a lecture
  Lecture 7: 6 talks / Tue, 26 Nov 2030 · Kari Nordmann, Ola Hansen and 5 others
    -> materials 7
DONE, again: materials paper
""")


def test_what_the_talks_say_is_not_missed_of_the_session() -> None:
    assert {each.lecture for each in missing(MEETUP, NOW)} == set()
    lacking = {(each.lecture, each.gap) for each in missing(MEETUP, NOW + timedelta(days=50))}
    assert {("9", Gap.TITLE), ("9", Gap.SPEAKER)} <= lacking


def test_the_session_is_named_by_its_title_its_only_talk_or_how_many_there_are() -> None:
    titled = replace(SESSION, title=both("冬の会", "Winter Meeting"))
    several = [named(each, VIEW) for each in (SESSION, titled, MEETUP.lectures[1])]
    assert several == snapshot(
        [
            "lecture 7 (6 talks, Kari Nordmann, Ola Hansen and 5 others)",
            "lecture 7, “Winter Meeting” (Kari Nordmann, Ola Hansen and 5 others)",
            "lecture 8, “Only one” (Per Moen)",
        ]
    )


def _changed(**values: object) -> Lecture:
    talks = (*SESSION.talks[:3], replace(SESSION.talks[3], **values), *SESSION.talks[4:])  # type: ignore[arg-type]
    return replace(SESSION, talks=talks)


CHANGES = {
    "new": (replace(SESSION, talks=()), SESSION),
    "added": (replace(SESSION, talks=SESSION.talks[:-1]), SESSION),
    "gone": (SESSION, replace(SESSION, talks=SESSION.talks[1:])),
    "later": (SESSION, _changed(starts=at("2030-11-26T19:45", MEETUP.timezone))),
    "renamed": (SESSION, _changed(title=both("Parsers", "Parsers"))),
}


def test_changes_of_talks_are_told_by_value() -> None:
    told = []
    for before, after in CHANGES.values():
        (found,) = (each for each in changes(before, after, MEETUP) if each.aspect is Field.TALKS)
        lines = ["".join(map(str, line)) for line in change_lines([found], VIEW)]
        weight = severity(found, MEETUP, NOW).name
        told.append("\n".join([clause(Field.TALKS, before, after, VIEW), *lines, weight]))
    assert "\n\n".join(told) == snapshot("""\
the program is out: 6 talks (Kari Nordmann, Ola Hansen and 5 others)
New talk: 18:00 Arrays in the cold – Kari Nordmann (UiT)
New talk: 18:30 Sparse is not small – Ola Hansen and Ida Berg
New talk: 19:00 Fast transforms – Per Moen
New talk: 19:40 Compilers – Liv Dahl
New talk: 20:00 Lightning – Nils Lie
New talk: 20:10 Thunder – Siri Aas
NOTICE

a new talk, 20:10 Thunder – Siri Aas
New talk: 20:10 Thunder – Siri Aas
NOTICE

18:00 Arrays in the cold – Kari Nordmann (UiT) is dropped
Talk dropped: 18:00 Arrays in the cold – Kari Nordmann (UiT)
NOTICE

now 19:45 Compilers – Liv Dahl
Talk: 19:40 Compilers – Liv Dahl → 19:45 Compilers – Liv Dahl
NOTICE

now 19:40 Parsers – Liv Dahl
Talk: 19:40 Compilers – Liv Dahl → 19:40 Parsers – Liv Dahl
NOTICE\
""")


def test_materials_of_a_talk_are_news_and_spelling_is_none() -> None:
    video = Material(both("動画", "Video"), MaterialKind.VIDEO, "https://v.example/")
    found = changes(SESSION, _changed(materials=(video,)), MEETUP)
    assert [each.aspect for each in found] == [Field.MATERIALS]
    spelled = changes(SESSION, _changed(title=both("Compilers", "compilers")), MEETUP)
    assert [severity(each, MEETUP, NOW).name for each in spelled] == ["QUIET"]
    gone = changes(_changed(materials=(video,)), SESSION, MEETUP)
    assert [each.aspect for each in gone] == [MaterialChange.WITHDRAWN]


def test_talks_are_in_calendar_mail_page_and_memory() -> None:
    line = "18:30 Sparse is not small – Ola Hansen and Ida Berg"
    ics = calendar(MEETUP, [SESSION], "en", NOW).decode().replace("\r\n ", "")
    assert ics.count("BEGIN:VEVENT") == 1
    assert line in ics
    assert line in mail(MEETUP, SESSION, NOW, ["en"])
    program = "18:30-18:50 Sparse is not small – Ola Hansen; Ida Berg"
    assert program in page_block(MEETUP, SESSION, NOW)
    assert "18:30-18:50 「Sparse is not small」Ola Hansen; Ida Berg" in page_block(MEETUP, SESSION, NOW, "ja")
    assert Loader(MEETUP.timezone).lecture(dump_lecture(SESSION)) == SESSION


def test_a_course_has_its_teachers_on_each_day() -> None:
    both_of = (person("月島 光", "Hikaru Tsukishima"), person("星野 かおる", "Kaoru Hoshino"))
    day = replace(dated(1, "2030-04-18T09:00", "2030-04-18T17:00"), speakers=both_of)
    course = series_of(replace(day, title=both("導入", "Introduction"), talks=(Talk(both("演習", "Exercises")),)))
    now = at("2030-04-10T09:00", TOKYO)
    assert transcript("/next", course, now) == snapshot("""\

次回：4/18(木)、第1回（月島 光・星野 かおる）
CARD plain: 第1回\u3000導入
  月島 光・星野 かおる
  {4/18(木) 09:00–17:00 JST}（あと8日）
  会場未定
  演習
(カレンダー) -> calendar 1
(リマインド) -> notify 1 on
DONE, again: next
""")
