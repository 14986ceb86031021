"""Asks the bot for the payloads to draw: `python pictures/shots.py OUT` writes one JSON file, the input of draw.mjs.

Every picture is of the very payload that the bot sends, at a fixed time of the shipped series: answers as
`lecturebot ask --format discord|slack` prints them, posts as the announcements make them.
"""

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.announcements.planner import planned_stages
from bot.announcements.post import ChangeSubject, PostSubject
from bot.announcements.snapshot import PlanningSnapshot
from bot.announcements.state import NewsItem
from bot.domain.changes import effective
from bot.domain.language import LANGUAGES, Localized
from bot.domain.lecture import Status, Venue
from bot.domain.materials import Material, MaterialKind
from bot.domain.reminder_times import News, Stage
from bot.domain.series import Series
from bot.domain.subscriptions import IMAGINARY, Address, AddressKind, Follower
from bot.platforms import discord, slack
from bot.schedule.reader import read_file

ROOT = Path(__file__).parent.parent
DESKTOP, PHONE = 720, 390
SPRING = "2024-04-06T12:00+09:00"
LAST_MORNING = "2024-04-24T09:30+09:00"
LOOKS = (("light", DESKTOP), ("dark", PHONE), ("dark", DESKTOP), ("light", PHONE))
AFTERWARDS = "2025-01-10T12:00+09:00"

SUBJECTS = (
    ("next", "/next", SPRING),
    ("next-closing-soon", "/next", LAST_MORNING),
    ("next-nothing-ahead", "/next", AFTERWARDS),
    ("lecture-unusual-venue", "/lecture 12", SPRING),
    ("lecture-past", "/lecture 8", SPRING),
    ("lecture-several", "/lecture 学習", SPRING),
    ("materials", "/materials", SPRING),
    ("materials-one", "/materials 5", SPRING),
    ("lectures", "/lectures all", SPRING),
    ("find", "/find 強化学習", SPRING),
    ("register", "/register", SPRING),
    ("howto", "/howto", SPRING),
    ("calendar", "/calendar 9", SPRING),
    ("about", "/about", SPRING),
    ("help", "/help", SPRING),
    ("not-found", "/lecture 99", SPRING),
)


def answer(command: str, at: str, language: str, form: str) -> str:
    """What `lecturebot ask` prints; a polite refusal (exit code 1) is an answer, too."""
    line = [sys.executable, "-m", "bot", "--lang", language, "--now", at, "ask", command, "--format", form]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return done.stdout


def _device(width: int) -> str:
    return "phone" if width == PHONE else "desktop"


def answers() -> Iterator[dict[str, Any]]:
    """Every subject on both platforms in both languages, light and dark, on a desktop and on a phone."""
    for (subject, command, at), platform, language in itertools.product(SUBJECTS, ("discord", "slack"), LANGUAGES):
        payload = json.loads(answer(command, at, language, platform))
        for theme, width in LOOKS:
            yield {
                "platform": platform,
                "name": f"{platform}-{subject}-{language}-{_device(width)}-{theme}",
                "theme": theme,
                "width": width,
                "locale": language,
                "now": at,
                "command": command,
                "ephemeral": True,
                "payload": payload.get("data", payload),
            }


def posts() -> Iterator[dict[str, Any]]:
    """Posts for everybody, in the channel and on the lock screen, made as the bot makes them."""
    series = read_file(ROOT / "lectures.yaml").series
    since = datetime.fromisoformat(SPRING)
    stages = {each.stage: each for each in planned_stages(series, since, since + timedelta(days=30))}
    told: list[tuple[str, Series, PostSubject, tuple[NewsItem, ...]]] = [
        (stage, series, stages[stage], ()) for stage in (Stage.WEEK_BEFORE, Stage.CLOSING_TODAY, Stage.MORNING)
    ]
    told += [*_news(series, since)]
    reader = Address("discord", AddressKind.USER, "4")
    told.append(("direct-message", series, stages[Stage.CLOSING_SOON], ()))
    for (name, present, subject, items), language in itertools.product(told, LANGUAGES):
        to = reader if name == "direct-message" else IMAGINARY
        follower = Follower(to, since, language=language, lectures=frozenset({"9"}) if to is reader else None)
        snapshot = PlanningSnapshot(present, {}, {item.id: item for item in items})
        message = snapshot.message(subject, follower, subject.due)
        for platform, payload in (
            ("discord", discord.payload(message, language, private=False)["data"]),
            ("slack", slack.payload(message, language, private=False)),
        ):
            for theme, width in (*LOOKS, ("phone-notification", PHONE)):
                yield {
                    "platform": platform,
                    "name": f"{platform}-post-{name}-{language}-{_device(width)}-{theme}",
                    "theme": theme,
                    "width": width,
                    "locale": language,
                    "now": subject.due.isoformat(),
                    "payload": payload,
                }


def _both(ja: str, en: str) -> Localized:
    return Localized.of({"ja": ja, "en": en})


def _news(series: Series, at: datetime) -> Iterator[tuple[str, Series, PostSubject, tuple[NewsItem, ...]]]:
    """What was changed of a lecture, told when it was: moved together with its venue, postponed, slides published."""
    ninth, eighth = series.lecture("9"), series.lecture("8")
    if not (ninth and eighth and ninth.starts and ninth.ends):
        raise SystemExit("the shipped series has lost lecture 8 or 9")
    week = timedelta(days=7)
    elsewhere = Venue(_both("理化学研究所 (和光)", "RIKEN (Wako)"), _both("大河内ホール", "Okochi Hall"))
    moved = replace(
        ninth, day=(ninth.starts + week).date(), starts=ninth.starts + week, ends=ninth.ends + week, venue=elsewhere
    )
    slides = Material(_both("スライド2", "Slides 2"), MaterialKind.SLIDES, "https://example.org/slides-2.pdf")
    for kind, before, after in (
        (News.CHANGED, ninth, moved),
        (News.POSTPONED, ninth, replace(ninth, status=Status.POSTPONED)),
        (News.MATERIALS, eighth, replace(eighth, materials=(*eighth.materials, slides))),
    ):
        later = replace(series, lectures=tuple(after if each is before else each for each in series.lectures))
        item = NewsItem(1, before.id, (kind,), effective(before, series), effective(after, later), at)
        yield kind, later, ChangeSubject((1,), (kind,), (before.id,), series.local(at)), (item,)


def terminals() -> Iterator[dict[str, Any]]:
    """The chat in a terminal."""
    for language in ("ja", "en"):
        text = answer("/next", SPRING, language, "text")
        yield {
            "platform": "terminal",
            "name": f"terminal-next-{language}",
            "theme": "dark",
            "width": DESKTOP,
            "columns": 80,
            "locale": language,
            "title": "lecturebot chat",
            "text": f"> /next\n\n{text}",
        }


if __name__ == "__main__":
    shots = [*answers(), *posts(), *terminals()]
    Path(sys.argv[1]).write_text(json.dumps(shots, ensure_ascii=False, indent=1), encoding="utf-8")
