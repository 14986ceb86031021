"""The checks of `lecturebot doctor`: each looks at one thing in what was gathered, and says how it is."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.announcements.state import Pause
from bot.app.jobs import CLOCK_OFF
from bot.app.plan import audience_of
from bot.cards.missing import missing_sentence
from bot.cards.view import View
from bot.domain.missing import missing
from bot.domain.series import Series
from bot.domain.subscriptions import Address, Follower
from bot.options import ConfigurationError, Options
from bot.platforms.inspection import Finding, Inspection, note, well, wrong
from bot.schedule.problems import InvalidScheduleError
from bot.schedule.reader import written
from bot.schedule.writer import hindrance_of
from bot.settings import DATABASE_FILE, Settings
from bot.storage.engine import location
from bot.web.health import Heartbeat, checked

_CLOCK_NOTED: Final = 5.0
"""Seconds by which a clock may be off before anybody needs to know."""

_MOST_PROBLEMS: Final = 5
"""Mistakes of the schedule that are told one by one."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the database knows: who follows, whether all posts are held back, and the homes that were kept."""

    followers: tuple[Follower, ...]
    pause: Pause | None
    homes: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """All that was gathered of a bot; what could not be had is None, or the error that says why.

    `left_behind` is how many follow by a file beside the database that is set.
    """

    options: Options
    now: datetime
    settings: Settings | None
    misconfigured: tuple[ConfigurationError, ...]
    misspelled: list[tuple[str, str]]
    file: Path | ConfigurationError
    series: Series | None
    invalid: InvalidScheduleError | None
    remembered: Remembered | ConfigurationError | None
    left_behind: int
    heartbeat: Heartbeat | None
    inspections: Mapping[str, Inspection] = field(default_factory=dict)

    @property
    def channels(self) -> list[Follower]:
        """The channels that posts go to: those that follow, and those that the settings fix."""
        known = self.remembered.followers if isinstance(self.remembered, Remembered) else ()
        return audience_of(self.settings.channels if self.settings else (), known, self.options)


def _misconfigured(examination: Examination) -> Iterator[Finding]:
    for error in examination.misconfigured:
        yield wrong(error.phrase, **error.values)


def _misspelled(examination: Examination) -> Iterator[Finding]:
    for name, meant in examination.misspelled:
        yield wrong("cli.settings.misspelled", name=name, meant=meant)


def _tokens(examination: Examination) -> Iterator[Finding]:
    settings = examination.settings
    if not settings or examination.misconfigured:
        return
    if settings.has_platform:
        yield well("doctor.settings.well", names=", ".join(sorted(each.upper() for each in settings.model_fields_set)))
    else:
        yield wrong("doctor.settings.no_token", "doctor.settings.no_token.mend")


def _schedule(examination: Examination) -> Iterator[Finding]:
    """Whether the file is there and right."""
    if isinstance(examination.file, ConfigurationError):
        yield wrong(examination.file.phrase, **examination.file.values)
    elif examination.invalid:
        problems = examination.invalid.problems
        for each in problems[:_MOST_PROBLEMS]:
            yield wrong("doctor.schedule.problem", problem=written(each, examination.options.language))
        if len(problems) > _MOST_PROBLEMS:
            yield wrong(
                "doctor.schedule.problems", "doctor.schedule.problems.mend", count=len(problems) - _MOST_PROBLEMS
            )
    elif examination.series:
        count = len(examination.series.lectures)
        yield well("cli.check.well", file=str(examination.file), count=count)


def _lectures(examination: Examination) -> Iterator[Finding]:
    """What lectures to come still lack."""
    series, options = examination.series, examination.options
    if not series:
        return
    now = options.present(series.timezone)
    if found := missing(series, now):
        view = View(series, series.local(now), options.language)
        yield note("doctor.schedule.missing", "doctor.schedule.missing.mend", missing=missing_sentence(found, view))


def _writable_schedule(examination: Examination) -> Iterator[Finding]:
    if isinstance(examination.file, ConfigurationError) or examination.invalid:
        return
    if hindrance := hindrance_of(examination.file):
        yield wrong(hindrance.name, "doctor.schedule.unwritable.mend", **hindrance.values)
    else:
        yield well("doctor.schedule.writable", file=str(examination.file))


def _writable_data(examination: Examination) -> Iterator[Finding]:
    folder = examination.options.data
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        yield wrong("doctor.data.unwritable", "doctor.data.unwritable.mend", folder=str(folder))
    else:
        yield well("doctor.data.writable", folder=str(folder))


def _other_user(examination: Examination) -> Iterator[Finding]:
    """Whether files are looked at as another user than the bot's, who may be allowed more or less."""
    beat = examination.heartbeat
    if sys.platform == "win32" or not beat or not beat.process_lives:
        return
    import pwd

    bots, ours = (examination.options.data / "health.json").stat().st_uid, os.geteuid()
    if bots != ours:
        names = {each.pw_uid: each.pw_name for each in pwd.getpwall()}
        yield note(
            "doctor.data.other_user",
            "doctor.data.other_user.mend",
            ours=names.get(ours, f"{ours}"),
            bots=names.get(bots, f"{bots}"),
        )


def _database(examination: Examination) -> Iterator[Finding]:
    settings, remembered = examination.settings, examination.remembered
    if not settings:
        return
    if isinstance(remembered, ConfigurationError):
        yield wrong(remembered.phrase, **remembered.values)
        return
    place = location(settings.database(examination.options.data)).place
    if remembered:
        people = sum(each.address.is_person for each in remembered.followers)
        yield well("doctor.database.well", place=place, channels=len(remembered.followers) - people, people=people)
    else:
        yield note("doctor.database.none", place=place)


def _another_database(examination: Examination) -> Iterator[Finding]:
    """Whether those who follow were left behind in a file, since another database was set without copying."""
    file = str(examination.options.data / DATABASE_FILE)
    known = isinstance(examination.remembered, Remembered) and examination.remembered.followers
    if examination.left_behind and not known:
        yield wrong(
            "doctor.database.left_behind", "doctor.database.left_behind.mend", file=file, count=examination.left_behind
        )
    elif examination.left_behind:
        yield note("doctor.database.unused", "doctor.database.unused.mend", file=file)


def _pause(examination: Examination) -> Iterator[Finding]:
    if isinstance(examination.remembered, Remembered) and (pause := examination.remembered.pause):
        yield note("doctor.paused", "doctor.paused.mend", by=pause.by)


def _anybody(examination: Examination) -> Iterator[Finding]:
    """Whether posts go anywhere."""
    settings, unknown = examination.settings, isinstance(examination.remembered, ConfigurationError)
    if settings and settings.has_platform and not examination.channels and not unknown:
        yield wrong("doctor.nobody_follows", "doctor.nobody_follows.mend")


def _organizers(examination: Examination) -> Iterator[Finding]:
    settings = examination.settings
    if not settings or not settings.has_platform:
        return
    if not settings.admins:
        yield note("doctor.organizers.by_rights", "doctor.organizers.by_rights.mend")
    if settings.admin_channel:
        yield well("doctor.organizers.channel", channel=str(settings.admin_channel))
    else:
        yield note("doctor.organizers.untold", "doctor.organizers.untold.mend")


def _platform(name: str) -> "Check":
    def check(examination: Examination) -> Iterator[Finding]:
        yield from examination.inspections[name].findings if name in examination.inspections else ()

    return check


def _clock(examination: Examination) -> Iterator[Finding]:
    """Whether this machine's clock is right, as far as a platform told."""
    skews = {name: each.clock_skew for name, each in examination.inspections.items() if each.clock_skew is not None}
    for name, skew in skews.items():
        values = {"seconds": f"{abs(skew):.0f}", "platform": name.capitalize()}
        if abs(skew) <= _CLOCK_NOTED:
            yield well("doctor.clock.well", **values)
        else:
            phrase = "doctor.clock.behind" if skew > 0 else "doctor.clock.ahead"
            tell = wrong if abs(skew) > CLOCK_OFF else note
            yield tell(phrase, "doctor.clock.mend", **values)


def _running(examination: Examination) -> Iterator[Finding]:
    """How the bot is doing that runs with this data folder."""
    folder, language = examination.options.data, examination.options.language
    is_well, sentence = checked(folder, language, examination.now)
    if not examination.heartbeat:
        yield note("doctor.running.none", "doctor.running.none.mend", folder=str(folder))
    elif is_well:
        yield well("doctor.running.health", health=sentence)
    else:
        yield wrong("doctor.running.health", health=sentence)


Check = Callable[[Examination], Iterator[Finding]]

CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("settings", _misconfigured),
    ("settings", _misspelled),
    ("settings", _tokens),
    ("schedule", _schedule),
    ("schedule", _writable_schedule),
    ("schedule", _lectures),
    ("database", _writable_data),
    ("database", _other_user),
    ("database", _database),
    ("database", _another_database),
    ("channels", _anybody),
    ("channels", _pause),
    ("organizers", _organizers),
    ("discord", _platform("discord")),
    ("slack", _platform("slack")),
    ("clock", _clock),
    ("running", _running),
)
"""Every check, with the area under which what it finds is told."""
