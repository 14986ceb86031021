"""Asks the bot for the payloads to draw: `python pictures/shots.py OUT` writes one JSON file, the input of draw.mjs.

Every picture is of the very payload that the bot sends, at a fixed time of the shipped series: answers as
`lecturebot ask --format discord|slack` prints them, posts as the announcements make them.
"""

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.announcements.plan import planned_posts
from bot.announcements.posts import post
from bot.catalog.reading import read_file
from bot.domain.language import LANGUAGES
from bot.platforms import discord, slack

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


def answers() -> Iterator[dict[str, Any]]:
    """Every subject on both platforms in both languages; each is seen light and dark, on a desktop and on a phone."""
    for position, (subject, command, at) in enumerate(SUBJECTS):
        for turn, (platform, language) in enumerate(itertools.product(("discord", "slack"), ("ja", "en"))):
            payload = json.loads(answer(command, at, language, platform))
            theme, width = LOOKS[(position + turn) % len(LOOKS)] if position else ("light", DESKTOP)
            yield {
                "platform": platform,
                "name": f"{platform}-{subject}-{language}",
                "theme": theme,
                "width": width,
                "locale": language,
                "now": at,
                "command": command,
                "ephemeral": True,
                "payload": payload.get("data", payload),
            }


def reminders() -> Iterator[dict[str, Any]]:
    """A post for everybody, in the channel and on the lock screen, made from the plan as the bot makes it."""
    series = read_file(ROOT / "lectures.yaml").series
    since = datetime.fromisoformat(LAST_MORNING).replace(hour=0)
    last_call, morning = planned_posts(series, since, since + timedelta(days=2))[:2]
    for planned, language in itertools.product((last_call, morning), LANGUAGES):
        message = post(series, planned, language)
        for platform, payload in (
            ("discord", discord.payload(message, language, private=False)["data"]),
            ("slack", slack.payload(message, language, private=False)),
        ):
            looks = [*LOOKS[:2]] + ([("phone-notification", PHONE)] if planned is last_call else [])
            for theme, width in looks:
                yield {
                    "platform": platform,
                    "name": f"{platform}-{planned.stage}-{language}-{theme}",
                    "theme": theme,
                    "width": width,
                    "locale": language,
                    "now": planned.due.isoformat(),
                    "payload": payload,
                }


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
    shots = [*answers(), *reminders(), *terminals()]
    Path(sys.argv[1]).write_text(json.dumps(shots, ensure_ascii=False, indent=1), encoding="utf-8")
