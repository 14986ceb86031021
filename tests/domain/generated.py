"""Series and instants for property tests: few days, many zones, so that everything happens close together."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.domain.language import Localized
from bot.domain.lecture import Lecture, Mode, Person, Registration, Status, Venue
from bot.domain.materials import Material, MaterialKind
from bot.domain.registration import Closing, ClosingRule, RegistrationPolicy
from bot.domain.series import Links, NamedLink, Rules, Series
from tests.examples import both

thorough = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""For tests that make whole series: however busy the machine is, that is no failure."""

ZONES = [
    ZoneInfo(name)
    for name in (
        "Asia/Tokyo",
        "Europe/Berlin",
        "America/New_York",
        "America/Santiago",
        "Asia/Kolkata",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Australia/Lord_Howe",
        "UTC",
    )
]

_SPRING = date(2024, 3, 29)
"""Summer time begins or ends during the following days, in Europe, Chile and Lord Howe."""
_AUTUMN = date(2024, 10, 25)

_CLOSING_TIMES = (time(0), time(2, 30), time(12), time(23, 59))
_TITLES = (
    both("情報幾何入門", "Introduction to Information Geometry"),
    both("機械学習入門", "Introduction to Machine Learning"),
    both("拡散モデル", "Diffusion Models"),
)
_PEOPLE = (
    Person(
        both("甘木 俊", "Shun Amagi"),
        both("帝都大", "Imperial College"),
        Localized.same("あまぎ しゅん"),
    ),
    Person(both("瀧川 雅", "Miyabi Takigawa")),
)
_VENUES = (
    Venue(
        both("筑波", "Tsukuba"),
        both("118教室", "Room 118"),
        "https://maps.example/tsukuba",
    ),
    Venue(both("京都", "Kyoto"), tentative=True),
    Venue(both("筑波", "Tsukuba")),
)
_LONG = both("とても長い話をします。" * 300, "It is a very long story. " * 150)
_SHORT = both("短い話です。", "It is a short story.")
_MATERIALS = (
    Material(both("スライド", "Slides"), MaterialKind.SLIDES, "https://files.example/slides"),
    Material(both("動画", "Video"), MaterialKind.VIDEO),
)


@st.composite
def local_times(draw: st.DrawFn, zone: ZoneInfo) -> datetime:
    """An instant on one of a few days around the change of the clocks, at a full quarter of an hour."""
    day = draw(st.sampled_from([_SPRING, _AUTUMN])) + timedelta(days=draw(st.integers(0, 5)))
    quarter = draw(st.integers(0, 95))
    clock = datetime.combine(day, time(quarter // 4, quarter % 4 * 15), zone)
    return clock.astimezone(UTC).astimezone(zone)


@st.composite
def lectures(draw: st.DrawFn, number: int, others: list[str], zone: ZoneInfo) -> Lecture:
    """A lecture of which anything may be undecided."""
    day, starts, ends = None, None, None
    known = draw(st.sampled_from(["nothing", "day", "start", "end"]))
    if known != "nothing":
        starts = draw(local_times(zone))
        day = starts.date()
    if known == "day":
        starts = None
    if known == "end" and starts:
        hours = timedelta(hours=draw(st.integers(1, 8)))
        ends = (starts.astimezone(UTC) + hours).astimezone(zone)
    registration = Registration()
    if draw(st.booleans()):
        registration = Registration(
            url=draw(st.sampled_from([None, f"https://forms.example/{number}"])),
            closes=draw(st.none() | st.sampled_from([zone, ZoneInfo("UTC")]).flatmap(local_times)),
            in_person_full=draw(st.booleans()),
            also_for=tuple(draw(st.lists(st.sampled_from(others), max_size=2, unique=True))) if others else (),
        )
    return Lecture(
        number,
        status=draw(st.sampled_from([Status.PLANNED, Status.PLANNED, *Status])),
        day=day,
        starts=starts,
        ends=ends,
        speakers=tuple(draw(st.lists(st.sampled_from(_PEOPLE), max_size=2, unique=True))),
        title=draw(st.none() | st.sampled_from(_TITLES)),
        title_tentative=draw(st.booleans()),
        mode=draw(st.none() | st.sampled_from(Mode)),
        venue=draw(st.none() | st.sampled_from(_VENUES)),
        summary=draw(st.none() | st.just(_SHORT)),
        abstract=draw(st.none() | st.sampled_from([_SHORT, _LONG])),
        notes=draw(st.none() | st.just(_SHORT)),
        language=draw(st.sampled_from([None, "ja", "en"])),
        registration=registration,
        materials=tuple(draw(st.lists(st.sampled_from(_MATERIALS), max_size=2))),
    )


def policies() -> st.SearchStrategy[RegistrationPolicy]:
    """How one registers: for each lecture, with one form for all, or for none that doesn't say so."""
    rules = st.builds(ClosingRule, st.integers(0, 2), st.sampled_from(_CLOSING_TIMES))
    forms = st.sampled_from([None, None, "https://forms.example/all"])
    asked = st.builds(RegistrationPolicy, st.just(True), forms, rules | rules | st.sampled_from(Closing))
    return st.just(RegistrationPolicy()) | asked | asked


@st.composite
def series(draw: st.DrawFn) -> Series:
    """A bilingual series of a few lectures within a few days, anywhere in the world."""
    zone = draw(st.sampled_from(ZONES))
    numbers = sorted(draw(st.lists(st.integers(1, 30), max_size=8, unique=True)))
    made = [draw(lectures(number, [str(each) for each in numbers if each != number], zone)) for number in numbers]
    rule = both("前日までにご登録ください。", "Please register the day before.")
    return Series(
        name=both("講義の集まり", "A Series of Lectures"),
        timezone=zone,
        links=Links(named=(NamedLink("contact", "https://contact.example/"),)) if draw(st.booleans()) else Links(),
        usual_venue=draw(st.none() | st.just(both("筑波", "Tsukuba"))),
        registration=draw(policies()),
        rules=Rules(registration=(rule,), online=(rule,)) if draw(st.booleans()) else Rules(),
        lectures=tuple(made),
    )


@st.composite
def instants(draw: st.DrawFn, of: Series) -> datetime:
    """An instant that matters to the series or lies beside one that does, told in some zone."""
    marks = [datetime(2024, 4, 1, tzinfo=UTC)]
    for lecture in of.lectures:
        begins = of.begins(lecture)
        known = [begins, of.over_at(lecture), of.deadline(lecture)]
        known += [begins - timedelta(days=days) for days in (0, 1, 2)] if begins else []
        marks += [each.astimezone(UTC) for each in known if each]
    mark = draw(st.sampled_from(marks))
    aside = draw(st.sampled_from([timedelta(0), timedelta(seconds=1), timedelta(microseconds=1), timedelta(hours=24)]))
    further = draw(st.integers(-90, 90).map(lambda minutes: timedelta(minutes=minutes)) | st.just(timedelta(0)))
    moment: datetime = mark + draw(st.sampled_from([-1, 1])) * aside + further
    return moment.astimezone(draw(st.sampled_from([ZoneInfo("UTC"), of.timezone])))
