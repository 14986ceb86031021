"""An invented lecture series in both languages, and builders for lectures that tests need."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.expectations import USUALLY, Expected
from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Mode, Person, Registration, Venue
from bot.domain.materials import Material, MaterialKind
from bot.domain.registration import ClosingRule, RegistrationPolicy
from bot.domain.series import Links, NamedLink, Rules, Series

TOKYO = ZoneInfo("Asia/Tokyo")
BERLIN = ZoneInfo("Europe/Berlin")
NOON_BEFORE = RegistrationPolicy(True, closes=ClosingRule(1, time(12)))
"""One registers for each lecture, until noon of the day before."""


def at(local: str, zone: ZoneInfo = TOKYO) -> datetime:
    """The aware instant of a local time in ISO form."""
    return datetime.fromisoformat(local).replace(tzinfo=zone)


def both(ja: str, en: str) -> Localized:
    """A text in both languages."""
    return Localized.of({"ja": ja, "en": en})


def person(ja: str, en: str, of: Localized | None = None) -> Person:
    """Somebody with a name in both languages."""
    return Person(both(ja, en), of)


def dated(number: int, starts: str, ends: str | None = None, zone: ZoneInfo = TOKYO) -> Lecture:
    """A lecture of which only the time is known: a day (`2030-05-16`) or the local start and perhaps the end."""
    if "T" not in starts:
        return Lecture(number, day=date.fromisoformat(starts))
    begins = at(starts, zone)
    return Lecture(number, day=begins.date(), starts=begins, ends=at(ends, zone) if ends else None)


def with_form(lecture: Lecture, url: str | None = None, closes: datetime | None = None, *also_for: int) -> Lecture:
    """The lecture with a form of its own, `https://forms.example/3` for lecture 3 unless another is given."""
    entry = Registration(url or f"https://forms.example/{lecture.id}", closes, also_for=tuple(map(str, also_for)))
    return replace(lecture, registration=entry)


def series_of(*lectures: Lecture, zone: ZoneInfo = TOKYO) -> Series:
    """A series of these lectures, for each of which one registers, and nothing else."""
    return Series(both("月と星の講義", "Lectures on Moon and Stars"), zone, registration=NOON_BEFORE, lectures=lectures)


_HALL = Venue(
    both("銀河大学 西館", "Galaxy University, West Hall"), both("201教室", "Room 201"), "https://maps.example/west"
)

OVER_WITH_ALL = Lecture(
    1,
    day=date(2030, 2, 14),
    starts=at("2030-02-14T13:00"),
    ends=at("2030-02-14T17:00"),
    speakers=(person("月島 光", "Hikaru Tsukishima", both("銀河大", "Galaxy University")),),
    title=both("月の満ち欠け", "Phases of the Moon"),
    mode=Mode.HYBRID,
    venue=_HALL,
    summary=both("月の形が変わるわけを学びます。", "Why the Moon changes its shape."),
    registration=Registration("https://forms.example/1"),
    materials=(
        Material(both("スライド", "Slides"), MaterialKind.SLIDES, "https://files.example/1.pdf"),
        Material(both("動画", "Video"), MaterialKind.VIDEO, "https://videos.example/1"),
    ),
)
OVER_IN_PREPARATION = Lecture(
    2,
    day=date(2030, 3, 14),
    starts=at("2030-03-14T13:00"),
    ends=at("2030-03-14T17:00"),
    speakers=(person("星野 かおる", "Kaoru Hoshino", both("天文台", "The Observatory")),),
    title=both("シリウスの伴星", "The Companion of Sirius"),
    mode=Mode.ONLINE,
    materials=(
        Material(both("スライド", "Slides"), MaterialKind.SLIDES, "https://files.example/2.pdf"),
        Material(both("動画", "Video"), MaterialKind.VIDEO),
    ),
)
OPEN = Lecture(
    3,
    day=date(2030, 4, 18),
    starts=at("2030-04-18T13:00"),
    ends=at("2030-04-18T17:00"),
    speakers=(person("大空 翼", "Tsubasa Ozora", both("銀河大", "Galaxy University")),),
    title=both("機械学習で見る銀河", "Galaxies seen by Machine Learning"),
    mode=Mode.HYBRID,
    venue=_HALL,
    abstract=both(
        "銀河の形を分類します。\n詳しくは[資料集](https://files.example/3)をご覧ください。",
        "Shapes of galaxies are classified.\nSee the [collection](https://files.example/3).",
    ),
    notes=both("双眼鏡をお持ちください。", "Please bring binoculars."),
    language="ja",
    registration=Registration("https://forms.example/3"),
)
NOT_YET_OPEN = Lecture(
    4,
    day=date(2030, 5, 20),
    starts=at("2030-05-20T10:00"),
    ends=at("2030-05-20T12:00"),
    speakers=(person("月島 光", "Hikaru Tsukishima", both("銀河大", "Galaxy University")),),
    title=both("月の裏側", "The Far Side of the Moon"),
    title_tentative=True,
    mode=Mode.IN_PERSON,
    venue=Venue(both("潮の研究所", "Institute of Tides"), url="https://maps.example/tides", tentative=True),
)
DAY_ONLY = Lecture(5, day=date(2030, 6, 17), speakers=(person("流 星子", "Seiko Nagare"),), mode=Mode.HYBRID)
UNDATED = Lecture(6)

EXAMPLE = Series(
    name=both("月と星の講義", "Lectures on Moon and Stars"),
    timezone=TOKYO,
    links=Links(
        page="https://series.example/",
        named=(
            NamedLink("youtube", "https://videos.example/"),
            NamedLink("contact", "https://contact.example/"),
            NamedLink("location", "https://maps.example/west"),
        ),
    ),
    organizers=(
        person("夜空 すみれ", "Sumire Yozora", both("銀河大", "Galaxy University")),
        person("明星 健", "Ken Myojo"),
    ),
    usual_venue=both("銀河大学", "Galaxy University"),
    registration=NOON_BEFORE,
    expects=USUALLY | {Expected.ABSTRACT, Expected.SLIDES},
    rules=Rules(
        registration=(both("前日の正午までにご登録ください。", "Please register by noon of the day before."),),
        in_person=(both("講義ごとにご登録ください。", "Please register for every lecture."),),
        online=(both("マイクはお切りください。", "Please keep your microphone muted."),),
        everyone=(both("録音はご遠慮ください。", "Please do not record."),),
    ),
    lectures=(OVER_WITH_ALL, OVER_IN_PREPARATION, OPEN, NOT_YET_OPEN, DAY_ONLY, UNDATED),
)
"""Two lectures that are over, one open for registration, and three of which less and less is decided."""

BEFORE_THREE = at("2030-04-08T12:00")
"""Ten days before lecture 3, whose registration is open."""


def with_lecture(series: Series, lecture: Lecture) -> Series:
    """The series with one lecture exchanged or added."""
    others = [each for each in series.lectures if each.id != lecture.id]
    return replace(series, lectures=tuple(sorted([*others, lecture], key=lambda each: each.number or 0)))
