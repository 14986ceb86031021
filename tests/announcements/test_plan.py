"""Which posts are due, and what they say."""

from dataclasses import replace

from bot.announcements.matter import StageMatter
from bot.announcements.plan import planned_stages
from bot.announcements.posts import stage_post
from bot.cards.view import View
from bot.content import Message, Section
from bot.domain.language import Language
from bot.domain.lecture import Lecture
from bot.domain.series import Series
from bot.domain.timings import Stage
from tests.examples import EXAMPLE, at, both, dated, person, series_of, with_form

_FROM, _TO = at("2030-04-01T00:00"), at("2030-04-30T00:00")


def _post(series: Series, matter: StageMatter, language: Language) -> Message:
    return stage_post(matter, View(series, matter.due, language))


def _told(series: Series, language: Language = "en") -> list[tuple[str, str]]:
    return [
        (f"{each.due:%m-%d %H:%M}", _post(series, each, language).headline)
        for each in planned_stages(series, _FROM, _TO)
    ]


def test_the_posts_of_a_lecture_tell_what_to_do_by_when_in_their_first_line() -> None:
    subject = "Lecture 3, “Galaxies seen by Machine Learning” (Tsubasa Ozora)"
    assert _told(EXAMPLE) == [
        ("04-11 09:00", f"Thu, 18 Apr, 13:00 JST: {subject}. Please register by Wed, 17 Apr, 12:00 JST."),
        ("04-16 12:00", f"Register by Wed, 17 Apr, 12:00 JST: {subject}"),
        ("04-17 09:00", f"Register today by 12:00 JST: {subject}"),
        ("04-18 08:00", f"Today at 13:00 JST: {subject}"),
        ("04-18 12:30", f"Starting soon, at 13:00 JST: {subject}"),
    ]


def test_the_same_in_japanese() -> None:
    subject = "第3回「機械学習で見る銀河」（大空 翼）"
    assert [line for _, line in _told(EXAMPLE, "ja")] == [
        f"4/18(木) 13:00 JST から：{subject}。参加登録は 4/17(水) 12:00 JST までにお願いします。",
        f"参加登録は 4/17(水) 12:00 JST までです：{subject}",
        f"参加登録は本日 12:00 JST までです：{subject}",
        f"本日 13:00 JST からです：{subject}",
        f"まもなく 13:00 JST に始まります：{subject}",
    ]


def test_one_form_that_closes_at_once_for_two_lectures_gives_one_alert() -> None:
    closes = at("2030-04-15T12:00")
    first = with_form(dated(1, "2030-04-18T13:00"), None, closes, 2)
    second = replace(dated(2, "2030-04-19T13:00"), registration=replace(first.registration, url=None, also_for=()))
    alerts = [
        each for each in planned_stages(series_of(first, second), _FROM, _TO) if each.stage is Stage.CLOSING_TODAY
    ]
    assert alerts == [
        StageMatter(Stage.CLOSING_TODAY, (1, 2), closes, at("2030-04-15T09:00"), at("2030-04-15T11:45")),
    ]
    message = _post(series_of(first, second), alerts[0], "ja")
    assert message.headline == "参加登録は本日 12:00 JST までです：第1回、第2回"
    assert [part.title for part in message.parts] == ["第1回（題目未定）", "第2回（題目未定）"]


def test_a_tentative_or_missing_title_is_never_announced_as_the_title() -> None:
    lecture = replace(
        dated(7, "2030-04-18T13:00"), title=both("仮の題", "A working title"), title_tentative=True, speaker=None
    )
    other = replace(lecture, number=8, title=None, speaker=person("星 光", "Hikaru Hoshi"))
    assert [line for _, line in _told(series_of(lecture, other))][:2] == [
        "Thu, 18 Apr, 13:00 JST: Lecture 7. Registration is not open yet.",
        "Thu, 18 Apr, 13:00 JST: Lecture 8 (Hikaru Hoshi). Registration is not open yet.",
    ]


def test_the_post_of_the_day_tells_how_to_behave_that_day() -> None:
    morning = next(each for each in planned_stages(EXAMPLE, _FROM, _TO) if each.stage is Stage.MORNING)
    rules = [part for part in _post(EXAMPLE, morning, "en").parts if isinstance(part, Section)]
    assert [(section.title, section.paragraphs) for section in rules] == [
        ("Online", (("Please keep your microphone muted.",),)),
        ("Everyone", (("Please do not record.",),)),
    ]


def test_a_day_whose_time_is_unknown_is_announced_as_a_day() -> None:
    assert [line for _, line in _told(series_of(dated(5, "2030-04-18")))] == [
        "Thu, 18 Apr: Lecture 5. Registration is not open yet.",
        "Today: Lecture 5",
    ]


def test_nothing_is_planned_outside_the_stretch_asked_for() -> None:
    lecture: Lecture = dated(5, "2030-04-18T13:00")
    assert planned_stages(series_of(lecture), at("2030-04-18T12:30"), at("2030-04-18T12:31")) == [
        StageMatter(Stage.STARTING, (5,), at("2030-04-18T13:00"), at("2030-04-18T12:30"), at("2030-04-18T13:00"))
    ]
    assert planned_stages(series_of(lecture), at("2030-04-18T12:31"), at("2030-05-18T12:31")) == []
